"""Answers to "Do you support this bill?": who answers, may they, and writing it down.

A voter is a random number. It stands in a signed cookie, set when somebody answers and not before. The form
of a visitor without the cookie carries a ballot instead: a signed number that its answer will be kept under,
so that a double click is one answer. docs/decisions/0010-poll-and-cookies.md has the reasons.
"""

from __future__ import annotations

import uuid
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta

import structlog
from django.conf import settings
from django.core import signing
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from redis.exceptions import RedisError

from bills.models import Bill, PollAnswer
from bills.models.bill import BillQuerySet
from bills.print_numbers import PrintNumber
from sponsors.limits import count_one_and_get
from sponsors.networks import network_of
from sponsors.prepared import VARIES, Prepared, ServerSide
from sponsors.publishing import MARK

COOKIE = "passage_voter"
COOKIE_AGE = timedelta(days=365)
BALLOT_AGE = timedelta(days=1)
_SALT = "bills.poll"
_LONGEST_SIGNED = 200  # characters; ours have about 90

# Generous, since a school, a workshop or a whole phone network can share one address.
ANSWERS_ALLOWED = 30
ANSWERS_WINDOW = timedelta(minutes=10)

log = structlog.get_logger(__name__)


# --- what is sent

WITHDRAW = "withdraw"  # takes an earlier answer back
_CHOICES = frozenset((*PollAnswer.Answer.values, WITHDRAW))


def choice_of(request: HttpRequest) -> str | None:
    """What the form that was sent chooses: an answer or WITHDRAW; None for anything else."""
    choice = request.POST.get("answer", "")
    return choice if choice in _CHOICES else None


# --- who answers


def voter_of(request: HttpRequest) -> uuid.UUID | None:
    """The voter of the request's cookie; None without one, and for one that we did not sign."""
    return _read(request.COOKIES.get(COOKIE, ""), purpose="voter", max_age=COOKIE_AGE)


def new_ballot(bill: Bill) -> str:
    """A fresh ballot for the form of a visitor without the cookie."""
    return _signed(uuid.uuid4(), purpose=f"ballot.{bill.pk}")


def voter_of_ballot(ballot: str, bill: Bill) -> uuid.UUID:
    """The voter a ballot stands for; a new one where it is old, forged or missing: no answer is lost."""
    return _read(ballot, purpose=f"ballot.{bill.pk}", max_age=BALLOT_AGE) or uuid.uuid4()


def remember_voter(response: HttpResponse, voter: uuid.UUID) -> None:
    response.set_cookie(
        COOKIE,
        _signed(voter, purpose="voter"),
        max_age=COOKIE_AGE,
        secure=settings.CSRF_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def forget_voter(response: HttpResponse) -> None:
    response.delete_cookie(COOKIE, samesite="Lax")


def _signed(voter: uuid.UUID, *, purpose: str) -> str:
    return signing.TimestampSigner(salt=f"{_SALT}.{purpose}").sign(voter.hex)


def _read(text: str, *, purpose: str, max_age: timedelta) -> uuid.UUID | None:
    if not text or len(text) > _LONGEST_SIGNED:
        return None
    with suppress(signing.BadSignature, ValueError):
        return uuid.UUID(hex=signing.TimestampSigner(salt=f"{_SALT}.{purpose}").unsign(text, max_age=max_age))
    return None


# --- may they


class _TokenCheck(CsrfViewMiddleware):
    """Django's own check of the token, asked for by hand. Gives a reason instead of a page."""

    def _reject(self, request, reason):
        return reason


def came_from_our_page(request: HttpRequest) -> bool:
    """Whether the form that was sent stood on this site.

    Browsers say so themselves, in headers that no page can forge. One too old for them needs Django's token.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site:
        return site == "same-origin"
    origin = request.headers.get("Origin")
    if origin:
        return origin in {f"{request.scheme}://{request.get_host()}", *settings.CSRF_TRUSTED_ORIGINS}
    return _TokenCheck(_nothing).process_view(request, _nothing, (), {}) is None


def _nothing(_request: HttpRequest) -> HttpResponse:
    return HttpResponse()


@dataclass(frozen=True, slots=True)
class Counted:
    """An answer counted against its network. `mark` is that of what pages show (sponsors/publishing.py), as it was
    then; None where nobody could tell."""

    is_within_limit: bool
    mark: bytes | None


def count_answer(request: HttpRequest) -> Counted:
    """Whether that network has sent no more than it may in the last minutes; one way to Redis.

    Without Redis everybody is within it: the database still keeps one answer per voter.
    """
    key = f"poll:{network_of(request, 'poll')}"
    try:
        number, mark = count_one_and_get(key, MARK, seconds=ANSWERS_WINDOW.total_seconds())
    except (RedisError, OSError) as error:
        log.warning("poll.limit_not_counted", error=type(error).__name__)
        return Counted(is_within_limit=True, mark=None)
    return Counted(number <= ANSWERS_ALLOWED, mark)


# --- which bill

MOST_HELD = 1_000
_held: dict[tuple[str, int | None, str], tuple[bytes, Bill]] = {}  # with the mark under which it was read


def _numbered(bills: BillQuerySet) -> Prepared[Bill]:
    return Prepared(
        lambda legislature, session, print_no: bills.filter(
            session__legislature=legislature, session__year=session, base_print_no=print_no
        ),
        ("@legislature", 32001, "@print number"),
    )


_bill_numbered = _numbered(Bill.objects.published().for_cards())
_bill_with_counts = _numbered(Bill.objects.published().for_poll())


def bill_asked_about(number: PrintNumber, *, mark: bytes | None) -> Bill | None:
    """The bill that an answer is about, with what decides whether its poll is open; `number` names its session.

    Read again only where something that pages show was written since: many answers come about few bills.
    """
    key = (number.legislature, number.session, number.base_print_no)
    held = _held.get(key)
    if held and mark is not None and held[0] == mark:
        return held[1]
    bill = next(iter(_bill_numbered(*key)), None)
    if bill and mark is not None:
        if len(_held) >= MOST_HELD:
            _held.clear()
        _held[key] = mark, bill
    return bill


def bill_with_counts(number: PrintNumber) -> Bill | None:
    """The same bill with all that its poll shows."""
    return next(iter(_bill_with_counts(number.legislature, number.session, number.base_print_no)), None)


# --- writing it down


# As `bulk_create(update_conflicts=True)` writes it, without putting it together and planning it anew and without a
# transaction around one statement.
_KEEP = """
    INSERT INTO bills_pollanswer (bill_id, voter, answer, answered_on) VALUES (%s, %s, %s, %s)
    ON CONFLICT (bill_id, voter) DO UPDATE SET answer = excluded.answer, answered_on = excluded.answered_on
"""
_KEPT = ServerSide(_KEEP, [VARIES] * 4)


def answer(bill: Bill, voter: uuid.UUID, choice: str) -> None:
    """Keep `choice` as the voter's one answer on the bill, in place of any earlier. Two at once are one."""
    with connection.cursor() as cursor:
        cursor.execute(*_KEPT.asked(connection, (bill.pk, voter, choice, date.today())))


def withdraw(bill: Bill, voter: uuid.UUID) -> bool:
    """Delete the voter's answer on the bill; return whether the voter has answers on others."""
    PollAnswer.objects.filter(bill=bill, voter=voter).delete()
    return PollAnswer.objects.filter(voter=voter).exists()
