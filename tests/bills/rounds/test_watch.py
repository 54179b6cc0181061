"""Staff are told once when a source falls silent and once when it is back."""

from __future__ import annotations

from datetime import timedelta
from smtplib import SMTPException

import pytest
from django.contrib.auth.models import User
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone

from bills import tasks
from bills.models import SourceState, StaffNotice
from bills.rounds import runs, watch
from tests.factories import make_session

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("senate")]

HOUR = timedelta(hours=1)


@pytest.fixture
def staff():
    User.objects.create_user("reader", "reader@example.org")
    User.objects.create_user("gone", "gone@example.org", is_staff=True, is_active=False)
    User.objects.create_user("silent", "", is_staff=True)
    return User.objects.create_user("editor", "editor@example.org", is_staff=True)


@pytest.fixture
def state(now) -> SourceState:
    make_session("ny", 2025)
    state = runs.state_of("open_legislation", "ny", now=now - timedelta(days=30))
    state.confirmed_at = now
    state.save()
    return state


def subjects() -> list[str]:
    return list(StaffNotice.objects.order_by("pk").values_list("subject", flat=True))


def test_nothing_is_told_of_a_source_that_answers(state, now):
    watch.watch(now=now + 5 * HOUR)
    assert subjects() == []


def test_it_is_told_once_that_a_source_is_quiet_and_once_that_it_is_back(state, now):
    for hours in (7, 8, 30):
        watch.watch(now=now + hours * HOUR)
    assert len(subjects()) == 1
    assert subjects()[0].startswith("Gone quiet: New York Senate Open Legislation")
    SourceState.objects.update(confirmed_at=now + 40 * HOUR)
    for hours in (41, 42):
        watch.watch(now=now + hours * HOUR)
    assert len(subjects()) == 2
    assert subjects()[1].startswith("Back: ")
    watch.watch(now=now + 50 * HOUR)
    assert len(subjects()) == 3


def test_a_source_that_never_answered_counts_from_when_it_was_first_asked(now):
    make_session("ny", 2025)
    runs.state_of("open_legislation", "ny", now=now)
    watch.watch(now=now + 5 * HOUR)
    assert subjects() == []
    watch.watch(now=now + 7 * HOUR)
    assert len(subjects()) == 1


def test_between_sessions_a_day_may_pass(state, now):
    state.legislature.sessions.all().delete()
    watch.watch(now=now + 20 * HOUR)
    assert subjects() == []
    watch.watch(now=now + 25 * HOUR)
    assert len(subjects()) == 1


def test_a_source_that_is_no_longer_asked_is_not_watched(state, now, settings):
    settings.OPEN_LEGISLATION_KEY = ""
    watch.watch(now=now + 30 * HOUR)
    assert subjects() == []


def test_a_mirror_setting_that_is_wrong_stops_no_watching(state, now, settings, tmp_path):
    settings.MIRRORS = [str(tmp_path / "nowhere")]
    runs.state_of("nyc_mirror", "nyc", now=now - timedelta(days=9))
    watch.watch(now=now + 7 * HOUR)
    assert len(subjects()) == 2


# --- the mails


def test_a_mail_goes_to_active_staff_with_an_address_once_and_hides_them_from_each_other(
    staff, now, mailoutbox
):
    watch.write_notice("Gone quiet", "A source is quiet.", now=now)
    assert watch.send_notices(now=now) == 1
    assert watch.send_notices(now=now) == 0
    (mail,) = mailoutbox
    assert (mail.to, mail.bcc, mail.subject) == ([], ["editor@example.org"], "Gone quiet")
    assert StaffNotice.objects.get().sent_at == now


def test_a_mail_that_cannot_be_sent_is_sent_later(staff, now, mailoutbox, monkeypatch):
    def broken(*_args):
        raise SMTPException("no")

    watch.write_notice("Gone quiet", "A source is quiet.", now=now)
    with monkeypatch.context() as patched:
        patched.setattr(EmailBackend, "send_messages", broken)
        with pytest.raises(SMTPException):
            watch.send_notices(now=now)
    assert StaffNotice.objects.get().sent_at is None
    assert watch.send_notices(now=now) == 1


def test_without_staff_to_read_it_a_mail_waits(now, mailoutbox):
    watch.write_notice("Gone quiet", "A source is quiet.", now=now)
    assert watch.send_notices(now=now) == 0
    assert StaffNotice.objects.get().sent_at is None


def test_a_subject_of_any_length_and_shape_is_sent(staff, now, mailoutbox):
    watch.write_notice("Gone\nquiet " + "x" * 300, "A source is quiet.", now=now)
    assert watch.send_notices(now=now) == 1
    assert "\n" not in mailoutbox[0].subject


@pytest.mark.django_db(transaction=True)
def test_tending_watches_and_queues_the_mails(state, staff, now, monkeypatch):
    sent = []
    monkeypatch.setattr(tasks.send_notices, "apply_async", lambda **options: sent.append(options))
    SourceState.objects.update(confirmed_at=now - 9 * HOUR)
    tasks.tend()
    assert len(sent) == 1
    assert len(subjects()) == 1


def test_the_moment_is_told_on_the_legislatures_clock(state, now):
    watch.watch(now=now + 7 * HOUR)
    body = StaffNotice.objects.get().body
    assert f"{timezone.localtime(now):%Y}" in body
    assert "None" not in body
