"""Words of names and titles, and which of them a misspelt one may have meant.

gather_words()                                      after a load, and every night
did_you_mean("sanctuery cityes") -> "sanctuary cities"
"""

from __future__ import annotations

import re

from django.db import connection, transaction

from sponsors.models import Person
from sponsors.search.grammar import plain_words
from statements.models import Word

FEWEST_LETTERS = 4  # of a word that can be told to be misspelt
MOST_WORDS = 6  # looked up for one question
LIKE_ENOUGH = 0.4  # of pg_trgm's similarity: "imigration" and "immigration" have 0.67, "bail" and "bill" 0.25
LOCK = 0x7061_7373  # one gathers at a time

# What is read for them: the rows that search holds, which are of published bills and statements, and the names of
# people whom readers may meet. Nothing is counted in a longer text: its misspellings would be taken for words.
_READ = """
  SELECT to_tsvector('public.passage_plain', concat_ws(' ', names, title, people, issues)) FROM bills_billsearch
  UNION ALL SELECT to_tsvector('public.passage_plain', concat_ws(' ', title, people)) FROM statements_statementsearch
  UNION ALL SELECT to_tsvector('public.passage_plain', name) FROM ({people}) AS person
  UNION ALL SELECT to_tsvector('public.passage_plain', name) FROM bills_issue
"""
_GATHER = """
WITH gathered AS MATERIALIZED (
  SELECT word, ndoc FROM ts_stat(%s) WHERE length(word) BETWEEN 4 AND 40 AND word !~ '[0-9]'
), gone AS (
  DELETE FROM statements_word AS held WHERE NOT EXISTS (SELECT FROM gathered WHERE gathered.word = held.word)
)
INSERT INTO statements_word (word, uses)
SELECT gathered.word, gathered.ndoc FROM gathered LEFT JOIN statements_word AS held USING (word)
WHERE held.uses IS DISTINCT FROM gathered.ndoc
ON CONFLICT (word) DO UPDATE SET uses = EXCLUDED.uses
"""
_NEAREST = """
SELECT asked.word, near.word
FROM unnest(%s::text[]) AS asked (word) CROSS JOIN LATERAL (
  SELECT held.word FROM statements_word AS held
  WHERE held.word OPERATOR(public.%%) public.passage_fold(asked.word)
    AND public.similarity(held.word, public.passage_fold(asked.word)) >= %s
  ORDER BY public.similarity(held.word, public.passage_fold(asked.word)) DESC, held.uses DESC, held.word LIMIT 1
) AS near
WHERE NOT EXISTS (SELECT FROM statements_word AS held WHERE held.word = public.passage_fold(asked.word))
"""


def gather_words() -> int:
    """Bring the table of words up to what is searched now; how many there are."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        people, values = Person.objects.in_public().order_by().values("name").query.sql_with_params()
        written = cursor.mogrify(
            people, values
        )  # ts_stat() takes a question as text, without values of its own
        cursor.execute(_GATHER, [_READ.format(people=written.decode())])
    return Word.objects.count()


def did_you_mean(text: str) -> str:
    """The question with each word that nobody uses put as the one that it is most like; "" where none is changed."""
    words = [word for word in dict.fromkeys(plain_words(text)) if len(word) >= FEWEST_LETTERS][:MOST_WORDS]
    if not words:
        return ""
    with connection.cursor() as cursor:
        cursor.execute(_NEAREST, [words, LIKE_ENOUGH])
        nearest = dict(cursor.fetchall())
    if not nearest:
        return ""
    alternatives = "|".join(map(re.escape, nearest))
    return re.sub(rf"(?<![^\W_])(?:{alternatives})(?![^\W_])", lambda found: nearest[found[0]], text)
