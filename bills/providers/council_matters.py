"""A matter of New York City's Council as a BillSnapshot, whichever copy of the Council's system it was read from.

The Council keeps its files ("matters") in Legistar. Its Web API and the public mirror of it name the same fields
differently; both are read into the classes here, and only `snapshot_of_matter` translates them. Pure: no clock,
no network. What each status and vote becomes, and why, stands in docs/sources.md.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from bills.print_numbers import PrintNumber, session_of_year
from bills.providers.base import (
    BillSnapshot,
    DocumentLine,
    PrintLine,
    RollCallLine,
    SponsorLine,
    UnexpectedAnswer,
)
from bills.providers.plausible import check_days
from bills.providers.shapes import possible
from bills.stages import ActionLine, Standing, read_standing
from bills.stages.council import ENDS

NEW_YORK = ZoneInfo("America/New_York")
# The page of a matter needs an id and a GUID that the API does not give. This address leads to it by MatterId.
PUBLIC_PAGE = "https://legistar.council.nyc.gov/gateway.aspx?m=l&id={id}"

INTRODUCTION, RESOLUTION = "Introduction", "Resolution"
DESIGNATOR_OF_TYPE = {INTRODUCTION: "Int", RESOLUTION: "Res"}

# The Council's status, and what its history may amount to. Passage is one status until the Mayor has answered.
STATUSES = {
    "Introduced": {"INTRODUCED"},
    "Committee": {"IN_COMMITTEE"},
    "Laid Over in Committee": {"LAID_OVER"},
    "Reported from Committee": {"APPROVED_BY_COMMITTEE"},
    "Enacted (Mayor's Desk for Signature)": {"APPROVED_BY_COUNCIL", "MAYORS_DESK"},
    "Enacted": {"ENACTED"},
    "Vetoed": {"VETOED"},
    "Adopted": {"ADOPTED"},
    "Disapproved": {"LOST"},
    "Filed": {"FILED"},
    "Filed (End of Session)": {"FILED"},
    "Withdrawn": {"WITHDRAWN"},
}
# Each line sets the status anew, so that a committee's line puts back a file that stands further: a hearing on
# an override, an amendment after it was laid over, a second committee.
_SET_BY_COMMITTEE = (
    (
        "Committee",
        re.compile(r"^(?:HEARING (?:HELD BY|ON P-C ITEM BY)|AMENDMENT PROPOSED BY|AMENDED BY) COMM"),
    ),
    ("Laid Over in Committee", re.compile(r"^(?:P-C ITEM )?LAID OVER (?:AGAIN )?BY (?:COMM|SUBCOMM)")),
    ("Reported from Committee", re.compile(r"^(?:P-C ITEM )?(?:APPROVED|FILED|DISAPPROVED),? BY COMM")),
)
# What an ended file may be put back to; the others not at all. An override is heard and approved in committee first
# (Int 1412-2025), and what a committee filed is reported from it.
_PUT_BACK_AFTER_END = {
    "VETOED": frozenset({"Committee", "Reported from Committee"}),
    "FILED": frozenset({"Reported from Committee"}),
}

VOTE_OF_KIND = {
    "Affirmative": "aye",
    "Negative": "nay",
    "Abstain": "abstained",
    "Absent": "absent",
    # Away with leave, or in another meeting of the Council at the time.
    "Excused": "excused",
    "Medical": "excused",
    "Maternity": "excused",
    "Paternity": "excused",
    "Parental": "excused",
    "Bereavement": "excused",
    "Jury Duty": "excused",
    "Simultaneous": "excused",
    # There, or on the roll, but not to vote: a conflict of interest, a suspension, an attendance entry.
    "Conflict": "not_voting",
    "Suspended": "not_voting",
    "Non-voting": "not_voting",
    "Recused": "not_voting",
    "Present": "not_voting",
}

_FILE = re.compile(r"(int|res) 0*([1-9][0-9]{0,4})-((?:19|20)[0-9]{2})(?:-[a-z])?", re.IGNORECASE | re.ASCII)
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?Z?)?", re.ASCII)
_COMMITTEE = re.compile(r"\b(?:sub)?committee\b", re.IGNORECASE)
_TEXT_OF_BILL = re.compile(
    r"(?:prop[a-z]* )?(?:int|res)\. ?(?:no\. ?)?[0-9]{1,5}(?:-[a-z])?(?: - [0-9/.]{5,10})?(?: ?\(final\))?"
    r"|local law(?: no\.)? [0-9]{1,3}",
    re.IGNORECASE | re.ASCII,
)
_NO_NAME = ("(in conjunction with", "(by request of")


# --- what both copies are read into


@dataclass(frozen=True, slots=True)
class VoteCast:
    kind: str  # the Council's word: "Affirmative"
    name: str


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One line of a matter's history. `votes` is None where nobody was asked for them."""

    id: int
    at: datetime | None
    action: str
    body: str
    version: str  # "*" is the original, "" is not stated
    event_id: int  # the meeting; 0 for none
    place: int  # within its meeting
    passed: bool | None  # of a vote
    votes: tuple[VoteCast, ...] | None = None

    @property
    def moment(self) -> datetime:
        """When it was done; raises UnexpectedAnswer where the record does not say."""
        if self.at is None:
            raise UnexpectedAnswer("The Council's record has an action without a day.")
        return self.at

    @property
    def day(self) -> date:
        return self.moment.date()


@dataclass(frozen=True, slots=True)
class SponsorRow:
    """A sponsor of one version; first is the prime sponsor. `version` "" where the copy keeps but the current one."""

    name: str
    version: str = ""


@dataclass(frozen=True, slots=True)
class Attachment:
    name: str
    url: str
    version: str = ""


@dataclass(frozen=True, slots=True)
class Matter:
    """One file. A part that is None was not in the copy."""

    id: int
    file: str
    type_name: str
    status: str
    name: str
    title: str
    summary: str
    body: str
    introduced_on: date | None
    version: str
    law_number: str  # "2017/228", "" for none
    history: tuple[HistoryRow, ...]
    sponsors: tuple[SponsorRow, ...] | None
    attachments: tuple[Attachment, ...] | None


# --- numbers and times


def number_of(file: str | None, type_name: str | None) -> PrintNumber | None:
    """The number of an introduction or resolution; None for every other matter, and for one that contradicts itself.

    ("Int 1412-2025", "Introduction") -> INT 1412 of the session 2024. The file's year decides the session and is
    not in the number, since a session numbers on through its years. An old "-A" at the end is dropped.
    """
    found = _FILE.fullmatch(" ".join((file or "").split()))
    if not found or DESIGNATOR_OF_TYPE.get(type_name or "") != found[1].capitalize():
        return None
    try:
        return PrintNumber(
            "nyc", found[1].capitalize(), int(found[2]), session=session_of_year("nyc", int(found[3]))
        )
    except ValueError:
        return None


def new_york_time(text: object) -> datetime | None:
    """A moment of the Council's system, New York local whatever suffix it has; None for a blank or the year 1.

    "2017-04-25T13:25:00", with a fraction, with a "Z" that is not true. Raises ValueError for anything else.
    """
    moment = _moment(text)
    return moment and moment.replace(tzinfo=NEW_YORK)


def universal_time(text: object) -> datetime | None:
    """A "LastModified" moment, which alone is in universal time; otherwise as `new_york_time`."""
    moment = _moment(text)
    return moment and moment.replace(tzinfo=UTC)


def _moment(text: object) -> datetime | None:
    if text is None or text == "":
        return None
    if not isinstance(text, str) or not _MOMENT.fullmatch(text):
        raise ValueError("is not a time such as 2017-04-25T13:25:00")
    moment = datetime.fromisoformat(text.removesuffix("Z")[:26])
    return None if moment.year == 1 else possible(moment)


# --- translation


def snapshot_of_matter(matter: Matter, *, read_at: datetime) -> BillSnapshot:
    """The matter in our own words. Raises UnexpectedAnswer for a meaning that we do not know, or a contradiction."""
    number = number_of(matter.file, matter.type_name)
    if number is None:
        raise UnexpectedAnswer(
            f"The Council's record “{matter.file[:20]}” is no introduction or resolution ({matter.type_name[:30]})."
        )
    rows = _in_order(matter.history)
    actions = tuple(_action(place, row) for place, row in enumerate(rows, start=1))
    standing = _checked_standing(matter.status, number, actions, read_at)
    page = PUBLIC_PAGE.format(id=matter.id)
    return BillSnapshot(
        number=number,
        actions=actions,
        title=matter.title.strip() or None,
        short_name=matter.name.strip() or None,
        official_summary=matter.summary.strip() or None,
        file_no=_file_no(number, matter.file),
        official_url=page,
        source_url=page,
        active_amendment=_letter(matter.version) if matter.version else None,
        # A number of a local law beside a history without one would print as law what is none.
        chapter=(matter.law_number.strip() or None) if standing.law else None,
        sponsors=_sponsors(matter),
        prints=_prints(matter, rows),
        roll_calls=_roll_calls(rows),
        documents=_documents(matter.attachments),
        introduced_on=matter.introduced_on,
        referred_to=matter.body.strip() if _COMMITTEE.search(matter.body) else None,
        read_at=read_at,
    )


def _file_no(number: PrintNumber, file: str) -> str:
    """The file number as the Council prints it, whatever its clerks typed: "Int 0201-2026"."""
    year = file.split("-")[1].strip()
    return f"{number.display}-{year}"


def _in_order(history: Sequence[HistoryRow]) -> list[HistoryRow]:
    """The lines oldest first; those of one meeting and minute as its minutes have them. Lines that say nothing go.

    What is only on an agenda has no action yet.
    """
    if any(count > 1 for count in Counter(row.id for row in history).values()):
        raise UnexpectedAnswer("The Council's record lists one line of its history twice.")
    rows = [row for row in history if row.action.strip()]
    return sorted(rows, key=lambda row: (row.moment, row.event_id, row.place, row.id))


def _action(sequence: int, row: HistoryRow) -> ActionLine:
    result = "" if row.passed is None else "Pass" if row.passed else "Fail"
    return ActionLine(row.day, _chamber(row.body), row.action.strip(), sequence, row.body.strip(), result)


def _chamber(body: str) -> str:
    if _COMMITTEE.search(body):
        return "committee"
    return "mayor" if body.strip() == "Mayor" else "council"


def _checked_standing(
    status: str, number: PrintNumber, actions: Sequence[ActionLine], read_at: datetime
) -> Standing:
    """Where the history leaves the file; refuses a status that is missing, unknown, or not what the history says.

    Where the two part, one of them is incomplete or means what we do not know: storing either would be a guess.
    """
    if not status:
        raise UnexpectedAnswer("The Council's record states no status.")
    if status not in STATUSES:
        raise UnexpectedAnswer(f"The Council's record states a status that we do not know: “{status[:40]}”.")
    if not actions and status != "Introduced":
        raise UnexpectedAnswer(f"The Council's record states the status {status}, but has no history.")
    today = read_at.astimezone(NEW_YORK).date()
    check_days(number, actions, today=today)
    # Files are marked as ended some days ahead of the 31st of December.
    last_day = max([today, *(action.date for action in actions)])
    standing = read_standing("nyc", number.session or 0, number.base_print_no, actions, today=last_day)
    may_be_put_back = standing.status not in ENDS or status in _PUT_BACK_AFTER_END.get(standing.status, ())
    put_back = may_be_put_back and _set_by_last_line(actions) == status
    if standing.status not in STATUSES[status] and not put_back:
        raise UnexpectedAnswer(
            f"The Council's record states the status {status}, but its own history amounts to {standing.status}."
        )
    return standing


def _set_by_last_line(actions: Sequence[ActionLine]) -> str:
    """The status that the last line sets where it is a committee's, else ""."""
    text = " ".join(actions[-1].text.upper().split()) if actions else ""
    return next((status for status, pattern in _SET_BY_COMMITTEE if pattern.search(text)), "")


def _letter(version: str) -> str:
    """The letter of a version: "" for the original, which is "*"."""
    letter = "" if version == "*" else version
    if not re.fullmatch("[A-Z]?", letter):
        raise UnexpectedAnswer(f"The Council's record names a version that we do not know: “{version[:20]}”.")
    return letter


def _sponsors(matter: Matter) -> tuple[SponsorLine, ...] | None:
    """The sponsors of the current version, first the prime one; None where the copy has none of that version.

    They are entered anew for each version, and between the two that list is empty. Rows without a name, and notes
    such as "(by request of the Mayor)", are no sponsors. Where the first row is such a one, nobody is called prime.
    """
    if matter.sponsors is None:
        return None
    rows = [row for row in matter.sponsors if row.version in ("", matter.version)]
    if matter.sponsors and not rows:
        return None
    kept: dict[str, str] = {}
    for place, row in enumerate(rows):
        name = " ".join(row.name.split())
        if name and not name.lower().startswith(_NO_NAME):
            kept.setdefault(name, "co" if place else "prime")
    return tuple(SponsorLine(name, kind, "council") for name, kind in kept.items())


def _prints(matter: Matter, rows: Sequence[HistoryRow]) -> tuple[PrintLine, ...]:
    """Every version that the record names; it states no day of publication."""
    letters = {"", *(_letter(version) for version in (matter.version, *(row.version for row in rows)))}
    letters |= {
        row.version
        for part in (matter.sponsors, matter.attachments)
        for row in part or ()
        if re.fullmatch("[A-Z]", row.version)
    }
    return tuple(PrintLine(letter) for letter in sorted(letters))


def _roll_calls(rows: Sequence[HistoryRow]) -> tuple[RollCallLine, ...] | None:
    """The recorded votes in their order; None where one of them was not asked for."""
    if any(row.passed is not None and row.votes is None for row in rows):
        return None
    calls: list[RollCallLine] = []
    times: Counter[tuple[date, str, str]] = Counter()
    for row in rows:
        if not row.votes:
            continue
        committee = row.body.strip() if _COMMITTEE.search(row.body) else ""
        place = (row.day, committee, _letter(row.version))
        times[place] += 1
        calls.append(_roll_call(row.votes, place, times[place]))
    return tuple(calls)


def _roll_call(votes: Sequence[VoteCast], place: tuple[date, str, str], sequence: int) -> RollCallLine:
    if unknown := {vote.kind for vote in votes} - set(VOTE_OF_KIND):
        raise UnexpectedAnswer(
            f"The Council's record has votes of a kind unknown to us: “{min(unknown)[:30]}”."
        )
    cast = [(VOTE_OF_KIND[vote.kind], " ".join(vote.name.split())) for vote in votes]
    counts = Counter(vote for vote, _ in cast)
    day, committee, amendment = place
    return RollCallLine(
        date=day,
        chamber="council",
        ayes=counts["aye"],
        nays=counts["nay"],
        others=counts.total() - counts["aye"] - counts["nay"],
        committee=committee,
        amendment=amendment,
        sequence=sequence,
        votes=tuple((vote, name) for vote, name in cast if name),
    )


def _documents(attachments: Sequence[Attachment] | None) -> tuple[DocumentLine, ...] | None:
    """The papers that can be read over a safe connection; the bill's own texts are known by their names."""
    if attachments is None:
        return None
    lines = [
        DocumentLine("text" if _TEXT_OF_BILL.fullmatch(name) else "attachment", name, url)
        for each in attachments
        if (name := " ".join(each.name.split())) and (url := each.url.strip()).startswith("https://")
    ]
    return tuple(dict.fromkeys(lines))
