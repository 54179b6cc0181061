"""Records: bills in JSON files, the format that is loaded, shipped and shared. docs/records.md documents it.

A file holds one bill or a list of bills; a folder stands for its *.json files. Of each bill only legislature,
session and print_no must be there; unknown keys are ignored. A fault never hides the rest: it comes out as a
RecordFault in its place, naming the file and the entry.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError, model_validator

from bills.print_numbers import PrintNumber, parse_print_no, session_named
from bills.stages import ActionLine
from sponsors.record_faults import first_fault, one_line

LARGEST_FILE = 256 * 1024 * 1024  # bytes; a whole session of New York's bills without texts has about 60 MB

# PostgreSQL stores no NUL and no half of a surrogate pair, and nobody reads the other controls; line breaks
# and tabs stay.
_CONTROL_CHARACTERS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def _clean(value: object) -> object:
    if value is None:
        return ""
    return _CONTROL_CHARACTERS.sub("", value).strip() if isinstance(value, str) else value


def _listed(value: object) -> object:
    return () if value is None else value


Text = Annotated[str, BeforeValidator(_clean)]
Texts = Annotated[tuple[Text, ...], BeforeValidator(_listed)]


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", str_max_length=1_000_000)


class ActionRecord(_Record):
    """One line of the official record; `body` and `result` are the Council's."""

    date: date
    chamber: Text = ""
    text: Text = ""
    body: Text = ""
    result: Text = ""


class OtherVersion(_Record):
    """The same proposal in another session."""

    session: int
    print_no: Text


class PrintRecord(_Record):
    """One print of a bill, by its letter; "" is the original."""

    letter: Text = ""
    published_on: date | None = None
    title: Text = ""
    act_clause: Text = ""
    law_section: Text = ""
    text: Text = ""


def _prints(value: object) -> object:
    """A bare letter stands for a print of which nothing else is known; a single one need not be in a list."""
    listed = _listed(value)
    if isinstance(listed, (list, tuple)):
        return tuple({"letter": one} if isinstance(one, str) else one for one in listed if one != "")
    return listed


class BillRecord(_Record):
    """One bill as a records file gives it; what the file leaves out is empty.

    `print_no` comes out as the base print number ("S4075", "INT 0486", "HR6") and `session` as the session's
    own name, however the file spells them.
    """

    legislature: Text
    session: int
    print_no: Text
    file_no: Text = ""
    active_amendment: Text = ""
    amendments: Annotated[tuple[PrintRecord, ...], BeforeValidator(_prints)] = ()
    title_or_summary: Text = ""
    short_name: Text = ""
    summary_long: Text = ""
    plain_summary: Text = ""
    act_clause: Text = ""
    law_section: Text = ""
    laws_affected: Text = ""
    sponsor: Text = ""
    cosponsors: Texts = ()
    multisponsors: Texts = ()
    same_as: Texts = ()
    versions_in_other_sessions: Annotated[tuple[OtherVersion, ...], BeforeValidator(_listed)] = ()
    later_versions_by_backlink: Annotated[tuple[OtherVersion, ...], BeforeValidator(_listed)] = ()
    substituted_by: Text = ""
    chapter: Text = ""
    committee: Text = ""
    actions: Annotated[tuple[ActionRecord, ...], BeforeValidator(_listed)] = ()
    actions_complete: bool | None = None
    actions_note: Text = ""
    votes: Text = ""
    issues: Texts = ()
    lineage: Text = ""
    lineage_name: Text = ""
    official_url: Text = ""
    source_urls: Texts = ()
    retrieved_note: Text = ""
    as_of: date | None = None  # the day on which the source was read

    @model_validator(mode="after")
    def _by_its_own_name(self) -> BillRecord:
        number = parse_print_no(self.print_no, legislature=self.legislature, session=self.session)
        object.__setattr__(self, "print_no", number.base_print_no)
        object.__setattr__(self, "session", session_named(self.legislature, self.session))
        return self

    @property
    def number(self) -> PrintNumber:
        return parse_print_no(self.print_no, legislature=self.legislature, session=self.session)

    @property
    def action_lines(self) -> tuple[ActionLine, ...]:
        """The actions as `read_standing` takes them, in the file's order."""
        return tuple(
            ActionLine(action.date, action.chamber.lower(), action.text, 0, action.body, action.result)
            for action in self.actions
        )


@dataclass(frozen=True, slots=True)
class RecordFault:
    """What is wrong with a file or with one entry of it; as text, one line for a person."""

    path: Path
    entry: str  # "" for the whole file, else "entry 12 (ny 2017 S4075)"
    message: str

    def __str__(self) -> str:
        return ": ".join(part for part in (str(self.path), self.entry, self.message) if part)


def read_record_files(path: Path) -> Iterator[BillRecord | RecordFault]:
    """Yield each bill of a file, or of the *.json files of a folder in the order of their names."""
    path = Path(path)
    if path.is_dir():
        files = sorted(file for file in path.glob("*.json") if file.is_file())
        if not files:
            yield RecordFault(path, "", "there is no .json file in this folder.")
        for file in files:
            yield from _read_file(file)
    else:
        yield from _read_file(path)


def _read_file(path: Path) -> Iterator[BillRecord | RecordFault]:
    try:
        if path.stat().st_size > LARGEST_FILE:
            yield RecordFault(path, "", f"is larger than {LARGEST_FILE // 1024**2} MB.")
            return
        content = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        yield RecordFault(path, "", f"cannot be read: {error.strerror or error}.")
    except UnicodeDecodeError as error:
        yield RecordFault(path, "", f"is not UTF-8 text (byte {error.start}).")
    except (ValueError, RecursionError) as error:
        yield RecordFault(path, "", f"is not JSON: {one_line(str(error) or 'nested too deeply')}.")
    else:
        yield from _read_entries(path, content)


def _read_entries(path: Path, content: object) -> Iterator[BillRecord | RecordFault]:
    if isinstance(content, dict):
        content = [content]
    if not isinstance(content, list):
        yield RecordFault(path, "", "holds neither a bill nor a list of bills.")
        return
    for place, entry in enumerate(content, start=1):
        try:
            yield BillRecord.model_validate(entry)
        except ValidationError as error:
            yield RecordFault(path, _entry_name(place, entry), first_fault(error))


def _entry_name(place: int, entry: object) -> str:
    if not isinstance(entry, dict):
        return f"entry {place}"
    known = [str(entry[key])[:40] for key in ("legislature", "session", "print_no") if entry.get(key)]
    return f"entry {place} ({one_line(' '.join(known))})" if known else f"entry {place}"
