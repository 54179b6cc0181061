"""The whole way of somebody who has never seen Passage: from `make run` to an edited statement, in a real browser."""

from __future__ import annotations

import re
import signal

import pytest
from playwright.sync_api import Page, expect

from tests.processes import eventually, of_folder
from tests.site import Site

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("run")]

STAFF = {"DJANGO_SUPERUSER_USERNAME": "editor", "DJANGO_SUPERUSER_PASSWORD": "correct horse battery staple",
         "DJANGO_SUPERUSER_EMAIL": "editor@example.org"}  # fmt: skip


@pytest.fixture
def site(open_folder):
    site = Site(open_folder / "var")
    yield site
    site.end(signal.SIGTERM)
    assert eventually(lambda: not of_folder(site.var)), of_folder(site.var)


@pytest.fixture
def page(browser, site) -> Page:
    context = browser.new_context(base_url=site.address)
    elsewhere = []
    context.on("request", lambda request: elsewhere.append(request.url))
    page = context.new_page()
    yield page
    context.close()
    assert not [url for url in elsewhere if not url.startswith((site.address, "data:"))]


def find_the_bill(page: Page) -> None:
    page.goto("/")
    box = page.get_by_role("main").get_by_role("combobox")
    box.fill("S.04075-A")
    box.press("Enter")
    expect(page).to_have_url(re.compile(r"/bills/ny/2017/s4075/$"))


def read_where_it_stopped(page: Page) -> None:
    expect(page.get_by_role("heading", level=1)).to_contain_text("S4075A")
    expect(page.get_by_role("heading", name="This is not law.")).to_be_visible()
    expect(page.get_by_text("Died in the Senate Finance Committee when the session ended on December 31, 2018").first
           ).to_be_visible()  # fmt: skip
    lineage = page.get_by_role("region", name="The same proposal, session by session")
    for number in ("S1424", "S1357", "S257", "S1066"):
        expect(lineage.get_by_role("link", name=number)).to_be_visible()
    poll = page.get_by_role("region", name="Do you support this bill?")
    expect(poll).to_contain_text("This poll is closed")
    expect(poll).to_contain_text("died on December 31, 2018")
    expect(poll.get_by_role("button")).to_have_count(0)


def read_the_statement(page: Page) -> None:
    title = "Senator Serrano Calls For The Passage Of His Dignity For Immigrants Legislation"
    page.get_by_role("link", name=title).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    expect(page.get_by_role("region", name="Who speaks")).to_contain_text("Jose M. Serrano")
    expect(page.get_by_role("region", name="What they said")).to_contain_text("immigrants")
    expect(page.get_by_text("Retold in our words.")).to_be_visible()
    page.go_back()


def answer(page: Page, choice: str) -> None:
    poll = page.frame_locator("iframe.poll-frame")
    poll.get_by_role("button", name=choice, exact=True).click()
    expect(poll.get_by_role("status")).to_contain_text(f"Your answer: {choice}")
    expect(poll.get_by_role("row", name=re.compile(rf"^{choice}\b"))).to_contain_text("1 (100%)")


def answer_the_living_bill(page: Page, site: Site) -> None:
    page.get_by_role("link", name="The same proposal is alive in 2025-2026 as S1066").click()
    expect(page).to_have_url(re.compile(r"/bills/ny/2025/s1066/$"))
    expect(page.get_by_role("heading", name="This is not law.")).to_be_visible()
    assert page.context.cookies() == []
    answer(page, "Aye")
    answer(page, "Nay")
    page.reload()
    expect(page.frame_locator("iframe.poll-frame").get_by_role("status")).to_contain_text("Nay")


def edit_as_staff(page: Page, site: Site) -> None:
    site.manage("createsuperuser", "--noinput", **STAFF)
    page.goto("/admin/statements/statement/?q=Dignity")
    page.get_by_label("Username").fill(STAFF["DJANGO_SUPERUSER_USERNAME"])
    page.get_by_label("Password").fill(STAFF["DJANGO_SUPERUSER_PASSWORD"])
    page.get_by_role("button", name="Log in").click()
    page.get_by_role("link", name=re.compile("Senator Serrano Calls For")).click()
    page.get_by_label("Correction").fill("We had the date of the session wrong.")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("was changed successfully")).to_be_visible()


def test_from_a_fresh_start_to_an_edited_statement(page, site):
    find_the_bill(page)
    read_where_it_stopped(page)
    read_the_statement(page)
    answer_the_living_bill(page, site)
    edit_as_staff(page, site)
    find_the_bill(page)
    page.get_by_role("link", name=re.compile("^Senator Serrano Calls For")).first.click()
    expect(page.get_by_text("We had the date of the session wrong.")).to_be_visible()
