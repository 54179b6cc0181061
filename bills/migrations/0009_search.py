"""What search reads of bills, and how it is asked."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models

# Short rows stay whole in their page, so that looking through a thousand of them fetches nothing else.
IN_ONE_PLACE = "ALTER TABLE bills_billsearch SET (toast_tuple_target = 8160);"

# One question in steps, each of which is bounded, since a common word may stand in half of a million bills: the bills
# that moved last, those of this name, those with these words in their short row, and only where that is not enough
# those with them in their whole text. Sorted by where the words stand (1 in number or name, 2 title, 3 people and
# issues, 4 summary, 5 what was said of it, 6 elsewhere in its text), then the last to move first. `loose` is `wanted`
# with the words of phrases apart, or null where whole texts are not to be looked at. Of texts that have the words of a
# phrase, 800 are looked through for the phrase; a row (0, 0) says that there were more. docs/decisions/0012 tells why.
# Sequential scans are off because the planner takes a LIMIT as a promise of many matches.
FIND = """
CREATE FUNCTION public.passage_bills(wanted tsquery, loose tsquery, unwanted tsquery, most integer)
RETURNS TABLE (bill_id bigint, place integer) LANGUAGE plpgsql STABLE SET enable_seqscan = off AS $$
#variable_conflict use_column
DECLARE
  found bigint[];
  is_common boolean;
  looked_through integer;
BEGIN
  found := ARRAY(
    SELECT newest.bill_id FROM (
      SELECT bill_id FROM bills_listedbill WHERE is_published
      ORDER BY last_action_on DESC NULLS LAST, bill_id DESC LIMIT 200
    ) AS newest JOIN bills_billsearch AS short ON short.bill_id = newest.bill_id WHERE short.vector @@ wanted
  );
  is_common := cardinality(found) >= 12;
  found := found || ARRAY(
    SELECT bill_id FROM bills_billsearch WHERE ts_filter(vector, '{a}') @@ wanted LIMIT 4 * most
  ) || ARRAY(
    SELECT bill_id FROM bills_billsearch WHERE vector @@ wanted LIMIT CASE WHEN is_common THEN most ELSE 5000 END
  );
  IF loose IS NOT NULL AND (SELECT count(DISTINCT one) FROM unnest(found) AS one) < most THEN
    IF loose = wanted THEN
      found := found || ARRAY(
        SELECT matching.bill_id FROM (SELECT bill_id FROM bills_billtext WHERE vector @@ wanted LIMIT 5000) AS matching
        ORDER BY matching.bill_id DESC LIMIT CASE WHEN numnode(unwanted) = 0 THEN most ELSE 4 * most END
      );
    ELSE
      SELECT found || coalesce(array_agg(candidate.bill_id) FILTER (WHERE candidate.vector @@ wanted), '{}'), count(*)
      INTO found, looked_through
      FROM (SELECT bill_id, vector FROM bills_billtext WHERE vector @@ loose LIMIT 800) AS candidate;
      IF looked_through = 800 THEN
        RETURN QUERY SELECT 0::bigint, 0;
      END IF;
    END IF;
  END IF;
  RETURN QUERY
    SELECT short.bill_id, CASE
        WHEN ts_filter(short.vector, '{a}') @@ wanted THEN 1
        WHEN ts_filter(short.vector, '{a,b}') @@ wanted THEN 2
        WHEN ts_filter(short.vector, '{a,b,c}') @@ wanted THEN 3
        WHEN short.vector @@ wanted THEN 4
        WHEN (SELECT ts_filter(vector, '{c}') @@ wanted FROM bills_billtext AS long WHERE long.bill_id = short.bill_id)
        THEN 5
        ELSE 6
      END AS place
    FROM (SELECT DISTINCT unnest(found) AS bill_id) AS each
    JOIN bills_billsearch AS short ON short.bill_id = each.bill_id
    JOIN bills_listedbill AS listed ON listed.bill_id = each.bill_id
    WHERE numnode(unwanted) = 0 OR NOT (
      short.vector @@ unwanted
      OR EXISTS (SELECT FROM bills_billtext AS long WHERE long.bill_id = short.bill_id AND long.vector @@ unwanted)
    )
    ORDER BY place, listed.last_action_on DESC NULLS LAST, short.bill_id DESC
    LIMIT most;
END;
$$;
CREATE FUNCTION public.passage_bills_having(wanted tsquery) RETURNS SETOF bigint
LANGUAGE plpgsql STABLE ROWS 500 SET enable_seqscan = off AS $$
BEGIN
  RETURN QUERY
    SELECT bill_id FROM bills_billsearch WHERE vector @@ wanted
    UNION ALL SELECT bill_id FROM bills_billtext WHERE vector @@ wanted;
END;
$$;
"""
FIND_NO_MORE = """
DROP FUNCTION public.passage_bills_having(tsquery);
DROP FUNCTION public.passage_bills(tsquery, tsquery, tsquery, integer);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("bills", "0008_proposal_summary_and_stages_by_committee"),
        ("sponsors", "0003_text_search"),
    ]

    operations = [
        migrations.CreateModel(
            name="BillSearch",
            fields=[
                (
                    "bill",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="search_row",
                        serialize=False,
                        to="bills.bill",
                    ),
                ),
                ("numbers", models.TextField(help_text="In the spellings that a search for words may hold.")),
                ("names", models.TextField(help_text="Short name, and the name of its proposal.")),
                ("title", models.TextField()),
                ("people", models.TextField(help_text="Whose name stands on it.")),
                ("issues", models.TextField()),
                ("summary", models.TextField()),
                (
                    "vector",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            models.Func(
                                models.F("numbers"),
                                output_field=django.contrib.postgres.search.SearchVectorField(),
                                template="setweight(to_tsvector('public.passage_plain'::regconfig, %(expressions)s), 'A')",
                            ),
                            models.Func(
                                models.F("names"),
                                output_field=django.contrib.postgres.search.SearchVectorField(),
                                template="setweight(to_tsvector('public.passage_plain'::regconfig, %(expressions)s), 'A')",
                            ),
                            models.Func(
                                models.F("names"),
                                output_field=django.contrib.postgres.search.SearchVectorField(),
                                template="setweight(to_tsvector('public.passage_en'::regconfig, %(expressions)s), 'A')",
                            ),
                            models.Func(
                                models.F("names"),
                                output_field=django.contrib.postgres.search.SearchVectorField(),
                                template="setweight(to_tsvector('public.passage_es'::regconfig, %(expressions)s), 'A')",
                            ),
                            models.Func(
                                models.F("title"),
                                output_field=django.contrib.postgres.search.SearchVectorField(),
                                template="setweight(to_tsvector('public.passage_plain'::regconfig, %(expressions)s), 'B')",
                            ),
                            models.Func(
                                models.F("title"),
                                output_field=django.contrib.postgres.search.SearchVectorField(),
                                template="setweight(to_tsvector('public.passage_en'::regconfig, %(expressions)s), 'B')",
                            ),
                            models.Func(
                                models.F("people"),
                                output_field=django.contrib.postgres.search.SearchVectorField(),
                                template="setweight(to_tsvector('public.passage_plain'::regconfig, %(expressions)s), 'C')",
                            ),
                            models.Func(
                                models.F("issues"),
                                output_field=django.contrib.postgres.search.SearchVectorField(),
                                template="setweight(to_tsvector('public.passage_plain'::regconfig, %(expressions)s), 'C')",
                            ),
                            models.Func(
                                models.F("issues"),
                                output_field=django.contrib.postgres.search.SearchVectorField(),
                                template="setweight(to_tsvector('public.passage_en'::regconfig, %(expressions)s), 'C')",
                            ),
                            models.Func(
                                models.F("issues"),
                                output_field=django.contrib.postgres.search.SearchVectorField(),
                                template="setweight(to_tsvector('public.passage_es'::regconfig, %(expressions)s), 'C')",
                            ),
                            models.Func(
                                models.F("summary"),
                                output_field=django.contrib.postgres.search.SearchVectorField(),
                                template="setweight(to_tsvector('public.passage_en'::regconfig, %(expressions)s), 'D')",
                            ),
                            arg_joiner=" || ",
                            output_field=django.contrib.postgres.search.SearchVectorField(),
                            template="%(expressions)s",
                        ),
                        output_field=django.contrib.postgres.search.SearchVectorField(),
                    ),
                ),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(fields=["vector"], name="bill_search_words"),
                    django.contrib.postgres.indexes.GinIndex(
                        models.Func(models.F("vector"), template="ts_filter(%(expressions)s, '{a}')"),
                        name="bill_search_names",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BillText",
            fields=[
                (
                    "bill",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="text_row",
                        serialize=False,
                        to="bills.bill",
                    ),
                ),
                ("said", models.TextField(help_text="Titles of published statements that name it.")),
                ("text", models.TextField()),
                ("beside", models.TextField()),
                (
                    "vector",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            models.Func(
                                models.F("said"),
                                output_field=django.contrib.postgres.search.SearchVectorField(),
                                template="setweight(to_tsvector('public.passage_plain'::regconfig, %(expressions)s), 'C')",
                            ),
                            models.Func(
                                models.F("said"),
                                output_field=django.contrib.postgres.search.SearchVectorField(),
                                template="setweight(to_tsvector('public.passage_en'::regconfig, %(expressions)s), 'C')",
                            ),
                            models.Func(
                                models.F("said"),
                                output_field=django.contrib.postgres.search.SearchVectorField(),
                                template="setweight(to_tsvector('public.passage_es'::regconfig, %(expressions)s), 'C')",
                            ),
                            models.Func(
                                models.F("beside"),
                                output_field=django.contrib.postgres.search.SearchVectorField(),
                                template="setweight(to_tsvector('public.passage_plain'::regconfig, %(expressions)s), 'D')",
                            ),
                            models.Func(
                                models.F("text"),
                                output_field=django.contrib.postgres.search.SearchVectorField(),
                                template="setweight(to_tsvector('public.passage_en'::regconfig, %(expressions)s), 'D')",
                            ),
                            arg_joiner=" || ",
                            output_field=django.contrib.postgres.search.SearchVectorField(),
                            template="%(expressions)s",
                        ),
                        output_field=django.contrib.postgres.search.SearchVectorField(),
                    ),
                ),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(fields=["vector"], name="bill_text_words")
                ],
            },
        ),
        migrations.RunSQL(IN_ONE_PLACE, migrations.RunSQL.noop),
        migrations.RunSQL(FIND, FIND_NO_MORE),
    ]
