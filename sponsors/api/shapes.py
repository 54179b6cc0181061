"""What the API says of people, committees and organisations, and the shapes that every answer shares.

The descriptions are the documentation: the reference page, openapi.json and the data dictionary of the bulk files are
all made from them.
"""

from __future__ import annotations

from datetime import date as Day  # a field named date would hide the type
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field

Row = TypeVar("Row")


class Shape(BaseModel):
    """Every field is always there; null stands for what our source does not say."""

    model_config = ConfigDict(extra="forbid")


def known(text: Any) -> Any:
    """Null for an empty text, which the database keeps for "not said"."""
    return text or None


class Fault(Shape):
    parameter: str = Field(description="The parameter at fault.")
    detail: str = Field(description="What is wrong with it.")


class ProblemDetails(Shape):
    """An error, as RFC 9457 has it (application/problem+json)."""

    type: str = Field(description="Always about:blank: the status says what kind of error it is.")
    title: str = Field(description="The status in words.")
    status: int = Field(description="The HTTP status.")
    detail: str = Field(description="What is wrong, and what to do about it.")
    errors: list[Fault] = Field(default=[], description="Each parameter at fault; only with status 422.")
    retry_after_seconds: int | None = Field(
        default=None, description="When to come back; only with status 429."
    )


class Listed(Shape, Generic[Row]):
    """One page of a list."""

    count: int = Field(description="How many entries the list has.")
    count_is_exact: bool = Field(
        description="False where there are more than were counted: then `count` means at least so many."
    )
    page: int = Field(description="Which page this is, from 1.")
    limit: int = Field(description="How many entries a page has.")
    next: str | None = Field(description="Address of the next page; null on the last.")
    previous: str | None = Field(description="Address of the page before; null on the first.")
    results: list[Row] = Field(description="The entries of this page.")


class TermFacts(Shape):
    legislature: str = Field(description="Code of the legislature: ny, nyc or us.")
    chamber: str = Field(description="Chamber: senate, assembly, council or house.")
    district: str | None = Field(description="District as the source writes it: a number, or a state.")
    party: str | None = Field(description="Party of that time.")
    caucus: str | None = Field(description="Caucus of that time, where it differs from the party.")
    start: Day | None = Field(description="First day; null where the source does not say.")
    end: Day | None = Field(description="Last day; null while the term runs, or where it is not known.")


class Term(TermFacts):
    """One stretch of service in one chamber."""


class LatestTerm(Shape):
    """The latest stretch of service."""

    legislature: str = Field(description="Code of the legislature: ny, nyc or us.")
    chamber: str = Field(description="Chamber: senate, assembly, council or house.")
    district: str | None = Field(description="District as the source writes it: a number, or a state.")
    party: str | None = Field(description="Party of that time.")
    end: Day | None = Field(description="Last day; null while the term runs, or where it is not known.")


class PersonFacts(Shape):
    id: str = Field(description="Stable name of the person, for example jose-m-serrano.")
    name: str = Field(description="As the person is commonly called.")
    sort_name: str = Field(description="Surname first.")


class Person(PersonFacts):
    """A legislator, or someone who speaks in a statement."""

    latest_term: LatestTerm | None = Field(description="The latest term; null for who holds no seat.")
    bills_carried: int = Field(description="Bills of which the person is a prime sponsor.")
    bills_joined: int = Field(description="Bills that the person co-sponsors.")
    statements_made: int = Field(description="Published statements in which the person speaks.")
    url: str = Field(description="Address of this record in the API.")
    page: str = Field(description="Address of the page for readers.")


class PersonRecord(Person):
    aliases: list[str] = Field(description="Other spellings of the name.")
    terms: list[Term] = Field(description="All terms, the latest first.")
    bills_url: str = Field(description="Address of the list of the person's bills.")
    statements_url: str = Field(description="Address of the list of the person's statements.")


class PersonList(Listed[Person]):
    pass


class CommitteeFacts(Shape):
    id: str = Field(description="Stable name: legislature, chamber and committee, as in ny.senate.finance.")
    legislature: str = Field(description="Code of the legislature: ny, nyc or us.")
    chamber: str = Field(description="Chamber: senate, assembly, council or house.")
    name: str = Field(description="Name, without the word committee.")


class Committee(CommitteeFacts):
    """A committee that has, or had, a bill of ours before it."""

    bills: int = Field(description="Published bills that are before it now, or ended there.")
    bills_url: str = Field(description="Address of the list of these bills.")


class CommitteeList(Listed[Committee]):
    pass


class OrganizationFacts(Shape):
    id: str = Field(description="Stable name of the organisation.")
    name: str = Field(description="Its name.")
    aliases: list[str] = Field(description="Other names that it goes by.")
    website: str | None = Field(description="Its own site.")


class Organization(OrganizationFacts):
    """An organisation that speaks, or takes a position, in a published statement."""

    statements_made: int = Field(description="Published statements in which it speaks or takes a position.")


class OrganizationList(Listed[Organization]):
    pass
