"""New York's API: invented answers in its shape (data/), real ones (../shared), and broken ones."""

from __future__ import annotations

import copy
import json
import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, strategies

from bills.print_numbers import parse_print_no
from bills.providers.base import (
    BillNotFound,
    KeyRefused,
    PrintLine,
    RollCallLine,
    SourceError,
    SourceUnavailable,
    SponsorLine,
    UnexpectedAnswer,
)
from bills.providers.open_legislation import PAGE_SIZE, OpenLegislation
from bills.providers.open_legislation_answers import NEW_YORK, new_york_day, new_york_time
from bills.stages import CODES, read_standing

DATA = Path(__file__).parent / "data"
SECRET = "never-show-51be0"
BILL = parse_print_no("S9871", legislature="ny", session=2025)
BILL_PATH = "/api/3/bills/2025/S9871"
UPDATES = re.compile(r"/api/3/bills/updates/[^/]+/[^/]+")


def number(text: str, session: int):
    return parse_print_no(text, legislature="ny", session=session)


def saved(name: str) -> dict:
    return json.loads((DATA / name).read_text())


@pytest.fixture
def answer() -> dict:
    """The saved answer about S9871 of 2025, for a test to break."""
    return copy.deepcopy(saved("bill_S9871-2025.json"))


@pytest.fixture
def source(httpserver, quick):
    return OpenLegislation(httpserver.url_for("/api/3"), SECRET, manners=quick)


@pytest.fixture
def fetch(source, httpserver):
    """The snapshot that an answer about S9871 becomes."""

    def ask(body: dict, status: int = 200):
        httpserver.clear_all_handlers()
        httpserver.expect_request(BILL_PATH).respond_with_json(body, status=status)
        return source.fetch_bill(BILL)

    return ask


def refusal(fetch, body: dict) -> str:
    with pytest.raises(UnexpectedAnswer) as caught:
        fetch(body)
    return str(caught.value)


# --- what is asked


def test_a_bill_is_asked_for_without_full_text_and_without_a_trailing_slash(source, httpserver, answer):
    httpserver.expect_request(
        BILL_PATH, query_string={"view": "no_fulltext", "key": SECRET}, method="GET"
    ).respond_with_json(answer)
    source.fetch_bill(BILL)
    assert httpserver.log[0][0].path == BILL_PATH


# --- what becomes of a good answer


def test_an_amended_bill_takes_its_facts_from_the_print_in_force(fetch, answer):
    snapshot = fetch(answer)
    assert snapshot.number == BILL
    assert snapshot.active_amendment == "A"
    assert snapshot.title == "Relates to lamps in the halls of consulates"
    assert snapshot.act_clause.endswith("consulates and their stairs")
    assert snapshot.law_section == "Lantern Law"
    assert snapshot.same_as == (number("A9872", 2025),)
    assert snapshot.earlier == (number("S8861", 2023), number("A7751", 2021))
    assert snapshot.prints == (PrintLine("", date(2025, 1, 14)), PrintLine("A", date(2025, 3, 4)))
    assert snapshot.sponsors == (
        SponsorLine("Ada Vennart", "prime", "senate", "71"),
        SponsorLine("Bo Ilesanmi", "co", "senate", "72"),
        SponsorLine("Cy Ørsted-Blåbær", "co", "senate", "73"),
    )
    assert snapshot.later is None
    assert snapshot.short_name is None


def test_addresses_are_for_readers_and_hold_no_key(fetch, answer):
    snapshot = fetch(answer)
    assert snapshot.official_url == "https://www.nysenate.gov/legislation/bills/2025/S9871"
    assert snapshot.source_url.endswith("/bills/2025/S9871")
    assert "/api/" not in snapshot.source_url
    assert SECRET not in repr(snapshot)


def test_actions_keep_their_order_house_and_day(fetch, answer):
    answer["result"]["actions"]["items"].reverse()
    actions = fetch(answer).actions
    assert [line.sequence for line in actions] == [1, 2, 3, 4, 5]
    assert actions[0].text == "REFERRED TO LANTERNS"
    assert {line.chamber for line in actions} == {"senate"}
    assert actions[-1].date == date(2026, 1, 7)


def test_an_assembly_bill_that_became_law(source, httpserver):
    httpserver.expect_request("/api/3/bills/2023/A9872").respond_with_json(saved("bill_A9872-2023.json"))
    snapshot = source.fetch_bill(number("A9872", 2023))
    standing = read_standing("ny", 2023, "A9872", snapshot.actions, today=date(2026, 1, 1))
    assert (standing.outcome, standing.chapter, standing.law_since) == ("signed", "901", date(2023, 7, 19))
    assert [line.chamber for line in snapshot.actions[:6]] == ["assembly"] * 5 + ["senate"]
    assert snapshot.sponsors == (
        SponsorLine("Fay Obuya-Lind", "prime", "assembly", "151"),
        SponsorLine("Gil Santoro", "co", "assembly", "152"),
        SponsorLine("Hal Wu", "multi", "assembly", "153"),
    )
    assert snapshot.roll_calls == (RollCallLine(date(2023, 5, 22), "senate", 5, 2),)


def test_votes_are_counted_and_an_aye_with_reservations_is_an_aye(fetch, answer):
    assert fetch(answer).roll_calls == (
        RollCallLine(date(2025, 2, 11), "senate", ayes=3, nays=1, others=1, committee="Lanterns"),
    )


def test_two_votes_of_one_day_stay_in_their_order(fetch, answer):
    votes = answer["result"]["votes"]
    second = copy.deepcopy(votes["items"][0])
    second["sequenceNo"] = 2
    second["memberVotes"] = {"items": {}, "size": 0}
    votes["items"].insert(0, second)
    votes["size"] = 2
    assert [call.ayes for call in fetch(answer).roll_calls] == [3, 0]


def test_an_even_year_of_a_session_is_the_same_bill(source, httpserver, answer):
    httpserver.expect_request(BILL_PATH).respond_with_json(answer)
    assert source.fetch_bill(number("S9871A", 2026)).number == BILL


def test_an_old_at_sign_before_a_title_is_dropped(fetch, answer):
    answer["result"]["title"] = "@Relates to lamps"
    assert fetch(answer).title == "Relates to lamps"


def test_unpublished_prime_sponsors_and_bodies(fetch, answer):
    result = answer["result"]
    result["sponsor"] = None
    assert [line.kind for line in fetch(answer).sponsors] == ["co", "co"]
    for flag, name in [
        ("rules", "Rules Committee"),
        ("budget", "Budget bill of the Governor"),
        ("redistricting", "Independent Redistricting Commission"),
    ]:
        result["sponsor"] = {"member": None, flag: True}
        assert fetch(answer).sponsors[0] == SponsorLine(name, "prime")


def test_a_member_without_a_full_name_goes_by_the_short_one(fetch, answer):
    answer["result"]["sponsor"]["member"]["fullName"] = None
    assert fetch(answer).sponsors[0].name == "VENNART"


def test_keys_that_older_or_newer_answers_have_do_not_matter(fetch, answer):
    result = answer["result"]
    for name in ("reprintOf", "publishStatusMap", "committeeAgendas", "calendars", "summary", "milestones"):
        del result[name]
    result["aFieldOfTheFuture"] = {"items": 7}
    assert fetch(answer).title


def test_what_an_answer_leaves_out_is_not_stated_as_empty(fetch, answer):
    result = answer["result"]
    for name in ("votes", "previousVersions", "amendments", "title"):
        result[name] = None
    snapshot = fetch(answer)
    for part in ("roll_calls", "earlier", "prints", "sponsors", "same_as", "act_clause", "title"):
        assert getattr(snapshot, part) is None, part


def test_where_the_print_in_force_is_missing_no_older_print_speaks_for_it(fetch, answer):
    amendments = answer["result"]["amendments"]
    del amendments["items"]["A"]
    amendments["size"] = 1
    snapshot = fetch(answer)
    assert (snapshot.sponsors, snapshot.same_as, snapshot.act_clause) == (None, None, None)
    assert snapshot.active_amendment == "A"
    assert snapshot.prints == (PrintLine("", date(2025, 1, 14)),)


def test_a_line_without_text_is_left_out(fetch, answer):
    actions = answer["result"]["actions"]
    actions["items"] += [{**actions["items"][0], "sequenceNo": 6, "text": text} for text in (None,)]
    actions["size"] = 6
    assert len(fetch(answer).actions) == 5


# --- answers that must not be stored


def test_a_blank_record_is_refused(source, httpserver):
    httpserver.expect_request("/api/3/bills/2025/A9874").respond_with_json(
        saved("blank_bill_A9874-2025.json")
    )
    with pytest.raises(UnexpectedAnswer, match="blank record"):
        source.fetch_bill(number("A9874", 2025))


def test_an_unknown_status_is_refused(fetch, answer):
    answer["result"]["status"]["statusType"] = "IN_ORBIT"
    assert "“IN_ORBIT”" in refusal(fetch, answer)


@pytest.mark.parametrize("stated", sorted(CODES["ny"] - {"IN_SENATE_COMM"}))
def test_a_status_that_its_own_actions_do_not_bear_out_is_refused(fetch, answer, stated):
    answer["result"]["status"]["statusType"] = stated
    told = refusal(fetch, answer)
    assert f"states the status {stated}, but its own actions amount to IN_SENATE_COMM" in told


def test_a_known_bill_that_comes_without_actions_is_refused(fetch, answer):
    answer["result"]["actions"] = {"items": [], "size": 0}
    assert "its own actions amount to INTRODUCED" in refusal(fetch, answer)


def test_a_line_dated_ahead_counts_as_it_does_for_the_source(fetch, answer):
    actions = answer["result"]["actions"]
    ahead = {**actions["items"][0], "sequenceNo": 6, "date": "2099-01-07", "text": "1ST REPORT CAL.5"}
    actions["items"].append(ahead)
    actions["size"] = 6
    answer["result"]["status"]["statusType"] = "SENATE_FLOOR"
    assert fetch(answer).actions[-1].date == date(2099, 1, 7)


def test_a_substitution_is_read_from_the_actions(fetch, answer):
    result = answer["result"]
    result["substitutedBy"] = {"basePrintNo": "A9872", "session": 2025, "basePrintNoStr": "A9872-2025"}
    assert "no action says so" in refusal(fetch, answer)
    actions = result["actions"]
    actions["items"].append(
        {**actions["items"][0], "sequenceNo": 6, "date": "2026-02-01", "text": "SUBSTITUTED BY A9872"}
    )
    actions["size"] = 6
    assert fetch(answer).actions[-1].text == "SUBSTITUTED BY A9872"
    result["status"]["statusType"] = "SUBSTITUTED"
    assert fetch(answer).number == BILL


def test_the_answer_must_be_about_the_bill_asked_for(fetch, answer):
    answer["result"]["basePrintNo"] = "S9870"
    assert "another bill" in refusal(fetch, answer)
    answer["result"].update(basePrintNo="S9871", session=2023)
    assert "another bill" in refusal(fetch, answer)


@pytest.mark.parametrize(
    ("path", "value", "place"),
    [
        (["success"], False, "success"),
        (["responseType"], "bill-info", "responseType"),
        (["result"], None, "result"),
        (["result"], [], "result"),
        (["result", "basePrintNo"], 9871, "basePrintNo"),
        (["result", "basePrintNo"], "LAMP", "cannot read"),
        (["result", "session"], "2025", "session"),
        (["result", "session"], 10**40, "cannot read"),
        (["result", "status"], None, "status"),
        (["result", "title"], ["Relates"], "title"),
        (["result", "activeVersion"], "ORIGINAL", "activeVersion"),
        (["result", "actions"], [], "actions"),
        (["result", "actions", "size"], 4, "actions"),
        (["result", "actions", "items", 0, "date"], "01/14/25", "date"),
        (["result", "actions", "items", 0, "date"], "2025-02-30", "date"),
        (["result", "actions", "items", 0, "date"], None, "date"),
        (["result", "actions", "items", 0, "chamber"], "COUNCIL", "chamber"),
        (["result", "actions", "items", 0, "sequenceNo"], 0, "sequenceNo"),
        (["result", "actions", "items", 0, "sequenceNo"], 10**30, "sequenceNo"),
        (["result", "actions", "items", 0, "sequenceNo"], 2, "one sequence number"),
        (["result", "actions", "items", 0, "text"], 5, "text"),
        (["result", "amendments", "items", "A", "version"], "AA", "version"),
        (["result", "amendments", "items", "A", "coSponsors", "size"], 1, "coSponsors"),
        (["result", "amendments", "items", "A", "sameAs", "items", 0, "basePrintNo"], "?", "cannot read"),
        (["result", "previousVersions", "items", 0, "session"], 12, "cannot read"),
        (["result", "votes", "items", 0, "voteType"], "SHOUT", "voteType"),
        (["result", "votes", "items", 0, "voteDate"], "soon", "voteDate"),
        (["result", "votes", "items", 0, "memberVotes", "items"], {"HUM": {"items": []}}, "memberVotes"),
    ],
)
def test_another_shape_is_refused_and_named(fetch, answer, path, value, place):
    *parents, last = path
    spot = answer
    for part in parents:
        spot = spot[part]
    spot[last] = value
    told = refusal(fetch, answer)
    assert place in told
    assert len(told) < 400


def test_an_unknown_kind_of_vote_is_refused(fetch, answer):
    votes = answer["result"]["votes"]["items"][0]["memberVotes"]
    votes["items"]["HUM"] = {"items": [], "size": 0}
    votes["size"] = 5
    assert "“HUM”" in refusal(fetch, answer)


@pytest.mark.parametrize("body", [[], 7, None, "bill"])
def test_json_that_is_no_object_is_refused(fetch, body):
    assert "another shape" in refusal(fetch, body)


# --- faults


def test_no_such_bill_is_told_from_an_outage(source, httpserver):
    httpserver.expect_oneshot_request(BILL_PATH).respond_with_json(saved("no_such_bill.json"), status=404)
    with pytest.raises(BillNotFound, match="no bill S9871 of 2025"):
        source.fetch_bill(BILL)
    for body in ({"timestamp": 1, "status": 404, "error": "Not Found"}, {"errorCode": 12}, []):
        httpserver.expect_oneshot_request(BILL_PATH).respond_with_json(body, status=404)
        with pytest.raises(SourceUnavailable):
            source.fetch_bill(BILL)
    httpserver.expect_oneshot_request(BILL_PATH).respond_with_data(
        "<h1>404</h1>", 404, content_type="text/html"
    )
    with pytest.raises(SourceUnavailable):
        source.fetch_bill(BILL)


def test_a_refused_key_is_named_by_its_variable(fetch):
    with pytest.raises(KeyRefused, match="OPEN_LEGISLATION_KEY") as caught:
        fetch(saved("key_refused.json"), 401)
    assert SECRET not in str(caught.value)


@pytest.mark.parametrize("asked", [number("S9871", None), parse_print_no("Int 5-2024", legislature="nyc")])
def test_only_bills_of_new_york_with_a_session_can_be_asked_for(source, asked):
    with pytest.raises(ValueError):
        source.fetch_bill(asked)


def test_without_a_key_there_is_no_source(settings):
    settings.OPEN_LEGISLATION_KEY = ""
    assert OpenLegislation.configured() is None


# --- dates


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2017-01-04T10:45:46", datetime(2017, 1, 4, 15, 45, 46, tzinfo=UTC)),
        ("2019-02-13T09:06:09.796845", datetime(2019, 2, 13, 14, 6, 9, 796845, tzinfo=UTC)),
        ("2019-07-13T09:06:09.5", datetime(2019, 7, 13, 13, 6, 9, 500000, tzinfo=UTC)),
        ("2014-06-10T00:00", datetime(2014, 6, 10, 4, 0, tzinfo=UTC)),
    ],
)
def test_the_three_forms_of_a_moment_are_new_york_time(text, moment):
    assert new_york_time(text) == moment


def test_a_day_is_read_from_a_day_or_a_moment():
    assert new_york_day("2017-01-18") == new_york_day("2017-01-18T23:59") == date(2017, 1, 18)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2017",
        "2017-1-4",
        "20170104",
        "2017-01-04T10:45:46Z",
        "2017-01-04T10:45+05:00",
        "2017-13-01",
        None,
        5,
    ],
)
def test_other_forms_are_refused(text):
    with pytest.raises(ValueError):
        new_york_day(text)


@given(strategies.text(max_size=40) | strategies.from_regex(r"\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?)?"))
def test_any_text_is_a_day_or_a_value_error(text):
    try:
        day = new_york_day(text)
    except ValueError:
        return
    assert text.startswith(day.isoformat())


# --- what has changed


def test_changes_are_paged_to_the_end_and_filtered_to_the_session(source, httpserver):
    always = {"type": "processed", "order": "asc", "limit": str(PAGE_SIZE), "key": SECRET}
    for offset, name in (("1", "updates_page_1.json"), ("4", "updates_page_2.json")):
        httpserver.expect_oneshot_request(
            UPDATES, query_string={**always, "offset": offset}
        ).respond_with_json(saved(name))
    found = list(source.changed_since("ny", 2025, datetime(2026, 1, 7, 13, 15, tzinfo=UTC)))
    assert found == [number("S9871", 2025), number("J9001", 2025), number("A9874", 2025)]


def test_the_window_overlaps_and_is_written_in_new_york_time(source, httpserver):
    httpserver.expect_request(UPDATES).respond_with_json(saved("empty_list.json"))
    assert list(source.changed_since("ny", 2025, datetime(2026, 7, 7, 13, 15, tzinfo=UTC))) == []
    start, end = httpserver.log[0][0].path.split("/")[-2:]
    assert start == "2026-07-07T09:00:00"
    assert (
        abs(datetime.fromisoformat(end).replace(tzinfo=NEW_YORK) - datetime.now(NEW_YORK)).total_seconds()
        < 60
    )
    assert len(httpserver.log) == 1


def test_without_a_day_every_bill_of_the_session_is_listed(source, httpserver):
    httpserver.expect_request(
        "/api/3/bills/2025", query_string={"idsOnly": "true", "limit": "1000", "offset": "1", "key": SECRET}
    ).respond_with_json(saved("bill_ids.json"))
    assert list(source.changed_since("ny", 2025, None)) == [BILL, number("A9874", 2025)]


def test_a_list_that_does_not_move_on_is_refused(source, httpserver):
    page = saved("bill_ids.json") | {"total": 9, "offsetEnd": 0}
    httpserver.expect_request("/api/3/bills/2025").respond_with_json(page)
    with pytest.raises(UnexpectedAnswer, match="does not come to an end"):
        list(source.changed_since("ny", 2025, None))


@pytest.mark.parametrize(
    ("body", "status", "kind"),
    [
        ({"success": True, "result": {"items": []}}, 200, UnexpectedAnswer),
        ({"errorCode": 1}, 400, UnexpectedAnswer),
        ({"errorCode": 11}, 404, SourceUnavailable),
        ({"errorCode": -1}, 500, SourceUnavailable),
    ],
)
def test_a_list_that_fails_raises(source, httpserver, body, status, kind):
    httpserver.expect_request("/api/3/bills/2025").respond_with_json(body, status=status)
    with pytest.raises(SourceError) as caught:
        list(source.changed_since("ny", 2025, None))
    assert type(caught.value) is kind


# --- real answers, where they are at hand


def real(shared, name: str) -> dict:
    return json.loads((shared / "samples/openlegislation/api" / name).read_text())


def test_the_real_answer_about_an_amended_bill(shared, source, httpserver):
    """GET /bills/2017/S609, as kept in the test resources of the API's own repository."""
    httpserver.expect_request("/api/3/bills/2017/S609").respond_with_json(real(shared, "bill_S609-2017.json"))
    snapshot = source.fetch_bill(number("S609", 2017))
    assert snapshot.active_amendment == "A"
    assert [line.text for line in snapshot.actions][-1] == "PRINT NUMBER 609A"
    assert snapshot.earlier == (number("S5027", 2015),)
    assert [line.letter for line in snapshot.prints] == ["", "A"]
    assert snapshot.sponsors[0].district == "4"
    assert not snapshot.title.startswith("@")


def test_the_real_blank_record_is_refused(shared, source, httpserver):
    httpserver.expect_request("/api/3/bills/2015/A9270").respond_with_json(
        real(shared, "blank_bill_A9270-2015.partial.json")
    )
    with pytest.raises(UnexpectedAnswer, match="blank record"):
        source.fetch_bill(number("A9270", 2015))


def test_the_real_errors_and_the_real_empty_list(shared, source, httpserver):
    httpserver.expect_oneshot_request("/api/3/bills/2025").respond_with_json(real(shared, "empty_list.json"))
    assert list(source.changed_since("ny", 2025, None)) == []
    for name in ("error_search.json", "error_committee_not_found.json"):
        httpserver.expect_oneshot_request(BILL_PATH).respond_with_json(real(shared, name))
        with pytest.raises(UnexpectedAnswer):
            source.fetch_bill(BILL)
