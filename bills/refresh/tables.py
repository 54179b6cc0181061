"""Rows of bills read and written many at once, in SQL that is put together once from the models' own columns.

Django makes the text of every question anew, and for a bill with nine tables below it that was most of the time of
a refresh (docs/performance.md). So the questions that every bill costs are kept here as text. What is asked more
seldom is asked through QuerySets, as everywhere else.
"""
# ruff: noqa: S608 (what is put into the text are names of our own tables and columns; values are parameters)

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, datetime
from functools import lru_cache
from itertools import chain, islice
from typing import Any

from django.db import connection
from django.db.models import DateField, Field, JSONField, Model

from bills.models import Bill, Session

Key = tuple[str, int, str]  # legislature, session, base print number
Values = tuple[Any, ...]

ROWS_AT_ONCE = 2000  # in one INSERT
LENGTH = re.compile(r"\([0-9]+\)")


def bills_of(keys: Iterable[Key], *, lock: bool = False) -> dict[Key, Bill]:
    """The bills that we hold of these, with their sessions; where `lock`, locked in the order of their keys.

    The lock leaves room for readers' poll answers, which refer to the bill.
    """
    text, bill_names, session_names = _select_bills()
    ending = " FOR NO KEY UPDATE OF bill" if lock else ""
    sessions: dict[int, Session] = {}
    bills = {}
    for row in _ask(text + ending, _columns_of(keys)):
        bill = Bill.from_db(connection.alias, bill_names, row[: len(bill_names)])
        if bill.session_id not in sessions:
            sessions[bill.session_id] = Session.from_db(
                connection.alias, session_names, row[len(bill_names) :]
            )
        bill.session = sessions[bill.session_id]
        bills[bill.session.legislature_id, bill.session.year, bill.base_print_no] = bill
    return bills


def ids_of(keys: Iterable[Key]) -> dict[Key, int]:
    """The primary keys of the bills that we hold of these."""
    columns = "session.legislature_id, session.year, bill.base_print_no, bill.id"
    rows = _ask(f"SELECT {columns} {_FROM_BILLS_WANTED}", _columns_of(keys))
    return {(legislature, year, print_no): pk for legislature, year, print_no, pk in rows}


def rows_below(
    tables: Sequence[tuple[type[Model], tuple[str, ...]]], bill_ids: Collection[int]
) -> Iterator[tuple[int, int, dict[int, Values]]]:
    """The rows of several tables that hang on these bills, in one question.

    `tables` are models with the attributes wanted of each. Yields the table's place among them, the bill's key, and
    the rows by key and in the order of their keys; lists of a JSON column come as tuples.
    """
    if not tables or not bill_ids:
        return
    text = " UNION ALL ".join(
        f"SELECT {place}, {_rows_as_json(*table)} WHERE bill_id = ANY(%s) GROUP BY bill_id"
        for place, table in enumerate(tables)
    )
    dates = [_places_of(DateField, *table) for table in tables]
    lists = [_places_of(JSONField, *table) for table in tables]
    for place, bill_id, rows_as_json in _ask(text, [list(bill_ids)] * len(tables)):
        rows = {}
        for pk, *values in json.loads(rows_as_json):
            for each in dates[place]:
                values[each] = values[each] and date.fromisoformat(values[each])
            for each in lists[place]:
                values[each] = _hashable(values[each])
            rows[pk] = tuple(values)
        yield place, bill_id, rows


def insert(model: type[Model], attributes: tuple[str, ...], rows: Iterable[Values]) -> list[int]:
    """Add rows, each the values of these attributes in their order; their keys."""
    jsons = _places_of(JSONField, model, attributes)
    text = f"INSERT INTO {_table(model)} ({_column_list(model, attributes)}) VALUES "
    row_text = f"({', '.join(['%s'] * len(attributes))})"
    keys: list[int] = []
    rest = iter(rows)
    while batch := list(islice(rest, ROWS_AT_ONCE)):
        values: Iterable[Values] = batch
        if jsons:
            values = [
                tuple(
                    json.dumps(value) if place in jsons and value is not None else value
                    for place, value in enumerate(row)
                )
                for row in batch
            ]
        places = ", ".join([row_text] * len(batch))
        answer = _ask(f"{text}{places} RETURNING id", list(chain.from_iterable(values)))
        keys += [pk for (pk,) in answer]
    return keys


def delete(model: type[Model], keys: Collection[int]) -> None:
    """Take rows away to which nothing refers."""
    if keys:
        _tell(f"DELETE FROM {_table(model)} WHERE id = ANY(%s)", [list(keys)])


def update(model: type[Model], objects: Sequence[Model], attributes: Sequence[str]) -> None:
    """Write these attributes of the objects to their rows, in one statement."""
    if not objects:
        return
    fields = [_field(model, name) for name in ("id", *attributes)]
    row = f"({', '.join(f'%s::{_type_of(field)}' for field in fields)})"
    columns = [_column(field) for field in fields]
    settings = ", ".join(f"{column} = fresh.{column}" for column in columns[1:])
    _tell(
        f"UPDATE {_table(model)} AS held SET {settings}"
        f" FROM (VALUES {', '.join([row] * len(objects))}) AS fresh ({', '.join(columns)})"
        " WHERE held.id = fresh.id",
        [getattr(one, field.attname) for one in objects for field in fields],
    )


def keep_history(bills: Collection[Bill], *, kind: str, reason: str, now: datetime) -> None:
    """Add what the rows of these bills hold now to their history; `kind` is "+" for new ones, "~" for changed."""
    if bills:
        _tell(_insert_history(), [now, kind, reason, [bill.pk for bill in bills]])


# --- the text


_FROM_BILLS_WANTED = (
    "FROM unnest(%s::text[], %s::int[], %s::text[]) AS wanted (legislature, year, print_no)"
    " JOIN bills_session AS session"
    " ON session.legislature_id = wanted.legislature AND session.year = wanted.year"
    " JOIN bills_bill AS bill"
    " ON bill.session_id = session.id AND bill.base_print_no = wanted.print_no"
)


@lru_cache(maxsize=1)
def _select_bills() -> tuple[str, list[str], list[str]]:
    """The question for bills with their sessions, and the attributes that its columns are."""
    names = [[field.attname for field in model._meta.concrete_fields] for model in (Bill, Session)]
    columns = [
        f"{alias}.{_column(field)}"
        for alias, model in (("bill", Bill), ("session", Session))
        for field in model._meta.concrete_fields
    ]
    return f"SELECT {', '.join(columns)} {_FROM_BILLS_WANTED} ORDER BY bill.id", names[0], names[1]


@lru_cache(maxsize=1)
def _insert_history() -> str:
    history = Bill.history.model
    kept = [field.attname for field in history._meta.concrete_fields if not field.name.startswith("history_")]
    columns = _column_list(history, tuple(kept))
    return (
        f"INSERT INTO {_table(history)} ({columns}, history_date, history_type, history_change_reason)"
        f" SELECT {columns}, %s, %s, %s FROM {_table(Bill)} WHERE id = ANY(%s) ORDER BY id"
    )


@lru_cache(maxsize=64)
def _rows_as_json(model: type[Model], attributes: tuple[str, ...]) -> str:
    row = f"json_build_array(id, {_column_list(model, attributes)})"
    return f"bill_id, json_agg({row} ORDER BY id)::text FROM {_table(model)}"


@lru_cache(maxsize=64)
def _column_list(model: type[Model], attributes: tuple[str, ...]) -> str:
    return ", ".join(_column(_field(model, name)) for name in attributes)


@lru_cache(maxsize=64)
def _places_of(kind: type[Field], model: type[Model], attributes: tuple[str, ...]) -> frozenset[int]:
    """Where among the attributes those of one kind of field are."""
    return frozenset(place for place, name in enumerate(attributes) if isinstance(_field(model, name), kind))


@lru_cache(maxsize=256)
def _field(model: type[Model], attribute: str) -> Field:
    return next(field for field in model._meta.concrete_fields if attribute in (field.attname, field.name))


@lru_cache(maxsize=64)
def _type_of(field: Field) -> str:
    """The column's type without its length: a cast to a length would cut silently what is to be refused."""
    kind = field.rel_db_type(connection) if field.primary_key else field.db_type(connection)
    return LENGTH.sub("", str(kind))


def _table(model: type[Model]) -> str:
    return connection.ops.quote_name(model._meta.db_table)


def _column(field: Field) -> str:
    return connection.ops.quote_name(str(field.column))


def _columns_of(keys: Iterable[Key]) -> list[list]:
    return [list(column) for column in zip(*set(keys), strict=True)] or [[], [], []]


def _ask(text: str, values: Sequence) -> list[Values]:
    with connection.cursor() as cursor:
        cursor.execute(text, values)
        return cursor.fetchall()


def _tell(text: str, values: Sequence) -> None:
    with connection.cursor() as cursor:
        cursor.execute(text, values)


def _hashable(value):
    """Lists, as JSON columns hold them, as the tuples that facts are made of."""
    return tuple(map(_hashable, value)) if isinstance(value, list) else value
