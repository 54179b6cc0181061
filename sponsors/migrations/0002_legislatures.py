from django.db import migrations

LEGISLATURES = [
    ("ny", "New York State Legislature", "New York State", "https://www.nysenate.gov/"),
    ("nyc", "New York City Council", "New York City", "https://council.nyc.gov/"),
    ("us", "United States Congress", "Congress", "https://www.congress.gov/"),
]


def add(apps, schema_editor):
    legislature = apps.get_model("sponsors", "Legislature")
    for code, name, short_name, website in LEGISLATURES:
        legislature.objects.update_or_create(
            code=code, defaults={"name": name, "short_name": short_name, "website": website}
        )


class Migration(migrations.Migration):
    dependencies = [("sponsors", "0001_initial")]

    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
