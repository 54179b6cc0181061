"""The picture that other sites show beside a link to us: 1200 by 630 pixels, drawn from a `Card`.

It lives here because every other app may import this one. A picture is kept in Redis under the hash of what it
shows, for an hour: the same card is drawn once, whoever asks and with whatever query string.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from io import BytesIO

import structlog
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils import translation
from django.utils.cache import get_conditional_response, patch_cache_control
from PIL import Image, ImageDraw
from redis.exceptions import RedisError

from sponsors.addresses import site_host
from sponsors.lettering import LANGUAGES, SANS, SANS_BOLD, SERIF_BOLD, Font, drawable, font, wrapped

WIDTH, HEIGHT = 1200, 630
DRAWN = "1"  # counts up when pictures are drawn differently
KEPT_FOR = 60 * 60  # seconds, by us and by others: what it shows can change
LONGEST_READ = 400  # characters of a heading

_PAPER, _INK, _SOFT, _EDGE = "#f6f3ec", "#1b2124", "#4c565b", "#80796a"
_GREEN, _BRICK, _BRASS, _WHITE = "#14594f", "#8c2c20", "#745000", "#fffefb"
COLOURS = {"law": _GREEN, "adopted": _GREEN, "alive": _INK, "ended": _BRICK, "unknown": _BRASS}
_FINER = 2  # drawn this much larger and then reduced, so that edges are smooth
_MARGIN = 72

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Card:
    """What a picture says. Every field but the heading may be empty.

    `condition` is a bill's ("law", "alive", …); `steps` are states of its ladder as the stepper names them.
    """

    heading: str
    above: str = ""  # the legislature and session, or what kind of page it is
    number: str = ""
    verdict: str = ""
    line: str = ""
    condition: str = ""
    steps: tuple[str, ...] = ()
    foot: str = ""

    @property
    def fingerprint(self) -> str:
        told = json.dumps([DRAWN, site_host(), asdict(self)])
        return hashlib.sha256(told.encode()).hexdigest()[:32]


@contextmanager
def in_drawable_language() -> Iterator[None]:
    """The reader's language where the fonts have its letters, else English."""
    code = (translation.get_language() or "en").split("-")[0]
    with translation.override(code if code in LANGUAGES else "en"):
        yield


def picture_of(request: HttpRequest, card: Card) -> HttpResponse:
    """The card as a PNG, or 304 where the asker has it."""
    etag = f'"{card.fingerprint}"'
    answer = get_conditional_response(request, etag=etag, response=None)
    if answer is None:
        answer = HttpResponse(_kept(card), content_type="image/png")
        answer["ETag"] = etag
    elif isinstance(answer, HttpResponseNotModified):
        answer["ETag"] = etag
    patch_cache_control(answer, public=True, max_age=KEPT_FOR)
    return answer


def _kept(card: Card) -> bytes:
    key = f"picture:{card.fingerprint}"
    try:
        if (known := cache.get(key)) is not None:
            return known
    except (RedisError, OSError):
        log.warning("pictures.no_cache")
        return draw(card)
    drawn = draw(card)
    try:
        cache.set(key, drawn, KEPT_FOR)
    except (RedisError, OSError):
        log.warning("pictures.no_cache")
    return drawn


def draw(card: Card) -> bytes:
    """The card as the bytes of a PNG."""
    image = Image.new("RGB", (WIDTH * _FINER, HEIGHT * _FINER), _PAPER)
    pen = _Pen(ImageDraw.Draw(image))
    pen.box(0, 0, WIDTH, 16, _GREEN)
    _head(pen, card)
    bottom = _foot(pen, card)
    _body(pen, card, bottom)
    made = BytesIO()
    # 128 colours hold every shade of the smoothed edges that anyone sees, in a third of the bytes.
    image.reduce(_FINER).quantize(128, method=Image.Quantize.FASTOCTREE).save(made, "PNG")
    return made.getvalue()


class _Pen:
    """Draws in the picture's own pixels, whatever it is drawn on."""

    def __init__(self, on: ImageDraw.ImageDraw) -> None:
        self._on = on

    def box(self, left: float, top: float, right: float, bottom: float, fill: str, radius: float = 0) -> None:
        where = [part * _FINER for part in (left, top, right, bottom)]
        self._on.rounded_rectangle(where, radius * _FINER, fill=fill)

    def circle(self, x: float, y: float, radius: float, *, fill: str | None, line: str, thick: float) -> None:
        where = [part * _FINER for part in (x - radius, y - radius, x + radius, y + radius)]
        self._on.ellipse(where, fill=fill, outline=line, width=round(thick * _FINER))

    def line(self, points: list[tuple[float, float]], fill: str, thick: float) -> None:
        where = [(x * _FINER, y * _FINER) for x, y in points]
        self._on.line(where, fill=fill, width=round(thick * _FINER), joint="curve")

    def text(
        self, x: float, y: float, text: str, using: tuple, size: int, fill: str, anchor: str = "ls"
    ) -> float:
        """Write on the base line `y`; the width in pixels."""
        face = font(using, size * _FINER)
        self._on.text((x * _FINER, y * _FINER), text, font=face, fill=fill, anchor=anchor)
        return face.getlength(text) / _FINER

    @staticmethod
    def lines(text: str, using: tuple, size: int, *, width: int, most: int) -> tuple[list[str], bool]:
        face: Font = font(using, size * _FINER)
        return wrapped(text, face, width=width * _FINER, most_lines=most)


def _head(pen: _Pen, card: Card) -> None:
    for x, y in ((_MARGIN + 8, 92), (_MARGIN + 32, 78), (_MARGIN + 56, 64)):
        is_last = y == 64
        pen.circle(x, y, 8, fill=None if is_last else _GREEN, line=_GREEN, thick=4 if is_last else 1)
    pen.line([(_MARGIN + 8, 92), (_MARGIN + 20, 91), (_MARGIN + 44, 65), (_MARGIN + 49, 64)], _GREEN, 5)
    pen.text(_MARGIN + 80, 92, "Passage", SERIF_BOLD, 40, _INK)
    above = drawable(card.above[:LONGEST_READ])
    room = WIDTH - 2 * _MARGIN - 260
    lines, _ = pen.lines(above, SANS, 28, width=room, most=1)
    for line in lines:
        pen.text(WIDTH - _MARGIN, 90, line, SANS, 28, _SOFT, anchor="rs")


def _foot(pen: _Pen, card: Card) -> float:
    """The ladder and the last line; where what is above them must end."""
    pen.box(_MARGIN, 556, WIDTH - _MARGIN, 558, "#dbd4c5")
    host = pen.lines(site_host(), SANS_BOLD, 26, width=420, most=1)[0][0]
    width = pen.text(WIDTH - _MARGIN, 598, host, SANS_BOLD, 26, _GREEN, anchor="rs")
    room = round(WIDTH - 2 * _MARGIN - width - 30)
    for line in pen.lines(drawable(card.foot), SANS, 26, width=room, most=1)[0]:
        pen.text(_MARGIN, 598, line, SANS, 26, _SOFT)
    if len(card.steps) < 2:
        return 530
    _ladder(pen, card, y=514)
    return 466


def _ladder(pen: _Pen, card: Card, *, y: float) -> None:
    left, right, radius = _MARGIN + 16, WIDTH - _MARGIN - 16, 16
    places = [left + (right - left) * index / (len(card.steps) - 1) for index in range(len(card.steps))]
    behind = max((index for index, state in enumerate(card.steps) if state != "not_reached"), default=0)
    pen.line([(left, y), (right, y)], "#cfc7b6", 4)
    pen.line([(left, y), (places[behind], y)], _GREEN, 6)
    for x, state in zip(places, card.steps, strict=True):
        if state == "not_reached":
            pen.circle(x, y, radius - 2, fill=_PAPER, line=_EDGE, thick=3)
        elif state == "stopped":
            pen.box(x - radius, y - radius, x + radius, y + radius, _BRICK, 5)
            pen.line([(x - 7, y - 7), (x + 7, y + 7)], _WHITE, 4)
            pen.line([(x + 7, y - 7), (x - 7, y + 7)], _WHITE, 4)
        elif state == "replaced":
            pen.circle(x, y, radius, fill=_INK, line=_INK, thick=1)
            pen.line([(x - 8, y), (x + 8, y)], _WHITE, 4)
            pen.line([(x + 2, y - 6), (x + 8, y), (x + 2, y + 6)], _WHITE, 4)
        elif state == "current":
            pen.circle(x, y, radius + 4, fill=_PAPER, line=_GREEN, thick=4)
            pen.circle(x, y, radius - 6, fill=_GREEN, line=_GREEN, thick=1)
        elif state == "skipped":
            pen.circle(x, y, radius - 1, fill=_PAPER, line=_GREEN, thick=3)
            pen.line([(x - 7, y), (x - 2, y + 6), (x + 8, y - 6)], _GREEN, 4)
        else:
            pen.circle(x, y, radius, fill=_GREEN, line=_GREEN, thick=1)
            pen.line([(x - 7, y), (x - 2, y + 6), (x + 8, y - 6)], _WHITE, 4)


def _body(pen: _Pen, card: Card, bottom: float) -> None:
    """Number and heading, and below them the verdict: this stands whole, so the heading takes what room is left."""
    width = WIDTH - 2 * _MARGIN
    verdict, _ = pen.lines(drawable(card.verdict, SERIF_BOLD), SERIF_BOLD, 46, width=width - 64, most=2)
    below, _ = pen.lines(drawable(card.line), SANS, 32, width=width, most=2 if len(verdict) < 2 else 1)
    verdict_height = len(verdict) * 54 + len(below) * 42 + 6
    top = 128.0
    if number := drawable(card.number, SANS_BOLD):
        pen.text(
            _MARGIN,
            top + 46,
            pen.lines(number, SANS_BOLD, 44, width=width, most=1)[0][0],
            SANS_BOLD,
            44,
            _GREEN,
        )
        top += 62
    room = bottom - verdict_height - top - 16
    heading = drawable(card.heading[:LONGEST_READ], SERIF_BOLD)
    for size in (64, 56, 48, 42):
        most = max(1, int(room // (size * 1.18)))
        lines, is_cut = pen.lines(heading, SERIF_BOLD, size, width=width, most=most)
        if not is_cut:
            break
    for place, line in enumerate(lines):
        pen.text(_MARGIN, top + size * (0.92 + 1.18 * place), line, SERIF_BOLD, size, _INK)
    top = bottom - verdict_height if verdict else top + size * 1.18 * len(lines) + 10
    if verdict:
        _mark(pen, card.condition, _MARGIN + 22, top + 30)
    for place, line in enumerate(verdict):
        indent = 60 if card.condition else 0
        colour = COLOURS.get(card.condition, _INK)
        pen.text(_MARGIN + indent, top + 46 + 54 * place, line, SERIF_BOLD, 46, colour)
    top += 54 * len(verdict)
    for place, line in enumerate(below):
        pen.text(_MARGIN, top + 38 + 42 * place, line, SANS, 32, _INK)


def _mark(pen: _Pen, condition: str, x: float, y: float) -> None:
    """The sign of a bill's condition, as on its page: it reads without colour."""
    colour = COLOURS.get(condition, _INK)
    if condition in {"law", "adopted"}:
        pen.circle(x, y, 20, fill=colour, line=colour, thick=1)
        pen.line([(x - 10, y + 1), (x - 3, y + 8), (x + 10, y - 7)], _WHITE, 5)
    elif condition == "alive":
        pen.circle(x, y, 19, fill=None, line=colour, thick=4)
        pen.circle(x, y, 9, fill=colour, line=colour, thick=1)
    elif condition == "ended":
        pen.box(x - 19, y - 19, x + 19, y + 19, colour, 6)
        pen.line([(x - 9, y - 9), (x + 9, y + 9)], _WHITE, 5)
        pen.line([(x + 9, y - 9), (x - 9, y + 9)], _WHITE, 5)
    elif condition == "unknown":
        pen.circle(x, y, 19, fill=None, line=colour, thick=4)
        pen.text(x, y + 10, "?", SANS_BOLD, 30, colour, anchor="ms")
