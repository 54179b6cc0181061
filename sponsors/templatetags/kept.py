"""Parts of a page that are the same on many: `{% load kept %}{% kept here.view_name %}...{% endkept %}`.

What stands around every page takes a fifth of the time that a bill's page takes to be written. It is written once for
each language and each set of values, and kept with the template in the process: a new release begins anew.
"""

from __future__ import annotations

from django import template
from django.template import Context, TemplateSyntaxError
from django.template.base import FilterExpression, Node, NodeList, Parser, Token
from django.template.loader_tags import BlockNode
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()

MOST_KEPT = 500  # of one part; one more and it begins anew


class Kept(Node):
    def __init__(self, nodelist: NodeList, values: list[FilterExpression]) -> None:
        self.nodelist, self.values = nodelist, values
        self._kept: dict[tuple, SafeString] = {}

    def render(self, context: Context) -> SafeString:
        key = (get_language(), *(one.resolve(context) for one in self.values))
        if (written := self._kept.get(key)) is None:
            written = self.nodelist.render(context)
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            self._kept[key] = written
        return written


@register.tag
def kept(parser: Parser, token: Token) -> Kept:
    """All that differs between pages must be among the values, but for the language."""
    values = [parser.compile_filter(one) for one in token.split_contents()[1:]]
    nodelist = parser.parse(("endkept",))
    parser.delete_first_token()
    if nodelist.get_nodes_by_type(BlockNode):
        raise TemplateSyntaxError("A block that pages fill cannot be kept.")
    return Kept(nodelist, values)
