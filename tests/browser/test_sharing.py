"""What other sites show, in a real browser: the card in a foreign frame, the badge as an image, copying, paper."""

from __future__ import annotations

import html
import re

import pytest
from playwright.sync_api import expect


@pytest.fixture
def elsewhere(httpserver, open_page, settings, live_server):
    """Open a page of another origin with this HTML in it. Gives the page, and what its console complains of."""
    settings.SITE_URL = live_server.url

    def opened(html: str, **visitor):
        page = open_page("/healthz", **visitor)
        complaints = []

        def heard(message) -> None:
            if message.type == "error" and not message.location["url"].endswith("/favicon.ico"):
                complaints.append(message.text)

        page.on("console", heard)
        whole = f'<!doctype html><title>A paper</title><link rel="icon" href="data:,">{html}'
        httpserver.expect_request("/paper").respond_with_data(whole, content_type="text/html")
        page.goto(httpserver.url_for("/paper"))
        return page, complaints

    return opened


def pasted(client, bill, label: str) -> str:
    """What the bill's page of snippets gives under a label."""
    page = client.get(f"{bill.get_absolute_url()}share/").content.decode()
    return html.unescape(
        re.search(rf">{label}</label>\s*<textarea[^>]*>(.*?)</textarea>", page, re.DOTALL)[1]
    )


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_the_pasted_card_shows_in_a_foreign_frame_without_cookie_or_complaint(
    elsewhere, site, client, scripts, live_server
):
    snippet = pasted(client, site["living"], "HTML of the card")
    page, complaints = elsewhere(snippet, scripts=scripts)
    card = page.frame_locator("iframe")
    expect(card.get_by_text("This is not law.")).to_be_visible()
    expect(card.get_by_text("In the Senate Finance Committee")).to_be_visible()
    expect(card.get_by_role("heading", level=1)).to_contain_text("S9100")
    assert page.context.cookies() == []
    assert complaints == []
    card.get_by_role("link", name="More on Passage").click()
    page.wait_for_url(f"{live_server.url}{site['living'].get_absolute_url()}")


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize(("theme", "is_dark"), [("", None), ("light", False), ("dark", True)])
def test_the_card_is_dark_where_its_reader_or_its_address_says_so(open_page, site, dark, theme, is_dark):
    page = open_page(f"{site['living'].get_absolute_url()}embed/?theme={theme}", dark=dark)
    colour = page.evaluate("getComputedStyle(document.body).backgroundColor")
    expected = dark if is_dark is None else is_dark
    assert colour == ("rgb(26, 34, 38)" if expected else "rgb(255, 254, 251)")


@pytest.mark.parametrize(("width", "height"), [(240, 380), (320, 310), (420, 270), (560, 230)])
def test_the_card_fits_the_frame_that_is_pasted(open_page, site, width, height):
    bill = site["dead"]
    type(bill).objects.filter(pk=bill.pk).update(
        short_name="The Example of a Rather Long Name of an Act " * 3
    )
    page = open_page(f"{bill.get_absolute_url()}embed/", width=width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("document.querySelector('.checked').getBoundingClientRect().bottom") <= height


def test_the_badge_is_an_image_that_other_sites_can_show(elsewhere, site, live_server):
    address = f"{live_server.url}{site['law'].get_absolute_url()}badge.svg?label=%3Cscript%3E"
    page, complaints = elsewhere(f'<img src="{address}" alt="">')
    assert page.evaluate("document.images[0].decode().then(() => document.images[0].naturalWidth)") > 100
    assert complaints == []


def test_a_snippet_is_copied_with_a_button_that_scripts_add(open_page, site):
    page = open_page(f"{site['living'].get_absolute_url()}share/")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy").first.click()
    expect(page.get_by_role("status").first).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()").startswith("<iframe src=")
    page = open_page(f"{site['living'].get_absolute_url()}share/", scripts=False)
    assert page.get_by_role("button", name="Copy").count() == 0
    expect(page.get_by_label("HTML of the card")).to_be_visible()
    expect(page.frame_locator("iframe").get_by_text("This is not law.")).to_be_visible()


def test_paper_leaves_out_what_only_a_screen_needs(open_page, site):
    page = open_page(site["followed"].get_absolute_url())
    page.emulate_media(media="print")
    assert page.get_by_role("heading", name="This is not law.").is_visible()
    for gone in (page.get_by_role("search"), page.get_by_role("navigation", name="Sections"),
                 page.get_by_role("link", name="Atom feed")):  # fmt: skip
        assert not gone.is_visible()
