"""Which bills a name carries: by address, by any part of a name, by what a record wrote, and nothing else."""

from __future__ import annotations

from datetime import date

import pytest
from django.db.models import Q
from django.http import QueryDict
from django.utils.text import slugify
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from bills.filters import BillFilter
from bills.models import Bill, Sponsorship
from sponsors.models import Person
from tests.factories import make_bill, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reading_in_march_2026")]


def carried(bill: Bill, person: Person | None = None, written: str = "", **fields) -> Bill:
    Sponsorship.objects.create(
        bill=bill,
        person=person,
        name_as_written=written or (person.name if person else ""),
        kind="co",
        position=1,
        **fields,
    )
    return bill


def found(name: str) -> list[str]:
    """As the QuerySet finds them; fails where the prepared question of lists finds others."""
    asked = QueryDict(mutable=True)
    asked["sponsor"] = name
    listing = BillFilter(asked, queryset=Bill.objects.published())
    bills = Bill.objects.carried_by(name).order_by("slug")
    assert sorted(listing.found or []) == sorted(bill.pk for bill in bills)
    return [bill.base_print_no for bill in bills]


def test_an_address_is_that_person_alone_and_part_of_a_name_is_everybody_s():
    ana, anabel = make_person("Ana Example"), make_person("Anabel Example Ortiz")
    carried(make_bill("S1"), ana)
    carried(make_bill("S2"), anabel)
    carried(make_bill("S3"), ana, withdrawn_on=date(2017, 6, 1))
    make_bill("S4")
    assert found("ana-example") == ["S1"]
    assert found("example") == ["S1", "S2"]
    assert found("Ortiz, Anabel") == ["S2"]
    assert found("Ána") == ["S1", "S2"]
    assert found("ana nobody") == []


def test_a_name_that_nobody_of_ours_has_is_looked_for_as_it_was_written():
    carried(make_bill("S1"), None, 'RIVERA (by request) 100%_\\ {"a",b}\'')
    carried(make_bill("S2"), make_person("Gia Rivera"))
    assert found("rivera") == ["S1", "S2"]
    assert found("(by request)") == ["S1"]
    assert found("100%_\\") == ["S1"]
    assert found('{"a",b}\'') == ["S1"]
    for pattern in ("%", "_", "1%_", "\\"):
        assert found(pattern) == (["S1"] if pattern in "100%_\\" else []), pattern


@pytest.mark.parametrize("name", ["¿?", "١٢٣", "{}", '""', "NULL", "a" * 100, "-", "--", "\u202eana"])
def test_what_is_no_name_finds_nothing_and_breaks_nothing(name):
    carried(make_bill("S1"), make_person("Bo Sponsor"))
    assert found(name) == []


class AnyName(TestCase):
    """The definition once more, in plain words, beside whatever somebody may type."""

    NAMES = ("Ana Example", "Ana_Lucía O'Hara", "B%b Sponsor")

    def setUp(self):
        for name in self.NAMES:
            carried(make_bill(), make_person(name, slug=slugify(name)))
            carried(make_bill(), None, f"{name}, of the record")

    @settings(max_examples=60, deadline=None)
    @given(
        st.one_of(
            st.text(
                st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1, max_size=12
            ),
            st.sampled_from(
                ["ana", "ana-example", "b%b", "ana_lucia-ohara", "sponsor b", "of the record", "O'Hara"]
            ),
        )
    )
    def test_any_text(self, name):
        if words := [word for word in slugify(name).split("-") if word]:
            exact = Person.objects.filter(slug=name)
            people = exact or [one for one in Person.objects.all() if all(word in one.slug for word in words)]
        else:
            people = []
        wanted = Q(sponsorships__person__in=list(people)) | Q(
            sponsorships__person=None, sponsorships__name_as_written__icontains=name
        )
        expected = {bill.pk for bill in Bill.objects.filter(wanted)}
        assert {bill.pk for bill in Bill.objects.carried_by(name)} == expected
