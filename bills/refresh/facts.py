"""A snapshot and a day, read into the facts that one bill's rows are to hold. No database, no clock."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from urllib.parse import urlsplit

from django.utils.text import slugify

from bills.models import Bill
from bills.print_numbers import PrintNumber, parse_print_no
from bills.providers.base import BillSnapshot, PrintLine, SponsorLine, UnexpectedAnswer
from bills.stages import ActionLine, Standing, in_order, read_standing
from sponsors.models import Chamber

# What neither PostgreSQL nor XML can hold: control characters, halves of surrogate pairs, non-characters.
UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")

STATED_TEXTS = (
    "title",
    "short_name",
    "act_clause",
    "law_section",
    "plain_summary",
    "official_summary",
    "sponsor_memo",
    "file_no",
)
TEXTS_OF_PRINT = ("title", "act_clause", "law_section", "law_code")
# The texts that are searched must fit into one tsvector of 1 MB together, or the search fails for everybody.
LONGEST = {
    name: getattr(Bill._meta.get_field(name), "max_length", None)
    for name in (*STATED_TEXTS, "status_committee", "chapter", "substituted_by_print_no")
} | {
    "title": 5_000,
    "act_clause": 5_000,
    "plain_summary": 20_000,
    "official_summary": 50_000,
    "sponsor_memo": 200_000,
    "law_code": 2_000,
}
LONGEST_PRINT = 400_000  # characters: some 120 printed pages; the bills of the budget are longer
LONGEST_SECTION, MOST_SECTIONS = 100, 500
MOST_SPONSORS_OF_PRINT = 400
LONGEST_ACTION = 5_000
LONGEST_MESSAGE = 200_000
LONGEST_ADDRESS = 500
LONGEST_NAME = 200
LONGEST_BODY = 150
LONGEST_RESULT = 40
LONGEST_SIGNER = 100
LONGEST_DOCUMENT = 300
MOST_NUMBER = 2_147_483_647  # what a column of numbers holds
MOST_VOTES = 32767  # what a column of counts holds
KINDS = ("prime", "co", "multi")
CHAMBERS = frozenset(Chamber.values)
CHAMBER_OF_BODY = {"committee": "council", "mayor": "council"}
OUTCOMES = frozenset(Bill.Outcome.values)

_COMMITTEE_WORDS = re.compile(
    r"^(?:(?:senate|assembly|house|joint) )?(?:sub)?committee (?:on |for )?(?:the )?| committee$",
    re.IGNORECASE,
)
_SMALL_WORDS = frozenset({"and", "of", "on", "the", "for", "in", "to"})
_PRINT_LETTER = re.compile(r"[A-Z]?")
_CHAPTER = re.compile(r"(?:chap(?:ter|\.)? ?)?([0-9]{1,6})", re.IGNORECASE | re.ASCII)
_LOCAL_LAW = re.compile(r"(?:local law )?([0-9]{4})/([0-9]{1,6})", re.IGNORECASE | re.ASCII)
_PUBLIC_LAW = re.compile(r"(?:public law |pub\. ?l\. ?)?([0-9]{1,3}-[0-9]{1,4})", re.IGNORECASE | re.ASCII)


@dataclass(frozen=True, slots=True)
class Facts:
    """What one bill's rows are to hold. A part that is None was not stated, and its rows stay as they are.

    `stated` and `derived` hold fields of Bill by name; a field that is absent stays. Every part is in
    canonical order, so equal answers have equal digests however their source ordered them.
    """

    number: PrintNumber  # base number, with its session
    session: int
    has_actions_stated: bool  # False: `derived`, `stages` and the like say only what a new bill begins with
    stated: dict[str, object]
    derived: dict[str, object]
    committee: tuple[str, str] | None  # chamber and name
    substitute: PrintNumber | None
    proposal: tuple[str, str] | None  # slug and name
    actions: tuple[ActionLine, ...]
    stages: tuple[tuple[str, str, date | None, str], ...]  # code, chamber, date, committee
    sponsors: tuple[SponsorLine, ...] | None
    prints: tuple[tuple, ...] | None  # as `parts.PRINTS`; sponsors None where they were not stated
    texts: tuple[tuple[str, str], ...]  # letter and words of prints, where the answer holds them
    relations: dict[str, tuple[PrintNumber, ...]]  # by kind; a kind that is absent was not stated
    roll_calls: tuple[tuple, ...] | None  # as `parts.ROLL_CALLS`, and the next three likewise
    messages: tuple[tuple, ...] | None
    agenda: tuple[tuple, ...] | None
    documents: tuple[tuple, ...] | None
    issues: tuple[str, ...]
    source_url: str
    read_at: datetime | None = None
    digest: str = ""

    @property
    def would_empty_the_record(self) -> bool:
        """Whether the answer says that there are no actions."""
        return self.has_actions_stated and not self.actions

    def hash_with(self, edited_fields: Iterable[str]) -> str:
        """What `Bill.content_hash` holds once these facts are stored. It moves when staff let a field go."""
        return hashlib.sha256(f"{self.digest} {' '.join(sorted(edited_fields))}".encode()).hexdigest()


def clean(text: str, longest: int | None = None) -> str:
    """`text` without what cannot be stored, cut at `longest` characters with an ellipsis."""
    is_plain = (
        text.isascii() and "\x00" not in text
    )  # most are, and a pattern takes ten times as long to say so
    kept = (text if is_plain else UNSTORABLE.sub("", text)).strip()
    return kept if longest is None or len(kept) <= longest else kept[: longest - 1].rstrip() + "…"


def read_facts(snapshot: BillSnapshot, *, source: str, today: date) -> Facts:
    """What the bill's rows are to hold as of `today`; actions dated later are held back until their day.

    Raises UnexpectedAnswer for a chamber, kind or outcome that is not ours.
    """
    number = base(snapshot.number)
    assert number.session is not None  # a snapshot has seen to that
    lines = in_order(_clean_action(line, number) for line in snapshot.actions or () if clean(line.text))
    actions = tuple(line for line in lines if line.date <= today)
    standing = read_standing(
        number.legislature,
        number.session,
        number.base_print_no,
        actions,
        today=today,
        referred_to=clean(snapshot.referred_to or "", LONGEST_BODY),
    )
    stated = _stated(snapshot, standing, actions)
    substitute = _substitute(number, standing.via)
    facts = Facts(
        number=number,
        session=number.session,
        has_actions_stated=snapshot.actions is not None,
        stated=stated,
        derived=_derived(standing, actions),
        committee=_committee(standing),
        substitute=substitute,
        proposal=_proposal(snapshot),
        actions=actions,
        stages=tuple(
            (stage.code, _chamber(stage.chamber, ""), stage.date, clean(stage.committee, LONGEST_BODY))
            for stage in standing.stages
        ),
        sponsors=None if snapshot.sponsors is None else _sponsors(snapshot.sponsors),
        prints=_prints(snapshot, stated),
        texts=_texts(snapshot),
        relations=_relations(snapshot, substitute),
        roll_calls=_roll_calls(snapshot),
        messages=_messages(snapshot),
        agenda=_agenda(snapshot),
        documents=_documents(snapshot),
        issues=tuple(sorted({name for raw in snapshot.issues or () if (name := clean(raw, 80))})),
        source_url=web_address(snapshot.source_url),
    )
    told = repr((source, facts)).encode("utf-8", "backslashreplace")
    return replace(facts, read_at=snapshot.read_at, digest=hashlib.sha256(told).hexdigest())


def web_address(text: str | None) -> str:
    """`text` where it is a web address of bearable length, else ""."""
    address = clean(text or "")
    if len(address) > LONGEST_ADDRESS:
        return ""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return address if parts.scheme in {"https", "http"} and parts.netloc else ""


def committee_name(text: str) -> str:
    """A committee's name without the word: "Immigration" for "Committee on Immigration".

    Capitals become "Ways and Means".
    """
    name = _COMMITTEE_WORDS.sub("", " ".join(text.split()))
    if name.isupper():
        name = name.title()
    words = name.split(" ")
    kept = [
        word.lower() if place and word.lower() in _SMALL_WORDS else word for place, word in enumerate(words)
    ]
    return clean(" ".join(kept), LONGEST_BODY)


def law_number(legislature: str, chapter: str) -> str:
    """A law's number as pages print it: "37" (a chapter), "119-1" (a Public Law), "Local Law 58 of 2014"."""
    text = clean(chapter)
    if legislature == "ny" and (found := _CHAPTER.fullmatch(text)):
        return str(int(found[1]))
    if legislature == "nyc" and (found := _LOCAL_LAW.fullmatch(text)):
        return f"Local Law {int(found[2])} of {found[1]}"
    if legislature == "us" and (found := _PUBLIC_LAW.fullmatch(text)):
        return found[1]
    return clean(text, LONGEST["chapter"])


def _clean_action(line: ActionLine, number: PrintNumber) -> ActionLine:
    return ActionLine(
        date=line.date,
        chamber=_chamber(line.chamber, number.chamber),
        text=clean(line.text, LONGEST_ACTION),
        sequence=line.sequence,
        body=clean(line.body or "", LONGEST_BODY),
        result=clean(line.result or "", LONGEST_RESULT),
    )


def _chamber(chamber: str, unstated: str) -> str:
    code = CHAMBER_OF_BODY.get(chamber, chamber) or unstated
    if code and code not in CHAMBERS:
        raise UnexpectedAnswer(f"“{clean(chamber, 40)}” is no chamber we know.")
    return code


def _letter(letter: str) -> str:
    """The letter of a print, "" for the original."""
    if not _PRINT_LETTER.fullmatch(letter):
        raise UnexpectedAnswer(f"“{clean(letter, 40)}” is no letter of a print.")
    return letter


def _stated(snapshot: BillSnapshot, standing: Standing, actions: Sequence[ActionLine]) -> dict[str, object]:
    """Fields that the source states. An empty text is no statement: it erases nothing."""
    row: dict[str, object] = {}
    for name in STATED_TEXTS:
        if text := clean(getattr(snapshot, name) or "", LONGEST[name]):
            row[name] = text
    if address := web_address(snapshot.official_url):
        row["official_url"] = address
    if snapshot.active_amendment is not None:
        row["active_amendment"] = _letter(snapshot.active_amendment)
    elif snapshot.number.legislature == "ny" and snapshot.actions is not None:
        row["active_amendment"] = standing.active_amendment
    if snapshot.introduced_on is not None:
        row["introduced_on"] = snapshot.introduced_on
    elif actions and snapshot.actions_are_complete:
        row["introduced_on"] = min(line.date for line in actions)
    if chapter := standing.chapter or snapshot.chapter or "":
        row["chapter"] = law_number(snapshot.number.legislature, chapter)
    return row


def _derived(standing: Standing, actions: Sequence[ActionLine]) -> dict[str, object]:
    """Fields that follow from the actions alone, as of the day; the source's own status is never asked."""
    outcome = standing.outcome or ""
    if outcome and outcome not in OUTCOMES:
        raise UnexpectedAnswer(f"“{outcome}” is no outcome we know.")
    return {
        "status": standing.status,
        "status_date": standing.date,
        "status_chamber": _chamber(standing.chamber, ""),
        "status_committee": clean(standing.committee, LONGEST["status_committee"]),
        "outcome": outcome,
        "ended_on": standing.ended_on,
        "substituted_by_print_no": clean(standing.via, LONGEST["substituted_by_print_no"]),
        "law_since": standing.law_since if standing.law else None,
        "last_action_on": max((line.date for line in actions), default=None),
    }


def _committee(standing: Standing) -> tuple[str, str] | None:
    name = committee_name(standing.committee)
    return (standing.chamber, name) if name and standing.chamber in CHAMBERS else None


def _substitute(number: PrintNumber, via: str) -> PrintNumber | None:
    """The bill that took this one's place; None where there is none, or the record names the bill itself."""
    if not via:
        return None
    try:
        substitute = base(parse_print_no(via, legislature=number.legislature, session=number.session))
    except ValueError:
        return None
    return None if key(substitute) == key(number) else substitute


def _proposal(snapshot: BillSnapshot) -> tuple[str, str] | None:
    slug = slugify(snapshot.proposal_slug or "")[:100]
    return (slug, clean(snapshot.proposal_name or "", 150) or slug) if slug else None


def _sponsors(lines: Iterable[SponsorLine]) -> tuple[SponsorLine, ...]:
    """Prime sponsors in the record's order, the others by name, since sources shuffle them.

    One row per name and kind, and who is prime is not listed again as a co-sponsor.
    """
    kept: dict[tuple[str, str], SponsorLine] = {}
    for line in lines:
        if line.kind not in KINDS:
            raise UnexpectedAnswer(f"“{clean(line.kind, 40)}” is no kind of sponsor we know.")
        name = " ".join(clean(line.name).split())
        if name:
            name = clean(name, LONGEST_NAME)
            told = SponsorLine(
                name,
                line.kind,
                clean(line.chamber),
                clean(line.district, 20),
                line.joined_on,
                line.withdrawn_on,
            )
            before = kept.setdefault((line.kind, name), told)
            if before.withdrawn_on and not told.withdrawn_on:
                kept[line.kind, name] = told  # who withdrew and joined again stands on the bill
    prime = [line for line in kept.values() if line.kind == "prime"]
    names = {line.name for line in prime}
    others = [line for line in kept.values() if line.kind != "prime" and line.name not in names]
    return (
        *prime,
        *sorted(others, key=lambda line: (KINDS.index(line.kind), line.name.casefold(), line.name)),
    )


def _prints(snapshot: BillSnapshot, stated: dict[str, object]) -> tuple[tuple, ...] | None:
    """A row for each print. What the answer says of the whole bill it says of the print in force."""
    if snapshot.prints is None:
        return None
    active = str(stated.get("active_amendment", ""))
    lines = {_letter(line.letter): line for line in snapshot.prints}
    lines.setdefault(active, PrintLine(active))  # it exists, whatever the list forgot
    rows = []
    for letter, line in sorted(lines.items()):
        told = {name: clean(getattr(line, name) or "", LONGEST[name]) for name in TEXTS_OF_PRINT}
        if letter == active:
            told = {name: text or str(stated.get(name, "")) for name, text in told.items()}
        sections = {(action, clean(name, LONGEST_SECTION)) for action, name in line.laws if clean(name)}
        rows.append(
            (
                letter,
                line.published_on,
                *told.values(),
                tuple(sorted(sections)[:MOST_SECTIONS]),
                None if line.sponsors is None else _sponsors_of_print(line.sponsors),
            )
        )
    return tuple(rows)


def _sponsors_of_print(lines: Iterable[SponsorLine]) -> tuple[tuple[str, str], ...]:
    return tuple((line.kind, line.name) for line in _sponsors(lines)[:MOST_SPONSORS_OF_PRINT])


def _texts(snapshot: BillSnapshot) -> tuple[tuple[str, str], ...]:
    return tuple(
        sorted(
            (_letter(line.letter), text) for line in snapshot.prints or () if (text := clean(line.text or ""))
        )
    )


def _relations(snapshot: BillSnapshot, substitute: PrintNumber | None) -> dict[str, tuple[PrintNumber, ...]]:
    """Ties to other bills of the same legislature, each number once and never the bill's own."""
    stated = {"same_as": snapshot.same_as, "earlier": snapshot.earlier, "later": snapshot.later}
    number = snapshot.number
    relations: dict[str, tuple[PrintNumber, ...]] = {}
    for kind, numbers in stated.items():
        if numbers is None:
            continue
        others = {
            key(other): base(other)
            for other in numbers
            if other.session is not None
            and other.legislature == number.legislature
            and key(other) != key(number)
        }
        relations[kind] = tuple(others[each] for each in sorted(others))
    if snapshot.actions is not None:
        relations["substituted_by"] = (substitute,) if substitute else ()
    return relations


def _roll_calls(snapshot: BillSnapshot) -> tuple[tuple, ...] | None:
    """Date, chamber, committee, print, place among that body's votes of the day, counts, and who voted how.

    A vote told twice is one; two that differ under one place are two.
    """
    if snapshot.roll_calls is None:
        return None
    kept: dict[tuple, tuple] = {}
    for line in snapshot.roll_calls:
        counts = (line.ayes, line.nays, line.others)
        if any(not 0 <= count <= MOST_VOTES for count in counts):
            raise UnexpectedAnswer(f"{counts} are no counts of a vote.")
        body = (
            line.date,
            _chamber(line.chamber, snapshot.number.chamber),
            clean(line.committee, LONGEST_BODY),
            _letter(line.amendment),
        )
        votes = tuple(
            sorted((vote, clean(" ".join(name.split()), LONGEST_NAME)) for vote, name in line.votes)
        )
        place = min(max(1, line.sequence), MOST_VOTES)
        while kept.get((*body, place), (*counts, votes)) != (*counts, votes):
            place += 1
        kept[(*body, place)] = (*counts, votes)
    return tuple((*place, *kept[place]) for place in sorted(kept))


def _messages(snapshot: BillSnapshot) -> tuple[tuple, ...] | None:
    if snapshot.messages is None:
        return None
    kept = {
        (line.kind, _year(line.year), _number(line.number)): (
            clean(line.chapter, LONGEST["chapter"]),
            clean(line.signer, LONGEST_SIGNER),
            line.signed_on,
            clean(line.text, LONGEST_MESSAGE),
        )
        for line in snapshot.messages
    }
    return tuple((*place, *kept[place]) for place in sorted(kept))


def _agenda(snapshot: BillSnapshot) -> tuple[tuple, ...] | None:
    if snapshot.agenda is None:
        return None
    return tuple(
        sorted(
            {
                (
                    line.kind,
                    _year(line.year),
                    _number(line.number),
                    _chamber(line.chamber, snapshot.number.chamber),
                    clean(line.committee, LONGEST_BODY),
                )
                for line in snapshot.agenda
            }
        )
    )


def _documents(snapshot: BillSnapshot) -> tuple[tuple, ...] | None:
    """Texts and papers that have a name and a web address; one without is nothing that a reader can open."""
    if snapshot.documents is None:
        return None
    kept = {}
    for line in snapshot.documents:
        name, address = clean(" ".join(line.name.split()), LONGEST_DOCUMENT), web_address(line.url)
        if name and address:
            kept[line.kind, name, address] = line.published_on
    return tuple((*place, kept[place]) for place in sorted(kept))


def _year(year: int) -> int:
    if not 1777 <= year <= 2199:
        raise UnexpectedAnswer(f"{year} is no year.")
    return year


def _number(number: int) -> int:
    if not 0 <= number <= MOST_NUMBER:
        raise UnexpectedAnswer(f"{number} is no number of a message or an agenda.")
    return number


def key(number: PrintNumber) -> tuple[str, int, str]:
    """What a bill is known by: legislature, session, base print number."""
    return number.legislature, number.session or 0, number.base_print_no


def base(number: PrintNumber) -> PrintNumber:
    """The number without its amendment."""
    return replace(number, amendment="") if number.amendment else number
