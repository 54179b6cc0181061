"""The rules against the legislatures' own records, where they are on this machine (../shared)."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ElementTree
from datetime import date
from pathlib import Path

import pytest

from bills.print_numbers.sessions import session_of_year
from bills.record_files import BillRecord, read_record_files
from bills.stages import ActionLine, Standing, as_json, read_standing

TODAY = date(2026, 11, 23)

# What the Council's own status words mean in our codes.
COUNCIL_STATUS = {
    "Enacted": "ENACTED",
    "Adopted": "ADOPTED",
    "Filed": "FILED",
    "Filed (End of Session)": "FILED",
    "Vetoed": "VETOED",
    "Withdrawn": "WITHDRAWN",
    "Laid Over in Committee": "LAID_OVER",
    "Committee": "IN_COMMITTEE",
}


def milestones(standing: Standing) -> list[tuple]:
    return [(stage["stage"], stage["date"], stage["committee"]) for stage in as_json(standing)["stages"]]


def read_billstat(path: Path) -> Standing | None:
    """A BILLSTAT feed file: None for one that unpublishes its bill. Its last lines are no actions."""
    feed = ElementTree.fromstring(re.sub(r"&(?!\w+;)", "&amp;", path.read_text(encoding="utf-8")))
    if feed.get("action") != "replace":
        return None
    actions = []
    for number, action in enumerate(feed.find("actions"), start=1):
        if int(action.get("no")) != number:
            break
        house = "senate" if action.findtext("actionhouse") == "S" else "assembly"
        day = date.fromisoformat(action.findtext("actiondate"))
        actions.append(ActionLine(day, house, action.findtext("actiondesc"), number))
    session = int(feed.get("sessyr"))
    return read_standing(
        "ny", session, f"{feed.get('billhse')}{int(feed.get('billno'))}", actions, today=TODAY
    )


@pytest.mark.parametrize(
    ("name", "status", "calendar_no", "stages"),
    [
        (
            "2016-12-31*S05795A.XML",
            "SIGNED_BY_GOV",
            None,
            [
                ("IN_SENATE_COMM", "2016-01-06"),
                ("SENATE_FLOOR", "2016-05-16"),
                ("PASSED_SENATE", "2016-05-24"),
                ("IN_ASSEMBLY_COMM", "2016-05-24"),
                ("ASSEMBLY_FLOOR", "2016-06-08"),
                ("PASSED_ASSEMBLY", "2016-06-08"),
                ("DELIVERED_TO_GOV", "2016-12-20"),
                ("SIGNED_BY_GOV", "2016-12-31"),
            ],
        ),
        (
            "2023-03-22*S05186.XML",
            "PASSED_SENATE",
            None,
            [
                ("IN_SENATE_COMM", "2023-02-27"),
                ("SENATE_FLOOR", "2023-03-20"),
                ("PASSED_SENATE", "2023-03-22"),
            ],
        ),
        (
            "2023-05-30-10*S05186.XML",
            "IN_ASSEMBLY_COMM",
            None,
            [
                ("IN_SENATE_COMM", "2023-02-27"),
                ("SENATE_FLOOR", "2023-03-20"),
                ("PASSED_SENATE", "2023-03-22"),
                ("IN_ASSEMBLY_COMM", "2023-03-22"),
            ],
        ),
        (
            "2023-05-30-16*S05186.XML",
            "SENATE_FLOOR",
            511,
            [("IN_SENATE_COMM", "2023-02-27"), ("SENATE_FLOOR", "2023-05-30")],
        ),
        ("2017-02-09*S04329.XML", "IN_SENATE_COMM", None, [("IN_SENATE_COMM", "2017-02-09")]),
    ],
)
def test_the_drafting_commissions_feeds_give_their_documented_stages(
    shared, name, status, calendar_no, stages
):
    (path,) = (shared / "samples/openlegislation/billstat").glob(name)
    standing = read_billstat(path)
    assert (standing.status, standing.calendar_no) == (status, calendar_no)
    assert [(code, day) for code, day, _ in milestones(standing)] == stages


def test_a_feed_that_unpublishes_a_bill_says_nothing_of_where_it_stands(shared):
    (path,) = (shared / "samples/openlegislation/billstat").glob("*A04833.XML")
    assert read_billstat(path) is None


def test_the_mirrored_bills_give_their_recorded_stages(shared):
    paths = sorted((shared / "samples/openlegislation/ny_legislation").glob("*.json"))
    assert len(paths) == 7
    for path in paths:
        bill = json.loads(path.read_text(encoding="utf-8"))
        actions = [
            ActionLine(date.fromisoformat(line["Date"]), line["Chamber"].lower(), line["Text"], number)
            for number, line in enumerate(bill["Actions"], start=1)
        ]
        standing = read_standing("ny", bill["Session"], bill["PrintNo"], actions, today=TODAY)
        recorded = [(stage["Type"], stage["Date"], stage.get("Committee")) for stage in bill["Milestones"]]
        assert (path.name, standing.status, milestones(standing)) == (path.name, bill["Status"], recorded)
        assert standing.active_amendment == bill.get("Version", "")


def read_records(shared: Path) -> list[tuple[Standing, dict]]:
    """Each bill of bills.json, read by the rules, beside its raw entry."""
    path = shared / "samples/bills/bills.json"
    entries = json.loads(path.read_text(encoding="utf-8"))
    records = list(read_record_files(path))
    assert all(isinstance(record, BillRecord) for record in records)
    return [
        (
            read_standing(
                record.legislature,
                record.session,
                record.print_no,
                record.action_lines,
                today=TODAY,
                referred_to=record.committee,
            ),
            entry,
        )
        for record, entry in zip(records, entries, strict=True)
    ]


def test_every_new_york_bill_since_2019_stands_where_the_official_system_says(shared):
    compared = 0
    for standing, entry in read_records(shared):
        if entry["legislature"] != "ny" or entry["session"] < 2019:
            continue
        compared += 1
        recorded = [(stage["type"], stage["date"], stage["committee"]) for stage in entry["milestones"]]
        name = (entry["session"], entry["print_no"])
        assert (name, standing.status, milestones(standing)) == (name, entry["status_text"], recorded)
        assert (name, standing.committee or None) == (name, entry["committee"])
    assert compared > 500


def test_prints_chapters_and_substitutes_are_those_of_the_record(shared):
    """But for lists that are cut or empty, and A8349 of 2019, which moved again after its substitution."""
    cut = {"A2597", "A8974", "S6032", "A3049", "A9605"}
    for standing, entry in read_records(shared):
        if entry["legislature"] != "ny":
            continue
        name = (entry["session"], entry["print_no"])
        if entry["print_no"] not in cut:
            assert (name, standing.active_amendment) == (name, entry["active_amendment"])
        if name != (2019, "A8349"):
            assert (name, standing.via or None) == (name, entry["substituted_by"])
        own = standing.substitute or standing
        assert (name, f"chap.{own.chapter}" if own.chapter else None) == (name, entry["chapter"])


def test_every_council_file_agrees_with_its_own_status(shared):
    compared = 0
    for standing, entry in read_records(shared):
        if entry["legislature"] == "nyc":
            compared += 1
            name = (entry["session"], entry["print_no"])
            assert (name, standing.status) == (name, COUNCIL_STATUS[entry["status_text"]])
    assert compared > 100


def test_the_councils_matters_since_2003_agree_with_their_status_and_committee(shared):
    lines = (shared / "samples/bulk/nyc-immigration-matters.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(lines) > 200
    for line in lines:
        matter = json.loads(line)
        actions = [
            ActionLine(
                date.fromisoformat(row["date"]), "council", row["action"], 0, row["body"], row["result"]
            )
            for row in matter["history"]
        ]
        session = session_of_year("nyc", int(matter["file"][-4:]))
        standing = read_standing("nyc", session, matter["file"][:8].upper(), actions, today=TODAY)
        assert (matter["file"], standing.status) == (matter["file"], COUNCIL_STATUS[matter["status"]])
        assert (matter["file"], standing.law) == (matter["file"], bool(matter["local_law"]))
        if standing.committee:
            assert (matter["file"], standing.committee) == (matter["file"], matter["committee"])


def test_the_councils_raw_histories_agree_with_their_status(shared):
    compared = 0
    for path in sorted((shared / "samples/legistar").glob("*.json")):
        matter = json.loads(path.read_text(encoding="utf-8"))
        if "History" not in matter:
            continue
        compared += 1
        actions = [
            ActionLine(
                date.fromisoformat(row["Date"][:10]),
                "council",
                row["Action"],
                number,
                row["BodyName"],
                row.get("PassedFlagName") or "",
            )
            for number, row in enumerate(matter["History"], start=1)
        ]
        session = session_of_year("nyc", int(matter["File"][-4:]))
        standing = read_standing("nyc", session, matter["File"][:8].upper(), actions, today=TODAY)
        assert (path.name, standing.status) == (path.name, COUNCIL_STATUS[matter["StatusName"]])
    assert compared == 11


def test_a_bill_of_congress_from_its_own_action_list(shared):
    answer = json.loads((shared / "samples/congress/bill_117_hr_21_actions.json").read_text(encoding="utf-8"))
    newest_first = answer["actions"]
    actions = [
        ActionLine(
            date.fromisoformat(row["actionDate"]),
            "senate" if row["sourceSystem"]["code"] == 0 else "house",
            row["text"],
            len(newest_first) - place,
        )
        for place, row in enumerate(newest_first)
    ]
    standing = read_standing("us", 117, "HR21", actions, today=date(2022, 4, 1))
    assert (standing.status, standing.date) == ("PASSED_HOUSE", date(2021, 1, 5))
    assert (standing.chamber, standing.committee) == (
        "senate",
        "Committee on Homeland Security and Governmental Affairs",
    )
    assert read_standing("us", 117, "HR21", actions, today=TODAY).outcome == "died"
