"""Parts of pages that are kept: written once for a language and its values, and never with a page's own blocks."""

from __future__ import annotations

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.utils import translation


def test_a_part_is_written_once_for_each_value_and_language():
    template = Template(
        "{% load i18n kept %}{% kept which %}{{ which }} {{ other }} {% translate 'Search' %}{% endkept %}"
    )

    def written(**values):
        return template.render(Context(values))

    assert written(which="a", other=1) == "a 1 Search"
    assert written(which="a", other=2) == "a 1 Search", (
        "what is not among its values is that of the first time"
    )
    assert written(which="b", other=3) == "b 3 Search"
    with translation.override("es"):
        assert written(which="a", other=4) == "a 4 Buscar"


def test_what_readers_sent_is_escaped_in_it():
    template = Template("{% load kept %}{% kept %}{{ text }}{% endkept %}")
    assert template.render(Context({"text": "<script>"})) == "&lt;script&gt;"


def test_no_more_than_so_many_are_kept_and_then_it_begins_anew(monkeypatch):
    monkeypatch.setattr("sponsors.templatetags.kept.MOST_KEPT", 2)
    template = Template("{% load kept %}{% kept which %}{{ other }}{% endkept %}")
    for which in range(3):
        template.render(Context({"which": which, "other": which}))
    assert template.render(Context({"which": 2, "other": "new"})) == "2"
    assert template.render(Context({"which": 1, "other": "new"})) == "new"


def test_a_block_cannot_be_kept():
    with pytest.raises(TemplateSyntaxError, match="cannot be kept"):
        Template("{% load kept %}{% kept %}{% block title %}{% endblock %}{% endkept %}")
