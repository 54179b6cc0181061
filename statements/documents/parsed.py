"""What one document says, in plain dataclasses. No rows, no network, no clock."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Speaker:
    """A person who speaks in a document. `title` is the office or the role there, "" where the text has
    none.
    """

    name: str
    title: str = ""
    organisation: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """What one speaker says. `start` and `end` are places in `ParsedDocument.text`.

    `speaker` is the `name` of a Speaker of the same document, or "" where an organisation speaks without
    naming anyone. `verbatim` is False where the text tells what was said without quoting it.
    """

    speaker: str
    text: str
    start: int
    end: int
    verbatim: bool = True
    organisation: str = ""


@dataclass(frozen=True, slots=True)
class BillNamed:
    """A bill that the text names. `start` is the place in `ParsedDocument.text` where it is first written.

    `designator` is the letters of the number without points: S A J K B C R E L (New York), Int Res T (the
    Council), HR S HRes SRes HJRes SJRes HConRes SConRes (Congress). `same_as` holds companions as the text
    writes them.
    """

    as_written: str
    legislature: str
    designator: str
    number: int
    amendment: str = ""
    session: int | None = None
    year: int | None = None
    start: int = 0
    is_chief: bool = False
    stage: str = ""
    committee: str = ""
    sponsor: str = ""
    status_date: dt.date | None = None
    same_as: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Programme:
    """A programme or executive order that the text names: its usual name, and where it is first named."""

    name: str
    as_written: str
    start: int


@dataclass(frozen=True, slots=True)
class PositionTaken:
    """Who is for or against what. `stance` is "supports", "opposes" or "neutral"; `words` is the text that
    shows it.

    `target` is a bill as written (`ParsedDocument.bills`) or the name of a programme or act.
    """

    holder: str
    target: str
    stance: str
    words: str


@dataclass(frozen=True, slots=True)
class EventTold:
    """Something that the text says happened, and the day where it can be told: kind "session_closed" or
    "no_vote".
    """

    kind: str
    date: dt.date | None
    words: str


@dataclass(frozen=True, slots=True)
class ParsedDocument:
    """All that was read from one document. Places (`start`, `end`) count characters of `text`.

    `text` is the document without markup, `body` the part of it that is its own words: site furniture is
    left out. `cut` tells that the document was longer than what is read for facts (`layout.READ_LIMIT`).
    `source_url` and `retold` come from a heading that its keeper put above it.
    """

    kind: str
    title: str
    text: str
    body: str
    date: dt.date | None = None
    publisher: str = ""
    primary_speaker: Speaker | None = None
    speakers: tuple[Speaker, ...] = ()
    issues: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()
    bills: tuple[BillNamed, ...] = ()
    programmes: tuple[Programme, ...] = ()
    drafting_numbers: tuple[str, ...] = ()
    status_stage: str = ""
    committee: str = ""
    sponsor: str = ""
    positions: tuple[PositionTaken, ...] = ()
    endorsers: tuple[str, ...] = ()
    events: tuple[EventTold, ...] = ()
    cut: bool = False
    source_url: str = ""
    retold: bool = False


def to_json(parsed: ParsedDocument | None, file: str, error: str | None = None) -> dict:
    """One line of `load_documents --json`: the keys of the contract, no more. `parsed` is None where
    reading failed.
    """
    if parsed is None:
        parsed = ParsedDocument(kind="", title="", text="", body="")
    primary = parsed.primary_speaker
    return {
        "file": file,
        "kind": parsed.kind or None,
        "title": parsed.title,
        "date": parsed.date.isoformat() if parsed.date else None,
        "publisher": parsed.publisher,
        "primary_speaker": {"name": primary.name, "title": primary.title} if primary else None,
        "other_speakers": [
            {"name": speaker.name, "role": speaker.title, "organisation": speaker.organisation}
            for speaker in parsed.speakers
        ],
        "issues": list(parsed.issues),
        "bills": [
            {
                "as_written": bill.as_written,
                "legislature": bill.legislature,
                "chamber": bill.designator,
                "number": bill.number,
                "amendment": bill.amendment,
                "session": bill.session,
            }
            for bill in parsed.bills
        ],
        "status_stage": parsed.status_stage or None,
        "committee": parsed.committee or None,
        "sponsor": parsed.sponsor or None,
        "error": error,
    }
