"""The Council's API: invented answers in its shape (data/), real records renamed into it (../shared), broken ones."""

from __future__ import annotations

import copy
import csv
import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug import Response

from bills.print_numbers import PrintNumber, parse_print_no
from bills.providers.base import (
    BillNotFound,
    BillSnapshot,
    DocumentLine,
    KeyRefused,
    PrintLine,
    RollCallLine,
    SourceError,
    SourceUnavailable,
    SponsorLine,
    Touched,
    UnexpectedAnswer,
)
from bills.providers.council_matters import (
    NEW_YORK,
    STATUSES,
    VOTE_OF_KIND,
    new_york_time,
    number_of,
    universal_time,
)
from bills.providers.legistar import PAGE_SIZE, Legistar
from bills.providers.mirrored_council import snapshot_of
from bills.stages import CODES, read_standing

DATA = Path(__file__).parent / "data"
SECRET = "never-show-51be0"
FILE = PrintNumber("nyc", "Int", 9412, session=2024)
COMMITTEE = "Committee on Lanterns and Ferries"
PAPERS = "https://papers.council.example/nyc/attachments/"


@pytest.fixture
def record() -> dict:
    """The saved record of Int 9412-2025 by the lists that tell it, for a test to break."""
    return json.loads((DATA / "legistar_int_9412-2025.json").read_text(encoding="utf-8"))


@pytest.fixture
def source(httpserver, quick):
    patient = replace(quick, most_bytes=10_000_000, read_seconds=5, total_seconds=10)
    return Legistar(httpserver.url_for("/v1/nyc"), SECRET, manners=patient)


def serve(httpserver, record: dict) -> None:
    """Answer as the API does about one matter."""
    httpserver.clear()
    httpserver.expect_request("/v1/nyc/matters").respond_with_json([record["matter"]])
    base = f"/v1/nyc/matters/{record['matter']['MatterId']}"
    for part in ("histories", "sponsors", "attachments"):
        httpserver.expect_request(f"{base}/{part}").respond_with_json(record[part])
    for item, votes in record["votes"].items():
        httpserver.expect_request(f"/v1/nyc/eventitems/{item}/votes").respond_with_json(votes)


@pytest.fixture
def fetch(source, httpserver):
    """The snapshot that a record becomes."""

    def ask(record: dict, number: PrintNumber = FILE) -> BillSnapshot:
        serve(httpserver, record)
        return source.fetch_bill(number)

    return ask


def refusal(fetch, record: dict) -> str:
    with pytest.raises(UnexpectedAnswer) as caught:
        fetch(record)
    return str(caught.value)


def standing_of(snapshot: BillSnapshot):
    number = snapshot.number
    return read_standing(
        "nyc", number.session, number.base_print_no, snapshot.actions, today=date(2026, 11, 25)
    )


def row(number: int, day: str, action: str, body: str = "City Council", **more: object) -> dict:
    """One line of a history, as short as the API could send it."""
    return {
        "MatterHistoryId": number,
        "MatterHistoryActionDate": f"{day}T10:00:00",
        "MatterHistoryActionName": action,
        "MatterHistoryActionBodyName": body,
        "MatterHistoryVersion": "*",
        **{f"MatterHistory{name}": value for name, value in more.items()},
    }


TO_COMMITTEE = [
    row(1, "2025-03-04", "Introduced by Council"),
    row(2, "2025-03-04", "Referred to Comm by Council"),
]


def with_history(record: dict, status: str, rows: list[dict]) -> dict:
    record["matter"] |= {"MatterStatusName": status, "MatterEnactmentNumber": None, "MatterVersion": "*"}
    return record | {"histories": rows, "votes": {}}


# --- what is asked


def test_a_file_is_asked_for_in_each_year_of_its_session_and_with_its_type(source, httpserver, record):
    serve(httpserver, record)
    source.fetch_bill(FILE)
    asked = httpserver.log[0][0].args
    assert asked["$filter"] == (
        "MatterTypeName eq 'Introduction' and (MatterFile eq 'Int 9412-2024' or MatterFile eq 'Int 9412-2025')"
    )
    assert asked["token"] == SECRET


def test_a_number_with_its_year_is_asked_for_in_that_year_alone(source, httpserver, record):
    serve(httpserver, record)
    source.fetch_bill(parse_print_no("Int 9412-2025-A", legislature="nyc"))
    assert httpserver.log[0][0].args["$filter"].endswith("(MatterFile eq 'Int 9412-2025')")


def test_numbers_are_padded_as_the_council_pads_them(source, httpserver):
    httpserver.expect_request("/v1/nyc/matters").respond_with_json([])
    with pytest.raises(BillNotFound, match="no RES 0034 of the session 2014"):
        source.fetch_bill(PrintNumber("nyc", "Res", 34, session=2014))
    asked = httpserver.log[0][0].args["$filter"]
    assert "MatterTypeName eq 'Resolution'" in asked
    assert [f"'Res 0034-{year}'" in asked for year in range(2013, 2019)] == [False, *[True] * 4, False]


def test_a_law_costs_six_requests(source, httpserver, record):
    serve(httpserver, record)
    source.fetch_bill(FILE)
    assert [request.path.removeprefix("/v1/nyc/") for request, _ in httpserver.log] == [
        "matters",
        "matters/991412/histories",
        "eventitems/900106/votes",
        "eventitems/900105/votes",
        "matters/991412/sponsors",
        "matters/991412/attachments",
    ]
    assert httpserver.log[1][0].args["AgendaNote"] == httpserver.log[1][0].args["MinutesNote"] == "1"


def test_with_more_votes_than_any_file_has_none_is_asked_for_and_none_is_taken_away(
    source, httpserver, record
):
    votes = [
        row(1000 + n, "2025-06-13", "Approved by Committee", COMMITTEE, EventId=8, PassedFlag=1)
        for n in range(9)
    ]
    serve(httpserver, with_history(record, "Reported from Committee", [*TO_COMMITTEE, *votes]))
    assert source.fetch_bill(FILE).roll_calls is None
    assert len(httpserver.log) == 4


# --- what becomes of a good answer


def test_a_local_law_with_all_its_parts(fetch, record):
    snapshot = fetch(record)
    assert snapshot.number == FILE
    assert snapshot.file_no == "Int 9412-2025"
    assert snapshot.short_name == "Lanterns on ferries."
    assert snapshot.title.endswith("in relation to lanterns on ferries")
    assert snapshot.official_summary == "This bill would require a lantern at each end of every ferry."
    assert snapshot.plain_summary is None
    assert snapshot.introduced_on == date(2025, 3, 4)
    assert snapshot.referred_to == COMMITTEE
    assert snapshot.chapter == "2025/902"
    assert snapshot.active_amendment == "A"
    assert snapshot.prints == (PrintLine(""), PrintLine("A"))
    assert (snapshot.same_as, snapshot.earlier, snapshot.later) == (None, None, None)
    standing = standing_of(snapshot)
    assert (standing.outcome, standing.law_since) == ("law_without_signature", date(2025, 7, 12))


def test_the_history_is_in_order_and_what_is_only_on_an_agenda_is_left_out(fetch, record):
    actions = fetch(record).actions
    assert [(line.sequence, line.chamber, line.text, line.result) for line in actions] == [
        (1, "council", "Introduced by Council", ""),
        (2, "council", "Referred to Comm by Council", ""),
        (3, "committee", "Hearing Held by Committee", ""),
        (4, "committee", "Amended by Committee", ""),
        (5, "committee", "Approved by Committee", "Pass"),
        (6, "council", "Approved by Council", "Pass"),
        (7, "council", "Sent to Mayor by Council", ""),
        (8, "council", "City Charter Rule Adopted", ""),
        (9, "council", "Returned Unsigned by Mayor", ""),
    ]
    assert actions[4].body == COMMITTEE


def test_sponsors_are_those_of_the_current_version_and_the_first_is_prime(fetch, record):
    assert fetch(record).sponsors == (
        SponsorLine("Ada Vennart", "prime", "council"),
        SponsorLine("Bo Ilesanmi", "co", "council"),
        SponsorLine("Public Advocate Cy Ørsted", "co", "council"),
    )


def test_sponsors_that_are_not_yet_entered_for_a_version_are_not_stated(fetch, record):
    record["matter"]["MatterVersion"] = "B"
    assert fetch(record).sponsors is None


@pytest.mark.parametrize(
    ("part", "told"), [("sponsors", "sponsors"), ("attachments", "documents"), ("votes", "roll_calls")]
)
def test_an_empty_list_takes_nothing_away(fetch, record, part, told):
    assert getattr(fetch(record), told)
    empty = {**record["votes"], "900106": []} if part == "votes" else []
    assert getattr(fetch(record | {part: empty}), told) is None


def test_papers_that_the_council_hides_are_gone(fetch, record):
    for paper in record["attachments"]:
        paper["MatterAttachmentShowOnInternetPage"] = False
    assert fetch(record).documents == ()


def test_votes_are_counted_and_named_and_each_kind_has_its_meaning(fetch, record):
    names = (
        ("aye", "Ada Vennart"),
        ("aye", "Bo Ilesanmi"),
        ("nay", "Dara Quist"),
        ("abstained", "Ed Faro"),
        ("absent", "Flo Gruber"),
        ("excused", "Gus Hale"),
        ("not_voting", "Ines Jute"),
    )
    assert fetch(record).roll_calls == (
        RollCallLine(date(2025, 6, 12), "council", 2, 1, 0, COMMITTEE, "A", 1, names[:3]),
        RollCallLine(date(2025, 6, 12), "council", 2, 1, 4, "", "A", 1, names),
    )


def test_two_votes_of_one_body_on_one_day_are_told_apart(fetch, record):
    record["histories"].append(
        record["histories"][3] | {"MatterHistoryId": 900111, "MatterHistoryMinutesSequence": 8}
    )
    record["votes"]["900111"] = record["votes"]["900105"][:1]
    calls = fetch(record).roll_calls
    assert [(call.committee, call.sequence, call.ayes) for call in calls] == [
        (COMMITTEE, 1, 2),
        (COMMITTEE, 2, 1),
        ("", 1, 2),
    ]


def test_papers_are_the_public_ones_and_the_texts_of_the_bill_are_known_by_name(fetch, record):
    assert fetch(record).documents == (
        DocumentLine("attachment", "Summary of Int. No. 9412-A", f"{PAPERS}1.docx"),
        DocumentLine("text", "Int. No. 9412", f"{PAPERS}2.docx"),
        DocumentLine("text", "Proposed Int. No. 9412-A - 6/10/25", f"{PAPERS}3.docx"),
        DocumentLine("attachment", "Committee Report 6/12/25", f"{PAPERS}4.pdf"),
        DocumentLine("text", "Int. No. 9412-A (FINAL)", f"{PAPERS}5.docx"),
        DocumentLine("attachment", "Int. No. 9412-A - Fiscal Impact Statement - OMB", f"{PAPERS}6.pdf"),
        DocumentLine("text", "Local Law 902", f"{PAPERS}7.pdf"),
    )


def test_addresses_are_for_readers_and_hold_no_key(fetch, record):
    snapshot = fetch(record)
    assert snapshot.official_url == "https://legistar.council.nyc.gov/gateway.aspx?m=l&id=991412"
    assert snapshot.source_url == snapshot.official_url
    assert SECRET not in repr(snapshot)


def test_blanks_and_the_year_one_are_not_stated(fetch, record):
    rows = [*TO_COMMITTEE, row(3, "2025-03-05", "Withdrawn")]
    record = with_history(record, "Withdrawn", rows) | {"attachments": [], "sponsors": []}
    record["matter"] |= {
        "MatterIntroDate": "0001-01-01T00:00:00",
        "MatterName": " ",
        "MatterTitle": None,
        "MatterEXText5": "",
        "MatterVersion": None,
        "MatterBodyName": "Withdrawn",
    }
    snapshot = fetch(record)
    for part in (
        "title",
        "short_name",
        "official_summary",
        "introduced_on",
        "active_amendment",
        "referred_to",
    ):
        assert getattr(snapshot, part) is None, part
    assert (snapshot.documents, snapshot.sponsors, snapshot.roll_calls) == (None, None, ())


def test_a_day_of_passage_proves_nothing(fetch, record):
    record = with_history(
        record, "Filed (End of Session)", [*TO_COMMITTEE, row(3, "2025-12-31", "Filed (End of Session)")]
    )
    record["matter"]["MatterPassedDate"] = "2025-12-31T00:00:00"
    assert standing_of(fetch(record)).outcome == "filed_end_of_session"


def test_a_number_of_a_law_beside_a_history_without_one_is_not_stated(fetch, record):
    record = with_history(record, "Committee", TO_COMMITTEE)
    record["matter"]["MatterEnactmentNumber"] = "2025/902"
    assert fetch(record).chapter is None


def test_fields_that_older_or_newer_answers_have_do_not_matter(fetch, record):
    short = copy.deepcopy(record)
    for name in (
        "MatterEXText10",
        "MatterReports",
        "MatterGuid",
        "MatterAgendaDate",
        "MatterRestrictViewViaWeb",
    ):
        del short["matter"][name]
    short["matter"]["MatterOfTheFuture"] = {"items": 7}
    assert replace(fetch(short), read_at=None) == replace(fetch(record), read_at=None)


# --- statuses

LAID_OVER = [*TO_COMMITTEE, row(3, "2025-04-01", "Laid Over by Committee", COMMITTEE)]
REPORTED = [*TO_COMMITTEE, row(4, "2025-05-01", "Approved by Committee", COMMITTEE)]
PASSED = [*REPORTED, row(5, "2025-05-02", "Approved by Council")]
SENT = [*PASSED, row(6, "2025-05-02", "Sent to Mayor by Council")]
VETOED = [*SENT, row(7, "2025-06-01", "Vetoed by Mayor", "Mayor")]


@pytest.mark.parametrize(
    ("status", "rows", "code"),
    [
        ("Introduced", TO_COMMITTEE[:1], "INTRODUCED"),
        ("Introduced", [], "INTRODUCED"),
        ("Committee", TO_COMMITTEE, "IN_COMMITTEE"),
        ("Laid Over in Committee", LAID_OVER, "LAID_OVER"),
        (
            "Committee",
            [*LAID_OVER, row(9, "2025-04-02", "Amendment Proposed by Comm", COMMITTEE)],
            "LAID_OVER",
        ),
        ("Reported from Committee", REPORTED, "APPROVED_BY_COMMITTEE"),
        (
            "Committee",
            [*REPORTED, row(9, "2025-05-03", "Hearing Held by Committee", "Committee on Quays")],
            "APPROVED_BY_COMMITTEE",
        ),
        ("Enacted (Mayor's Desk for Signature)", PASSED, "APPROVED_BY_COUNCIL"),
        ("Enacted (Mayor's Desk for Signature)", SENT, "MAYORS_DESK"),
        ("Enacted", [*SENT, row(7, "2025-06-01", "Signed Into Law by Mayor", "Mayor")], "ENACTED"),
        ("Enacted", [*SENT, row(7, "2025-06-01", "City Charter Rule Adopted")], "ENACTED"),
        ("Enacted", [*VETOED, row(8, "2025-07-01", "Overridden by Council")], "ENACTED"),
        ("Vetoed", VETOED, "VETOED"),
        ("Committee", [*VETOED, row(9, "2025-06-20", "Hearing Held by Committee", COMMITTEE)], "VETOED"),
        (
            "Reported from Committee",
            [*VETOED, row(9, "2025-06-20", "Approved by Committee", COMMITTEE)],
            "VETOED",
        ),
        ("Filed", [*TO_COMMITTEE, row(9, "2025-06-01", "Filed by Council")], "FILED"),
        ("Reported from Committee", [row(1, "2025-06-01", "Filed by Committee", COMMITTEE)], "FILED"),
        ("Filed (End of Session)", [*LAID_OVER, row(9, "2025-12-31", "Filed (End of Session)")], "FILED"),
        ("Withdrawn", [row(1, "2025-03-04", "Withdrawn")], "WITHDRAWN"),
        (
            "Withdrawn",
            [row(1, "2025-03-04", "Withdrawn"), row(2, "2025-12-31", "Filed (End of Session)")],
            "WITHDRAWN",
        ),
    ],
)
def test_each_status_of_an_introduction_is_borne_out_by_its_history(fetch, record, status, rows, code):
    assert standing_of(fetch(with_history(record, status, rows))).status == code


@pytest.mark.parametrize(
    ("status", "last", "code"),
    [("Adopted", "Approved, by Council", "ADOPTED"), ("Disapproved", "Disapproved by Council", "LOST")],
)
def test_each_status_of_a_resolution(fetch, record, status, last, code):
    record = with_history(record, status, [row(1, "2025-06-01", last)])
    record["matter"] |= {"MatterFile": "Res 9412-2025", "MatterTypeName": "Resolution"}
    snapshot = fetch(record, PrintNumber("nyc", "Res", 9412, session=2024))
    assert standing_of(snapshot).status == code


def test_every_status_leads_to_codes_of_ours_and_every_code_is_led_to():
    assert set().union(*STATUSES.values()) == CODES["nyc"]


@pytest.mark.parametrize("status", sorted(set(STATUSES) - {"Enacted (Mayor's Desk for Signature)"}))
def test_a_status_that_its_own_history_does_not_bear_out_is_refused(fetch, record, status):
    told = refusal(fetch, with_history(record, status, SENT))
    assert told == (
        f"The Council's record states the status {status}, but its own history amounts to MAYORS_DESK."
    )


@pytest.mark.parametrize("status", ["Committee", "Reported from Committee", "Laid Over in Committee"])
def test_a_law_is_never_put_back_into_committee(fetch, record, status):
    rows = [*VETOED, row(8, "2025-07-01", "Overridden by Council")]
    rows.append(row(9, "2025-07-02", "Hearing Held by Committee", COMMITTEE))
    assert "amounts to ENACTED" in refusal(fetch, with_history(record, status, rows))


@pytest.mark.parametrize(
    ("status", "ending", "last", "code"),
    [
        ("Committee", row(7, "2025-06-01", "Filed by Council"), "Hearing Held by Committee", "FILED"),
        (
            "Laid Over in Committee",
            row(7, "2025-06-01", "Filed by Council"),
            "Laid Over by Committee",
            "FILED",
        ),
        ("Laid Over in Committee", VETOED[-1], "Laid Over by Committee", "VETOED"),
        ("Committee", row(7, "2025-06-01", "Withdrawn"), "Hearing Held by Committee", "WITHDRAWN"),
    ],
)
def test_a_file_that_has_ended_is_put_back_only_as_the_council_does(
    fetch, record, status, ending, last, code
):
    rows = [*SENT, ending, row(8, "2025-07-02", last, COMMITTEE)]
    assert f"amounts to {code}" in refusal(fetch, with_history(record, status, rows))


@pytest.mark.parametrize(
    ("status", "told"), [("In Orbit", "“In Orbit”"), (None, "no status"), ("", "no status")]
)
def test_an_unknown_or_missing_status_is_refused(fetch, record, status, told):
    record["matter"]["MatterStatusName"] = status
    assert told in refusal(fetch, record)


@pytest.mark.parametrize("status", sorted(set(STATUSES) - {"Introduced"}))
def test_an_empty_history_of_a_file_that_has_moved_is_refused(fetch, record, status):
    assert "has no history" in refusal(fetch, with_history(record, status, []))


def test_a_file_marked_as_ended_some_days_ahead_is_what_its_history_says(fetch, record):
    ahead = datetime.now(NEW_YORK).date() + timedelta(days=40)
    rows = [*TO_COMMITTEE, row(3, f"{ahead}", "Filed (End of Session)")]
    assert fetch(with_history(record, "Filed (End of Session)", rows)).actions[-1].date == ahead


@pytest.mark.parametrize("day", ["2099-12-31", "2005-03-04"])
def test_a_line_with_a_mistyped_year_is_refused(fetch, record, day):
    rows = [*TO_COMMITTEE, row(3, day, "Withdrawn")]
    assert f"a line of {day}" in refusal(fetch, with_history(record, "Withdrawn", rows))


# --- answers that must not be stored


def test_a_number_that_is_not_there_is_told_from_one_kept_from_the_web(source, httpserver, record):
    httpserver.expect_oneshot_request("/v1/nyc/matters").respond_with_json([])
    with pytest.raises(BillNotFound, match="shows no INT 9412 of the session 2024"):
        source.fetch_bill(FILE)
    record["matter"]["MatterRestrictViewViaWeb"] = True
    httpserver.expect_oneshot_request("/v1/nyc/matters").respond_with_json([record["matter"]])
    with pytest.raises(BillNotFound):
        source.fetch_bill(FILE)
    assert len(httpserver.log) == 2


def test_files_not_yet_numbered_are_not_asked_for(source, httpserver):
    with pytest.raises(BillNotFound, match="T 2970"):
        source.fetch_bill(PrintNumber("nyc", "T", 2970, session=2024))
    assert httpserver.log == []


def test_several_files_with_one_number_are_refused(source, httpserver, record):
    other = record["matter"] | {"MatterId": 2, "MatterFile": "Int 9412-2024"}
    httpserver.expect_request("/v1/nyc/matters").respond_with_json([record["matter"], other])
    with pytest.raises(UnexpectedAnswer, match="several files INT 9412"):
        source.fetch_bill(FILE)


@pytest.mark.parametrize(
    "other",
    [{"MatterFile": "Int 9413-2025"}, {"MatterFile": "Int 9412-2026"}, {"MatterTypeName": "Resolution"}],
)
def test_the_answer_must_be_about_the_file_asked_for(source, httpserver, record, other):
    httpserver.expect_request("/v1/nyc/matters").respond_with_json([record["matter"] | other])
    with pytest.raises(UnexpectedAnswer, match="another file"):
        source.fetch_bill(FILE)


def test_a_file_number_typed_in_small_letters_is_the_same_file(fetch, record):
    record["matter"]["MatterFile"] = "int 9412-2025"
    assert fetch(record).file_no == "Int 9412-2025"


def test_an_unknown_kind_of_vote_is_refused(fetch, record):
    record["votes"]["900106"][0]["VoteValueName"] = "Hum"
    assert "“Hum”" in refusal(fetch, record)


def test_every_vote_type_that_the_council_publishes_has_a_meaning():
    """GET /v1/nyc/VoteTypes, by name."""
    published = {
        *("Present", "Affirmative", "Negative", "Abstain", "Recused", "Non-voting", "Absent", "Excused"),
        *(
            "Bereavement",
            "Medical",
            "Maternity",
            "Paternity",
            "Parental",
            "Jury Duty",
            "Suspended",
            "Conflict",
        ),
        "Simultaneous",
    }
    assert set(VOTE_OF_KIND) == published


@pytest.mark.parametrize(
    ("path", "value", "place"),
    [
        (["matter", "MatterId"], "991412", "MatterId"),
        (["matter", "MatterFile"], 9412, "MatterFile"),
        (["matter", "MatterIntroDate"], "03/04/2025", "MatterIntroDate"),
        (["matter", "MatterIntroDate"], "2025-03-04T00:00:00-05:00", "MatterIntroDate"),
        (["matter", "MatterVersion"], "Draft", "“Draft”"),
        (["histories", 0, "MatterHistoryActionDate"], None, "without a day"),
        (["histories", 0, "MatterHistoryActionDate"], "2025-02-30T00:00:00", "MatterHistoryActionDate"),
        (["histories", 0, "MatterHistoryActionDate"], "1066-10-14T00:00:00", "day that cannot be"),
        (["histories", 0, "MatterHistoryActionName"], 68, "MatterHistoryActionName"),
        (["histories", 0, "MatterHistoryPassedFlag"], 2, "MatterHistoryPassedFlag"),
        (["histories", 0, "MatterHistoryPassedFlagName"], "Maybe", "MatterHistoryPassedFlagName"),
        (["histories", 0, "MatterHistoryPassedFlagName"], "Fail", "both passed and failed"),
        (["histories", 0, "MatterHistoryVersion"], "AA", "“AA”"),
        (["histories", 0, "MatterHistoryId"], 900105, "twice"),
        (["sponsors", 0, "MatterSponsorName"], {"is": 5}, "MatterSponsorName"),
        (["sponsors", 0], None, "0"),
        (["attachments"], {"Message": "An error has occurred."}, "another shape"),
        (["votes", "900106"], None, "another shape"),
        (["votes", "900106", 0, "VoteValueName"], 15, "VoteValueName"),
    ],
)
def test_another_shape_is_refused_and_named(fetch, record, path, value, place):
    *parents, last = path
    spot = record
    for part in parents:
        spot = spot[part]
    spot[last] = value
    told = refusal(fetch, record)
    assert place in told
    assert len(told) < 400


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=12), inner, max_size=3),
    max_leaves=8,
)
SPOTS = [
    (part, name)
    for part, names in {
        "matter": [
            "File",
            "TypeName",
            "StatusName",
            "BodyName",
            "IntroDate",
            "Version",
            "EnactmentNumber",
            "Id",
        ],
        "histories": ["Id", "ActionDate", "ActionName", "Version", "EventId", "PassedFlag", "PassedFlagName"],
        "sponsors": ["Name", "MatterVersion", "Sequence"],
        "attachments": ["Name", "Hyperlink", "MatterVersion", "ShowOnInternetPage", "Sort"],
    }.items()
    for name in names
]
PREFIX = {
    "matter": "Matter",
    "histories": "MatterHistory",
    "sponsors": "MatterSponsor",
    "attachments": "MatterAttachment",
}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(spot=st.sampled_from(SPOTS), value=JSON)
def test_any_value_anywhere_gives_a_snapshot_or_a_source_error(fetch, spot, value):
    record = json.loads((DATA / "legistar_int_9412-2025.json").read_text(encoding="utf-8"))
    part, name = spot
    target = record[part] if part == "matter" else record[part][0]
    target[PREFIX[part] + name] = value
    try:
        told = fetch(record)
    except SourceError as error:
        told = str(error)
    assert told.endswith(".") if isinstance(told, str) else told.number == FILE


# --- faults


def test_an_outage_page_and_a_404_are_passing_faults(source, httpserver, record):
    serve(httpserver, record)
    httpserver.clear_all_handlers()
    httpserver.expect_oneshot_request("/v1/nyc/matters").respond_with_data(
        "<h1>Sorry</h1>", content_type="text/html"
    )
    with pytest.raises(SourceUnavailable):
        source.fetch_bill(FILE)
    httpserver.expect_oneshot_request("/v1/nyc/matters").respond_with_json({"Message": "None."}, status=404)
    with pytest.raises(SourceUnavailable):
        source.fetch_bill(FILE)


def test_a_refused_token_is_named_by_its_variable(source, httpserver):
    httpserver.expect_request("/v1/nyc/matters").respond_with_json("Token is required", status=403)
    with pytest.raises(KeyRefused, match="LEGISTAR_TOKEN") as caught:
        source.fetch_bill(FILE)
    assert SECRET not in str(caught.value)


@pytest.mark.parametrize(
    "asked", [PrintNumber("nyc", "Int", 9412), parse_print_no("S9871", legislature="ny", session=2025)]
)
def test_only_files_of_the_council_with_a_session_can_be_asked_for(source, asked):
    with pytest.raises(ValueError):
        source.fetch_bill(asked)


def test_without_a_token_there_is_no_source(settings):
    settings.LEGISTAR_TOKEN = ""
    assert Legistar.configured() is None
    settings.LEGISTAR_TOKEN = SECRET
    assert Legistar.configured() is Legistar.configured()


# --- numbers and times


@pytest.mark.parametrize(
    ("file", "kind", "number"),
    [
        ("Int 1412-2025", "Introduction", PrintNumber("nyc", "Int", 1412, session=2024)),
        ("int  0201-2026 ", "Introduction", PrintNumber("nyc", "Int", 201, session=2026)),
        ("Res 0034-2017", "Resolution", PrintNumber("nyc", "Res", 34, session=2014)),
        ("Int 0349-1998-A", "Introduction", PrintNumber("nyc", "Int", 349, session=1998)),
        ("Int 1142-2023", "Resolution", None),
        ("Int 0001-1990", "Introduction", None),
        ("Int 0000-2025", "Introduction", None),
        ("T2025-2970", "Introduction", None),
        ("LU 0091-2026", "Land Use Application", None),
        ("Int 1412", "Introduction", None),
        (None, None, None),
    ],
)
def test_which_matters_are_bills_of_ours(file, kind, number):
    assert number_of(file, kind) == number


def test_a_time_is_new_york_time_whatever_it_ends_in():
    afternoon = datetime(2017, 4, 25, 17, 25, tzinfo=UTC)
    assert new_york_time("2017-04-25T13:25:00") == new_york_time("2017-04-25T13:25:00Z") == afternoon
    assert universal_time("2025-09-05T00:15:00.757") == datetime(2025, 9, 5, 0, 15, 0, 757000, tzinfo=UTC)
    assert new_york_time("0001-01-01T00:00:00Z") is None


@given(
    st.text(max_size=40)
    | st.from_regex(r"\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?Z?)?", fullmatch=True)
    | JSON
)
def test_anything_is_a_time_or_nothing_or_a_value_error(text):
    try:
        moment = new_york_time(text)
    except ValueError:
        return
    assert moment is None or text.startswith(moment.replace(tzinfo=None).isoformat()[:10])


@pytest.mark.parametrize("text", ["9999-12-31T23:59:59", "1776-12-31T00:00:00", "2200-01-01T00:00:00"])
def test_a_year_that_cannot_be_is_no_time_and_in_a_list_none(source, httpserver, text):
    for read in (new_york_time, universal_time):
        with pytest.raises(ValueError, match="cannot be"):
            read(text)
    httpserver.expect_request("/v1/nyc/matters").respond_with_json(
        [listed(1, "Int 9412-2025", MatterLastModifiedUtc=text)]
    )
    assert [(each.number, each.processed_at) for each in changed(source)] == [(FILE, None)]


# --- lists


def listed(number: int, file: str, kind: str = "Introduction", **more: object) -> dict:
    return {
        "MatterId": number,
        "MatterFile": file,
        "MatterTypeName": kind,
        "MatterName": "Lanterns",
        "MatterTitle": "A Local Law in relation to lanterns",
        "MatterEXText5": "Lanterns for ferries.",
        "MatterLastModifiedUtc": "2026-11-24T18:00:00.5",
        **more,
    }


NOON = datetime(2026, 11, 24, 12, tzinfo=NEW_YORK)


def changed(source) -> list[Touched]:
    return list(source.changed_since("nyc", NOON, NOON + timedelta(hours=6)))


def test_changes_are_asked_for_in_universal_time_and_told_with_name_and_summary(source, httpserver):
    httpserver.expect_request("/v1/nyc/matters").respond_with_json([listed(1, "Int 0034-2026")])
    assert changed(source) == [
        Touched(
            PrintNumber("nyc", "Int", 34, session=2026),
            datetime(2026, 11, 24, 18, 0, 0, 500000, tzinfo=UTC),
            "Lanterns",
            "A Local Law in relation to lanterns\nLanterns for ferries.",
        )
    ]
    asked = httpserver.log[0][0].args
    assert asked["$filter"] == (
        "(MatterTypeName eq 'Introduction' or MatterTypeName eq 'Resolution')"
        " and MatterLastModifiedUtc gt datetime'2026-11-24T17:00:00'"
        " and MatterLastModifiedUtc le datetime'2026-11-24T23:00:00'"
    )
    assert (asked["$top"], asked["$skip"]) == ("1000", "0")
    assert asked["$orderby"].startswith("MatterLastModifiedUtc")


def test_what_is_no_bill_of_ours_is_left_out(source, httpserver):
    httpserver.expect_request("/v1/nyc/matters").respond_with_json(
        [
            listed(1, "LU 0091-2026", "Land Use Application"),
            listed(2, "Int 1142-2023", "Resolution"),
            listed(3, "Int 0005-1871"),
            listed(4, None, None),
            listed(5, "Int 0035-2026", MatterRestrictViewViaWeb=True),
            listed(6, "Res 0007-2024", "Resolution", MatterName=None, MatterTitle=None, MatterEXText5=None),
        ]
    )
    stamp = datetime(2026, 11, 24, 18, 0, 0, 500000, tzinfo=UTC)
    assert changed(source) == [Touched(PrintNumber("nyc", "Res", 7, session=2024), stamp)]


def test_a_window_without_an_offset_is_refused(source):
    with pytest.raises(ValueError):
        list(source.changed_since("nyc", datetime(2026, 1, 1), datetime(2026, 1, 2)))


def pages(*bodies: list) -> object:
    """Answer `$skip` 0 with the first body, 1000 with the second."""

    def answer(request):
        place = int(request.args["$skip"]) // PAGE_SIZE
        return Response(json.dumps(bodies[min(place, len(bodies) - 1)]), content_type="application/json")

    return answer


def test_lists_are_paged_to_the_short_one(source, httpserver):
    first = [listed(n, f"Int {n:04d}-2024") for n in range(1, PAGE_SIZE + 1)]
    second = [listed(5001, "Int 5001-2025"), listed(5002, "Int 0001-2026"), listed(5003, "Int 5001-2025")]
    httpserver.expect_request("/v1/nyc/matters").respond_with_handler(pages(first, second))
    found = [touched.number for touched in source.listed("nyc", 2024)]
    assert len(found) == len(set(found)) == PAGE_SIZE + 1
    assert {number.session for number in found} == {2024}
    assert found[-1] == PrintNumber("nyc", "Int", 5001, session=2024)
    assert [request.args["$skip"] for request, _ in httpserver.log] == ["0", "1000"]
    assert "MatterIntroDate ge datetime'2024-01-01T00:00:00'" in httpserver.log[0][0].args["$filter"]
    assert "MatterIntroDate lt datetime'2026-01-01T00:00:00'" in httpserver.log[0][0].args["$filter"]


def test_a_page_that_is_exactly_full_is_followed_by_an_empty_one(source, httpserver):
    first = [listed(n, f"Int {n:04d}-2024") for n in range(1, PAGE_SIZE + 1)]
    httpserver.expect_request("/v1/nyc/matters").respond_with_handler(pages(first, []))
    assert len(list(source.listed("nyc", 2024))) == PAGE_SIZE


def test_a_list_that_does_not_turn_its_page_is_refused(source, httpserver):
    always = [listed(n, f"Int {n:04d}-2024") for n in range(1, PAGE_SIZE + 1)]
    httpserver.expect_request("/v1/nyc/matters").respond_with_handler(pages(always))
    with pytest.raises(UnexpectedAnswer, match="does not come to an end"):
        list(source.listed("nyc", 2024))
    assert len(httpserver.log) == 2


def test_no_total_is_stated(source, httpserver):
    assert source.count("nyc", 2024) is None
    assert httpserver.log == []


def test_words_are_searched_for_one_by_one_and_each_file_is_told_once(source, httpserver):
    httpserver.expect_request("/v1/nyc/matters").respond_with_json([listed(1, "Int 0034-2026")])
    found = list(source.find("nyc", 2026, ["lantern*", "o'hara  quay", "*", ""]))
    assert [touched.number for touched in found] == [PrintNumber("nyc", "Int", 34, session=2026)]
    filters = [request.args["$filter"] for request, _ in httpserver.log]
    assert len(filters) == 2
    for field in ("MatterName", "MatterTitle", "MatterEXText5"):
        for spelling in ("lantern", "Lantern"):
            assert f"substringof('{spelling}',{field})" in filters[0]
    assert "substringof('o''hara quay',MatterName)" in filters[1]
    assert "*" not in "".join(filters)


def test_a_long_phrase_is_cut_so_that_its_address_stays_within_what_the_service_takes(source, httpserver):
    httpserver.expect_request("/v1/nyc/matters").respond_with_json([])
    assert list(source.find("nyc", 2026, ["lantern Keepers' rights " * 9])) == []
    assert len(httpserver.log[0][0].query_string) < 2048
    assert httpserver.log[0][0].args["$filter"].count("substringof") == 12


def test_words_are_searched_for_within_the_session(source, httpserver):
    httpserver.expect_request("/v1/nyc/matters").respond_with_json([listed(1, "Int 0034-2024")])
    assert list(source.find("nyc", 2026, ["lantern"])) == []
    filters = [httpserver.log[0][0].args["$filter"]]
    assert all("MatterIntroDate ge datetime'2026-01-01T00:00:00'" in each for each in filters)


@given(st.text(max_size=200))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_word_breaks_out_of_its_quotes(source, httpserver, word):
    httpserver.clear()
    httpserver.expect_request("/v1/nyc/matters").respond_with_json([])
    assert list(source.find("nyc", 2026, [word])) == []
    for request, _ in httpserver.log:
        # What stands outside of quotes, whatever the word, are the filter's own words.
        pieces = request.args["$filter"].replace("''", "").split("'")
        assert len(pieces) % 2 == 1
        assert re.fullmatch(r"[A-Za-z0-9 (),]*", "".join(pieces[::2]))


@pytest.mark.parametrize(
    ("body", "status", "kind"),
    [
        ({"Message": "The query specified in the URI is not valid."}, 400, UnexpectedAnswer),
        ({"Message": "An error has occurred."}, 500, SourceUnavailable),
        ({"Message": "None."}, 404, SourceUnavailable),
        ({"value": []}, 200, UnexpectedAnswer),
        ([{"MatterFile": "Int 0001-2026"}], 200, UnexpectedAnswer),
        (None, 200, UnexpectedAnswer),
    ],
)
def test_a_list_that_fails_raises(source, httpserver, body, status, kind):
    httpserver.expect_request("/v1/nyc/matters").respond_with_json(body, status=status)
    with pytest.raises(SourceError) as caught:
        changed(source)
    assert type(caught.value) is kind


# --- real records, where they are at hand


def as_api(file: dict) -> dict:
    """A file of the mirror under the API's names, with the sponsors of an older version beside the current ones."""
    names = {
        "ID": "Id",
        "LocalLaw": "EnactmentNumber",
        "Summary": "EXText5",
        "LastModified": "LastModifiedUtc",
    }
    matter = {
        f"Matter{names.get(key, key)}": value.removesuffix("Z") if key.endswith("Date") else value
        for key, value in file.items()
        if not isinstance(value, list) and key not in ("Text", "RTF")
    }
    lines = {
        "ID": "Id",
        "Date": "ActionDate",
        "Action": "ActionName",
        "BodyName": "ActionBodyName",
        "EventID": "EventId",
    }
    return {
        "matter": matter,
        "histories": [
            {f"MatterHistory{lines.get(key, key)}": value for key, value in line.items() if key != "Votes"}
            for line in reversed(file["History"])
        ],
        "sponsors": [
            {
                "MatterSponsorName": sponsor["FullName"],
                "MatterSponsorMatterVersion": version,
                "MatterSponsorSequence": place or None,
            }
            for version in {file["Version"], "*"}
            for place, sponsor in enumerate(file.get("Sponsors") or [])
            if version == file["Version"] or place
        ],
        "attachments": [
            {
                "MatterAttachmentName": paper["Name"],
                "MatterAttachmentHyperlink": paper["Link"],
                "MatterAttachmentSort": paper["Sort"],
            }
            for paper in file.get("Attachments") or []
        ],
        "votes": {
            str(line["ID"]): [
                {"VotePersonName": vote["FullName"], "VoteValueName": vote["Vote"], "VoteSort": vote["Sort"]}
                for vote in line["Votes"]
            ]
            for line in file["History"]
            if line.get("Votes")
        },
    }


def test_the_real_records_become_the_same_through_the_api_as_through_the_mirror(shared, fetch):
    compared = 0
    for path in sorted((shared / "samples/legistar").glob("[ir]*.json")):
        file = json.loads(path.read_text(encoding="utf-8"))
        mirrored = snapshot_of(file, read_at=datetime.now(UTC))
        answered = fetch(as_api(file), mirrored.number)
        assert answered == replace(mirrored, sponsors=mirrored.sponsors or answered.sponsors), path.name
        compared += 1
    assert compared == 11


def test_the_real_histories_since_2003_are_borne_out_by_their_status(shared, fetch):
    """Through the API's shape; outcomes as the record states them, laws with their numbers."""
    ways = set()
    for text in (
        (shared / "samples/bulk/nyc-immigration-matters.jsonl").read_text(encoding="utf-8").splitlines()
    ):
        matter = json.loads(text)
        rows = [
            row(
                place,
                line["date"],
                line["action"],
                line["body"],
                MinutesSequence=place,
                PassedFlagName=line["result"],
                Version=None,
            )
            for place, line in enumerate(matter["history"], start=1)
        ]
        told = {
            "MatterId": 7,
            "MatterFile": matter["file"],
            "MatterTypeName": matter["type"],
            "MatterName": matter["name"],
            "MatterTitle": matter["title"],
            "MatterStatusName": matter["status"],
            "MatterBodyName": matter["committee"],
            "MatterIntroDate": f"{matter['intro_date']}T00:00:00",
            "MatterEnactmentNumber": matter["local_law"],
            "MatterVersion": matter["version"],
        }
        sponsors = [
            {"MatterSponsorName": name, "MatterSponsorSequence": place}
            for place, name in enumerate(matter["sponsors"])
        ]
        record = {"matter": told, "histories": rows, "sponsors": sponsors, "attachments": [], "votes": {}}
        snapshot = fetch(record, number_of(matter["file"], matter["type"]))
        assert (matter["file"], snapshot.chapter or "") == (matter["file"], matter["local_law"])
        assert snapshot.file_no == matter["file"]
        assert len(snapshot.sponsors or ()) == len(set(matter["sponsors"]) - {""})
        ways.add((matter["status"], standing_of(snapshot).outcome))
    assert ways == {
        ("Adopted", "adopted"),
        ("Committee", None),
        ("Enacted", "law_without_signature"),
        ("Enacted", "signed"),
        ("Enacted", "veto_overridden"),
        ("Filed (End of Session)", "filed_end_of_session"),
        ("Filed", "filed_end_of_session"),
        ("Laid Over in Committee", None),
        ("Withdrawn", "withdrawn"),
    }


def test_the_real_vocabulary_of_statuses_and_numbers_is_known(shared):
    path = shared / "samples/bulk/nyc-council-matters-2014-2026.csv"
    with path.open(encoding="utf-8", newline="") as file:
        matters = list(csv.DictReader(file))
    assert {matter["status"] for matter in matters} == set(STATUSES)
    numbers = [number_of(matter["file"], matter["type"]) for matter in matters]
    assert len(set(numbers)) == len(numbers) > 14_000
    assert [matters[place]["file"] for place, number in enumerate(numbers) if number is None] == [
        "Int 1142-2023"
    ]
