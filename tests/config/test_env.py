"""A malformed value of the environment stops the start and names itself, without telling the value."""

import subprocess
import sys
from contextlib import suppress

import pytest
from django.core.exceptions import ImproperlyConfigured
from hypothesis import given
from hypothesis import strategies as st

from config import env
from config.embedded import PROJECT


@pytest.mark.parametrize(
    ("read", "bad"),
    [
        (lambda: env.boolean("X", False), "maybe"),
        (lambda: env.boolean("X", False), "2"),
        (lambda: env.integer("X", 1, least=1, most=65535), "80 80"),
        (lambda: env.integer("X", 1, least=1, most=65535), "٨٠"),
        (lambda: env.integer("X", 1, least=1, most=65535), "70000"),
        (lambda: env.integer("X", 1, least=1, most=65535), "9" * 5000),
        (lambda: env.choices("X", ["ht", "yi"]), "secret"),
        (lambda: env.choices("X", ["ht", "yi"]), "ht,ht"),
        (lambda: env.web_address("X", ""), "ftp://example.org"),
        (lambda: env.web_address("X", ""), "https://"),
        (lambda: env.web_address("X", ""), "https://user:secret@example.org"),
        (lambda: env.web_address("X", ""), "https://example.org:port"),
        (lambda: env.redis_address("X", ""), "http://localhost"),
        (lambda: env.database("X"), "sqlite:///db.sqlite3"),
        (lambda: env.database("X"), "postgres://"),
        (lambda: env.mail("X", "consolemail://"), "pigeon://secret@loft"),
        (lambda: env.text("X"), "two\nlines"),
    ],
)
def test_a_malformed_value_names_its_variable_and_keeps_the_value_to_itself(monkeypatch, read, bad):
    monkeypatch.setenv("X", bad)
    with pytest.raises(ImproperlyConfigured, match=r"^X ") as caught:
        read()
    assert "secret" not in str(caught.value)


def test_an_unset_or_empty_variable_means_its_default(monkeypatch):
    monkeypatch.delenv("X", raising=False)
    assert env.boolean("X", True) is True
    monkeypatch.setenv("X", "  ")
    assert env.integer("X", 8000, least=1, most=65535) == 8000
    assert env.words("X", ["a"]) == ["a"]
    assert env.database("X") is None


def test_well_formed_values_are_read(monkeypatch):
    monkeypatch.setenv("X", "postgres://me:p%40ss@db.example.org:5433/passage")
    found = env.database("X")
    assert (found["NAME"], found["HOST"], found["PORT"], found["PASSWORD"]) == (
        "passage",
        "db.example.org",
        5433,
        "p@ss",
    )
    monkeypatch.setenv("X", "https://example.org/")
    assert env.web_address("X", "") == "https://example.org"
    monkeypatch.setenv("X", "smtp+tls://user:word@mail.example.org:587")
    assert env.mail("X", "")["EMAIL_PORT"] == 587


@given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])))
def test_no_text_does_more_than_raise_improperly_configured(value):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("X", value)
        for read in (
            lambda: env.boolean("X", False),
            lambda: env.web_address("X", "https://example.org"),
            lambda: env.database("X"),
            lambda: env.mail("X", "consolemail://"),
            lambda: env.integer("X", 1, least=0, most=9),
        ):
            with suppress(ImproperlyConfigured):
                read()


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"DEBUG": "perhaps"}, "DEBUG"),
        ({"DATABASE_URL": "postgres://u:p@127.0.0.1:5432/passage", "SECRET_KEY": ""}, "SECRET_KEY"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY"),
        ({"PORT": "http"}, "PORT"),
        ({"LOG_LEVEL": "LOUD"}, "LOG_LEVEL"),
        ({"REDIS_URL": "memcached://127.0.0.1"}, "REDIS_URL"),
    ],
)
def test_the_settings_refuse_to_start_on_a_bad_value(changes, named, tmp_path):
    done = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=PROJECT,
        env={"PATH": "/usr/bin:/bin", "VAR_DIR": str(tmp_path), **changes},
        capture_output=True,
        text=True,
    )
    assert done.returncode != 0
    assert named in done.stderr.strip().splitlines()[-1]
