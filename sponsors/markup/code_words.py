"""Words of code in running text."""

from __future__ import annotations

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString


def with_code(text: str) -> str | SafeString:
    """What stands between backticks as `<code>`; everything is escaped, here or by the template."""
    parts = text.split("`")
    if len(parts) == 1 or len(parts) % 2 == 0:  # a lone backtick is only a backtick
        return text
    return format_html_join(
        "", "{}{}", ((part, "") if place % 2 == 0 else ("", format_html("<code>{}</code>", part))
                     for place, part in enumerate(parts))
    )  # fmt: skip
