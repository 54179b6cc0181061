"""What search reads of bills: two rows beside each published one, written by bills/search/indexing.py alone."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Func

from bills.models.bill import Bill
from sponsors.search.text import vector_of

EVERY_FORM = "plain en es"


class BillSearch(models.Model):
    """What a bill is called, who carries it and what it would do: short, and written anew when one of these differs."""

    bill = models.OneToOneField(Bill, on_delete=models.CASCADE, primary_key=True, related_name="search_row")
    numbers = models.TextField(help_text="In the spellings that a search for words may hold.")
    names = models.TextField(help_text="Short name, and the name of its proposal.")
    title = models.TextField()
    people = models.TextField(help_text="Whose name stands on it.")
    issues = models.TextField()
    summary = models.TextField()
    vector = models.GeneratedField(
        expression=vector_of(
            numbers=("A", "plain"),
            names=("A", EVERY_FORM),
            title=("B", "plain en"),
            people=("C", "plain"),
            issues=("C", EVERY_FORM),
            summary=("D", "en"),
        ),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta:
        indexes = [
            GinIndex(fields=["vector"], name="bill_search_words"),
            GinIndex(
                Func(F("vector"), template="ts_filter(%(expressions)s, '{a}')"), name="bill_search_names"
            ),
        ]

    def __str__(self) -> str:
        return self.numbers


class BillText(models.Model):
    """All words of a bill, its memorandum and what was said of it too: long, and seldom written anew.

    `beside` are people and issues as of the last writing; a new co-sponsor gets in at night. So a bill that moves
    does not cost the reading of its whole text.
    """

    bill = models.OneToOneField(Bill, on_delete=models.CASCADE, primary_key=True, related_name="text_row")
    said = models.TextField(help_text="Titles of published statements that name it.")
    text = models.TextField()
    beside = models.TextField()
    vector = models.GeneratedField(
        expression=vector_of(said=("C", EVERY_FORM), beside=("D", "plain"), text=("D", "en")),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta:
        indexes = [GinIndex(fields=["vector"], name="bill_text_words")]

    def __str__(self) -> str:
        return self.text[:80]
