"""A phrase of words that stand in most texts is looked for in 400 of them, and not among the bills that moved last first:
that tells of words how common they are, which a phrase of common words is not."""

from importlib import import_module

from django.db import migrations

BEFORE = import_module("bills.migrations.0009_search").FIND.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
_NEWEST = """  found := ARRAY(
    SELECT newest.bill_id FROM ("""
_IS_COMMON = "  is_common := cardinality(found) >= 12;\n"


def _once(text: str, part: str, by: str) -> str:
    if text.count(part) != 1:
        raise ValueError(f"{part!r} is no longer what it was.")
    return text.replace(part, by)


AFTER = _once(BEFORE, "LIMIT 800", "LIMIT 400")
AFTER = _once(AFTER, "looked_through = 800", "looked_through = 400")
AFTER = _once(AFTER, _NEWEST, f"  IF loose IS NULL OR loose = wanted THEN\n{_NEWEST}")
AFTER = _once(AFTER, _IS_COMMON, f"{_IS_COMMON}  END IF;\n")


class Migration(migrations.Migration):
    dependencies = [("bills", "0012_bill_number")]

    operations = [migrations.RunSQL(AFTER, BEFORE)]
