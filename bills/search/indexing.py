"""The rows that are searched for bills, brought up to what the bills' own rows say.

    index_bills([bill.pk])      in the transaction that wrote them
    index_all_bills()           in portions, for a night; heals whatever was forgotten

One statement for a batch of bills. It compares before it writes: a tsvector costs more than all else, and is made
anew only where its words differ.
"""
# ruff: noqa: S608 (what is put into the text are names of our own tables; values are parameters)

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import lru_cache
from typing import Any

from django.db import connection, transaction

from bills.models import Bill
from sponsors.models import rows_of

ROWS_AT_ONCE = 500
# Of one field. A vector may not grow beyond a megabyte, and a refresh not beyond its time.
LONGEST_TEXT = 100_000  # characters
LONGEST_FIELD = 20_000


def index_bills(
    ids: Collection[int], *, texts_of: Collection[int] | None = None, whole: bool = False
) -> None:
    """Write what search reads of these bills; of one that is not published, or gone, nothing stays.

    `texts_of`: whose long row may differ, where the caller knows; comparing long texts takes its time too.
    `whole`: write a long row also where only people or issues differ, which it does without until the night.
    """
    texts = set(ids if texts_of is None else texts_of)
    in_order = sorted(set(ids))
    for place in range(0, len(in_order), ROWS_AT_ONCE):
        some = in_order[place : place + ROWS_AT_ONCE]
        values: dict[str, Any] = {
            "ids": some,
            "texts_of": [key for key in some if key in texts],
            "whole": whole,
        }
        with connection.cursor() as cursor:
            cursor.execute(_statement(), values)


def index_bills_of_people(people: Collection[int]) -> None:
    """For after they were given another name."""
    carried = rows_of("bills.Sponsorship").filter(person__in=people).order_by()
    index_bills(set(carried.values_list("bill_id", flat=True)), texts_of=[])


def index_all_bills(*, after: int = 0) -> Iterator[int]:
    """Do so for every bill behind key `after`, each portion in a transaction; yields the last key of each."""
    while ids := list(
        Bill.objects.filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:ROWS_AT_ONCE]
    ):
        with transaction.atomic():
            # As a refresh does, so that neither waits for what the other holds.
            list(Bill.objects.filter(pk__in=ids).order_by("pk").select_for_update(no_key=True).values("pk"))
            index_bills(ids, whole=True)
        after = ids[-1]
        yield after


@lru_cache(maxsize=1)
def _statement() -> str:
    mentions = rows_of("statements.BillMention").model._meta.db_table
    statements = rows_of("statements.Statement").model._meta.db_table

    def cut(text: str, most: int = LONGEST_FIELD) -> str:
        return f"left(coalesce({text}, ''), {most})"

    words = ", ".join(_WORDS)
    fresh_words = ", ".join(f"fresh.{name}" for name in _WORDS)
    set_words = ", ".join(f"{name} = fresh.{name}" for name in _WORDS)
    held_words = ", ".join(f"held.{name}" for name in _WORDS)
    from_bills = (
        "FROM bills_bill AS bill LEFT JOIN bills_proposal AS proposal ON proposal.id = bill.proposal_id"
    )
    # A row that is there is updated and not inserted "on conflict": for that its vector would be made twice.
    return f"""
WITH fresh AS MATERIALIZED (
  SELECT bill.id AS bill_id,
    {cut(_NUMBERS)} AS numbers,
    {cut("concat_ws('; ', nullif(bill.short_name, ''), proposal.name)")} AS names,
    {cut("bill.title")} AS title,
    {cut(_PEOPLE)} AS people,
    {cut(_ISSUES)} AS issues,
    {cut(_SUMMARY)} AS summary
  {from_bills} WHERE bill.id = ANY(%(ids)s) AND bill.is_published
), fresh_text AS MATERIALIZED (
  SELECT bill.id AS bill_id, concat_ws(' ', fresh.people, fresh.issues) AS beside,
    {cut(_SAID.format(mentions=mentions, statements=statements))} AS said,
    {cut(_TEXT, LONGEST_TEXT)} AS text
  {from_bills} JOIN fresh ON fresh.bill_id = bill.id WHERE bill.id = ANY(%(texts_of)s)
), hidden AS MATERIALIZED (
  SELECT unnest(%(ids)s::bigint[]) AS bill_id EXCEPT SELECT bill_id FROM fresh
), no_row AS (
  DELETE FROM bills_billsearch AS held USING hidden WHERE held.bill_id = hidden.bill_id
), no_text AS (
  DELETE FROM bills_billtext AS held USING hidden WHERE held.bill_id = hidden.bill_id
), changed AS (
  UPDATE bills_billsearch AS held SET {set_words}
  FROM fresh WHERE held.bill_id = fresh.bill_id AND ({held_words}) IS DISTINCT FROM ({fresh_words})
), added AS (
  INSERT INTO bills_billsearch (bill_id, {words})
  SELECT bill_id, {words} FROM fresh
  WHERE NOT EXISTS (SELECT FROM bills_billsearch AS held WHERE held.bill_id = fresh.bill_id)
  ORDER BY bill_id ON CONFLICT (bill_id) DO NOTHING
), changed_text AS (
  UPDATE bills_billtext AS held SET said = fresh.said, text = fresh.text, beside = fresh.beside
  FROM fresh_text AS fresh WHERE held.bill_id = fresh.bill_id AND (
    (held.said, held.text) IS DISTINCT FROM (fresh.said, fresh.text) OR (%(whole)s AND held.beside <> fresh.beside)
  )
)
INSERT INTO bills_billtext (bill_id, said, text, beside)
SELECT bill_id, said, text, beside FROM fresh_text AS fresh
WHERE NOT EXISTS (SELECT FROM bills_billtext AS held WHERE held.bill_id = fresh.bill_id)
ORDER BY bill_id ON CONFLICT (bill_id) DO NOTHING
"""


_WORDS = ("numbers", "names", "title", "people", "issues", "summary")
_NUMBERS = """concat_ws(' ', bill.base_print_no,
      nullif(bill.base_print_no || bill.active_amendment, bill.base_print_no), replace(bill.base_print_no, ' ', ''),
      regexp_replace(bill.base_print_no, '[^0-9]', '', 'g'), nullif(bill.file_no, ''))"""
_PEOPLE = """(SELECT string_agg(coalesce(person.name, one.name_as_written), '; '
        ORDER BY one.kind, one.position, one.id)
      FROM bills_sponsorship AS one LEFT JOIN sponsors_person AS person ON person.id = one.person_id
      WHERE one.bill_id = bill.id AND one.withdrawn_on IS NULL)"""
_ISSUES = """(SELECT string_agg(issue.name, '; ' ORDER BY issue.name)
      FROM bills_bill_issues AS filed JOIN bills_issue AS issue ON issue.id = filed.issue_id
      WHERE filed.bill_id = bill.id)"""
_SUMMARY = """concat_ws(E'\\n', nullif(bill.plain_summary, ''), nullif(bill.official_summary, ''),
      nullif(bill.act_clause, ''), nullif(bill.law_section, ''))"""
_SAID = """(SELECT string_agg(DISTINCT statement.title, E'\\n' ORDER BY statement.title)
      FROM {mentions} AS mention JOIN {statements} AS statement ON statement.id = mention.statement_id
      WHERE mention.bill_id = bill.id AND statement.state = 'published')"""
_TEXT = """concat_ws(E'\\n', nullif(bill.short_name, ''), proposal.name, nullif(bill.title, ''),
      nullif(bill.plain_summary, ''), nullif(bill.official_summary, ''), nullif(bill.act_clause, ''),
      nullif(bill.sponsor_memo, ''), (
        SELECT print.text FROM bills_printtext AS print
        WHERE print.bill_id = bill.id AND print.letter = bill.active_amendment))"""
