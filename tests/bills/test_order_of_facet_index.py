"""Pages of a list out of the index of facets: in the order of days and keys, whatever moved or came since."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bills import facet_index
from bills.facet_days import Days
from bills.filters import BillFilter
from bills.models import Bill
from tests.factories import make_bill

DAYS = [None, *(date(2026, 1, 1) + timedelta(n) for n in range(4))]
days = st.sampled_from(DAYS)


def row(key: int, day: date | None, *, is_published: bool = True) -> tuple:
    plain = dict.fromkeys(facet_index.COLUMNS, "") | {"status": "IN_SENATE_COMM"}
    return (key, is_published, *plain.values(), [], None, day)


def in_order(held: dict[int, date | None]) -> list[int]:
    return sorted(held, key=lambda key: (held[key] or date.min, key), reverse=True)


@given(
    read=st.dictionaries(st.integers(1, 40), days, max_size=30),
    written=st.lists(st.tuples(st.integers(1, 50), days), max_size=25),
    hidden=st.sets(st.integers(1, 50), max_size=10),
    page=st.integers(1, 7),
)
def test_pages_are_in_order_whatever_was_written_since(read, written, hidden, page):
    state = facet_index._State(date(2026, 3, 1), (), 0)
    state.fill(row(key, read[key]) for key in reversed(in_order(read)))
    held = dict(read)
    for key, day in written:
        state.take(row(key, day))
        held[key] = day
    for key in hidden & set(held):
        state.take(row(key, held.pop(key), is_published=False))
    wanted = in_order(held)
    assert sorted(state.keys_at(state.listed)) == sorted(wanted)
    for start in range(len(wanted) + 2):
        assert state.page(state.listed, start, start + page) == wanted[start : start + page]
    some = state.having(wanted[::3])
    assert state.page(some, 0, 60) == wanted[::3]


@pytest.mark.django_db(transaction=True)
def test_when_many_have_moved_places_are_given_out_anew(monkeypatch):
    monkeypatch.setattr(facet_index, "_INDEX", facet_index._Index())
    monkeypatch.setattr(facet_index, "MOST_ASTRAY", 1)
    bills = [make_bill(year=2025, last_action_on=date(2026, 1, 1)) for _ in range(4)]

    def listed() -> list[int]:
        return BillFilter({}, queryset=Bill.objects.published()).counted().in_order(0, 9)

    def move(bill: Bill, day: int) -> None:
        Bill.objects.filter(pk=bill.pk).update(last_action_on=date(2026, 2, day))

    keys = [bill.pk for bill in bills]
    assert listed() == keys[::-1]
    first = facet_index._INDEX._state
    move(bills[1], 1)
    assert listed() == [keys[1], keys[3], keys[2], keys[0]]
    assert (facet_index._INDEX._state, first.astray.bit_count()) == (first, 1)
    move(bills[0], 2)
    assert listed() == [keys[0], keys[1], keys[3], keys[2]]
    assert facet_index._INDEX._state is not first
    assert facet_index._INDEX._state.astray == 0


ordinals = st.one_of(st.just(0), st.integers(735_000, 735_400), st.integers(1, date.max.toordinal()))


@given(
    st.lists(ordinals, max_size=700),
    st.lists(st.tuples(st.integers(0, 800), ordinals), max_size=30),
    st.lists(st.tuples(ordinals, ordinals), min_size=1, max_size=5),
)
def test_the_days_between_two_are_those_that_are_whatever_was_written_since(read, written, spans):
    days, held = Days(list(read)), list(read)
    for place, day in written:
        if place < len(held):
            held[place] = days[place] = day
        else:
            held.append(day)
            days.append(day)
    for least, most in spans:
        wanted = sum(1 << place for place, day in enumerate(held) if least <= day <= most)
        assert days.between(least, most) == wanted
    assert [days[place] for place in range(len(held))] == held
