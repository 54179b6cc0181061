"""Suggestions while one types: by keyboard, announced, out of the way, and nothing without scripts."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect


@pytest.fixture
def box(open_page, site):
    return open_page("/about/").get_by_role("combobox", name="Search")


def test_the_keyboard_chooses_and_enter_follows(box, site):
    box.press_sequentially("exam")
    options = box.page.get_by_role("option")
    expect(options.first).to_be_visible()
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(box.page.locator("[aria-live=polite]")).to_contain_text(
        "suggestions. Arrow keys go through the list."
    )
    box.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", options.first.get_attribute("id"))
    box.press("ArrowUp")
    expect(box.page.locator('[aria-selected="true"]')).to_have_count(0)
    box.press("ArrowDown")
    address = options.first.get_attribute("href")
    box.press("Enter")
    expect(box.page).to_have_url(re.compile(f"{address}$"))


def test_escape_closes_and_enter_then_searches(box):
    box.press_sequentially("example")
    expect(box.page.get_by_role("option").first).to_be_visible()
    box.press("Escape")
    expect(box.page.get_by_role("listbox")).to_be_hidden()
    expect(box).to_have_value("example")
    box.press("Enter")
    expect(box.page).to_have_url(re.compile(r"/search/\?q=example$"))
    expect(box.page.get_by_role("heading", name="bills")).to_be_visible()


def test_leaving_the_field_closes_and_a_pointer_can_choose(box, site):
    box.press_sequentially("S9001")
    option = box.page.get_by_role("option", name="S9001")
    expect(option).to_be_visible()
    box.press("Tab")
    expect(option).to_be_hidden()
    box.fill("S9001A")
    option.click()
    expect(box.page).to_have_url(re.compile(f"{site['dead'].get_absolute_url()}$"))


def test_answers_that_come_late_or_not_at_all_leave_the_form_as_it_is(box):
    box.page.route("**/search/suggest/**", lambda route: route.abort())
    box.press_sequentially("example")
    box.press("Enter")
    expect(box.page).to_have_url(re.compile(r"/search/\?q=example$"))


def test_without_scripts_the_box_is_a_plain_form(open_page, site):
    page = open_page("/about/", scripts=False)
    box = page.get_by_role("searchbox", name="Search")
    box.fill("example")
    box.press("Enter")
    expect(page).to_have_url(re.compile(r"/search/\?q=example$"))
