"""Addresses as they stand outside of our pages: in feeds, calendars, snippets, and what other sites read."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language

# From when the names of `tag()` count; it never changes, or readers would see every entry again.
TAGS_SINCE = "2026"


def absolute(path: str) -> str:
    """ "/bills/" as "https://passage.example/bills/": by the site's own name, whoever asked under which."""
    return f"{settings.SITE_URL.rstrip('/')}{path}"


def path_of(view: str, *named: object) -> str:
    """`reverse()`, which a page with its fifty addresses pays a tenth of its time for, asked once for each."""
    return _path_of(get_language(), view, *named)


@lru_cache(maxsize=50_000)
def _path_of(_language: str | None, view: str, *named: object) -> str:
    return reverse(view, args=named)


def site_host() -> str:
    """The site's name without port."""
    return urlsplit(settings.SITE_URL).hostname or "localhost"


def tag(*parts: object) -> str:
    """A name that stays the same when addresses change: "tag:passage.example,2026:bill/ny/2017/s4075" (RFC 4151)."""
    return f"tag:{site_host()},{TAGS_SINCE}:{'/'.join(str(part) for part in parts)}"
