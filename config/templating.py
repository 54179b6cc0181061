"""What the templates of the public pages can call, beside Jinja's own: functions and filters by the names used there.

The desk keeps Django's template language, as Django brings it. Why two: docs/decisions/0021-jinja.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from itertools import groupby
from operator import attrgetter
from typing import Any, NamedTuple

from django.contrib.humanize.templatetags.humanize import intcomma
from django.http import QueryDict
from django.template import defaultfilters
from django.templatetags.static import static
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, get_language_bidi, gettext, ngettext, npgettext, pgettext
from jinja2 import Environment
from jinja2.runtime import Macro

from bills import names, wording
from bills.markup import cards, in_words, sharing
from bills.pages import by_state, meetings
from bills.providers.registry import source_name
from config.compiling import Compiler, printed
from sponsors import recorded_names
from sponsors.addresses import absolute, path_of
from sponsors.markup import code_words
from sponsors.markup import sharing as site_sharing
from statements.markup import statement_json_ld

AppliedTo = Callable[..., Any]


def environment(**options: Any) -> Environment:
    """For Django's Jinja2 backend. Everything is escaped; what is missing is nothing, and has no attributes."""
    env = PageEnvironment(extensions=["jinja2.ext.i18n"], **options)
    env.install_gettext_callables(gettext, ngettext, pgettext=pgettext, npgettext=npgettext)  # type: ignore[attr-defined]
    env.globals.update(FUNCTIONS)
    env.filters.update(FILTERS)
    signs: dict[str, Any] = macros_of(env, "bills/_signs.html")
    # A page has dozens of the few signs, which are the same in every language.
    env.globals.update({name: lru_cache(maxsize=100)(sign) for name, sign in signs.items()})
    for template in MACROS:
        env.globals.update(macros_of(env, template))
    bill_card: Any = env.globals["bill_card"]
    env.globals["bill_card"] = cards.kept(bill_card)
    return env


def macros_of(env: Environment, template: str) -> dict[str, Macro]:
    """Those of a template that are for other templates, by their names."""
    return {
        name: one for name, one in vars(env.get_template(template).module).items() if isinstance(one, Macro)
    }


class PageEnvironment(Environment):
    code_generator_class = Compiler
    printed = staticmethod(printed)


def words(text: str) -> SafeString:
    """`_("...")`: constant words of a template in the language of the page. They are ours, and may hold markup."""
    return _words(get_language(), text)


@lru_cache(maxsize=20_000)
def _words(_language: str | None, text: str) -> SafeString:
    return mark_safe(gettext(text))  # noqa: S308 (constants of templates: tests/test_templates.py)


def in_groups(number: int) -> str:
    """ "20,000", as the language of the page writes it."""
    return str(number) if 0 <= number < 1000 else intcomma(number)


def short_of(text: str, words: int) -> str:
    """At most so many words of it."""
    return text if len(text.split()) <= words else defaultfilters.truncatewords(text, words)


class Run(NamedTuple):
    grouper: Any
    list: list[Any]


def in_runs(rows: Iterable[Any], attribute: str) -> list[Run]:
    """Neighbours that have the same value, in the order in which they come."""
    return [Run(value, list(of_it)) for value, of_it in groupby(rows, key=attrgetter(attribute))]


def query_string(query: QueryDict, **changed: Any) -> str:
    """`?q=dream&page=2`: the query with what is changed."""
    new = query.copy()
    for name, value in changed.items():
        new[name] = value
    return f"?{new.urlencode()}"


FUNCTIONS: dict[str, AppliedTo] = {
    "_": words,
    "absolute_url": absolute,
    "bill_json_ld": sharing.bill_json_ld,
    "bill_part": sharing.bill_part,
    "day": in_words.day,
    "feed_link": site_sharing.feed_link,
    "in_english": in_words.in_english,
    "in_one_line": site_sharing.in_one_line,
    "is_right_to_left": get_language_bidi,
    "language": get_language,
    "moment": in_words.moment,
    "oembed_address": sharing.oembed_address,
    "og_locale": site_sharing.og_locale,
    "person_json_ld": site_sharing.person_json_ld,
    "querystring": query_string,
    "statement_json_ld": statement_json_ld,
    "static": lru_cache(maxsize=100)(static),
    "url": path_of,
    "webcal": site_sharing.webcal,
}
# Templates whose macros every page can call; importing them in each of its parts would cost a page what writing a part
# does. One can call those before it.
MACROS = ("bills/_cards.html", "bills/_whence.html", "_facet.html")
FILTERS: dict[str, AppliedTo] = {
    "carried_in_words": in_words.carried_in_words,
    "condition_label": wording.condition_label,
    "filesizeformat": defaultfilters.filesizeformat,
    "force_escape": defaultfilters.force_escape,
    "in_runs": in_runs,
    "intcomma": in_groups,
    "iso_day": in_words.iso_day,
    "issue": names.issue_in_words,
    "legislature": wording.legislature_name,
    "linebreaks": defaultfilters.linebreaks_filter,
    "linebreaksbr": defaultfilters.linebreaksbr,
    "meeting_name": meetings.name_of,
    "meeting_state": meetings.state_of,
    "party": recorded_names.party_in_words,
    "picture_about": site_sharing.picture_about,
    "place": wording.place_name,
    "seat": in_words.seat,
    "session": recorded_names.session_in_words,
    "slugify": defaultfilters.slugify,
    "source_name": source_name,
    "span_in_words": in_words.span_in_words,
    "state_heading": by_state.heading,
    "states_in_words": by_state.tally_in_words,
    "truncatechars": defaultfilters.truncatechars,
    "truncatewords": short_of,
    "urlencode": defaultfilters.urlencode,
    "with_code": code_words.with_code,
}
