"""The page that compares two prints of a bill, and how prints are shown on the bill's own page."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bills.models import Bill, PrintText
from bills.pages.provenance import origins_of
from bills.providers.base import PrintLine, SponsorLine
from bills.refresh import store
from tests.factories import lines, make_bill, make_snapshot, make_statement
from tests.reading import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reading_in_march_2026")]

NOW = datetime(2026, 3, 10, 16, tzinfo=UTC)
ORIGINAL = PrintLine(
    "",
    date(2025, 1, 16),
    title="Relates to lanterns",
    act_clause="AN ACT to amend the lantern law, in relation to lamps",
    law_section="Lantern Law",
    laws=(("add", "LAN12-A"), ("amend", "LAN9")),
    sponsors=(SponsorLine("Ana Example"), SponsorLine("Bo Birch")),
    text="Section 1. Every lantern shall be lit at dusk.\n\nS 2. This act shall take effect immediately.",
)
AMENDED = PrintLine(
    "A",
    date(2025, 3, 4),
    title="Relates to lanterns and ferries",
    act_clause="AN ACT to amend the lantern law, in relation to lamps and ferries",
    law_section="Lantern Law",
    laws=(("add", "LAN12-A"), ("repeal", "LAN10")),
    sponsors=(SponsorLine("Ana Example"), SponsorLine("Cy Cedar")),
    text="Section 1. Every lantern shall be lit at noon.\n\nS 2. This act shall take effect immediately.",
)


def make(*prints: PrintLine, **stated) -> Bill:
    snapshot = make_snapshot(
        "S9001", lines("2025-01-16 senate REFERRED TO CODES"), session=2025, prints=prints,
        official_url="https://example.org/s9001", active_amendment=prints[-1].letter, **stated,
    )  # fmt: skip
    return store(snapshot, source="records", now=NOW).bill


def compare(client, bill: Bill, query: str = "", status: int = 200) -> str:
    answer = client.get(f"{bill.get_absolute_url()}compare/{query}")
    assert answer.status_code == status
    return text_of(answer)


def test_two_prints_are_compared_in_every_part(client):
    page = compare(client, make(ORIGINAL, AMENDED), "?from=original&to=A")
    assert "Only in: Print A Repeals LAN10" in page
    assert "Only in: Original print Amends LAN9" in page
    assert "Relates to lanterns added: and ferries" in page
    assert "Lantern Law The same in both." in page
    assert "Only in: Print A Cy Cedar" in page
    assert "Only in: Original print Bo Birch" in page
    assert "Every lantern shall be lit at removed: dusk. added: noon." in page
    assert "1 paragraph unchanged" in page


def test_additions_and_removals_are_elements_and_not_colours_alone(client):
    bill = make(ORIGINAL, AMENDED)
    html = client.get(f"{bill.get_absolute_url()}compare/").content.decode()
    assert '<ins><span class="for-readers">added: </span>noon.</ins>' in html
    assert '<del><span class="for-readers">removed: </span>dusk.</del>' in html


def test_without_a_choice_the_print_in_force_is_compared_with_the_one_before(client):
    bill = make(ORIGINAL, AMENDED, replace(AMENDED, letter="B", sponsors=()))
    page = compare(client, bill)
    assert "Only in: Print A" in page
    assert page == compare(client, bill, "?from=a&to=b")


def test_prints_can_be_compared_backwards_and_with_themselves(client):
    bill = make(ORIGINAL, AMENDED)
    assert "removed: noon. added: dusk." in compare(client, bill, "?from=A&to=original")
    assert "Both are the same print." in compare(client, bill, "?from=A&to=A")


def test_where_we_hold_no_text_it_says_so_and_leads_to_the_official_page(client):
    bill = make(PrintLine(""), AMENDED)
    page = compare(client, bill)
    assert "We do not hold the text of both prints" in page
    assert "Not here: Original print" in page
    assert "Our source does not list the sections for both prints." in page
    html = client.get(f"{bill.get_absolute_url()}compare/").content.decode()
    assert 'href="https://example.org/s9001"' in html


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        (replace(ORIGINAL, sponsors=None), AMENDED, "We hold no list of co-sponsors of: Original print"),
        (ORIGINAL, replace(AMENDED, sponsors=None), "We hold no list of co-sponsors of: Print A"),
        (PrintLine(""), PrintLine("A"), "Our source does not tell who stands on which print."),
    ],
)
def test_co_sponsors_of_a_print_whose_list_we_do_not_hold_are_not_told_as_come_or_gone(
    client, first, second, told
):
    page = compare(client, make(first, second))
    assert told in page
    for name in ("Ana Example", "Bo Birch", "Cy Cedar"):
        assert name not in page


def test_a_print_that_its_source_says_names_nobody_is_compared(client):
    page = compare(client, make(replace(ORIGINAL, sponsors=()), AMENDED))
    assert "Only in: Print A Ana Example, Cy Cedar" in page


def test_a_list_that_an_earlier_answer_told_stays_when_a_later_one_says_nothing(client):
    make(ORIGINAL, AMENDED)
    page = compare(client, make(replace(ORIGINAL, sponsors=None), replace(AMENDED, title="Relates to more")))
    assert "Only in: Original print Bo Birch" in page


def test_a_text_that_was_cut_says_so(client):
    bill = make(ORIGINAL, AMENDED)
    PrintText.objects.filter(letter="A").update(is_cut=True)
    assert "only the beginning of at least one of these texts" in compare(client, bill)


def test_a_bill_of_one_print_has_nothing_to_compare(client):
    assert "nothing to compare" in compare(client, make(ORIGINAL))
    assert "nothing to compare" in compare(client, make_bill("S9002"))


@pytest.mark.parametrize(
    "query",
    ["?from=AA", "?to=1", "?from=%00", "?to=%D8%A7", "?to=<script>", "?from=" + "A" * 3000, "?to=%C3%84"],
)
def test_nonsense_letters_are_refused_in_words(client, query):
    page = compare(client, make(ORIGINAL, AMENDED), query, status=400)
    assert "A print is named by one letter" in page
    assert "<script>" not in page


def test_a_print_that_the_bill_does_not_have_is_not_found_in_words(client):
    page = compare(client, make(ORIGINAL, AMENDED), "?from=A&to=Q", status=404)
    assert "This bill has no print of that letter." in page


def test_other_spellings_lead_to_the_canonical_address_and_keep_the_choice(client):
    make(ORIGINAL, AMENDED)
    answer = client.get("/bills/ny/2026/S9001A/compare/?from=A&to=original")
    assert answer.status_code == 301
    assert answer["Location"] == "/bills/ny/2025/s9001/compare/?from=A&to=original"


def test_drafts_unknown_bills_and_posts_are_refused(client):
    bill = make(ORIGINAL, AMENDED)
    address = f"{bill.get_absolute_url()}compare/"
    assert client.post(address).status_code == 405
    assert client.get("/bills/ny/2025/s1/compare/").status_code == 404
    Bill.objects.update(is_published=False)
    assert client.get(address).status_code == 404


def test_texts_and_titles_of_a_source_are_harmless(client):
    evil = PrintLine("A", title="<script>x</script>", laws=(("add", "<b>"),), text="<script>y</script>")
    html = client.get(f"{make(ORIGINAL, evil).get_absolute_url()}compare/").content.decode()
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_the_comparison_takes_three_queries(client, django_assert_num_queries):
    bill = make(ORIGINAL, AMENDED)
    with django_assert_num_queries(3):
        client.get(f"{bill.get_absolute_url()}compare/")


# --- on the bill's page


def test_the_bills_page_leads_to_the_comparisons(client):
    bill = make(ORIGINAL, AMENDED, PrintLine("B"))
    html = client.get(bill.get_absolute_url()).content.decode()
    assert "compare/?from=original&amp;to=A" in html
    assert "compare/?from=A&amp;to=B" in html
    page = text_of(client.get(bill.get_absolute_url()))
    assert "Print B in force" in page


def test_a_statement_about_an_earlier_print_is_marked(client):
    bill = make(ORIGINAL, AMENDED, PrintLine("B", date(2025, 6, 1)))
    make_statement("Of A", bill=bill, amendment="A", date=date(2025, 3, 9))
    make_statement("Of none", bill=bill, date=date(2025, 5, 31))
    make_statement("Of B", bill=bill, amendment="B", date=date(2025, 6, 9))
    page = text_of(client.get(bill.get_absolute_url()))
    assert page.count("About an earlier print") == 2
    assert "Names no print. Print B, the latest, came later, on June 1, 2025." in page


def test_every_fact_has_a_row_that_tells_where_it_is_from(client):
    bill = make(
        ORIGINAL, AMENDED, sponsors=("Ana Example",), plain_summary="Lights lanterns.", short_name="L"
    )
    html = client.get(bill.get_absolute_url()).content.decode()
    for key in ("status", "title", "plain_summary", "committee", "sponsors", "prints"):
        assert f'href="#from-{key}"' in html
        assert html.count(f'id="from-{key}"') == 1
    page = text_of(client.get(bill.get_absolute_url()))
    assert "Computed by us from the 1 line of the record." in page
    assert "Taken from the official page into our records by hand." in page


def test_what_staff_wrote_is_said_to_be_theirs():
    bill = make(ORIGINAL, title="Ours")
    bill.edited_fields = ["title"]
    bill.source = "open_legislation"
    found = origins_of(bill, actions=3, has_ended=False, held=[("title", "Title"), ("sponsors", "Sponsors")])
    assert (found["title"].source, "staff" in found["title"].method) == ("Passage", True)
    assert found["sponsors"].source == "New York Senate Open Legislation"
    assert "data service" in found["sponsors"].method
    assert "3 lines" in found["status"].method


@pytest.mark.parametrize("source", ["", "ny_mirror", "nobody"])
def test_any_source_has_a_name_and_a_method(source):
    bill = make(ORIGINAL)
    bill.source, bill.source_url, bill.official_url = source, "javascript:alert(1)", ""
    row = origins_of(bill, actions=0, has_ended=True, held=[("title", "Title")])["title"]
    assert row.source
    assert row.method
    assert row.address == ""
    assert row.tip
