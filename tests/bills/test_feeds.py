"""Atom feeds of a bill, an issue and a person, as a feed reader meets them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from xml.etree import ElementTree

import pytest
from django.urls import reverse

from bills.models import Change, Issue, Sponsorship, Stage
from bills.refresh import store
from statements.models import Statement
from tests.factories import lines, make_bill, make_person, make_snapshot, make_statement

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reading_in_march_2026")]

ATOM = {"a": "http://www.w3.org/2005/Atom"}
NOW = datetime(2026, 3, 10, 15, tzinfo=UTC)
KNOWN = lines("2026-01-07 senate REFERRED TO CODES")
MOVED = (*KNOWN, *lines("2026-02-03 senate 1ST REPORT CAL.9", "2026-03-02 senate PASSED SENATE"))


def feed_of(client, address: str) -> ElementTree.Element:
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("application/atom+xml")
    return ElementTree.fromstring(answer.content)


def told(feed: ElementTree.Element, part: str) -> list[str]:
    return [entry.findtext(f"a:{part}", namespaces=ATOM) for entry in feed.findall("a:entry", ATOM)]


def followed_bill(actions=MOVED):
    store(make_snapshot("S9001", KNOWN, session=2025), source="open_legislation", now=NOW - timedelta(days=3))
    later = make_snapshot("S9001", actions, session=2025, source_url="https://example.org/S9001")
    return store(later, source="open_legislation", now=NOW).bill


def address(bill) -> str:
    return f"{bill.get_absolute_url()}feed.atom"


def test_a_vote_between_two_looks_is_one_entry_that_says_what_happened(client):
    bill = followed_bill()
    feed = feed_of(client, address(bill))
    assert told(feed, "title")[0].startswith("S9001: Where it stands: Passed Senate, and ")
    content = told(feed, "content")[0]
    assert "Before: In Senate committee. Now: Passed Senate" in content
    assert "This is not law." in content
    assert 'href="https://example.org/S9001"' in content
    assert "Seen there March 10, 2026." in content
    assert "This is not law." in feed.findtext("a:subtitle", namespaces=ATOM)


def test_names_of_entries_stay_the_same_when_it_is_read_again_and_when_the_bill_is_stored_anew(client):
    bill = followed_bill()
    before = told(feed_of(client, address(bill)), "id")
    assert len(before) == len(set(before)) > 1
    assert all(re.fullmatch(r"tag:127\.0\.0\.1,2026:bill/ny/2025/s9001/[\w/.-]+", name) for name in before)
    again = make_snapshot("S9001", MOVED, session=2025, source_url="https://example.org/S9001")
    store(again, source="open_legislation", now=NOW + timedelta(minutes=5))
    Stage.objects.filter(bill=bill).update(committee="Written Anew")
    assert told(feed_of(client, address(bill)), "id") == before


def test_a_step_that_a_change_has_told_of_is_not_told_twice(client):
    ids = told(feed_of(client, address(followed_bill())), "id")
    assert not [name for name in ids if "PASSED_SENATE" in name]
    assert [name for name in ids if "stage/IN_SENATE_COMM" in name]


def test_what_is_dated_in_days_to_come_is_held(client):
    bill = followed_bill()
    Stage.objects.create(
        bill=bill, position=90, code="PASSED_ASSEMBLY", chamber="assembly", date=date(2026, 3, 11)
    )
    Change.objects.create(
        bill=bill, fact="action", after="2026-03-11 Assembly: passed assembly", source="open_legislation", found_at=NOW,
    )  # fmt: skip
    make_statement("Of tomorrow", bill=bill, date=date(2026, 3, 11))
    make_statement("Of today", bill=bill, date=date(2026, 3, 10))
    feed = client.get(address(bill)).content.decode()
    assert "PASSED_ASSEMBLY" not in feed
    assert "passed assembly" not in feed
    assert "Of tomorrow" not in feed
    assert "Of today" in feed


def test_an_ended_bill_that_came_to_us_when_it_was_over_tells_how_it_ended(client):
    day = date(2018, 1, 3)
    bill = make_bill(
        "S9003", outcome="died", ended_on=date(2018, 12, 31), status_committee="Finance",
        status_chamber="senate", status_date=day, last_action_on=day,
    )  # fmt: skip
    titles = told(feed_of(client, address(bill)), "title")
    assert titles == [
        "S9003: Died in the Senate Finance Committee when the session ended on December 31, 2018"
    ]


def test_what_people_wrote_stands_escaped_and_without_what_xml_cannot_hold(client):
    harm = "<script>alert(1)</script> & \x0b\x08 \u202eבית"
    bill = make_bill("S9004", title=harm)
    make_statement(
        f"Harm {harm}", slug="harm", bill=bill, speaker=harm, says=harm, stance="opposes", publisher=harm
    )
    feed = feed_of(client, address(bill))
    assert "<script" not in told(feed, "content")[0]
    assert "&lt;script&gt;" in told(feed, "content")[0]
    assert "<script>alert(1)</script> &  " in told(feed, "title")[0]


def test_a_statement_tells_who_spoke_and_whether_word_for_word(client):
    bill = make_bill("S9005")
    make_statement(
        "Exact", bill=bill, speaker="Ana Example", says="My words.", stance="supports", correction="Oops."
    )
    make_statement("Roughly", bill=bill, speaker="Ana Example", says="In our words.", verbatim=False)
    exact, roughly = sorted(told(feed_of(client, address(bill)), "content"), key=len, reverse=True)
    assert "<blockquote>My words.</blockquote>Word for word: Ana Example" in exact
    assert "Ana Example supports the bill." in exact
    assert "Correction: Oops." in exact
    assert "In our words.<br>In substance, in our words: Ana Example" in roughly


def test_an_unpublished_bill_or_statement_is_in_no_feed(client):
    issue = Issue.objects.create(slug="housing", name="Housing")
    person = make_person()
    hidden = make_bill("S9006", is_published=False, title="Hidden bill", last_action_on=date(2018, 1, 1))
    draft = make_statement("Draft said", bill=hidden, speaker="Ana Example", person=person, state="draft")
    hidden.issues.add(issue)
    draft.issues.add(issue)
    Sponsorship.objects.create(bill=hidden, kind="prime", position=0, name_as_written="X", person=person)
    assert client.get(address(hidden)).status_code == 404
    for path in (reverse("bills:issue-feed", args=["housing"]), reverse("person-feed", args=[person.slug])):
        content = client.get(path).content.decode()
        assert "S9006" not in content
        assert "Draft said" not in content
        assert "<entry>" not in content


def test_a_statement_has_one_name_in_every_feed_and_keeps_it_when_staff_edit_it(client):
    issue, person = Issue.objects.create(slug="housing", name="Housing"), make_person()
    bill = make_bill("S9008")
    said = make_statement("She said", bill=bill, speaker="Ana Example", person=person)
    said.issues.add(issue)

    def names() -> list[str]:
        feeds = (
            reverse("statements:list_atom"), reverse("bills:issue-feed", args=["housing"]),
            reverse("person-feed", args=[person.slug]), address(bill),
        )  # fmt: skip
        return [name for path in feeds for name in told(feed_of(client, path), "id") if ":statement/" in name]

    before = names()
    assert len(before) == 4
    assert len(set(before)) == 1
    Statement.objects.update(title="She has said", slug="she-has-said", date=date(2016, 2, 6))
    assert names() == before


def test_a_bill_has_one_name_in_every_feed(client):
    bill = make_bill("S9009", last_action_on=date(2018, 1, 3))
    feed = feed_of(client, address(bill))
    assert told(feed_of(client, reverse("bills:list_atom")), "id") == [feed.findtext("a:id", namespaces=ATOM)]


def test_lists_hold_what_is_dated_in_days_to_come_as_other_feeds_do(client):
    make_bill("S9010", last_action_on=date(2026, 3, 11))
    make_bill("S9011", last_action_on=date(2026, 3, 10))
    make_bill("S9012")
    make_statement("Of tomorrow", date=date(2026, 3, 11))
    make_statement("Of today", date=date(2026, 3, 10))
    make_statement("Of no day", date=None)
    bills = told(feed_of(client, reverse("bills:list_atom")), "title")
    assert sorted(title.split(":")[0] for title in bills) == ["S9011", "S9012"]
    statements = told(feed_of(client, reverse("statements:list_atom")), "title")
    assert sorted(statements) == ["Press release: Of no day", "Press release: Of today"]


def test_what_is_held_takes_no_place_of_what_is_told(client):
    for number in range(50):
        make_bill(f"S{9200 + number}", last_action_on=date(2026, 3, 11))
        make_statement(f"Of tomorrow {number}", date=date(2026, 3, 11))
    make_bill("S9013", last_action_on=date(2026, 3, 10))
    make_statement("Of today", date=date(2026, 3, 10))
    for view in ("bills:list_atom", "statements:list_atom"):
        assert len(told(feed_of(client, reverse(view)), "id")) == 1


def test_an_entry_of_the_list_of_statements_says_whether_it_was_retold_or_corrected(client):
    make_statement(
        "She said", bill=make_bill("S9014"), is_retold=True, correction="The day was wrong.",
        source_url="https://example.org/said", speaker="Ana Example",
    )  # fmt: skip
    (content,) = told(feed_of(client, reverse("statements:list_atom")), "content")
    assert "Retold in our words." in content
    assert "Correction: The day was wrong." in content
    assert 'href="https://example.org/said"' in content
    assert "About S9014." in content


def test_an_entry_of_the_list_of_bills_tells_what_other_feeds_tell(client):
    make_bill(
        "S9015", source="open_legislation", official_url="https://example.org/S9015",
        last_action_on=date(2018, 1, 3),
    )  # fmt: skip
    (content,) = told(feed_of(client, reverse("bills:list_atom")), "content")
    assert "Where it stands now: " in content
    assert 'href="https://example.org/S9015"' in content


def test_feeds_of_issue_and_person_hold_bills_that_moved_and_what_was_said(client):
    issue, person = Issue.objects.create(slug="housing", name="Housing"), make_person()
    bill = make_bill("S9007", status_date=date(2018, 1, 3), last_action_on=date(2018, 1, 3))
    said = make_statement("She said", bill=bill, speaker="Ana Example", person=person)
    bill.issues.add(issue)
    said.issues.add(issue)
    Sponsorship.objects.create(bill=bill, kind="prime", position=0, name_as_written="EXAMPLE", person=person)
    for path in (reverse("bills:issue-feed", args=["housing"]), reverse("person-feed", args=[person.slug])):
        feed = feed_of(client, path)
        moved, spoken = told(feed, "title")
        assert moved.startswith("S9007: ")
        assert spoken == "Press release: She said"
    page = client.get(bill.get_absolute_url()).content.decode()
    assert f'type="application/atom+xml" href="http://127.0.0.1:8000{address(bill)}"' in page
    assert "feed.atom" in client.get(person.get_absolute_url()).content.decode()
    assert "feed.atom" in client.get(issue.get_absolute_url()).content.decode()


def test_a_feed_is_short_costs_at_most_four_questions_and_is_not_sent_twice(
    client, django_assert_max_num_queries
):
    issue, person = Issue.objects.create(slug="housing", name="Housing"), make_person()
    bill = followed_bill()
    for number in range(60):
        other = make_bill(f"S{9100 + number}", last_action_on=date(2018, 1, 3))
        other.issues.add(issue)
        Sponsorship.objects.create(bill=other, kind="co", position=1, name_as_written="X", person=person)
        said = make_statement(f"Said {number}", bill=bill, speaker="Ana", person=person)
        said.issues.add(issue)
        Change.objects.create(
            bill=bill, fact="title", after=f"T{number}", source="records", found_at=NOW - timedelta(hours=number)
        )  # fmt: skip
    for path in (
        address(bill), reverse("bills:issue-feed", args=["housing"]), reverse("person-feed", args=[person.slug]),
    ):  # fmt: skip
        with django_assert_max_num_queries(4):
            answer = client.get(path)
        assert len(ElementTree.fromstring(answer.content).findall("a:entry", ATOM)) == 50
        assert "public" in answer["Cache-Control"]
        assert not answer.cookies
        assert client.get(path, headers={"if-none-match": answer["ETag"]}).status_code == 304


def test_an_empty_feed_is_a_feed_and_does_not_change_by_itself(client, time_machine):
    person = make_person()
    path = reverse("person-feed", args=[person.slug])
    first = client.get(path)
    time_machine.move_to("2026-03-12T12:00:00-04:00")
    assert client.get(path, headers={"if-none-match": first["ETag"]}).status_code == 304


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/bills/ny/2017/s9999/feed.atom", 404),
        ("/bills/ny/2017/nonsense/feed.atom", 404),
        ("/bills/xx/2017/s1/feed.atom", 404),
        ("/issues/none/feed.atom", 404),
        ("/sponsors/nobody/feed.atom", 404),
    ],
)
def test_what_is_not_there_has_no_feed(client, path, status):
    assert client.get(path).status_code == status


def test_a_feed_in_another_spelling_leads_to_the_one_and_takes_no_post(client):
    bill = followed_bill()
    answer = client.get("/bills/ny/2026/S.09001-A/feed.atom?x=1")
    assert (answer.status_code, answer["Location"]) == (301, f"{address(bill)}?x=1")
    assert client.post(address(bill)).status_code == 405
