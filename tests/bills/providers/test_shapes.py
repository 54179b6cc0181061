"""Lists of many wrong entries: the first one ends the reading, so that memory stays bounded."""

from __future__ import annotations

import tracemalloc

import pytest

from bills.providers.base import UnexpectedAnswer
from bills.providers.congress_answers import Bill, ListedBill, Listing
from bills.providers.legistar_answers import (
    HISTORIES,
    LISTED_MATTERS,
    PAGE_SIZE,
    PAPERS,
    SPONSORS,
    VOTES,
    WHOLE_MATTERS,
)
from bills.providers.open_legislation_answers import Action, List, Map, Update
from bills.providers.shapes import MOST_ITEMS, checked


def in_items(count: int, item: object) -> dict:
    return {"items": [item] * count}


def by_name(count: int, item: object) -> dict:
    return {"items": {str(place): item for place in range(count)}}


def bare(count: int, item: object) -> list:
    return [item] * count


def in_laws(count: int, item: object) -> dict:
    return {"congress": 119, "type": "HR", "number": "1", "laws": [item] * count}


SHAPES = {
    "Open Legislation's lists": (List[Action].model_validate, in_items),
    "Open Legislation's maps": (Map[Action].model_validate, by_name),
    "lists of lists": (
        List[List[Update]].model_validate,
        lambda count, item: in_items(3, in_items(count, item)),
    ),
    "Congress.gov's pages": (Listing[ListedBill].model_validate, in_items),
    "Congress.gov's lists in a bill": (Bill.model_validate, in_laws),
    "matters listed": (LISTED_MATTERS.validate_python, bare),
    "matters": (WHOLE_MATTERS.validate_python, bare),
    "histories": (HISTORIES.validate_python, bare),
    "sponsors": (SPONSORS.validate_python, bare),
    "papers": (PAPERS.validate_python, bare),
    "votes": (VOTES.validate_python, bare),
}


def refused(validate, data) -> tuple[str, int]:
    """The fault, and the most bytes that it took at once."""
    tracemalloc.start()
    try:
        with pytest.raises(UnexpectedAnswer) as caught:
            checked(validate, data, "The Office sent another shape")
        return str(caught.value), tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("count", [PAGE_SIZE, 200_000])  # within what a list may hold, and beyond it
@pytest.mark.parametrize("name", SHAPES)
def test_a_list_of_wrong_entries_takes_no_more_memory_the_longer_it_is(name, count):
    validate, data_of = SHAPES[name]
    _, few = refused(validate, data_of(20, 1))
    told, many = refused(validate, data_of(count, 1))
    assert len(told) < 200
    assert many < 5 * few


@pytest.mark.parametrize(
    ("validate", "data"),
    [
        (List[int].model_validate, in_items(MOST_ITEMS + 1, 7)),
        (Map[int].model_validate, by_name(MOST_ITEMS + 1, 7)),
        (SPONSORS.validate_python, bare(MOST_ITEMS + 1, {})),
        (LISTED_MATTERS.validate_python, bare(PAGE_SIZE + 1, {"MatterId": 1})),
        (Bill.model_validate, in_laws(MOST_ITEMS + 1, {"type": "Public Law", "number": "119-1"})),
    ],
)
def test_a_list_longer_than_any_real_one_is_refused(validate, data):
    told, _ = refused(validate, data)
    assert "at most" in told
    assert len(told) < 200


def test_the_longest_list_allowed_is_read():
    assert len(checked(List[int].model_validate, in_items(MOST_ITEMS, 7), "").items) == MOST_ITEMS
    assert len(LISTED_MATTERS.validate_python(bare(PAGE_SIZE, {"MatterId": 1}))) == PAGE_SIZE
