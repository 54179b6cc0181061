"""Who signs: the names under a letter, and the organisations that join a letter or statement."""

from __future__ import annotations

import re
from dataclasses import dataclass

from statements.documents import kinds, offices
from statements.documents.credits import read_credits
from statements.documents.furniture import is_contact, is_furniture
from statements.documents.layout import END_MARK, Block
from statements.documents.parsed import Speaker
from statements.documents.person_names import name_run, tidy
from statements.documents.small_letters import small

MOST_SIGNATURES = 400  # lines under a letter that are read
_STOPS = re.compile(
    r"(?:cc:?|c\.c\.|enclosures?|encl\.|attachments?|ps:?|p\.s\.|"
    r"this entry was posted|leave a reply|###|share this|related|about |footnotes?|"
    r"endnotes?|\[\d+\])",
    re.IGNORECASE,
)
_UNIT = re.compile(r"(?:Unit|Practice|Project|Program|Division|Bureau|Department|Office|Clinic|Team)$")
_JOINED_BY = re.compile(
    r"\b(?:(?:the )?undersigned (?:organizations|groups|individuals)|signatories|"
    r"signed by|endors(?:ed by|ers|ing organizations)|supporting organizations|"
    r"(?:coalition|member) (?:members|organizations) include|sign(?:ing|"
    r"ed) organizations|joined by)\b[^:]{0,60}:?$",
)


@dataclass(frozen=True, slots=True)
class Signed:
    """Persons and organisations under a letter, in order. `begin` is the index of their first block."""

    persons: tuple[Speaker, ...]
    organisations: tuple[str, ...]
    begin: int


def read_signatures(blocks: list[Block], text: str) -> Signed:
    """Who signs the letter within `blocks`. `text` is the whole text that the blocks are places of."""
    opening = kinds.salutation(text)
    start = opening.end() if opening else 0
    closing = kinds.closing(text, start)
    begin = _first_after(blocks, closing.end()) if closing else _after_last_paragraph(blocks, start)
    persons: list[Speaker] = []
    organisations: list[str] = []
    for block in blocks[begin : begin + MOST_SIGNATURES]:
        line = block.text
        if _STOPS.match(line) or line == END_MARK:
            break
        if (is_furniture(line) or is_contact(line)) and not offices.has_title_word(line):
            continue
        if len(line) > 200:
            if persons or organisations:
                break
            continue
        _take(line, persons, organisations)
    return Signed(tuple(persons), tuple(dict.fromkeys(organisations)), begin)


def _first_after(blocks: list[Block], place: int) -> int:
    return next((index for index, block in enumerate(blocks) if block.start >= place), len(blocks))


def _after_last_paragraph(blocks: list[Block], start: int) -> int:
    """Where no closing stands: the first line that is only a name, after the letter's last paragraph."""
    last = -1
    for index, block in enumerate(blocks):
        if block.start < start:
            continue
        if len(block.text) > 150:
            last = index
    for index in range(last + 1, min(last + 8, len(blocks))) if last >= 0 else ():
        tokens = blocks[index].text.split()
        if 2 <= name_run(tokens, 0) == len(tokens):
            return index
    return len(blocks)


def _take(line: str, persons: list[Speaker], organisations: list[str]) -> None:
    """Read one line under a letter: a name, what the last name is, or an organisation that signs."""
    names = _names_alone(line)
    if names:
        persons.extend(Speaker(name) for name in names)
        return
    repeated = _repeated(line)
    if repeated and persons and not persons[-1].title:
        persons[-1:] = [Speaker(name, repeated) for name in _two_names(persons[-1].name)]
        return
    if persons and not persons[-1].title and _tells_role(line):
        persons[-1] = _with_role(persons[-1], line)
        return
    credits = read_credits(line)
    if credits and any(credit.is_full and (credit.title or credit.organisation) for credit in credits):
        persons.extend(
            Speaker(credit.name, credit.title, credit.organisation) for credit in credits if credit.is_full
        )
        return
    if persons and persons[-1].title and not persons[-1].organisation and _is_organisation(line):
        persons[-1] = Speaker(persons[-1].name, persons[-1].title, line.strip(" ,."))
        return
    if persons and not persons[-1].title and not persons[-1].organisation and _is_organisation(line):
        persons[-1] = Speaker(persons[-1].name, "", line.strip(" ,."))
        return
    if _is_organisation(line):
        organisations.append(line.strip(" ,.*"))


def _tells_role(line: str) -> bool:
    """Is the line an office or role, and not another person's name with one?"""
    if re.match(r"(?:on behalf of|for) ", line, re.IGNORECASE):
        return True
    first = line.split(",", 1)[0].split()
    if not offices.has_title_word(line):
        return False
    return offices.is_title_word(first[-1]) or not any(credit.is_full for credit in read_credits(line))


def _with_role(person: Speaker, line: str) -> Speaker:
    """The person with the office or role that the line below the name gives; a unit within a body belongs
    to the role.
    """
    credit = read_credits(f"{person.name}, {line}")
    if not credit or not credit[0].title or _UNIT.search(credit[0].organisation.rsplit(" ", 1)[-1]):
        return Speaker(person.name, line.strip(" ,"))
    return Speaker(person.name, credit[0].title, credit[0].organisation)


def _two_names(name: str) -> list[str]:
    """The two names printed side by side on one line; each has two words or more and begins with a whole
    one.
    """
    tokens = name.split()
    places = [
        place
        for place in range(2, len(tokens) - 1)
        if len(tokens[place].strip(".")) > 1 and len(tokens[place - 1].strip(".")) > 1
    ]
    if not places:
        return [name]
    middle = min(places, key=lambda place: abs(2 * place - len(tokens)) + (tokens[place - 1].endswith(".")))
    return [" ".join(tokens[:middle]), " ".join(tokens[middle:])]


def _names_alone(line: str) -> list[str]:
    """The names of a line that holds nothing else; two printed side by side are two."""
    tokens = line.replace("/s/", " ").split()
    while tokens and offices.bare(tokens[0]) in offices.HONORIFICS:
        tokens.pop(0)
    if not 2 <= len(tokens) <= 6 or name_run(tokens, 0) != len(tokens):
        return []
    return [tidy(" ".join(tokens))]


def _repeated(line: str) -> str:
    """What stands twice on a line of two signatures side by side: "Member of Congress Member of Congress"."""
    match = re.fullmatch(r"(.{5,60}?)\s+\1", line.strip())
    return match.group(1) if match else ""


def _is_organisation(line: str) -> bool:
    return (
        3 <= len(line) <= 110
        and line[:1].isupper()
        and offices.has_organisation_word(line)
        and not line.endswith((".", ":", "?"))
    )


def read_endorsers(blocks: list[Block]) -> tuple[str, ...]:
    """The organisations listed after "endorsed by", "the undersigned organizations" and the like."""
    found: list[str] = []
    for index, block in enumerate(blocks):
        if not _JOINED_BY.search(small(block.text[-160:])):
            continue
        for item in blocks[index + 1 : index + 1 + MOST_SIGNATURES]:
            if len(item.text) > 120 or is_furniture(item.text) or item.text == END_MARK:
                break
            if _is_organisation(item.text) and not read_credits(item.text):
                found.append(item.text.strip(" ,.;"))
    return tuple(dict.fromkeys(found))
