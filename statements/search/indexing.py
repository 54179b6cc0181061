"""The rows that are searched for statements, brought up to what the statements' own rows say.

    index_statements([statement.pk])      in the transaction that wrote them; the bills that they name too

What is said of a bill is searched with the bill, so its row is written with the statement's.
"""
# ruff: noqa: S608 (what is put into the text are names of our own columns; values are parameters)

from __future__ import annotations

from collections.abc import Collection, Iterator

from django.db import connection, transaction

from bills.search.indexing import LONGEST_FIELD, LONGEST_TEXT, index_bills
from statements.models import BillMention, Speaker, Statement

ROWS_AT_ONCE = 200
FIELDS = ("said_on", "title", "people", "subjects", "body")


def bills_named_by(ids: Collection[int]) -> set[int]:
    """The keys of the bills that these statements name."""
    named = BillMention.objects.filter(statement__in=ids).exclude(bill=None)
    return set(named.order_by().values_list("bill_id", flat=True))


def index_statements(ids: Collection[int], *, bills_before: Collection[int] = ()) -> None:
    """Write what search reads of these statements and of the bills that they name, or named before."""
    if not ids:
        return
    with connection.cursor() as cursor:
        cursor.execute(STATEMENT, {"ids": list(ids)})
    index_bills({*bills_named_by(ids), *bills_before})


def index_statements_of_people(people: Collection[int]) -> None:
    """For after they were given another name."""
    speaking = Speaker.objects.filter(person__in=people).order_by()
    index_statements(set(speaking.values_list("statement_id", flat=True)))


def index_all_statements() -> Iterator[int]:
    """Do so for every statement, but not for its bills; yields the last key of each portion."""
    after = 0
    while ids := list(
        Statement.objects.filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:ROWS_AT_ONCE]
    ):
        with transaction.atomic(), connection.cursor() as cursor:
            list(
                Statement.objects.filter(pk__in=ids)
                .order_by("pk")
                .select_for_update(no_key=True)
                .values("pk")
            )
            cursor.execute(STATEMENT, {"ids": ids})
        after = ids[-1]
        yield after


def _cut(text: str, most: int = LONGEST_FIELD) -> str:
    return f"left(coalesce({text}, ''), {most})"


_PEOPLE = """concat_ws('; ', nullif(statement.publisher, ''), (
      SELECT string_agg(concat_ws(' ', speaker.name_as_written, nullif(person.name, speaker.name_as_written),
        nullif(speaker.role, ''), nullif(speaker.organization_as_written, ''), organization.name), '; '
        ORDER BY speaker.place)
      FROM statements_speaker AS speaker LEFT JOIN sponsors_person AS person ON person.id = speaker.person_id
        LEFT JOIN sponsors_organization AS organization ON organization.id = speaker.organization_id
      WHERE speaker.statement_id = statement.id))"""
_SUBJECTS = """concat_ws('; ', (
      SELECT string_agg(issue.name, '; ' ORDER BY issue.name)
      FROM statements_statement_issues AS filed JOIN bills_issue AS issue ON issue.id = filed.issue_id
      WHERE filed.statement_id = statement.id
    ), (
      SELECT string_agg(concat_ws(' ', mention.as_written, mention.base_print_no, nullif(bill.short_name, '')), '; '
        ORDER BY mention.id)
      FROM statements_billmention AS mention
        LEFT JOIN bills_bill AS bill ON bill.id = mention.bill_id AND bill.is_published
      WHERE mention.statement_id = statement.id
    ), nullif(array_to_string(statement.programmes, '; '), ''))"""
STATEMENT = f"""
WITH fresh AS MATERIALIZED (
  SELECT statement.id AS statement_id, statement.date AS said_on,
    {_cut("statement.title")} AS title,
    {_cut(_PEOPLE)} AS people,
    {_cut(_SUBJECTS)} AS subjects,
    {_cut("statement.body", LONGEST_TEXT)} AS body
  FROM statements_statement AS statement
  WHERE statement.id = ANY(%(ids)s) AND statement.state = 'published'
), hidden AS MATERIALIZED (
  SELECT unnest(%(ids)s::bigint[]) AS statement_id EXCEPT SELECT statement_id FROM fresh
), no_row AS (
  DELETE FROM statements_statementsearch AS held USING hidden WHERE held.statement_id = hidden.statement_id
)
INSERT INTO statements_statementsearch (statement_id, {", ".join(FIELDS)})
SELECT statement_id, {", ".join(f"fresh.{name}" for name in FIELDS)}
FROM fresh LEFT JOIN statements_statementsearch AS held USING (statement_id)
WHERE held.statement_id IS NULL
  OR ({", ".join(f"held.{name}" for name in FIELDS)}) IS DISTINCT FROM ({", ".join(f"fresh.{name}" for name in FIELDS)})
ORDER BY statement_id
ON CONFLICT (statement_id) DO UPDATE SET {", ".join(f"{name} = EXCLUDED.{name}" for name in FIELDS)}
"""
