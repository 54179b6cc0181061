"""`make screenshots`: pictures of the pages of a freshly started site, into docs/screenshots."""

from __future__ import annotations

import shutil
import signal
import sys
import tempfile
from datetime import date
from pathlib import Path

from playwright.sync_api import sync_playwright

from bills.print_numbers import session_of_date
from config.embedded import PROJECT
from tests.browser.chromium import ARGUMENTS, find_browser
from tests.site import Site

FOLDER = PROJECT / "docs" / "screenshots"
BILL = "/bills/ny/2017/s4075/"
# In light and dark, wide and on a phone.
PAGES = {
    "home": "/",
    "bill": BILL,
    "bill-alive": "/bills/ny/2025/s1066/",
    "bill-law": "/bills/ny/2019/a3675/",
    "bills": "/bills/?legislature=ny&session=2025",
    "statement": "/statements/2017/senator-serrano-calls-for-the-passage-of-his-dignity-for-immigrants-legislation/",
    "proposal": "/proposals/new-york-for-all/",
    "search": "/search/?q=dream",
}
# In light, wide.
MORE_PAGES = {
    "bill-substituted": "/bills/ny/2025/s4525/",
    "bill-vetoed": "/bills/nyc/2024/int-1451/",
    "bill-council": "/bills/nyc/2026/int-209/",
    "bill-congress": "/bills/us/119/hr1747/",
    "bill-resolution": "/bills/nyc/2024/res-714/",
    "compare": f"{BILL}compare/",
    "share": f"{BILL}share/",
    "embed": f"{BILL}embed/",
    "poll": "/bills/ny/2025/s1066/poll/",
    "bills-empty": "/bills/?legislature=us&q=zebra&issue=detention",
    "statements": "/statements/",
    "people": "/sponsors/",
    "person": "/sponsors/jose-m-serrano/",
    "proposals": "/proposals/",
    "issues": "/issues/",
    "issue": "/issues/detention/",
    "committees": "/committees/",
    "committee": "/committees/ny/senate/codes/",
    "organizations": "/organizations/",
    "organization": "/organizations/new-york-civil-liberties-union/",
    "glossary": "/glossary/",
    "search-misspelt": "/search/?q=detenton",
    "go": "/bills/go/?q=S4075/A3675",
    "calendar": "/calendar/",
    "api": "/api/",
    "data": "/data/",
    "about": "/about/",
    "privacy": "/privacy/",
    "not-found": "/nowhere/",
    "home-spanish": "/es/",
    "bill-spanish": f"/es{BILL}",
    "bills-spanish": "/es/bills/",
    "bill-arabic": f"/ar{BILL}",
}
# Not found is what this one shows.
STATUS = {"not-found": 404}
# Of a bill that was made up for the pictures, since the records that come with Passage have not moved yet.
FOLLOWED = f"/bills/ny/{session_of_date('ny', date.today())}/s9400/"
FOLLOWED_PAGES = {"bill-followed": FOLLOWED, "changes": f"{FOLLOWED}changes/", "status": "/status/"}
FILL = "from tests.followed import fill; fill()"
WIDTHS = {"": 1280, "-phone": 360}
SCHEMES = {"": "light", "-dark": "dark"}


def take(
    site: Site, browser, pages: dict[str, str], *, widths=WIDTHS, schemes=SCHEMES, whole: bool = False
) -> None:
    for width_name, width in widths.items():
        for scheme_name, scheme in schemes.items():
            context = browser.new_context(
                base_url=site.address, viewport={"width": width, "height": 900}, color_scheme=scheme
            )
            page = context.new_page()
            for name, address in pages.items():
                answer = page.goto(address)
                if answer is None or answer.status != STATUS.get(name, 200):
                    raise SystemExit(f"{address} answers {answer and answer.status}.")
                page.wait_for_load_state("networkidle")
                page.screenshot(path=FOLDER / f"{name}{width_name}{scheme_name}.png", full_page=whole)
            context.close()


def suggest(site: Site, browser) -> None:
    context = browser.new_context(base_url=site.address, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto("/")
    page.get_by_role("combobox").press_sequentially("dignity")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.screenshot(path=FOLDER / "suggestions.png")
    context.close()


def main() -> None:
    executable = find_browser()
    if executable is None:
        raise SystemExit("There is no Chromium on this machine.")
    var = Path(tempfile.mkdtemp(prefix="passage-pictures-")).resolve()
    var.chmod(0o755)
    FOLDER.mkdir(parents=True, exist_ok=True)
    for old in FOLDER.glob("*.png"):
        old.unlink()
    site = Site(var, EXTRA_LANGUAGES="ar")
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)
            take(site, browser, PAGES)
            take(site, browser, MORE_PAGES, widths={"": 1280}, schemes={"": "light"})
            suggest(site, browser)
            site.manage("shell", "--no-imports", "-c", FILL)
            take(site, browser, FOLLOWED_PAGES, schemes={"": "light"})
            browser.close()
    finally:
        site.end(signal.SIGTERM)
        shutil.rmtree(var, ignore_errors=True)
    sys.stdout.write(f"Pictures are in {FOLDER.relative_to(PROJECT)}.\n")


if __name__ == "__main__":
    main()
