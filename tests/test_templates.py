"""Words of templates that are looked up once, in whatever language is asked for next."""

from __future__ import annotations

import threading

import pytest
from django.template import Context, Template
from django.utils import translation

LOADED = "{% load i18n %}"


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
        ('{% trans "Bills" noop %}', "Bills"),
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
