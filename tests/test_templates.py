"""Templates of the public pages: they compile, say only constant words unescaped, and call what has to be called."""

from __future__ import annotations

import ast
import threading
from datetime import date

import pytest
from django.conf import settings
from django.template import engines
from django.utils import translation
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy
from jinja2 import UndefinedError, nodes
from markupsafe import Markup

from config.templating import FUNCTIONS, words

TEMPLATES = settings.BASE_DIR / "templates"
APPS = ("bills", "sponsors", "statements", "config")
# Methods of Django's that templates of ours ask.
OF_DJANGO = {"get_absolute_url", "has_next", "has_previous", "has_other_pages", "next_page_number",
             "previous_page_number", "items", "all"}  # fmt: skip
# Of names that a method here and a field there share: whose field it is that templates read.
ALSO_FIELDS = {"chamber", "committee", "count", "entries", "first", "line", "lines", "listed", "meetings", "number",
               "page", "place", "proposal", "rows", "said", "sentence", "session", "source", "start", "term",
               "text", "in_words", "waiting", "location", "lastmod"}  # fmt: skip


@pytest.fixture(scope="module")
def env():
    return engines["jinja2"].env


@pytest.fixture(scope="module")
def parsed(env):
    paths = [path for path in sorted(TEMPLATES.rglob("*")) if path.is_file()]
    assert len(paths) > 80
    return {path.relative_to(TEMPLATES).as_posix(): env.parse(path.read_text()) for path in paths}


def test_every_template_compiles(env, parsed):
    for name in parsed:
        env.get_template(name)


def test_only_words_of_ours_are_said_without_being_escaped(parsed):
    """What comes from elsewhere is translated with gettext(), whose answer is escaped."""
    said = 0
    for name, tree in parsed.items():
        for call in tree.find_all(nodes.Call):
            if isinstance(call.node, nodes.Name) and call.node.name == "_":
                said += 1
                assert [type(given) for given in call.args] == [nodes.Const], (name, call.lineno)
    assert said > 500


def test_no_name_of_a_function_is_taken_by_a_variable(parsed):
    for name, tree in parsed.items():
        taken = {one.name for one in tree.find_all(nodes.Name) if one.ctx in {"store", "param"}}
        assert not taken & {*FUNCTIONS, "gettext", "ngettext"}, name


def test_a_method_is_called_and_not_only_named(parsed):
    """`{% if bill.is_late %}` is always true where is_late is a method."""
    methods = methods_of_ours() - ALSO_FIELDS | OF_DJANGO
    for name, tree in parsed.items():
        called = {id(call.node) for call in tree.find_all(nodes.Call)}
        only_named = {
            (one.attr, one.lineno)
            for one in tree.find_all(nodes.Getattr)
            if one.attr in methods and id(one) not in called
        }
        assert not only_named, name


def methods_of_ours() -> set[str]:
    found, fields = set(), set()
    for app in APPS:
        for path in (settings.BASE_DIR / app).rglob("*.py"):
            for owner in (
                node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.ClassDef)
            ):
                for part in owner.body:
                    if isinstance(part, ast.FunctionDef):
                        is_field = any("property" in ast.unparse(one) for one in part.decorator_list)
                        (fields if is_field else found).add(part.name)
    assert "get_absolute_url" in found
    return found - fields


def test_constant_words_are_said_in_the_language_of_each_page():
    said = []
    for code in ("en", "es", "en", "es"):
        with translation.override(code):
            said.append(words("Bills"))
    assert said[0] == said[2] == "Bills"
    assert said[1] == said[3] != said[0]


def test_two_threads_have_a_language_each():
    said: dict[str, str] = {}
    both = threading.Barrier(2)

    def say(code: str) -> None:
        with translation.override(code):
            both.wait(20)
            said[code] = words("Bills")
            both.wait(20)

    threads = [threading.Thread(target=say, args=[code]) for code in ("en", "es")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert said["en"] == "Bills"
    assert said["es"] not in ("", "Bills")


@pytest.mark.parametrize(
    "source",
    ["{{ text }}", "{{ gettext(text) }}", "{% trans name=text %}Without “{{ name }}”{% endtrans %}",
     "{{ [text, text]|join(', ') }}", "{% set kept %}{{ text }}{% endset %}{{ kept }}", "{{ text|with_code }}",
     "{{ text|linebreaksbr }}", "{{ text|truncatewords(5) }}", "{{ text|truncatechars(50) }}"],
)  # fmt: skip
def test_what_others_wrote_is_escaped_once(env, source):
    written = env.from_string(source).render(text="<b>&")
    assert "&lt;b&gt;&amp;" in written
    assert "<b" not in written
    assert "&amp;lt;" not in written


@pytest.mark.parametrize(
    ("value", "printed"),
    [("a < b", "a &lt; b"), (mark_safe("<b>"), "<b>"), (Markup("<i>"), "<i>"), (0, "0"), (None, "None"),
     (gettext_lazy("Bills"), "Bills"), (date(2026, 3, 1), "2026-03-01"), ("\u202e\x00'\"", "\u202e\x00&#39;&#34;")],
)  # fmt: skip
def test_what_is_printed_is_escaped_unless_it_is_html(env, value, printed):
    assert env.from_string("{{ value }}").render(value=value) == printed


def test_functions_get_what_templates_give_them_and_missing_ones_are_named(env):
    taken = []
    env.from_string(
        "{% for one in 'ab' %}{% set x = take(one, *more, last=2) %}{{ take(one, last=3) }}{% endfor %}"
    ).render(take=lambda *given, **named: taken.append((given, named)), more=[7])
    assert taken == [
        (("a", 7), {"last": 2}),
        (("a",), {"last": 3}),
        (("b", 7), {"last": 2}),
        (("b",), {"last": 3}),
    ]
    with pytest.raises(UndefinedError, match="absent"):
        env.from_string("{{ absent() }}").render()
