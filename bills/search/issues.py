"""The issues that a reader's words mean. There are some tens of them: they are read whole."""

from __future__ import annotations

from bills.models import Issue
from sponsors.prepared import Finder, Prepared
from sponsors.search.text import ONE_QUERY, QUERY, Question, matches


def find_issues(question: Question, *, shown: int) -> Finder[list[Issue]]:
    """Issues with these words in name or description, by name."""
    return (yield _issues, (question.wanted,))[:shown] if question else []


def issues_beginning(typed: str, *, most: int) -> list[Issue]:
    """Issues with these words; `typed` as `being_typed()` gives it."""
    return _issues(typed)[:most]


_issues = Prepared(
    lambda _query: Issue.objects.filter(matches(ONE_QUERY)).defer("vector").order_by("name"), (QUERY,)
)
