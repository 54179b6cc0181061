"""Migrations are complete, and each can be taken back."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

APPS = ["statements", "bills", "sponsors"]  # in the order in which they can be taken back


def tables() -> set[str]:
    return {name for name in connection.introspection.table_names() if name.split("_")[0] in APPS}


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_every_migration_can_be_taken_back_and_applied_again():
    before = tables()
    assert before
    executor = MigrationExecutor(connection)
    executor.migrate([(app, None) for app in APPS])
    assert tables() == set()
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())
    assert tables() == before


@pytest.mark.django_db
def test_nothing_newer_than_postgresql_15_is_needed():
    assert connection.pg_version >= 150000
