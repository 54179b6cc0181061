"""Addresses as they stand outside of our pages: in feeds, calendars, snippets, and what other sites read."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any
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
def _path_of(language: str | None, view: str, *named: object) -> str:
    key = (language, view, *map(type, named))
    is_plain = all(map(_is_plain, named))
    if is_plain and (pattern := _PATTERNS.get(key)):
        return pattern % named
    path = reverse(view, args=named)
    if named and is_plain and (pattern := _pattern_of(path, named)):
        _PATTERNS[key] = pattern
    return path


# "/bills/%s/%s/%s/" by language, view and kinds of what is named: a fifth of what `reverse()` takes for another bill.
_PATTERNS: dict[tuple[Any, ...], str] = {}
_PLAIN = re.compile(r"[a-z0-9-]{1,60}", re.ASCII).fullmatch


def _is_plain(one: object) -> bool:
    """Whether it stands in an address as it is."""
    return type(one) is int or (type(one) is str and _PLAIN(one) is not None)


def _pattern_of(path: str, named: tuple[object, ...]) -> str:
    """The address with a gap for each of what it names; "" where it does not tell which is which."""
    parts, texts = path.split("/"), [str(one) for one in named]
    places = [place for place, part in enumerate(parts) if part in texts]
    if [parts[place] for place in places] != texts or "%" in path:
        return ""
    return "/".join("%s" if place in places else part for place, part in enumerate(parts))


def site_host() -> str:
    """The site's name without port."""
    return urlsplit(settings.SITE_URL).hostname or "localhost"


def tag(*parts: object) -> str:
    """A name that stays the same when addresses change: "tag:passage.example,2026:bill/ny/2017/s4075" (RFC 4151)."""
    return f"tag:{site_host()},{TAGS_SINCE}:{'/'.join(str(part) for part in parts)}"
