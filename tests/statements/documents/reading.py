"""Reads the documents in `data/`: what a reader must find in each stands above a line of dashes, the text
below it.

One fact a line: `kind`, `title`, `date`, `publisher`, `primary` (name | title | organisation), `speaker`
(name | role | organisation, in order of speaking), `issue`, `bill` (as written | legislature designator
number amendment-or-dash session-or-dash), `stage`, `committee`, `sponsor`, `programme`, `drafting`,
`endorser`, `event` (kind date-or-dash), `position` (holder | target | stance), `has` and `lacks` (words
that the body must or must not hold). A fact that is left out must be empty, except `publisher`,
`programme`, `drafting`, `endorser`, `event`, `position`, `has` and `lacks`, which are then not looked at.
Every text is invented.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

DATA = Path(__file__).parent / "data"
MANY = ("speaker", "issue", "bill", "programme", "drafting", "endorser", "event", "position", "has", "lacks")


@dataclass(frozen=True)
class Case:
    """One document and what it says."""

    name: str
    text: str
    expected: dict[str, str | list[str]]


def cases() -> list[Case]:
    """Every document of the folder, by name."""
    return [_case(path) for path in sorted(DATA.glob("*.txt"))]


def _case(path: Path) -> Case:
    head, _, text = path.read_text(encoding="utf-8").partition("\n----------\n")
    expected: dict[str, str | list[str]] = {}
    for line in head.splitlines():
        key, _, value = line.partition(":")
        value = " | ".join(part.strip() for part in value.split("|")).rstrip(" |")
        if key in MANY:
            expected.setdefault(key, []).append(value.strip())
        else:
            expected[key] = value.strip()
    return Case(path.stem, text, expected)


def told(parsed) -> dict[str, str | list[str]]:
    """A ParsedDocument in the same words."""

    def person(speaker) -> str:
        return f"{speaker.name} | {speaker.title} | {speaker.organisation}".rstrip(" |")

    return {
        "kind": parsed.kind,
        "title": parsed.title,
        "date": parsed.date.isoformat() if parsed.date else "",
        "publisher": parsed.publisher,
        "primary": person(parsed.primary_speaker) if parsed.primary_speaker else "",
        "speaker": [person(speaker) for speaker in parsed.speakers],
        "issue": list(parsed.issues),
        "bill": [
            f"{bill.as_written} | {bill.legislature} {bill.designator} {bill.number} "
            f"{bill.amendment or '-'} {bill.session or '-'}"
            for bill in parsed.bills
        ],
        "stage": parsed.status_stage,
        "committee": parsed.committee,
        "sponsor": parsed.sponsor,
        "programme": [programme.name for programme in parsed.programmes],
        "drafting": list(parsed.drafting_numbers),
        "endorser": list(parsed.endorsers),
        "event": [f"{event.kind} {event.date or '-'}" for event in parsed.events],
        "position": [f"{taken.holder} | {taken.target} | {taken.stance}" for taken in parsed.positions],
    }
