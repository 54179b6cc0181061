"""Bytes to text."""

from __future__ import annotations

import pytest

from statements.documents import DocumentError, decode

TEXT = "“Buenos días,” said José Ruíz — and sat down. Nobody else spoke for the rest of the afternoon."


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        b"\xef\xbb\xbf" + TEXT.encode(),
        TEXT.encode("utf-16"),
        b"\xfe\xff" + TEXT.encode("utf-16-be"),
        TEXT.encode("cp1252"),
    ],
)
def test_text_in_any_usual_encoding(data):
    assert decode(data) == TEXT


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "empty"),
        (b" \r\n\t ", "empty"),
        ("\ufeff ".encode("utf-16-le"), "empty"),
        (b"a" * (5 * 1024 * 1024 + 1), "larger than 5 MB"),
        (bytes(range(256)) * 40, "not text"),
        (b"%PDF-1.7\nplain enough", "PDF"),
        (b"PK\x03\x04word", "word-processor"),
        (b"some\x00text", "NUL"),
        (b"\xef\xbb\xbf\xff\xff", "says it is UTF-8"),
        (b"\xff\xfea", "says it is UTF-16"),
        (bytes(range(160, 256)) * 50, "not text"),
    ],
)
def test_what_is_no_text_is_refused_with_the_reason(data, message):
    with pytest.raises(DocumentError, match=message):
        decode(data)
