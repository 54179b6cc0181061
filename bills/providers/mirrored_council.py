"""The public git mirror of the Council's matters: one JSON file for each, `introduction/2026/0209.json`.

Source: https://github.com/jehiah/nyc_legislation, whose program renames the Web API's fields and keeps some of them;
docs/sources.md says what it loses. Pure: whoever has the files gives their content here. A missing date is the year 1,
and a "Z" at the end of a time is only true of LastModified.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any, Literal, TypeVar

from pydantic import Field

from bills.print_numbers import PrintNumber, session_of_year, session_years
from bills.providers.base import BillSnapshot, Touched
from bills.providers.council_matters import Attachment, SponsorRow, VoteCast, snapshot_of_matter
from bills.providers.legistar_answers import (
    Day,
    History,
    Id,
    ListedMatter,
    Moment,
    Place,
    Shape,
    Text,
    Universal,
    WholeMatter,
)
from bills.providers.shapes import checked

DESIGNATOR_OF_FOLDER = {"introduction": "Int", "resolution": "Res"}
FOLDER_OF_DESIGNATOR = {designator: folder for folder, designator in DESIGNATOR_OF_FOLDER.items()}

_PATH = re.compile(r"(introduction|resolution)/((?:19|20)[0-9]{2})/0*([1-9][0-9]{0,4})\.json", re.ASCII)

Wanted = TypeVar("Wanted", bound=Shape)


def number_of_path(path: str) -> PrintNumber | None:
    """The number of the matter in the file at `path`, inside the mirror; None for every other file."""
    found = _PATH.fullmatch(path)
    if not found:
        return None
    try:
        session = session_of_year("nyc", int(found[2]))
        return PrintNumber("nyc", DESIGNATOR_OF_FOLDER[found[1]], int(found[3]), session=session)
    except ValueError:
        return None


def path_of(number: PrintNumber) -> tuple[str, ...]:
    """Where the mirror may have this file: under its year, else under each year of its session, the first one first.

    Nowhere for another legislature's number, a T file, and a number with neither session nor year.
    """
    folder = FOLDER_OF_DESIGNATOR.get(number.designator)
    if number.legislature != "nyc" or folder is None:
        return ()
    if number.year is not None:
        years = range(number.year, number.year + 1)
    elif number.session is not None:
        first, last = session_years("nyc", number.session)
        years = range(first, last + 1)
    else:
        return ()
    return tuple(f"{folder}/{year}/{number.number:04d}.json" for year in years)


def touched_of(path: str, data: Any) -> Touched | None:
    """The file as an entry of a list; None where it is no bill of ours: an index, or a file in the wrong folder.

    Raises UnexpectedAnswer for data that is no matter.
    """
    told = number_of_path(path)
    if told is None:
        return None
    touched = _read(_ListedFile, data).as_touched()
    return touched if touched and touched.number.designator == told.designator else None


def snapshot_of(data: Any, *, read_at: datetime) -> BillSnapshot:
    """The file in our own words, as of `read_at`. Raises UnexpectedAnswer.

    Its `source_url` is the Council's page; whoever read the file knows where.
    """
    file = _read(_File, data)
    # Who its lists could not name is a row without a name; a list that is not there may be one that was not found.
    sponsors = tuple(SponsorRow(sponsor.name) for sponsor in file.sponsors) if file.sponsors else None
    papers = sorted(file.attachments or (), key=lambda paper: paper.place or 0)
    matter = file.as_matter(
        tuple(line.as_row(line.votes_cast) for line in file.history or ()),
        sponsors,
        tuple(Attachment(paper.name, paper.url) for paper in papers),
    )
    return snapshot_of_matter(matter, read_at=read_at)


def _read(shape: type[Wanted], data: Any) -> Wanted:
    return checked(shape.model_validate, data, "The Council's mirror has a file of another shape")


# --- the API's fields under the mirror's names


class _Sponsor(Shape):
    name: Text = Field("", alias="FullName")


class _Paper(Shape):
    name: Text = Field("", alias="Name")
    url: Text = Field("", alias="Link")
    place: Place | None = Field(None, alias="Sort")


class _Vote(Shape):
    name: Text = Field("", alias="FullName")
    kind: Text = Field("", alias="Vote")
    place: Place | None = Field(None, alias="Sort")


class _Line(History):
    """One line of the history. A `PassedFlag` of 0 is left out; the word stays."""

    id: Id = Field(alias="ID")
    at: Moment = Field(None, alias="Date")
    action: Text = Field("", alias="Action")
    body: Text = Field("", alias="BodyName")
    version: Text = Field("", alias="Version")
    event_id: Place | None = Field(None, alias="EventID")
    minutes_place: Place | None = Field(None, alias="MinutesSequence")
    agenda_place: Place | None = Field(None, alias="AgendaSequence")
    passed_flag: Literal[0, 1] | None = Field(None, alias="PassedFlag")
    passed_name: Literal["", "Pass", "Fail"] | None = Field(None, alias="PassedFlagName")
    votes: list[_Vote] | None = Field(None, alias="Votes")

    @property
    def votes_cast(self) -> tuple[VoteCast, ...]:
        votes = sorted(self.votes or (), key=lambda vote: vote.place or 0)
        return tuple(VoteCast(vote.kind.strip(), vote.name) for vote in votes if vote.kind.strip())


class _ListedFile(ListedMatter):
    id: Id = Field(alias="ID")
    file: Text = Field("", alias="File")
    type_name: Text = Field("", alias="TypeName")
    name: Text = Field("", alias="Name")
    title: Text = Field("", alias="Title")
    summary: Text = Field("", alias="Summary")
    modified_at: Universal = Field(None, alias="LastModified")


class _File(_ListedFile, WholeMatter):
    status: Text = Field("", alias="StatusName")
    body: Text = Field("", alias="BodyName")
    introduced_on: Day = Field(None, alias="IntroDate")
    version: Text = Field("", alias="Version")
    law_number: Text = Field("", alias="LocalLaw")
    sponsors: list[_Sponsor] | None = Field(None, alias="Sponsors")
    history: list[_Line] | None = Field(None, alias="History")
    attachments: list[_Paper] | None = Field(None, alias="Attachments")
