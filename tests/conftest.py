"""Fixtures for every test. Each xdist worker has a PostgreSQL database and a Redis database of its own."""

from __future__ import annotations

import os
import shutil
import socket
import tempfile
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.template import engines
from django.template.backends import jinja2
from django.test.signals import template_rendered
from jinja2 import Undefined

from config import embedded

PROJECT = Path(__file__).resolve().parent.parent
SHARED = PROJECT.parent / "shared"
REDIS_DATABASES = 16


def _own_redis_url() -> str:
    """The configured Redis, at a database that belongs to this xdist worker (1 to 15; 0 is the site's)."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0")
    number = 1 + int(worker.removeprefix("gw")) % (REDIS_DATABASES - 1)
    address = django_settings.REDIS_URL
    if address.startswith("unix://"):
        return f"{address.split('?')[0]}?db={number}"
    return f"{address.rsplit('/', 1)[0]}/{number}"


def pytest_configure(config):
    if django_settings.EMBEDDED_DATABASE:
        embedded.ensure()
    address = _own_redis_url()
    django_settings.REDIS_URL = address
    django_settings.CACHES["default"]["LOCATION"] = address
    django_settings.CELERY_BROKER_URL = (
        address.replace("unix://", "redis+socket://").replace("?db=", "?virtual_host=")
        if address.startswith("unix://")
        else address
    )
    # Rows are made behind the pages' back here; the tests of kept pages turn it on.
    django_settings.PAGE_CACHE_SECONDS = 0
    django_settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    # Tests render pages without a collectstatic before them.
    django_settings.STORAGES["staticfiles"]["BACKEND"] = (
        "django.contrib.staticfiles.storage.StaticFilesStorage"
    )
    _watch_templates()
    django_settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


class Missing(Undefined):
    """What a page does not have may be asked after, as everywhere; here it cannot be printed by mistake."""

    __str__ = __html__ = Undefined._fail_with_undefined_error


def _watch_templates() -> None:
    """Let the test client see what pages are given, as it does with Django's own templates."""
    engines["jinja2"].env.undefined = Missing
    render = jinja2.Template.render

    def seen(self, context=None, request=None):
        template_rendered.send(sender=self, template=self, context=context or {})
        return render(self, context, request)

    jinja2.Template.render = seen


@pytest.fixture(autouse=True)
def _no_foreign_network(monkeypatch):
    """Refuse every connection but loopback and Unix sockets."""
    connect = socket.socket.connect

    def guarded(self, address):
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in {
            "127.0.0.1",
            "::1",
            "localhost",
        }:
            raise AssertionError(f"A test tried to reach {address[0]}.")
        return connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(autouse=True)
def _empty_cache(request):
    """A test begins with an empty Redis, where it uses the database at all."""
    uses_rows = {"db", "transactional_db"} & set(request.fixturenames) or request.node.get_closest_marker(
        "django_db"
    )
    if uses_rows:
        from django.core.cache import cache

        cache.clear()


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real source material beside the project, which is not part of it."""
    if not SHARED.is_dir():
        pytest.skip("The real source material (../shared) is not on this machine.")
    return SHARED


@pytest.fixture
def open_folder():
    """A folder that every user may pass through, as a checkout usually is; pytest's own are closed to others."""
    folder = Path(tempfile.mkdtemp(prefix="passage-test-")).resolve()
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)
