"""The API of Congress.gov: invented answers in its shape (data/), real ones (../shared), and broken ones."""

from __future__ import annotations

import copy
import json
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from bills.print_numbers import parse_print_no
from bills.providers.base import (
    BillNotFound,
    DocumentLine,
    KeyRefused,
    SourceError,
    SourceUnavailable,
    SponsorLine,
    UnexpectedAnswer,
)
from bills.providers.congress import PAGE_SIZE, Congress
from bills.providers.congress_answers import moment_or_day, start_of, washington_day
from bills.providers.congress_bill import plain_text
from bills.providers.http import Manners
from bills.stages import read_standing

DATA = Path(__file__).parent / "data"
SECRET = "never-show-60c1e"
PART = "/v3/bill/119/hr/9801"
SINCE, UNTIL = datetime(2026, 5, 1, 15, 30, tzinfo=UTC), datetime(2026, 5, 4, 9, tzinfo=UTC)


def number(text: str, session: int = 119):
    return parse_print_no(text, legislature="us", session=session)


BILL = number("HR9801")


def saved(name: str) -> dict:
    return json.loads((DATA / name).read_text(encoding="utf-8"))


@pytest.fixture
def answers() -> dict:
    """The saved answers about H.R. 9801 of the 119th Congress by the last part of their path, to be broken."""
    return copy.deepcopy(saved("congress_hr9801-119.json"))


@pytest.fixture
def source(httpserver, quick):
    return Congress(httpserver.url_for("/v3"), SECRET, manners=quick)


@pytest.fixture
def fetch(source, httpserver):
    """The snapshot that answers about H.R. 9801 become. Lists are served whole, whatever is asked for."""

    def ask(answers: dict):
        httpserver.clear()
        for part, body in answers.items():
            path = PART if part == "bill" else f"{PART}/{part}"
            httpserver.expect_request(path).respond_with_json(body)
        return source.fetch_bill(BILL)

    return ask


def serve_in_pages(httpserver, path: str, name: str, items: list, *, size: int = PAGE_SIZE, **pagination):
    """Answer `path` with `size` items from the offset asked for."""
    from werkzeug import Response

    def answer(request):
        offset = int(request.args["offset"])
        page = {
            name: items[offset : offset + size],
            "pagination": {"count": len(items), **pagination},
        }
        return Response(json.dumps(page), content_type="application/json")

    httpserver.expect_request(path).respond_with_handler(answer)


def refusal(fetch, answers: dict) -> str:
    with pytest.raises(UnexpectedAnswer) as caught:
        fetch(answers)
    assert len(str(caught.value)) < 400
    return str(caught.value)


def lines_of(answers: dict, *actions: dict) -> dict:
    """The answers about a bill that is no law and has these actions, given oldest first."""
    newest_first = [
        {"type": "Floor", "sourceSystem": {"code": 2, "name": "House floor actions"}, **each}
        for each in reversed(actions)
    ]
    answers["bill"]["bill"] |= {"laws": [], "actions": {"count": len(newest_first)}}
    answers["actions"] = {"actions": newest_first, "pagination": {"count": len(newest_first)}}
    return answers


INTRODUCED = {
    "actionDate": "2025-02-03",
    "text": "Introduced in House",
    "type": "IntroReferral",
    "actionCode": "1000",
    "sourceSystem": {"code": 9, "name": "Library of Congress"},
}


# --- what is asked


def test_the_key_goes_in_a_header_and_a_bill_is_asked_for_in_eight_requests(fetch, answers, httpserver):
    fetch(answers)
    requests = [request for request, _ in httpserver.log]
    assert [request.path for request in requests][:2] == [PART, f"{PART}/actions"]
    assert len(requests) == 8
    for request in requests:
        assert request.headers["X-Api-Key"] == SECRET
        assert SECRET not in request.url
        assert request.args["format"] == "json"
    assert {request.args.get("limit") for request in requests[1:]} == {"250"}


def test_what_a_bill_does_not_have_is_not_asked_for(fetch, answers, httpserver):
    for part in ("committees", "titles", "summaries", "relatedBills"):
        del answers["bill"]["bill"][part]
    for part in ("cosponsors", "textVersions"):
        answers["bill"]["bill"][part] = {"count": 0}
    snapshot = fetch(answers)
    assert [request.path for request, _ in httpserver.log] == [PART, f"{PART}/actions"]
    assert [line.kind for line in snapshot.sponsors] == ["prime"]
    assert snapshot.documents == ()
    assert (snapshot.same_as, snapshot.official_summary, snapshot.short_name) == (None, None, None)
    assert snapshot.title == "Lantern Ferries Act"


def test_the_default_pace_stays_below_five_thousand_an_hour_and_a_chosen_one_is_kept():
    paced = Congress("https://api.invalid/v3", SECRET)._http.manners
    assert paced.per_second * 3600 < 5000
    assert Congress("https://api.invalid/v3", SECRET, manners=Manners())._http.manners == paced
    chosen = Manners(per_second=50)
    assert Congress("https://api.invalid/v3", SECRET, manners=chosen)._http.manners == chosen


def test_without_a_key_there_is_no_source(settings):
    settings.CONGRESS_API_KEY = ""
    assert Congress.configured() is None
    settings.CONGRESS_API_KEY = SECRET
    assert Congress.configured().code == "congress"


@pytest.mark.parametrize("asked", [number("HR9801", None), parse_print_no("S5-2025", legislature="ny")])
def test_only_bills_of_a_congress_can_be_asked_for(source, asked):
    with pytest.raises(ValueError):
        source.fetch_bill(asked)


# --- what becomes of a good answer


def test_a_bill_that_became_law(fetch, answers):
    snapshot = fetch(answers)
    standing = read_standing("us", 119, "HR9801", snapshot.actions, today=date(2026, 1, 1))
    assert (standing.status, standing.outcome, standing.law_since) == (
        "BECAME_LAW",
        "signed",
        date(2025, 6, 20),
    )
    assert [(stage.code, str(stage.date)) for stage in standing.stages] == [
        ("INTRODUCED", "2025-02-03"),
        ("REPORTED", "2025-03-20"),
        ("PASSED_HOUSE", "2025-04-01"),
        ("PASSED_SENATE", "2025-05-29"),
        ("TO_PRESIDENT", "2025-06-12"),
        ("BECAME_LAW", "2025-06-20"),
    ]
    assert snapshot.chapter == standing.chapter == "119-901"
    assert snapshot.number == BILL
    assert snapshot.title == "To require lanterns on ferries that carry consuls, and for other purposes."
    assert snapshot.short_name == "Lantern Ferries Act"
    assert snapshot.official_summary == (
        "Lantern Ferries Act\n\nThis act requires lanterns on ferries & piers."
    )
    assert snapshot.introduced_on == date(2025, 2, 3)
    assert snapshot.same_as == (number("S9802"),)
    assert (snapshot.roll_calls, snapshot.prints, snapshot.messages, snapshot.agenda) == (None,) * 4


def test_sponsors_are_named_plainly_and_one_who_withdrew_stays_listed_last(fetch, answers):
    cosponsors = answers["cosponsors"]["cosponsors"]
    cosponsors.insert(0, cosponsors.pop())
    assert fetch(answers).sponsors == (
        SponsorLine("Ada M. Quillfeather", "prime", "house", "VA-97"),
        SponsorLine("Bea Tamarind-Okoye Jr.", "co", "house", "OH-99", date(2025, 2, 3)),
        SponsorLine("Cyrus Holt Loam", "co", "house", "DC-At Large", date(2025, 2, 10)),
        SponsorLine("Dov Wren", "co", "house", "NY-98", date(2025, 2, 11), date(2025, 3, 1)),
    )


@pytest.mark.parametrize(
    ("member", "name", "district"),
    [
        ({"fullName": "Sen. Ørsted, Cy [I-VT]", "state": "VT", "district": ""}, "Cy Ørsted", "VT"),
        ({"fullName": "Sen. St. Clair, Ada Bo [D-ME] (by request)", "state": "ME"}, "Ada Bo St. Clair", "ME"),
        (
            {"fullName": "", "firstName": "Ada", "middleName": "B.", "lastName": "Vennart"},
            "Ada B. Vennart",
            "",
        ),
        ({"fullName": "Sen. Vennart [D-ME]", "firstName": "Ada", "lastName": "Vennart"}, "Ada Vennart", ""),
    ],
)
def test_names_and_states_of_senators(source, httpserver, answers, member, name, district):
    bill = answers["bill"]["bill"]
    answers = lines_of(answers, {**INTRODUCED, "text": "Introduced in Senate", "actionCode": "10000"})
    bill |= {"type": "S", "sponsors": [member], "cosponsors": None}
    for part in ("committees", "titles", "summaries", "relatedBills", "textVersions"):
        del bill[part]
    httpserver.expect_request("/v3/bill/119/s/9801").respond_with_json(answers["bill"])
    httpserver.expect_request("/v3/bill/119/s/9801/actions").respond_with_json(answers["actions"])
    snapshot = source.fetch_bill(number("S9801"))
    assert snapshot.sponsors == (SponsorLine(name, "prime", "senate", district),)
    assert snapshot.actions[0].chamber == "senate"


def test_each_version_of_the_text_has_one_line_with_its_day_in_washington(fetch, answers):
    address = "https://www.congress.gov/119/bills/hr9801/BILLS-119hr9801"
    assert fetch(answers).documents == (
        DocumentLine("text", "Introduced in House", f"{address}ih.htm", date(2025, 2, 3)),
        DocumentLine("text", "Engrossed in House", f"{address}eh.htm", date(2025, 4, 1)),
        DocumentLine("text", "Public Law", f"{address}pl.htm", None),
    )
    answers["text"]["textVersions"][0]["formats"] = [{"type": "PDF", "url": "javascript:alert(1)"}]
    assert len(fetch(answers).documents) == 2


def test_addresses_hold_no_key(fetch, answers):
    snapshot = fetch(answers)
    assert snapshot.official_url == "https://www.congress.gov/bill/119th-congress/house-bill/9801"
    assert snapshot.source_url.endswith("/v3/bill/119/hr/9801")
    assert SECRET not in repr(snapshot)


@pytest.mark.parametrize(
    ("asked", "page"),
    [
        (number("S.Con.Res. 9", 101), "101st-congress/senate-concurrent-resolution/9"),
        (number("H.J.Res. 9", 112), "112th-congress/house-joint-resolution/9"),
        (number("S.Res. 9", 103), "103rd-congress/senate-resolution/9"),
    ],
)
def test_the_public_page_of_every_kind_of_measure(source, httpserver, answers, asked, page):
    answers = lines_of(answers, INTRODUCED)
    kind = asked.designator.upper()
    bill = {"congress": asked.session, "type": kind, "number": "9", "actions": {"count": 1}}
    path = f"/v3/bill/{asked.session}/{kind.lower()}/9"
    httpserver.expect_request(path).respond_with_json({"bill": bill})
    httpserver.expect_request(f"{path}/actions").respond_with_json(answers["actions"])
    snapshot = source.fetch_bill(asked)
    assert snapshot.official_url == f"https://www.congress.gov/bill/{page}"
    assert snapshot.sponsors is None


def test_the_short_name_is_the_shown_title_or_the_latest_short_title(fetch, answers):
    official = answers["titles"]["titles"][1]["title"]
    answers["bill"]["bill"]["title"] = official
    assert fetch(answers).short_name == "Lantern Ferries Act"
    del answers["titles"]["titles"][3]
    answers["titles"]["pagination"]["count"] = answers["bill"]["bill"]["titles"]["count"] = 4
    assert fetch(answers).short_name == "Lanterns Act of 2025"
    answers["titles"] = {"titles": answers["titles"]["titles"][1:2], "pagination": {"count": 1}}
    answers["bill"]["bill"]["titles"]["count"] = 1
    assert fetch(answers).short_name is None


def test_the_committee_is_that_of_the_chamber_where_it_lies(fetch, answers):
    assert fetch(answers).referred_to is None  # it is law, and lies nowhere
    answers = lines_of(answers, INTRODUCED)
    ferries = answers["committees"]["committees"][1]
    later = {**ferries, "name": "Piers Committee", "activities": [{"date": "2025-02-04T15:00:00Z"}]}
    answers["committees"]["committees"] = [later, {**later, "activities": None}, ferries]
    assert fetch(answers).referred_to == "Ferries Committee"


def test_a_missing_latest_action_and_an_empty_title_survive(fetch, answers):
    bill = answers["bill"]["bill"]
    bill |= {"title": "", "latestAction": None, "number": 9801, "congress": "119", "titles": {"count": 0}}
    assert fetch(answers).title is None


def test_a_summary_becomes_plain_text():
    assert plain_text("<p>Of <b>lan</b>terns</p><ul><li>one<li>two</ul>") == "Of lanterns\n\none\n\ntwo"
    assert plain_text("<script>alert(1)</script>plain") == "plain"
    assert plain_text("half \ud800 a pair") == "half ? a pair"


# --- actions


def test_actions_are_oldest_first_and_an_event_of_two_systems_is_listed_once(fetch, answers):
    actions = fetch(answers).actions
    assert [line.sequence for line in actions] == list(range(1, len(actions) + 1))
    assert [line.text.split(".")[0][:48] for line in actions] == [
        "Introduced in House",
        "Referred to the House Committee on Ferries",
        "Ordered to be Reported (Amended) by Voice Vote",
        "Reported (Amended) by the Committee on Ferries",
        "Placed on the Union Calendar, Calendar No",
        "Mr",
        "Considered as unfinished business",
        "Considered as unfinished business",
        "On motion to suspend the rules and pass the bill",
        "Motion to reconsider laid on the table Agreed to",
        "Received in the Senate and Read twice and referr",
        "Senate Committee on Lanterns discharged by Unani",
        "Passed Senate without amendment by Unanimous Con",
        "Message on Senate action sent to the House",
        "Presented to President",
        "Signed by President",
        "Became Public Law No: 119-901",
    ]
    assert [line.chamber for line in actions] == ["house"] * 10 + ["senate"] * 4 + [""] * 3


def test_lines_of_one_day_follow_their_times_and_those_without_keep_their_place(fetch, answers):
    def at(time: str | None, text: str) -> dict:
        return {"actionDate": "2025-03-01", "text": text, **({"actionTime": time} if time else {})}

    answers = lines_of(
        answers, INTRODUCED, at("12:00:05", "Second."), at(None, "Between."), at("12:00:01", "First.")
    )
    assert [line.text for line in fetch(answers).actions][1:] == ["First.", "Between.", "Second."]


@pytest.mark.parametrize(
    ("action", "chamber"),
    [
        ({"sourceSystem": {"code": 0}, "text": "Message on House action received in Senate."}, "senate"),
        ({"sourceSystem": {"code": "1"}, "text": "Hearings Held by the Senate visitors."}, "house"),
        ({"sourceSystem": {"name": "Senate"}, "text": "Hearings held."}, "senate"),
        ({"sourceSystem": {"code": 9}, "actionCode": "14900", "text": "Report filed."}, "senate"),
        ({"sourceSystem": {"code": 9}, "actionCode": "5500", "text": "Committee discharged."}, "house"),
        ({"sourceSystem": {"code": 9}, "text": "Held at the desk of the Senate."}, "senate"),
        ({"sourceSystem": None, "actionCode": "H15000", "text": "Held at the desk."}, "house"),
        ({"sourceSystem": {"code": 7}, "text": "Lamps lit."}, ""),
        ({"sourceSystem": {"code": 2}, "text": "Vetoed by President.", "type": "Veto"}, ""),
    ],
)
def test_the_chamber_of_a_line(fetch, answers, action, chamber):
    answers = lines_of(answers, INTRODUCED, {"actionDate": "2025-03-01", **action})
    assert fetch(answers).actions[-1].chamber == chamber


@pytest.mark.parametrize("day", ["2099-03-01", "1925-03-01"])
def test_a_line_with_a_mistyped_year_is_refused(fetch, answers, day):
    new = {"actionDate": day, "text": "Vetoed by President.", "type": "Veto"}
    assert f"a line of {day}" in refusal(fetch, lines_of(answers, INTRODUCED, new))


def test_an_unknown_type_or_code_decides_nothing_and_is_no_error(fetch, answers):
    new = {"actionDate": "2025-03-01", "type": "Luminous", "actionCode": "L55", "text": "Lamps lit."}
    assert fetch(lines_of(answers, INTRODUCED, new)).actions[-1].text == "Lamps lit."


def test_a_line_without_text_is_left_out(fetch, answers):
    blank = {"actionDate": "2025-03-01", "text": None}
    assert len(fetch(lines_of(answers, INTRODUCED, blank)).actions) == 1


@pytest.mark.parametrize(
    ("code", "type_", "text"),
    [
        ("8000", "Floor", "The lamps of the House have been lit."),
        ("17000", "Floor", "Failed of passage in Senate by Yea-Nay Vote. 1 - 2."),
        ("28000", "President", ""),
        ("31000", "Veto", "The President sent it back."),
        ("36000", "BecameLaw", "Star Print ordered on the bill."),
        ("", "BecameLaw", "It is the law of the lanterns."),
    ],
)
def test_a_line_marked_as_decisive_in_words_that_we_do_not_know_is_refused(fetch, answers, code, type_, text):
    new = {"actionDate": "2025-03-01", "type": type_, "actionCode": code, "text": text}
    assert "marks a line as decisive" in refusal(fetch, lines_of(answers, INTRODUCED, new))


def test_a_passage_that_names_no_chamber_is_refused(fetch, answers):
    new = {
        "actionDate": "2025-03-01",
        "text": "On passage Passed by voice vote.",
        "sourceSystem": {"code": 7},
    }
    assert "names no chamber" in refusal(fetch, lines_of(answers, INTRODUCED, new))


def test_a_bill_without_actions_is_refused(fetch, answers):
    answers["bill"]["bill"]["actions"] = None
    answers["actions"] = {"actions": [], "pagination": {"count": 0}}
    assert "blank record" in refusal(fetch, answers)


# --- laws


def test_laws_that_the_actions_do_not_bear_out_are_refused(fetch, answers):
    answers = lines_of(answers, INTRODUCED)
    answers["bill"]["bill"]["laws"] = [{"type": "Public Law", "number": "119-901"}]
    told = refusal(fetch, answers)
    assert "Public Law 119-901" in told
    assert "INTRODUCED" in told


def test_a_law_number_in_the_actions_without_one_in_laws_is_refused(fetch, answers):
    answers["bill"]["bill"]["laws"] = None
    told = refusal(fetch, answers)
    assert "lists no law" in told
    assert "BECAME_LAW" in told


def test_two_law_numbers_are_refused(fetch, answers):
    answers["bill"]["bill"]["laws"] = [{"type": "Public Law", "number": "119-902"}]
    assert "119-902" in (told := refusal(fetch, answers))
    assert "119-901" in told


def test_a_signed_bill_waits_some_days_for_its_number(fetch, answers):
    actions = [each for each in answers["actions"]["actions"] if "Became" not in each["text"]]
    answers["actions"] = {"actions": actions, "pagination": {"count": len(actions)}}
    answers["bill"]["bill"] |= {"laws": [], "actions": {"count": len(actions)}}
    snapshot = fetch(answers)
    assert snapshot.chapter is None
    standing = read_standing("us", 119, "HR9801", snapshot.actions, today=date(2025, 7, 1))
    assert (standing.outcome, standing.law) == ("signed", True)


def test_a_private_law_has_no_public_number(fetch, answers):
    for action in answers["actions"]["actions"]:
        action["text"] = action["text"].replace("Public Law No: 119-901", "Private Law No: 119-1")
    answers["bill"]["bill"]["laws"] = [{"type": "Private Law", "number": "119-1"}]
    snapshot = fetch(answers)
    standing = read_standing("us", 119, "HR9801", snapshot.actions, today=date(2026, 1, 1))
    assert (standing.status, standing.chapter, snapshot.chapter) == ("BECAME_LAW", "", None)


# --- lists


@pytest.mark.parametrize("in_the_bill", [True, False])
def test_every_co_sponsor_is_read_page_by_page_those_who_withdrew_too(
    source, httpserver, answers, in_the_bill
):
    """The count of the list leaves out who withdrew: stopping there would lose the last of 251."""
    member = answers["cosponsors"]["cosponsors"][0]
    many = [
        {**member, "fullName": f"Rep. Wick{n}, Ada [D-NY-1]", "bioguideId": f"W{n:06}"} for n in range(251)
    ]
    many[7]["sponsorshipWithdrawnDate"] = "2025-03-01"
    counts = {"count": 250, "countIncludingWithdrawnCosponsors": 251}
    answers["bill"]["bill"]["cosponsors"] = counts if in_the_bill else {"count": 250}
    for part, body in answers.items():
        if part != "cosponsors":
            httpserver.expect_request(PART if part == "bill" else f"{PART}/{part}").respond_with_json(body)
    serve_in_pages(
        httpserver, f"{PART}/cosponsors", "cosponsors", many, **({"count": 250} if in_the_bill else counts)
    )
    assert len(source.fetch_bill(BILL).sponsors) == 252


def serve_all_but(httpserver, answers: dict, left_out: str) -> None:
    httpserver.clear()
    for part, body in answers.items():
        if part != left_out:
            httpserver.expect_request(PART if part == "bill" else f"{PART}/{part}").respond_with_json(body)


@pytest.mark.parametrize("size", [1, 24])
def test_a_page_with_room_left_that_says_more_follows_is_refused_at_once(source, httpserver, answers, size):
    serve_all_but(httpserver, answers, "actions")
    serve_in_pages(httpserver, f"{PART}/actions", "actions", answers["actions"]["actions"], size=size)
    with pytest.raises(UnexpectedAnswer, match=f"counts 25 actions and lists {size}"):
        source.fetch_bill(BILL)
    assert len(httpserver.log) == 2


@pytest.mark.parametrize("lost", ["all", "one"])
@pytest.mark.parametrize("part", [part for part in saved("congress_hr9801-119.json") if part != "bill"])
def test_a_part_shorter_than_the_bill_counts_is_refused_whatever_it_counts_itself(fetch, answers, part, lost):
    name = {"text": "textVersions", "relatedbills": "relatedBills"}.get(part, part)
    items = answers[part][name]
    counted = len(items)
    answers[part] = {name: items[1:] if lost == "one" else [], "pagination": {"count": 0}}
    told = refusal(fetch, answers)
    assert f"counts {counted} " in told
    assert "and lists" in told


def test_a_part_longer_than_the_bill_counts_is_read(fetch, answers):
    answers["bill"]["bill"]["committees"]["count"] = answers["bill"]["bill"]["titles"]["count"] = 1
    assert fetch(answers).short_name == "Lantern Ferries Act"


def test_a_list_that_does_not_turn_its_page_is_refused(source, httpserver, answers):
    serve_all_but(httpserver, answers, "titles")
    same = {"titles": answers["titles"]["titles"][:1] * PAGE_SIZE, "pagination": {"count": 2 * PAGE_SIZE + 1}}
    httpserver.expect_request(f"{PART}/titles").respond_with_json(same)
    with pytest.raises(UnexpectedAnswer, match="counts 501 titles"):
        source.fetch_bill(BILL)
    assert [request.path for request, _ in httpserver.log].count(f"{PART}/titles") == 2


def test_a_list_that_ends_short_of_its_count_is_refused(source, httpserver, answers):
    for part in ("actions", "titles", "text", "summaries", "relatedbills", "cosponsors"):
        httpserver.clear()
        name = {"text": "textVersions", "relatedbills": "relatedBills"}.get(part, part)
        for other, body in answers.items():
            if other != part:
                httpserver.expect_request(PART if other == "bill" else f"{PART}/{other}").respond_with_json(
                    body
                )
        items = answers[part][name][:-1]
        serve_in_pages(httpserver, f"{PART}/{part}", name, items, count=len(items) + 1)
        with pytest.raises(UnexpectedAnswer, match="and lists"):
            source.fetch_bill(BILL)


def test_more_or_fewer_co_sponsors_than_the_bill_counts_are_refused(fetch, answers):
    answers["bill"]["bill"]["cosponsors"]["countIncludingWithdrawnCosponsors"] = 2
    assert "counts 2 co-sponsors and lists 3" in refusal(fetch, answers)


def test_a_part_that_never_ends_is_given_up_after_eight_requests(source, httpserver, answers):
    serve_all_but(httpserver, answers, "titles")
    titles = [{"title": f"Lantern Act {place}"} for place in range(9 * PAGE_SIZE)]
    serve_in_pages(httpserver, f"{PART}/titles", "titles", titles, count=10_000_000)
    with pytest.raises(UnexpectedAnswer, match="does not come to an end"):
        source.fetch_bill(BILL)
    assert [request.path for request, _ in httpserver.log].count(f"{PART}/titles") == 8


# --- faults


def test_no_such_bill_is_told_from_an_outage(source, httpserver):
    missing = {"error": "Unknown resource: bill/119/hr/9801"}
    httpserver.expect_oneshot_request(PART).respond_with_json(missing, status=404)
    with pytest.raises(BillNotFound, match="no bill HR9801 of the Congress 119"):
        source.fetch_bill(BILL)
    for body in ({"error": {"code": "NOT_FOUND"}}, {"error": ""}, {"message": "?"}, [], None):
        httpserver.expect_oneshot_request(PART).respond_with_json(body, status=404)
        with pytest.raises(SourceUnavailable):
            source.fetch_bill(BILL)
    httpserver.expect_oneshot_request(PART).respond_with_data("<h1>404</h1>", 404, content_type="text/html")
    with pytest.raises(SourceUnavailable):
        source.fetch_bill(BILL)


def test_a_404_to_a_part_of_a_bill_is_an_outage(source, httpserver, answers):
    httpserver.expect_request(PART).respond_with_json(answers["bill"])
    httpserver.expect_request(f"{PART}/actions").respond_with_json({"error": "Unknown resource"}, status=404)
    with pytest.raises(SourceUnavailable, match="404 to a list"):
        source.fetch_bill(BILL)


def test_a_refused_key_is_named_by_its_variable(source, httpserver):
    body = {"error": {"code": "API_KEY_INVALID", "message": "An invalid api_key was supplied."}}
    httpserver.expect_request(PART).respond_with_json(body, status=403)
    with pytest.raises(KeyRefused, match="CONGRESS_API_KEY") as caught:
        source.fetch_bill(BILL)
    assert SECRET not in str(caught.value)


def test_too_many_questions_and_a_fault_inside_are_passing(source, httpserver):
    httpserver.expect_oneshot_request(PART).respond_with_json(
        {"error": {"code": "OVER_RATE_LIMIT"}}, status=429, headers={"Retry-After": "17"}
    )
    with pytest.raises(SourceUnavailable) as caught:
        source.fetch_bill(BILL)
    assert caught.value.retry_after == 17


def test_an_error_in_the_place_of_data_is_refused(source, httpserver, answers):
    httpserver.expect_oneshot_request(PART).respond_with_json({"error": "no (ValueError)", "request": {}})
    with pytest.raises(UnexpectedAnswer, match="an error instead of data"):
        source.fetch_bill(BILL)
    httpserver.expect_oneshot_request(PART).respond_with_json(answers["bill"])
    httpserver.expect_oneshot_request(f"{PART}/actions").respond_with_json({"error": "no", "request": {}})
    with pytest.raises(UnexpectedAnswer, match="an error instead of data"):
        source.fetch_bill(BILL)


def test_the_answer_must_be_about_the_bill_asked_for(fetch, answers):
    for change in ({"number": "9802"}, {"type": "S"}, {"congress": 118}, {"number": "980½"}, {"type": "XR"}):
        broken = copy.deepcopy(answers)
        broken["bill"]["bill"] |= change
        assert "another bill" in refusal(fetch, broken)


@pytest.mark.parametrize(
    ("path", "value", "place"),
    [
        (["bill", "bill"], None, "bill"),
        (["bill", "bill", "congress"], "many", "congress"),
        (["bill", "bill", "congress"], True, "congress"),
        (["bill", "bill", "number"], None, "number"),
        (["bill", "bill", "title"], ["Lantern"], "title"),
        (["bill", "bill", "introducedDate"], "02/03/2025", "introducedDate"),
        (["bill", "bill", "introducedDate"], "0001-01-01T00:00:00Z", "introducedDate"),
        (["bill", "bill", "introducedDate"], "0001-01-01", "cannot be"),
        (["bill", "bill", "sponsors"], "Ada", "sponsors"),
        (["bill", "bill", "cosponsors", "count"], -1, "cosponsors.count"),
        (["bill", "bill", "laws", 0, "number"], None, "laws.0.number"),
        (["actions", "actions"], {"item": []}, "actions"),
        (["actions", "actions", 0, "actionDate"], "2025-02-30", "“actions”: items.0.actionDate"),
        (["actions", "actions", 0, "actionDate"], None, "“actions”: items.0.actionDate"),
        (["actions", "actions", 0, "actionTime"], "noon", "actionTime"),
        (["actions", "actions", 0, "text"], 5, "text"),
        (["actions", "pagination", "count"], "all", "pagination.count"),
        (["cosponsors", "cosponsors", 0, "sponsorshipDate"], "soon", "sponsorshipDate"),
        (["text", "textVersions", 0, "formats"], "PDF", "formats"),
        (["relatedbills", "relatedBills", 0, "relationshipDetails"], 5, "relationshipDetails"),
    ],
)
def test_another_shape_is_refused_and_named(fetch, answers, path, value, place):
    *parents, last = path
    spot = answers
    for part in parents:
        spot = spot[part]
    spot[last] = value
    assert place in refusal(fetch, answers)


GARBAGE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=12) | st.floats(allow_nan=False),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
ANSWERS = saved("congress_hr9801-119.json")


def spots(value, path=()):
    """Every place within an answer."""
    yield path
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from spots(inner, (*path, key))
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from spots(inner, (*path, place))


@hypothesis_settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(spot=st.sampled_from([path for path in spots(ANSWERS) if path]), garbage=GARBAGE)
def test_garbage_anywhere_is_a_source_error_or_does_not_matter(fetch, spot, garbage):
    answers = copy.deepcopy(ANSWERS)
    inner = answers
    for part in spot[:-1]:
        inner = inner[part]
    inner[spot[-1]] = garbage
    with suppress(SourceError):
        assert fetch(answers).number == BILL


# --- days and moments


def test_days_and_moments_of_the_api():
    assert moment_or_day("2026-05-18") == date(2026, 5, 18)
    assert moment_or_day("2026-05-18T20:50:59Z") == datetime(2026, 5, 18, 20, 50, 59, tzinfo=UTC)
    assert washington_day("2021-01-06T05:00:00Z") == date(2021, 1, 6)
    assert washington_day("2021-07-06T03:59:59Z") == date(2021, 7, 5)
    assert start_of("2026-05-18") == datetime(2026, 5, 18, tzinfo=UTC)


@given(st.text(max_size=30) | st.from_regex(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\dZ?)?", fullmatch=True))
def test_any_text_is_a_moment_or_a_value_error(text):
    for read in (moment_or_day, washington_day, start_of):
        try:
            read(text)
        except ValueError:
            continue
        assert text[:4].isdigit()


@pytest.mark.parametrize(
    "text", ["9999-12-31", "9999-12-31T23:59:59-05:00", "0001-01-01", "1776-12-31", "2200-01-01"]
)
def test_a_year_that_cannot_be_is_no_day_and_in_a_list_no_time(source, httpserver, answers, fetch, text):
    for read in (moment_or_day, washington_day, start_of):
        with pytest.raises(ValueError, match="cannot be"):
            read(text)
    entry = {"congress": 119, "type": "HR", "number": "9801", "updateDate": text}
    pages(httpserver, "/v3/bill", ([entry], 1))
    (touched,) = source.changed_since("us", SINCE, UNTIL)
    assert (touched.number, touched.processed_at, touched.processed_until) == (BILL, None, None)
    answers["summaries"]["summaries"][0]["updateDate"] = text
    assert "cannot be" in refusal(fetch, answers)


# --- what has changed, and what there is


def test_changes_of_all_congresses_each_once_without_what_is_no_number_of_ours(source, httpserver):
    page = saved("congress_bills.json")
    page["bills"].insert(3, page["bills"][0])
    page["pagination"]["count"] = 7
    httpserver.expect_request("/v3/bill").respond_with_json(page)
    found = list(source.changed_since("us", SINCE, UNTIL))
    assert [(touched.number, touched.title) for touched in found] == [
        (BILL, "Lantern Ferries Act"),
        (number("S9805", 118), "A bill to count wicks."),
        (number("H.J.Res. 9806"), ""),
        (number("S.Con.Res. 9807"), ""),
    ]
    # A bare day counts from its beginning, and no moment is later than what was asked for.
    assert [touched.processed_at for touched in found] == [
        datetime(2026, 5, 1, 12, 30, 15, tzinfo=UTC),
        datetime(2026, 5, 2, tzinfo=UTC),
        datetime(2026, 5, 2, 8, tzinfo=UTC),
        UNTIL,
    ]


def test_it_is_asked_from_the_beginning_of_the_first_day_on(source, httpserver):
    httpserver.expect_request("/v3/bill").respond_with_json({"bills": [], "pagination": {"count": 0}})
    assert list(source.changed_since("us", SINCE, UNTIL.replace(microsecond=5))) == []
    assert httpserver.log[0][0].args.to_dict() == {
        "format": "json",
        "fromDateTime": "2026-05-01T00:00:00Z",
        "toDateTime": "2026-05-04T09:00:01Z",
        "sort": "updateDate asc",
        "limit": "250",
        "offset": "0",
    }


def entries(*numbers: int) -> list[dict]:
    return [{"congress": 119, "type": "HR", "number": str(n), "title": f"Lantern {n}"} for n in numbers]


def pages(httpserver, path: str, *answers: tuple[list[dict], int]) -> None:
    for bills, count in answers:
        httpserver.expect_ordered_request(path).respond_with_json(
            {"bills": bills, "pagination": {"count": count}}
        )


def test_entries_that_move_up_while_the_list_is_read_are_not_lost(source, httpserver):
    """One of the first page is updated meanwhile and leaves the window: number 3 moves to the place of 2."""
    pages(
        httpserver,
        "/v3/bill",
        (entries(1, 2), 4),
        (entries(4), 3),
        (entries(3, 4), 3),
    )
    found = [touched.number.number for touched in source.changed_since("us", SINCE, UNTIL)]
    assert sorted(found) == [1, 2, 3, 4]
    assert [request.args["offset"] for request, _ in httpserver.log] == ["0", "2", "1"]


def test_a_list_of_bills_that_ends_short_or_does_not_count_is_refused(source, httpserver):
    pages(httpserver, "/v3/bill", (entries(1, 2), 3), ([], 3))
    with pytest.raises(UnexpectedAnswer, match="counts 3 bills and lists 2"):
        list(source.changed_since("us", SINCE, UNTIL))
    httpserver.clear()
    httpserver.expect_request("/v3/bill").respond_with_json({"bills": entries(1)})
    with pytest.raises(UnexpectedAnswer, match="does not say how many"):
        list(source.changed_since("us", SINCE, UNTIL))


def test_a_list_of_bills_that_never_ends_is_given_up(source, httpserver, monkeypatch):
    monkeypatch.setattr("bills.providers.congress.MOST_PAGES", 5)
    httpserver.expect_request("/v3/bill").respond_with_json(
        {"bills": entries(1), "pagination": {"count": 9_999_999}}
    )
    with pytest.raises(UnexpectedAnswer, match="does not come to an end"):
        list(source.changed_since("us", SINCE, UNTIL))
    assert len(httpserver.log) == 5


def test_every_measure_of_a_congress_is_listed_in_pages(source, httpserver):
    serve_in_pages(httpserver, "/v3/bill/119", "bills", entries(*range(1, 602)))
    assert len(list(source.listed("us", 119))) == 601
    assert [request.args["offset"] for request, _ in httpserver.log] == ["0", "250", "500"]
    assert httpserver.log[0][0].args.get("fromDateTime") is None


def test_a_list_in_which_an_entry_moved_is_read_a_second_time(source, httpserver):
    pages(
        httpserver,
        "/v3/bill/119",
        (entries(1, 2), 3),
        (entries(2), 3),  # number 3 was updated and moved to the front, and the others down
        (entries(3, 1, 2), 3),
    )
    assert [touched.number.number for touched in source.listed("us", 119)] == [1, 2, 3]


def test_the_count_and_the_search_that_lists_all(source, httpserver):
    httpserver.expect_request("/v3/bill/119").respond_with_json(
        {"bills": entries(1), "pagination": {"count": "1"}}
    )
    assert source.count("us", 119) == 1
    assert httpserver.log[0][0].args["limit"] == "1"
    assert [touched.title for touched in source.find("us", 119, ["ferr*"])] == ["Lantern 1"]


@pytest.mark.parametrize(
    ("body", "status", "kind"),
    [
        ({"bills": "all", "pagination": {"count": 1}}, 200, UnexpectedAnswer),
        ({"pagination": {"count": 1}}, 200, UnexpectedAnswer),
        ([], 200, UnexpectedAnswer),
        ({"error": "no"}, 400, UnexpectedAnswer),
        ({"error": "Unknown resource: bill"}, 404, SourceUnavailable),
        ({"error": "no (ValueError)"}, 500, SourceUnavailable),
        ({"error": "Authorization failed"}, 403, KeyRefused),
    ],
)
def test_a_list_that_fails_raises(source, httpserver, body, status, kind):
    httpserver.expect_request("/v3/bill/119").respond_with_json(body, status=status)
    for ask in (lambda: list(source.listed("us", 119)), lambda: source.count("us", 119)):
        with pytest.raises(SourceError) as caught:
            ask()
        assert type(caught.value) is kind


def test_other_legislatures_are_not_asked_about(source):
    for ask in (
        lambda: list(source.changed_since("ny", SINCE, UNTIL)),
        lambda: list(source.listed("nyc", 2024)),
        lambda: source.count("ny", 2025),
    ):
        with pytest.raises(ValueError):
            ask()


# --- real answers, where they are at hand


@pytest.fixture
def real(shared, httpserver, quick):
    """The real answers about H.R. 21 of the 117th Congress, of 2022, at their addresses."""
    folder = shared / "samples/congress"
    path = "/v3/bill/117/hr/21"
    for file in folder.glob("bill_117_hr_21*.json"):
        part = file.stem.removeprefix("bill_117_hr_21").replace("_", "/")
        httpserver.expect_request(path + part).respond_with_data(
            file.read_text(encoding="utf-8"), content_type="application/json"
        )
    httpserver.expect_request("/v3/bill").respond_with_data(
        (folder / "bill.json").read_text(encoding="utf-8"), content_type="application/json"
    )
    return Congress(httpserver.url_for("/v3"), SECRET, manners=quick)


def test_the_real_bill_passed_the_house_and_died_in_a_committee_of_the_senate(real):
    snapshot = real.fetch_bill(number("HR21", 117))
    assert len(snapshot.actions) == 8  # of 10: the introduction and the passage stand there twice
    alive = read_standing("us", 117, "HR21", snapshot.actions, today=date(2022, 6, 1))
    assert (alive.status, alive.date, alive.chamber, alive.committee) == (
        "PASSED_HOUSE",
        date(2021, 1, 5),
        "senate",
        "Committee on Homeland Security and Governmental Affairs",
    )
    dead = read_standing("us", 117, "HR21", snapshot.actions, today=date(2026, 1, 1))
    assert (dead.outcome, dead.ended_on) == ("died", date(2023, 1, 3))
    assert snapshot.referred_to == "Homeland Security and Governmental Affairs Committee"
    assert [(line.name, line.district) for line in snapshot.sponsors] == [
        ("Gerald E. Connolly", "VA-11"),
        ("James Comer", "KY-1"),
        ("Jody B. Hice", "GA-10"),
    ]
    assert snapshot.short_name == "FedRAMP Authorization Act"
    assert snapshot.title.startswith("To enhance the innovation")
    assert snapshot.official_summary.count("\n\n") == 4
    assert [line.name for line in snapshot.documents] == [
        "Introduced in House",
        "Engrossed in House",
        "Referred in Senate",
    ]
    assert snapshot.documents[0].published_on == date(2021, 1, 4)
    assert snapshot.same_as == ()
    assert snapshot.chapter is None


def test_the_real_first_page_of_all_bills(real, shared):
    first = json.loads((shared / "samples/congress/bill.json").read_text(encoding="utf-8"))
    changes = real.changed_since("us", SINCE, UNTIL)
    found = [next(changes) for _ in first["bills"]]
    assert found[0].number == number("HR3617", 117)
    assert found[0].processed_at == datetime(2022, 4, 3, tzinfo=UTC)
