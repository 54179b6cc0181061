"""The bills that Passage ships: the files as data, before any loader has seen them."""

from __future__ import annotations

import json
import re
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from bills.print_numbers import parse_print_no, session_end, session_start
from bills.stages import CODES, OUTCOMES, ActionLine, ladder, read_standing, steps

RECORDS = Path(__file__).resolve().parents[2] / "bills" / "records"
FILES = sorted(RECORDS.glob("*.json"))
# A day in the session of 2025: what the bundle says of a bill must not depend on when the tests run.
TODAY = date(2026, 11, 1)

# As docs/records.md lists them, in the order in which the files write them.
KEYS = (
    "legislature",
    "session",
    "print_no",
    "file_no",
    "official_url",
    "lineage",
    "lineage_name",
    "about_immigration",
    "issues",
    "short_name",
    "title_or_summary",
    "plain_summary",
    "act_clause",
    "law_section",
    "laws_affected",
    "sponsor",
    "cosponsors",
    "multisponsors",
    "same_as",
    "versions_in_other_sessions",
    "active_amendment",
    "amendments",
    "actions",
    "actions_complete",
    "actions_note",
    "committee",
    "substituted_by",
    "chapter",
    "votes",
    "as_of",
    "source_urls",
)
REQUIRED = {
    "legislature",
    "session",
    "print_no",
    "official_url",
    "lineage",
    "lineage_name",
    "issues",
    "plain_summary",
}
ORDINAL = {113: "113th", 116: "116th", 117: "117th", 119: "119th"}
# One bill's record names a companion that does not name it back.
ONE_SIDED_SAME_AS = {
    ("ny", 2013, "A2597", "A9640"),
    ("ny", 2017, "A3049", "S4075"),
    ("ny", 2019, "A5964", "S1825"),
    ("ny", 2019, "A9928", "S6897"),
    ("ny", 2025, "S141", "A270"),
    ("ny", 2025, "S2235", "A3506"),
}
LINEAGES = {
    "dignity-for-immigrants": "2017:A3049 2017:S4075 2019:S1424 2021:S1357 2023:S257 2025:S1066",
    "new-york-for-all": (
        "2019:A9586 2019:S7562 2021:A2328 2021:S3076 2023:A5686 2023:S987 2025:A3506 2025:S2235"
    ),
    "green-light": "2017:A10273 2019:A3675 2019:S1747",
    "protect-our-courts": "2017:S8925 2019:A2176 2019:S425",
    "new-york-is-home": "2013:S7879 2015:S776 2019:S1021 2021:S4279",
    "dignity-not-detention": "2021:A7099 2021:S7373 2023:A4354 2023:S306 2025:A4181 2025:S316",
    "access-to-representation": (
        "2019:A9125 2019:S7261 2021:S81 2023:A170 2023:S999 2025:A270 2025:S141 2025:S9756"
    ),
    "coverage-for-all": (
        "2019:A5974 2019:S3900 2021:A880 2021:S1572 2023:A3020 2023:S2237 2025:A1710 2025:S3762"
    ),
    "dream-act": (
        "2011:A6829 2011:S4179 2013:A2597 2013:A9640 2013:S1257 "
        "2017:A3039 2017:A9605 2017:S9185 2019:A782 2019:S1250"
    ),
    "council-persons-not-to-be-detained": (
        "2010:INT 0656 2010:INT 0982 2010:INT 0989 2014:INT 0486 2014:INT 0487 2014:INT 1558"
    ),
    "council-trust-act": "2018:INT 2348 2022:INT 0158 2024:INT 0214 2026:INT 0209",
}


@cache
def shipped() -> dict[tuple[str, int, str], dict]:
    bills = [bill for file in FILES for bill in json.loads(file.read_text(encoding="utf-8"))]
    return {identity(bill): bill for bill in bills}


def identity(bill: dict) -> tuple[str, int, str]:
    return bill["legislature"], bill["session"], bill["print_no"]


def order(bill: dict) -> tuple[str, int, str, int]:
    letters, number = re.fullmatch(r"([A-Z]+) ?(\d+)", bill["print_no"]).groups()
    return bill["legislature"], bill["session"], letters, int(number)


def standing(bill: dict):
    lines = [
        ActionLine(
            date=date.fromisoformat(action["date"]),
            chamber=action["chamber"],
            text=action["text"],
            sequence=place,
            body=action.get("body", ""),
            result=action.get("result", ""),
        )
        for place, action in enumerate(bill.get("actions", []))
    ]
    return read_standing(*identity(bill), lines, today=TODAY, referred_to=bill.get("committee", ""))


def words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.replace("'", "").replace("’", ""))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_file_is_in_order_and_has_only_documented_keys(file):
    bills = json.loads(file.read_text(encoding="utf-8"))

    assert bills == sorted(bills, key=order)
    for bill in bills:
        assert list(bill) == [key for key in KEYS if key in bill], identity(bill)
        assert set(bill) >= REQUIRED, identity(bill)
        stated_to_be_none = {"same_as"} if bill["print_no"] == "S4075" else set()
        assert not [
            key for key, value in bill.items() if value in ("", None, []) and key not in stated_to_be_none
        ]


def test_no_bill_is_written_twice():
    written = [identity(bill) for file in FILES for bill in json.loads(file.read_text(encoding="utf-8"))]

    assert len(written) == len(set(written)) == len(shipped())


def test_at_least_sixty_are_about_immigration():
    about = [bill for bill in shipped().values() if bill.get("about_immigration", True)]

    assert len(about) >= 60
    assert all("Immigration" in bill["issues"] for bill in about)
    others = [bill for bill in shipped().values() if bill.get("about_immigration") is False]
    assert not any("Immigration" in bill["issues"] for bill in others)
    assert len(others) <= 3


def test_print_numbers_are_base_numbers_of_their_session():
    for legislature, session, print_no in shipped():
        number = parse_print_no(print_no, legislature=legislature, session=session)
        assert (number.base_print_no, number.amendment) == (print_no, "")


def test_every_bill_has_an_address_of_its_own_legislature():
    for (legislature, session, print_no), bill in shipped().items():
        address = bill["official_url"]
        if legislature == "ny":
            assert address == f"https://www.nysenate.gov/legislation/bills/{session}/{print_no}"
        elif legislature == "us":
            letters, number = re.fullmatch(r"([A-Z]+)(\d+)", print_no).groups()
            house = {"HR": "house-bill", "S": "senate-bill"}[letters]
            assert address == f"https://www.congress.gov/bill/{ORDINAL[session]}-congress/{house}/{number}"
        else:
            assert re.fullmatch(
                r"https://legistar\.council\.nyc\.gov/"
                r"(?:Legislation\.aspx|LegislationDetail\.aspx\?ID=\d+&GUID=[0-9A-F-]{36})",
                address,
            )
        assert bill["source_urls"][0] == address
        assert all(url.startswith("https://") and "github" not in url for url in bill["source_urls"])


def test_a_council_file_keeps_its_printed_number():
    for (legislature, _, print_no), bill in shipped().items():
        assert ("file_no" in bill) == (legislature == "nyc")
        if legislature == "nyc":
            kind, number = print_no.split()
            assert re.fullmatch(rf"{kind.title()} {number}-(?:19|20)\d\d", bill["file_no"])


@pytest.mark.parametrize("slug", LINEAGES)
def test_a_lineage_is_whole(slug):
    found = {f"{session}:{no}" for (_, session, no), bill in shipped().items() if bill["lineage"] == slug}

    assert found == set(re.split(r" (?=\d{4}:)", LINEAGES[slug]))


def test_a_lineage_has_one_name_and_stays_in_one_legislature():
    by_slug = {}
    for (legislature, _, _), bill in shipped().items():
        assert re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", bill["lineage"])
        by_slug.setdefault(bill["lineage"], set()).add((legislature, bill["lineage_name"]))

    assert all(len(names) == 1 for names in by_slug.values()), by_slug


def test_versions_are_named_by_both_bills_and_are_one_lineage():
    for (legislature, session, print_no), bill in shipped().items():
        for version in bill.get("versions_in_other_sessions", []):
            other = shipped().get((legislature, version["session"], version["print_no"]))
            if other is None:
                continue
            back = {(v["session"], v["print_no"]) for v in other["versions_in_other_sessions"]}
            assert (session, print_no) in back
            assert other["lineage"] == bill["lineage"]


def test_companions_name_each_other_but_for_those_known_not_to():
    one_sided = set()
    for (legislature, session, print_no), bill in shipped().items():
        for companion in bill.get("same_as", []):
            other = shipped().get((legislature, session, companion))
            if other is not None:
                assert other["lineage"] == bill["lineage"]
                if print_no not in other.get("same_as", []):
                    one_sided.add((legislature, session, print_no, companion))

    assert one_sided == ONE_SIDED_SAME_AS


def test_actions_are_oldest_first_and_of_their_session():
    for (legislature, session, print_no), bill in shipped().items():
        days = [date.fromisoformat(action["date"]) for action in bill["actions"]]
        assert days == sorted(days), print_no
        # The Governor and the Mayor act into the weeks after a session.
        assert session_start(legislature, session) <= days[0]
        assert (days[-1] - session_end(legislature, session)).days <= 60


def test_the_day_of_the_source_is_given_where_it_is_known():
    for bill in shipped().values():
        if "as_of" in bill:
            assert bill["actions"][-1]["date"] <= date.fromisoformat(bill["as_of"]).isoformat()
            assert "actions_note" not in bill
    assert all("as_of" in bill for (_, session, _), bill in shipped().items() if session == 2025)


def test_an_action_has_the_documented_form():
    chambers = {
        "ny": {"senate", "assembly"},
        "nyc": {"council", "committee", "mayor"},
        "us": {"senate", "house"},
    }
    for (legislature, _, print_no), bill in shipped().items():
        for action in bill["actions"]:
            assert action["chamber"] in chambers[legislature], print_no
            assert action["text"].strip() == action["text"] != ""
            assert set(action) <= {"date", "chamber", "text"} | (
                {"body", "result"} if legislature == "nyc" else set()
            )


def test_a_list_that_is_not_whole_says_so():
    for bill in shipped().values():
        assert ("actions_complete" in bill) == ("actions_note" in bill)
        assert bill.get("actions_complete", False) is False


def test_every_status_that_an_action_list_can_give_is_there():
    seen = {(bill["legislature"], standing(bill).status) for bill in shipped().values()}

    # A resolution of the State is no bill; a Council file is always referred on the day it is introduced; the
    # other codes are passed through within a day or a week, and no bill of our sources rests on one.
    passed_through = {
        ("ny", "ADOPTED"),
        ("nyc", "INTRODUCED"),
        ("nyc", "APPROVED_BY_COMMITTEE"),
        ("nyc", "APPROVED_BY_COUNCIL"),
        ("nyc", "MAYORS_DESK"),
        ("nyc", "LOST"),
        ("us", "REPORTED"),
        ("us", "TO_PRESIDENT"),
        ("us", "VETOED"),
        ("us", "ADOPTED"),
    }
    every = {(legislature, code) for legislature, codes in CODES.items() for code in codes}
    assert every - seen <= passed_through | {("ny", "SUBSTITUTED")}


def test_every_outcome_is_there_but_enacted():
    seen = {standing(bill).outcome for bill in shipped().values()}

    # "enacted" is a law of Congress by its number alone; no record of ours gives one.
    assert seen >= set(OUTCOMES) - {"enacted"}
    assert None in seen


@pytest.mark.parametrize(("legislature", "print_no"), [("ny", "S1"), ("ny", "A1"), ("nyc", "INT 0001")])
def test_every_rung_of_the_ladder_is_reached_by_some_bill(legislature, print_no):
    letters = print_no.split()[0].rstrip("1")
    reached = set()
    for bill in shipped().values():
        if bill["legislature"] == legislature and bill["print_no"].startswith(letters):
            drawn = steps(standing(bill), ladder(legislature, bill["print_no"]))
            reached |= {step.code for step in drawn if step.state in {"reached", "current"}}

    assert reached >= {rung.code for rung in ladder(legislature, print_no)}


def test_no_bill_of_a_past_session_looks_alive():
    alive = {
        identity(bill)
        for bill in shipped().values()
        if session_end(*identity(bill)[:2]) < TODAY and standing(bill).outcome is None
    }

    # Its record stops at the Governor's desk; what became of it there is not in our source.
    assert alive == {("ny", 2023, "A8837")}


def test_a_substitute_is_the_one_that_the_actions_name():
    for bill in shipped().values():
        told = [
            re.search(r"SUBSTITUTED BY ([AS]\d+[A-Z]?)$", action["text"].upper())
            for action in bill["actions"]
        ]
        named = [match[1] for match in told if match]
        if named or "substituted_by" in bill:
            assert named[-1:] == [bill.get("substituted_by")]


def test_a_chapter_is_the_one_that_the_actions_name():
    for bill in shipped().values():
        told = [
            re.search(r"^(?:SIGNED CHAP\.|CHAPTER )(\d+)$", action["text"].upper())
            for action in bill["actions"]
        ]
        chapters = [f"chap.{match[1]}" for match in told if match]
        if bill["legislature"] == "ny":
            assert chapters == ([bill["chapter"]] if "chapter" in bill else [])


def test_dignity_for_immigrants_of_2017_stands_in_the_finance_committee():
    bill = shipped()["ny", 2017, "S4075"]

    assert [(action["date"], action["text"]) for action in bill["actions"]] == [
        ("2017-02-02", "REFERRED TO FINANCE"),
        ("2017-02-06", "AMEND AND RECOMMIT TO FINANCE"),
        ("2017-02-06", "PRINT NUMBER 4075A"),
        ("2018-01-03", "REFERRED TO FINANCE"),
    ]
    assert (bill["sponsor"], bill["amendments"], bill["same_as"]) == ("SERRANO", ["A"], [])
    now = standing(bill)
    assert (now.status, now.committee.upper(), now.outcome) == ("IN_SENATE_COMM", "FINANCE", "died")


def test_plain_summaries_are_short_and_quote_nobody():
    for bill in shipped().values():
        summary = bill["plain_summary"]
        assert 20 <= len(summary) <= 320
        assert summary.endswith(".")
        assert not set('"“”«»') & set(summary)
        assert summary != bill.get("title_or_summary")


def test_names_are_names():
    for bill in shipped().values():
        for name in [bill.get("sponsor", "x"), *bill.get("cosponsors", []), *bill.get("multisponsors", [])]:
            assert name == " ".join(name.split()) != ""
            assert not re.search(r"\((?:MS|[DR]-)", name)


def test_plain_summaries_are_not_the_official_text(shared):
    for bill in json.loads((shared / "samples/bills/bills.json").read_text(encoding="utf-8")):
        ours = shipped().get(identity(bill))
        if ours is None:
            continue
        official = " ".join(
            filter(None, (bill[key] for key in ("title_or_summary", "summary_long", "act_clause")))
        )
        theirs = [word.casefold() for word in words(official)]
        runs = {tuple(theirs[place : place + 8]) for place in range(len(theirs) - 7)}
        summary = words(ours["plain_summary"])
        for place in range(len(summary) - 7):
            run = summary[place : place + 8]
            if sum(word.islower() for word in run) >= 5:  # a run of names is nobody's sentence
                assert tuple(word.casefold() for word in run) not in runs, (identity(ours), run)


def test_facts_agree_with_the_sample(shared):
    for bill in json.loads((shared / "samples/bills/bills.json").read_text(encoding="utf-8")):
        ours = shipped().get(identity(bill))
        if ours is None or "actions_note" in ours:
            continue
        assert [(action["date"], action["text"]) for action in ours["actions"]] == [
            (action["date"], action["text"]) for action in bill["actions"]
        ]
        assert ours.get("cosponsors", []) == [" ".join(name.split()) for name in bill["cosponsors"] if name]
        assert ours.get("active_amendment", "") == bill["active_amendment"]
        assert ours.get("same_as", []) == sorted(bill["same_as"])
