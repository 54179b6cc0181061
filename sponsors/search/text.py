"""How PostgreSQL is asked for words, and how a row's words become its vector.

Three text search configurations, made by a migration: `passage_plain` keeps words as they stand, `passage_en` and
`passage_es` take them to their English and Spanish stems; all three set accents aside first. A word is looked for as
each of the three, so "immigrants" finds "immigrant", "inmigración" finds "inmigracion", and "Reyes" is no kings.
"""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.search import SearchQueryField, SearchVectorField
from django.db.models import BooleanField, Expression, F, Func, TextField, Value

from sponsors.search.grammar import Asked, plain_words
from sponsors.search.snippets import SIGNS

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


def matches(query: TextQuery, *, weights: str = "") -> Func:
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


def headline(text: Any, query: TextQuery, options: str) -> Func:
    """A text with signs around what the query finds in it, by English stems; `options` as in `snippets`."""
    return Func(
        Func(text, Value(SIGNS), Value(""), function="translate", output_field=TextField()),
        query,
        Value(options),
        template="ts_headline('public.passage_en'::regconfig, %(expressions)s)",
        output_field=TextField(),
    )
