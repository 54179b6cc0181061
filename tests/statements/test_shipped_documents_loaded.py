"""A fresh site shows the five shipped documents with every fact in its place; the originals load over them."""

from __future__ import annotations

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command

from bills.models import RelatedBill
from statements.models import BillMention, Speaker, Statement

pytestmark = pytest.mark.django_db

SENATORS = {
    "Jeffrey D. Klein", "David Valesky", "Jose Peralta", "Marisol Alcantara", "Tony Avella", "David Carlucci",
    "Jesse Hamilton", "Diane Savino",
}  # fmt: skip
ADVOCATES = {
    "Zachary Ahmad": ("Policy Counsel", "New York Civil Liberties Union"),
    "Murad Awawdeh": ("Executive Director", "New York Immigration Coalition"),
    "Eddie A. Taveras": ("New York State Immigration Director", ""),
    "Mizue Aizeki": ("Interim Executive Director", "Immigrant Defense Project"),
    "Rosa Cohen-Cruz": ("Policy Counsel to the Immigration Practice", "The Bronx Defenders"),
}


@pytest.fixture(params=["shipped", "originals"])
def loaded(request):
    """A database as `make run` fills it, and once more with the originals loaded over it."""
    for command in ("load_roster", "load_records", "load_documents"):
        call_command(command, stdout=StringIO())
    if request.param == "originals":
        shared = request.getfixturevalue("shared")
        call_command("load_documents", shared / "documents", stdout=StringIO())
    return request.param


def statement(words: str) -> Statement:
    return Statement.objects.get(title__icontains=words)


def test_five_statements_whichever_texts_were_loaded(loaded):
    assert Statement.objects.count() == 5
    assert Statement.objects.filter(is_retold=True).count() == (5 if loaded == "shipped" else 0)


def test_the_senators_release_names_the_bill_with_its_print_stage_committee_and_day(loaded):
    found = statement("Dignity For Immigrants")
    assert (found.date, found.primary_speaker.person.slug) == (date(2017, 2, 6), "jose-m-serrano")
    mention = found.bill_mentions.get(is_chief=True)
    assert (mention.bill.base_print_no, mention.amendment, mention.session_year) == ("S4075", "A", 2017)
    assert (mention.stage_stated, mention.committee_stated, mention.stated_since) == (
        "In Committee Senate", "Finance", date(2017, 2, 2),
    )  # fmt: skip


def test_the_coalition_release_has_eight_senators_and_no_bill(loaded):
    found = statement("Immigrant Defense Coalition")
    assert set(found.speakers.values_list("name_as_written", flat=True)) == SENATORS
    assert not found.speakers.filter(person=None).exists()
    assert found.primary_speaker.person.name == "Jeffrey D. Klein"
    assert not found.bill_mentions.exists()


def test_new_york_for_all_has_its_five_speakers_its_pair_of_bills_and_the_end_of_the_session(loaded):
    found = statement("Collusion with ICE")
    speakers = {row.name_as_written: (row.role, row.organization_as_written) for row in found.speakers.all()}
    assert speakers == ADVOCATES
    bills = {row.bill.base_print_no: row.amendment for row in found.bill_mentions.all()}
    assert bills == {"S3076": "A", "A2328": "A"}
    assert RelatedBill.objects.filter(
        kind="same_as", bill__base_print_no="S3076", related__base_print_no="A2328"
    ).exists()
    assert {(event["kind"], event["date"]) for event in found.events} == {
        ("session_closed", "2021-06-10"), ("no_vote", "2021-06-10"),
    }  # fmt: skip


def test_the_letter_has_no_date_and_is_the_congressmans_not_the_senators(loaded):
    found = statement("S-Comm")
    assert (found.kind, found.date) == ("letter", None)
    assert found.primary_speaker.person.slug != "jose-m-serrano"
    assert found.primary_speaker.person.terms.filter(legislature="us").exists()
    assert found.programmes == ["Secure Communities"]


def test_the_councils_resolution_keeps_its_drafting_numbers_and_orders(loaded):
    found = statement("Sanctuary City")
    assert (found.kind, found.date, found.drafting_numbers) == ("resolution", None, ["9714", "9725"])
    assert {"Executive Order 34 of 2003", "Executive Order 41 of 2003", "NYIFUP", "IDNYC"} <= set(
        found.programmes
    )
    assert not BillMention.objects.filter(statement=found).exists()


def test_everybody_who_speaks_is_known(loaded):
    assert not Speaker.objects.filter(person=None).exists()
