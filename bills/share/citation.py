"""How to cite a bill: in a sentence, in the manner of two style guides, and as data for reference managers.

The guides cite the bill itself; what we add is where it stood and on which day that was checked, for a bill's status
is what changes under a citation. Citations are written in English, as the guides have them, in every language.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy

from bills.print_numbers import session_years
from bills.share.summary import Summary
from bills.stages import english_day
from sponsors.addresses import absolute

LONGEST_NAME = 300  # characters; official titles run to thousands
_BODIES = {
    ("ny", "senate"): "New York State Senate",
    ("ny", "assembly"): "New York State Assembly",
    ("nyc", "council"): "New York City Council",
    ("us", "senate"): "United States Senate",
    ("us", "house"): "United States House of Representatives",
}
_PLACES = {"ny": "N.Y.", "nyc": "N.Y.C.", "us": ""}
_TEX = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "%": r"\%", "#": r"\#", "_": r"\_",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Citation:
    """`style` is its name for readers; `is_data` where a program is to read it."""

    style: Any
    text: str
    is_data: bool = False


def citations(summary: Summary, *, today: date) -> list[Citation]:
    """Each way to cite the bill, in English. `summary` must have been made in English too."""
    facts = _Facts(summary, today)
    return [
        Citation(gettext_lazy("In a sentence"), facts.sentence()),
        Citation(gettext_lazy("In the manner of APA"), facts.apa()),
        Citation(gettext_lazy("In the manner of Bluebook"), facts.bluebook()),
        Citation("BibTeX", facts.bibtex(), is_data=True),
        Citation("CSL-JSON", facts.csl_json(), is_data=True),
    ]


class _Facts:
    def __init__(self, summary: Summary, today: date) -> None:
        bill = summary.bill
        self.summary, self.bill, self.today = summary, bill, today
        self.legislature, self.session = bill.session.legislature_id, bill.session.year
        self.name = _one_line(bill.name, LONGEST_NAME)
        self.number = _spaced(bill.display_no)
        self.body = _BODIES.get((self.legislature, bill.chamber), bill.session.legislature_name)
        self.url = absolute(bill.get_absolute_url())
        self.years = session_years(self.legislature, self.session)
        self.year = bill.introduced_on.year if bill.introduced_on else self.years[0]
        checked = summary.freshness.checked_on
        if checked:
            self.checked = f"as checked {english_day(checked)}"
        elif summary.freshness.is_live:
            self.checked = "not yet checked at its source"
        else:
            self.checked = "from records that are not checked live"

    def sentence(self) -> str:
        named = f"{self.bill.display_no}, “{self.name}”" if self.name != self.bill.display_no else self.name
        return (
            f"{named}, {self.body}, {self.bill.session.label}. {self.summary.sentence} "
            f"Passage, {self.url} ({self.checked}; read {english_day(self.today)})."
        )

    def apa(self) -> str:
        """Bills are cited by number, session and place, with the address (APA, 7th edition, section 11.6)."""
        return f"{self.name}, {self._legal()}. {self.url}"

    def bluebook(self) -> str:
        """Rule 13.2 of the Bluebook, with the status in a parenthesis of its own."""
        return f"{self._legal()} ({_lower(self.summary.headline)}, {self.checked}), {self.url}."

    def _legal(self) -> str:
        if self.legislature == "us":
            congress = self.bill.session.label.split(" (")[0].replace("Congress", "Cong.")
            return f"{self.number}, {congress} ({self.year})"
        years = f"{self.years[0]}–{self.years[1]}"
        sitting = "Council Sess." if self.legislature == "nyc" else "Leg. Sess."
        return f"{self.number}, {years} {sitting} ({_PLACES[self.legislature]} {self.year})"

    def bibtex(self) -> str:
        fields = {
            "author": f"{{{_tex(self.body)}}}",
            "title": f"{{{_tex(self._title())}}}",
            "year": str(self.year),
            "howpublished": _tex(f"Passage, {self.bill.session.label}"),
            "note": _tex(f"{self.summary.sentence} {self.checked.capitalize()}."),
            "url": self.url.replace("{", "%7B").replace("}", "%7D"),
            "urldate": self.today.isoformat(),
        }
        told = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items())
        return f"@misc{{{self._key()},\n{told}\n}}"

    def csl_json(self) -> str:
        item = {
            "id": self._key(),
            "type": "legislation" if self.bill.is_law else "bill",
            "title": self.name,
            "number": self.bill.display_no,
            "authority": self.body,
            "jurisdiction": {"ny": "us:ny", "nyc": "us:ny:new.york", "us": "us"}.get(self.legislature, ""),
            "issued": {"date-parts": [[self.year]]},
            "URL": self.url,
            "accessed": {"date-parts": [[self.today.year, self.today.month, self.today.day]]},
            "note": f"{self.summary.sentence} {self.checked.capitalize()}.",
        }
        return json.dumps([item], ensure_ascii=False, indent=2)

    def _title(self) -> str:
        return f"{self.bill.display_no}: {self.name}" if self.name != self.bill.display_no else self.name

    def _key(self) -> str:
        return f"{self.legislature}-{self.session}-{self.bill.slug}"


def _spaced(number: str) -> str:
    """ "S4075A" as "S. 4075-A", "HR6" as "H.R. 6"; a number that is written with spaces stands as it is."""
    found = re.fullmatch(r"([A-Z]+)(\d+)([A-Z]*)", number)
    if not found:
        return number
    letters = {"HR": "H.R.", "HRES": "H. Res.", "SRES": "S. Res.", "HJRES": "H.J. Res.", "SJRES": "S.J. Res.",
               "HCONRES": "H. Con. Res.", "SCONRES": "S. Con. Res."}.get(found[1], f"{found[1]}.")  # fmt: skip
    return f"{letters} {found[2]}{f'-{found[3]}' if found[3] else ''}"


def _lower(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


def _one_line(text: str, most: int) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"


def _tex(text: str) -> str:
    return "".join(_TEX.get(letter, letter) for letter in text)
