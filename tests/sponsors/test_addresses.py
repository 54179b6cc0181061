"""Addresses put together quickly are those that Django puts together."""

from __future__ import annotations

import pytest
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from sponsors import addresses
from sponsors.addresses import path_of

slugs = st.one_of(
    st.from_regex(r"[a-z0-9-]{1,20}", fullmatch=True),
    st.sampled_from(
        ["bills", "people", "es", "ny", "2025", "S4075", "s4075/x", "%s", "%", "año", "a b", "", "x" * 61]
    ),
)


def expected(view: str, named: tuple) -> str | None:
    try:
        return reverse(view, args=named)
    except NoReverseMatch:
        return None


@given(
    st.lists(st.tuples(st.sampled_from(["en", "es"]), st.integers(2017, 2027), slugs), min_size=1, max_size=8)
)
def test_paths_of_bills_and_people_are_those_that_django_makes(asked):
    addresses._path_of.cache_clear()
    addresses._PATTERNS.clear()
    for language, year, slug in asked:
        with translation.override(language):
            for view, named in (("bills:detail", ("ny", year, slug)), ("sponsors:detail", (slug,))):
                wanted = expected(view, named)
                if wanted is not None:
                    assert path_of(view, *named) == wanted


def test_what_names_a_part_of_the_address_itself_teaches_nothing():
    addresses._path_of.cache_clear()
    addresses._PATTERNS.clear()
    assert path_of("bills:detail", "ny", 2025, "bills") == "/bills/ny/2025/bills/"
    assert not addresses._PATTERNS
    assert path_of("bills:detail", "ny", 2025, "s1") == "/bills/ny/2025/s1/"
    assert list(addresses._PATTERNS.values()) == ["/bills/%s/%s/%s/"]
    assert path_of("bills:detail", "us", 119, "hr1") == "/bills/us/119/hr1/"


def test_an_address_that_cannot_be_is_told():
    with pytest.raises(NoReverseMatch):
        path_of("bills:detail", "ny", 2025, "")
