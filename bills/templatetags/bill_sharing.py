"""What a bill's page tells programs of itself: `{% load bill_sharing %}`."""

from __future__ import annotations

from django import template
from django.template import Context
from django.utils.http import urlencode
from django.utils.safestring import SafeString

from bills import linked_data
from bills.models import Bill
from bills.share.finding import address
from bills.stages import NOT_REACHED, SKIPPED
from sponsors.addresses import absolute, path_of
from sponsors.linked_data import graph

register = template.Library()


@register.simple_tag(takes_context=True)
def bill_json_ld(context: Context) -> SafeString:
    """The bill of the page, from what `context_of()` gives: asks the database nothing."""
    bill = context["bill"]
    reached = [
        step.code for row in context["rows"] for step in row.steps if step.state not in {NOT_REACHED, SKIPPED}
    ]
    told = linked_data.legislation(
        bill,
        context["prime_sponsors"],
        standing=context["headline"],
        passed_by=linked_data.chambers_that_passed(reached),
    )
    return graph(told, linked_data.way_to(bill))


@register.simple_tag
def bill_part(bill: Bill, name: str) -> str:
    """The path of something below a bill's address: `{% bill_part bill "embed" %}`."""
    return address(name, bill)


@register.simple_tag
def oembed_address(bill: Bill, form: str) -> str:
    """Where the card of this bill is described for other sites; `form` is "json" or "xml"."""
    query = urlencode({"url": absolute(bill.get_absolute_url()), "format": form})
    return f"{absolute(path_of('bills:oembed'))}?{query}"
