"""Snapshots into rows. `store` has the one way in; the other modules are its steps."""

from bills.refresh.known import Known
from bills.refresh.relations import bills_arrived, link_waiting, tie_arrived
from bills.refresh.sponsorships import resolve_waiting
from bills.refresh.store import BILLS_AT_ONCE, StoreResult, store, store_all

__all__ = [
    "BILLS_AT_ONCE",
    "Known",
    "StoreResult",
    "bills_arrived",
    "link_waiting",
    "resolve_waiting",
    "store",
    "store_all",
    "tie_arrived",
]
