"""Where there are thousands of whole texts they are not looked through for a phrase that enough names, titles and
summaries have: the best are found then, and the page says that there may be more. And issues hold the words that they are found by."""

from importlib import import_module

import django.contrib.postgres.search
from django.db import migrations, models

_last = import_module("bills.migrations.0013_fewer_texts_for_a_phrase")
BEFORE = _last.AFTER
_IS_SHORT = (
    "  IF loose IS NOT NULL AND (SELECT count(DISTINCT one) FROM unnest(found) AS one) < most THEN\n"
    "    IF loose = wanted THEN\n"
)
_MAY_BE_ENOUGH = """  is_enough := loose <> wanted AND numnode(unwanted) = 0
    AND (SELECT reltuples FROM pg_class WHERE oid = 'bills_billtext'::regclass) > 5000
    AND (SELECT count(DISTINCT one) FROM unnest(found) AS one) BETWEEN 12 AND most - 1;
  IF is_enough THEN
    RETURN QUERY SELECT 0::bigint, 0;
  ELSIF loose IS NOT NULL AND (SELECT count(DISTINCT one) FROM unnest(found) AS one) < most THEN
    IF loose = wanted THEN
"""
AFTER = _last._once(BEFORE, _IS_SHORT, _MAY_BE_ENOUGH)
AFTER = _last._once(AFTER, "  is_common boolean;\n", "  is_common boolean;\n  is_enough boolean;\n")


def _words(column: str, configuration: str, weight: str) -> models.Func:
    return models.Func(
        models.F(column),
        output_field=django.contrib.postgres.search.SearchVectorField(),
        template=f"setweight(to_tsvector('public.passage_{configuration}'::regconfig, %(expressions)s), '{weight}')",
    )


class Migration(migrations.Migration):
    dependencies = [("bills", "0013_fewer_texts_for_a_phrase")]

    operations = [
        migrations.RunSQL(AFTER, BEFORE),
        migrations.AddField(
            model_name="issue",
            name="vector",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Func(
                    _words("name", "plain", "A"),
                    _words("name", "en", "A"),
                    _words("description", "plain", "D"),
                    _words("description", "en", "D"),
                    arg_joiner=" || ",
                    output_field=django.contrib.postgres.search.SearchVectorField(),
                    template="%(expressions)s",
                ),
                output_field=django.contrib.postgres.search.SearchVectorField(),
            ),
        ),
    ]
