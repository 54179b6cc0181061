"""Words of templates that are looked up once, in whatever language is asked for next."""

from __future__ import annotations

import re
import threading

import pytest
from django.conf import settings
from django.template import Context, Template
from django.utils import translation

TEMPLATES = settings.BASE_DIR / "templates"
LOADED = "{% load i18n words %}"


def test_constant_words_are_said_in_the_language_of_each_page():
    template = Template(LOADED + '{% translate "Bills" %} {% translate "Sponsors" as them %}{{ them }}')
    said = []
    for code in ("en", "es", "en", "es"):
        with translation.override(code):
            said.append(template.render(Context()))
    assert said[0] == said[2] == "Bills Sponsors"
    assert said[1] == said[3] != said[0]


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("{% translate word %}", "&lt;b&gt;"),
        ('{% translate "Bills"|upper %}', "BILLS"),
        ('{% translate "Democratic" context "party" %}', "Democratic"),
        ('{% translate "100 %" %}', "100 %"),
        ('{% translate "Bills" noop %}', "Bills"),
    ],
)
def test_other_words_are_django_s_own(source, said):
    assert Template(LOADED + source).render(Context({"word": "<b>"})) == said


def test_two_threads_have_a_language_each():
    template, said = Template(LOADED + '{% translate "Bills" %}'), {}
    both = threading.Barrier(2)

    def say(code: str) -> None:
        with translation.override(code):
            both.wait(20)
            said[code] = template.render(Context())
            both.wait(20)

    threads = [threading.Thread(target=say, args=[code]) for code in ("en", "es")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert said["en"] == "Bills"
    assert said["es"] not in ("", "Bills")


def test_every_template_that_says_words_has_them_looked_up_once():
    said = [path for path in TEMPLATES.rglob("*.html") if "{% translate " in path.read_text()]
    assert len(said) > 50
    for path in said:
        loaded = re.search(r"{% load ([^%]+) %}", path.read_text())
        assert loaded, path.name
        assert loaded[1].split()[:2] == ["i18n", "words"], path.name
