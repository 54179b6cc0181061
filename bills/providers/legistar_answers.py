"""The answers of Legistar's Web API as the Council's client shapes them, in the parts that we read.

Source: https://webapi.legistar.com/Help and the Council's own records. Every list is a bare JSON array. Times are New
York local without an offset, but for those named "Utc".
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, TypeAdapter, model_validator

from bills.print_numbers import PrintNumber
from bills.providers.base import Touched
from bills.providers.council_matters import (
    Attachment,
    HistoryRow,
    Matter,
    SponsorRow,
    VoteCast,
    new_york_time,
    number_of,
    universal_time,
)
from bills.providers.shapes import Items, where_possible

PAGE_SIZE = 1000  # the most that the API gives at once


def _text(value: object) -> object:
    return "" if value is None else value


def _day(value: object) -> date | None:
    moment = new_york_time(value)
    return moment and moment.date()


Text = Annotated[str, BeforeValidator(_text)]
Moment = Annotated[datetime | None, BeforeValidator(new_york_time)]
Universal = Annotated[datetime | None, BeforeValidator(where_possible(universal_time))]
Day = Annotated[date | None, BeforeValidator(_day)]
Id = Annotated[int, Field(ge=1, le=2**53)]
Place = Annotated[int, Field(ge=-(2**31), le=2**31)]


class Shape(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True, strict=True)


class ListedMatter(Shape):
    """A matter as a list is asked for: who it is, what it is about, when it was touched."""

    id: Id = Field(alias="MatterId")
    file: Text = Field("", alias="MatterFile")
    type_name: Text = Field("", alias="MatterTypeName")
    name: Text = Field("", alias="MatterName")
    title: Text = Field("", alias="MatterTitle")
    summary: Text = Field("", alias="MatterEXText5")
    modified_at: Universal = Field(None, alias="MatterLastModifiedUtc")
    kept_from_the_web: bool | None = Field(None, alias="MatterRestrictViewViaWeb")

    @property
    def number(self) -> PrintNumber | None:
        """Its number, where it is a public introduction or resolution."""
        return None if self.kept_from_the_web else number_of(self.file, self.type_name)

    def as_touched(self) -> Touched | None:
        """None for a matter that is no bill of ours."""
        if self.number is None:
            return None
        summary = "\n".join(text for text in (self.title.strip(), self.summary.strip()) if text)
        return Touched(self.number, self.modified_at, self.name.strip(), summary)


class WholeMatter(ListedMatter):
    status: Text = Field("", alias="MatterStatusName")
    body: Text = Field("", alias="MatterBodyName")
    introduced_on: Day = Field(None, alias="MatterIntroDate")
    version: Text = Field("", alias="MatterVersion")
    law_number: Text = Field("", alias="MatterEnactmentNumber")

    def as_matter(
        self,
        history: tuple[HistoryRow, ...],
        sponsors: tuple[SponsorRow, ...] | None,
        attachments: tuple[Attachment, ...] | None,
    ) -> Matter:
        return Matter(
            id=self.id,
            file=self.file,
            type_name=self.type_name,
            status=self.status.strip(),
            name=self.name,
            title=self.title,
            summary=self.summary,
            body=self.body,
            introduced_on=self.introduced_on,
            version=self.version.strip(),
            law_number=self.law_number,
            history=history,
            sponsors=sponsors,
            attachments=attachments,
        )


class History(Shape):
    id: Id = Field(alias="MatterHistoryId")
    at: Moment = Field(None, alias="MatterHistoryActionDate")
    action: Text = Field("", alias="MatterHistoryActionName")
    body: Text = Field("", alias="MatterHistoryActionBodyName")
    version: Text = Field("", alias="MatterHistoryVersion")
    event_id: Place | None = Field(None, alias="MatterHistoryEventId")
    minutes_place: Place | None = Field(None, alias="MatterHistoryMinutesSequence")
    agenda_place: Place | None = Field(None, alias="MatterHistoryAgendaSequence")
    passed_flag: Literal[0, 1] | None = Field(None, alias="MatterHistoryPassedFlag")
    passed_name: Literal["", "Pass", "Fail"] | None = Field(None, alias="MatterHistoryPassedFlagName")

    @model_validator(mode="after")
    def _went_one_way(self) -> Self:
        if (self.passed_flag, self.passed_name) in {(0, "Pass"), (1, "Fail")}:
            raise ValueError("states a vote that both passed and failed")
        return self

    @property
    def passed(self) -> bool | None:
        """How a vote went; None where there was none."""
        if self.passed_name:
            return self.passed_name == "Pass"
        return None if self.passed_flag is None else bool(self.passed_flag)

    @property
    def has_roll_call(self) -> bool:
        """Whether members' votes can be asked for: a vote was taken, in a meeting."""
        return self.passed is not None and bool(self.event_id)

    def as_row(self, votes: tuple[VoteCast, ...] | None) -> HistoryRow:
        return HistoryRow(
            id=self.id,
            at=self.at,
            action=self.action,
            body=self.body,
            version=self.version.strip(),
            event_id=self.event_id or 0,
            place=self.minutes_place or self.agenda_place or 0,
            passed=self.passed,
            votes=votes,
        )


class Sponsor(Shape):
    name: Text = Field("", alias="MatterSponsorName")
    version: Text = Field("", alias="MatterSponsorMatterVersion")
    place: Place | None = Field(None, alias="MatterSponsorSequence")  # none or 0 is the prime sponsor


class Paper(Shape):
    name: Text = Field("", alias="MatterAttachmentName")
    url: Text = Field("", alias="MatterAttachmentHyperlink")
    version: Text = Field("", alias="MatterAttachmentMatterVersion")
    is_public: bool | None = Field(None, alias="MatterAttachmentShowOnInternetPage")
    place: Place | None = Field(None, alias="MatterAttachmentSort")


class Vote(Shape):
    name: Text = Field("", alias="VotePersonName")
    kind: Text = Field("", alias="VoteValueName")
    place: Place | None = Field(None, alias="VoteSort")


LISTED_MATTERS = TypeAdapter(Annotated[Items[ListedMatter], Field(max_length=PAGE_SIZE)])
WHOLE_MATTERS = TypeAdapter(Annotated[Items[WholeMatter], Field(max_length=PAGE_SIZE)])
HISTORIES = TypeAdapter(Items[History])
SPONSORS = TypeAdapter(Items[Sponsor])
PAPERS = TypeAdapter(Items[Paper])
VOTES = TypeAdapter(Items[Vote])
