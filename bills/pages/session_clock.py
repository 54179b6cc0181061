"""How long the session still runs, and what becomes of this bill when it ends. Pure: standing and days in, words out.

The end is the scheduled one. A legislature may stop sitting long before it, and New York's usually does in June; on
which day is in none of our sources, so no day is named.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext, ngettext

from bills.stages import Standing
from bills.wording import WITH_EXECUTIVE, day_in_words

_CHAMBER_OF_ORIGIN = {"S": "senate", "A": "assembly", "H": "house"}
_SITS_UNTIL = 6  # the month in which New York's houses usually stop


@dataclass(frozen=True, slots=True)
class SessionClock:
    """`days` to the last one, 0 on it; `over` is the part of the session that is over, "41.5%"."""

    days: int
    over: str
    line: str
    what_ends: list[str]


def session_clock(standing: Standing, *, starts: date, ends: date, today: date) -> SessionClock | None:
    """None for a bill that has ended, and outside of its session."""
    if standing.outcome is not None or not starts <= today <= ends:
        return None
    days = (ends - today).days
    told = {"days": days, "day": day_in_words(ends)}
    if days == 0:
        line = gettext("The session is scheduled to end today, %(day)s.") % told
    else:
        line = (
            ngettext(
                "%(days)d day to the scheduled end of the session, %(day)s.",
                "%(days)d days to the scheduled end of the session, %(day)s.",
                days,
            )
            % told
        )
    said = {"ny": _new_york, "nyc": _council, "us": _congress}[standing.legislature]
    over = f"{100 * (today - starts).days / (ends - starts).days:.1f}%"
    return SessionClock(days, over, line, said(standing, starts=starts, ends=ends, today=today))


def _new_york(standing: Standing, *, starts: date, ends: date, today: date) -> list[str]:
    if standing.is_resolution:
        return [gettext("A resolution that has not been adopted by then ends with the session.")]
    told = {"day": day_in_words(ends)}
    if standing.passed_both or standing.status in WITH_EXECUTIVE:
        return [
            gettext(
                "It has passed both houses, so it does not end with the session if it is sent on in time."
            )
        ]
    lines = []
    if today.year == starts.year:
        if _is_past_its_own_house(standing):
            lines.append(
                gettext(
                    "This is the first of the session’s two years. A bill that only one house has passed when the year "
                    "ends goes back to that house in January, and must pass it again."
                )
            )
        else:
            lines.append(
                gettext(
                    "This is the first of the session’s two years. A bill that is not decided when the year ends is "
                    "carried over into the second."
                )
            )
    if today.month <= _SITS_UNTIL:
        lines.append(
            gettext(
                "The houses usually stop sitting in June, and little moves after that. The day is not in our source."
            )
        )
    else:
        lines.append(
            gettext("The houses usually stop sitting in June, and little moves between then and January.")
        )
    lines.append(
        gettext(
            "What has not passed both houses by %(day)s dies with the session. To go further it must be introduced "
            "again, with a new number."
        )
        % told
    )
    return lines


def _is_past_its_own_house(standing: Standing) -> bool:
    """Whether its own house has passed it: it is with the other one, or about to be."""
    origin = _CHAMBER_OF_ORIGIN.get(standing.print_no[:1].upper())
    return standing.status.startswith("PASSED_") or bool(standing.chamber and standing.chamber != origin)


def _council(standing: Standing, *, starts: date, ends: date, today: date) -> list[str]:
    told = {"day": day_in_words(ends)}
    if standing.status in {"APPROVED_BY_COUNCIL", "MAYORS_DESK"}:
        return [gettext("The Council has passed it, so it does not end with the session.")]
    return [
        gettext(
            "What the Council has not decided by %(day)s is filed, which ends it. To go further it must be introduced "
            "again, with a new number."
        )
        % told
    ]


def _congress(standing: Standing, *, starts: date, ends: date, today: date) -> list[str]:
    told = {"day": day_in_words(ends)}
    if standing.status == "TO_PRESIDENT":
        return [gettext("Both chambers have passed it, and the President can still act after the last day.")]
    lines = []
    if today.year == starts.year:
        lines.append(
            gettext(
                "This is the first of the Congress’s two years. A bill that is not decided when the year ends goes on "
                "in the second from where it stands."
            )
        )
    lines.append(
        gettext(
            "What has not passed both chambers in the same words by %(day)s dies with this Congress. To go further it "
            "must be introduced again, with a new number."
        )
        % told
    )
    return lines
