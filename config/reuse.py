"""Taking it with you: the API's reference page, the bulk files and their data dictionary."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    StreamingHttpResponse,
)
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.http import http_date, parse_etags, quote_etag
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from config.reference import reference
from sponsors.addresses import absolute
from sponsors.bulk.folder import DICTIONARY, MANIFEST, current_set
from sponsors.limits import WINDOW_SECONDS
from statements.bulk import TABLES

FILES_AGE = 60 * 60  # seconds: they are written once a night
READ_AT_ONCE = 64 * 1024  # bytes
_RANGE = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})")


@require_safe
@cache_control(public=True, max_age=300)
def api_reference(request: HttpRequest) -> HttpResponse:
    """/api/ : how to ask, every address, every field. Made from the same document as openapi.json."""
    context = {
        "reference": reference(),
        "root": absolute("/").rstrip("/"),
        "per_minute": settings.API_REQUESTS_PER_MINUTE,
        "window_seconds": WINDOW_SECONDS,
    }
    return render(request, "api/reference.html", context)


@require_safe
@cache_control(public=True, max_age=300)
def data(request: HttpRequest) -> HttpResponse:
    """/data/ : the newest bulk files, and what stands in each column."""
    current = current_set(settings.BULK_FOLDER)
    files = current.manifest["files"] if current else []
    tables = [
        {
            **table.dictionary(),
            "files": [
                {**file, "kind": _KINDS[file["format"]]} for file in files if file["table"] == table.name
            ],
        }
        for table in TABLES
    ]
    context = {
        "tables": tables,
        "written_at": parse_datetime(current.manifest["written_at"]) if current else None,
        "bytes": sum(file["bytes"] for file in files),
        "next_at": next_set_at(timezone.now()),
        "manifest": MANIFEST,
        "dictionary": DICTIONARY,
        "root": absolute("/").rstrip("/"),
    }
    return render(request, "api/data.html", context)


_KINDS = {"csv": "CSV", "jsonl": "JSON lines"}


def next_set_at(now: datetime) -> datetime:
    """When the schedule next has the files written."""
    schedule: Any = settings.CELERY_BEAT_SCHEDULE["write-bulk-files"]["schedule"]
    local = timezone.localtime(now)
    day = local.replace(hour=min(schedule.hour), minute=min(schedule.minute), second=0, microsecond=0)
    return day if day > local else day + timedelta(days=1)


@require_safe
def data_file(request: HttpRequest, name: str) -> HttpResponseBase:
    """/data/bills.csv.gz : one of the newest files, whole, or from where a broken download ended."""
    current = current_set(settings.BULK_FOLDER)
    path = current.file(name) if current else None
    if current is None or path is None:
        raise Http404("There is no such file.")
    size, modified = path.stat().st_size, path.stat().st_mtime
    tag = quote_etag(current.sha256(name) or f"{int(modified * 1000):x}-{size:x}")
    headers = {
        "ETag": tag,
        "Last-Modified": http_date(modified),
        "Cache-Control": f"public, max-age={FILES_AGE}",
        "Accept-Ranges": "bytes",
        "Access-Control-Allow-Origin": "*",
    }
    known = [one.removeprefix("W/") for one in parse_etags(request.headers.get("If-None-Match", ""))]
    if tag in known or "*" in known:
        return HttpResponse(status=304, headers=headers)
    headers |= {
        "Content-Type": "application/gzip" if path.suffix == ".gz" else "application/json",
        "Content-Length": str(size),
    }
    try:
        part = _part_asked(request, size, tag)
    except ValueError:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    if part:
        first, last = part
        headers |= {"Content-Range": f"bytes {first}-{last}/{size}", "Content-Length": str(last - first + 1)}
    status = 206 if part else 200
    if request.method == "HEAD":
        return HttpResponse(status=status, headers=headers)
    if part:
        return StreamingHttpResponse(_read(path, *part), status=status, headers=headers)
    return FileResponse(_open(path), headers=headers)


def _part_asked(request: HttpRequest, size: int, tag: str) -> tuple[int, int] | None:
    """First and last byte of the one part that is asked for; None for the whole file.

    Raises ValueError where the file has no such part. What we do not serve in parts, several at once for example,
    is answered with the whole file, as HTTP allows.
    """
    asked = _RANGE.fullmatch(request.headers.get("Range", "").strip())
    if not asked or not any(asked.groups()) or request.headers.get("If-Range", tag) != tag:
        return None
    first, last = asked.groups()
    if not first:  # the last so many bytes
        if not int(last) or not size:
            raise ValueError("no such part")
        return max(0, size - int(last)), size - 1
    end = min(int(last), size - 1) if last else size - 1
    if int(first) >= size:
        raise ValueError("no such part")
    return (int(first), end) if int(first) <= end else None


def _read(path: Path, first: int, last: int) -> Iterator[bytes]:
    left = last - first + 1
    with _open(path) as file:
        file.seek(first)
        while left and (data := file.read(min(READ_AT_ONCE, left))):
            left -= len(data)
            yield data


def _open(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except FileNotFoundError as error:  # a newer set came between
        raise Http404("There is no such file.") from error
