"""What a statement's page tells programs of itself."""

from __future__ import annotations

from django.utils.safestring import SafeString

from sponsors.linked_data import graph
from statements import linked_data
from statements.models import Statement


def statement_json_ld(statement: Statement) -> SafeString:
    """The statement, with the way to it from the front page. `statement` is a row of `for_page()`."""
    return graph(linked_data.article(statement), linked_data.way_to(statement))
