"""The issues that a reader's words mean. There are some tens of them: they are read whole."""

from __future__ import annotations

from django.contrib.postgres.search import SearchVectorField
from django.db.models import BooleanField, F, Func, QuerySet, TextField, Value
from django.db.models.functions import Concat

from bills.models import Issue
from sponsors.prepared import Finder, Prepared
from sponsors.search.text import ONE_QUERY, QUERY, Question


def find_issues(question: Question, *, shown: int) -> Finder[list[Issue]]:
    """Issues with these words in name or description, by name."""
    return (yield _issues, (question.wanted,))[:shown] if question else []


def issues_beginning(typed: str, *, most: int) -> list[Issue]:
    """Issues with these words; `typed` as `being_typed()` gives it."""
    return _issues(typed)[:most]


def _of_query(_example: str) -> QuerySet[Issue]:
    words = Concat(F("name"), Value(" "), F("description"), output_field=TextField())
    vector = Func(
        words,
        words,
        template=("to_tsvector('public.passage_en'::regconfig, %(expressions)s)"),
        arg_joiner=") || to_tsvector('public.passage_plain'::regconfig, ",
        output_field=SearchVectorField(),
    )
    has_words = Func(
        vector, ONE_QUERY, template="(%(expressions)s)", arg_joiner=" @@ ", output_field=BooleanField()
    )
    return Issue.objects.filter(has_words).order_by("name")


_issues = Prepared(_of_query, (QUERY,))
