"""How PostgreSQL is asked for words, and how a row's words become its vector.

Three text search configurations, made by a migration: `passage_plain` keeps words as they stand, `passage_en` and
`passage_es` take them to their English and Spanish stems; all three set accents aside first. A word is looked for as
each of the three, so "immigrants" finds "immigrant", "inmigración" finds "inmigracion", and "Reyes" is no kings.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.search import SearchQueryField, SearchVectorField
from django.db import connection
from django.db.models import (
    BooleanField,
    Expression,
    F,
    Func,
    IntegerField,
    TextField,
    Value,
)
from django.db.models.functions import Cast, Greatest, Lower, StrIndex, Substr

from sponsors.prepared import as_keys, is_one_of
from sponsors.search.grammar import Asked, plain_words
from sponsors.search.snippets import SIGNS

READ_FOR_SNIPPET = 2_000  # characters: marking costs the database more than finding
WORDS_BEFORE = 150  # characters
LETTERS_OF_A_WORD = 6  # by which its other forms are found too
NOTHING = "''::tsquery"


class TextQuery(Expression):
    """SQL for a question, of type tsquery: `groups` of terms, all of a group wanted and any group enough.

    `loose`: of phrases only their words, wherever they stand. The index can tell that without looking at the rows.
    `prefix`: a word, the beginning of one that is still being typed, wanted beside each group.
    """

    output_field: Any = SearchQueryField()

    def __init__(self, groups: tuple[tuple[str, ...], ...], *, loose: bool = False, prefix: str = "") -> None:
        super().__init__()
        self.groups, self.loose, self.prefix = groups, loose, prefix

    @classmethod
    def wanted(cls, asked: Asked, *, loose: bool = False) -> TextQuery:
        return cls(asked.any_of, loose=loose)

    @classmethod
    def unwanted(cls, asked: Asked) -> TextQuery:
        """Any of the terms that must not be there."""
        return cls(tuple((term,) for term in asked.without))

    @classmethod
    def typed(cls, text: str) -> TextQuery:
        """Every word so far, the last one as the beginning of a word."""
        *whole, last = plain_words(text) or [""]
        return cls((tuple(whole),), prefix=last)

    def as_sql(self, compiler: Any = None, connection: Any = None) -> Any:
        """The text (str) and its values (list of str)."""
        parts: list[str] = []
        values: list[str] = []
        for group in self.groups:
            terms = [word for term in group for word in plain_words(term)] if self.loose else list(group)
            text = ["public.passage_term(%s)"] * len(terms)
            values += terms
            if self.prefix:
                text.append("public.passage_beginning(%s)")
                values.append(self.prefix)
            if text:
                parts.append(f"({' && '.join(text)})")
        return f"({' || '.join(parts) or NOTHING})", values


QUERY, KEYS, NEAR = "@query", "@keys", "@near"  # the examples of prepared questions, see sponsors/prepared.py
ONE_QUERY = Cast(Value(QUERY), SearchQueryField())
ONE_PLACE = Cast(Value(NEAR), TextField())
ONE_OF_KEYS = is_one_of(as_keys(KEYS))


def written(*queries: TextQuery | None) -> list[str | None]:
    """Questions as PostgreSQL writes a tsquery, None for none: so they are one value, however many words they have,
    and what they are asked in can be prepared."""
    parts, values = [], []
    for query in queries:
        sql, some = query.as_sql() if query else ("NULL", [])
        parts.append(f"({sql})::text")
        values += some
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts)}", values)
        return list(cursor.fetchone())


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked, and the same as PostgreSQL writes it: `loose` has the words of phrases apart. `near` is what
    stands near the beginning of a good snippet."""

    asked: Asked
    wanted: str | None
    loose: str | None
    unwanted: str | None
    near: str

    def __bool__(self) -> bool:
        return bool(self.asked)


def put(asked: Asked) -> Question:
    """One question to the database, whatever is then looked through; none where nothing is asked for."""
    if not asked:
        return Question(asked, None, None, None, "")
    wanted, loose, unwanted = written(
        TextQuery.wanted(asked), TextQuery.wanted(asked, loose=True), TextQuery.unwanted(asked)
    )
    longest = max(asked.any_of[0], key=len, default="").lower()
    return Question(
        asked, wanted, loose, unwanted, longest if " " in longest else longest[:LETTERS_OF_A_WORD]
    )


def being_typed(text: str) -> str:
    """Every word so far, the last one as the beginning of a word, as PostgreSQL writes it."""
    return written(TextQuery.typed(text))[0] or ""


def matches(query: Expression, *, weights: str = "") -> Func:
    """Whether a row's vector holds what the query wants, for a filter; among the words of `weights` ("a,b") alone."""
    vector: Any = F("vector")
    if weights:
        vector = Func(
            vector, template=f"ts_filter(%(expressions)s, '{{{weights}}}')", output_field=SearchVectorField()
        )
    return Func(vector, query, template="(%(expressions)s)", arg_joiner=" @@ ", output_field=BooleanField())


def vector_of(**fields: tuple[str, str]) -> Func:
    """The generated column over text columns: each as (weight, configurations), as in names=("A", "plain en es")."""
    parts = [
        Func(
            F(name),
            template=(
                f"setweight(to_tsvector('public.passage_{configuration}'::regconfig, %(expressions)s), '{weight}')"
            ),
            output_field=SearchVectorField(),
        )
        for name, (weight, configurations) in fields.items()
        for configuration in configurations.split()
    ]
    return Func(*parts, template="%(expressions)s", arg_joiner=" || ", output_field=SearchVectorField())


def headline(text: Any, query: Expression, options: str, *, near: Any = None) -> Func:
    """A text with signs around what the query finds in it, by English stems; `options` as in `snippets`.

    `near`: of a long text only what stands around the first place of this, in small letters; else its beginning.
    """
    if near is not None:
        start = Greatest(StrIndex(Lower(text), near) - WORDS_BEFORE, Value(1), output_field=IntegerField())
        text = Substr(text, start, READ_FOR_SNIPPET)
    return Func(
        Func(text, Value(SIGNS), Value(""), function="translate", output_field=TextField()),
        query,
        Value(options),
        template="ts_headline('public.passage_en'::regconfig, %(expressions)s)",
        output_field=TextField(),
    )
