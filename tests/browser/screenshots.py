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
PAGES = {
    "home": "/",
    "bill": "/bills/ny/2017/s4075/",
    "bill-alive": "/bills/ny/2025/s1066/",
    "bill-law": "/bills/ny/2019/a3675/",
    "bills": "/bills/?legislature=ny&session=2025",
    "statement": "/statements/2017/senator-serrano-calls-for-the-passage-of-his-dignity-for-immigrants-legislation/",
    "person": "/sponsors/jose-m-serrano/",
    "proposals": "/proposals/",
    "proposal": "/proposals/new-york-for-all/",
    "issues": "/issues/",
    "issue": "/issues/detention/",
    "committees": "/committees/",
    "committee": "/committees/ny/senate/codes/",
    "organizations": "/organizations/",
    "organization": "/organizations/new-york-civil-liberties-union/",
    "glossary": "/glossary/",
}
# Of a bill that was made up for the pictures, since the records that come with Passage have not moved yet.
FOLLOWED = f"/bills/ny/{session_of_date('ny', date.today())}/s9400/"
FOLLOWED_PAGES = {"bill-followed": FOLLOWED, "changes": f"{FOLLOWED}changes/", "status": "/status/"}
FILL = "from tests.followed import fill; fill()"
WIDTHS = {"": 1280, "-phone": 360}
SCHEMES = {"": "light", "-dark": "dark"}


def take(site: Site, browser, pages: dict[str, str], *, whole: bool = False) -> None:
    for width_name, width in WIDTHS.items():
        for scheme_name, scheme in SCHEMES.items():
            context = browser.new_context(
                base_url=site.address, viewport={"width": width, "height": 900}, color_scheme=scheme
            )
            page = context.new_page()
            for name, address in pages.items():
                answer = page.goto(address)
                if answer is None or answer.status != 200:
                    raise SystemExit(f"{address} answers {answer and answer.status}.")
                page.screenshot(path=FOLDER / f"{name}{width_name}{scheme_name}.png", full_page=whole)
            context.close()


def main() -> None:
    executable = find_browser()
    if executable is None:
        raise SystemExit("There is no Chromium on this machine.")
    var = Path(tempfile.mkdtemp(prefix="passage-pictures-")).resolve()
    var.chmod(0o755)
    FOLDER.mkdir(parents=True, exist_ok=True)
    site = Site(var)
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)
            take(site, browser, PAGES)
            site.manage("shell", "--no-imports", "-c", FILL)
            take(site, browser, FOLLOWED_PAGES, whole=True)
            browser.close()
    finally:
        site.end(signal.SIGTERM)
        shutil.rmtree(var, ignore_errors=True)
    sys.stdout.write(f"Pictures are in {FOLDER.relative_to(PROJECT)}.\n")


if __name__ == "__main__":
    main()
