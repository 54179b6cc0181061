"""Where a legislature's own site shows a bill."""

from __future__ import annotations

from bills.print_numbers import PrintNumber, session_label

_KINDS_OF_CONGRESS = {
    "HR": "house-bill",
    "S": "senate-bill",
    "HRes": "house-resolution",
    "SRes": "senate-resolution",
    "HJRes": "house-joint-resolution",
    "SJRes": "senate-joint-resolution",
    "HConRes": "house-concurrent-resolution",
    "SConRes": "senate-concurrent-resolution",
}


def official_page(number: PrintNumber, *, session: int) -> str:
    """The page of this bill of that session. The Council's cannot be told from a number: there it is its search."""
    if number.legislature == "ny":
        return f"https://www.nysenate.gov/legislation/bills/{session}/{number.base_print_no}"
    if number.legislature == "nyc":
        return "https://legistar.council.nyc.gov/Legislation.aspx"
    congress = session_label("us", session).split()[0]
    kind = _KINDS_OF_CONGRESS[number.designator]
    return f"https://www.congress.gov/bill/{congress}-congress/{kind}/{number.number}"
