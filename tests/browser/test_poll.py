"""The poll in a real browser, by keyboard and without scripts."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from playwright.sync_api import expect

from bills.models import PollAnswer


@pytest.fixture(autouse=True)
def nobody_counted_yet():
    cache.clear()


FOCUSED = """() => {
  let one = document.activeElement;
  if (one.contentDocument) one = one.contentDocument.activeElement;
  return [one.textContent.trim(), getComputedStyle(one).outlineStyle];
}"""


def frame_of(page):
    """The poll, which is a page of its own in the bill's."""
    return page.frame_locator("iframe.poll-frame")


def press_until(page, name: str) -> None:
    """Tab on until the button of this name has the focus."""
    for _ in range(90):
        page.keyboard.press("Tab")
        if page.evaluate(FOCUSED)[0] == name:
            return
    raise AssertionError(f"No key press reaches {name}.")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_an_answer_is_given_changed_and_withdrawn(open_page, site, scripts):
    page = open_page(site["living"].get_absolute_url(), scripts=scripts)
    poll = frame_of(page)
    poll.get_by_role("button", name="Aye").click()
    expect(poll.get_by_text("Your answer: Aye.")).to_be_visible()
    expect(poll.get_by_text("1 answer so far")).to_be_visible()
    poll.get_by_role("button", name="Nay").click()
    expect(poll.get_by_text("Your answer: Nay.")).to_be_visible()
    assert list(PollAnswer.objects.values_list("answer", flat=True)) == ["nay"]
    poll.get_by_role("button", name="Withdraw my answer").click()
    expect(poll.get_by_text("Nobody has answered yet.")).to_be_visible()
    assert page.context.cookies() == []


def test_the_keyboard_is_enough(open_page, site):
    page = open_page(site["living"].get_absolute_url())
    frame_of(page).get_by_role("button", name="Undecided").wait_for()
    press_until(page, "Undecided")
    assert page.evaluate(FOCUSED)[1] == "solid"
    page.keyboard.press("Enter")
    expect(frame_of(page).get_by_text("Your answer: Undecided.")).to_be_visible()
    press_until(page, "Aye")
    page.keyboard.press("Space")
    expect(frame_of(page).get_by_text("Your answer: Aye.")).to_be_visible()


def test_ones_own_answer_is_told_to_those_who_cannot_see_it(open_page, site):
    page = open_page(site["living"].get_absolute_url())
    frame_of(page).get_by_role("button", name="Aye").click()
    assert frame_of(page).get_by_role("status").inner_text().startswith("Your answer: Aye.")


def test_a_double_click_is_one_answer(open_page, site):
    page = open_page(site["living"].get_absolute_url())
    frame_of(page).get_by_role("button", name="Aye").dblclick()
    frame_of(page).get_by_text("Your answer: Aye.").wait_for()
    assert PollAnswer.objects.count() == 1


def test_a_form_on_another_site_answers_nothing(open_page, site, live_server):
    elsewhere = live_server.url.replace("localhost", "127.0.0.1")
    assert elsewhere != live_server.url
    page = open_page("/about/")
    target = f"{elsewhere}{site['living'].get_absolute_url()}poll/"
    page.route("**/trap", lambda route: route.fulfill(
        content_type="text/html",
        body=f'<form method="post" action="{target}"><button name="answer" value="nay">Win!</button></form>',
    ))  # fmt: skip
    page.goto("/trap")
    page.get_by_role("button").click()
    expect(page.get_by_role("heading", name="Please confirm your answer")).to_be_visible()
    assert PollAnswer.objects.count() == 0


def test_a_closed_poll_has_no_buttons(open_page, site):
    page = open_page(site["dead"].get_absolute_url())
    poll = page.get_by_role("region", name="Do you support this bill?")
    assert poll.get_by_role("button").count() == 0
    expect(poll.get_by_text("This poll is closed: the bill died on December 31, 2018")).to_be_visible()
    poll.get_by_role("link", name="Answer for S9100 instead").click()
    assert page.url.endswith(f"{site['living'].get_absolute_url()}poll/")
