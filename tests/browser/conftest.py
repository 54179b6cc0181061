"""A real Chromium against a live server. Without one these tests are skipped; under CI that is a failure."""

from __future__ import annotations

import os
from datetime import date

import pytest
from django.utils import timezone
from playwright.sync_api import sync_playwright

from bills.models import Issue, Proposal
from bills.print_numbers import session_of_date
from bills.refresh import store
from sponsors.models import Committee, Organization
from statements.models import Position
from tests.browser.chromium import ARGUMENTS, NAMES, find_browser
from tests.factories import lines, make_bill, make_person, make_session, make_snapshot, make_statement
from tests.followed import fill, tell_of_long_and_foreign_words

# Playwright keeps an event loop in this thread, which Django otherwise takes for asynchronous code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


def pytest_collection_modifyitems(items):
    for item in items:
        if "/browser/" in str(item.path):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser():
    executable = find_browser()
    if executable is None:
        said = f"There is no browser on this machine ({', '.join(NAMES)})."
        if os.environ.get("CI") == "true":
            pytest.fail(said)
        pytest.skip(said)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def open_page(browser, live_server):
    """Open an address of the site: `open_page("/bills/", width=360, dark=True, scripts=False)`.

    A second call opens another page of the same visitor, unless it asks for other settings.
    """
    contexts = {}

    def opened(address: str, *, width: int = 1280, dark: bool = False, scripts: bool = True):
        key = (width, dark, scripts)
        if key not in contexts:
            contexts[key] = browser.new_context(
                base_url=live_server.url,
                viewport={"width": width, "height": 800},
                color_scheme="dark" if dark else "light",
                java_script_enabled=scripts,
            )
        page = contexts[key].new_page()
        page.set_default_timeout(10_000)
        page.goto(address)
        return page

    yield opened
    for context in contexts.values():
        context.close()


@pytest.fixture
def site(transactional_db):
    """A dead bill, the living one of the same proposal, a law that replaced another, what was said, and a bill that
    has been followed for a while, with its sources."""
    make_session()  # and with it the legislatures' rows, which a flushed database lacks
    now = session_of_date("ny", date.today())
    proposal = Proposal.objects.create(slug="example", name="The Example Act")
    issue = Issue.objects.create(slug="housing", name="Housing", description="Where people live.")
    person = make_person("Ana Example", note="Not the one in Congress.")
    dead = store(
        make_snapshot(
            "S9001",
            lines(
                "2017-02-02 senate REFERRED TO FINANCE",
                "2017-02-06 senate PRINT NUMBER 9001A",
                "2018-01-03 senate REFERRED TO FINANCE",
            ),
            short_name="Example Act",
            plain_summary="Would give an example.",
            official_url="https://www.nysenate.gov/legislation/bills/2017/S9001",
            sponsors=("EXAMPLE", "SECOND", "THIRD"),
            same_as=("A9001",),
        ),
        source="records",
        now=timezone.now(),
    ).bill
    living = make_bill(
        "S9100", year=now, short_name="Example Act", status_date=date(now, 1, 8), status_chamber="senate",
        status_committee="Finance", last_action_on=date(now, 1, 8), source="records",
    )  # fmt: skip
    law = make_bill(
        "A9002", year=2019, status="SIGNED_BY_GOV", outcome="signed", chapter="37",
        ended_on=date(2019, 6, 17), law_since=date(2019, 6, 17), last_action_on=date(2019, 6, 17),
    )  # fmt: skip
    replaced = make_bill(
        "S9003", year=2019, status="SENATE_FLOOR", outcome="substituted", substituted_by=law,
        substituted_by_print_no="A9002B", ended_on=date(2019, 6, 17), last_action_on=date(2019, 6, 17),
    )  # fmt: skip
    for bill in (dead, living, law, replaced):
        bill.issues.add(issue)
    type(dead).objects.filter(pk__in=[dead.pk, living.pk]).update(proposal=proposal)
    said = make_statement(
        "The senator calls", bill=dead, amendment="A", speaker="Ana Example", person=person,
        says="These are my words.", stance="supports", body="These are my words.\n\nShe said more.",
        source_url="https://www.nysenate.gov/example",
    )  # fmt: skip
    said.issues.add(issue)
    make_statement(
        "Retold", slug="retold", is_retold=True, body="In our words.", correction="The date was wrong."
    )
    union = Organization.objects.create(
        slug="a-union", name="A Union", aliases=["AU"], website="https://example.org/"
    )
    Position.objects.create(statement=said, bill=dead, organization=union, stance="opposes", amendment="A")
    type(said).objects.filter(pk=said.pk).update(programmes=["Secure Communities", "An Unknown Program"])
    committee = Committee.objects.filter(name="Finance").first()
    followed = fill()
    tell_of_long_and_foreign_words(followed, timezone.now())
    return {
        "dead": dead, "living": living, "law": law, "replaced": replaced, "said": said, "person": person,
        "followed": followed, "organization": union, "committee": committee,
    }  # fmt: skip
