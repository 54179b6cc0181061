"""Which bills have a sponsor of a name. The question is the same whatever the name, so that it can be prepared."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import BooleanField, Exists, F, Func, QuerySet, TextField, Value
from django.db.models.functions import Cast, Upper
from django.utils.text import slugify

from sponsors.models import Person, rows_of
from sponsors.prepared import array_text

# What LIKE takes for more than itself.
_ESCAPED = str.maketrans({"\\": r"\\", "%": r"\%", "_": r"\_"})


def terms_of(name: str) -> tuple[str, str, str]:
    """What `sponsorships_of()` asks for: the name as a slug may be written, patterns for each of its words as the text
    of an array, and a pattern for the name as a record may write it."""
    words = [word for word in slugify(name).split("-") if word]
    patterns = [f"%{word.translate(_ESCAPED)}%" for word in words] or [""]  # which no slug is like
    return name, array_text(patterns), f"%{name.translate(_ESCAPED)}%"


def sponsorships_of(slug: str, words: str, written: str) -> QuerySet:
    """Keys of the bills with a sponsor whose slug this is, or, where it is nobody's, whose slug has all the words; and
    of those whose record writes a name like that of somebody whom we do not know. See `terms_of()`."""
    people = Person.objects.order_by()
    exactly = people.filter(slug=slug)
    has_all = _is_like(F("slug"), Cast(Value(words), ArrayField(TextField())), operator="LIKE ALL")
    by_words = people.filter(has_all, ~Exists(exactly))
    standing = rows_of("bills.Sponsorship").filter(withdrawn_on=None).order_by()
    known = standing.filter(person__in=exactly.values("pk").union(by_words.values("pk"), all=True))
    unknown = standing.filter(
        _is_like(Upper("name_as_written"), Upper(Value(written)), operator="LIKE"), person=None
    )
    return known.values("bill").union(unknown.values("bill"))


def _is_like(text: Any, pattern: Any, *, operator: str) -> Func:
    return Func(
        text, pattern, template="%(expressions)s)", arg_joiner=f" {operator} (", output_field=BooleanField()
    )
