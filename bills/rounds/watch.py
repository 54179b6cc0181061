"""Is a source silent? Staff are told once when it falls silent and once when it is back.

The mail is written down in the transaction that notes the change, and sent from there: nothing is told twice
because a worker was killed in between, and nothing is forgotten.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import structlog
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format

from bills.models import RefreshItem, RefreshRun, SourceState, StaffNotice
from bills.promises import MIRROR_IS_QUIET_AFTER, longest_unchecked
from bills.providers.base import SourceError
from bills.providers.records import CODE as RECORDS
from bills.providers.registry import is_mirror, source_for, source_name
from bills.rounds.choosing import running_sessions

LONGEST_SUBJECT = 150
ANSWERED_LATELY = timedelta(hours=1)
MOST_AT_ONCE = 20  # mails in one go

log = structlog.get_logger(__name__)


def watch(*, now: datetime) -> None:
    """Compare each source in use with what staff know of it, and write to them where it differs."""
    for key in SourceState.objects.exclude(source=RECORDS).values_list("pk", flat=True):
        with transaction.atomic():
            state = (
                SourceState.objects.select_for_update(of=("self",)).select_related("legislature").get(pk=key)
            )
            if _is_in_use(state):
                _compare(state, now=now)


def _is_in_use(state: SourceState) -> bool:
    """Whether this is the source that is asked; one that cannot even be set up is, and is silent."""
    try:
        return source_for(state.legislature_id).code == state.source
    except SourceError:
        return True


def quiet_after(source: str, legislature: str, *, now: datetime) -> timedelta:
    """How long a source may go without a full success before it counts as silent."""
    return longest_silence(source, in_session=bool(running_sessions(legislature, now=now)))


def longest_silence(source: str, *, in_session: bool) -> timedelta:
    """The same, of a legislature that is known to be in session or not."""
    return MIRROR_IS_QUIET_AFTER if is_mirror(source) else longest_unchecked(in_session=in_session)


def _compare(state: SourceState, *, now: datetime) -> None:
    last = state.confirmed_at or state.followed_since
    is_quiet = now - last > quiet_after(state.source, state.legislature_id, now=now) and not _is_answering(
        state, now
    )
    if is_quiet == (state.quiet_since is not None):
        return
    name = f"{source_name(state.source)} ({state.legislature.short_name})"
    if is_quiet:
        state.quiet_since = last
        told = (
            f"{name} has told us nothing since {_moment(last)}.\n\n"
            "Bills keep their last known status, and their pages say when it was checked. What went wrong stands "
            "on the page “How current is it?” and under “Refresh runs” at the desk.\n\n"
            "You will hear from us once more, when it is back."
        )
        write_notice(f"Gone quiet: {name}", told, now=now)
    else:
        told = (
            f"{name} has answered again, at {_moment(last)}.\n\n"
            f"It had told us nothing since {_moment(state.quiet_since or last)}. What changed meanwhile is stored."
        )
        state.quiet_since = None
        write_notice(f"Back: {name}", told, now=now)
    state.save(update_fields=["quiet_since"])


def _is_answering(state: SourceState, now: datetime) -> bool:
    """Whether a long run is at work just now and brings something: a first reading may take many hours."""
    lately = now - ANSWERED_LATELY
    at_work = RefreshRun.objects.at_work().filter(source=state.source, legislature=state.legislature_id)
    stored = RefreshItem.objects.filter(
        run__in=at_work, state=RefreshItem.State.DONE, claimed_until__gte=lately
    )
    return stored.exists() or at_work.filter(is_listed=False, worked_at__gte=lately).exists()


def write_notice(subject: str, body: str, *, now: datetime) -> None:
    """Write a mail to staff down; `send_notices` sends it."""
    one_line = " ".join(subject.split())[:LONGEST_SUBJECT]
    StaffNotice.objects.create(subject=one_line, body=body, written_at=now)


def send_notices(*, now: datetime) -> int:
    """Send what waits, each in its own transaction; how many were sent. Without staff to read them they wait."""
    readers = list(
        get_user_model()
        .objects.filter(is_staff=True, is_active=True)
        .exclude(email="")
        .order_by("pk")
        .values_list("email", flat=True)
    )
    sent = 0
    while readers and sent < MOST_AT_ONCE and _send_one(readers, now=now):
        sent += 1
    return sent


def _send_one(readers: list[str], *, now: datetime) -> bool:
    with transaction.atomic():
        notice = (
            StaffNotice.objects.select_for_update(skip_locked=True)
            .filter(sent_at=None)
            .order_by("pk")
            .first()
        )
        if notice is None:
            return False
        notice.sent_at = now
        notice.save(update_fields=["sent_at"])
        # Last, so that a mail that cannot be sent leaves the notice unsent; addresses stay hidden from each other.
        EmailMessage(subject=notice.subject, body=notice.body, bcc=readers).send()
    log.info("notice.sent", notice=notice.pk)
    return True


def _moment(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), "N j, Y, P")
