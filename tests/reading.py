"""What a reader sees of an answer."""

from __future__ import annotations

import html
import re

from django.utils.html import strip_tags

_BLOCK_END = re.compile(
    r"</(?:td|th|li|p|div|h[1-6]|dt|dd|option|label|button|summary|figcaption|caption|title)>"
)


def text_of(answer) -> str:
    """The words of a page with single spaces, its title among them."""
    marked = _BLOCK_END.sub(lambda end: f" {end[0]}", answer.content.decode())
    return " ".join(html.unescape(strip_tags(marked)).split())
