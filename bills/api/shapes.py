"""What the API says of bills. The descriptions are the documentation; see sponsors/api/shapes.py."""

from __future__ import annotations

from datetime import date as Day  # a field named date would hide the type
from datetime import datetime

from pydantic import Field

from bills.stages import OUTCOMES
from sponsors.api.shapes import Listed, Shape

POLL_NOTE = (
    "Answers that visitors of this site gave. Whoever wants to answers, so this is no scientific sample and says "
    "nothing of what people in general think."
)
_CHAMBERS = "senate, assembly, council or house"


class BillFacts(Shape):
    """The facts of one bill that fit into one row."""

    id: str = Field(description="Stable name: legislature, session and number, as in ny/2017/s4075.")
    legislature: str = Field(description="ny New York State, nyc New York City Council, us Congress.")
    session: int = Field(description="First year of the session; for Congress its number.")
    session_label: str = Field(description="The session in words, as in 2017-2018.")
    print_no: str = Field(description="Print number without amendment letter, as in S4075.")
    number: str = Field(
        description="The number as its legislature writes it, with the print in force: S4075A."
    )
    chamber: str = Field(description=f"Chamber of origin: {_CHAMBERS}.")
    is_resolution: bool = Field(description="Whether it is a resolution, which never becomes law.")
    print_in_force: str | None = Field(description="Letter of the latest print; null for the original.")
    title: str | None = Field(description="The official title.")
    short_name: str | None = Field(description="What people call it.")
    status: str | None = Field(
        description="Code of where it stands, worked out from its actions. A bill can go backwards."
    )
    status_words: str = Field(description="Where it stands, in one English sentence.")
    status_date: Day | None = Field(description="Since when.")
    status_chamber: str | None = Field(description=f"In which chamber: {_CHAMBERS}.")
    committee: str | None = Field(description="The committee that has it, or had it at its end.")
    condition: str = Field(
        description="alive, law, adopted (resolutions), ended, or unknown where our source stops short of telling."
    )
    outcome: str | None = Field(
        description=f"How it ended; null while alive. One of {', '.join(sorted(OUTCOMES))}."
    )
    ended_on: Day | None = Field(description="The day on which it ended.")
    via: str | None = Field(
        description="Print number of the bill that took its place; its fate is read from that bill."
    )
    is_law: bool = Field(
        description="Whether this bill itself became law. False for a bill whose substitute did."
    )
    law_line: str = Field(
        description="Whether it is law, in one English sentence. Show this where you show a bill."
    )
    law_since: Day | None = Field(description="The day on which it became law.")
    chapter: str | None = Field(
        description="Number of the law: chapter of its year, local law, or public law of Congress."
    )
    introduced_on: Day | None = Field(description="The day of its introduction.")
    last_action_on: Day | None = Field(description="The day of its latest action.")
    proposal: str | None = Field(
        description="Stable name of the proposal that it belongs to across sessions."
    )
    source: str | None = Field(
        description="Code of the source that last answered for it; see /api/v1/status."
    )
    source_url: str | None = Field(description="Address that the record was read from.")
    official_url: str | None = Field(description="The bill's page on its legislature's own site.")
    checked_at: datetime | None = Field(description="When its source last told how it stands.")
    read_at: datetime | None = Field(description="When its whole record was last read.")
    changed_at: datetime | None = Field(description="When the record last moved.")


class Bill(BillFacts):
    """One bill, and where it stands."""

    url: str = Field(description="Address of this record in the API.")
    page: str = Field(description="Address of the page for readers.")


class BillTexts(Shape):
    issues: list[str] = Field(description="Stable names of the issues that it is filed under.")
    plain_summary: str | None = Field(description="What it would do, in our own plain words.")
    official_summary: str | None = Field(description="What it would do, in its source's words.")
    act_clause: str | None = Field(description="The act clause: AN ACT to amend ...")
    law_section: str | None = Field(description="The law that it amends.")


class PrintFacts(Shape):
    letter: str = Field(description="Letter of the print; empty for the original.")
    published_on: Day | None = Field(description="The day on which it was printed.")


class Print(PrintFacts):
    """One print of a bill."""


class ActionFacts(Shape):
    sequence: int = Field(description="Its place in the record, from 1.")
    date: Day = Field(description="The day of the action.")
    chamber: str = Field(description=f"Whose record has it: {_CHAMBERS}.")
    text: str = Field(description="The line as the record writes it.")
    body: str | None = Field(description="The committee that acted, where the source names it.")
    result: str | None = Field(description="How it went, where the source says so.")


class Action(ActionFacts):
    """One dated line of the official record."""


class Stage(Shape):
    """A rung that the bill has reached."""

    code: str = Field(description="Code of the stage.")
    chamber: str | None = Field(description=f"Chamber: {_CHAMBERS}.")
    date: Day | None = Field(description="The day on which it was reached.")
    committee: str | None = Field(description="The committee.")


class SponsorshipFacts(Shape):
    kind: str = Field(description="prime, co or multi.")
    position: int = Field(description="Place in the record's list.")
    name_as_written: str = Field(description="The name as the record writes it.")
    person: str | None = Field(
        description="Stable name of the person; null where the name could not be told for certain."
    )
    name: str | None = Field(description="The person's name.")
    party: str | None = Field(description="Party at that time.")
    district: str | None = Field(description="District at that time.")
    withdrawn_on: Day | None = Field(description="The day on which the name was taken off again.")


class Sponsorship(SponsorshipFacts):
    """Who carries the bill."""


class RelationFacts(Shape):
    kind: str = Field(
        description="same_as (companion in the other chamber), earlier or later (other session), substituted_by."
    )
    session: int = Field(description="Session of the other bill.")
    print_no: str = Field(description="Print number of the other bill.")
    related: str | None = Field(description="Stable name of the other bill; null where we do not follow it.")


class Relation(RelationFacts):
    """A tie that the bill's own record states."""


class RollCallFacts(Shape):
    date: Day = Field(description="The day of the vote.")
    chamber: str = Field(description=f"Chamber: {_CHAMBERS}.")
    committee: str | None = Field(description="The committee that voted; null for a vote on the floor.")
    print: str = Field(description="Letter of the print that was voted on; empty for the original.")
    ayes: int = Field(description="Votes for.")
    nays: int = Field(description="Votes against.")
    others: int = Field(description="Excused, absent and abstaining.")


class MemberVote(Shape):
    """One member's vote."""

    vote: str = Field(
        description="aye, aye_with_reservations, nay, abstained, excused, absent or not_voting."
    )
    name: str = Field(description="The name as the record writes it.")


class RollCall(RollCallFacts):
    """One recorded vote. The votes of the New York Assembly are not in our source: none here is not none taken."""

    member_votes: list[MemberVote] = Field(description="Who voted how; empty where the source names nobody.")


class Message(Shape):
    """What the executive wrote when signing or refusing the bill."""

    kind: str = Field(description="approval, veto or line_veto.")
    year: int = Field(description="Year of the memorandum.")
    number: int = Field(description="Its number in that year.")
    signer: str | None = Field(description="Who signed it.")
    signed_on: Day | None = Field(description="The day.")
    text: str | None = Field(description="What it says, word for word.")


class Agenda(Shape):
    """Where the bill stood on the order of business."""

    kind: str = Field(description="agenda (of a committee) or calendar (of the floor).")
    year: int = Field(description="Year of the agenda.")
    number: int = Field(description="Its number in that year.")
    chamber: str = Field(description=f"Chamber: {_CHAMBERS}.")
    committee: str | None = Field(description="The committee; null for the floor.")


class Paper(Shape):
    """A text or paper that the source keeps with the bill."""

    kind: str = Field(description="text or attachment.")
    name: str = Field(description="Its name at the source.")
    url: str = Field(description="Where it can be read.")
    published_on: Day | None = Field(description="The day of its publication.")


class Poll(Shape):
    """Totals of "Do you support this bill?"."""

    aye: int = Field(description="Answers in favour.")
    nay: int = Field(description="Answers against.")
    undecided: int = Field(description="Undecided answers.")
    total: int = Field(description="All answers.")
    note: str = Field(description="What these numbers are, and are not. Show it beside them.")


class StatementAbout(Shape):
    """A published statement that names the bill."""

    id: str = Field(description="Stable name of the statement: year and title.")
    print: str | None = Field(description="Letter of the print it speaks of; null where it names none.")
    is_chief: bool = Field(description="Whether the statement is chiefly about this bill.")
    url: str = Field(description="Address of the statement in the API.")


class BillRecord(BillTexts, Bill):
    """All that we hold of one bill."""

    sponsor_memo: str | None = Field(description="The sponsor's memorandum to the print in force.")
    unreadable_since: datetime | None = Field(
        description="Since when the source's answers about this bill could not be used; null where all is well. "
        "The record is then as it was before."
    )
    prints: list[Print] = Field(description="Every print, the original first.")
    actions: list[Action] = Field(description="The official record, in its order.")
    stages: list[Stage] = Field(description="The rungs that it has reached, worked out from the actions.")
    sponsors: list[Sponsorship] = Field(description="Who carries it, and who did, in the record's order.")
    relations: list[Relation] = Field(description="Bills that its record ties it to.")
    same_proposal: list[str] = Field(
        description="Stable names of the other published bills of the same proposal, the newest session first."
    )
    roll_calls: list[RollCall] = Field(description="Recorded votes, the latest first.")
    messages: list[Message] = Field(description="Messages of the executive.")
    agendas: list[Agenda] = Field(description="Agendas and calendars that it stood on, the latest first.")
    papers: list[Paper] = Field(description="Texts and papers at the source.")
    poll: Poll = Field(description="What visitors of this site answered.")
    statements: list[StatementAbout] = Field(
        description="Published statements that name it, the newest first."
    )
    changes_url: str = Field(description="Address of the log of what changed on it.")


class BillList(Listed[Bill]):
    pass


class ChangeFacts(Shape):
    bill: str = Field(description="Stable name of the bill.")
    found_at: datetime = Field(description="When we saw the difference.")
    fact: str = Field(description="Which fact differed, as in status, action, sponsor or roll_call.")
    fact_words: str = Field(description="The fact in English words.")
    before: str | None = Field(description="What it was; null where there was nothing.")
    after: str | None = Field(description="What it is; null where nothing is left.")
    source: str = Field(description="Code of the source that told us.")
    source_url: str | None = Field(description="Address that it was read from.")


class Change(ChangeFacts):
    """One fact that differed when a source was asked."""


class ChangeList(Listed[Change]):
    pass


class ChangeFeed(Shape):
    """What changed on all bills, oldest first, for those who come back for more."""

    results: list[Change] = Field(description="The changes, in the order in which they were found.")
    has_more: bool = Field(
        description="Whether more is there already. If not, ask `next` again some minutes later."
    )
    cursor: str | None = Field(
        description="Where this answer ends; keep it, and send it as `cursor`. Null before the first change."
    )
    next: str = Field(description="Address to ask next, now or later: it gives what comes after this answer.")


class ProposalFacts(Shape):
    id: str = Field(description="Stable name of the proposal.")
    name: str = Field(description="What it is called.")


class Proposal(ProposalFacts):
    """The same proposal across chambers and sessions."""

    bills: list[str] = Field(description="Stable names of its published bills, the newest session first.")
    url: str = Field(description="Address of this record in the API.")


class ProposalRecord(ProposalFacts):
    bills: list[Bill] = Field(description="Its published bills, the newest session first.")
    url: str = Field(description="Address of this record in the API.")


class ProposalList(Listed[Proposal]):
    pass


class IssueFacts(Shape):
    id: str = Field(description="Stable name of the issue.")
    name: str = Field(description="Its name.")
    description: str | None = Field(description="What it is about.")


class Issue(IssueFacts):
    """A subject that bills and statements are filed under."""

    bills: int = Field(description="Published bills that are filed under it.")
    bills_url: str = Field(description="Address of the list of these bills.")
    statements_url: str = Field(description="Address of the list of statements that are filed under it.")


class IssueList(Listed[Issue]):
    pass


class Session(Shape):
    """One session of a legislature."""

    id: str = Field(description="Stable name: legislature and session, as in ny/2017.")
    legislature: str = Field(description="ny, nyc or us.")
    session: int = Field(description="First year of the session; for Congress its number.")
    label: str = Field(description="The session in words, as in 2017-2018.")
    start: Day = Field(description="First day.")
    end: Day = Field(description="Last day on which a bill of this session can still move.")
    bills: int = Field(description="Published bills of this session.")


class SessionList(Listed[Session]):
    pass


class Source(Shape):
    """How current one source is for one legislature."""

    source: str = Field(description="Code of the source, as in a bill's `source`.")
    name: str = Field(description="What it is called.")
    legislature: str = Field(description="Name of the legislature.")
    kind: str = Field(
        description="live (the legislature's own system), mirror (a copy of it kept by others), or records "
        "(written down from official pages, asked by nobody since)."
    )
    is_replaced: bool = Field(description="Whether another source is asked now for this legislature.")
    last_success: datetime | None = Field(description="When it last told of all its changes.")
    is_late: bool = Field(description="Whether that is longer ago than we promise.")
    bills: int = Field(description="Published bills that were read from it.")
    checked_in_last_day: int = Field(description="Of these, checked within the last day.")
    unreadable: int = Field(description="Of these, with a last answer that could not be used.")


class SourceStatus(Shape):
    """Freshness of each source."""

    sources: list[Source] = Field(description="Every source that a bill was read from.")
