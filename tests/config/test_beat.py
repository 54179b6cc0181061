"""The schedule's clock: any number of beats, each turn taken once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from celery.schedules import schedule
from django.core.management import CommandError, call_command
from django.db import OperationalError
from django.utils import timezone

from bills.models import ScheduleEntry
from config.beat import TRY_AGAIN_SECONDS, SharedSchedule
from config.celery import app

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(monkeypatch) -> list[str]:
    names: list[str] = []
    monkeypatch.setattr(
        SharedSchedule, "apply_async", lambda self, entry, **_options: names.append(entry.name)
    )
    monkeypatch.setattr(
        "config.beat.close_old_connections", lambda: None
    )  # the test's own is in a transaction
    monkeypatch.setattr(SharedSchedule, "producer", None)
    return names


@pytest.fixture
def make_beat():
    before = app.conf.beat_schedule
    app.conf.beat_schedule = {
        "often": {"task": "bills.tasks.tend", "schedule": schedule(timedelta(minutes=5))},
        "seldom": {"task": "bills.tasks.read_anew", "schedule": schedule(timedelta(days=1)), "args": ["ny"]},
    }
    yield lambda: SharedSchedule(app)
    app.conf.beat_schedule = before


def ticks(*beats: SharedSchedule) -> None:
    for _ in range(4):
        for one in beats:
            one.tick()


def sent_ago(name: str, ago: timedelta) -> None:
    ScheduleEntry.objects.filter(name=name).update(last_sent_at=timezone.now() - ago)


def test_a_new_entry_waits_for_its_first_turn(make_beat, sent):
    ticks(make_beat())
    assert sent == []
    assert set(ScheduleEntry.objects.values_list("name", flat=True)) == {"often", "seldom"}


def test_of_two_beats_one_takes_each_turn(make_beat, sent):
    one, two = make_beat(), make_beat()
    ticks(one, two)
    for _ in range(3):
        sent_ago("often", timedelta(minutes=6))
        ticks(one, two)
        ticks(two, one)
    assert sent == ["often"] * 3


def test_two_beats_that_see_the_same_turn_at_the_same_moment_send_it_once(make_beat, sent):
    one, two = make_beat(), make_beat()
    ticks(one, two)
    sent_ago("often", timedelta(minutes=6))
    for beat in (one, two):
        beat._remember()
    for beat in (one, two):
        beat.apply_entry(beat.schedule["often"])
    assert sent == ["often"]


def test_a_beat_that_starts_anew_takes_a_turn_that_nobody_took(make_beat, sent):
    ticks(make_beat())
    sent_ago("often", timedelta(hours=3))
    ticks(make_beat())
    assert sent == ["often"]


def test_a_turn_that_could_not_be_sent_is_taken_again(make_beat, sent, monkeypatch):
    beat = make_beat()
    ticks(beat)
    sent_ago("often", timedelta(minutes=6))

    def away(*_arguments, **_options):
        raise ConnectionError

    with monkeypatch.context() as patched:
        patched.setattr(SharedSchedule, "apply_async", away)
        ticks(beat)
    assert sent == []
    ticks(beat)
    assert sent == ["often"]


def test_while_the_database_is_away_nothing_is_sent_and_the_beat_lives_on(make_beat, sent, monkeypatch):
    beat = make_beat()
    ticks(beat)
    sent_ago("often", timedelta(minutes=6))

    def away(_self):
        raise OperationalError

    with monkeypatch.context() as patched:
        patched.setattr(SharedSchedule, "_remember", away)
        assert beat.tick() == TRY_AGAIN_SECONDS
    assert sent == []
    ticks(beat)
    assert sent == ["often"]


def test_every_entry_names_a_task_that_is_there(settings):
    app.loader.import_default_modules()
    for entry in settings.CELERY_BEAT_SCHEDULE.values():
        assert entry["task"] in app.tasks


def test_the_longest_task_ends_before_the_broker_hands_it_out_again(settings):
    visible_after = settings.CELERY_BROKER_TRANSPORT_OPTIONS["visibility_timeout"]
    assert settings.CELERY_TASK_SOFT_TIME_LIMIT < settings.CELERY_TASK_TIME_LIMIT < visible_after
    limits = [task.time_limit for name, task in app.tasks.items() if name.startswith("bills.")]
    assert all(limit is None or limit < visible_after for limit in limits)


def test_the_health_check_sees_whether_anything_was_sent_lately(capsys):
    with pytest.raises(CommandError, match="Nothing was ever sent"):
        call_command("beat_health")
    ScheduleEntry.objects.create(name="tend", last_sent_at=timezone.now() - timedelta(minutes=20))
    with pytest.raises(CommandError, match="Nothing was sent since"):
        call_command("beat_health")
    ScheduleEntry.objects.update(last_sent_at=timezone.now())
    call_command("beat_health")
    assert "Last sent" in capsys.readouterr().out
