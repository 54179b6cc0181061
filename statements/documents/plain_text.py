"""A text as pasted, without what only a machine sees: controls, odd spaces, Markdown marks, escaped
characters.
"""

from __future__ import annotations

import html
import re
import unicodedata

_DROPPED = dict.fromkeys((*range(9), *range(14, 28), 11, 12, 127, *range(128, 133), *range(134, 160)))
_DROPPED |= dict.fromkeys(
    (
        *(0xAD, 0x180E, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF, 0xFFFC),
        *range(0x202A, 0x202F),  # marks of writing direction: they reorder what a reader sees
        *range(0x2066, 0x206A),
        *range(0xD800, 0xE000),  # lone surrogates cannot be written out again
    )
)
_NEW_LINES = {
    13: "\n",
    0x0B: "\n",
    0x0C: "\n",
    0x1C: "\n",
    0x1D: "\n",
    0x1E: "\n",
    0x85: "\n",
    0x2028: "\n",
    0x2029: "\n",
}
_SPACES = dict.fromkeys((9, 31, 160, 5760, *range(8192, 8203), 8239, 8287, 12288), " ")
_INSTEAD = {chr(code): plain or "" for code, plain in (_DROPPED | _NEW_LINES | _SPACES).items()}
# Not `str.translate()`, which looks each character of the text up: there are but a few of these.
_ODD = re.compile(f"[{''.join(map(re.escape, _INSTEAD))}]")

_ENTITY = re.compile(r"&(?:#\d{1,6}|#x[0-9a-fA-F]{1,5}|[a-zA-Z]{2,8});")
_LINK = re.compile(
    r"!?\[([^\[\]\n]{0,300})\]\((?:[^()\s]|\([^()\s]{0,100}\)){0,1000}(?: \"[^\"\n]{0,200}\")?\)"
)
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+.!$|>~&\-])")
_EMPHASIS = re.compile(r"\*\*|__(?=\S)|(?<=\S)__|(?<![\w*])\*(?=[^\s*])|(?<=[^\s*])\*(?![\w*])")
_INNER_SPACES = re.compile(r" {2,}")
# As stored copies of pages set it before the text.
_STORED_DATE = re.compile(r"\s{0,20}date (\d{4}-\d\d-\d\d) (?=\S)")
_BLANK_LINES = re.compile(r"\n\n\n\n+")


def clean(text: str) -> str:
    """`text` in composed Unicode, with plain spaces and "\\n" only, and nothing at its end."""
    text = _plain(unicodedata.normalize("NFC", text.replace("\r\n", "\n")))
    text = _STORED_DATE.sub(r"date: \1\n\n", text, count=1) if _STORED_DATE.match(text) else text
    if "&" in text:
        text = _ENTITY.sub(lambda match: _plain(html.unescape(match.group())), text)
    text = "\n".join([line.rstrip() for line in text.split("\n")])
    return _BLANK_LINES.sub("\n\n\n", text).strip("\n").rstrip()


def _plain(text: str) -> str:
    return _ODD.sub(lambda match: _INSTEAD[match.group()], text)


def without_marks(line: str) -> str:
    """One line without Markdown emphasis, links and escapes, and with single spaces."""
    if "](" in line:
        line = _LINK.sub(r"\1", line)
    if "*" in line or "__" in line:
        line = _EMPHASIS.sub("", line)
    if "\\" in line:
        line = _ESCAPED.sub(r"\1", line)
    if "  " in line:
        line = _INNER_SPACES.sub(" ", line)
    return line.strip()
