"""What the API says of statements. The descriptions are the documentation; see sponsors/api/shapes.py."""

from __future__ import annotations

from datetime import date as Day  # a field named date would hide the type

from pydantic import Field

from sponsors.api.shapes import Listed, Shape


class StatementFacts(Shape):
    id: str = Field(description="Stable name: year (or undated) and title, as in 2017/a-title.")
    kind: str = Field(
        description="press_release, bill_page, letter, resolution, coalition_statement or news."
    )
    title: str = Field(description="Title.")
    date: Day | None = Field(description="Day; null where the text gives none.")
    publisher: str | None = Field(description="Who published it.")
    is_retold: bool = Field(description="Whether the text we hold is retold in our words.")
    correction: str | None = Field(description="What we corrected in our record of it, and when.")
    source_url: str | None = Field(description="Address of the original.")


class Statement(StatementFacts):
    """A published text by people about legislation."""

    speaker: str | None = Field(description="Name of its first speaker.")
    bills: list[str] = Field(description="Stable names of the published bills that it names.")
    url: str = Field(description="Address of this record in the API.")
    page: str = Field(description="Address of the page for readers.")


class Speaker(Shape):
    """Who speaks in it, as it names them."""

    name_as_written: str = Field(description="The name as the statement writes it.")
    is_primary: bool = Field(description="Whether the statement is chiefly theirs.")
    role: str | None = Field(description="Role as the statement gives it.")
    organization_as_written: str | None = Field(description="Organisation as the statement writes it.")
    person: str | None = Field(description="Stable name of the person, where we know who it is.")
    organization: str | None = Field(description="Stable name of the organisation, where we know it.")


class RemarkFacts(Shape):
    place: int = Field(description="Its place in the statement.")
    speaker: str | None = Field(description="Who says it, as the statement writes the name.")
    person: str | None = Field(description="Stable name of the person, where we know who it is.")
    text: str = Field(description="What is said.")
    verbatim: bool = Field(
        description="True: word for word as published. False: in substance, and the words are ours; never quote them."
    )


class Remark(RemarkFacts):
    """What one speaker says."""


class PositionFacts(Shape):
    bill: str = Field(description="Stable name of the bill.")
    print: str | None = Field(description="Letter of the print it speaks of; null where it names none.")
    stance: str = Field(description="supports, opposes or neutral.")
    speaker: str | None = Field(description="Whose position, as the statement writes the name.")
    person: str | None = Field(description="Stable name of the person, where we know who it is.")
    organization: str | None = Field(description="Stable name of the organisation, where it is its position.")


class Position(PositionFacts):
    """Where a speaker or an organisation stands on a bill."""


class MentionFacts(Shape):
    as_written: str = Field(description="The number as the statement writes it.")
    bill: str | None = Field(description="Stable name of the bill; null where we do not follow it.")
    print: str | None = Field(description="Letter of the print that it names; null where it names none.")
    is_chief: bool = Field(description="Whether the statement is chiefly about this bill.")
    stage_stated: str | None = Field(description="The stage that the statement itself gives for the bill.")


class Mention(MentionFacts):
    """A bill that the statement names."""


class StatementRecord(StatementFacts):
    """All that we hold of one statement."""

    issues: list[str] = Field(description="Stable names of the issues that it is filed under.")
    text: str | None = Field(description="The text. Its words belong to its authors.")
    speakers: list[Speaker] = Field(description="Who speaks in it.")
    remarks: list[Remark] = Field(description="What they say, in order.")
    positions: list[Position] = Field(description="Where they stand on which bill.")
    mentions: list[Mention] = Field(
        description="The bills that it names, the one that it is chiefly about first."
    )
    url: str = Field(description="Address of this record in the API.")
    page: str = Field(description="Address of the page for readers.")


class StatementList(Listed[Statement]):
    pass
