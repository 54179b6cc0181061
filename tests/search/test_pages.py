"""The search page, what is offered while somebody types, and what anybody may send."""

from __future__ import annotations

from datetime import date
from xml.etree import ElementTree

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bills.models import Issue, Sponsorship
from statements.search.vocabulary import did_you_mean, gather_words
from tests.factories import make_bill, make_person, make_statement
from tests.reading import text_of

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


def ask(client, query: str, **more):
    return client.get(reverse("search"), {"q": query}, **more)


def offered(client, query: str) -> str:
    return client.get(reverse("suggest"), {"q": query}).content.decode()


@pytest.fixture
def one_of_each():
    """A bill, a person, an issue and a statement about lanterns."""
    bill = make_bill("S4075", short_name="Lanterns for All Act", last_action_on=date(2017, 2, 2))
    make_person("Lantern Serrano", aliases=["Pepé Serrano"])
    Issue.objects.create(slug="lanterns", name="Lanterns", description="All that shines.")
    make_statement("Lanterns now", bill=bill, body="We ask for lanterns.\n\nAnd for ferries.")
    return bill


# --- the page


def test_one_box_finds_bills_people_issues_and_statements_in_groups(client, one_of_each):
    html = ask(client, "lanterns").content.decode()
    page = text_of(ask(client, "lanterns"))
    issues = page.index("Issues", page.index("1 bill"))  # raises where the groups stand in another order
    assert "1 statement" in page[issues:]
    assert one_of_each.get_absolute_url() in html
    assert "<mark>Lanterns</mark> for All Act" in html
    assert "We ask for <mark>lanterns</mark>" in html
    assert reverse("bills:issue", args=["lanterns"]) in html
    assert "1 person" in text_of(ask(client, "lantern serrano"))


def test_a_group_that_holds_more_than_is_shown_leads_to_the_whole_list_with_the_same_words(client):
    for number in range(8):
        make_bill(f"S{100 + number}", title="Relates to lanterns & ferries")
        make_statement(f"Lanterns {number}")
    html = ask(client, "lanterns").content.decode()
    assert html.count('class="found-bill') == 6
    assert f'href="{reverse("bills:list")}?q=lanterns"' in html
    assert f'href="{reverse("statements:list")}?q=lanterns"' in html
    answer = client.get(reverse("bills:list"), {"q": "lanterns"})
    assert "8 bills" in text_of(answer)


@pytest.mark.parametrize("query", ["S4075", "s.04075-A", "S 4075", "2017-S4075"])
def test_a_number_in_any_spelling_goes_straight_to_its_bill(client, one_of_each, query):
    answer = client.get(reverse("search"), {"q": query}, follow=True)
    assert answer.redirect_chain[-1][0] == one_of_each.get_absolute_url()


def test_an_empty_search_says_what_can_be_searched(client):
    for query in ("", "   "):
        answer = ask(client, query)
        assert answer.status_code == 200
        assert "What can be searched" in text_of(answer)


def test_nothing_found_is_said_and_leads_on(client):
    page = text_of(ask(client, "lanterns"))
    assert "Nothing of ours has all the words of “lanterns”." in page
    assert "Try fewer or other words" in page


@pytest.mark.parametrize("query", ["\"lanterns' \x00", "x" * 201, "S" * 100_000])
def test_an_unusable_search_is_refused_in_words(client, query):
    answer = ask(client, query)
    assert answer.status_code == 400
    assert "We cannot search for that" in text_of(answer)
    assert client.get(reverse("suggest"), {"q": query}).status_code == 400


def test_what_was_typed_is_never_markup(client):
    html = ask(client, "<script>alert(1)</script> \"'><img src=x>").content.decode()
    assert "<script>alert" not in html
    assert "<img" not in html
    assert "&lt;script&gt;alert(1)" in html


def test_nothing_may_be_sent_here(client):
    for name in ("search", "suggest"):
        assert client.post(reverse(name), {"q": "lanterns"}).status_code == 405


def test_the_page_takes_four_questions_for_a_misspelt_word_too(client, django_assert_num_queries):
    for number in range(20):
        bill = make_bill(f"S{100 + number}", title="Relates to lanterns", sponsor_memo="lanterns " * 50)
        make_statement(f"Lanterns {number}", bill=bill, body="lanterns " * 50)
        make_person(f"Lanterns {number}")
    with django_assert_num_queries(4):
        answer = ask(client, "lanterns")
    assert text_of(answer).count("In its text") == 0
    with django_assert_num_queries(4):
        ask(client, "lanterms")


# --- people


@pytest.mark.parametrize("query", ["serrano", "SERR", "pepe", "Pepé Serrano", "lantern serr"])
def test_a_person_is_found_by_any_beginning_of_a_name_or_alias(client, one_of_each, query):
    assert "Lantern Serrano" in text_of(ask(client, query))


@pytest.mark.parametrize("query", ["errano", "serrano smith", "%", r"\m"])
def test_a_person_is_not_found_by_the_middle_of_a_word(client, one_of_each, query):
    assert reverse("sponsors:detail", args=["lantern-serrano"]) not in ask(client, query).content.decode()


def test_hyphens_and_apostrophes_part_names_and_whoever_carries_a_bill_comes_first(client):
    make_person("Ann D’Urso")
    carrier = make_person("Zoe Hoylman-Durso")
    Sponsorship.objects.create(
        bill=make_bill("S1"), kind="prime", position=0, name_as_written="X", person=carrier
    )
    page = text_of(ask(client, "durso"))
    assert "Zoe Hoylman-Durso" in page
    make_person("Bob Durso")
    page = text_of(ask(client, "durso"))
    assert page.index("Zoe Hoylman-Durso") < page.index("Bob Durso")


# --- did you mean


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("imigration", "immigration"),
        ("Sanctuery cityes", "sanctuary cities"),
        ('"sanctuery cities" -bail', '"sanctuary cities" -bail'),
        ("serano", "serrano"),
        ("inmigrasion", "inmigracion"),
        ("immigration", ""),
        ("bail", ""),
        ("qqqqqqqqq", ""),
        ("", ""),
    ],
)
def test_a_misspelt_word_is_put_as_the_one_that_it_is_most_like(asked, meant):
    make_bill("S1", title="Relates to immigration and sanctuary cities", short_name="Ley de inmigración")
    make_person("José Serrano")
    gather_words()
    assert did_you_mean(asked) == meant


def test_did_you_mean_is_asked_only_where_little_is_found(client, django_assert_max_num_queries):
    for number in range(4):
        make_bill(f"S{100 + number}", title="Relates to immigration & sanctuary")
    gather_words()
    html = ask(client, "imigration").content.decode()
    assert f'<a href="{reverse("search")}?q=immigration">immigration</a>' in html
    assert "Did you mean" not in ask(client, "immigration").content.decode()


def test_words_of_people_whom_only_hidden_bills_and_drafts_name_are_not_offered():
    draft = make_person("Zenobia Quillfeather")
    carrier = make_person("Xanthippe Underbough", slug="carrier")
    make_statement("Draft", speaker="Zenobia Quillfeather", person=draft, state="draft")
    hidden = make_bill("S1", is_published=False, title="Relates to marmalades")
    Sponsorship.objects.create(bill=hidden, kind="prime", position=1, name_as_written="X", person=carrier)
    make_person("Seated Featherstone", terms=(("ny", "senate"),))
    gather_words()
    for asked in ("quilfeather", "underbouh", "marmelades"):
        assert did_you_mean(asked) == ""
    assert did_you_mean("fetherstone") == "featherstone"
    hidden.is_published = True
    hidden.save()
    gather_words()
    assert did_you_mean("underbouh") == "underbough"


def test_words_that_went_are_forgotten():
    bill = make_bill("S1", title="Relates to lanterns")
    gather_words()
    assert did_you_mean("lantrns") == "lanterns"
    bill.delete()
    gather_words()
    assert did_you_mean("lantrns") == ""


# --- while somebody types


def test_all_kinds_are_offered_grouped_and_never_more_than_eight(client, one_of_each):
    html = offered(client, "lant")
    for kind in ("Bills", "People", "Issues", "Statements"):
        assert f'role="group" aria-label="{kind}"' in html
    assert html.count('role="option"') == 4
    for number in range(20):
        make_bill(f"S{100 + number}", title="Relates to lanterns")
        make_statement(f"Lanterns {number}")
        make_person(f"Lanternia {number}")
    html = offered(client, "lant")
    assert html.count('role="option"') == 8
    assert 'data-total="8"' in html


@pytest.mark.parametrize("query", ["S4075", "s.4075", "4075", "s40", "407", "lanterns f", "inmi", "Lanternş"])
def test_a_bill_is_offered_by_number_or_the_beginning_of_a_word(client, query):
    bill = make_bill("S4075", short_name="Lanterns for inmigración")
    assert bill.get_absolute_url() in offered(client, query)


@pytest.mark.parametrize("query", ["", "l", "!!", "'", "\u202e", "zzzz"])
def test_too_little_or_nothing_offers_nothing(client, one_of_each, query):
    answer = client.get(reverse("suggest"), {"q": query})
    assert answer.status_code == 200
    assert 'role="option"' not in answer.content.decode()


def test_a_draft_is_not_offered(client):
    make_bill("S4075", short_name="Lanterns", is_published=False)
    make_statement("Lanterns", state="draft")
    assert 'role="option"' not in offered(client, "lanterns")


def test_offers_are_escaped_may_be_kept_for_a_minute_and_set_no_cookie(client):
    make_bill("S1", short_name='<img src=x onerror="alert(1)"> lanterns')
    answer = client.get(reverse("suggest"), {"q": "lant"})
    assert "<img" not in answer.content.decode()
    assert answer["Cache-Control"] in ("public, max-age=60", "max-age=60, public")
    assert not answer.cookies


def test_offers_take_eight_questions_at_most(client, one_of_each, django_assert_max_num_queries):
    for query in ("lant", "S4075", "pepe"):
        with django_assert_max_num_queries(8):
            offered(client, query)


# --- anything at all


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.text(max_size=210)
    | st.text("\"-|&!():*<>'\\%_ \x00\u202e\ue000aż1", max_size=40)
    | st.lists(
        st.sampled_from(['"', "-", "or", "OR", "the", "bail", "S40", "'", ":*", "<->", "é"]), max_size=12
    ).map(" ".join)
)
@example("a" * 200)
@example("((((((((((" * 20)
@example("foo:* & !bar | <2> baz")
@example("مشروع \u202bقانون\u202c")
@example("-" * 200)
@example("\\")
@example("İ ß ﬁ ŉ")
def test_any_text_is_answered_or_refused_and_never_breaks(client, one_of_each, query):
    for name in ("search", "suggest", "bills:go"):
        assert client.get(reverse(name), {"q": query}).status_code in (200, 302, 400, 404), (name, query)
    for name in ("bills:list", "statements:list"):
        assert client.get(reverse(name), {"q": query}, follow=True).status_code == 200, (name, query)


def test_a_search_can_be_followed_in_a_feed_reader(client, time_machine):
    time_machine.move_to("2026-03-10T12:00:00-04:00")
    make_bill("S1", year=2025, title="Relates to lantern festivals", last_action_on=date(2026, 2, 1))
    make_bill("S2", year=2025, title="Relates to kites", last_action_on=date(2026, 2, 2))
    make_bill("S3", year=2025, title="Relates to lantern oil", last_action_on=date(2026, 12, 1))
    make_statement("Lanterns for all", date=date(2026, 2, 3))
    page = client.get("/search/?q=lanterns&utm_source=x").content.decode()
    assert page.count('href="/search/feed.atom?q=lanterns"') == 1
    assert 'type="application/atom+xml" href="http://127.0.0.1:8000/search/feed.atom?q=lanterns"' in page
    answer = client.get("/search/feed.atom?q=lanterns")
    feed = ElementTree.fromstring(answer.content)
    titles = [entry.findtext(f"{ATOM}title") for entry in feed.findall(f"{ATOM}entry")]
    assert len(titles) == 2, "what is dated in days to come is held"
    assert any("lantern festivals" in title for title in titles)
    assert any("Lanterns for all" in title for title in titles)
    assert "application/atom+xml" in answer["Content-Type"]
    assert feed.findtext(f"{ATOM}title") == "Search for lanterns"
    assert (
        client.get("/search/feed.atom?q=lanterns", headers={"if-none-match": answer["ETag"]}).status_code
        == 304
    )


def test_the_feed_of_a_number_is_that_bill_s_and_of_nothing_a_reason(client):
    make_bill("S1", year=2025, last_action_on=date(2026, 2, 1))
    feed = ElementTree.fromstring(client.get("/search/feed.atom?q=s.1").content)
    assert len(feed.findall(f"{ATOM}entry")) == 1
    for query in ("", "?q=", "?q=%00", f"?q={'x' * 500}"):
        answer = client.get(f"/search/feed.atom{query}")
        assert answer.status_code == 400, query
        assert answer["Content-Type"] == "text/plain; charset=utf-8"
        assert len(answer.content) > 20
    for query in ("<script>", '"', "-", "الهجرة", "'; --"):
        answer = client.get("/search/feed.atom", {"q": query})
        assert answer.status_code == 200, query
        ElementTree.fromstring(answer.content)
    assert "Búsqueda" in client.get("/es/search/feed.atom?q=linternas").content.decode()
