"""Card, badge, picture, snippets, oEmbed and JSON-LD: what other sites get, good input and bad."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime
from io import BytesIO
from xml.etree import ElementTree

import pytest
from django.core.cache import cache
from PIL import Image

from bills.models import Sponsorship
from sponsors import pictures
from sponsors.lettering import SANS, drawable, font, wrapped
from sponsors.pictures import Card, draw
from tests.factories import make_bill, make_person, make_statement
from tests.reading import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reading_in_march_2026")]

SITE = "http://127.0.0.1:8000"
PARTS = ["embed/", "badge.svg", "share/", "share.png", "feed.atom", "calendar.ics"]
HARM = "</script><script>alert(1)</script>&\"'"


def law(print_no: str = "A9002", **fields):
    known = {
        "status": "SIGNED_BY_GOV", "outcome": "signed", "chapter": "37", "ended_on": date(2019, 6, 17),
        "law_since": date(2019, 6, 17), "last_action_on": date(2019, 6, 17), "chamber": "assembly",
    }  # fmt: skip
    return make_bill(print_no, year=2019, **(known | fields))


def living(print_no: str = "S9001", **fields):
    known = {
        "status_date": date(2026, 1, 7), "status_chamber": "senate", "status_committee": "Finance",
        "last_action_on": date(2026, 1, 7), "source": "open_legislation",
        "checked_at": datetime(2026, 3, 10, 14, tzinfo=UTC), "short_name": "Example Act",
    }  # fmt: skip
    return make_bill(print_no, year=2025, **(known | fields))


def part(bill, name: str) -> str:
    return f"{bill.get_absolute_url()}{name}"


# --- every part


@pytest.mark.parametrize("name", PARTS)
def test_each_part_is_found_in_every_spelling_and_only_of_published_bills(client, name):
    bill = living()
    answer = client.get(part(bill, name))
    assert answer.status_code == 200
    assert "public" in answer["Cache-Control"]
    assert not answer.cookies
    assert "Cookie" not in answer.get("Vary", "")
    assert client.get(part(bill, name), headers={"if-none-match": answer["ETag"]}).status_code == 304
    elsewhere = client.get(f"/bills/ny/2026/S.09001-A/{name}?theme=dark")
    assert (elsewhere.status_code, elsewhere["Location"]) == (301, f"{part(bill, name)}?theme=dark")
    assert client.get(f"/bills/ny/2025/s9999/{name}").status_code == 404
    assert client.get(f"/bills/ny/2025/%00/{name}").status_code == 404
    assert client.get(f"/bills/ny/9999/s9001/{name}").status_code == 404
    assert client.post(part(bill, name)).status_code == 405
    hidden = living("S9002", is_published=False)
    assert client.get(part(hidden, name)).status_code == 404


@pytest.mark.parametrize("name", PARTS)
def test_each_part_costs_at_most_four_questions(client, django_assert_max_num_queries, name):
    bill = living()
    with django_assert_max_num_queries(4):
        client.get(part(bill, name))


# --- the card


def test_the_card_may_stand_in_any_frame_and_needs_nothing_else(client):
    answer = client.get(part(living(), "embed/"))
    policy = answer["Content-Security-Policy"]
    assert "frame-ancestors *" in policy
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert "X-Frame-Options" not in answer
    assert "<script" not in answer.content.decode()
    words = text_of(answer)
    for said in ("This is not law.", "In the Senate Finance Committee since January 7, 2026",
                 "Checked at its source March 10, 2026", "S9001", "Example Act"):  # fmt: skip
        assert said in words
    links = re.findall(r"<a [^>]*>", answer.content.decode())
    assert links
    assert all('target="_top" rel="noopener"' in link and f'href="{SITE}/bills/' in link for link in links)


def test_every_other_page_stays_out_of_frames(client):
    answer = client.get(living().get_absolute_url())
    assert answer["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]


@pytest.mark.parametrize(("theme", "set_to"), [("dark", "dark"), ("light", "light"), ('"><script>', None)])
def test_the_theme_is_one_of_two_or_the_readers(client, theme, set_to):
    html = client.get(part(living(), "embed/"), {"theme": theme}).content.decode()
    assert re.findall(r'data-theme="(.*?)"', html) == ([set_to] if set_to else [])
    assert "<script>" not in html


def test_the_card_of_a_law_says_so_and_of_an_old_check_that_it_is_old(client):
    assert "This has been law since June 17, 2019 (chapter 37)." in text_of(client.get(part(law(), "embed/")))
    old = living("S9003", checked_at=datetime(2026, 3, 1, tzinfo=UTC))
    assert "May be out of date: last checked February 28, 2026." in text_of(client.get(part(old, "embed/")))


# --- the badge


@pytest.mark.parametrize(
    ("bill", "says"),
    [
        (lambda: living(), "S9001: Not law: In Senate committee"),
        (lambda: law(), "A9002: Law since June 17, 2019"),
        (lambda: make_bill("S9004", outcome="died", ended_on=date(2018, 12, 31)), "S9004: Not law: Died"),
        (lambda: make_bill("S9005", outcome="vetoed", ended_on=date(2018, 12, 3)), "S9005: Not law: Vetoed"),
        (lambda: make_bill("S9006", last_action_on=date(2018, 1, 3)), "S9006: Not known whether it is law"),
        (
            lambda: make_bill("S9007", year=2019, outcome="substituted", substituted_by=law("A9008"),
                              substituted_by_print_no="A9008B"),
            "S9007: Law since June 17, 2019",
        ),
        (
            lambda: living("S9009", checked_at=datetime(2026, 3, 1, tzinfo=UTC)),
            "S9009: Not law: In Senate committee (may be out of date)",
        ),
    ],
)  # fmt: skip
def test_the_badge_says_whether_it_is_law(client, bill, says):
    svg = ElementTree.fromstring(client.get(part(bill(), "badge.svg")).content)
    assert svg.findtext("{http://www.w3.org/2000/svg}title") == says


@pytest.mark.parametrize(
    ("label", "shown"),
    [
        ("<b>&\"' ]]>", "<b>&\"' ]]> · S9001"),
        ("S9002", "S9002 · S9001"),
        ("\x00\x08 \n", "S9001"),
        ("", "S9001"),
        ("שלום עולם", "שלום עולם · S9001"),
        ("\u202eLaw\u2066 of\u200f all\u061c", "Law of all · S9001"),
        ("\u202e\u2069", "S9001"),
        ("x" * 5000, "x" * 23 + "… · S9001"),
        (f"{'e' + chr(0x301) * 5000} y", "e" + chr(0x301) * 22 + "… · S9001"),
        ("a\ud83db", "ab · S9001"),
    ],
)
def test_a_label_is_words_before_the_number_whatever_it_holds(client, label, shown):
    address = part(living(), "badge.svg")
    if "\ud83d" in label:
        answer = client.get(f"{address}?label=a%ED%A0%BDb")  # half a pair, which no text may hold
        assert answer.status_code == 200
        ElementTree.fromstring(answer.content)
        return
    answer = client.get(address, {"label": label})
    svg = ElementTree.fromstring(answer.content)
    assert svg.findtext("{http://www.w3.org/2000/svg}title") == f"{shown}: Not law: In Senate committee"
    assert "<script" not in answer.content.decode()


def test_a_badge_is_as_wide_as_its_words(client):
    address = part(living(), "badge.svg")
    widths = [
        int(ElementTree.fromstring(client.get(address, {"label": label}).content).get("width"))
        for label in ("i", "WWWWWWWWWW", "iiiiiiiiii")
    ]
    assert widths[0] < widths[2] < widths[1]


# --- the picture


def picture(client, address: str) -> Image.Image:
    answer = client.get(address)
    assert answer["Content-Type"] == "image/png"
    return Image.open(BytesIO(answer.content))


def test_pictures_are_of_the_size_that_sites_ask_for_and_differ_by_status(client):
    person = make_person("José M. Peña-Łukasz", slug="jose")
    statement = make_statement("The senator calls")
    bill = living()
    addresses = [part(bill, "share.png"), part(law(), "share.png"), f"{person.get_absolute_url()}share.png",
                 f"{statement.get_absolute_url()}share.png", "/share.png"]  # fmt: skip
    assert {picture(client, address).size for address in addresses} == {(1200, 630)}
    before = client.get(addresses[0])
    type(bill).objects.filter(pk=bill.pk).update(status="PASSED_SENATE", status_committee="")
    after = client.get(addresses[0])
    assert before.content != after.content
    assert before["ETag"] != after["ETag"]


def test_the_same_picture_is_drawn_once_whatever_the_query_says(client, monkeypatch):
    drawn = []
    monkeypatch.setattr(pictures, "draw", lambda card: drawn.append(card) or b"png")
    bill = living()
    for query in ("", "?a=1", "?a=2"):
        assert client.get(part(bill, f"share.png{query}")).content == b"png"
    assert len(drawn) == 1
    cache.clear()
    client.get(part(bill, "share.png"))
    assert len(drawn) == 2


@pytest.mark.parametrize(
    "title",
    ["", "x" * 5000, "word " * 800, "日本語の法案", "\x00\u202e\ud800<b>", "ÅÉÎŐŨ ñ ł ş", "👩‍👩‍👧 family"],
)
def test_no_title_stops_a_picture(title):
    card = Card(
        title, above=title, number=title, verdict=title, line=title, steps=("reached", "stopped"), foot=title
    )
    assert Image.open(BytesIO(draw(card))).size == (1200, 630)


def test_what_the_letters_lack_is_left_out_and_accents_are_not():
    assert drawable("José 日本 Peña\u202e\x00 Ł") == "José Peña Ł"


def test_lines_keep_their_width_and_say_where_they_were_cut():
    face = font(SANS, 40)
    lines, is_cut = wrapped("many words " * 40 + "x" * 400, face, width=500, most_lines=3)
    assert is_cut
    assert len(lines) == 3
    assert lines[-1].endswith("…")
    assert all(face.getlength(line) <= 500 for line in lines)
    assert wrapped("x" * 60, face, width=500, most_lines=9)[1] is False


# --- the page


def test_the_page_gives_what_to_paste_escaped_once(client):
    bill = living(short_name=HARM, checked_at=datetime(2026, 3, 10, 14, tzinfo=UTC))
    html = client.get(part(bill, "share/")).content.decode()
    assert HARM not in html
    assert "&lt;iframe src=&quot;http://127.0.0.1:8000/bills/ny/2025/s9001/embed/&quot;" in html
    assert (
        f"[![Where S9001 stands]({SITE}/bills/ny/2025/s9001/badge.svg)]({SITE}/bills/ny/2025/s9001/)" in html
    )
    assert "as checked March 10, 2026" in html
    assert f"{SITE}/api/v1/bills/ny/2025/s9001" in html
    assert "webcal://127.0.0.1:8000/bills/ny/2025/s9001/calendar.ics" in html
    assert f'href="{part(bill, "share/")}"' in client.get(bill.get_absolute_url()).content.decode()


def test_citations_name_number_session_and_the_day_of_the_check(client):
    bill = living(short_name="A & B {Act} 100%")
    words = text_of(client.get(part(bill, "share/")))
    assert "S. 9001, 2025–2026 Leg. Sess. (N.Y. 2025)" in words
    assert r"A \& B \{Act\} 100\%" in words
    assert "read March 10, 2026" in words
    csl = json.loads(re.search(r'\[ \{ "id".*?\} \]', words)[0])[0]
    assert (csl["type"], csl["number"], csl["title"]) == ("bill", "S9001", "A & B {Act} 100%")


@pytest.mark.parametrize(
    ("legislature", "year", "print_no", "cited"),
    [
        ("us", 119, "HR9801", "H.R. 9801, 119th Cong. (2025)"),
        ("nyc", 2014, "Int 1568", "2014–2017 Council Sess. (N.Y.C. 2014)"),
    ],
)
def test_other_legislatures_are_cited_their_own_way(client, legislature, year, print_no, cited):
    bill = make_bill(print_no, legislature=legislature, year=year, status="INTRODUCED")
    assert cited in text_of(client.get(part(bill, "share/")))


# --- oEmbed


def embedded(client, url: str, **query):
    return client.get("/oembed/", {"url": url, **query})


def test_oembed_gives_the_card_of_a_bill_in_both_formats(client):
    bill = living()
    url = f"{SITE}{bill.get_absolute_url()}"
    told = embedded(client, url).json()
    assert (told["version"], told["type"], told["title"]) == ("1.0", "rich", "S9001 Example Act")
    assert f'src="{url}embed/"' in told["html"]
    assert told["thumbnail_url"] == f"{url}share.png"
    answer = embedded(client, url, format="xml")
    assert answer["Content-Type"].startswith("text/xml")
    document = ElementTree.fromstring(answer.content)
    assert document.tag == "oembed"
    assert {one.tag: one.text for one in document} == {name: str(value) for name, value in told.items()}


@pytest.mark.parametrize(
    "spelling", ["/bills/ny/2025/s9001/", "/bills/ny/2025/s9001", "/bills/ny/2026/S.9001-A/?x=1#poll"]
)
def test_oembed_takes_any_spelling_of_the_address(client, spelling):
    living()
    assert embedded(client, f"{SITE}{spelling}").status_code == 200


@pytest.mark.parametrize(
    ("url", "query", "status"),
    [
        ("https://elsewhere.example/bills/ny/2025/s9001/", {}, 404),
        (f"{SITE}/bills/ny/2025/s9999/", {}, 404),
        (f"{SITE}/bills/ny/2025/s9002/", {}, 404),  # not published
        (f"{SITE}/bills/", {}, 404),
        (f"{SITE}/nowhere/", {}, 404),
        ("javascript:alert(1)", {}, 404),
        ("//127.0.0.1:8000/bills/ny/2025/s9001/", {}, 404),
        ("http://[broken/bills", {}, 404),
        ("x\x00", {}, 404),
        ("", {}, 400),
        (f"{SITE}/{'x' * 3000}", {}, 400),
        (f"{SITE}/bills/ny/2025/s9001/", {"format": "yaml"}, 501),
        (f"{SITE}/bills/ny/2025/s9001/", {"maxwidth": "wide"}, 400),
        (f"{SITE}/bills/ny/2025/s9001/", {"maxwidth": "100"}, 404),
        (f"{SITE}/bills/ny/2025/s9001/", {"maxheight": "40"}, 404),
    ],
)
def test_oembed_refuses_what_it_has_not(client, url, query, status):
    living()
    living("S9002", is_published=False)
    assert embedded(client, url, **query).status_code == status


def test_oembed_keeps_to_the_width_it_is_given_and_is_announced(client):
    bill = living()
    url = f"{SITE}{bill.get_absolute_url()}"
    told = embedded(client, url, maxwidth="320").json()
    assert told["width"] == 320
    assert "max-width:320px" in told["html"]
    assert "thumbnail_url" not in told
    page = client.get(bill.get_absolute_url()).content.decode()
    for form in ("application/json+oembed", "text/xml+oembed"):
        address = re.search(rf'type="{re.escape(form)}" href="([^"]+)"', page)[1].replace("&amp;", "&")
        assert client.get(address.removeprefix(SITE)).status_code == 200


# --- for programs that read pages


def described(client, address: str) -> list[dict]:
    html = client.get(address).content.decode()
    data = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    assert len(data) == 1
    assert html.count("<script") - html.count('<script src="/static/') == 1
    return json.loads(data[0])["@graph"]


def test_a_bill_describes_itself_and_cannot_break_out(client):
    bill = living(short_name=HARM)
    person = make_person()
    Sponsorship.objects.create(bill=bill, kind="prime", position=0, name_as_written="E", person=person)
    told, way = described(client, bill.get_absolute_url())
    assert (told["@type"], told["name"], told["legislationIdentifier"]) == ("Legislation", HARM, "S9001")
    assert told["legislationLegalForce"] == "https://schema.org/NotInForce"
    assert told["sponsor"] == [
        {"@type": "Person", "@id": f"{SITE}/sponsors/ana-example/", "name": "Ana Example"}
    ]
    assert "legislationPassedBy" not in told
    assert [one["position"] for one in way["itemListElement"]] == [1, 2, 3, 4]


def test_legal_force_is_said_only_where_it_is_certain(client):
    assert "legislationLegalForce" not in described(client, law().get_absolute_url())[0], (
        "it names its own day"
    )
    unknown = make_bill("S9010", last_action_on=date(2018, 1, 3))
    assert "legislationLegalForce" not in described(client, unknown.get_absolute_url())[0]
    replaced = make_bill("S9011", year=2019, outcome="substituted", substituted_by=law("A9012"))
    assert "legislationLegalForce" not in described(client, replaced.get_absolute_url())[0]


def test_a_person_and_a_statement_describe_themselves(client):
    person = make_person(name="Ana Example", note=HARM, terms=(("ny", "senate"),))
    told, _way = described(client, person.get_absolute_url())
    assert (told["@type"], told["name"], told["disambiguatingDescription"]) == ("Person", "Ana Example", HARM)
    bill = living()
    said = make_statement(HARM, slug="harm", bill=bill, speaker="Ana Example", person=person)
    told, _way = described(client, said.get_absolute_url())
    assert (told["@type"], told["headline"], told["datePublished"]) == ("NewsArticle", HARM, "2017-02-06")
    assert told["about"][0]["legislationIdentifier"] == "S9001"
    retold = make_statement("Retold", is_retold=True)
    told, _way = described(client, retold.get_absolute_url())
    assert (told["@type"], told["author"]["name"]) == ("Article", "Passage")


@pytest.mark.parametrize(
    "address", ["/", "/bills/", "/statements/", "/sponsors/", "/status/", "/about/", "/calendar/"]
)
def test_every_page_has_a_title_a_description_and_a_picture_for_other_sites(client, address):
    living()
    html = client.get(address).content.decode()
    said = dict(re.findall(r'<meta property="(og:[a-z:_]+)" content="([^"]*)">', html))
    assert said["og:title"]
    assert said["og:title"] in html.split("</title>")[0]
    assert said["og:description"]
    assert said["og:url"] == f"{SITE}{address}"
    assert said["og:image"] == f"{SITE}/share.png"


def test_words_for_other_sites_cannot_break_out(client):
    bill = living(short_name=HARM)
    html = client.get(bill.get_absolute_url()).content.decode()
    title = re.search(r'<meta property="og:title" content="([^"]*)">', html)[1]
    assert "<" not in title
    assert "&lt;/script&gt;" in title
    assert f'content="{SITE}/bills/ny/2025/s9001/share.png"' in html
