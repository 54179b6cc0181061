"""How old a check may become before pages and staff are told."""

from __future__ import annotations

from datetime import timedelta

IN_SESSION = timedelta(hours=6)
OTHERWISE = timedelta(days=1)
# A clone is synced by others, when they please; staff need not hear of every day off. Bills' pages still say it.
MIRROR_IS_QUIET_AFTER = timedelta(days=3)


def longest_unchecked(*, in_session: bool) -> timedelta:
    """How long a bill of a session that runs, or of one that is over, may go without a check."""
    return IN_SESSION if in_session else OTHERWISE
