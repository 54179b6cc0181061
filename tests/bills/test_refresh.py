"""Snapshots into rows: what is written, what is kept, what is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bills.models import Action, Bill, Change, Issue, RelatedBill
from bills.providers.base import PrintLine, RollCallLine, UnexpectedAnswer
from bills.refresh import Known, facts, store, store_all
from bills.stages import ActionLine
from sponsors.models import Committee
from tests.factories import NOW, lines, make_bill, make_session, make_snapshot

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(hours=1)


def put(snapshot, *, source="open_legislation", now=NOW, **options):
    return store(snapshot, source=source, now=now, **options)


def told(result) -> set[tuple[str, str, str]]:
    return {(change.fact, change.before, change.after) for change in result.changes}


def test_a_new_bill_stands_where_its_actions_say():
    snapshot = make_snapshot(
        actions=lines(
            "2017-02-02 senate REFERRED TO FINANCE",
            "2017-02-06 senate AMEND AND RECOMMIT TO FINANCE",
            "2017-02-06 senate PRINT NUMBER 4075A",
            "2018-01-03 senate REFERRED TO FINANCE",
        ),
        source_url="https://legislation.example/S4075",
    )
    result = put(snapshot)
    bill = Bill.objects.get(session__legislature="ny", session__year=2017, base_print_no="S4075")
    assert result.created
    assert result.bill == bill
    assert (bill.slug, bill.chamber, bill.is_resolution) == ("s4075", "senate", False)
    assert (bill.status, bill.status_date) == ("IN_SENATE_COMM", date(2018, 1, 3))
    assert (bill.status_chamber, bill.status_committee, bill.active_amendment) == ("senate", "Finance", "A")
    assert (bill.introduced_on, bill.last_action_on) == (date(2017, 2, 2), date(2018, 1, 3))
    assert (bill.outcome, bill.law_since, bill.substituted_by_print_no) == ("", None, "")
    assert bill.committee == Committee.objects.get(legislature="ny", chamber="senate", slug="finance")
    assert (bill.checked_at, bill.changed_at, bill.source) == (NOW, None, "open_legislation")
    assert [stage.code for stage in bill.stages.all()] == ["IN_SENATE_COMM"]
    assert [action.sequence for action in bill.actions.all()] == [1, 2, 3, 4]


def test_a_new_bill_is_no_news():
    assert put(make_snapshot(sponsors=("SERRANO",), issues=("Immigration",))).changes == []
    assert not Change.objects.exists()


def test_the_same_answer_again_moves_the_day_it_was_checked_and_nothing_else():
    put(make_snapshot(sponsors=("SERRANO", "RIVERA"), same_as=("A4881",), issues=("Immigration",)))
    before = Bill.objects.values().get()
    result = put(
        make_snapshot(sponsors=("SERRANO", "RIVERA"), same_as=("A4881",), issues=("Immigration",)), now=LATER
    )
    after = Bill.objects.values().get()
    assert (result.created, result.changes) == (False, [])
    assert {name for name in after if after[name] != before[name]} == {"checked_at", "read_at"}
    assert after["checked_at"] == after["read_at"] == LATER


def test_an_answer_in_another_order_is_the_same_answer():
    snapshot = make_snapshot(
        actions=(
            ActionLine(date(2017, 2, 2), "senate", "REFERRED TO FINANCE", 1),
            ActionLine(date(2017, 5, 1), "senate", "REPORTED AND COMMITTED TO RULES", 2),
        ),
        sponsors=("SERRANO", "RIVERA", "KRUEGER"),
        same_as=("A4881", "A5000"),
        prints=(PrintLine(""), PrintLine("A")),
        issues=("Immigration", "Courts"),
    )
    put(snapshot)
    shuffled = replace(
        snapshot,
        actions=snapshot.actions[::-1],
        sponsors=(snapshot.sponsors[0], *snapshot.sponsors[:0:-1]),
        same_as=snapshot.same_as[::-1],
        prints=snapshot.prints[::-1],
        issues=snapshot.issues[::-1],
    )
    ids = set(Action.objects.values_list("pk", flat=True))
    assert put(shuffled, now=LATER).changes == []
    assert set(Action.objects.values_list("pk", flat=True)) == ids


def test_a_moved_bill_is_told_fact_by_fact_with_before_and_after():
    put(make_snapshot(source_url="https://legislation.example/S4075"))
    moved = make_snapshot(
        actions=lines(
            "2017-02-02 senate REFERRED TO FINANCE", "2017-06-01 senate REPORTED AND COMMITTED TO RULES"
        ),
        title="Relates to another example",
    )
    result = put(moved, now=LATER)
    assert told(result) == {
        ("action", "", "2017-06-01 Senate: REPORTED AND COMMITTED TO RULES"),
        ("status_committee", "Finance", "Rules"),
        ("title", "Relates to an example", "Relates to another example"),
    }
    change = Change.objects.get(fact="title")
    assert (change.source, change.found_at) == ("open_legislation", LATER)
    assert change.source_url == "https://legislation.example/S4075"
    assert not change.was_kept_out
    result.bill.refresh_from_db()
    assert (result.bill.changed_at, result.bill.status_committee) == (LATER, "Rules")


def test_a_bill_can_go_backwards():
    passed = lines(
        "2017-02-02 senate REFERRED TO CODES",
        "2017-05-01 senate 1ST REPORT CAL.10",
        "2017-06-01 senate PASSED SENATE",
        "2017-06-01 assembly REFERRED TO CODES",
    )
    put(make_snapshot(actions=passed))
    back = lines(
        "2018-01-03 assembly DIED IN ASSEMBLY",
        "2018-01-03 senate RETURNED TO SENATE",
        "2018-01-03 senate REFERRED TO CODES",
    )
    bill = put(make_snapshot(actions=passed + back), now=LATER).bill
    assert bill.status == "IN_SENATE_COMM"
    assert [stage.code for stage in bill.stages.all()] == ["IN_SENATE_COMM"]


def test_a_corrected_action_is_told_with_what_stood_there_before():
    put(make_snapshot(actions=lines("2017-02-02 senate REFERRED TO FINANCE")))
    result = put(make_snapshot(actions=lines("2017-02-02 senate REFERRED TO CODES")), now=LATER)
    assert (
        "action",
        "2017-02-02 Senate: REFERRED TO FINANCE",
        "2017-02-02 Senate: REFERRED TO CODES",
    ) in told(result)


def test_an_action_taken_out_of_the_record_goes_and_is_told():
    put(
        make_snapshot(actions=lines("2017-02-02 senate REFERRED TO CODES", "2017-06-01 senate PASSED SENATE"))
    )
    result = put(make_snapshot(actions=lines("2017-02-02 senate REFERRED TO CODES")), now=LATER)
    assert ("action", "2017-06-01 Senate: PASSED SENATE", "") in told(result)
    assert [action.text for action in Action.objects.all()] == ["REFERRED TO CODES"]
    assert result.bill.status == "IN_SENATE_COMM"


def test_an_answer_without_actions_erases_none():
    bill = put(make_snapshot()).bill
    with pytest.raises(UnexpectedAnswer, match="S4075 of 2017-2018 came without actions"):
        put(make_snapshot(actions=(), title="Blank"), now=LATER)
    bill.refresh_from_db()
    assert (bill.title, bill.status, bill.checked_at) == ("Relates to an example", "IN_SENATE_COMM", NOW)
    assert bill.actions.count() == 1


def test_an_answer_that_says_nothing_of_actions_leaves_the_standing_alone():
    put(
        make_snapshot(
            actions=lines("2017-02-02 senate REFERRED TO CODES", "2017-06-01 senate SUBSTITUTED BY A100")
        )
    )
    result = put(make_snapshot(actions=None, title="A better title"), now=LATER)
    bill = Bill.objects.get()
    assert told(result) == {("title", "Relates to an example", "A better title")}
    assert (bill.outcome, bill.substituted_by_print_no) == ("substituted", "A100")
    assert (bill.actions.count(), bill.stages.count(), bill.relations.count()) == (2, 1, 1)


def test_a_bill_without_any_action_is_introduced():
    bill = put(make_snapshot(actions=())).bill
    assert (bill.status, bill.introduced_on, bill.last_action_on) == ("INTRODUCED", None, None)
    assert put(make_snapshot(), now=LATER).bill.status == "IN_SENATE_COMM"


def test_what_is_not_stated_stays():
    put(
        make_snapshot(
            short_name="Example Act",
            sponsors=("SERRANO",),
            same_as=("A4881",),
            prints=(PrintLine(""), PrintLine("A")),
            roll_calls=(RollCallLine(date(2017, 6, 1), "senate", 40, 20),),
        )
    )
    result = put(replace(make_snapshot(), title=None), now=LATER)
    bill = result.bill
    assert result.changes == []
    assert (bill.title, bill.short_name) == ("Relates to an example", "Example Act")
    assert [bill.sponsorships.count(), bill.relations.count()] == [1, 1]
    assert [bill.amendments.count(), bill.roll_calls.count()] == [2, 1]


def test_an_empty_text_is_no_statement():
    put(make_snapshot(short_name="Example Act"))
    assert put(make_snapshot(short_name="", title=" "), now=LATER).bill.short_name == "Example Act"


def test_a_list_stated_to_be_empty_is_emptied():
    put(make_snapshot(same_as=("A4881",)))
    result = put(make_snapshot(same_as=()), now=LATER)
    assert told(result) == {("same_as", "A4881 (2017)", "")}
    assert not RelatedBill.objects.exists()


def test_an_action_dated_ahead_is_held_until_its_day():
    snapshot = make_snapshot(
        actions=lines(
            "2017-02-02 senate REFERRED TO CODES", "2018-03-02 senate REPORTED AND COMMITTED TO RULES"
        )
    )
    bill = put(snapshot).bill
    assert (bill.status_committee, bill.actions.count()) == ("Codes", 1)
    result = put(snapshot, now=datetime(2018, 3, 2, 6, tzinfo=UTC))
    assert ("status_committee", "Codes", "Rules") in told(result)
    assert result.bill.actions.count() == 2


def test_the_day_is_new_yorks_and_not_greenwichs():
    snapshot = make_snapshot(actions=lines("2018-03-02 senate REFERRED TO CODES"))
    assert put(snapshot, now=datetime(2018, 3, 2, 3, tzinfo=UTC)).bill.actions.count() == 0


def test_a_bill_dies_when_its_session_ends_though_its_source_says_nothing_new():
    put(make_snapshot())
    result = put(make_snapshot(), now=datetime(2019, 1, 2, 12, tzinfo=UTC))
    assert told(result) == {("outcome", "", "died")}
    assert (result.bill.outcome, result.bill.ended_on) == ("died", date(2018, 12, 31))


def test_an_answer_tells_where_a_bill_stood_when_it_was_read():
    read_at = datetime(2018, 12, 1, tzinfo=UTC)
    bill = put(make_snapshot(read_at=read_at), now=datetime(2020, 1, 1, tzinfo=UTC)).bill
    assert (bill.outcome, bill.checked_at) == ("", read_at)


def test_a_law_has_its_chapter_and_its_day():
    signed = lines(
        "2017-02-02 senate REFERRED TO CODES",
        "2017-06-01 senate PASSED SENATE",
        "2017-06-02 assembly PASSED ASSEMBLY",
        "2017-07-01 senate DELIVERED TO GOVERNOR",
        "2017-07-25 senate SIGNED CHAP.37",
    )
    bill = put(make_snapshot(actions=signed)).bill
    assert (bill.outcome, bill.law_since, bill.chapter) == ("signed", date(2017, 7, 25), "37")
    assert bill.is_law


@pytest.mark.parametrize(
    ("legislature", "print_no", "session", "stated", "kept"),
    [
        ("nyc", "Int 0486", 2014, "local law 2014/058", "Local Law 58 of 2014"),
        ("us", "HR6", 117, "Public Law 119-1", "119-1"),
        ("ny", "S4075", 2017, "chap.412", "412"),
        ("ny", "S4075", 2017, "something else", "something else"),
    ],
)
def test_a_stated_law_number_is_kept_in_one_form(legislature, print_no, session, stated, kept):
    snapshot = make_snapshot(print_no, (), legislature=legislature, session=session, chapter=stated)
    assert put(snapshot).bill.chapter == kept


def test_a_council_file_has_its_committee_from_the_record_and_its_printed_number():
    snapshot = make_snapshot(
        "Int 0486",
        (
            ActionLine(date(2014, 10, 7), "council", "Introduced by Council", body="City Council"),
            ActionLine(date(2014, 10, 7), "council", "Referred to Comm by Council", body="City Council"),
            ActionLine(date(2014, 10, 20), "mayor", "Hearing Held by Mayor", body="Mayor"),
        ),
        legislature="nyc",
        session=2014,
        file_no="Int 0486-2014",
        referred_to="Committee on Immigration",
    )
    bill = put(snapshot).bill
    assert (bill.base_print_no, bill.slug, bill.file_no) == ("INT 0486", "int-486", "Int 0486-2014")
    assert (bill.status_committee, bill.committee.name) == ("Committee on Immigration", "Immigration")
    assert {action.chamber for action in bill.actions.all()} == {"council"}


def test_a_committee_of_the_roster_is_found_whatever_its_capitals():
    make_session()
    known = Committee.objects.create(
        legislature_id="ny", chamber="senate", name="Crime Victims, Crime and Correction",
        slug="crime-victims-crime-and-correction",
    )  # fmt: skip
    snapshot = make_snapshot(
        actions=lines("2017-02-02 senate REFERRED TO CRIME VICTIMS, CRIME AND CORRECTION")
    )
    assert put(snapshot).bill.committee == known
    assert Committee.objects.count() == 1


# --- what staff wrote


def test_a_field_that_staff_wrote_is_kept_and_the_difference_told_once():
    bill = put(make_snapshot(short_name="Source's name")).bill
    Bill.objects.filter(pk=bill.pk).update(short_name="Staff's name", edited_fields=["short_name"])
    first = put(make_snapshot(short_name="Source's name"), now=LATER)
    again = put(make_snapshot(short_name="Source's name", title="Moved"), now=LATER + timedelta(hours=1))
    bill.refresh_from_db()
    assert (bill.short_name, bill.changed_at) == ("Staff's name", LATER + timedelta(hours=1))
    assert [(c.fact, c.before, c.after, c.was_kept_out) for c in first.changes] == [
        ("short_name", "Staff's name", "Source's name", True)
    ]
    assert (first.has_changed, first.bill.changed_at) == (False, None)
    assert [change.fact for change in again.changes] == ["title"]


def test_a_new_answer_to_a_field_that_staff_wrote_is_told_again():
    bill = put(make_snapshot(short_name="First")).bill
    Bill.objects.filter(pk=bill.pk).update(short_name="Staff's", edited_fields=["short_name"])
    put(make_snapshot(short_name="First"), now=LATER)
    assert [change.after for change in put(make_snapshot(short_name="Second"), now=LATER).changes] == [
        "Second"
    ]


def test_a_field_that_staff_let_go_takes_the_sources_answer_again():
    bill = put(make_snapshot(short_name="Source's")).bill
    Bill.objects.filter(pk=bill.pk).update(short_name="Staff's", edited_fields=["short_name"])
    put(make_snapshot(short_name="Source's"), now=LATER)
    Bill.objects.filter(pk=bill.pk).update(edited_fields=[])
    assert put(make_snapshot(short_name="Source's"), now=LATER).bill.short_name == "Source's"


def test_where_a_bill_stands_is_never_staffs_to_write():
    bill = put(make_snapshot()).bill
    Bill.objects.filter(pk=bill.pk).update(status="SIGNED_BY_GOV", edited_fields=["status", "outcome"])
    assert put(make_snapshot(), now=LATER).bill.status == "IN_SENATE_COMM"


def test_issues_are_added_and_never_taken_away():
    bill = put(make_snapshot(issues=("Immigration",))).bill
    bill.issues.add(Issue.objects.create(slug="courts", name="Courts"))
    result = put(make_snapshot(issues=("Detention",)), now=LATER)
    assert sorted(issue.name for issue in bill.issues.all()) == ["Courts", "Detention", "Immigration"]
    assert told(result) == {("issue", "", "Detention")}


def test_issues_that_staff_chose_are_left_alone():
    bill = put(make_snapshot(issues=("Immigration",))).bill
    bill.issues.clear()
    Bill.objects.filter(pk=bill.pk).update(edited_fields=["issues"])
    put(make_snapshot(issues=("Immigration", "Courts")), now=LATER)
    assert not bill.issues.exists()


def test_an_issue_that_staff_renamed_is_found_by_its_address():
    Issue.objects.create(slug="law-enforcement", name="Police")
    bill = put(make_snapshot(issues=("Law Enforcement",))).bill
    assert [issue.name for issue in bill.issues.all()] == ["Police"]


def test_a_proposal_ties_bills_of_several_sessions():
    put(make_snapshot(proposal_slug="example-act", proposal_name="Example Act"))
    put(make_snapshot("S1424", session=2019, actions=(), proposal_slug="example-act"))
    bills = Bill.objects.filter(proposal__slug="example-act", proposal__name="Example Act")
    assert sorted(bill.base_print_no for bill in bills) == ["S1424", "S4075"]


def test_the_history_of_a_bill_names_the_source_and_is_silent_about_checks():
    bill = put(make_snapshot()).bill
    put(make_snapshot(), now=LATER)
    put(make_snapshot(title="Moved"), now=LATER)
    rows = bill.history.order_by("history_id").values_list("history_type", "title", "history_change_reason")
    assert list(rows) == [
        ("+", "Relates to an example", "open_legislation"),
        ("~", "Moved", "open_legislation"),
    ]


# --- order in time


def test_an_older_answer_never_turns_a_record_back():
    put(make_snapshot(title="New", read_at=NOW))
    result = put(make_snapshot(title="Old", read_at=NOW - timedelta(minutes=5)), now=LATER)
    assert result.is_older
    assert Bill.objects.get().title == "New"
    assert Bill.objects.get().checked_at == NOW


def test_a_record_on_disk_does_not_overwrite_what_was_read_later():
    put(make_snapshot(title="Live"))
    old = make_snapshot(title="Shipped", read_at=NOW - timedelta(days=30))
    undated = make_snapshot(title="Shipped")
    assert put(old, source="records", now=LATER).is_older
    assert put(undated, source="records", now=LATER).is_older
    assert (Bill.objects.get().title, Bill.objects.get().source) == ("Live", "open_legislation")


def test_a_record_on_disk_that_was_read_later_counts():
    put(make_snapshot(title="Live"))
    put(make_snapshot(title="Shipped", read_at=LATER), source="records", now=LATER + timedelta(days=3))
    bill = Bill.objects.get()
    assert (bill.title, bill.source, bill.checked_at) == ("Shipped", "records", LATER)


def test_a_record_without_a_day_is_not_said_to_have_been_checked():
    assert put(make_snapshot(), source="records").bill.checked_at is None
    assert put(make_snapshot(title="Corrected"), source="records", now=LATER).bill.checked_at is None
    assert Bill.objects.get().title == "Corrected"


def test_an_answer_from_the_future_is_checked_now():
    assert put(make_snapshot(read_at=NOW + timedelta(days=900))).bill.checked_at == NOW


# --- batches


def test_a_batch_keeps_the_order_of_its_answers_and_one_fault_stops_no_other():
    make_bill("S2")
    Action.objects.create(
        bill=Bill.objects.get(base_print_no="S2"),
        sequence=1,
        date=date(2017, 2, 2),
        chamber="senate",
        text="X",
    )
    broken = make_snapshot("S3", actions=lines("2017-02-02 duma REFERRED TO FINANCE"))
    results = store_all(
        [make_snapshot("S1"), make_snapshot("S2", actions=()), broken, make_snapshot("S4")],
        source="open_legislation",
        now=NOW,
    )
    assert [result.created for result in results] == [True, False, False, True]
    assert [type(result.error) for result in results] == [
        type(None),
        UnexpectedAnswer,
        UnexpectedAnswer,
        type(None),
    ]
    assert "no chamber we know" in str(results[2].error)


def test_a_bill_that_the_database_refuses_stops_no_other(monkeypatch):
    monkeypatch.setitem(facts.LONGEST, "short_name", 5000)
    results = store_all(
        [make_snapshot("S1"), make_snapshot("S2", short_name="x" * 3000), make_snapshot("S3")],
        source="open_legislation",
        now=NOW,
    )
    assert [result.created for result in results] == [True, False, True]
    assert "S2 of 2017-2018 does not fit our rows: value too long" in str(results[1].error)


def test_a_bill_that_comes_twice_in_a_batch_ends_as_the_second_says():
    results = store_all(
        [make_snapshot(title="First"), make_snapshot(title="Second")], source="open_legislation", now=NOW
    )
    assert [result.created for result in results] == [True, False]
    assert Bill.objects.get().title == "Second"


def test_one_look_at_the_shared_rows_serves_a_whole_run(django_assert_max_num_queries):
    known = Known()
    put(make_snapshot("S1", sponsors=("SERRANO",), issues=("Courts",), proposal_slug="a"), known=known)
    with django_assert_max_num_queries(16) as captured:
        put(make_snapshot("S2", sponsors=("SERRANO",), issues=("Courts",), proposal_slug="a"), known=known)
    asked = " ".join(query["sql"] for query in captured.captured_queries if query["sql"].startswith("SELECT"))
    assert not any(
        table in asked
        for table in ("sponsors_person", 'bills_issue"', "bills_proposal", "sponsors_committee")
    )
