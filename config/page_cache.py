"""Pages that are the same for everybody are made once and kept in Redis until what they show changes.

A page is kept when its view answers 200, sets no cookie and says nothing of caching itself: what is a visitor's own
says so (`never_cache`). Kept pages carry the mark of `sponsors.publishing` under which they were made, and the day,
since a session can end overnight; another mark or day, and the page is made anew. So a change is seen with the next
request. Caches between us and the reader may keep a page for `SHARED_SECONDS` and ask whether it is still the same,
by ETag or Last-Modified, which is answered without the database. docs/decisions/0019-kept-pages.md has the reasons.
"""

from __future__ import annotations

import gzip
import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache as once
from pathlib import Path
from typing import Any

import structlog
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.middleware.clickjacking import XFrameOptionsMiddleware
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date
from redis.exceptions import RedisError

from config.languages import language_of
from config.policy import SteadyPolicy
from config.views import too_many
from sponsors.limits import take_one
from sponsors.publishing import MARK, first_mark, renew_mark

CACHE_CONTROL = "public, max-age=0, s-maxage=60, stale-while-revalidate=30, stale-if-error=86400"
LONGEST_ADDRESS = 600  # characters; longer ones are made each time
LARGEST_PAGE = 400_000  # bytes
# Addresses with a query string are without number, so that they leave Redis sooner.
QUERY_SECONDS = 120
MAKING_SECONDS = 10  # after which one who makes a page is taken for dead
BEING_MADE, NEVER_KEPT = 1, 2
NEVER_KEPT_SECONDS = 60  # for which it is remembered that an answer was none that may be kept
WAITING_SECONDS = 2  # for one who is making it
WAIT_STEP_SECONDS = 0.05
# What has limits or readers of its own.
NOT_LISTS = ("/api/v1/", "/admin/")
# Each page of a bill brings a visitor's own poll with it, and readers of one network may be many.
POLL = "/poll/"
# What is made for each who asks, with or without a query string, and takes longer than a page.
MADE_EACH_TIME = (".csv", ".json", ".png")

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class KeptPage:
    """`body` is gzip-compressed; `modified` is when its content last became another one, in seconds."""

    mark: str
    day: str
    etag: str
    modified: int
    headers: dict[str, str]
    body: bytes


@once
def release() -> str:
    """Tells one state of code, templates and styles from another, so that a new release shows no old page."""
    told = hashlib.sha256()
    for folder in ("bills", "config", "locale", "sponsors", "statements", "static", "templates"):
        for path in sorted(Path(settings.BASE_DIR, folder).rglob("*")):
            if path.suffix not in {".pyc", ".json", ".txt"} and path.is_file():
                facts = path.stat()
                told.update(
                    f"{path.relative_to(settings.BASE_DIR)} {facts.st_size} {facts.st_mtime_ns}".encode()
                )
    return told.hexdigest()[:12]


class PageCache:
    """Middleware: answers from what was kept, and keeps what may be."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        # The middleware further in, which says so of every other page, never sees what is refused here.
        self.refuse: Any = SteadyPolicy(XFrameOptionsMiddleware(_refused))

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in {"GET", "HEAD"}:
            return self._written(request)
        if not settings.PAGE_CACHE_SECONDS or len(request.get_full_path()) > LONGEST_ADDRESS:
            return _for_caches(self.get_response(request))
        key = _key(request)
        try:
            mark, kept = _read(key)
        except (RedisError, OSError) as error:
            log.warning("pages.not_read", error=type(error).__name__)
            return _for_caches(self.get_response(request))
        today = timezone.localdate().isoformat()
        if kept and (kept.mark, kept.day) == (mark, today):
            return _answer(request, kept)
        return self._made(request, key, mark, today, kept)

    def _written(self, request: HttpRequest) -> HttpResponse:
        """What staff send at the desk may change any page; what readers send changes none that is kept.

        A cookie by itself proves nothing: whoever makes one up would have every page made anew.
        """
        response = self.get_response(request)
        if settings.SESSION_COOKIE_NAME in request.COOKIES and _is_staff(request):
            renew_mark()
        return response

    def _made(
        self, request: HttpRequest, key: str, mark: str, today: str, old: KeptPage | None
    ) -> HttpResponse:
        making = _claim_on(key)
        claimed = _claim(making)
        if made := _wait_for(key, mark, today, seconds=0 if claimed else WAITING_SECONDS):
            return _answer(request, made)
        try:
            if _asks_too_much(request):
                return self.refuse(request)
            response = _for_caches(self.get_response(request))
            if not _may_be_kept(request, response):
                if request.method == "GET":
                    claimed = not _tell_never_kept(making)
                return response
            page = _page(response, mark, today, old)
            _keep(key, page, seconds=QUERY_SECONDS if request.META.get("QUERY_STRING") else None)
            return _answer(request, page)
        finally:
            if claimed:
                _release(making)


def _is_staff(request: HttpRequest) -> bool:
    user = getattr(request, "user", None)
    return user is not None and user.is_staff


def _refused(request: HttpRequest) -> HttpResponse:
    with translation.override(language_of(request.path_info)):
        return too_many(request)


def _asks_too_much(request: HttpRequest) -> bool:
    """Of lists and searches there is no end, and each that is not kept costs the database: crawlers get their share."""
    path = request.path_info
    if path.startswith(NOT_LISTS) or path.endswith(POLL):
        return False
    if not request.META.get("QUERY_STRING") and not path.endswith(MADE_EACH_TIME):
        return False
    allowance = take_one(request, "lists", allowed=settings.LISTS_PER_MINUTE)
    return allowance is not None and allowance.is_spent


def _key(request: HttpRequest) -> str:
    told = f"{release()} {request.scheme} {request.get_host()} {request.get_full_path()}"
    return f"page:{hashlib.sha256(told.encode()).hexdigest()}"


def _read(key: str) -> tuple[str, KeptPage | None]:
    found = cache.get_many([MARK, key])
    return found.get(MARK) or first_mark(), found.get(key)


def _claim_on(key: str) -> str:
    return key.replace("page:", "making:", 1)


def _claim(making: str) -> bool:
    """Whether this request makes the page. Of many that ask for it at once, one does."""
    try:
        return cache.add(making, BEING_MADE, timeout=MAKING_SECONDS)
    except (RedisError, OSError):
        return True


def _tell_never_kept(making: str) -> bool:
    """Nobody waits for a page that will not be kept, the poll's for example, while others ask for it too."""
    try:
        cache.set(making, NEVER_KEPT, timeout=NEVER_KEPT_SECONDS)
    except (RedisError, OSError):
        return False
    return True


def _release(making: str) -> None:
    try:
        cache.delete(making)
    except (RedisError, OSError) as error:
        log.warning("pages.claim_not_released", error=type(error).__name__)


def _wait_for(key: str, mark: str, today: str, *, seconds: float) -> KeptPage | None:
    """The page that another request is making, or has just made; None where it takes longer than `seconds`, and at
    once where it has turned out to be one that may not be kept."""
    until = time.monotonic() + seconds
    making = _claim_on(key)
    while True:
        try:
            found = cache.get_many([making, key])
        except (RedisError, OSError):
            return None
        kept = found.get(key)
        if kept and (kept.mark, kept.day) == (mark, today):
            return kept
        if found.get(making) != BEING_MADE or time.monotonic() >= until:
            return None
        time.sleep(WAIT_STEP_SECONDS)


def _keep(key: str, page: KeptPage, *, seconds: int | None) -> None:
    try:
        cache.set(key, page, timeout=min(seconds or settings.PAGE_CACHE_SECONDS, settings.PAGE_CACHE_SECONDS))
    except (RedisError, OSError) as error:
        log.warning("pages.not_kept", error=type(error).__name__)


def _for_caches(response: HttpResponse) -> HttpResponse:
    """What a page that is everybody's says to the caches on its way."""
    if response.status_code == 200 and not response.cookies and not response.has_header("Cache-Control"):
        response["Cache-Control"] = CACHE_CONTROL
    return response


def _is_for_everybody(response: HttpResponse) -> bool:
    """Feeds, cards and pictures say for how long other caches may keep them, and are kept here like pages."""
    said = response.get("Cache-Control", "")
    return "public" in said and "no-cache" not in said


def _may_be_kept(request: HttpRequest, response: HttpResponse) -> bool:
    return (
        request.method == "GET"
        and response.status_code == 200
        and not response.streaming
        and _is_for_everybody(response)
        and not request.path_info.startswith(NOT_LISTS)
        and not response.has_header("Vary")
        and len(response.content) <= LARGEST_PAGE
    )


def _page(response: HttpResponse, mark: str, today: str, old: KeptPage | None) -> KeptPage:
    """The time of the last change stays where the content is the same as before, whatever the mark says."""
    etag = f'W/"{hashlib.sha256(response.content).hexdigest()[:20]}"'
    modified = old.modified if old and old.etag == etag else int(time.time())
    headers = {name: value for name, value in response.headers.items() if name != "Content-Length"}
    return KeptPage(mark, today, etag, modified, headers, gzip.compress(response.content, 6, mtime=0))


def _answer(request: HttpRequest, page: KeptPage) -> HttpResponse:
    response = HttpResponse(headers=page.headers)
    response["ETag"] = page.etag
    response["Last-Modified"] = http_date(page.modified)
    patch_vary_headers(response, ["Accept-Encoding"])
    same = get_conditional_response(request, page.etag, page.modified, response)
    if same is not None and same is not response:
        return same
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        response.content = page.body
        response["Content-Encoding"] = "gzip"
    else:
        response.content = gzip.decompress(page.body)
    response["Content-Length"] = str(len(response.content))
    return response
