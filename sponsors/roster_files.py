"""Roster files: people, organisations and committees in JSON, as docs/records.md documents them. No database.

A folder holds people.json, organizations.json and committees.json, each a list; any of them may be missing. A
fault never hides the rest: it comes out as a RosterFault in its place.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, TypeVar

from django.utils.text import slugify
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    StringConstraints,
    ValidationError,
    model_validator,
)

from sponsors.names import read_name
from sponsors.record_faults import first_fault, one_line

LARGEST_FILE = 64 * 1024 * 1024  # bytes; everybody who sat since 2009 has 200 KB
CHAMBERS = {"ny": ("senate", "assembly"), "nyc": ("council",), "us": ("senate", "house")}

_CONTROL_CHARACTERS = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")


def _clean(value: object) -> object:
    if value is None:
        return ""
    return " ".join(_CONTROL_CHARACTERS.sub(" ", value).split()) if isinstance(value, str) else value


def _listed(value: object) -> object:
    return () if value is None else value


def _is_key(value: str) -> str:
    if slugify(value) != value or not value:
        raise ValueError("a key is lower case letters, digits and hyphens")
    return value


def _is_https(value: str) -> str:
    if value and not value.startswith("https://"):
        raise ValueError("a website begins with https://")
    return value


Text = Annotated[str, BeforeValidator(_clean)]
Name = Annotated[Text, StringConstraints(min_length=1, max_length=200)]
Key = Annotated[Text, StringConstraints(max_length=120), AfterValidator(_is_key)]
Website = Annotated[Text, StringConstraints(max_length=200), AfterValidator(_is_https)]
Aliases = Annotated[tuple[Name, ...], BeforeValidator(_listed)]
District = Annotated[Text, StringConstraints(max_length=20)]
Party = Annotated[Text, StringConstraints(max_length=60)]
Caucus = Annotated[Text, StringConstraints(max_length=100)]


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class _InChamber(_Record):
    legislature: Text
    chamber: Text

    @model_validator(mode="after")
    def _chamber_of_its_legislature(self) -> _InChamber:
        if self.legislature not in CHAMBERS:
            raise ValueError(f"“{self.legislature}” is no legislature; expected ny, nyc or us")
        if self.chamber not in CHAMBERS[self.legislature]:
            raise ValueError(f"“{self.chamber}” is no chamber of {self.legislature}")
        return self


class TermRecord(_InChamber):
    """One stretch of service. A day that is None is not known, or has not come."""

    district: District = ""
    party: Party = ""
    caucus: Caucus = ""
    start: date | None = None
    end: date | None = None

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> TermRecord:
        if self.start and self.end and self.end < self.start:
            raise ValueError("a term ends before it starts")
        return self


class PersonRecord(_Record):
    key: Key
    name: Name
    sort_name: Annotated[Text, StringConstraints(max_length=200)] = ""
    aliases: Aliases = ()
    note: Annotated[Text, StringConstraints(max_length=2000)] = ""
    terms: Annotated[tuple[TermRecord, ...], BeforeValidator(_listed)] = ()

    @model_validator(mode="after")
    def _each_term_once(self) -> PersonRecord:
        places = [(term.legislature, term.chamber, term.district, term.start) for term in self.terms]
        if len(set(places)) < len(places):
            raise ValueError("two terms have one chamber, district and start")
        return self

    @property
    def identity(self) -> str:
        return self.key

    @property
    def surname_first(self) -> str:
        """The name for lists, "Serrano, Jose M.", where the file gives none."""
        if self.sort_name:
            return self.sort_name
        read = read_name(self.name)
        return f"{read.surname}, {read.given} {read.middle}".strip(" ,") if read.surname else self.name


class OrganizationRecord(_Record):
    key: Key
    name: Name
    aliases: Aliases = ()
    website: Website = ""

    @property
    def identity(self) -> str:
        return self.key


class CommitteeRecord(_InChamber):
    """`name` is without the word committee."""

    name: Annotated[Name, StringConstraints(max_length=150)]

    @property
    def slug(self) -> str:
        return slugify(self.name)[:180]

    @property
    def identity(self) -> tuple[str, str, str]:
        return self.legislature, self.chamber, self.slug


@dataclass(frozen=True, slots=True)
class RosterFault:
    """What is wrong with a file or with one entry of it; as text, one line for a person."""

    path: Path
    entry: str  # "" for the whole file, else "entry 12 (jose-m-serrano)"
    message: str

    def __str__(self) -> str:
        return ": ".join(part for part in (str(self.path), self.entry, self.message) if part)


Record = TypeVar("Record", PersonRecord, OrganizationRecord, CommitteeRecord)


def read_roster_file(path: Path, kind: type[Record]) -> Iterator[Record | RosterFault]:
    """Yield each entry of one file; nothing where there is no such file."""
    if not path.exists():
        return
    try:
        if path.stat().st_size > LARGEST_FILE:
            yield RosterFault(path, "", f"is larger than {LARGEST_FILE // 1024**2} MB.")
            return
        content = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        yield RosterFault(path, "", f"cannot be read: {error.strerror or error}.")
        return
    except UnicodeDecodeError as error:
        yield RosterFault(path, "", f"is not UTF-8 text (byte {error.start}).")
        return
    except (ValueError, RecursionError) as error:
        yield RosterFault(path, "", f"is not JSON: {one_line(str(error)) or 'nested too deeply'}.")
        return
    if not isinstance(content, list):
        yield RosterFault(path, "", "holds no list.")
        return
    seen: set[object] = set()
    for place, entry in enumerate(content, start=1):
        try:
            record = kind.model_validate(entry)
        except ValidationError as error:
            yield RosterFault(path, _entry_name(place, entry), first_fault(error))
            continue
        if record.identity in seen:
            yield RosterFault(
                path, _entry_name(place, entry), "stands in the file twice; the first one counts."
            )
            continue
        seen.add(record.identity)
        yield record


def _entry_name(place: int, entry: object) -> str:
    known = (entry.get("key") or entry.get("name")) if isinstance(entry, dict) else None
    return f"entry {place} ({one_line(str(known)[:60])})" if known else f"entry {place}"
