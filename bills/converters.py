"""The parts of a bill's address. They accept every spelling; the view redirects to the canonical address."""

from __future__ import annotations

from django.urls import register_converter

from bills.print_numbers import LEGISLATURES


class LegislatureConverter:
    """ "ny", "nyc" or "us", in either case."""

    regex = "[A-Za-z]{2,3}"

    def to_python(self, value: str) -> str:
        code = value.lower()
        if code not in LEGISLATURES:
            raise ValueError(f"{value} is no legislature.")
        return code

    def to_url(self, value: str) -> str:
        return value


class SessionYearConverter:
    """A year of a session, or the number of a Congress."""

    regex = "[0-9]{1,4}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


class PrintNoConverter:
    """A print number as anyone writes it: "s4075", "S.04075-A", "int-486"."""

    regex = "[^/]{1,60}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(LegislatureConverter, "legislature")
register_converter(SessionYearConverter, "session_year")
register_converter(PrintNoConverter, "print_no")
