"""Designators, and one bill's or resolution's number as its legislature writes it.

A designator is the letters before the digits: S and A for New York's bills, J K B C R E L for its
resolutions (Senate: J regular, B concurrent, R rules; Assembly: K regular, C concurrent, E rules, L joint);
Int, Res and T for the Council's introductions, resolutions and files not yet numbered; HR, S and the
resolutions of Congress.
"""

import re
from dataclasses import dataclass
from functools import total_ordering

from bills.print_numbers.sessions import LEGISLATURES, session_named, session_of_year

HIGHEST_NUMBER = 99_999  # five digits, the width the State's drafting commission prints


@dataclass(frozen=True, slots=True)
class Designator:
    """`key` opens the key form ("S4075", "INT 0486"), `printed` the form shown to readers ("H.R. 6")."""

    legislature: str
    code: str
    chamber: str
    key: str
    printed: str
    is_resolution: bool = False


# A joint resolution of Congress becomes law as a bill does, so it counts as a bill here.
_DESIGNATORS = (
    Designator("ny", "S", "senate", "S", "S"),
    Designator("ny", "A", "assembly", "A", "A"),
    *(Designator("ny", letter, "senate", letter, letter, is_resolution=True) for letter in "JBR"),
    *(Designator("ny", letter, "assembly", letter, letter, is_resolution=True) for letter in "KCEL"),
    Designator("nyc", "Int", "council", "INT ", "Int "),
    Designator("nyc", "Res", "council", "RES ", "Res ", is_resolution=True),
    Designator("nyc", "T", "council", "T ", "T "),
    Designator("us", "HR", "house", "HR", "H.R. "),
    Designator("us", "S", "senate", "S", "S. "),
    Designator("us", "HRes", "house", "HRES", "H.Res. ", is_resolution=True),
    Designator("us", "SRes", "senate", "SRES", "S.Res. ", is_resolution=True),
    Designator("us", "HJRes", "house", "HJRES", "H.J.Res. "),
    Designator("us", "SJRes", "senate", "SJRES", "S.J.Res. "),
    Designator("us", "HConRes", "house", "HCONRES", "H.Con.Res. ", is_resolution=True),
    Designator("us", "SConRes", "senate", "SCONRES", "S.Con.Res. ", is_resolution=True),
)
DESIGNATORS = {(designator.legislature, designator.code): designator for designator in _DESIGNATORS}


@total_ordering
@dataclass(frozen=True, slots=True)
class PrintNumber:
    """The number of one bill or resolution; raises ValueError when the parts do not fit together.

    `amendment` is the letter of one print, "" for the original; Congress and T files have none.
    `session` is None where neither the text nor its context tells it. `year` is the year in a Council
    file number (Int 1568-2017), None elsewhere.
    """

    legislature: str
    designator: str
    number: int
    amendment: str = ""
    session: int | None = None
    year: int | None = None

    def __post_init__(self) -> None:
        if self.legislature not in LEGISLATURES:
            raise ValueError(f"{self.legislature!r:.40} is no legislature; expected ny, nyc or us.")
        if (self.legislature, self.designator) not in DESIGNATORS:
            raise ValueError(f"{self.designator!r:.40} is no designator of {self.legislature}.")
        if type(self.number) is not int or not 1 <= self.number <= HIGHEST_NUMBER:
            raise ValueError(f"{self.number!r:.40} is no bill's number; expected 1 to {HIGHEST_NUMBER}.")
        if not isinstance(self.amendment, str) or not re.fullmatch("[A-Z]?", self.amendment):
            raise ValueError(f"{self.amendment!r:.40} is no amendment; expected one letter from A to Z.")
        if self.amendment and (self.legislature == "us" or self.designator == "T"):
            raise ValueError(
                f"{self.base_print_no} has no amendment letters, but {self.amendment} was given."
            )
        if self.session is not None and session_named(self.legislature, self.session) != self.session:
            raise ValueError(
                f"{self.session} is within a session of {self.legislature} but does not name it."
            )
        if self.year is not None:
            if self.legislature != "nyc":
                raise ValueError(
                    f"Only Council files carry a year, but {self.base_print_no} has {self.year}."
                )
            session_of_file = session_of_year("nyc", self.year)
            if self.session not in (None, session_of_file):
                raise ValueError(f"A Council file of {self.year} is not of the session {self.session}.")

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, PrintNumber):
            return NotImplemented
        return self._sort_key() < other._sort_key()

    def _sort_key(self) -> tuple:
        place = LEGISLATURES.index(self.legislature)
        return (place, self.designator, self.number, self.amendment, self.session or 0, self.year or 0)

    @property
    def base_print_no(self) -> str:
        """The key form, without the amendment: "S4075", "INT 0486", "HR6"."""
        if self.legislature == "nyc":
            return f"{self._kind.key}{self.number:04d}"
        return f"{self._kind.key}{self.number}"

    @property
    def print_no(self) -> str:
        """The key form of one print: "S4075A", "INT 0486A"."""
        return self.base_print_no + self.amendment

    @property
    def slug(self) -> str:
        """The base number in an address: "s4075", "int-486", "hr6"."""
        separator = "-" if self.legislature == "nyc" else ""
        return f"{self.designator.lower()}{separator}{self.number}"

    @property
    def display(self) -> str:
        """The form the legislature itself uses: "S4075A", "Int 0486-2014-A", "T2025-2970", "H.R. 6"."""
        if self.legislature != "nyc":
            return f"{self._kind.printed}{self.number}{self.amendment}"
        if self.designator == "T" and self.year:
            return f"T{self.year}-{self.number:04d}"
        parts = [f"{self._kind.printed}{self.number:04d}", self.year, self.amendment]
        return "-".join(str(part) for part in parts if part)

    @property
    def chamber(self) -> str:
        """ "senate", "assembly", "house" or "council"."""
        return self._kind.chamber

    @property
    def is_resolution(self) -> bool:
        """Whether it can be adopted but never become law."""
        return self._kind.is_resolution

    @property
    def _kind(self) -> Designator:
        return DESIGNATORS[self.legislature, self.designator]
