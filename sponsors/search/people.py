"""The people whom a reader's words name, by the beginnings of their names and aliases, accents set aside."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import BooleanField, Exists, F, Func, OuterRef, Q, TextField, Value
from django.db.models.functions import Concat

from sponsors.models import Person, rows_of
from sponsors.search.grammar import Asked, plain_words

MOST_COUNTED = 50
MOST_WORDS = 6  # of a name


@dataclass(frozen=True, slots=True)
class FoundPeople:
    """`total` is how many there are, or MOST_COUNTED where `is_more`."""

    people: list[Person]
    total: int
    is_more: bool


def find_people(asked: Asked, *, shown: int) -> FoundPeople:
    """People whose names have all words of a group; those who carry a bill first, then by surname. Two questions."""
    wanted = Q()
    for group in asked.any_of:
        wanted |= Q(*(_has_beginning(word) for term in group for word in plain_words(term)[:MOST_WORDS]))
    if not wanted:
        return FoundPeople([], 0, False)
    keys = _best(wanted, most=MOST_COUNTED + 1)
    found = Person.objects.for_cards().in_bulk(keys[:shown]) if keys else {}
    return FoundPeople(
        [found[key] for key in keys if key in found],
        min(len(keys), MOST_COUNTED),
        len(keys) > MOST_COUNTED,
    )


def people_beginning(text: str, *, most: int) -> list[Person]:
    """People whose names have words that begin like these."""
    words = plain_words(text)[:MOST_WORDS]
    if not words:
        return []
    found = Person.objects.in_bulk(_best(Q(*map(_has_beginning, words)), most=most))
    return sorted(found.values(), key=lambda person: person.sort_name)


def _best(wanted: Q, *, most: int) -> list[int]:
    carrying = rows_of("bills.Sponsorship").of_published_bills().carrying()
    people = (
        Person.objects.in_public()
        .filter(wanted)
        .annotate(carries=Exists(carrying.filter(person=OuterRef("pk"))))
    )
    return list(people.order_by("-carries", "sort_name", "pk").values_list("pk", flat=True)[:most])


def _has_beginning(word: str) -> Func:
    """Whether a word of the name or of an alias begins so: a pattern that the trigram index can look up."""
    names = Func(F("name"), F("aliases"), function="public.passage_names", output_field=TextField())
    beginning = Concat(
        Value(r"\m"), Func(Value(word), function="public.passage_fold"), output_field=TextField()
    )
    return Func(names, beginning, template="(%(expressions)s)", arg_joiner=" ~ ", output_field=BooleanField())
