"""New York's API: invented answers in its shape (data/), real ones (../shared), and broken ones."""

from __future__ import annotations

import copy
import json
import re
from contextlib import nullcontext, suppress
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings, strategies

from bills.print_numbers import parse_print_no
from bills.providers.base import (
    AgendaLine,
    BillNotFound,
    DocumentLine,
    KeyRefused,
    MessageLine,
    RollCallLine,
    SourceError,
    SourceUnavailable,
    SponsorLine,
    Touched,
    UnexpectedAnswer,
)
from bills.providers.open_legislation import PAGE_SIZE, OpenLegislation, local_window
from bills.providers.open_legislation_answers import NEW_YORK, new_york_day, new_york_time
from bills.providers.open_legislation_search import LONGEST_LIST, search_terms
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
    assert [(line.letter, line.published_on) for line in snapshot.prints] == [
        ("", date(2025, 1, 14)),
        ("A", date(2025, 3, 4)),
    ]
    assert snapshot.sponsors == (
        SponsorLine("Ada Vennart", "prime", "senate", "71"),
        SponsorLine("Bo Ilesanmi", "co", "senate", "72"),
        SponsorLine("Cy Ørsted-Blåbær", "co", "senate", "73"),
    )
    assert snapshot.later is None
    assert snapshot.short_name is None


def test_each_print_tells_its_own_clause_laws_and_sponsors(fetch, answer):
    amendments = answer["result"]["amendments"]["items"]
    amendments["A"]["relatedLaws"]["items"]["REPEAL"] = {"items": ["LAN9"], "size": 1}
    original, amended = fetch(answer).prints
    assert original.act_clause.endswith("in the halls of consulates")
    assert amended.act_clause.endswith("consulates and their stairs")
    assert (original.law_section, original.law_code) == ("Lantern Law", "Add §12-a, Lantern L")
    assert original.laws == (("add", "LAN12-A"),)
    assert amended.laws == (("add", "LAN12-A"), ("repeal", "LAN9"))
    assert [line.name for line in amended.sponsors] == ["Bo Ilesanmi", "Cy Ørsted-Blåbær"]


@pytest.mark.parametrize(
    "laws", [None, [], "x", {"items": None}, {"items": {"ADD": 7}}, {"items": {"?": [1]}}]
)
def test_laws_in_another_shape_are_left_out_and_take_nothing_else_with_them(fetch, answer, laws):
    answer["result"]["amendments"]["items"]["A"]["relatedLaws"] = laws
    assert fetch(answer).prints[1].laws == ()


def text_answer(**other) -> dict:
    told = {"basePrintNo": "S9871", "session": 2025, "version": "A", "fullText": "Section 1. Lamps."} | other
    return {"success": True, "message": "", "responseType": "bill-fulltext-view", "result": told}


def test_the_words_of_one_print_are_asked_for_alone(source, httpserver):
    asked = {"view": "only_fulltext", "version": "A", "key": SECRET}
    httpserver.expect_request(BILL_PATH, query_string=asked).respond_with_json(text_answer())
    words = source.fetch_text(BILL, "A")
    assert words.text == "Section 1. Lamps."
    assert words.source_url.endswith("/pdf/bills/2025/S9871A")
    assert SECRET not in words.source_url


@pytest.mark.parametrize("version", ["", "ORIGINAL", "Original", "DEFAULT"])
def test_the_original_is_asked_for_without_a_letter(source, httpserver, version):
    asked = {"view": "only_fulltext", "key": SECRET}
    answer = text_answer(version=version, fullText=None)
    httpserver.expect_request(BILL_PATH, query_string=asked).respond_with_json(answer)
    assert source.fetch_text(BILL, "").text == ""


@pytest.mark.parametrize(
    "other", [{"version": "B"}, {"basePrintNo": "S1"}, {"session": 2023}, {"fullText": 7}]
)
def test_words_of_anything_else_are_refused(source, httpserver, other):
    httpserver.expect_request(BILL_PATH).respond_with_json(text_answer(**other))
    with pytest.raises(UnexpectedAnswer):
        source.fetch_text(BILL, "A")


def test_a_print_that_the_source_does_not_have_is_not_an_outage(source, httpserver):
    fault = {"success": False, "message": "", "responseType": "error", "errorCode": 12}
    httpserver.expect_request(BILL_PATH).respond_with_json(fault, status=404)
    with pytest.raises(BillNotFound):
        source.fetch_text(BILL, "B")


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
    (call,) = snapshot.roll_calls
    assert (call.date, call.chamber, call.ayes, call.nays) == (date(2023, 5, 22), "senate", 5, 2)
    assert (call.committee, call.amendment, call.sequence, len(call.votes)) == ("", "", 1, 7)


def test_votes_are_counted_and_name_their_members_in_one_order(fetch, answer):
    told = RollCallLine(
        date(2025, 2, 11),
        "senate",
        ayes=3,  # an aye with reservations is an aye
        nays=1,
        others=1,
        committee="Lanterns",
        votes=(
            ("aye", "Ada Vennart"),
            ("aye", "Bo Ilesanmi"),
            ("aye_with_reservations", "Cy Ørsted-Blåbær"),
            ("excused", "Eno Tanaka"),
            ("nay", "Di Quaife"),
        ),
    )
    assert fetch(answer).roll_calls == (told,)
    answer["result"]["votes"]["items"][0]["memberVotes"]["items"]["AYE"]["items"].reverse()
    assert fetch(answer).roll_calls == (told,)


@pytest.mark.parametrize(("code", "kind"), [("ABS", "absent"), ("ABD", "abstained"), ("EXC", "excused")])
def test_who_neither_agreed_nor_refused_is_told_apart(fetch, answer, code, kind):
    votes = answer["result"]["votes"]["items"][0]["memberVotes"]
    votes["items"] = {code: votes["items"]["EXC"]}
    votes["size"] = 1
    (call,) = fetch(answer).roll_calls
    assert (call.ayes, call.nays, call.others, call.votes) == (0, 0, 1, ((kind, "Eno Tanaka"),))


@pytest.mark.parametrize("numbers", [(2, 1), (None, None)])
def test_two_votes_of_one_body_on_one_day_are_both_kept_and_numbered(fetch, answer, numbers):
    votes = answer["result"]["votes"]
    second = copy.deepcopy(votes["items"][0])
    second["memberVotes"] = {"items": {"NAY": votes["items"][0]["memberVotes"]["items"]["NAY"]}, "size": 1}
    votes["items"].insert(0, second)
    votes["size"] = 2
    for vote, sequence in zip(votes["items"], numbers, strict=True):
        vote["sequenceNo"] = sequence
    assert [(call.sequence, call.ayes) for call in fetch(answer).roll_calls] == [(1, 3), (2, 0)]
    votes["items"].reverse()
    assert [(call.sequence, call.ayes) for call in fetch(answer).roll_calls] == [(1, 3), (2, 0)]


def test_the_floor_and_a_committee_vote_on_one_day_each_for_itself(fetch, answer):
    votes = answer["result"]["votes"]
    floor = {**copy.deepcopy(votes["items"][0]), "voteType": "FLOOR", "committee": None}
    votes["items"].append(floor)
    votes["size"] = 2
    assert [(call.committee, call.sequence) for call in fetch(answer).roll_calls] == [
        ("", 1),
        ("Lanterns", 1),
    ]


def test_a_committee_vote_that_names_no_committee_is_not_taken_for_one_of_the_floor(fetch, answer):
    answer["result"]["votes"]["items"][0]["committee"] = None
    assert "does not say of which" in refusal(fetch, answer)


def test_summary_and_memo_are_those_of_the_bill_and_of_its_print_in_force(fetch, answer):
    snapshot = fetch(answer)
    assert snapshot.official_summary == "Relates to lamps."
    assert snapshot.sponsor_memo == "BILL NUMBER: S9871A\n\n PURPOSE:\nTo light the halls & the stairs."
    answer["result"]["amendments"]["items"]["A"]["memo"] = ""
    answer["result"]["summary"] = "  "
    assert (fetch(answer).sponsor_memo, fetch(answer).official_summary) == (None, None)


def test_agendas_and_calendars_come_in_one_order(fetch, answer):
    told = (
        AgendaLine("agenda", 2025, 3, "senate", "Lanterns"),
        AgendaLine("calendar", 2025, 12, "senate"),
        AgendaLine("agenda", 2026, 4, "senate", "Lanterns"),
    )
    assert fetch(answer).agenda == told
    answer["result"]["committeeAgendas"]["items"].reverse()
    assert fetch(answer).agenda == told


def test_the_text_of_the_print_in_force_has_an_address_without_a_key(fetch, answer):
    (text,) = fetch(answer).documents
    assert text == DocumentLine("text", "S9871A", text.url, date(2025, 3, 4))
    assert re.fullmatch(r"http://[^/]+/pdf/bills/2025/S9871A", text.url)


def test_a_veto_is_read_with_its_message(source, httpserver):
    httpserver.expect_request("/api/3/bills/2023/S9875").respond_with_json(saved("bill_S9875-2023.json"))
    snapshot = source.fetch_bill(number("S9875", 2023))
    (veto,) = snapshot.messages
    assert (veto.kind, veto.year, veto.number, veto.chapter) == ("veto", 2023, 77, "")
    assert (veto.signer, veto.signed_on) == ("A. GOVERNOR", date(2023, 11, 17))
    assert veto.text.endswith("the ferries would wake the gulls.")
    assert (snapshot.sponsor_memo, snapshot.agenda, snapshot.roll_calls) == (None, (), ())


def test_an_approval_and_the_lines_struck_out_with_it(source, httpserver):
    httpserver.expect_request("/api/3/bills/2023/A9872").respond_with_json(saved("bill_A9872-2023.json"))
    messages = source.fetch_bill(number("A9872", 2023)).messages
    assert [(each.kind, each.number, each.chapter) for each in messages] == [
        ("approval", 4, "901"),
        ("line_veto", 5, "901"),
        ("line_veto", 6, "901"),
    ]
    assert messages[0] == MessageLine("approval", 2023, 4, "901", "A. GOVERNOR", None, messages[0].text)
    assert messages[1].signed_on == date(2023, 7, 19)
    assert messages[1].text == "Page 3, line 11, is disapproved."


def test_an_unknown_kind_of_veto_is_refused(source, httpserver):
    body = saved("bill_S9875-2023.json")
    body["result"]["vetoMessages"]["items"][0]["vetoType"] = "HALF\x00\ud800"
    httpserver.expect_request("/api/3/bills/2023/S9875").respond_with_json(body)
    with pytest.raises(UnexpectedAnswer, match=re.escape("unknown kind: “HALF??”")):
        source.fetch_bill(number("S9875", 2023))


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
    del result["votes"]["items"][0]["sequenceNo"]
    del result["votes"]["items"][0]["attendance"]
    del result["sponsor"]["redistricting"]
    del result["sponsor"]["member"]["incumbent"]
    del result["amendments"]["items"]["A"]["relatedLaws"]
    result["aFieldOfTheFuture"] = {"items": 7}
    result["amendments"]["items"]["A"]["relatedLawsOfTheFuture"] = 5
    assert fetch(answer).title


def test_what_an_answer_leaves_out_is_not_stated_as_empty(fetch, answer):
    result = answer["result"]
    for name in ("votes", "previousVersions", "amendments", "title", "summary", "vetoMessages", "calendars"):
        result[name] = None
    snapshot = fetch(answer)
    for part in (
        "roll_calls", "earlier", "prints", "sponsors", "same_as", "act_clause", "title", "official_summary",
        "sponsor_memo", "messages", "agenda", "documents",
    ):  # fmt: skip
        assert getattr(snapshot, part) is None, part


@pytest.mark.parametrize("missing", ["vetoMessages", "approvalMessage"])
def test_messages_are_told_only_where_the_answer_has_both_kinds(fetch, answer, missing):
    assert fetch(answer).messages == ()
    del answer["result"][missing]
    assert fetch(answer).messages is None


def test_where_the_print_in_force_is_missing_no_older_print_speaks_for_it(fetch, answer):
    amendments = answer["result"]["amendments"]
    del amendments["items"]["A"]
    amendments["size"] = 1
    snapshot = fetch(answer)
    assert (snapshot.sponsors, snapshot.same_as, snapshot.act_clause) == (None, None, None)
    assert snapshot.active_amendment == "A"
    assert [line.letter for line in snapshot.prints] == [""]


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
    day = datetime.now(NEW_YORK).date() + timedelta(days=40)
    ahead = {**actions["items"][0], "sequenceNo": 6, "date": f"{day}", "text": "1ST REPORT CAL.5"}
    actions["items"].append(ahead)
    actions["size"] = 6
    answer["result"]["status"]["statusType"] = "SENATE_FLOOR"
    assert fetch(answer).actions[-1].date == day


@pytest.mark.parametrize("day", ["2099-01-07", "1926-01-07"])
def test_a_line_with_a_mistyped_year_is_refused(fetch, answer, day):
    answer["result"]["actions"]["items"][-1]["date"] = day
    assert f"a line of {day}" in refusal(fetch, answer)


def with_lines(answer: dict, *texts: str, substituted_by: str | None = None) -> dict:
    """The answer with these lines at its end, and a `substitutedBy`."""
    actions = answer["result"]["actions"]
    for text in texts:
        place = len(actions["items"]) + 1
        line = {**actions["items"][0], "sequenceNo": place, "date": "2026-02-01", "text": text}
        actions["items"].append(line)
    actions["size"] = len(actions["items"])
    if substituted_by:
        answer["result"]["substitutedBy"] = {"basePrintNo": substituted_by, "session": 2025}
    return answer


def outcome_of(snapshot) -> tuple[str | None, str]:
    standing = read_standing("ny", 2025, "S9871", snapshot.actions, today=date(2026, 3, 1))
    return standing.outcome, standing.via


def test_a_substitution_that_no_line_bears_out_is_refused(fetch, answer):
    assert "A9872 took this bill's place, but no action says so" in refusal(
        fetch, with_lines(answer, substituted_by="A9872")
    )


@pytest.mark.parametrize(
    "line", ["SUBSTITUTED BY A9870", "SUBSTITUTED FOR A9872", "SUBSTITUTION RECONSIDERED"]
)
def test_a_line_about_another_substitution_does_not_bear_it_out(fetch, answer, line):
    assert "no action says so" in refusal(fetch, with_lines(answer, line, substituted_by="A9872"))


@pytest.mark.parametrize("stated", ["IN_SENATE_COMM", "SUBSTITUTED"])
def test_a_substitution_is_read_from_the_actions(fetch, answer, stated):
    answer["result"]["status"]["statusType"] = stated
    snapshot = fetch(with_lines(answer, "SUBSTITUTED BY A9872B", substituted_by="A9872"))
    assert outcome_of(snapshot) == ("substituted", "A9872B")


def test_a_substitution_stands_though_its_field_is_missing_still(fetch, answer):
    assert outcome_of(fetch(with_lines(answer, "SUBSTITUTED BY A9872"))) == ("substituted", "A9872")


@pytest.mark.parametrize("stale", ["A9872", None])
def test_an_undone_substitution_is_over_though_its_field_is_still_there(fetch, answer, stale):
    lines = ("SUBSTITUTED BY A9872", "SUBSTITUTION RECONSIDERED")
    assert outcome_of(fetch(with_lines(answer, *lines, substituted_by=stale))) == (None, "")


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
        (
            ["result", "votes", "items", 0, "memberVotes", "items", "AYE", "items", 0],
            "VENNART",
            "memberVotes",
        ),
        (["result", "sponsor", "member", "districtCode"], 10**30, "districtCode"),
        (["result", "committeeAgendas", "items", 0, "agendaId"], None, "agendaId"),
        (["result", "committeeAgendas", "items", 0, "committeeId", "chamber"], "MOON", "chamber"),
        (["result", "calendars", "items", 0, "year"], 20255, "year"),
        (["result", "calendars", "items", 0, "calendarNumber"], -1, "calendarNumber"),
        (["result", "approvalMessage"], {"year": 2025}, "approvalNumber"),
        (["result", "vetoMessages", "items"], [{"vetoType": "STANDARD"}], "vetoMessages"),
        (["result", "substitutedBy"], {"basePrintNo": "?", "session": 2025}, "cannot read"),
        (["result", "summary"], 5, "summary"),
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


def test_of_the_hour_that_the_clock_shows_twice_the_earlier_one_is_meant():
    assert new_york_time("2026-11-01T01:30:00") == datetime(2026, 11, 1, 5, 30, tzinfo=UTC)
    assert new_york_time("2026-11-01T00:59:59") == datetime(2026, 11, 1, 4, 59, 59, tzinfo=UTC)
    assert new_york_time("2026-11-01T02:00") == datetime(2026, 11, 1, 7, 0, tzinfo=UTC)


def test_an_hour_that_the_clock_skips_is_read_as_early_as_may_be():
    assert new_york_time("2026-03-08T02:30") == datetime(2026, 3, 8, 6, 30, tzinfo=UTC)


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
        "9999-12-31T23:59:59Z",
        None,
        5,
    ],
)
def test_other_forms_are_refused(text):
    with pytest.raises(ValueError):
        new_york_day(text)
    with pytest.raises(ValueError):
        new_york_time(text)


@given(strategies.text(max_size=40) | strategies.from_regex(r"\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?)?"))
def test_any_text_is_a_day_or_a_value_error(text):
    try:
        day = new_york_day(text)
    except ValueError:
        return
    assert text.startswith(day.isoformat())


# --- what has changed

SINCE, UNTIL = datetime(2026, 1, 7, 13, tzinfo=UTC), datetime(2026, 1, 7, 15, tzinfo=UTC)


def expect_updates(httpserver) -> None:
    always = {"type": "processed", "order": "asc", "summary": "true", "limit": str(PAGE_SIZE), "key": SECRET}
    for offset, name in (("1", "updates_page_1.json"), ("4", "updates_page_2.json")):
        httpserver.expect_oneshot_request(
            UPDATES, query_string={**always, "offset": offset}
        ).respond_with_json(saved(name))


def test_changes_of_every_session_are_paged_to_the_end_and_each_is_told(source, httpserver):
    expect_updates(httpserver)
    assert list(source.changed_since("ny", SINCE, UNTIL)) == [
        Touched(
            number("S9871", 2025),
            datetime(2026, 1, 7, 14, 6, 9, 796845, tzinfo=UTC),
            "Relates to lamps in the halls of consulates",
        ),
        Touched(number("A9872", 2023), datetime(2026, 1, 7, 14, 6, 10, tzinfo=UTC), "Relates to lamps"),
        Touched(
            number("J9001", 2025),
            datetime(2026, 1, 7, 14, 6, 11, tzinfo=UTC),
            "Commends the keepers of lamps",
        ),
        Touched(number("A9874", 2025), datetime(2026, 1, 7, 14, 7, tzinfo=UTC)),
        Touched(
            number("S9871", 2025),
            datetime(2026, 1, 7, 14, 8, 0, 500000, tzinfo=UTC),
            "Relates to lamps in the halls of consulates",
        ),
    ]
    assert [request.path for request, _ in httpserver.log] == [
        "/api/3/bills/updates/2026-01-07T07:59:59/2026-01-07T10:00:02"
    ] * 2


@pytest.mark.parametrize(
    "text", ["9999-12-31T23:59:59", "0001-01-01T00:00", "1776-12-31T00:00", "2200-01-01T00:00"]
)
def test_a_year_that_cannot_be_is_no_time_and_in_a_list_none(source, httpserver, text):
    for read in (new_york_day, new_york_time):
        with pytest.raises(ValueError, match="cannot be"):
            read(text)
    page = saved("updates_page_2.json") | {"offsetStart": 1}
    for entry in page["result"]["items"]:
        entry["processedDateTime"] = text
    httpserver.expect_request(UPDATES).respond_with_json(page)
    assert [each.processed_at for each in source.changed_since("ny", SINCE, UNTIL)] == [None, None]


def test_an_entry_without_time_and_title_is_told_all_the_same(source, httpserver):
    page = saved("updates_page_2.json") | {"offsetStart": 1}
    for entry, item in zip(page["result"]["items"], (None, {"title": None}), strict=True):
        entry.update(processedDateTime=None, item=item)
    httpserver.expect_request(UPDATES).respond_with_json(page)
    assert list(source.changed_since("ny", SINCE, UNTIL)) == [
        Touched(number("A9874", 2025)),
        Touched(number("S9871", 2025)),
    ]


@pytest.mark.parametrize(
    "odd", [{"basePrintNo": "LAMP"}, {"basePrintNo": "\x00"}, {"session": 12}, {"session": 10**40}]
)
def test_a_number_that_is_none_of_ours_is_left_out_and_stops_nothing(source, httpserver, odd):
    page = saved("updates_page_1.json") | {"total": 3}
    page["result"]["items"][1]["id"].update(odd)
    httpserver.expect_request(UPDATES).respond_with_json(page)
    told = [each.number.print_no for each in source.changed_since("ny", SINCE, UNTIL)]
    assert told == ["S9871", "J9001"]


def test_a_number_with_a_letter_names_the_bill_and_no_print(source, httpserver):
    page = saved("bill_ids.json")
    page["result"]["items"][1]["basePrintNo"] = "S9871B"
    httpserver.expect_request("/api/3/bills/2025").respond_with_json(page)
    assert list(source.listed("ny", 2025)) == [Touched(BILL)]


def test_every_bill_of_a_session_is_listed_once(source, httpserver):
    page = saved("bill_ids.json") | {"total": 3, "offsetEnd": 3}
    page["result"]["items"].append(page["result"]["items"][0])
    page["result"]["size"] = 3
    httpserver.expect_request(
        "/api/3/bills/2025", query_string={"idsOnly": "true", "limit": "1000", "offset": "1", "key": SECRET}
    ).respond_with_json(page)
    assert list(source.listed("ny", 2025)) == [Touched(BILL), Touched(number("A9874", 2025))]


def test_a_session_is_counted_by_asking_for_one_bill(source, httpserver):
    page = saved("bill_ids.json") | {"total": 21_345, "offsetEnd": 1, "limit": 1}
    page["result"] = {"items": page["result"]["items"][:1], "size": 1}
    httpserver.expect_request(
        "/api/3/bills/2025", query_string={"idsOnly": "true", "limit": "1", "offset": "1", "key": SECRET}
    ).respond_with_json(page)
    assert source.count("ny", 2025) == 21_345


def test_a_session_without_bills_counts_none(source, httpserver):
    httpserver.expect_request("/api/3/bills/2027").respond_with_json(saved("empty_list.json"))
    assert source.count("ny", 2027) == 0
    assert list(source.listed("ny", 2027)) == []


@pytest.mark.parametrize("method", ["listed", "count", "find", "changed_since"])
def test_lists_are_of_new_york_only(source, httpserver, method):
    rest = {"find": (2025, ["lamps"]), "changed_since": (SINCE, UNTIL)}.get(method, (2025,))
    with pytest.raises(ValueError, match="New York only"):
        list(getattr(source, method)("nyc", *rest))
    assert not httpserver.log


# --- the window of time


@pytest.mark.parametrize(
    ("since", "until", "window"),
    [
        ("2026-07-07T13:15:00", "2026-07-07T14:00:00", ("2026-07-07T09:14:59", "2026-07-07T10:00:02")),
        ("2026-01-07T13:15:00.9", "2026-01-07T14:00:00.1", ("2026-01-07T08:14:59", "2026-01-07T09:00:02")),
        # The clock goes from 01:59:59 back to 01:00:00 at 06:00 universal time.
        ("2026-11-01T05:40:00", "2026-11-01T06:20:00", ("2026-11-01T01:00:00", "2026-11-01T02:00:00")),
        ("2026-11-01T06:20:00", "2026-11-01T06:50:00", ("2026-11-01T01:00:00", "2026-11-01T02:00:00")),
        ("2026-11-01T04:30:00", "2026-11-01T05:10:00", ("2026-11-01T00:29:59", "2026-11-01T02:00:00")),
        ("2026-11-01T05:30:00", "2026-11-01T08:00:00", ("2026-11-01T01:00:00", "2026-11-01T03:00:02")),
        ("2026-03-08T06:59:30", "2026-03-08T07:00:30", ("2026-03-08T01:59:29", "2026-03-08T03:00:32")),
    ],
)
def test_the_window_is_written_in_new_york_time_and_loses_nothing(since, until, window):
    moments = [datetime.fromisoformat(each).replace(tzinfo=UTC) for each in (since, until)]
    assert local_window(*moments) == window
    assert local_window(*(each.astimezone(NEW_YORK) for each in moments)) == window


@given(
    since=strategies.datetimes(datetime(2026, 10, 31), datetime(2026, 11, 2), timezones=strategies.just(UTC)),
    length=strategies.timedeltas(timedelta(0), timedelta(hours=5)),
    part=strategies.floats(0, 1),
)
def test_whatever_happens_in_the_window_has_a_local_time_within_it(since, length, part):
    start, end = local_window(since, since + length)
    happened = (since + length * part).astimezone(NEW_YORK).replace(tzinfo=None).isoformat()
    assert start < happened < end


def test_a_window_without_zones_is_refused(source):
    with pytest.raises(ValueError, match="time zone"):
        list(source.changed_since("ny", SINCE.replace(tzinfo=None), UNTIL))


# --- lists that go wrong


def refused_list(source, kind: type[SourceError]) -> str:
    with pytest.raises(SourceError) as caught:
        list(source.listed("ny", 2025))
    assert type(caught.value) is kind
    return str(caught.value)


def test_a_list_that_does_not_move_on_is_refused(source, httpserver):
    page = saved("bill_ids.json") | {"total": 9, "offsetEnd": 0}
    httpserver.expect_request("/api/3/bills/2025").respond_with_json(page)
    assert "does not come to an end" in refused_list(source, UnexpectedAnswer)


def test_a_list_that_goes_back_is_refused(source, httpserver):
    page = saved("bill_ids.json") | {"total": 9}
    httpserver.expect_ordered_request("/api/3/bills/2025").respond_with_json(page)
    page = page | {"result": {"items": page["result"]["items"][:1], "size": 1}}
    httpserver.expect_ordered_request("/api/3/bills/2025").respond_with_json(page)
    assert "the same part of a list twice" in refused_list(source, UnexpectedAnswer)


def test_a_list_that_repeats_a_page_under_new_offsets_is_refused(source, httpserver):
    page = saved("bill_ids.json") | {"total": 9}
    for offset in (1, 3):
        httpserver.expect_ordered_request("/api/3/bills/2025").respond_with_json(
            page | {"offsetStart": offset, "offsetEnd": offset + 1}
        )
    assert "the same part of a list twice" in refused_list(source, UnexpectedAnswer)


def test_a_list_that_breaks_off_is_not_taken_for_complete(source, httpserver):
    page = saved("bill_ids.json") | {"total": 9}
    httpserver.expect_ordered_request("/api/3/bills/2025").respond_with_json(page)
    httpserver.expect_ordered_request("/api/3/bills/2025").respond_with_json(saved("empty_list.json"))
    assert "broke off" in refused_list(source, SourceUnavailable)


@pytest.mark.parametrize(
    ("body", "status", "kind"),
    [
        ({"success": True, "result": {"items": []}}, 200, UnexpectedAnswer),
        ({"errorCode": 1}, 400, UnexpectedAnswer),
        ({"errorCode": 11}, 404, SourceUnavailable),
        ({"errorCode": -1}, 500, SourceUnavailable),
        (
            {"success": True, "total": -1, "offsetEnd": 0, "result": {"items": [], "size": 0}},
            200,
            UnexpectedAnswer,
        ),
        (
            {"success": True, "total": 1, "offsetEnd": 1, "result": {"items": [5], "size": 1}},
            200,
            UnexpectedAnswer,
        ),
        (
            {"success": True, "total": 2, "offsetEnd": 2, "result": {"items": [], "size": 2}},
            200,
            UnexpectedAnswer,
        ),
    ],
)
def test_a_list_that_fails_raises(source, httpserver, body, status, kind):
    httpserver.expect_request("/api/3/bills/2025").respond_with_json(body, status=status)
    refused_list(source, kind)


# --- the search


def test_bills_are_found_by_words_with_title_and_summary(source, httpserver):
    httpserver.expect_request(
        "/api/3/bills/2025/search",
        query_string={
            "term": 'title:(lamp* OR "private ferry") OR summary:(lamp* OR "private ferry")',
            "sort": "publishedDateTime:asc",
            "limit": "1000",
            "offset": "1",
            "key": SECRET,
        },
    ).respond_with_json(saved("found.json"))
    assert list(source.find("ny", 2025, ["lamp*", "private ferry"])) == [
        Touched(BILL, None, "Relates to lamps in the halls of consulates", "Relates to lamps."),
        Touched(number("A9874", 2025)),
    ]


@pytest.mark.parametrize("words", [[], [""], ["*", " ** ", '"', "\\", "( )", "&&"]])
def test_where_there_is_no_word_nothing_is_asked(source, httpserver, words):
    assert list(source.find("ny", 2025, words)) == []
    assert not httpserver.log


def found_page(first: int, total: int) -> dict:
    entries = [
        {"result": {"basePrintNo": f"S{first + place}", "session": 2025}} for place in range(PAGE_SIZE)
    ]
    last = min(first + PAGE_SIZE - 1, total)
    return {
        "success": True,
        "total": total,
        "offsetStart": first,
        "offsetEnd": last,
        "result": {"items": entries[: last - first + 1]},
    }


@pytest.mark.parametrize("total", [9_001, 10_000, 10_001])
def test_a_search_never_goes_beyond_ten_thousand_and_says_so(source, httpserver, quick, total):
    source._http.manners = replace(quick, most_bytes=1_000_000)
    for first in range(1, 10_001, PAGE_SIZE):
        httpserver.expect_ordered_request("/api/3/bills/2025/search").respond_with_json(
            found_page(first, total)
        )
    told = []
    all_of_it = (
        nullcontext() if total <= 10_000 else pytest.raises(UnexpectedAnswer, match="more than 10,000")
    )
    with all_of_it:
        for each in source.find("ny", 2025, ["lamps"]):
            told.append(each)
    assert len(told) == min(total, 10_000)
    assert [request.args["offset"] for request, _ in httpserver.log][-1] == "9001"


def test_many_words_are_asked_for_in_parts_and_a_bill_is_told_once(source, httpserver):
    httpserver.expect_request("/api/3/bills/2025/search").respond_with_json(saved("found.json"))
    words = [f"lantern of ferry {place}" for place in range(60)]
    assert len(list(source.find("ny", 2025, words))) == 2
    terms = [request.args["term"] for request, _ in httpserver.log]
    assert len(terms) > 1
    assert all(len(term) < 2 * LONGEST_LIST + 100 for term in terms)
    assert all(any(f'"{word}"' in term for term in terms) for word in words)


@pytest.mark.parametrize(
    ("word", "clause"),
    [
        ("Lamps", '"Lamps"'),
        ("E-Verify", '"E-Verify"'),
        ("U.S. lamps", '"U.S. lamps"'),
        ("Immigra*", "immigra*"),
        ("private prison*", '(+prison* +"private")'),
        ("non-citizen*", '(+citizen* +"non")'),
        ("keeper's*", "keeper's*"),
        ('lamp" OR session:2025 OR "', '"lamp OR session:2025 OR"'),
        ("lamp) OR (*", '(+or* +"lamp")'),
        ("lamp~2 AND NOT x*", '(+x* +"lamp" +"2" +"AND" +"NOT")'),
        ("a\\*", "a*"),
        ("lamp\x00\n\ud800s", '"lamp s"'),
        ("[a TO *]", '"[a TO *]"'),
    ],
)
def test_a_word_can_neither_break_the_query_nor_widen_it(word, clause):
    assert list(search_terms([word])) == [f"title:({clause}) OR summary:({clause})"]


@given(strategies.lists(strategies.text(max_size=30), max_size=5))
def test_of_any_words_only_letters_and_our_own_signs_stand_outside_quotation_marks(words):
    for term in search_terms(words):
        outside = re.sub(r'"[^"]*"', '""', term)
        assert '"' not in outside.replace('""', "")
        assert "\\" not in term
        assert re.fullmatch(r"title:\((.+)\) OR summary:\(\1\)", term)
        clause = r"""(?:""|[^\W_'’]+(?:['’][^\W_]+)*\*|\(\+[^\W_]+(?:['’][^\W_]+)*\*(?: \+"")+\))"""
        inner = outside[len("title:(") :].split(") OR summary:(")[0]
        assert re.fullmatch(rf"{clause}(?: OR {clause})*", inner)
        term.encode()


# --- whatever else comes

JSON = strategies.recursive(
    strategies.none()
    | strategies.booleans()
    | strategies.integers()
    | strategies.floats(allow_nan=False, allow_infinity=False)
    | strategies.text(max_size=12)
    | strategies.sampled_from(["S9871", "2026-01-07", "2026-01-07T09:06", "SENATE", "IN_SENATE_COMM", "A"]),
    lambda inner: (
        strategies.lists(inner, max_size=3) | strategies.dictionaries(strategies.text(max_size=8), inner)
    ),
    max_leaves=6,
)


def spots(node, path=()):
    """Every place in a JSON value."""
    yield path
    inner = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for name, each in inner:
        yield from spots(each, (*path, name))


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=strategies.data())
def test_garbage_anywhere_in_an_answer_ends_in_a_snapshot_or_a_source_error(source, httpserver, data):
    name, path, ask = data.draw(
        strategies.sampled_from(
            [
                ("bill_S9871-2025.json", BILL_PATH, lambda: source.fetch_bill(BILL)),
                ("updates_page_2.json", UPDATES, lambda: list(source.changed_since("ny", SINCE, UNTIL))),
                ("bill_ids.json", "/api/3/bills/2025", lambda: list(source.listed("ny", 2025))),
                ("bill_ids.json", "/api/3/bills/2025", lambda: source.count("ny", 2025)),
                ("found.json", "/api/3/bills/2025/search", lambda: list(source.find("ny", 2025, ["lamps"]))),
            ]
        )
    )
    body = saved(name)
    *parents, last = data.draw(strategies.sampled_from([spot for spot in spots(body) if spot]))
    spot = body
    for part in parents:
        spot = spot[part]
    spot[last] = data.draw(JSON)
    httpserver.clear_all_handlers()
    httpserver.expect_request(path).respond_with_json(body)
    with suppress(SourceError):
        ask()


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
    assert snapshot.sponsor_memo.startswith("BILL NUMBER:  S609A")
    assert snapshot.official_summary.startswith(snapshot.title[:20])
    assert (snapshot.messages, snapshot.agenda, snapshot.roll_calls) == ((), (), ())
    assert [line.name for line in snapshot.documents] == ["S609A"]


def test_the_real_blank_record_is_refused(shared, source, httpserver):
    httpserver.expect_request("/api/3/bills/2015/A9270").respond_with_json(
        real(shared, "blank_bill_A9270-2015.partial.json")
    )
    with pytest.raises(UnexpectedAnswer, match="blank record"):
        source.fetch_bill(number("A9270", 2015))


def test_the_real_errors_and_the_real_empty_list(shared, source, httpserver):
    httpserver.expect_oneshot_request("/api/3/bills/2025").respond_with_json(real(shared, "empty_list.json"))
    assert list(source.listed("ny", 2025)) == []
    for name in ("error_search.json", "error_committee_not_found.json"):
        httpserver.expect_oneshot_request(BILL_PATH).respond_with_json(real(shared, name))
        with pytest.raises(UnexpectedAnswer):
            source.fetch_bill(BILL)
