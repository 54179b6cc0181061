"""The two fonts that pictures are drawn and badges measured with: which they are, how wide a text is, how it wraps.

They come with packages of the lock file, so that a picture looks alike on every machine. Both cover the Latin and
Cyrillic alphabets.
"""

from __future__ import annotations

from functools import cache, lru_cache
from importlib.resources import files
from io import BytesIO

from PIL import ImageFont

SERIF_BOLD = ("fontpkg_pt_serif", "PT_Serif-Web-Bold.ttf")
SANS = ("fontpkg_pt_sans", "PT_Sans-Web-Regular.ttf")
SANS_BOLD = ("fontpkg_pt_sans", "PT_Sans-Web-Bold.ttf")
# Languages whose letters the fonts have; a picture for readers of another is drawn in English.
LANGUAGES = frozenset({"en", "es", "fr", "it", "pl", "ru", "ht"})

Font = ImageFont.FreeTypeFont
_MISSING = "\uffff"
_SAMPLE_SIZE = 20


@cache
def _file(face: tuple[str, str]) -> bytes:
    package, name = face
    return files(package).joinpath("files", name).read_bytes()


@lru_cache(maxsize=64)
def font(face: tuple[str, str], size: int) -> Font:
    """A face at a size in pixels, in the plain layout, which is all that these alphabets need."""
    return ImageFont.truetype(BytesIO(_file(face)), size, layout_engine=ImageFont.Layout.BASIC)


def drawable(text: str, face: tuple[str, str] = SANS) -> str:
    """The text in one line, without characters that the face would show as an empty box."""
    kept = "".join(letter if letter.isspace() or _has(face, letter) else "" for letter in text)
    return " ".join(kept.split())


@lru_cache(maxsize=4096)
def _has(face: tuple[str, str], letter: str) -> bool:
    if not letter.isprintable():
        return False
    sample = font(face, _SAMPLE_SIZE)
    return letter.isascii() or bytes(sample.getmask(letter)) != bytes(sample.getmask(_MISSING))


def wrapped(text: str, using: Font, *, width: int, most_lines: int) -> tuple[list[str], bool]:
    """The text in lines of at most `width` pixels, and whether it had to be cut (it then ends in an ellipsis)."""
    lines: list[str] = []
    left = [part for word in text.split() for part in _parts(word, using, width)]
    while left and len(lines) < most_lines:
        line = left.pop(0)
        while left and using.getlength(f"{line} {left[0]}") <= width:
            line = f"{line} {left.pop(0)}"
        lines.append(line)
    if not left:
        return lines, False
    last = lines[-1]
    while using.getlength(_cut(last)) > width:
        last = last.rpartition(" ")[0] or last[:-1]
    lines[-1] = _cut(last)
    return lines, True


def _cut(text: str) -> str:
    return f"{text.rstrip(' ,.;:')}…"


def _parts(word: str, using: Font, width: int) -> list[str]:
    """A word that is wider than a line, in parts that are not."""
    if using.getlength(word) <= width:
        return [word]
    parts, start = [], 0
    for end in range(1, len(word) + 1):
        if end - start > 1 and using.getlength(word[start:end]) > width:
            parts.append(word[start : end - 1])
            start = end - 1
    return [*parts, word[start:]]
