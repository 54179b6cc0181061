"""The persons a document names in full with their office, so that a surname later in it finds its owner."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from statements.documents.credits import Credit
from statements.documents.offices import PLACES, PUBLIC_OFFICES, ROLE_MODIFIERS, bare
from statements.documents.person_names import name_run, same_person, surname, tidy
from statements.documents.vocabulary import words

# Each alternative begins with its letter, so that the engine can skip to the next of them; this then asks that the
# letter begins a word.
OPENS_WORD = r"(?<!\w.)"
_OFFICE = re.compile(
    rf"(?:S{OPENS_WORD}(?:enators?|ens?\.|peaker)"
    rf"|A{OPENS_WORD}(?:ssembly ?(?:[Mm]ember|[Mm]an|[Ww]oman|[Pp]erson)s?|ttorney(?: General)?)"
    rf"|C{OPENS_WORD}(?:ouncil ?(?:[Mm]ember|[Mm]an|[Ww]oman)s?|ongress(?:man|woman|member|person)|"
    r"ommissioner|omptroller|ounsel|hair|EO)"
    rf"|G{OPENS_WORD}(?:overnor|ov\.)|M{OPENS_WORD}(?:ayor|embers?)|R{OPENS_WORD}(?:eps?\.|epresentatives?)"
    rf"|P{OPENS_WORD}(?:ublic Advocate|resident)|B{OPENS_WORD}orough President|L{OPENS_WORD}eader"
    rf"|D{OPENS_WORD}irector) +"
    r"(?=[A-ZÀ-Þ])"
)
_BEFORE = frozenset(
    {
        "new",
        "york",
        "state",
        "u.s",
        "us",
        "senate",
        "assembly",
        "council",
        "minority",
        "majority",
        "city",
        "nyc",
    }
)
_PLURALS = words(
    "senators sens assemblymembers assemblymen assemblywomen members councilmembers representatives reps"
)
_POSSESSIVE = re.compile(r"['’]s?(?=\s)")
MOST_PERSONS = 500  # named in one document; further ones are not remembered
PLURAL_SPACE = 220  # characters that the names after "Senators" can take
NAME_SPACE = 70  # characters that a name with its particles can take


@dataclass(slots=True)
class Cast:
    """The full names met so far. `owner` is the person whose page the document stands on, if any."""

    persons: list[Credit] = field(default_factory=list)
    by_surname: dict[str, list[int]] = field(default_factory=dict)

    def add(self, credit: Credit) -> None:
        """Remember a full name; a later mention adds the office or organisation that an earlier lacked."""
        if not credit.is_full:
            return
        key = surname(credit.name)
        for index in self.by_surname.get(key, ()):
            known = self.persons[index]
            if same_person(known.name, credit.name):
                self.persons[index] = replace(
                    known,
                    title=credit.title if credit.title.endswith(known.title) else known.title,
                    organisation=known.organisation or credit.organisation,
                )
                return
        if len(self.persons) < MOST_PERSONS:
            self.by_surname.setdefault(key, []).append(len(self.persons))
            self.persons.append(credit)

    def find(self, credit: Credit) -> Credit | None:
        """The one full name that `credit` can mean; None where there is none, or where two fit equally."""
        fitting = [self.persons[index] for index in self.by_surname.get(surname(credit.name), ())]
        fitting = [person for person in fitting if same_person(person.name, credit.name)]
        if len(fitting) > 1 and credit.title:
            office = bare(credit.title.split()[-1])[:5]
            fitting = [person for person in fitting if office in person.title.casefold()] or fitting
        return fitting[0] if len(fitting) == 1 or (fitting and credit.is_full) else None


def read_cast(text: str, limit: int = 60_000) -> Cast:
    """Every "office name" of a text's first `limit` characters, in the order written."""
    cast = Cast()
    for match in _OFFICE.finditer(text, 0, limit):
        words = _POSSESSIVE.split(text[match.end() : match.end() + NAME_SPACE].split("\n", 1)[0], maxsplit=1)[
            0
        ]
        tokens = words.split()
        end = name_run(tokens, 0)
        if end < 2:
            continue
        name = tidy(" ".join(tokens[:end]).rstrip(".,;:"))
        cast.add(Credit(name, _office_before(text, match)))
        if bare(match.group().split()[-1]) in _PLURALS:
            for other in _further_names(text[match.end() : match.end() + PLURAL_SPACE]):
                cast.add(Credit(other, _office_before(text, match)))
    return cast


def _further_names(text: str) -> list[str]:
    """The full names after the first in "Ana Roy (D-Utica), Lee Park and Ida Holm announced"."""
    tokens = re.sub(r"\s*\([^()]{0,60}\)", "", text.split("\n", 1)[0]).replace(" & ", " and ").split()
    names, place = [], 0
    while place < len(tokens):
        end = name_run(tokens, place)
        if end == place:
            break
        if end - place > 1:
            names.append(tidy(" ".join(tokens[place:end]).rstrip(".,;:")))
        place = end + 1 if tokens[end : end + 1] == ["and"] else end
        if place == end and not tokens[end - 1].endswith(","):
            break
    return names[1:]


def _office_before(text: str, match: re.Match) -> str:
    """The office with the words that belong to it: "New York State Senator", "Senate Deputy Leader"."""
    office = match.group().strip()
    words = text[max(0, match.start() - 60) : match.start()].split("\n")[-1].split(" ")[:-1]
    taken: list[str] = []
    for word in reversed(words[-4:]):
        folded = bare(word)
        if not word[:1].isupper() or (word.endswith((".", ",", ":", ")")) and folded not in {"u.s"}):
            break
        if (
            folded in _BEFORE
            or folded in ROLE_MODIFIERS
            or (folded in PLACES and folded not in {"the", "of"})
        ):
            taken.append(word)
        else:
            break
    office = re.sub(r"s(\.?)$", r"\1", office) if bare(office) in _PLURALS else office
    title = " ".join([*reversed(taken), office])
    return title if bare(office.split()[-1]) in PUBLIC_OFFICES or " " in title else ""
