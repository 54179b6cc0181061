"""A bill's standing in plain words: one headline, and the sentences under it.

Every message is a whole sentence or headline with named places, so that it can be translated as it stands:
pass `translate` (gettext) and `day` (a date in words). Nothing is said that the record does not state.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from bills.stages.messages import HEADLINES, RUNG_IN_WORDS, SENTENCES
from bills.stages.standing import Standing

Translate = Callable[[str], str]
DayInWords = Callable[[date], str]
# A chamber's English name as it stands within a sentence; other languages may need an article.
PlaceInWords = Callable[[str], str]

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_SMALL_WORDS = {"and", "of", "on", "the", "for", "in", "to", "with"}
_CHAMBERS = {"senate": "Senate", "assembly": "Assembly", "house": "House", "council": "Council"}
_OTHER_CHAMBER = {"senate": "assembly", "assembly": "senate", "house": "senate"}


def english_day(day: date) -> str:
    """The day as "January 3, 2018", whatever the machine's locale."""
    return f"{_MONTHS[day.month - 1]} {day.day}, {day.year}"


def headline(
    standing: Standing,
    *,
    translate: Translate = str,
    day: DayInWords = english_day,
    place: PlaceInWords = str,
) -> str:
    """Where the bill stands, in one line: "In the Senate Finance Committee since January 3, 2018"."""
    return translate(HEADLINES[_headline_key(standing)]) % _Values(standing, translate, day, place)


def explanation(
    standing: Standing,
    *,
    translate: Translate = str,
    day: DayInWords = english_day,
    place: PlaceInWords = str,
) -> str:
    """What the headline means and what comes next, in a few sentences; "" where there is nothing to add."""
    values = _Values(standing, translate, day, place)
    return " ".join(translate(SENTENCES[key]) % values for key in _sentence_keys(standing))


def committee_in_words(name: str, chamber: str) -> str:
    """Ways And Means, assembly -> "Assembly Ways and Means Committee"; "Committee on Health" stays."""
    plain = " ".join(word.lower() if word.lower() in _SMALL_WORDS else word for word in name.split())
    house = _CHAMBERS.get(chamber, "") if chamber != "council" else ""
    if "committee" in plain.lower():
        return f"{house} {plain}" if house and not plain.startswith(house) else plain
    return f"{house} {plain} Committee".strip()


class _Values(dict):
    """What a message may name. Each is worked out when one names it: a list of bills has a message for every row."""

    def __init__(
        self, standing: Standing, translate: Translate, day: DayInWords, place: PlaceInWords
    ) -> None:
        super().__init__()
        self.standing, self.translate, self.day, self.in_sentence = standing, translate, day, place

    def __missing__(self, name: str) -> str:
        value = self[name] = _VALUES[name](self)
        return value

    def on(self, day: date | None) -> str:
        return self.day(day) if day else ""

    def place(self) -> str:
        """The place that the standing's note names."""
        note = self.standing.note
        if not note or not note.place:
            return note.place if note else ""
        if note.kind in {"recalled", "died_in_house"}:
            return self.chamber(note.place.lower()) or note.place
        return committee_in_words(note.place, self.standing.chamber)

    def chamber(self, code: str) -> str:
        return self.in_sentence(_CHAMBERS[code]) if code in _CHAMBERS else ""

    def rung(self) -> str:
        far = self.standing.furthest
        return self.translate(RUNG_IN_WORDS.get(far.code, "")) if far else ""


_VALUES: dict[str, Callable[[_Values], str]] = {
    "day": lambda of: of.on(of.standing.date),
    "ended": lambda of: of.on(of.standing.ended_on or of.standing.session_ends),
    "chamber": lambda of: of.chamber(of.standing.chamber),
    "other": lambda of: of.chamber(_OTHER_CHAMBER.get(of.standing.chamber, "")),
    "passed": lambda of: of.chamber(of.standing.status.removeprefix("PASSED_").lower()),
    "committee": lambda of: committee_in_words(of.standing.committee, of.standing.chamber),
    "calendar": lambda of: str(of.standing.calendar_no or ""),
    "chapter": lambda of: of.standing.chapter,
    "memo": lambda of: of.standing.veto_memo,
    "via": lambda of: of.standing.via,
    "via_ended": lambda of: of.on(of.standing.substitute.ended_on) if of.standing.substitute else "",
    "via_chapter": lambda of: of.standing.substitute.chapter if of.standing.substitute else "",
    "noted": lambda of: of.on(of.standing.note.date) if of.standing.note else "",
    "place": _Values.place,
    "far": lambda of: of.on(of.standing.furthest.date) if of.standing.furthest else "",
    "rung": _Values.rung,
}


def _headline_key(standing: Standing) -> str:
    if standing.outcome:
        return _ended_key(standing)
    if standing.last_action is None:
        return "nothing_on_record_over" if standing.session_over else "nothing_on_record"
    over = "_over" if standing.time_is_up else ""
    by_status = {"ny": _new_york_key, "nyc": _council_key, "us": _congress_key}[standing.legislature]
    return by_status(standing, over)


def _ended_key(standing: Standing) -> str:
    outcome, legislature = standing.outcome or "", standing.legislature
    if outcome == "substituted":
        return _substituted_key(standing)
    if outcome == "died":
        return _died_key(standing)
    if outcome in {"vetoed", "veto_overridden"}:
        return f"{outcome}_{legislature}"
    if outcome == "lost":
        return "lost" if standing.chamber else "lost_somewhere"
    if outcome in {"signed", "enacted"} and legislature == "us":
        return f"{outcome}_us" if standing.chapter else ("signed_plain" if outcome == "signed" else "enacted")
    if outcome == "signed":
        return "signed" if standing.chapter else "signed_plain"
    if outcome == "law_without_signature" and legislature != "ny":
        return "law_without_signature_nyc"
    return outcome


def _substituted_key(standing: Standing) -> str:
    other = standing.substitute
    if not standing.via:
        return "substituted_unnamed"
    if other is None or other.outcome is None or other.ended_on is None:
        return "substituted"
    if other.outcome == "signed":
        return "substituted_signed_chapter" if other.chapter else "substituted_signed"
    if other.law:
        return "substituted_law"
    if other.outcome in {"vetoed", "adopted", "died"}:
        return f"substituted_{other.outcome}"
    return "substituted" if other.outcome == "substituted" else "substituted_ended"


def _died_key(standing: Standing) -> str:
    status = standing.status
    if status == "FILED":
        return "filed"
    if status in {"IN_SENATE_COMM", "IN_ASSEMBLY_COMM", "IN_COMMITTEE", "LAID_OVER"} or (
        standing.legislature == "us" and standing.committee and status == "INTRODUCED"
    ):
        return "died_in_committee" if standing.committee else "died_in_some_committee"
    if status in {"SENATE_FLOOR", "ASSEMBLY_FLOOR"}:
        return "died_on_floor"
    return "died_passed" if status.startswith("PASSED_") and not standing.passed_both else "died"


def _new_york_key(standing: Standing, over: str) -> str:
    status, note = standing.status, standing.note
    if status in {"IN_SENATE_COMM", "IN_ASSEMBLY_COMM"}:
        return note.kind if note and note.kind in {"held", "defeated"} else "in_committee"
    if status in {"SENATE_FLOOR", "ASSEMBLY_FLOOR"}:
        return "on_floor"
    if status == "DELIVERED_TO_GOV":
        if note and note.kind == "recalled_from_governor":
            return note.kind
        return f"delivered{over}"
    if standing.passed_both:
        return "passed_amendment" if standing.constitutional_amendment else f"passed_both{over}"
    return "passed_one" if status.startswith("PASSED_") else "introduced"


def _council_key(standing: Standing, over: str) -> str:
    named = bool(standing.committee)
    return {
        "IN_COMMITTEE": "in_committee" if named else "in_some_committee",
        "LAID_OVER": "laid_over" if named else "laid_over_somewhere",
        "APPROVED_BY_COMMITTEE": "approved_by_committee" if named else "approved_by_some_committee",
        "APPROVED_BY_COUNCIL": f"approved_by_council{over}",
        "MAYORS_DESK": f"mayors_desk{over}",
    }.get(standing.status, "introduced_on" if standing.date else "introduced")


def _congress_key(standing: Standing, over: str) -> str:
    if standing.status == "TO_PRESIDENT":
        return f"to_president{over}"
    if standing.status == "REPORTED":
        return "reported"
    if standing.passed_both:
        return "passed_both_chambers"
    if standing.status.startswith("PASSED_"):
        return "passed_to_committee" if standing.committee else "passed"
    if standing.committee:
        return "in_committee"
    return "introduced_on" if standing.date else "introduced"


def _sentence_keys(standing: Standing) -> list[str]:
    if standing.outcome:
        return _ended_sentences(standing)
    if standing.last_action is None:
        return ["no_answer"] if standing.session_over else []
    keys = _next_step_sentences(standing)
    if standing.note and standing.note.kind in SENTENCES and standing.note.kind != "recalled_from_governor":
        keys.append(standing.note.kind)
    if standing.furthest and standing.furthest.code in RUNG_IN_WORDS:
        keys.append("furthest")
    return keys


def _next_step_sentences(standing: Standing) -> list[str]:
    status = standing.status
    if status in {"IN_SENATE_COMM", "IN_ASSEMBLY_COMM"}:
        return ["committee"]
    if status in {"SENATE_FLOOR", "ASSEMBLY_FLOOR"}:
        return ["floor"] if standing.calendar_no else []
    if status == "DELIVERED_TO_GOV":
        if standing.time_is_up:
            return ["no_answer"]
        return ["governor_time_over" if standing.session_over else "governor_time"]
    if standing.time_is_up:
        return ["amendment_next" if standing.constitutional_amendment else "no_answer"]
    if status == "MAYORS_DESK":
        return ["mayor_time"]
    if standing.legislature == "ny" and status.startswith("PASSED_"):
        if not standing.passed_both:
            return ["other_house"]
        return ["amendment_next" if standing.constitutional_amendment else "to_governor"]
    return []


def _ended_sentences(standing: Standing) -> list[str]:
    outcome = standing.outcome
    if outcome == "substituted":
        return ["follow"] if standing.via else []
    if outcome == "vetoed":
        return [*(["memo"] if standing.veto_memo else []), "not_law", "override_none"]
    if outcome == "signed":
        return ["lines_vetoed"] if standing.lines_vetoed else []
    if outcome == "adopted":
        return ["resolution"]
    if outcome in {"lost", "stricken", "withdrawn"}:
        return ["not_law"]
    if outcome not in {"died", "filed_end_of_session"}:
        return []
    keys = []
    if standing.note and standing.note.kind in {"held", "defeated", "reference_changed"}:
        keys.append(standing.note.kind)
    if standing.legislature == "ny" and _passed_the_other_house(standing):
        keys.append("had_passed")
    elif standing.furthest and standing.furthest.code in RUNG_IN_WORDS:
        keys.append("furthest_dead")
    return [*keys, "again"]


def _passed_the_other_house(standing: Standing) -> bool:
    other = {"senate": "PASSED_ASSEMBLY", "assembly": "PASSED_SENATE"}.get(standing.chamber)
    return standing.status != other and any(stage.code == other for stage in standing.stages)
