"""Compare a written name with the spellings recorded for one person. Pure.

A name is compared by its surname (as one folded word: "De La Rosa" is "delarosa") and its forenames (folded
words). A missing middle name or initial agrees with any; two that differ never do.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

from sponsors.folding import fold
from sponsors.names import PARTICLES, PersonName, readings
from sponsors.nicknames import may_be_same_given_name

Forenames = tuple[str, ...]


class Agreement(IntEnum):
    NONE = 0  # another name
    CONFLICT = 1  # the same given name, and a middle name that differs: another person
    POSSIBLE = 2  # the record does not have all that is written
    FULL = 3  # all that is written is in the record


@dataclass(frozen=True, slots=True)
class NameForm:
    """One way to cut a spelling into forenames and surname. `parts` are the halves of a hyphened surname."""

    forenames: Forenames
    key: str
    suffix: str = ""
    parts: tuple[str, ...] = ()

    @property
    def has_full_forename(self) -> bool:
        return any(len(word) > 1 for word in self.forenames)


def written_forms(name: PersonName) -> tuple[NameForm, ...]:
    """The ways to cut one reading that has a surname: "Phara Souffrant Forrest" may have a middle name or a
    double surname, "Maria Del Carmen Arroyo" the surname Arroyo or Del Carmen Arroyo."""
    suffix, forenames = fold(name.suffix), name.forenames
    words = fold(name.surname).split()
    parts = tuple(filter(None, map(fold, name.surname.split("-")))) if "-" in name.surname else ()
    forms = [NameForm(forenames, "".join(words), suffix, tuple(part.replace(" ", "") for part in parts))]
    if len(forenames) > 1 and len(forenames[-1]) > 1:
        forms.append(NameForm(forenames[:-1], forenames[-1] + "".join(words), suffix))
    if words[0] in PARTICLES and sum(word not in PARTICLES for word in words) > 1:
        forms.append(NameForm((*forenames, *words[:-1]), words[-1], suffix))
    if forenames and (nickname := fold(name.nickname)):
        forms.append(NameForm(tuple(nickname.split()), forms[0].key, suffix, forms[0].parts))
    return tuple(forms)


def recorded_forms(name: str, aliases: Iterable[str]) -> tuple[NameForm, ...]:
    """All forms of one person. A surname alone among the aliases borrows the forenames of `name`."""
    forms: dict[NameForm, None] = {}
    borrowed: list[Forenames] = [()]
    for spelling in (name, *aliases):
        for place, reading in enumerate(readings(spelling)):
            if not reading.surname or (place and reading.is_surname_only):
                continue
            for form in written_forms(reading):
                lent = [form.forenames] if form.forenames else borrowed
                forms.update((NameForm(each, form.key, form.suffix, form.parts), None) for each in lent)
        if spelling is name:
            borrowed = [form.forenames for form in forms if form.forenames] or borrowed
    return tuple(forms)


def agreement(written: NameForm, recorded: Iterable[NameForm]) -> Agreement:
    """How `written` agrees with the forms of one person that share its surname.

    What any form knows counts: "José E." does not agree with a person recorded as "Jose" and as "Jose M.".
    """
    found = {_compare(written, form) for form in recorded}
    for verdict in (Agreement.FULL, Agreement.CONFLICT, Agreement.POSSIBLE):
        if verdict in found:
            return verdict
    return Agreement.NONE


def _compare(written: NameForm, form: NameForm) -> Agreement:
    if written.suffix and form.suffix and written.suffix != form.suffix:
        return Agreement.CONFLICT
    if not written.forenames:
        verdict = Agreement.FULL
    elif not form.forenames:
        verdict = Agreement.POSSIBLE
    elif not written.has_full_forename:
        verdict = _compare_initials(written.forenames, form.forenames)
    elif form.has_full_forename:
        verdict = _compare_forenames(written.forenames, form.forenames)
    else:  # "A. Brown" among the aliases does not make an Andrew of an Ari
        verdict = Agreement.NONE
    if verdict is Agreement.FULL and written.suffix and not form.suffix:
        return Agreement.POSSIBLE
    return verdict


def _compare_initials(letters: Forenames, forenames: Forenames) -> Agreement:
    """ "M. G." against ("michael", "gerard"), or against what follows a first initial ("n", "nick")."""
    verdicts = []
    for names in {forenames, _without_first_initial(forenames)}:
        if letters[0] != names[0][0]:
            verdicts.append(Agreement.NONE)
        else:
            verdicts.append(_compare_rest(letters[1:], names[1:]))
    return max(verdicts)


def _compare_forenames(one: Forenames, other: Forenames) -> Agreement:
    return max(
        _compare_from_first(one, other),
        _compare_from_first(_without_first_initial(one), other),
        _compare_from_first(one, _without_first_initial(other)),
    )


def _compare_from_first(one: Forenames, other: Forenames) -> Agreement:
    if "".join(one) == "".join(other):  # "MaryJane", "Mary Jane"
        return Agreement.FULL
    if may_be_same_given_name(one[0], other[0]):
        return _compare_rest(one[1:], other[1:])
    if one[0] == "".join(other[:2]):
        return _compare_rest(one[1:], other[2:])
    if other[0] == "".join(one[:2]):
        return _compare_rest(one[2:], other[1:])
    if _agree(one[0], other[0]) and len(one) > 1 and one[1:2] == other[1:2] and len(one[1]) > 1:
        return _compare_rest(one[2:], other[2:])  # "J. Gary", "James Gary"
    return Agreement.NONE


def _compare_rest(written: Forenames, recorded: Forenames) -> Agreement:
    if not all(map(_agree, written, recorded)):
        return Agreement.CONFLICT
    return Agreement.FULL if len(written) <= len(recorded) else Agreement.POSSIBLE


def _agree(one: str, other: str) -> bool:
    """Whether two names are one, an initial standing for any name it begins."""
    if len(one) == 1 or len(other) == 1:
        return one[0] == other[0]
    return may_be_same_given_name(one, other)


def _without_first_initial(forenames: Forenames) -> Forenames:
    """ "J. Gary" as "Gary": whoever writes an initial first goes by the name after it."""
    if len(forenames[0]) == 1 and len(forenames) > 1 and len(forenames[1]) > 1:
        return forenames[1:]
    return forenames
