"""What a new site looks for, until its staff say otherwise; and when bills on record were last read."""

from django.db import migrations
from django.db.models import F

QUERIES = {
    "Immigrants and immigration": [
        "immigra*",
        "migrant*",
        "noncitizen*",
        "non-citizen*",
        "undocumented person*",
        "lawful permanent resident*",
    ],
    "Deportation and detention": [
        "deport*",
        "removal proceedings",
        "civil detainer*",
        "customs enforcement",
        "border patrol",
        "287(g)",
    ],
    "Asylum and refugees": ["asylum", "asylee*", "refugee*", "temporary protected status"],
    "Citizenship and language access": ["naturaliz*", "citizenship status", "language access", "limited English"],
}


def write_queries(apps, schema_editor):
    topic_query = apps.get_model("bills", "TopicQuery")
    for name, words in QUERIES.items():
        topic_query.objects.get_or_create(name=name, defaults={"words": "\n".join(words)})
    apps.get_model("bills", "Bill").objects.filter(read_at=None).update(read_at=F("checked_at"))


class Migration(migrations.Migration):

    dependencies = [
        ("bills", "0002_refresh_and_tracking"),
    ]

    operations = [
        migrations.RunPython(write_queries, migrations.RunPython.noop),
    ]
