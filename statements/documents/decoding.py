"""Bytes of a document to its text: UTF-8, UTF-16 with its mark, else Windows-1252 where that is plausible."""

from __future__ import annotations

import codecs

SIZE_LIMIT = 5 * 1024 * 1024  # bytes, and characters of a text that is already decoded
SIGNATURES = (
    b"%PDF-",
    b"PK\x03\x04",
    b"\x89PNG",
    b"GIF8",
    b"\xff\xd8\xff",
    b"\xd0\xcf\x11\xe0",
    b"\x1f\x8b",
    b"{\\rtf",
)
CONTROLS = bytes(code for code in (*range(9), 11, *range(14, 32), 127))
PLAIN = bytes((9, 10, 13, *range(32, 127)))


class DocumentError(ValueError):
    """The document cannot be read: it is empty, too large, or not text. The message says which."""


def decode(data: bytes) -> str:
    """The text of `data`. Raises DocumentError for what is empty, over `SIZE_LIMIT`, or not text."""
    if not data.strip():
        raise DocumentError("The document is empty.")
    if len(data) > SIZE_LIMIT:
        raise DocumentError(f"The document is larger than {SIZE_LIMIT // (1024 * 1024)} MB.")
    if data.startswith(SIGNATURES):
        raise DocumentError("The document is not text: it is a PDF, picture, archive or word-processor file.")
    text = _decoded(data)
    if not text.strip():
        raise DocumentError("The document is empty.")
    if "\x00" in text:
        raise DocumentError("The document is not text: it holds NUL characters.")
    return text


def _decoded(data: bytes) -> str:
    if data.startswith(codecs.BOM_UTF8):
        return _strictly(data[len(codecs.BOM_UTF8) :], "utf-8")
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _strictly(data, "utf-16")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _windows_1252(data)


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise DocumentError(f"The document says it is {encoding.upper()} and is not.") from error


def _windows_1252(data: bytes) -> str:
    """The text as Windows wrote it, where hardly a byte is a control and most of it is plain English
    letters.
    """
    controls = len(data) - len(data.translate(None, CONTROLS))
    plain = len(data) - len(data.translate(None, PLAIN))
    if controls > len(data) // 100 or plain < len(data) * 0.7:
        raise DocumentError("The document is not text in UTF-8, UTF-16 or Windows-1252.")
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError as error:
        raise DocumentError("The document is not text in UTF-8, UTF-16 or Windows-1252.") from error
