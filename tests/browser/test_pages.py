"""Every kind of page in a browser: for everyone, on every screen, without scripts, asking no other host."""

from __future__ import annotations

import itertools

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from bills.models import PollAnswer
from config import languages

WCAG = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    }
}


# What a page says of how far its parts were moved after they had been drawn, once it has come to rest.
SHIFTED = """() => new Promise((told) => {
  let sum = 0;
  new PerformanceObserver((list) => {
    for (const one of list.getEntries()) if (!one.hadRecentInput) sum += one.value;
  }).observe({ type: "layout-shift", buffered: true });
  setTimeout(() => told(sum), 300);
})"""


@pytest.fixture
def addresses(site, settings) -> dict[str, str]:
    """Every kind of page by name, and some in languages that read from the left and from the right."""
    settings.LANGUAGES = languages.served(["ar"])
    return {
        "front page": "/",
        "bill list": "/bills/",
        "bill list, narrowed": "/bills/?q=act&outcome=dead&legislature=ny&session=ny.2017",
        "bill list, empty": "/bills/?q=zebra&outcome=alive",
        "bill list with errors": "/bills/?session=1&committee=x&q=nothing",
        "dead bill": site["dead"].get_absolute_url(),
        "living bill": site["living"].get_absolute_url(),
        "law": site["law"].get_absolute_url(),
        "replaced bill": site["replaced"].get_absolute_url(),
        "followed bill": site["followed"].get_absolute_url(),
        "change log": f"{site['followed'].get_absolute_url()}changes/",
        "prints compared": f"{site['dead'].get_absolute_url()}compare/",
        "poll": f"{site['living'].get_absolute_url()}poll/",
        "poll in its frame": f"{site['living'].get_absolute_url()}poll/?framed=1",
        "choice": "/bills/go/?q=S9001/A9002",
        "unknown bill": "/bills/go/?q=S9999",
        "search": "/search/?q=example",
        "search for something misspelt": "/search/?q=exmaple",
        "empty search": "/search/",
        "statement list": "/statements/",
        "statement": site["said"].get_absolute_url(),
        "retold statement": "/statements/2017/retold/",
        "people": "/sponsors/?show=all",
        "person": site["person"].get_absolute_url(),
        "issue": "/issues/housing/",
        "issue, one state": "/issues/housing/?state=ended",
        "issues": "/issues/",
        "proposals": "/proposals/",
        "proposal": "/proposals/example/",
        "committees": "/committees/",
        "committee": site["committee"].get_absolute_url(),
        "organizations": "/organizations/",
        "organization": site["organization"].get_absolute_url(),
        "glossary": "/glossary/",
        "share": f"{site['dead'].get_absolute_url()}share/",
        "card": f"{site['living'].get_absolute_url()}embed/",
        "calendar": "/calendar/",
        "status": "/status/",
        "api reference": "/api/",
        "bulk files": "/data/",
        "privacy": "/privacy/",
        "about": "/about/",
        "error": "/nowhere/",
        "Spanish front page": "/es/",
        "Spanish bill": f"/es{site['followed'].get_absolute_url()}",
        "Arabic bill": f"/ar{site['followed'].get_absolute_url()}",
    }


def faults_of(page) -> str:
    """What the rules of accessibility find on the page as it stands; "" for nothing."""
    found = Axe().run(page, options=WCAG)
    return found.generate_report() if found.violations_count else ""


def tab_to(page, what: str, *, frame=None, back: bool = False) -> None:
    """Press Tab until the element with the focus says `what`."""
    for _press in range(250):
        page.keyboard.press("Shift+Tab" if back else "Tab")
        if (frame or page).evaluate(
            "document.hasFocus() && document.activeElement.textContent.trim()"
        ) == what:
            return
    raise AssertionError(f"The keyboard does not reach {what!r}.")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_every_page_passes_the_accessibility_rules(open_page, addresses, settings, dark):
    page, broken = open_page("/healthz", dark=dark), {}
    for name, address in addresses.items():
        page.goto(address)
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")
        if faults := faults_of(page):
            broken[name] = faults
    page.goto("/about/")
    page.get_by_role("combobox").press_sequentially("exam")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("ArrowDown")
    broken["suggestions"] = faults_of(page)
    settings.PAGE_CACHE_SECONDS, settings.LISTS_PER_MINUTE = 60, 0
    page.goto("/bills/?page=7")
    page.get_by_text("Your network asks for more than we can give").wait_for()
    broken["refused"] = faults_of(page)
    assert {name: faults for name, faults in broken.items() if faults} == {}


@pytest.mark.parametrize("width", [320, 1024])
def test_no_page_scrolls_sideways(open_page, addresses, width):
    page, wide = open_page("/healthz", width=width), {}
    for name, address in addresses.items():
        page.goto(address)
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")
        found = page.evaluate("document.documentElement.scrollWidth")
        if found > width:
            wide[name] = found
    assert wide == {}


def test_reading_asks_no_other_host_breaks_no_policy_and_sets_no_cookie(open_page, live_server, addresses):
    page = open_page("/healthz")
    asked, complaints = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    for address in addresses.values():
        page.goto(address)
    assert len(asked) > len(addresses)
    assert [url for url in asked if not url.startswith(live_server.url)] == []
    assert [said for said in complaints if "status of 404" not in said] == []
    assert page.context.cookies() == []


def test_the_first_words_of_a_dead_bill_fit_on_a_phones_first_screen(open_page, addresses):
    page = open_page(addresses["dead bill"], width=360)
    verdict = page.get_by_role("heading", name="This is not law.")
    assert verdict.bounding_box()["y"] + verdict.bounding_box()["height"] < 800


def test_headings_and_landmarks_make_sense_without_sight(open_page, addresses):
    page = open_page(addresses["dead bill"])
    levels = page.eval_on_selector_all("h1,h2,h3,h4", "all => all.map((one) => Number(one.tagName[1]))")
    assert levels.count(1) == 1
    assert all(following - level <= 1 for level, following in itertools.pairwise(levels))
    for role in ("banner", "main", "contentinfo", "search"):
        assert page.get_by_role(role).count() == 1
    steps = page.get_by_role("region", name="How far it got").get_by_role("listitem").all_inner_texts()
    assert any("In Senate committee" in step and "Stopped here" in step for step in steps)


def test_the_keyboard_reaches_the_content_first(open_page, addresses):
    page = open_page(addresses["bill list"])
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


def test_the_keyboard_alone_finds_a_bill_answers_its_poll_and_widens_a_list(open_page, site):
    page = open_page("/about/")
    tab_to(page, "Skip to the content")
    page.keyboard.press("Enter")
    tab_to(page, "Search", back=True)
    page.keyboard.press("Shift+Tab")
    page.keyboard.type("S9100")
    page.get_by_role("option", name="S9100").wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{site['living'].get_absolute_url()}")
    poll = page.frame_locator("iframe.poll-frame")
    poll.get_by_role("button", name="Nay").wait_for()
    tab_to(page, "Nay", frame=page.frames[1])
    page.keyboard.press("Enter")
    expect(poll.get_by_text("Your answer: Nay.")).to_be_visible()
    assert PollAnswer.objects.count() == 1
    tab_to(page, f"New York State, {site['living'].session.label}", back=True)
    page.keyboard.press("Enter")
    page.wait_for_url("**/bills/?legislature=ny*")
    chip = page.get_by_role("link", name="Remove filter: Legislature: New York State")
    tab_to(page, chip.text_content().strip())
    page.keyboard.press("Enter")
    expect(chip).to_have_count(0)
    assert "legislature" not in page.url


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_moves_once_it_is_drawn(open_page, site, width):
    for address in ("/", site["living"].get_absolute_url(), "/bills/"):
        page = open_page(address, width=width)
        page.wait_for_load_state("networkidle")
        assert page.evaluate(SHIFTED) < 0.1, address


@pytest.mark.parametrize("width", [320, 1280])
def test_the_polls_frame_is_as_high_as_what_it_shows(open_page, site, width):
    page = open_page(site["living"].get_absolute_url(), width=width)
    frame, poll = page.locator("iframe.poll-frame"), page.frame_locator("iframe.poll-frame")
    frame.scroll_into_view_if_needed()
    poll.get_by_role("button", name="Aye").wait_for()
    for expected in ("Nobody has answered yet.", "Your answer: Aye."):
        poll.get_by_text(expected).wait_for()
        shown = "document.querySelector('.poll-frame').contentDocument.body.getBoundingClientRect().height"
        page.wait_for_function(f"Math.abs(document.querySelector('.poll-frame').offsetHeight - {shown}) < 2")
        if expected.startswith("Nobody"):
            poll.get_by_role("button", name="Aye").click()


def test_what_stays_english_says_so_on_a_spanish_page(open_page, site):
    page = open_page(f"/es{site['dead'].get_absolute_url()}")
    for words in ("Example Act", "REFERRED TO FINANCE", "The senator calls", "These are my words."):
        english = page.locator("[lang=en]", has_text=words).first
        assert english.get_attribute("dir") == "auto"
    page = open_page(site["dead"].get_absolute_url())
    assert page.locator("main [lang]").count() == 0


def test_a_bill_is_found_read_and_followed_to_its_living_version_without_scripts(open_page, site):
    page = open_page("/", scripts=False)
    page.get_by_role("searchbox").fill("S.09001-A")
    page.keyboard.press("Enter")
    page.wait_for_url("**/bills/ny/2017/s9001/")
    page.get_by_role("link", name="The same proposal is alive").click()
    page.wait_for_url(f"**{site['living'].get_absolute_url()}")
    poll = page.frame_locator("iframe.poll-frame")
    poll.get_by_role("button", name="Nay").click()
    expect(poll.get_by_text("Your answer: Nay.")).to_be_visible()


def test_the_list_is_narrowed_without_scripts(open_page, site):
    page = open_page("/bills/", scripts=False)
    page.get_by_role("checkbox", name="Became law under its own number").check()
    page.get_by_role("button", name="Show bills").click()
    expect(page.get_by_role("heading", name="1 bill", exact=True)).to_be_visible()


def test_a_word_without_end_and_one_from_right_to_left_stay_in_their_column(open_page, addresses):
    page = open_page(addresses["change log"], width=320)
    values = page.locator(".told")
    right_to_left = values.filter(has_text="S9400 لعام")
    assert right_to_left.evaluate("one => getComputedStyle(one).direction") == "rtl"
    for box in values.evaluate_all("all => all.map((one) => one.getBoundingClientRect())"):
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 320


def test_the_counts_of_a_source_are_labelled_where_the_table_has_no_head(open_page, addresses):
    page = open_page(addresses["status"], width=360)
    row = page.get_by_role("region", name="Counted once a week").locator("tbody tr").first
    assert "Listed there" in row.inner_text()
    page = open_page(addresses["status"], width=1280)
    row = page.get_by_role("region", name="Counted once a week").locator("tbody tr").first
    assert "Listed there" not in row.inner_text()


def test_what_changed_is_read_and_left_again_by_links(open_page, site):
    page = open_page(site["followed"].get_absolute_url(), scripts=False)
    page.get_by_role("link", name="Every change, in full").click()
    page.wait_for_url("**/changes/")
    expect(page.get_by_text("Passed Senate", exact=True)).to_be_visible()
    page.get_by_role("link", name="Back to S9400A").click()
    page.wait_for_url(f"**{site['followed'].get_absolute_url()}")


@pytest.mark.parametrize("media", ["print", "forced colours"])
def test_the_verdict_stays_readable_on_paper_and_in_forced_colours(open_page, addresses, media):
    page = open_page(addresses["law"])
    page.emulate_media(**({"media": "print"} if media == "print" else {"forced_colors": "active"}))
    assert page.get_by_role("heading", name="This has been law since").is_visible()
    if media == "print":
        assert not page.get_by_role("search").is_visible()


@pytest.mark.parametrize("width", [320, 1280])
def test_the_drawing_of_a_proposal_opens_at_its_newest_end_and_scrolls_within_its_frame(
    open_page, addresses, width
):
    page = open_page(addresses["proposal"], width=width)
    frame = page.locator(".chart-frame")
    box, newest = frame.bounding_box(), page.locator(".chart-session").last.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    assert box["x"] <= newest["x"]
    assert newest["x"] + newest["width"] <= box["x"] + box["width"]
    assert frame.get_attribute("tabindex") == "0"


def test_the_drawing_shows_without_colours(open_page, addresses, site):
    page = open_page(addresses["proposal"])
    page.emulate_media(forced_colors="active")
    filled = page.locator(".chart-filled").first.evaluate("one => getComputedStyle(one).fill")
    behind = page.locator(".chart-column").first.evaluate("one => getComputedStyle(one).fill")
    assert filled != behind


@pytest.mark.parametrize("width", [320, 1280])
def test_an_arabic_bill_page_reads_from_the_right_and_does_not_scroll_sideways(
    open_page, site, settings, width
):
    settings.LANGUAGES = languages.served(["ar"])
    page = open_page(f"/ar{site['followed'].get_absolute_url()}", width=width)
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")
    assert page.locator("html").get_attribute("dir") == "rtl"
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    wordmark = page.locator(".wordmark").bounding_box()
    assert wordmark["x"] + wordmark["width"] > width * 0.9
