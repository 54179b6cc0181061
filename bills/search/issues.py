"""The issues that a reader's words mean. There are some tens of them: they are read whole."""

from __future__ import annotations

from django.contrib.postgres.search import SearchVectorField
from django.db.models import BooleanField, F, Func, TextField, Value
from django.db.models.functions import Concat

from bills.models import Issue
from sponsors.search.grammar import Asked
from sponsors.search.text import TextQuery


def find_issues(asked: Asked, *, shown: int) -> list[Issue]:
    """Issues with these words in name or description, by name."""
    return _having(TextQuery.wanted(asked), most=shown) if asked else []


def issues_beginning(text: str, *, most: int) -> list[Issue]:
    """Issues with these words, the last of which is being typed."""
    return _having(TextQuery.typed(text), most=most)


def _having(query: TextQuery, *, most: int) -> list[Issue]:
    words = Concat(F("name"), Value(" "), F("description"), output_field=TextField())
    vector = Func(
        words,
        words,
        template=("to_tsvector('public.passage_en'::regconfig, %(expressions)s)"),
        arg_joiner=") || to_tsvector('public.passage_plain'::regconfig, ",
        output_field=SearchVectorField(),
    )
    has_words = Func(
        vector, query, template="(%(expressions)s)", arg_joiner=" @@ ", output_field=BooleanField()
    )
    return list(Issue.objects.filter(has_words).order_by("name")[:most])
