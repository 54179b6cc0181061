"""Every invented row out again, a portion in one transaction. Real rows that point to one lose the pointer only."""
# ruff: noqa: S608 (what is put into the text are names of our own tables and columns; values are parameters)

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from django.db import connection, transaction
from django.db.models import CASCADE, SET_NULL, Exists, Model, OuterRef, QuerySet

from bills.models import Bill, Issue, Proposal, Session
from bills.portions import in_portions
from bills.sample_data import PREFIX, SOURCE
from bills.sample_data.loading import alone
from sponsors.models import Committee, Organization, Person

PORTION = 2000  # rows in one transaction, with all that hangs on them


def remove(*others: QuerySet, progress: Callable[[int], None] = lambda done: None) -> int:
    """Take away all invented bills and what they share; how many bills went. `others` are rows that go first.

    Sessions go where no bill and no count is left of them: the next bill of one makes it anew. Raises AlreadyAtWork.
    """
    with alone():
        for rows in others:
            _remove_all(rows)
        removed = _remove_all(Bill.objects.filter(source=SOURCE), progress)
        for model in (Proposal, Issue, Person, Organization, Committee):
            _remove_all(model.objects.filter(slug__startswith=PREFIX))
        if removed:
            counted = Exists(Session.objects.filter(pk=OuterRef("pk"), source_counts__isnull=False))
            with transaction.atomic():
                Session.objects.filter(legislature="ny", bills=None).exclude(counted).delete()
    return removed


def _remove_all(rows: QuerySet, progress: Callable[[int], None] = lambda done: None) -> int:
    removed = 0
    keys = rows.order_by("-pk").values_list("pk", flat=True)
    while portion := list(keys[:PORTION]):
        with transaction.atomic():
            remove_rows(rows.model, portion)
        removed += len(portion)
        progress(len(portion))
    return removed


def remove_rows(model: type[Model], keys: Collection[int]) -> None:
    """Delete rows and, as their fields say, what points to them. In plain SQL: Django would fetch each row, and
    write one of history for it.
    """
    if not keys:
        return
    for relation in model._meta.get_fields(include_hidden=True):
        if (
            not relation.auto_created
            or relation.concrete
            or not (relation.one_to_many or relation.one_to_one)
        ):
            continue
        field: Any = relation.field  # type: ignore[union-attr]
        below: Any = relation.related_model
        on_delete = field.remote_field.on_delete
        table, column = (connection.ops.quote_name(name) for name in (below._meta.db_table, field.column))
        if on_delete is SET_NULL:
            _tell(f"UPDATE {table} SET {column} = NULL WHERE {column} = ANY(%s)", list(keys))
        elif on_delete is CASCADE and not below._meta.related_objects:
            _tell(f"DELETE FROM {table} WHERE {column} = ANY(%s)", list(keys))
        elif on_delete is CASCADE:
            found = below._base_manager.filter(**{f"{field.name}__in": keys}).order_by()
            for portion in in_portions(found.values_list("pk", flat=True).iterator(), PORTION):
                remove_rows(below, portion)
    _tell(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)} WHERE id = ANY(%s)", list(keys))


def _tell(text: str, keys: list[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(text, [keys])
