"""What a bill's page tells programs of itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils.http import urlencode
from django.utils.safestring import SafeString

from bills import linked_data
from bills.models import Bill, Sponsorship
from bills.pages.stepper import Row
from bills.share.finding import address
from bills.stages import NOT_REACHED, SKIPPED
from sponsors.addresses import absolute, path_of
from sponsors.linked_data import graph


def bill_json_ld(
    bill: Bill, rows: Iterable[Row], prime_sponsors: Sequence[Sponsorship], standing: str
) -> SafeString:
    """The bill of the page, from what `context_of()` gives: asks the database nothing."""
    reached = [step.code for row in rows for step in row.steps if step.state not in {NOT_REACHED, SKIPPED}]
    told = linked_data.legislation(
        bill, prime_sponsors, standing=standing, passed_by=linked_data.chambers_that_passed(reached)
    )
    return graph(told, linked_data.way_to(bill))


def bill_part(bill: Bill, name: str) -> str:
    """The path of something below a bill's address: `bill_part(bill, "embed")`."""
    return address(name, bill)


def oembed_address(bill: Bill, form: str) -> str:
    """Where the card of this bill is described for other sites; `form` is "json" or "xml"."""
    query = urlencode({"url": absolute(bill.get_absolute_url()), "format": form})
    return f"{absolute(path_of('bills:oembed'))}?{query}"
