"""load_roster: people, organisations and committees from files; what staff wrote stays."""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from bills.models import Sponsorship
from bills.refresh import store
from sponsors.models import Committee, Organization, Person, Term
from sponsors.people import load_people
from sponsors.roster import load_roster
from tests.factories import NOW, make_person, make_session, make_snapshot, make_term

pytestmark = pytest.mark.django_db

TERM = {
    "legislature": "ny", "chamber": "senate", "district": "29", "party": "Democratic",
    "start": "2017-01-01", "end": "2018-12-31",
}  # fmt: skip
ANA = {"key": "ana-example", "name": "Ana Example", "aliases": ["A. Example"], "terms": [TERM]}
COALITION = {"key": "example-coalition", "name": "Example Coalition", "aliases": ["EC"]}
CODES = {"legislature": "ny", "chamber": "senate", "name": "Codes", "chair": "ana-example"}


@pytest.fixture
def write(tmp_path):
    def write(*, people=None, organizations=None, committees=None) -> Path:
        for name, entries in (
            ("people", people),
            ("organizations", organizations),
            ("committees", committees),
        ):
            if entries is not None:
                (tmp_path / f"{name}.json").write_text(json.dumps(entries))
        return tmp_path

    return write


def load(folder: Path, fails: bool = False) -> tuple[list[str], list[str]]:
    """The lines on standard output and standard error; with `fails` the exit status must be 1."""
    out, err = io.StringIO(), io.StringIO()
    if fails:
        with pytest.raises(CommandError) as caught:
            call_command("load_roster", str(folder), stdout=out, stderr=err)
        assert caught.value.returncode == 1
    else:
        call_command("load_roster", str(folder), stdout=out, stderr=err)
    return out.getvalue().splitlines(), err.getvalue().splitlines()


def test_the_shipped_roster_loads_and_the_second_time_writes_nothing():
    out = io.StringIO()
    call_command("load_roster", stdout=out)
    assert out.getvalue().splitlines() == [
        f"{Person.objects.count()} people: {Person.objects.count()} new, 0 changed",
        f"{Organization.objects.count()} organizations: {Organization.objects.count()} new, 0 changed",
        f"{Committee.objects.count()} committees: {Committee.objects.count()} new, 0 changed",
    ]
    assert Term.objects.count() > 500
    wrote = []

    def watch(execute, sql, params, many, context):
        if not sql.startswith(("SELECT", "SAVEPOINT", "RELEASE")):
            wrote.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        call_command("load_roster", stdout=io.StringIO())
    assert wrote == []


def test_a_person_with_terms_an_organisation_and_a_committee(write):
    load(write(people=[ANA], organizations=[COALITION], committees=[CODES]))
    person = Person.objects.get(slug="ana-example")
    assert (person.name, person.sort_name, person.aliases) == ("Ana Example", "Example, Ana", ["A. Example"])
    term = person.terms.get()
    assert (term.district, term.party, term.start, term.end) == (
        "29",
        "Democratic",
        date(2017, 1, 1),
        date(2018, 12, 31),
    )
    assert Organization.objects.get().aliases == ["EC"]
    assert Committee.objects.get().slug == "codes"


def test_a_folder_with_one_of_the_files_is_enough_and_one_with_none_is_an_error(write, tmp_path):
    assert load(write(organizations=[COALITION]))[0][1] == "1 organizations: 1 new, 0 changed"
    (tmp_path / "empty").mkdir()
    for name in ("empty", "nowhere"):
        with pytest.raises(CommandError, match=f"{name} holds none of people.json"):
            call_command("load_roster", str(tmp_path / name))


def test_each_fault_is_one_line_and_hides_no_other(write):
    folder = write(
        people=[
            ANA,
            {"key": "Not A Key", "name": "X"},
            {"key": "no-name"},
            {"key": "bad-day", "name": "X", "terms": [TERM | {"start": "then"}]},
            {"key": "backwards", "name": "X", "terms": [TERM | {"end": "2016-01-01"}]},
            {"key": "wrong-chamber", "name": "X", "terms": [TERM | {"chamber": "council"}]},
            {"key": "twice", "name": "X", "terms": [TERM, TERM]},
            ANA | {"name": "Another"},
            "text",
        ],
        organizations=[{"key": "insecure", "name": "X", "website": "http://example.org"}],
    )
    (folder / "committees.json").write_text("{}")
    out, err = load(folder, fails=True)
    assert out[0] == "1 people: 1 new, 0 changed"
    assert [line.partition(".json: ")[2] for line in err] == [
        "entry 2 (Not A Key): key: a key is lower case letters, digits and hyphens.",
        "entry 3 (no-name): name: Field required.",
        "entry 4 (bad-day): terms.1.start: Input should be a valid date or datetime, input is too short.",
        "entry 5 (backwards): terms.1: a term ends before it starts.",
        "entry 6 (wrong-chamber): terms.1: “council” is no chamber of ny.",
        "entry 7 (twice): two terms have one chamber, district and start.",
        "entry 8 (ana-example): stands in the file twice; the first one counts.",
        "entry 9: Input should be a valid dictionary or instance of PersonRecord.",
        "entry 1 (insecure): website: a website begins with https://.",
        "holds no list.",
    ]


def test_a_roster_with_control_characters_is_cleaned(write):
    load(write(people=[ANA | {"name": "Ana\x00 \x1b Example\n"}]))
    assert Person.objects.get().name == "Ana Example"


# --- what changes, what stays


def test_a_changed_file_changes_the_rows(write):
    load(write(people=[ANA]))
    out, _ = load(
        write(people=[ANA | {"name": "Ana B. Example", "aliases": ["A. Example", "Anita Example"]}])
    )
    assert out[0] == "1 people: 0 new, 1 changed"
    person = Person.objects.get()
    assert (person.name, person.aliases) == ("Ana B. Example", ["A. Example", "Anita Example"])


def test_what_staff_wrote_about_a_person_stays(write):
    load(write(people=[ANA]))
    person = Person.objects.get()
    person.name, person.note, person.aliases = (
        "Staff's Name",
        "Not the mayor.",
        ["A. Example", "Staff's Alias"],
    )
    person.save()
    changed = ANA | {"name": "Files Name", "note": "Files note.", "aliases": ["A. Example", "Files Alias"]}
    load(write(people=[changed]))
    person.refresh_from_db()
    assert (person.name, person.note) == ("Staff's Name", "Not the mayor.")
    assert person.aliases == ["A. Example", "Staff's Alias", "Files Alias"]
    assert load(write(people=[changed]))[0][0] == "1 people: 0 new, 0 changed"


def test_an_alias_that_staff_took_away_stays_away(write):
    load(write(people=[ANA]))
    person = Person.objects.get()
    person.aliases = []
    person.save()
    load(write(people=[ANA]))
    person.refresh_from_db()
    assert person.aliases == []


def test_a_person_whom_staff_made_is_filled_in_and_not_overwritten(write):
    make_session()
    person = make_person("Ana Exemplar", slug="ana-example")
    load(write(people=[ANA | {"note": "A senator."}]))
    person.refresh_from_db()
    assert (person.name, person.note, person.aliases) == ("Ana Exemplar", "A senator.", ["A. Example"])


def test_what_the_file_leaves_out_stays(write):
    load(write(people=[ANA | {"note": "A note."}, {"key": "bo-other", "name": "Bo Other"}]))
    load(write(people=[{"key": "ana-example", "name": "Ana Example"}]))
    person = Person.objects.get(slug="ana-example")
    assert (person.note, person.aliases, person.terms.count()) == ("A note.", ["A. Example"], 1)
    assert Person.objects.filter(slug="bo-other").exists()


def test_a_term_that_ends_gets_its_end_and_a_new_one_begins(write):
    load(write(people=[ANA | {"terms": [TERM | {"end": None}]}]))
    load(
        write(people=[ANA | {"terms": [TERM, TERM | {"district": "30", "start": "2019-01-01", "end": None}]}])
    )
    assert [(term.district, term.end) for term in Term.objects.order_by("start")] == [
        ("29", date(2018, 12, 31)), ("30", None),
    ]  # fmt: skip


def test_a_start_that_was_not_known_is_filled_in_on_the_same_term(write):
    load(write(people=[ANA | {"terms": [TERM | {"start": None}]}]))
    load(write(people=[ANA]))
    assert Term.objects.get().start == date(2017, 1, 1)
    load(write(people=[ANA | {"terms": [TERM | {"start": None}]}]))
    assert Term.objects.get().start == date(2017, 1, 1)


def test_what_staff_wrote_about_a_term_stays(write):
    load(write(people=[ANA]))
    Term.objects.update(end=date(2018, 6, 30), party="Staff's", caucus="Staff's")
    load(write(people=[ANA | {"terms": [TERM | {"caucus": "File's"}]}]))
    term = Term.objects.get()
    assert (term.end, term.party, term.caucus) == (date(2018, 6, 30), "Staff's", "Staff's")


def test_an_organisation_that_a_document_made_is_the_same(write):
    made = Organization.objects.create(slug="made-from-a-document", name="Example Coalition")
    load(write(organizations=[COALITION]))
    assert Organization.objects.get() == made
    made.refresh_from_db()
    assert (made.slug, made.aliases) == ("made-from-a-document", ["EC"])


def test_a_committee_made_from_capitals_takes_the_rosters_spelling(write):
    make_session()
    Committee.objects.create(
        legislature_id="ny", chamber="senate", name="Ways And Means", slug="ways-and-means"
    )
    Committee.objects.create(legislature_id="ny", chamber="senate", name="Renamed by staff", slug="codes")
    load(write(committees=[CODES, CODES | {"name": "Ways and Means"}]))
    assert set(Committee.objects.values_list("name", flat=True)) == {"Ways and Means", "Renamed by staff"}


def test_sponsors_who_waited_find_their_person(write):
    make_session()
    store(make_snapshot(sponsors=("Ana Example", "Bo Nobody")), source="open_legislation", now=NOW)
    out, _ = load(write(people=[ANA]))
    assert out[-1] == "1 names on bills and in statements found their person."
    row = Sponsorship.objects.get(name_as_written="Ana Example")
    assert (row.person.slug, row.term.district, row.why_unresolved) == ("ana-example", "29", "")


def test_the_rows_are_the_roster_that_names_are_looked_up_in(django_assert_num_queries):
    make_session()
    person = make_person("Ana Example", aliases=["Anita Example"])
    term = make_term(person, start=date(2017, 1, 1))
    with django_assert_num_queries(2):
        people = load_people()
    assert people.roster.resolve("Anita Example").person_key == person.pk
    days = (date(2017, 2, 2), date(2018, 12, 31))
    assert people.term_of(person.pk, legislature="ny", chamber="senate", days=days) == term.pk
    assert people.term_of(person.pk, legislature="ny", chamber="assembly", days=days) is None


@pytest.mark.parametrize(
    ("terms", "chosen"),
    [
        ([("2015-01-01", "2016-12-31"), ("2017-01-01", "2018-12-31")], 1),
        ([("2017-01-01", "2017-05-31"), ("2017-06-01", None)], 0),
        ([(None, None)], 0),
        ([(None, "2016-12-31"), ("2018-01-01", None)], 1),
        ([("2018-05-01", None), ("2017-09-01", "2018-04-30")], 1),
        ([("2019-01-01", None)], None),
        ([("2015-01-01", "2016-12-31")], None),
    ],
)
def test_the_term_of_a_time(terms, chosen):
    make_session()
    person = make_person()
    rows = [make_term(person, district=str(n), start=start, end=end) for n, (start, end) in enumerate(terms)]
    found = load_people().term_of(
        person.pk, legislature="ny", chamber="senate", days=(date(2017, 2, 2), date(2018, 12, 31))
    )
    assert found == (None if chosen is None else rows[chosen].pk)


def test_the_folder_that_ships_is_the_default():
    assert load_roster().people.new > 500
