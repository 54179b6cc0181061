"""Roster files into rows: people with their terms, organisations, committees.

    loaded = load_roster(Path("sponsors/records"))
    loaded.people.new, loaded.people.changed, loaded.faults

One transaction, safe to repeat. An import never overwrites what staff wrote. For people and organisations
their history tells: a field that somebody else wrote after the last load is staff's. Terms and committees
have no history, so a load fills what is empty there and leaves the rest alone. Rows that no file names stay.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from django.db import models, transaction
from django.dispatch import Signal
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from sponsors.models import Committee, Organization, Person, Term
from sponsors.publishing import pages_changed
from sponsors.roster_files import (
    CommitteeRecord,
    OrganizationRecord,
    PersonRecord,
    Record,
    RosterFault,
    TermRecord,
    read_roster_file,
)

SHIPPED = Path(__file__).resolve().parent / "records"
REASON = "roster"  # marks in a row's history what a load wrote
FILES = ("people.json", "organizations.json", "committees.json")

# Sent after a load that brought people or terms. Names wait in apps that this one must not import: they ask
# the roster again, and each receiver returns how many of its rows changed.
people_arrived = Signal()
# Sent with `ids` after people were given another name, which stands in what is searched for bills and statements.
people_renamed = Signal()


@dataclass
class Count:
    total: int = 0
    new: int = 0
    changed: int = 0


@dataclass
class Loaded:
    """What a load did. `names_found` are names on bills and in statements that now have their person."""

    people: Count = field(default_factory=Count)
    organizations: Count = field(default_factory=Count)
    committees: Count = field(default_factory=Count)
    faults: list[RosterFault] = field(default_factory=list)
    names_found: int = 0


def load_roster(folder: Path = SHIPPED) -> Loaded:
    """Bring the rows up to the files of a folder. Raises FileNotFoundError where it holds none of them."""
    if not any((folder / name).is_file() for name in FILES):
        raise FileNotFoundError(f"{folder} holds none of {', '.join(FILES)}.")
    loaded = Loaded()
    people = list(_sound(read_roster_file(folder / "people.json", PersonRecord), loaded.faults))
    organizations = _sound(read_roster_file(folder / "organizations.json", OrganizationRecord), loaded.faults)
    committees = _sound(read_roster_file(folder / "committees.json", CommitteeRecord), loaded.faults)
    with transaction.atomic():
        loaded.people, renamed = _load_people(people)
        loaded.organizations = _load_organizations(list(organizations))
        loaded.committees = _load_committees(list(committees))
        if renamed:
            people_renamed.send(sender=load_roster, ids=renamed)
    if loaded.people.new or loaded.people.changed:
        loaded.names_found = sum(int(found or 0) for _, found in people_arrived.send(sender=load_roster))
    if any(count.new or count.changed for count in (loaded.people, loaded.organizations, loaded.committees)):
        pages_changed()
    return loaded


def _sound(entries: Iterable[Record | RosterFault], faults: list[RosterFault]) -> Iterator[Record]:
    """The entries that can be loaded; the faults go to `faults`."""
    for entry in entries:
        if isinstance(entry, RosterFault):
            faults.append(entry)
        else:
            yield entry


def _load_people(records: Sequence[PersonRecord]) -> tuple[Count, set[int]]:
    """What became of them, and the keys of those whose row is another now."""
    rows = {
        row.slug: row
        for row in Person.objects.select_for_update().filter(slug__in=[one.key for one in records])
    }
    wanted = [
        (
            record.key,
            {
                "name": record.name,
                "sort_name": record.surname_first,
                "note": record.note,
                "aliases": record.aliases,
            },
        )
        for record in records
    ]
    new, changed = _write(Person, rows, wanted)
    with_new_terms = _write_terms([(rows[record.key].pk, record.terms) for record in records])
    return Count(len(records), len(new), len((changed | with_new_terms) - new)), changed


def _load_organizations(records: Sequence[OrganizationRecord]) -> Count:
    """Make or update them. One that a document has made under its name is the same, whatever its slug."""
    keys, names = [one.key for one in records], [one.name for one in records]
    found = list(
        Organization.objects.select_for_update().filter(models.Q(slug__in=keys) | models.Q(name__in=names))
    )
    by_slug, by_name = {row.slug: row for row in found}, {row.name: row for row in found}
    rows = {one.key: row for one in records if (row := by_slug.get(one.key) or by_name.get(one.name))}
    wanted = [
        (record.key, {"name": record.name, "aliases": record.aliases, "website": record.website})
        for record in records
    ]
    new, changed = _write(Organization, rows, wanted)
    return Count(len(records), len(new), len(changed))


def _write(
    model: type[Person] | type[Organization],
    rows: dict[str, Any],
    wanted: Iterable[tuple[str, dict[str, Any]]],
) -> tuple[set[int], set[int]]:
    """Make the rows that are missing from `rows`, by key, and bring the others up; the keys of both."""
    wanted = list(wanted)
    fields = list(wanted[0][1]) if wanted else []
    staffs = _staffs_work(model, [row.pk for row in rows.values()], fields)
    new, changed = [], []
    for key, values in wanted:
        row = rows.get(key)
        if row is None:
            rows[key] = model(slug=key, **{name: _stored(value) for name, value in values.items()})
            new.append(rows[key])
            continue
        before = [getattr(row, name) for name in fields]
        for name, value in values.items():
            setattr(row, name, staffs[row.pk].merge(name, getattr(row, name), _stored(value)))
        if before != [getattr(row, name) for name in fields]:
            changed.append(row)
    if new:
        bulk_create_with_history(new, model, default_change_reason=REASON)
    if changed:
        bulk_update_with_history(changed, model, fields, default_change_reason=REASON)
    return {row.pk for row in new}, {row.pk for row in changed}


@dataclass
class _StaffsWork:
    """What staff did to a row, by its history: the fields they wrote last, the aliases they took away."""

    fields: set[str] = field(default_factory=set)
    aliases_taken_away: set[str] = field(default_factory=set)

    def merge(self, name: str, now: Any, wanted: Any) -> Any:
        """What a field is to hold. A file that says nothing changes nothing, and aliases are joined."""
        if name == "aliases":
            return [*now, *(one for one in wanted if one not in now and one not in self.aliases_taken_away)]
        return now if name in self.fields or not wanted else wanted


def _staffs_work(
    model: type[Person] | type[Organization], keys: list[int], fields: Sequence[str]
) -> dict[int, _StaffsWork]:
    """By primary key, what every write but those of a load changed."""
    found: dict[int, _StaffsWork] = defaultdict(_StaffsWork)
    before: dict[int, Any] = {}
    for row in model.history.filter(id__in=keys).order_by("id", "history_date", "history_id"):
        earlier, by_load = before.get(row.id), row.history_change_reason == REASON
        for name in fields:
            if getattr(row, name) == (getattr(earlier, name) if earlier else type(getattr(row, name))()):
                continue
            if by_load:
                found[row.id].fields.discard(name)
            else:
                found[row.id].fields.add(name)
        if earlier and not by_load:
            found[row.id].aliases_taken_away |= set(earlier.aliases) - set(row.aliases)
        before[row.id] = row
    return found


def _stored(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _write_terms(people: Iterable[tuple[int, Sequence[TermRecord]]]) -> set[int]:
    """Add the terms that are missing and fill what is empty in the others; the keys of whom it concerns."""
    people = list(people)
    existing: dict[tuple, list[Term]] = defaultdict(list)
    for row in Term.objects.filter(person__in=[person for person, _ in people]).order_by("pk"):
        existing[row.person_id, row.legislature_id, row.chamber, row.district].append(row)
    new: list[Term] = []
    changed: list[Term] = []
    for person, records in people:
        for record in records:
            place = (person, record.legislature, record.chamber, record.district)
            term = _same_term(existing[place], record, [one.start for one in records])
            if term is None:
                new.append(
                    Term(
                        person_id=person,
                        legislature_id=record.legislature,
                        chamber=record.chamber,
                        district=record.district,
                        party=record.party,
                        caucus=record.caucus,
                        start=record.start,
                        end=record.end,
                    )
                )
            elif _fill(term, record):
                changed.append(term)
    Term.objects.bulk_create(new)
    Term.objects.bulk_update(changed, ["party", "caucus", "start", "end"])
    return {term.person_id for term in (*new, *changed)}


def _fill(term: Term, record: TermRecord) -> bool:
    """Fill what is empty; whether anything was. A day that would turn the term around is left out."""
    before = (term.party, term.caucus, term.start, term.end)
    start, end = term.start or record.start, term.end or record.end
    if not (start and end and end < start):
        term.start, term.end = start, end
    term.party, term.caucus = term.party or record.party, term.caucus or record.caucus
    return before != (term.party, term.caucus, term.start, term.end)


def _same_term(terms: list[Term], record: TermRecord, starts: Sequence[date | None]) -> Term | None:
    """The row of a term: the one of its start, else one whose start is not known on one of the two sides."""
    for term in terms:
        if term.start == record.start:
            return term
    for term in terms:
        if (term.start is None and None not in starts) or (record.start is None and term.start not in starts):
            return term
    return None


def _load_committees(records: Sequence[CommitteeRecord]) -> Count:
    """Make missing committees. A row made from capitals on a bill takes the spelling of the roster."""
    rows = {(row.legislature_id, row.chamber, row.slug): row for row in Committee.objects.all()}
    new, changed = [], []
    for record in records:
        row = rows.get((record.legislature, record.chamber, record.slug))
        if row is None:
            new.append(
                Committee(
                    legislature_id=record.legislature,
                    chamber=record.chamber,
                    slug=record.slug,
                    name=record.name,
                )
            )
        elif row.name != record.name and row.name.casefold() == record.name.casefold():
            row.name = record.name
            changed.append(row)
    Committee.objects.bulk_create(new)
    Committee.objects.bulk_update(changed, ["name"])
    return Count(len(records), len(new), len(changed))
