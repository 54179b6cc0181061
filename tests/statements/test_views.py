"""Statements: the list and one statement's page."""

from __future__ import annotations

from datetime import date

import pytest

from bills.models import Issue
from sponsors.models import Organization
from statements.models import BillMention, Position, Remark, Speaker, Statement
from tests.factories import make_bill, make_person, make_statement
from tests.reading import text_of

pytestmark = pytest.mark.django_db


def titles(client, **query) -> list[str]:
    answer = client.get("/statements/", query)
    assert answer.status_code == 200
    return [statement.title for statement in answer.context["page"]]


def test_the_newest_comes_first_and_the_undated_last(client):
    make_statement("Old", date=date(2011, 1, 1))
    make_statement("Undated", date=None)
    make_statement("New", date=date(2021, 1, 1))
    make_statement("Draft", state="draft")
    assert titles(client) == ["New", "Old", "Undated"]


def test_a_card_tells_kind_day_publisher_speaker_and_bills(client):
    bill = make_bill("S9001")
    hidden = make_bill("S9002", is_published=False)
    statement = make_statement(
        "She speaks", bill=bill, speaker="Ana Example", person=make_person("Ana Example")
    )
    BillMention.objects.create(
        statement=statement, bill=hidden, as_written="S9002", legislature_code="ny", base_print_no="S9002"
    )
    answer = client.get("/statements/")
    page = text_of(answer)
    assert "Press release February 6, 2017, An Office" in page
    assert "Ana Example, Senator" in page
    assert bill.get_absolute_url() in answer.content.decode()
    assert "S9002" not in page


def test_filters_narrow(client):
    letter = make_statement("A letter", kind="letter", date=date(2011, 6, 1), speaker="Bo Other")
    letter.issues.add(Issue.objects.create(slug="detention", name="Detention"))
    make_statement(
        "A release", body="About sanctuary cities.", speaker="Ana Example", person=make_person("Ana Example")
    )
    assert titles(client, kind="letter") == ["A letter"]
    assert titles(client, issue="detention") == ["A letter"]
    assert titles(client, year="2011") == ["A letter"]
    assert titles(client, speaker="ana-example") == ["A release"]
    assert titles(client, speaker="other") == ["A letter"]
    assert titles(client, q="sanctuary city") == ["A release"]
    assert titles(client, q="Ana Example") == ["A release"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("kind", "song"),
        ("issue", "nothing"),
        ("year", "20117"),
        ("year", "-1"),
        ("year", "x"),
        ("year", "1e3"),
        ("year", "9" * 5000),
        ("q", "\x00"),
        ("q", "x" * 201),
        ("speaker", "\x00"),
    ],
)
def test_a_value_nobody_could_choose_is_named_and_ignored(client, field, value):
    make_statement("A letter")
    answer = client.get("/statements/", {field: value})
    assert [statement.title for statement in answer.context["page"]] == ["A letter"]
    assert f'id="id_{field}_error"' in answer.content.decode()


def test_an_empty_list_says_why(client):
    assert "No statements have been loaded yet." in text_of(client.get("/statements/"))
    assert "No statement that we hold fits all of that." in text_of(
        client.get("/statements/", {"q": "nothing"})
    )


def test_the_list_takes_at_most_four_queries(client, django_assert_max_num_queries):
    issue = Issue.objects.create(slug="detention", name="Detention")
    for n in range(40):
        make_statement(f"Speech {n}", bill=make_bill(), speaker="Ana Example").issues.add(issue)
    with django_assert_max_num_queries(4):
        client.get(
            "/statements/", {"page": "2", "q": "speech", "issue": "detention", "kind": "press_release"}
        )


# --- one statement


def page_of(client, statement) -> str:
    answer = client.get(statement.get_absolute_url())
    assert answer.status_code == 200
    return text_of(answer)


def test_a_quotation_is_word_for_word_and_the_rest_is_called_ours(client):
    statement = make_statement("She speaks", speaker="Ana Example", says="These are my words.")
    Remark.objects.create(
        statement=statement,
        speaker=statement.speakers.get(),
        place=2,
        text="She asked for a vote.",
        verbatim=False,
    )
    html = client.get(statement.get_absolute_url()).content.decode()
    assert '<blockquote dir="auto"><p>These are my words.</p></blockquote>' in html
    assert html.count("<blockquote") == 1
    page = page_of(client, statement)
    assert "Word for word These are my words. Ana Example Senator She speaks" in page
    assert "In substance, in our words She asked for a vote." in page


def test_what_the_statement_itself_tells_in_substance_is_not_called_ours(client):
    told = "Senator Example said that she will not accept it."
    for is_retold, label in (
        (False, "In substance, as the statement tells it"),
        (True, "In substance, in our words"),
    ):
        statement = make_statement(
            f"She speaks {is_retold}",
            speaker="Ana Example",
            says=told,
            verbatim=False,
            body=f"One.\n\n{told}",
            is_retold=is_retold,
        )
        assert f"{label} {told}" in page_of(client, statement)


def test_bills_stand_with_their_print_and_where_they_are_now(client):
    bill = make_bill(
        "S9001", active_amendment="B", outcome="died", status_committee="Codes", status_chamber="senate",
        ended_on=date(2018, 12, 31),
    )  # fmt: skip
    statement = make_statement(
        "She speaks", bill=bill, amendment="A", speaker="Ana Example", stance="supports"
    )
    BillMention.objects.create(
        statement=statement,
        as_written="S.9999",
        legislature_code="ny",
        base_print_no="S9999",
        session_year=2017,
    )
    page = page_of(client, statement)
    assert "S9001A chiefly About an earlier print, A. The latest is B." in page
    assert "Died in the Senate Codes Committee when the session ended on December 31, 2018." in page
    assert "S.9999 We do not follow this bill (yet)." in page
    assert "Supports S9001A 2017-2018 Ana Example Senator About an earlier print, A. The latest is B." in page


def test_an_organisations_position_is_shown(client):
    bill = make_bill("S9001")
    statement = make_statement("They oppose", bill=bill)
    union = Organization.objects.create(slug="a-union", name="A Union")
    Position.objects.create(statement=statement, bill=bill, organization=union, stance="opposes")
    assert "Opposes S9001 2017-2018 A Union" in page_of(client, statement)
    assert 'href="/organizations/a-union/"' in client.get(statement.get_absolute_url()).content.decode()


def test_a_position_on_a_hidden_bill_is_not_shown(client):
    statement = make_statement(
        "They oppose", bill=make_bill("S9001", is_published=False), speaker="Ana Example", stance="opposes"
    )
    assert "Where they stand" not in page_of(client, statement)


def test_a_quotation_names_its_source(client):
    statement = make_statement(
        "She speaks", speaker="Ana Example", says="My words.", source_url="https://example.org/original"
    )
    html = client.get(statement.get_absolute_url()).content.decode()
    assert '<blockquote cite="https://example.org/original" dir="auto">' in html
    assert ">She speaks</cite>" in html


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "ftp://example.org/"])
def test_an_original_that_is_no_page_of_the_web_is_not_linked(client, address):
    statement = make_statement("She speaks", speaker="Ana Example", says="Words.", is_retold=True)
    Statement.objects.filter(pk=statement.pk).update(source_url=address)
    answer = client.get(statement.get_absolute_url())
    assert address not in answer.content.decode()
    assert "Its address is not known to us." in text_of(answer)


def test_a_programme_is_explained_in_place_and_one_we_do_not_know_is_only_named(client):
    statement = make_statement(programmes=["Secure Communities", "A Program Nobody Knows"])
    html = client.get(statement.get_absolute_url()).content.decode()
    page = page_of(client, statement)
    assert 'href="/glossary/#secure-communities"' in html
    assert "A federal program, begun in 2008" in page
    assert "A Program Nobody Knows We have no explanation of this one yet." in page


def test_terms_of_the_text_are_explained_though_they_are_no_programmes(client):
    statement = make_statement(body="No one is held on an ICE Detainer without a judicial warrant.")
    page = page_of(client, statement)
    assert "a warrant that a judge has signed" in page.lower()
    assert "hold the person for up to 48 hours longer" in page


def test_a_statement_that_names_no_programme_has_no_explanations(client):
    assert "Programs, orders and terms it names" not in page_of(client, make_statement(body="A speech."))


def test_programmes_issues_and_the_originals_address_are_shown(client):
    statement = make_statement(
        programmes=["Executive Order 41 of 2003"],
        source_url="https://example.org/original",
        body="One.\n\nTwo.",
    )
    statement.issues.add(Issue.objects.create(slug="detention", name="Detention"))
    answer = client.get(statement.get_absolute_url())
    html = answer.content.decode()
    assert "Executive Order 41 of 2003" in html
    assert 'href="/issues/detention/"' in html
    assert 'href="https://example.org/original" rel="external"' in html
    assert "<p>One.</p><p>Two.</p>" in html


def test_a_retold_statement_says_that_the_words_are_ours(client):
    page = page_of(client, make_statement(is_retold=True, body="Retold."))
    assert "Retold in our words." in page
    assert "The summary" in page
    assert "The whole text" not in page


def test_a_correction_stands_above_the_text(client):
    page = page_of(client, make_statement(correction="The date was wrong.", body="Text."))
    assert page.index("Correction The date was wrong.") < page.index("The whole text")


def test_a_dated_correction_says_of_which_day_it_is(client):
    statement = make_statement(correction="The date was wrong.", corrected_on=date(2026, 3, 2))
    assert "Correction of March 2, 2026 The date was wrong." in page_of(client, statement)


def test_what_staff_change_is_what_readers_see(client):
    statement = make_statement("Before")
    Statement.objects.filter(pk=statement.pk).update(title="After")
    assert "After" in page_of(client, statement)


def test_empty_parts_are_told_in_words(client):
    page = page_of(client, make_statement(publisher="", date=None))
    for words in (
        "date not given in the text",
        "It names no bill by number.",
        "The text names no speaker.",
        "Its address is not known to us.",
        "We hold no text of this statement.",
    ):
        assert words in page


def test_text_is_escaped(client):
    statement = make_statement(
        "<script>alert(1)</script>",
        slug="x",
        body="<img src=x>\n\n<b>",
        speaker="<i>",
        says="<script>",
        correction="<u>",
    )
    html = client.get(statement.get_absolute_url()).content.decode()
    for tag in ("<script>", "<img", "<b>", "<i>", "<u>"):
        assert tag not in html


def test_an_address_has_the_year_or_undated(client):
    dated, undated = make_statement("Dated"), make_statement("Undated", date=None)
    assert dated.get_absolute_url() == "/statements/2017/dated/"
    assert undated.get_absolute_url() == "/statements/undated/undated/"
    for address in (
        "/statements/2018/dated/",
        "/statements/undated/dated/",
        "/statements/20/dated/",
        "/statements/2017/a%00/",
    ):
        assert client.get(address).status_code == 404


def test_a_draft_is_not_found(client):
    assert client.get(make_statement(state="draft").get_absolute_url()).status_code == 404


def test_a_statement_takes_a_fixed_number_of_queries(client, django_assert_max_num_queries):
    statement = make_statement("Many speak")
    for n in range(30):
        speaker = Speaker.objects.create(
            statement=statement,
            place=n,
            name_as_written=f"Speaker {n}",
            person=make_person(f"Speaker {n}", slug=f"speaker-{n}"),
        )
        Remark.objects.create(statement=statement, speaker=speaker, place=n, text="Words.", verbatim=True)
        bill = make_bill()
        BillMention.objects.create(
            statement=statement, bill=bill, as_written=f"S{n}", legislature_code="ny", base_print_no="S1"
        )
        Position.objects.create(statement=statement, bill=bill, speaker=speaker, stance="supports")
    with django_assert_max_num_queries(8):
        client.get(statement.get_absolute_url())


def test_facets_of_statements_take_several_values(client):
    bill = make_bill("S9001")
    make_statement("A letter", kind="letter", publisher="Office of Ana", date=date(2011, 6, 1))
    make_statement("A release", bill=bill, speaker="Ana Example", says="We will win.", stance="supports")
    make_statement(
        "A song", kind="news", publisher="Ana, Office of", speaker="Bo", says="So.", verbatim=False
    )
    assert sorted(titles(client, kind=["letter", "news"])) == ["A letter", "A song"]
    assert titles(client, position=["supports", "neutral"]) == ["A release"]
    assert titles(client, quotes="yes") == ["A release"]
    assert sorted(titles(client, year=["2011", "2017"])) == ["A letter", "A release", "A song"]
    assert titles(client, year="1999") == []
    assert sorted(titles(client, publisher=["office-of-ana", "ana-office-of"])) == ["A letter", "A song"]
    assert titles(client, organisation="office of ana") == ["A letter"]
    assert titles(client, bill="S.09001-A") == ["A release"]
    assert titles(client, after="2011-06", before="2011") == ["A letter"]
    assert titles(client, sort="oldest")[0] == "A letter"


def test_positions_on_a_bill_that_nobody_can_see_are_neither_counted_nor_found(client):
    group = Organization.objects.create(slug="example-group", name="Example Group")
    hidden = make_bill("S9002", is_published=False)
    said = make_statement("A release", bill=make_bill("S9001"), speaker="Ana", stance="supports")
    Position.objects.create(statement=said, bill=hidden, organization=group, stance="opposes")
    answer = client.get("/statements/")
    assert answer.context["list"].tally.counts["position"] == {"supports": 1}
    assert titles(client, position="supports") == ["A release"]
    assert titles(client, position="opposes") == []
    assert titles(client, organisation="example group") == []
    hidden.is_published = True
    hidden.save()
    assert titles(client, position="opposes") == titles(client, organisation="example group") == ["A release"]


def test_counts_of_statements_leave_out_their_own_facet(client, django_assert_max_num_queries):
    issue = Issue.objects.create(slug="detention", name="Detention")
    for kind in ("letter", "letter", "news"):
        make_statement(f"A {kind} {Statement.objects.count()}", kind=kind).issues.add(issue)
    make_statement("Another", kind="news")
    with django_assert_max_num_queries(4):
        answer = client.get("/statements/?issue=detention&kind=letter")
    counts = answer.context["list"].tally.counts
    assert counts["kind"] == {"letter": 2, "news": 1}
    assert counts["issue"] == {str(issue.pk): 2}
    assert [chip.words for chip in answer.context["list"].chips] == ["Kind: Letter", "Issue: Detention"]


@pytest.mark.parametrize("ending", ["list.csv", "list.json", "feed.atom"])
def test_the_list_of_statements_can_be_taken_along(client, ending):
    make_statement("A letter", kind="letter", bill=make_bill("S9001"))
    make_statement("A release")
    make_statement("A draft", kind="letter", state="draft")
    answer = client.get(f"/statements/{ending}?kind=letter")
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert b"A letter" in content
    assert b"A release" not in content
    assert b"A draft" not in content
    assert client.get(f"/statements/{ending}?kind=opera").status_code == 400


def test_a_bill_named_that_is_no_number_is_told_and_ignored(client):
    make_statement("A letter")
    answer = client.get("/statements/?bill=liberty")
    assert [statement.title for statement in answer.context["page"]] == ["A letter"]
    assert "This is not the number of a bill; it was ignored." in text_of(answer)
