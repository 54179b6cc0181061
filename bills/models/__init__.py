"""What: sessions, bills and their record, why they are followed, poll answers, refresh runs."""

from bills.models.bill import Bill
from bills.models.listed import ListedBill
from bills.models.meetings import Meeting
from bills.models.poll import PollAnswer
from bills.models.record import (
    Action,
    AgendaItem,
    Amendment,
    BillDocument,
    ExecutiveMessage,
    PrintText,
    RelatedBill,
    RollCall,
    Sponsorship,
    Stage,
)
from bills.models.refresh import (
    Change,
    RefreshItem,
    RefreshRun,
    ScheduleEntry,
    SourceCount,
    SourceState,
    StaffNotice,
)
from bills.models.search import BillSearch, BillText
from bills.models.session import Session
from bills.models.subjects import Issue, Proposal
from bills.models.tracking import Candidate, TopicQuery, WantedBill

__all__ = [
    "Action",
    "AgendaItem",
    "Amendment",
    "Bill",
    "BillDocument",
    "BillSearch",
    "BillText",
    "Candidate",
    "Change",
    "ExecutiveMessage",
    "Issue",
    "ListedBill",
    "Meeting",
    "PollAnswer",
    "PrintText",
    "Proposal",
    "RefreshItem",
    "RefreshRun",
    "RelatedBill",
    "RollCall",
    "ScheduleEntry",
    "Session",
    "SourceCount",
    "SourceState",
    "Sponsorship",
    "StaffNotice",
    "Stage",
    "TopicQuery",
    "WantedBill",
]
