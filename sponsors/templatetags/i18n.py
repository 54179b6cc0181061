"""Django's own `{% load i18n %}`, with the constant words of `{% translate "..." %}` looked up once for each language.

A bill's page has fifty of them, and Django takes as long for each as for a variable that has to be found.
"""

from __future__ import annotations

from django import template
from django.template import Context, Node
from django.template.base import Parser, Token
from django.templatetags import i18n
from django.utils.translation import get_language

register = template.Library()
register.tags.update(i18n.register.tags)
register.filters.update(i18n.register.filters)


class Words(Node):
    """A `{% translate %}` whose words are the same each time."""

    child_nodelists = ()

    def __init__(self, node: i18n.TranslateNode) -> None:
        self.node = node
        self._said: dict[str | None, str] = {}

    def render(self, context: Context) -> str:
        language = get_language()
        said = self._said.get(language)
        if said is None:
            said = self.node.render(context)
            if self.node.asvar:
                said = context[self.node.asvar]
            self._said[language] = said
        if not self.node.asvar:
            return said
        context[self.node.asvar] = said
        return ""


@register.tag("translate")
@register.tag("trans")
def translate(parser: Parser, token: Token) -> Node:
    node = i18n.do_translate(parser, token)
    told = node.filter_expression
    is_constant = told.var.literal is not None and not told.filters and node.message_context is None
    return Words(node) if is_constant else node
