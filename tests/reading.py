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


# Files of our own, and data for machines, which nothing runs.
_OUR_SCRIPT = re.compile(
    r'<script src="/static/[a-z_-]+\.js" defer></script>|<script type="application/ld\+json">'
)


def without_our_scripts(page: str) -> str:
    """The page's HTML as it would be if it had no script; any that is left is somebody else's."""
    return _OUR_SCRIPT.sub("", page)
