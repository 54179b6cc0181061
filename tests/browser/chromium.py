"""The machine's own browser: Playwright's download of one is never used."""

from __future__ import annotations

import shutil

NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def find_browser() -> str | None:
    """The path of the first browser of `NAMES` that is installed."""
    return next(filter(None, map(shutil.which, NAMES)), None)
