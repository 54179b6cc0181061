"""A database for the benchmark alone, on private servers, with the legislators of the site in it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO

NAME = "bench"


@contextmanager
def own_database() -> Iterator[None]:
    """Set Django up with an empty database, made anew; it goes when the block ends.

    Addresses of other servers that the environment names are left out: nothing is measured on a site's own.
    """
    for name in ("DATABASE_URL", "REDIS_URL"):
        os.environ.pop(name, None)
    os.environ.setdefault("LOG_LEVEL", "WARNING")
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    connection.settings_dict["TEST"]["NAME"] = NAME
    name_of_the_site = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        call_command("load_roster", stdout=StringIO())
        yield
    finally:
        connection.creation.destroy_test_db(name_of_the_site, verbosity=0)


def names() -> list[str]:
    """Names that a record would write, of people whom the roster knows."""
    from sponsors.models import Person

    people = Person.objects.filter(terms__legislature="ny").order_by("pk").distinct()
    return list(people.values_list("name", flat=True))


def forget_bills() -> None:
    """Empty the tables of bills and of what hangs on them, and how far sources were read."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "TRUNCATE bills_bill, bills_historicalbill, bills_refreshrun, bills_sourcestate CASCADE"
        )
        cursor.execute("TRUNCATE bills_wantedbill, bills_candidate CASCADE")
    vacuum()


def vacuum() -> None:
    """What the server does by itself within minutes of a load."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
