"""What: sessions, bills and their record, poll answers, refresh runs."""

from bills.models.bill import Bill, Issue, Proposal, Session
from bills.models.poll import PollAnswer
from bills.models.record import Action, Amendment, RelatedBill, RollCall, Sponsorship, Stage
from bills.models.refresh import Change, RefreshRun

__all__ = [
    "Action",
    "Amendment",
    "Bill",
    "Change",
    "Issue",
    "PollAnswer",
    "Proposal",
    "RefreshRun",
    "RelatedBill",
    "RollCall",
    "Session",
    "Sponsorship",
    "Stage",
]
