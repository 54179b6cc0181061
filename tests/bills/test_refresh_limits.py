"""How much a refresh asks of the database, two workers at once, and hostile answers."""

from __future__ import annotations

import threading
import uuid
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection, connections, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bills.models import Action, Bill, ExecutiveMessage, PollAnswer, RelatedBill, Sponsorship
from bills.providers.base import (
    AgendaLine,
    DocumentLine,
    MessageLine,
    PrintLine,
    RollCallLine,
    SponsorLine,
    UnexpectedAnswer,
)
from bills.refresh import Known, facts, link_waiting, store, store_all
from bills.refresh.parts import Rewrite
from bills.stages import ActionLine
from sponsors.resolution import Roster
from tests.factories import NOW, lines, make_person, make_session, make_snapshot

LATER = NOW + timedelta(hours=1)


def put(snapshot, *, now=NOW, **options):
    return store(snapshot, source="open_legislation", now=now, **options)


def large(print_no: str = "S4075", *, more_actions: int = 0, **stated):
    """A bill with 20 actions, 30 sponsors and something in every other table."""
    actions = tuple(
        ActionLine(date(2017, 2, 2) + timedelta(days=day), "senate", f"HELD FOR CONSIDERATION IN CODES {day}")
        for day in range(20 + more_actions)
    )
    return make_snapshot(
        print_no,
        actions,
        sponsors=tuple(f"Member {number}" for number in range(30)),
        same_as=("A1", "A2"),
        earlier=("S77",),
        prints=(PrintLine(""), PrintLine("A")),
        roll_calls=(RollCallLine(date(2017, 6, 1), "senate", 40, 20),),
        issues=("Immigration", "Courts"),
        proposal_slug="example-act",
        **stated,
    )


# --- lengths


def distinct_words(mark: str) -> str:
    return " ".join(f"{mark}{number:x}ö" for number in range(200_000))


@pytest.mark.django_db
def test_the_longest_texts_there_can_be_are_stored_and_do_not_break_the_search(client):
    names = ("title", "short_name", "act_clause", "plain_summary", "official_summary", "sponsor_memo")
    action = ActionLine(date(2017, 2, 2), "senate", distinct_words("action"))
    message = MessageLine("veto", 2017, 12, text=distinct_words("message"))
    put(
        make_snapshot(
            "S1",
            (action,),
            messages=(message,),
            proposal_slug="example-act",
            proposal_name=distinct_words("proposal"),
            **{name: distinct_words(name.replace("_", "")) for name in names},
        )
    )
    bill = Bill.objects.get()
    assert {name: len(getattr(bill, name)) for name in names} == {
        "title": 5_000,
        "short_name": Bill._meta.get_field("short_name").max_length,
        "act_clause": 5_000,
        "plain_summary": 20_000,
        "official_summary": 50_000,
        "sponsor_memo": 200_000,
    }
    assert len(bill.actions.get().text) == 5_000
    assert len(ExecutiveMessage.objects.get().text) == 200_000
    answer = client.get("/bills/", {"q": "title1fö"})
    assert answer.status_code == 200
    assert "S1" in answer.content.decode()
    assert Bill.objects.saying("plainsummary1fö").get() == bill


# --- questions


@pytest.mark.django_db
def test_an_unchanged_bill_costs_two_questions(django_assert_num_queries):
    put(large())
    with django_assert_num_queries(2):
        put(large(), now=LATER)


@pytest.mark.django_db
def test_an_unchanged_bill_of_a_known_day_costs_one_question(django_assert_num_queries):
    put(large(read_at=NOW))
    with django_assert_num_queries(1):
        put(large(read_at=NOW), now=LATER)


@pytest.mark.django_db
def test_a_new_bill_costs_a_fixed_number_of_questions(django_assert_max_num_queries):
    known = Known()
    put(large("S1"), known=known)
    with django_assert_max_num_queries(17):
        put(large("S2"), known=known)


@pytest.mark.django_db
def test_a_changed_bill_costs_a_fixed_number_of_questions(django_assert_max_num_queries):
    known = Known()
    put(large(), known=known)
    with django_assert_max_num_queries(18):
        put(large(more_actions=1, title="Moved"), known=known, now=LATER)


@pytest.mark.django_db
def test_a_batch_costs_no_more_questions_than_one_bill(django_assert_max_num_queries):
    known = Known()
    put(large("S1"), known=known)
    with django_assert_max_num_queries(17):
        store_all([large(f"S{number}") for number in range(2, 32)], source="x", now=NOW, known=known)
    with django_assert_max_num_queries(18):
        store_all(
            [large(f"S{number}", title="Moved", more_actions=1) for number in range(2, 32)],
            source="x",
            now=LATER,
            known=known,
        )
    assert Action.objects.count() == 20 + 30 * 21


# --- two workers at once


def in_two_threads(work) -> list:
    """Run `work(place)` in two threads, each with a connection of its own, from the same moment on."""
    start, done = threading.Barrier(2), [None, None]

    def run(place: int) -> None:
        try:
            start.wait(timeout=10)
            done[place] = work(place)
        except Exception as error:
            done[place] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return done


@pytest.mark.django_db(transaction=True)
def test_two_workers_that_bring_the_same_new_bill_make_one_row():
    make_session()
    for number in range(1, 21):
        snapshot = make_snapshot(f"S{number}", sponsors=("SERRANO", "RIVERA"), same_as=(f"A{number}",))
        results = in_two_threads(lambda _, snapshot=snapshot: put(snapshot))
        assert sorted(result.created for result in results) == [False, True]
        assert all(result.changes == [] for result in results)
    assert Bill.objects.count() == 20
    assert Action.objects.count() == 20
    assert Sponsorship.objects.count() == 40


@pytest.mark.django_db(transaction=True)
def test_two_workers_with_overlapping_batches_in_opposite_order_both_come_through():
    make_session()
    store_all([make_snapshot(f"S{n}") for n in range(1, 11)], source="x", now=NOW)

    def work(place: int):
        numbers = list(range(1, 31))[:: 1 if place else -1]
        moved = lines(
            "2017-02-02 senate REFERRED TO FINANCE", f"2017-06-0{place + 1} senate REFERRED TO CODES"
        )
        return store_all([make_snapshot(f"S{n}", moved) for n in numbers], source="x", now=LATER)

    for results in in_two_threads(work):
        assert not isinstance(results, Exception), results
        assert [result.error for result in results] == [None] * 30
    assert Bill.objects.count() == 30
    assert {bill.actions.count() for bill in Bill.objects.all()} == {2}


@pytest.mark.django_db(transaction=True)
def test_a_bill_is_written_by_one_worker_at_a_time_and_readers_may_answer_meanwhile():
    make_session()
    bill = put(make_snapshot()).bill
    worker = threading.Thread(
        target=lambda: (put(make_snapshot(title="Moved"), now=LATER), connections.close_all())
    )
    with transaction.atomic():
        Bill.objects.select_for_update(no_key=True).get(pk=bill.pk)
        worker.start()
        worker.join(timeout=0.5)
        assert worker.is_alive()
        reader = in_two_threads(
            lambda place: PollAnswer.objects.create(bill_id=bill.pk, voter=uuid.uuid4(), answer="aye")
        )
        assert [answer.bill_id for answer in reader] == [bill.pk] * 2
    worker.join(timeout=30)
    assert Bill.objects.get().title == "Moved"


@pytest.mark.django_db(transaction=True)
def test_a_pair_stored_at_the_same_moment_is_tied_at_the_end_of_the_run_at_the_latest():
    make_session()
    numbers = ("S1", "A1")
    in_two_threads(
        lambda place: put(make_snapshot(numbers[place], actions=(), same_as=(numbers[1 - place],)))
    )
    link_waiting()
    assert RelatedBill.objects.exclude(related=None).count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_batch_that_breaks_off_leaves_whole_bills_only(monkeypatch):
    make_session()
    put(make_snapshot("S1"))
    written = []

    def break_off(self):
        written.append(self.part)
        if len(written) == 3:
            raise KeyboardInterrupt

    monkeypatch.setattr(Rewrite, "write", break_off)
    with pytest.raises(KeyboardInterrupt):
        store_all([make_snapshot("S2"), make_snapshot("S1", title="Moved")], source="x", now=LATER)
    assert [(bill.base_print_no, bill.title) for bill in Bill.objects.all()] == [
        ("S1", "Relates to an example")
    ]


# --- hostile answers


@pytest.mark.django_db
def test_a_bill_of_five_thousand_actions_is_stored_and_a_title_of_a_hundred_kilobytes_cut():
    days = [date(2017, 1, 4) + timedelta(days=number // 15) for number in range(5000)]
    actions = tuple(ActionLine(day, "senate", f"REFERRED TO CODES {n}") for n, day in enumerate(days))
    bill = put(make_snapshot(actions=actions, title="x" * 100_000)).bill
    assert (bill.actions.count(), len(Bill.objects.get().title)) == (5000, 5_000)
    result = put(make_snapshot(actions=actions[:1] + actions[2:], title="x" * 100_000), now=LATER)
    assert [change.fact for change in result.changes if change.fact == "action"] == ["action"]
    assert bill.actions.count() == 4999


@pytest.mark.django_db
def test_texts_too_long_for_their_column_are_cut_and_marked():
    bill = put(
        make_snapshot(
            short_name="n" * 500,
            law_section="l" * 500,
            chapter="c" * 500,
            sponsors=("s" * 500,),
            file_no="f" * 500,
            proposal_slug="p" * 500,
            issues=("i" * 500,),
        )
    ).bill
    assert bill.short_name == "n" * 199 + "…"
    assert len(bill.sponsorships.get().name_as_written) == 200
    assert put(make_snapshot(short_name="n" * 500, sponsors=("s" * 500,)), now=LATER).changes == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "https://", "ftp://x.example/", "https://[", "x" * 600, " "]
)
def test_an_address_that_is_none_is_not_kept(address):
    bill = put(make_snapshot(official_url=address, source_url=address)).bill
    assert (bill.official_url, bill.source_url) == ("", "")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "snapshot",
    [
        make_snapshot(actions=lines("2017-02-02 duma REFERRED TO FINANCE")),
        replace(make_snapshot(), sponsors=(SponsorLine("SERRANO", "chief"),)),
        make_snapshot(roll_calls=(RollCallLine(date(2017, 6, 1), "senate", -1, 20),)),
        make_snapshot(roll_calls=(RollCallLine(date(2017, 6, 1), "senate", 40_000, 20),)),
        make_snapshot(messages=(MessageLine("veto", 99, 1),)),
        make_snapshot(messages=(MessageLine("veto", 2017, -1),)),
        make_snapshot(agenda=(AgendaLine("agenda", 2017, 1, "duma"),)),
        make_snapshot(active_amendment="*"),
        make_snapshot(prints=(PrintLine("AB"),)),
        make_snapshot(prints=(PrintLine("a"),)),
    ],
)
def test_what_is_not_in_our_words_is_refused_and_nothing_is_written(snapshot):
    with pytest.raises(UnexpectedAnswer):
        put(snapshot)
    assert not Bill.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"number": replace(make_snapshot().number, session=None)},
        {"introduced_on": date(1, 1, 1)},
        {"actions": lines("9999-01-01 senate REFERRED TO FINANCE")},
        {"sponsors": (SponsorLine("SERRANO", withdrawn_on=date(1, 1, 1)),)},
        {"messages": (MessageLine("pardon", 2017, 1),)},
        {"agenda": (AgendaLine("dinner", 2017, 1, "senate"),)},
        {"documents": (DocumentLine("song", "A", "https://example.org/"),)},
        {"roll_calls": (RollCallLine(date(2017, 6, 1), "senate", 1, 0, votes=(("maybe", "SERRANO"),)),)},
    ],
)
def test_a_snapshot_of_something_that_cannot_be_is_not_made(wrong):
    with pytest.raises(UnexpectedAnswer):
        replace(make_snapshot(), **wrong)


@pytest.mark.django_db
def test_text_from_right_to_left_is_stored_as_it_is():
    title = "مشروع قانون يتعلق بالهجرة \u202b(S4075)\u202c"
    bill = put(make_snapshot(title=title, sponsors=("שרה לוי",))).bill
    bill.refresh_from_db()
    assert (bill.title, bill.sponsorships.get().name_as_written) == (title, "שרה לוי")


texts = st.text(st.characters(), max_size=300) | st.text("\x00\ud800\x0b\ufffe a\u202e", max_size=30)


@pytest.mark.django_db(transaction=True)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    stated=st.fixed_dictionaries(
        {},
        optional=dict.fromkeys(
            [*facts.STATED_TEXTS, "official_url", "chapter", "referred_to", "proposal_slug", "proposal_name"],
            texts,
        )
        | {"active_amendment": st.sampled_from(["", "A", "\x00", "AB", "é"])},
    ),
    actions=st.lists(
        st.builds(
            ActionLine,
            st.dates(date(2017, 1, 1), date(2018, 12, 31)),
            st.sampled_from(["senate", "assembly", ""]),
            texts
            | st.builds(
                "{} {}".format, st.sampled_from(["REFERRED TO", "SUBSTITUTED BY", "SIGNED CHAP."]), texts
            ),
            st.integers(0, 3),
            texts,
            texts,
        ),
        max_size=8,
    ),
    sponsors=st.lists(st.builds(SponsorLine, texts, st.sampled_from(["prime", "co", "multi"])), max_size=6),
    prints=st.lists(st.builds(PrintLine, st.sampled_from(["", "A", "B"])), max_size=3),
    issues=st.lists(texts, max_size=3),
)
def test_any_text_is_stored_or_refused_and_the_second_time_changes_nothing(
    stated, actions, sponsors, prints, issues
):
    make_session()
    snapshot = replace(
        make_snapshot(**stated),
        actions=tuple(actions),
        sponsors=tuple(sponsors),
        prints=tuple(prints),
        issues=tuple(issues),
    )
    Bill.objects.all().delete()
    try:
        put(snapshot)
    except UnexpectedAnswer:
        assert not Bill.objects.exists()
        return
    ids = set(Action.objects.values_list("pk", flat=True))
    with connection.execute_wrapper(refuse_writes):
        assert put(snapshot).changes == []
    assert set(Action.objects.values_list("pk", flat=True)) == ids


def refuse_writes(execute, sql, params, many, context):
    assert sql.startswith("SELECT"), sql
    return execute(sql, params, many, context)


@pytest.mark.django_db
def test_sponsors_of_one_written_name_are_looked_up_once(monkeypatch):
    make_session()
    make_person("Ana Example", terms=(("ny", "senate"),))
    asked = []
    resolve = Roster.resolve
    monkeypatch.setattr(
        Roster, "resolve", lambda self, name, **more: asked.append(name) or resolve(self, name, **more)
    )
    store_all([make_snapshot(f"S{n}", sponsors=("Ana Example",)) for n in range(1, 6)], source="x", now=NOW)
    assert asked == ["Ana Example"]
