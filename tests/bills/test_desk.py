"""The staff's desk for what is followed: topics, candidates, checks on demand, and what was kept out."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import Permission, User
from django.urls import reverse
from kombu.exceptions import OperationalError as QueueError

from bills import tasks
from bills.models import Bill, Candidate, Change, RefreshItem, RefreshRun, TopicQuery, WantedBill
from bills.refresh import store
from bills.tracking.wanted import note_wanted
from config.celery import app
from tests.factories import lines, make_bill, make_snapshot
from tests.reading import text_of

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 10, 16, tzinfo=UTC)
TOPICS = "admin:bills_topicquery"
CANDIDATES = "admin:bills_candidate"
BILLS = "admin:bills_bill"


@pytest.fixture(autouse=True)
def no_topics_yet():
    TopicQuery.objects.all().delete()


@pytest.fixture
def staff_client(client, django_user_model):
    """Somebody at the desk with just these rights: `staff_client("view_candidate")`."""

    def signed_in(*rights: str):
        user: User = django_user_model.objects.create_user("editor", password="x", is_staff=True)
        user.user_permissions.set(
            Permission.objects.filter(codename__in=rights, content_type__app_label="bills")
        )
        client.force_login(user)
        return client

    return signed_in


@pytest.fixture
def queue():
    """How many calls for work wait in the queue; empty at the end."""
    with app.connection_for_write() as connection:
        redis = connection.default_channel.client
        redis.delete("refresh")
        yield lambda: redis.llen("refresh")
        redis.delete("refresh")


def make_candidate(print_no: str = "S9001", **fields) -> Candidate:
    known = {"title": "Relates to asylum", "found_by": ["Asylum"], "found_at": NOW, "session_year": 2025}
    return Candidate.objects.create(legislature_id="ny", print_no=print_no, **(known | fields))


def add(client, model: str, **values):
    return client.post(reverse(f"{model}_add"), values, follow=True)


def act(client, model: str, action: str, rows):
    selected = {"action": action, "_selected_action": [row.pk for row in rows]}
    return client.post(reverse(f"{model}_changelist"), selected, follow=True)


def said(answer) -> list[str]:
    return [str(message) for message in answer.context["messages"]]


# --- topic queries


def test_staff_make_a_topic_query_of_words_in_lines(admin_client):
    words = "  asylum \r\n\r\nimmigra*\r\nasylum\r\nremoval   proceedings"
    answer = add(admin_client, TOPICS, name="Asylum", words=words, legislatures=["ny"], is_active="on")
    assert answer.status_code == 200
    query = TopicQuery.objects.get()
    assert query.words == "asylum\nimmigra*\nremoval proceedings"
    assert [row.pk for row in query.legislatures.all()] == ["ny"]
    assert not query.follows_at_once


@pytest.mark.parametrize(
    ("words", "error"),
    [
        ("", "This field is required."),
        (" \n ", "This field is required."),
        ("im*", "would find too much: write 3 letters before the *."),
        ("a*b", "a * may stand only at the end of a word."),
        ("*", "a * may stand only at the end of a word."),
        ("x" * 81, "is longer than 80 characters."),
        (
            "\n".join(f"word{n}" for n in range(101)),
            "These are more than 100 words; make two queries of them.",
        ),
    ],
)
def test_words_that_cannot_be_searched_for_are_refused_in_the_form(admin_client, words, error):
    answer = add(admin_client, TOPICS, name="Asylum", words=words, is_active="on")
    assert error in text_of(answer)
    assert not TopicQuery.objects.exists()


@pytest.mark.parametrize(
    ("changes", "is_searched_anew"), [({"words": "refugee"}, True), ({"name": "Refuge"}, False)]
)
def test_new_words_are_searched_for_whatever_the_old_ones_were(admin_client, changes, is_searched_anew):
    query = TopicQuery.objects.create(name="Asylum", words="asylum", searched={"ny": NOW.isoformat()})
    values = {"name": "Asylum", "words": "asylum", "is_active": "on"} | changes
    admin_client.post(reverse(f"{TOPICS}_change", args=[query.pk]), values)
    query.refresh_from_db()
    assert (query.searched == {}) is is_searched_anew


# --- candidates


def test_staff_see_what_was_found_and_by_which_topic(admin_client):
    make_candidate(title="<b>Relates to asylum</b>", found_by=["Asylum", "Deportation"])
    answer = admin_client.get(reverse(f"{CANDIDATES}_changelist"), {"q": "asylum"})
    assert "S9001 2025 New York State" in text_of(answer)
    assert "Asylum, Deportation" in text_of(answer)
    assert "<b>Relates" not in answer.content.decode()


def test_many_are_followed_at_once_and_the_next_round_wants_them(admin_client):
    rows = [make_candidate(f"S900{n}") for n in range(3)]
    answer = act(admin_client, CANDIDATES, "follow_selected", rows[:2])
    assert said(answer) == ["2 bills will be fetched at the next round."]
    assert list(Candidate.objects.followed().order_by("print_no")) == rows[:2]
    note_wanted("ny", now=NOW)
    assert sorted(WantedBill.objects.values_list("print_no", "why")) == [
        ("S9000", "topic"),
        ("S9001", "topic"),
    ]


def test_many_are_dismissed_at_once_and_what_was_followed_may_be_let_go_again(admin_client):
    waiting, followed = make_candidate("S9001"), make_candidate("S9002", state="followed")
    gone = make_candidate("S9003", state="dismissed")
    answer = act(admin_client, CANDIDATES, "dismiss_selected", [waiting, followed, gone])
    assert said(answer) == ["2 bills were dismissed."]
    assert set(Candidate.objects.values_list("state", flat=True)) == {"dismissed"}


def test_a_dismissed_bill_can_still_be_followed(admin_client):
    row = make_candidate(state="dismissed")
    act(admin_client, CANDIDATES, "follow_selected", [row])
    row.refresh_from_db()
    assert row.state == "followed"


def test_a_hundred_are_decided_in_few_queries(admin_client, django_assert_max_num_queries):
    rows = [make_candidate(f"S{9000 + n}") for n in range(100)]
    with django_assert_max_num_queries(40):
        answer = act(admin_client, CANDIDATES, "dismiss_selected", rows)
    assert said(answer) == ["100 bills were dismissed."]


def test_a_candidate_is_looked_at_and_neither_typed_over_nor_taken_away(admin_client):
    row = make_candidate()
    address = reverse(f"{CANDIDATES}_change", args=[row.pk])
    assert "Relates to asylum" in text_of(admin_client.get(address))
    assert admin_client.post(address, {"title": "Forged"}).status_code == 403
    assert admin_client.post(reverse(f"{CANDIDATES}_delete", args=[row.pk])).status_code == 403
    row.refresh_from_db()
    assert row.title == "Relates to asylum"


# --- a bill of staff's own


@pytest.mark.parametrize(
    ("legislature", "year", "number", "place"),
    [
        ("ny", "2026", "S.09001-A", ("ny", 2025, "S9001")),
        ("ny", "2025", "Senate Bill 9001", ("ny", 2025, "S9001")),
        ("nyc", "2017", "Int. No. 1568-A", ("nyc", 2014, "INT 1568")),
        ("us", "119", "H.R. 6", ("us", 119, "HR6")),
        ("us", "2025", "119-HR6", ("us", 119, "HR6")),
    ],
)
def test_staff_name_a_bill_in_any_spelling(admin_client, legislature, year, number, place):
    answer = add(admin_client, CANDIDATES, legislature=legislature, year=year, number=number)
    row = Candidate.objects.get()
    assert (row.legislature_id, row.session_year, row.print_no.replace("  ", " ")) == place
    assert (row.state, row.found_by) == ("followed", [])
    assert said(answer) == [f"{row} will be fetched at the next round, if its source has it."]


@pytest.mark.parametrize(
    ("values", "error"),
    [
        ({"number": "hello"}, "hello"),
        ({"number": ""}, "This field is required."),
        ({"number": "S9001/A9001"}, "S9001/A9001"),
        ({"number": "H.R. 6"}, "H.R. 6"),
        ({"year": "1492"}, "has no session in 1492"),
        ({"year": "next"}, "Enter a whole number."),
        ({"legislature": "tx"}, "Select a valid choice."),
        ({"number": "2017-S9001"}, "The number names another session than the one given here."),
    ],
)
def test_what_is_no_bill_is_refused_in_the_form(admin_client, values, error):
    answer = add(
        admin_client, CANDIDATES, **({"legislature": "ny", "year": "2025", "number": "S9001"} | values)
    )
    assert answer.status_code == 200
    assert error in text_of(answer)
    assert not Candidate.objects.exists()


@pytest.mark.parametrize("state", ["waiting", "followed", "dismissed"])
def test_naming_a_bill_that_is_a_candidate_already_follows_that_one(admin_client, state):
    row = make_candidate(state=state)
    answer = add(admin_client, CANDIDATES, legislature="ny", year="2025", number="S9001-B")
    assert answer.status_code == 200
    assert Candidate.objects.get().pk == row.pk
    assert Candidate.objects.get().state == "followed"
    assert Candidate.objects.get().found_by == ["Asylum"]


def test_naming_a_bill_that_is_here_already_says_so_and_wants_nothing(admin_client):
    bill = make_bill("S9001", year=2025)
    answer = add(admin_client, CANDIDATES, legislature="ny", year="2025", number="S9001")
    assert said(answer) == ["S9001 (2025) is here already, and stays followed."]
    assert Candidate.objects.get().bill == bill
    note_wanted("ny", now=NOW)
    assert not WantedBill.objects.exists()


# --- checks on demand


def test_selected_bills_are_one_run_for_each_legislature_and_few_calls(admin_client, queue):
    bills = [make_bill(f"S{9000 + n}") for n in range(40)]
    bills += [make_bill(f"Int {n + 1}", legislature="nyc", year=2014) for n in range(3)]
    answer = act(admin_client, BILLS, "refresh_from_source", bills)
    assert said(answer) == ["43 bills will be checked."]
    assert list(RefreshRun.objects.order_by("legislature").values_list("legislature", "kind", "due")) == [
        ("ny", "chosen", 40),
        ("nyc", "chosen", 3),
    ]
    assert RefreshItem.objects.count() == 43
    assert queue() == tasks.AT_WORK_TOGETHER + 1


def test_where_the_queue_is_down_staff_are_told_and_no_run_is_left_open(admin_client, monkeypatch):
    def refuse(*_arguments, **_options):
        raise QueueError("connection refused")

    monkeypatch.setattr(tasks.work_on, "apply_async", refuse)
    bills = [make_bill("S9001"), make_bill("Int 1", legislature="nyc", year=2014)]
    answer = act(admin_client, BILLS, "refresh_from_source", bills)
    assert said(answer) == [
        "The queue does not answer. Try again later: what was not queued was not checked."
    ]
    assert RefreshRun.objects.count() == 2
    assert not RefreshRun.objects.at_work().exists()
    assert not RefreshItem.objects.exists()


def test_a_source_that_cannot_be_set_up_stops_only_its_own_bills(admin_client, queue, settings, tmp_path):
    settings.MIRRORS = [str(tmp_path / "nothing")]
    answer = act(admin_client, BILLS, "refresh_from_source", [make_bill("S9001")])
    assert len(said(answer)) == 1
    assert "nothing" in said(answer)[0]
    assert not RefreshRun.objects.exists()
    assert queue() == 0


# --- what was kept out


def test_differences_that_were_kept_out_stand_on_the_bills_page_at_the_desk(admin_client):
    actions = lines("2026-01-07 senate REFERRED TO CODES")
    said_first = make_snapshot("S9001", actions, session=2025, plain_summary="Would do a thing.")
    bill = store(said_first, source="open_legislation", now=NOW).bill
    Bill.objects.update(plain_summary="In our words.", edited_fields=["plain_summary"])
    said_then = make_snapshot("S9001", actions, session=2025, plain_summary="Would do <b>another</b>.")
    store(said_then, source="open_legislation", now=NOW)
    answer = admin_client.get(reverse(f"{BILLS}_change", args=[bill.pk]))
    page = text_of(answer)
    kept_out = page[page.index("What its source says otherwise, and was kept out") :]
    assert "Summary in plain words In our words. Would do <b>another</b>." in kept_out
    assert "<b>another" not in answer.content.decode()
    bill.refresh_from_db()
    assert bill.plain_summary == "In our words."


def test_a_change_that_was_not_kept_out_is_not_among_them(admin_client):
    bill = make_bill()
    Change.objects.create(
        bill=bill, fact="title", before="Old words", after="New", source="records", found_at=NOW
    )
    page = text_of(admin_client.get(reverse(f"{BILLS}_change", args=[bill.pk])))
    assert "Old words" not in page


def test_a_fault_of_a_bill_is_found_and_read_at_the_desk(admin_client):
    make_bill("S9001", fault="S9001 came without actions.", fault_at=NOW)
    make_bill("S9002")
    listed = text_of(admin_client.get(reverse(f"{BILLS}_changelist"), {"fault__isempty": "0"}))
    assert "S9001" in listed
    assert "S9002" not in listed


# --- who may


@pytest.mark.parametrize(("model", "right"), [(CANDIDATES, "view_candidate"), (BILLS, "view_bill")])
def test_who_may_only_look_is_offered_no_action_and_can_do_none(staff_client, model, right, queue):
    row = make_candidate() if model == CANDIDATES else make_bill()
    client = staff_client(right)
    assert client.get(reverse(f"{model}_changelist")).status_code == 200
    action = "follow_selected" if model == CANDIDATES else "refresh_from_source"
    answer = act(client, model, action, [row])
    assert f'value="{action}"' not in answer.content.decode()
    assert not Candidate.objects.followed().exists()
    assert not RefreshRun.objects.exists()
    assert queue() == 0


@pytest.mark.parametrize("model", [TOPICS, CANDIDATES])
def test_who_may_only_look_adds_nothing(staff_client, model):
    client = staff_client("view_topicquery", "view_candidate")
    assert client.get(reverse(f"{model}_changelist")).status_code == 200
    assert (
        add(client, model, legislature="ny", year="2025", number="S1", name="A", words="asylum").status_code
        == 403
    )
    assert not Candidate.objects.exists()
    assert not TopicQuery.objects.exists()


def test_who_may_change_candidates_follows_them_and_may_do_nothing_else(staff_client):
    row = make_candidate()
    client = staff_client("change_candidate")
    act(client, CANDIDATES, "follow_selected", [row])
    row.refresh_from_db()
    assert row.state == "followed"
    assert client.get(reverse(f"{CANDIDATES}_add")).status_code == 403
    assert client.get(reverse(f"{TOPICS}_changelist")).status_code == 403


@pytest.mark.parametrize(
    "page", ["refreshrun", "refreshitem", "change", "sourcestate", "sourcecount", "wantedbill"]
)
def test_what_the_refresh_wrote_is_nobodys_to_change(admin_client, page):
    assert admin_client.get(reverse(f"admin:bills_{page}_changelist")).status_code == 200
    assert admin_client.get(reverse(f"admin:bills_{page}_add")).status_code == 403


def test_a_visitor_is_sent_to_the_log_in_page(client):
    answer = act(client, CANDIDATES, "follow_selected", [make_candidate()])
    assert "/login/" in answer.redirect_chain[0][0]
    assert not Candidate.objects.followed().exists()
