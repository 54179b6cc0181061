"""Decide which known person a written name means, or say why nobody can.

Pure: people come in as facts, keys come out, nothing is stored. A name is settled by what the text and the
record say together (given name, surname, title, day) and never by likelihood: where two people fit, or the
record does not reach, the answer is no person, the candidates, and a reason in words for the staff's queue.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from sponsors.folding import fold
from sponsors.name_matching import Agreement, NameForm, agreement, recorded_forms, written_forms
from sponsors.names import MAX_WRITTEN, PersonName, read_name, readings
from sponsors.standing import PersonFact, Standing, TermFact, Time, sat_throughout, standing
from sponsors.titles import (
    NY_ASSEMBLY,
    NY_SENATE,
    NYC_COUNCIL,
    US_HOUSE,
    US_SENATE,
    Body,
    Calling,
    Office,
    read_title,
)

__all__ = ["PersonFact", "Resolution", "Roster", "TermFact"]

BODY_NAMES = {
    NY_SENATE: "the New York Senate",
    NY_ASSEMBLY: "the New York Assembly",
    NYC_COUNCIL: "the New York City Council",
    US_HOUSE: "the House of Representatives",
    US_SENATE: "the United States Senate",
}


@dataclass(frozen=True, slots=True)
class Resolution:
    """`person_key` is None where the name stays as written; `candidates` are then those it may mean."""

    person_key: Hashable | None
    candidates: tuple[Hashable, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class _Reading:
    """A written name cut in every way it bears: with a given name, and with a surname or initials alone."""

    likeliest: PersonName
    full_forms: tuple[NameForm, ...]
    short_forms: tuple[NameForm, ...]


def _read(written: str) -> _Reading:
    if isinstance(written, str) and len(written) <= MAX_WRITTEN:
        return _read_short(written)
    return _Reading(read_name(written), (), ())  # which raises TypeError for what is no text


@lru_cache(maxsize=16_384)
def _read_short(written: str) -> _Reading:
    names = readings(written)
    forms = dict.fromkeys(form for name in names if name.surname for form in written_forms(name))
    return _Reading(
        likeliest=names[0],
        full_forms=tuple(form for form in forms if form.has_full_forename),
        short_forms=tuple(form for form in forms if not form.has_full_forename),
    )


@dataclass(frozen=True, eq=False, slots=True)
class _Entry:
    fact: PersonFact
    forms: Mapping[str, tuple[NameForm, ...]]  # by surname key

    def forms_with_part(self, part: str) -> tuple[NameForm, ...]:
        return tuple(form for of_key in self.forms.values() for form in of_key if part in form.parts)


@dataclass(frozen=True, slots=True)
class _Context:
    """What the text says beside the name. `bodies` of None: it names no body. `surname`: for reasons."""

    surname: str
    office: Office
    bodies: tuple[Body, ...] | None
    time: Time | None
    party: str

    @property
    def place(self) -> str:
        """ "in the New York Senate": the usual body of the title, or all that the source's words allow."""
        if not self.bodies:
            return "on the roster"
        meant = self.bodies[:1] if self.office.bodies else self.bodies
        return "in " + " or ".join(BODY_NAMES.get(body, body[1]) for body in meant)

    @property
    def place_and_time(self) -> str:
        return f"{self.place} {self.time}" if self.time else self.place


class Roster:
    """The people known, indexed by surname. Build once and ask often: 800 people take a quarter of a second.

    `complete_since` says from which day on the list of a body's members is whole; a body that is missing
    there never is (see `sponsors.coverage.complete_since`). Only among all who sat can a surname alone prove
    who is meant. Without it the caller vouches that the people given are all who could be meant.
    Two facts under one key raise ValueError.
    """

    def __init__(self, people: Iterable[PersonFact], *, complete_since: Mapping[Body, date] | None = None):
        self._complete_since = complete_since
        self._by_surname: dict[str, list[_Entry]] = defaultdict(list)
        self._by_part: dict[str, list[_Entry]] = defaultdict(list)
        self._bodies = set(BODY_NAMES)
        keys: set[Hashable] = set()
        for fact in people:
            if fact.key in keys:
                raise ValueError(f"Two people under one key: {fact.key!r}.")
            keys.add(fact.key)
            self._add(fact)

    def _add(self, fact: PersonFact) -> None:
        forms: dict[str, list[NameForm]] = defaultdict(list)
        for form in recorded_forms(fact.name, fact.aliases):
            forms[form.key].append(form)
        entry = _Entry(fact, {key: tuple(of_key) for key, of_key in forms.items()})
        for key in forms:
            self._by_surname[key].append(entry)
        for part in {part for of_key in forms.values() for form in of_key for part in form.parts}:
            self._by_part[part].append(entry)
        self._bodies.update(term.body for term in fact.terms)

    def resolve(
        self,
        written: str,
        *,
        title: str = "",
        legislature: str | None = None,
        chamber: str | None = None,
        on: date | None = None,
        session: tuple[date, date] | None = None,
    ) -> Resolution:
        """The person whom `written` means.

        `title`: as the text gives it, where it is not written with the name. `legislature`, `chamber`: where
        the source says the person sits (a bill's own list of sponsors), not what the text is about; a title
        outranks them. `on`: the day the text speaks of. `session`: its first and last day; says also that the
        name stands in that session's official list of sponsors. `on` outranks it.
        """
        reading = _read(written)
        if not (reading.full_forms or reading.short_forms):
            return Resolution(None, (), "No name can be read here.")
        office = _office(title, reading.likeliest.title)
        context = _Context(
            surname=reading.likeliest.surname,
            office=office,
            bodies=self._bodies_meant(office, legislature, chamber),
            time=Time(on, on) if on else Time(*session, is_session=True) if session else None,
            party=reading.likeliest.party,
        )
        by_full_name = self._matches(reading.full_forms)
        by_surname = self._matches(reading.short_forms)
        if by_full_name and not set(by_surname) <= set(by_full_name):
            return _unsettled([*by_full_name, *by_surname], "The words can be read as more than one name.")
        if by_full_name:
            return _settle_full_name(by_full_name, context)
        if by_surname or not reading.full_forms:
            return self._settle_surname(by_surname, self._part_matches(reading.short_forms), context)
        return _settle_changed_surname(self._part_matches(reading.full_forms, both_ways=True), context)

    def _matches(self, forms: Iterable[NameForm]) -> list[_Entry]:
        """Those recorded under the surname whose forenames agree; where some agree in full, only those."""
        return _best(
            (entry, agreement(form, entry.forms[form.key]))
            for form in forms
            for entry in self._by_surname.get(form.key, ())
        )

    def _part_matches(self, forms: Sequence[NameForm], both_ways: bool = False) -> list[_Entry]:
        """Those of whose hyphened surname one half is written ("Hoylman" for Hoylman-Sigal); `both_ways`: and
        those who are recorded under one half of the hyphened surname that is written."""
        halves = [
            (entry, agreement(form, entry.forms_with_part(form.key)))
            for form in forms
            for entry in self._by_part.get(form.key, ())
        ]
        wholes = [
            (entry, agreement(form, entry.forms[part]))
            for form in (forms if both_ways else ())
            for part in form.parts
            for entry in self._by_surname.get(part, ())
        ]
        return _best([*halves, *wholes])

    def _settle_surname(self, entries: list[_Entry], by_part: list[_Entry], context: _Context) -> Resolution:
        """A surname, alone or with initials, names one of those who sat in a body at a time."""
        surname, office, bodies = context.surname, context.office, context.bodies
        if not entries and not by_part:
            return Resolution(None, (), "Nobody of this name is known.")
        if office.calling in (Calling.OFFICIAL, Calling.OCCUPATION) or office.not_sitting:
            return _unsettled(
                entries or by_part, f"The title does not say that {surname} sits in a legislature."
            )
        if bodies is None:
            return _unsettled(
                entries or by_part, f"{surname} stands without a given name and without a title."
            )
        fits = _possible_members(entries, context) or _possible_members(by_part, context)
        if not fits:
            kin = [entry for entry in entries or by_part if _serves_nearby(entry, bodies)]
            return _unsettled(kin, f"No {surname} is recorded {context.place_and_time}.")
        if len(fits) > 1:
            return _unsettled(fits, _several(fits, context))
        return self._settle_member(fits[0], context)

    def _settle_member(self, entry: _Entry, context: _Context) -> Resolution:
        bodies = context.bodies or ()
        if standing(entry.fact, bodies, context.time) == Standing.NEAR:
            reason = f"{entry.fact.name} is recorded {context.place}, but not {context.time}."
            return _unsettled([entry], reason)
        if self._complete_since is not None and context.time is None:
            return _unsettled([entry], "A surname without a date may mean a member from before this roster.")
        if not self._excludes_others(entry, context):
            reason = f"The roster does not hold everybody who may have sat {context.place_and_time}."
            return _unsettled([entry], reason)
        if _party_differs(entry, context):
            return _unsettled([entry], f"{entry.fact.name} is recorded in another party than the text gives.")
        return _settled(entry, f"Nobody else named {context.surname} is recorded {context.place_and_time}.")

    def _excludes_others(self, entry: _Entry, context: _Context) -> bool:
        """Whether nobody beyond the roster can be meant: it holds all who sat, or the list itself says so.

        An official list adds initials or a state where two members have one surname, so a name that stands
        bare in it is that of the one known to have sat all session.
        """
        bodies, time = context.bodies or (), context.time
        if time is not None and time.is_session and sat_throughout(entry.fact, bodies, time):
            return True
        if context.office.bodies:  # the usual body of the title, and the member's own
            bodies = (bodies[0], *(term.body for term in entry.fact.terms if term.body in bodies))
        return all(self._is_complete(body, time) for body in bodies)

    def _is_complete(self, body: Body, time: Time | None) -> bool:
        if self._complete_since is None or time is None:
            return self._complete_since is None
        return body in self._complete_since and self._complete_since[body] <= time.first_day

    def _bodies_meant(
        self, office: Office, legislature: str | None, chamber: str | None
    ) -> tuple[Body, ...] | None:
        def said(body: Body) -> bool:
            return legislature in (None, body[0]) and chamber in (None, body[1])

        if office.bodies:
            return tuple(filter(said, office.bodies)) or office.bodies
        if legislature and chamber:
            return ((legislature, chamber),)
        if legislature or chamber:
            return tuple(sorted(filter(said, self._bodies)))
        return None


def _settle_full_name(entries: list[_Entry], context: _Context) -> Resolution:
    """A given name and a surname need no more than that nothing speaks against the one who bears them."""
    calling = context.office.calling
    if calling is Calling.OCCUPATION:
        fits = [entry for entry in entries if not entry.fact.terms]
        objection = "The text gives this person other work than a seat, and a member has the same name."
    elif calling is Calling.OFFICIAL:
        fits = [entry for entry in entries if standing(entry.fact, BODY_NAMES, context.time) < Standing.OPEN]
        objection = "The text gives this person another office, and a member sitting then has the same name."
    else:
        fits = [entry for entry in entries if standing(entry.fact, context.bodies, None) > Standing.ELSEWHERE]
        objection = f"{entries[0].fact.name} is not recorded {context.place}."
    if not fits:
        return _unsettled(entries, objection)
    if len(fits) == 1:
        return _settled(fits[0], "The full name, and nothing speaks against it.")
    return _settle_namesakes(fits, context)


def _settle_namesakes(entries: list[_Entry], context: _Context) -> Resolution:
    """Of several with the name, the one who sat in the body at the time, or the one of the party."""
    time = None if context.office.not_sitting else context.time
    of_party = [entry for entry in entries if not _party_differs(entry, context)]
    for narrowed in (entries, of_party):
        found: dict[Standing, list[_Entry]] = defaultdict(list)
        for entry in narrowed:
            found[standing(entry.fact, context.bodies, time)].append(entry)
        best = found[Standing.SAT] or ([] if found[Standing.NEAR] else found[Standing.OPEN])
        if len(best) == 1 and not (found[Standing.SAT] and found[Standing.OPEN]):
            return _settled(best[0], f"The only one of this name recorded {context.place_and_time}.")
    return _unsettled(entries, _several(entries, context))


def _settle_changed_surname(entries: list[_Entry], context: _Context) -> Resolution:
    """A given name with half of a double surname, or with a double surname of which half is on record, is a
    member's only where title and time point to the same one."""
    if not entries:
        return Resolution(None, (), "Nobody of this name is known.")
    if context.bodies is None or context.time is None:
        return _unsettled(entries, f"{entries[0].fact.name} is recorded under another surname.")
    fits = [entry for entry in entries if standing(entry.fact, context.bodies, context.time) >= Standing.OPEN]
    if len(fits) != 1:
        return _unsettled(entries, f"{entries[0].fact.name} is recorded under another surname.")
    return _settled(fits[0], f"Half of the surname, and the only one recorded {context.place_and_time}.")


def _possible_members(entries: Iterable[_Entry], context: _Context) -> list[_Entry]:
    return [e for e in entries if standing(e.fact, context.bodies, context.time) >= Standing.NEAR]


def _serves_nearby(entry: _Entry, bodies: Iterable[Body]) -> bool:
    """Whether staff should look at this bearer of the surname: a seat in that legislature, or none at all."""
    legislatures = {legislature for legislature, _ in bodies}
    return not entry.fact.terms or any(term.legislature in legislatures for term in entry.fact.terms)


def _party_differs(entry: _Entry, context: _Context) -> bool:
    """Whether the text and the record each name one of the two large parties, and not the same."""
    terms = [term for term in entry.fact.terms if context.bodies is None or term.body in context.bodies]
    written = _large_parties(context.party)
    recorded = set().union(*(_large_parties(term.party) for term in terms))
    return bool(written and recorded and written.isdisjoint(recorded))


def _large_parties(party: str) -> set[str]:
    return {word[0] for word in fold(party).split()} & {"d", "r"}


def _office(title: str, title_with_name: str) -> Office:
    office = read_title(title)
    return read_title(title_with_name) if office.calling is Calling.UNSAID else office


def _best(found: Iterable[tuple[_Entry, Agreement]]) -> list[_Entry]:
    """Those who agree, in an order of their own; where some agree in full, only those."""
    agreeing = [(entry, level) for entry, level in found if level >= Agreement.POSSIBLE]
    best = max((level for _, level in agreeing), default=Agreement.FULL)
    return _in_order(entry for entry, level in agreeing if level == best)


def _in_order(entries: Iterable[_Entry]) -> list[_Entry]:
    return sorted(set(entries), key=lambda entry: (fold(entry.fact.name), str(entry.fact.key)))


def _settled(entry: _Entry, reason: str) -> Resolution:
    return Resolution(entry.fact.key, (entry.fact.key,), reason)


def _unsettled(entries: Iterable[_Entry], reason: str) -> Resolution:
    return Resolution(None, tuple(entry.fact.key for entry in _in_order(entries)), reason)


def _several(entries: list[_Entry], context: _Context) -> str:
    names = ", ".join(entry.fact.name for entry in entries)
    if context.bodies is None:
        return f"{len(entries)} people have this name: {names}."
    return f"{len(entries)} people named {context.surname} may have sat {context.place_and_time}: {names}."
