"""How words are compared, for search: accents set aside, English and Spanish stems, names by their trigrams."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import migrations, models

# Stays when the migration is taken back: others may use the extensions by then.
EXTENSIONS = """
CREATE EXTENSION IF NOT EXISTS unaccent WITH SCHEMA public;
CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public;
"""

CONFIGURATIONS = """
CREATE TEXT SEARCH CONFIGURATION public.passage_plain (COPY = pg_catalog.simple);
CREATE TEXT SEARCH CONFIGURATION public.passage_en (COPY = pg_catalog.english);
CREATE TEXT SEARCH CONFIGURATION public.passage_es (COPY = pg_catalog.spanish);
ALTER TEXT SEARCH CONFIGURATION public.passage_plain
  ALTER MAPPING FOR hword, hword_part, word, asciiword, asciihword, hword_asciipart, numword, numhword
  WITH public.unaccent, pg_catalog.simple;
ALTER TEXT SEARCH CONFIGURATION public.passage_en
  ALTER MAPPING FOR hword, hword_part, word WITH public.unaccent, pg_catalog.english_stem;
ALTER TEXT SEARCH CONFIGURATION public.passage_es
  ALTER MAPPING FOR hword, hword_part, word WITH public.unaccent, pg_catalog.spanish_stem;
"""
NO_CONFIGURATIONS = """
DROP TEXT SEARCH CONFIGURATION public.passage_plain;
DROP TEXT SEARCH CONFIGURATION public.passage_en;
DROP TEXT SEARCH CONFIGURATION public.passage_es;
"""

# A word that English does not search for ("the") is not looked for in any language; one that only Spanish leaves out
# ("contra") is. unaccent() is not immutable because its rules are a file; ours is the one that PostgreSQL ships.
FUNCTIONS = """
CREATE FUNCTION public.passage_term(words text) RETURNS tsquery LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT CASE
    WHEN numnode(phraseto_tsquery('public.passage_en'::regconfig, words)) = 0 THEN ''::tsquery
    ELSE phraseto_tsquery('public.passage_en'::regconfig, words)
      || phraseto_tsquery('public.passage_es'::regconfig, words)
      || phraseto_tsquery('public.passage_plain'::regconfig, words)
  END;
END;
CREATE FUNCTION public.passage_beginning(word text) RETURNS tsquery LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT to_tsquery('public.passage_plain'::regconfig, quote_literal(word) || ':*');
END;
CREATE FUNCTION public.passage_fold(words text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
BEGIN ATOMIC
  SELECT lower(public.unaccent('public.unaccent'::regdictionary, words));
END;
CREATE FUNCTION public.passage_names(name text, aliases text[]) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
BEGIN ATOMIC
  SELECT ' ' || public.passage_fold(name || ' ' || array_to_string(aliases, ' '));
END;
"""
NO_FUNCTIONS = """
DROP FUNCTION public.passage_names(text, text[]);
DROP FUNCTION public.passage_fold(text);
DROP FUNCTION public.passage_beginning(text);
DROP FUNCTION public.passage_term(text);
"""


class Migration(migrations.Migration):

    dependencies = [("sponsors", "0002_legislatures")]

    operations = [
        migrations.RunSQL(EXTENSIONS, migrations.RunSQL.noop),
        migrations.RunSQL(CONFIGURATIONS, NO_CONFIGURATIONS),
        migrations.RunSQL(FUNCTIONS, NO_FUNCTIONS),
        migrations.AddIndex(
            model_name="person",
            index=GinIndex(
                OpClass(
                    models.Func(models.F("name"), models.F("aliases"), function="public.passage_names"),
                    name="public.gin_trgm_ops",
                ),
                name="person_names",
            ),
        ),
    ]
