"""The people whom a reader's words name, by the beginnings of their names and aliases, accents set aside."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from django.db.models import BooleanField, Exists, F, Func, OuterRef, Q, QuerySet, TextField, Value
from django.db.models.functions import Concat

from sponsors.models import Person, rows_of
from sponsors.prepared import Finder, Prepared, array_text
from sponsors.search.grammar import Asked, plain_words
from sponsors.search.text import KEYS, ONE_OF_KEYS

MOST_COUNTED = 50
MOST_WORDS = 6  # of a name


@dataclass(frozen=True, slots=True)
class FoundPeople:
    """`total` is how many there are, or MOST_COUNTED where `is_more`."""

    people: list[Person]
    total: int
    is_more: bool


def find_people(asked: Asked, *, shown: int) -> Finder[FoundPeople]:
    """People whose names have all words of a group; those who carry a bill first, then by surname. Two questions."""
    groups = [[word for term in group for word in plain_words(term)[:MOST_WORDS]] for group in asked.any_of]
    keys = _best([words for words in groups if words], most=MOST_COUNTED + 1)
    rows = (yield _cards, (array_text(keys[:shown]),)) if keys else []
    found = {person.pk: person for person in rows}
    return FoundPeople(
        [found[key] for key in keys if key in found],
        min(len(keys), MOST_COUNTED),
        len(keys) > MOST_COUNTED,
    )


def people_beginning(text: str, *, most: int) -> list[Person]:
    """People whose names have words that begin like these."""
    keys = _best([plain_words(text)[:MOST_WORDS]], most=most)
    found = Person.objects.in_bulk(keys) if keys else {}
    return sorted(found.values(), key=lambda person: person.sort_name)


_cards = Prepared(lambda _keys: Person.objects.for_cards().filter(ONE_OF_KEYS), (KEYS,))


def _best(groups: list[list[str]], *, most: int) -> list[int]:
    """Keys of people whose names have all words of one of the groups."""
    words = [word for group in groups for word in group]
    if not words:
        return []
    return [person.pk for person in _named(tuple(map(len, groups)), most)(*words)]


@lru_cache(maxsize=200)
def _named(lengths: tuple[int, ...], most: int) -> Prepared[Person]:
    """The question for groups of so many words."""
    examples = [f"@word {place}" for place in range(sum(lengths))]

    def people(*words: str) -> QuerySet[Person]:
        rest, wanted = iter(words), Q()
        for length in lengths:
            wanted |= Q(*map(_has_beginning, islice(rest, length)))
        carrying = rows_of("bills.Sponsorship").of_published_bills().carrying()
        found = Person.objects.in_public().filter(wanted)
        carries = found.annotate(carries=Exists(carrying.filter(person=OuterRef("pk"))))
        return carries.only("pk").order_by("-carries", "sort_name", "pk")[:most]

    return Prepared(people, examples)


def _has_beginning(word: str) -> Func:
    """Whether a word of the name or of an alias begins so: a pattern that the trigram index can look up."""
    names = Func(F("name"), F("aliases"), function="public.passage_names", output_field=TextField())
    beginning = Concat(
        Value(r"\m"), Func(Value(word), function="public.passage_fold"), output_field=TextField()
    )
    return Func(names, beginning, template="(%(expressions)s)", arg_joiner=" ~ ", output_field=BooleanField())
