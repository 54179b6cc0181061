"""The people, organizations and committees that Passage ships: the files as data, before any loading."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from datetime import date
from functools import cache
from itertools import combinations
from pathlib import Path

from bills.print_numbers import parse_print_no, session_end, session_start
from sponsors.folding import fold

PROJECT = Path(__file__).resolve().parents[2]
ROSTER = PROJECT / "sponsors" / "records"
BILLS = PROJECT / "bills" / "records"
READ_ON = "2026-08-21"  # the day of the sources; later ends would be guesses
PERSON_KEYS = ["key", "name", "sort_name", "aliases", "note", "not_the_same_as", "terms"]
TERM_KEYS = ["legislature", "chamber", "district", "party", "caucus", "start", "end"]
CHAMBERS = {"ny": {"senate", "assembly"}, "nyc": {"council"}, "us": {"senate", "house"}}
INDEPENDENT_DEMOCRATS = {
    "jeffrey-d-klein",
    "david-j-valesky",
    "jose-peralta",
    "marisol-alcantara",
    "tony-avella",
    "david-carlucci",
    "jesse-hamilton",
    "diane-j-savino",
}
# The source dates some older terms by whole sessions, so that two who shared a session share the seat.
SHARED_SEATS = {
    ("assembly", "23", "audrey-pheffer", "phillip-goldfeder"),
    ("assembly", "46", "alec-brook-krasny", "pamela-harris"),
    ("assembly", "65", "alice-cancel", "sheldon-silver"),
    ("assembly", "93", "mike-spano", "shelley-mayer"),
    ("assembly", "100", "frank-skartados", "tom-kirwan"),
    ("assembly", "145", "mark-j-f-schroeder", "michael-kearns"),
    ("senate", "27", "carl-kruger", "david-storobin"),
}
# Names in lists of sponsors that the roster cannot answer for, and why.
UNANSWERED = {
    ("ny", 2013, "KAVANAGH"): "his service in the Assembly is not in our source",
    ("ny", 2013, "MILLER"): "three members of that name have terms whose start the source does not give",
    ("ny", 2013, "ROSENTHAL"): "the start of Daniel Rosenthal's term is not in our source",
    ("ny", 2017, "HARRIS"): "the source ends her term with 2016",
    ("ny", 2017, "SKARTADOS"): "the source ends his term with 2016",
    ("ny", 2019, "KENNY BURGOS"): "the source begins his term in 2021",
}


@cache
def people() -> list[dict]:
    return json.loads((ROSTER / "people.json").read_text(encoding="utf-8"))


@cache
def committees() -> list[dict]:
    return json.loads((ROSTER / "committees.json").read_text(encoding="utf-8"))


@cache
def organizations() -> list[dict]:
    return json.loads((ROSTER / "organizations.json").read_text(encoding="utf-8"))


@cache
def bills() -> list[dict]:
    return [
        bill for file in sorted(BILLS.glob("*.json")) for bill in json.loads(file.read_text(encoding="utf-8"))
    ]


def person(key: str) -> dict:
    return next(row for row in people() if row["key"] == key)


def spellings(row: dict) -> list[str]:
    return [row["name"], *row.get("aliases", [])]


def covers(term: dict, first: str, last: str) -> bool:
    return (term["start"] or first) <= last and (term["end"] or last) >= first


def test_people_are_in_order_under_keys_of_their_own():
    keys = [row["key"] for row in people()]

    assert keys == sorted(set(keys))
    assert all(re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", key) for key in keys)


def test_people_have_only_documented_keys_and_no_address():
    for row in people():
        assert list(row) == [key for key in PERSON_KEYS if key in row]
        for term in row.get("terms", []):
            assert list(term) == [key for key in TERM_KEYS if key in term]
            assert {"legislature", "chamber", "start", "end"} <= set(term)
    text = (ROSTER / "people.json").read_text(encoding="utf-8")
    assert not re.search(r"@|https?:|\b\d{3}[-.]\d{3}[-.]\d{4}\b|\bStreet\b", text)


def test_a_sort_name_is_the_name_with_the_surname_first():
    for row in people():
        assert sorted(fold(row["sort_name"]).split()) == sorted(fold(row["name"]).split())
        assert ", " in row["sort_name"]


def test_a_spelling_means_one_person_only():
    meant = defaultdict(set)
    for row in people():
        for spelling in spellings(row):
            assert spelling == " ".join(spelling.split()) != ""
            meant[fold(spelling)].add(row["key"])

    assert {spelling: keys for spelling, keys in meant.items() if len(keys) > 1} == {}


def test_terms_are_possible():
    for row in people():
        terms = row.get("terms", [])
        for term in terms:
            assert term["chamber"] in CHAMBERS[term["legislature"]]
            for day in filter(None, (term["start"], term["end"])):
                date.fromisoformat(day)
            assert (term["start"] or "") <= (term["end"] or "9999")
            assert (term["end"] or "") <= READ_ON, row["key"]
        for one, other in combinations(terms, 2):
            if one["start"] and other["start"]:
                assert not covers(one, other["start"], other["end"] or "9999"), row["key"]
        identity = Counter((t["legislature"], t["chamber"], t.get("district"), t["start"]) for t in terms)
        assert max(identity.values(), default=1) == 1


def test_nobody_sits_in_anothers_seat():
    seats = defaultdict(list)
    for row in people():
        for term in row.get("terms", []):
            if term["legislature"] == "ny" and term["start"] and "district" in term:
                seats[term["chamber"], term["district"]].append((row["key"], term))
    shared = {
        (*seat, *sorted((one, other)))
        for seat, holders in seats.items()
        for (one, first), (other, second) in combinations(holders, 2)
        if one != other and covers(first, second["start"], second["end"] or "9999")
    }

    assert shared == SHARED_SEATS


def test_both_houses_are_full():
    sitting = Counter(
        term["chamber"]
        for row in people()
        for term in row.get("terms", [])
        if term["legislature"] == "ny" and term["end"] is None
    )

    assert sitting == {"senate": 63, "assembly": 150}


def test_father_and_son_serrano_are_two_people():
    senator, congressman = person("jose-m-serrano"), person("jose-e-serrano")

    assert senator["not_the_same_as"] == ["jose-e-serrano"]
    assert congressman["not_the_same_as"] == ["jose-m-serrano"]
    assert senator["note"]
    assert congressman["note"]
    assert [(t["legislature"], t["chamber"]) for t in senator["terms"]] == [("ny", "senate")]
    assert [(t["legislature"], t["chamber"]) for t in congressman["terms"]] == [("us", "house")]
    assert "jose serrano" not in map(fold, [*spellings(senator), *spellings(congressman)])


def test_who_is_not_the_same_is_told_on_both_sides():
    for row in people():
        assert ("note" in row) == ("not_the_same_as" in row)
        for other in row.get("not_the_same_as", []):
            assert row["key"] in person(other)["not_the_same_as"]


def test_the_conference_of_january_2017_has_its_eight_members():
    members = {
        row["key"]
        for row in people()
        for term in row.get("terms", [])
        if term.get("caucus") == "Independent Democratic Conference"
        and covers(term, "2017-01-30", "2017-01-30")
    }

    assert members == INDEPENDENT_DEMOCRATS
    assert "Jeff Klein" in person("jeffrey-d-klein")["aliases"]


def test_two_forms_of_one_surname_are_told_apart():
    assert "Rosenthal L" in person("linda-rosenthal")["aliases"]
    assert "Rosenthal D" in person("daniel-rosenthal")["aliases"]
    assert "Brad Hoylman" in person("brad-hoylman-sigal")["aliases"]


def test_speakers_of_the_five_documents_are_known():
    known = {fold(spelling) for row in people() for spelling in spellings(row)}
    speakers = (
        "Jose M. Serrano, Jeff Klein, David Valesky, Jose Peralta, Marisol Alcantara, Tony Avella, "
        "David Carlucci, Jesse Hamilton, Diane Savino, Zachary Ahmad, Murad Awawdeh, Eddie A. Taveras, "
        "Mizue Aizeki, Rosa Cohen-Cruz, José E. Serrano, Melissa Mark-Viverito"
    )

    assert [name for name in speakers.split(", ") if fold(name) not in known] == []


def test_every_sponsor_of_a_shipped_bill_is_one_person():
    unanswered = set()
    for bill in bills():
        legislature, session = bill["legislature"], bill["session"]
        chamber = parse_print_no(bill["print_no"], legislature=legislature, session=session).chamber
        first, last = (day(legislature, session).isoformat() for day in (session_start, session_end))
        sitting = [
            row
            for row in people()
            for term in row.get("terms", [])
            if (term["legislature"], term["chamber"]) == (legislature, chamber) and covers(term, first, last)
        ]
        for written in [bill.get("sponsor"), *bill.get("cosponsors", []), *bill.get("multisponsors", [])]:
            if written is None or written.startswith("COMMITTEE ON"):
                continue
            name = fold(written)
            found = {row["key"] for row in sitting if name in map(fold, spellings(row))} or {
                row["key"] for row in sitting if name == fold(row["sort_name"].split(",")[0])
            }
            if len(found) != 1:
                unanswered.add((legislature, session, written.upper()))

    assert unanswered == set(UNANSWERED)


def test_committees_are_in_order_and_each_once():
    rows = [(row["legislature"], row["chamber"], row["name"]) for row in committees()]

    assert rows == sorted(set(rows))
    assert len({(legislature, chamber, fold(name)) for legislature, chamber, name in rows}) == len(rows)
    for row in committees():
        assert set(row) <= {"legislature", "chamber", "name", "chair"}
        assert row["chamber"] in CHAMBERS[row["legislature"]]
        assert not re.match(r"(?:sub)?committee\b", row["name"], re.IGNORECASE)


def test_a_chair_sits_in_the_chamber():
    for row in committees():
        if "chair" in row:
            assert any(
                (term["legislature"], term["chamber"], term["end"])
                == (row["legislature"], row["chamber"], None)
                for term in person(row["chair"])["terms"]
            ), row


def test_every_committee_that_a_shipped_bill_went_to_is_listed():
    known = {(row["legislature"], row["chamber"], fold(row["name"])) for row in committees()}
    missing = set()
    for bill in bills():
        for action in bill["actions"]:
            if bill["legislature"] == "ny":
                found = re.search(r"(?:REFERRED|COMMITTED|RECOMMIT) TO (.+)$", action["text"].upper())
                wanted = found and ("ny", action["chamber"], fold(found[1]))
            else:
                found = re.match(r"Committee on (.+)", action.get("body", ""))
                wanted = found and ("nyc", "council", fold(found[1]))
            if wanted and wanted not in known:
                missing.add(wanted)

    assert missing == set()


def test_organizations_are_in_order_and_one_spelling_means_one():
    keys = [row["key"] for row in organizations()]
    meant = Counter(fold(spelling) for row in organizations() for spelling in spellings(row))

    assert keys == sorted(set(keys))
    assert max(meant.values()) == 1
    for row in organizations():
        assert set(row) <= {"key", "name", "aliases", "website"}
        assert row.get("website", "https://").startswith("https://")


def test_organizations_of_the_five_documents_are_known():
    known = {row["name"] for row in organizations()}

    assert known >= {
        "American Civil Liberties Union",
        "Immigrant Defense Project",
        "Independent Democratic Conference",
        "New York City Council",
        "New York Civil Liberties Union",
        "New York Immigration Coalition",
        "The Bronx Defenders",
        "Vera Institute of Justice",
    }
