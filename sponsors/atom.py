"""Atom feeds: one shape for bills, people and issues. It lives here because every other app may import this one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from django.http import HttpResponse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.translation import get_language, gettext

from sponsors.addresses import absolute

MOST_ENTRIES = 50
LONGEST_TITLE = 200  # characters
# What XML 1.0 cannot hold, and a source's text may.
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened.

    `key` names it for ever (`addresses.tag()`); `path` is where on this site it is told; `content` is HTML that is
    escaped already. `happened_at` is the moment that readers are shown.
    """

    key: str
    title: str
    path: str
    content: str
    happened_at: datetime
    author: str = ""


class _Atom(Atom1Feed):
    """Django's feed, with its entries' whole content instead of a summary."""

    def latest_post_date(self) -> datetime:
        """Of an empty feed a day long ago, not now: else every look would find it changed."""
        return super().latest_post_date() if self.items else _LONG_AGO

    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item | {"description": None})
        handler.addQuickElement("content", item["content"], {"type": "html"})


def feed(
    *, key: str, title: str, subtitle: str, path: str, feed_path: str, entries: Iterable[Entry]
) -> HttpResponse:
    """The newest entries as an Atom document; `path` is the page that the feed is of."""
    newest = sorted(entries, key=lambda entry: (entry.happened_at, entry.key), reverse=True)[:MOST_ENTRIES]
    made = _Atom(
        title=in_xml(title),
        link=absolute(path),
        description=None,
        subtitle=in_xml(subtitle),
        language=get_language(),
        feed_url=absolute(feed_path),
        feed_guid=key,
        author_name="Passage",
        author_link=absolute("/"),
    )
    for entry in newest:
        made.add_item(
            title=in_xml(entry.title)[:LONGEST_TITLE],
            link=absolute(entry.path),
            description="",
            unique_id=entry.key,
            pubdate=entry.happened_at,
            updateddate=entry.happened_at,
            author_name=in_xml(entry.author) or None,
            content=in_xml(entry.content),
        )
    return HttpResponse(made.writeString("utf-8"), content_type=made.content_type)


def in_xml(text: str) -> str:
    """The text without characters that would break the document."""
    return _NOT_IN_XML.sub("", text)


def noon(day: date) -> datetime:
    """A day as a moment, for what is known by the day only: noon in New York, the same day nearly everywhere."""
    return timezone.make_aware(datetime.combine(day, time(12)))


def paragraphs(*parts: str) -> str:
    """HTML of the parts that are not empty; what is not marked as safe is escaped."""
    return format_html_join("\n", "<p>{}</p>", ((part,) for part in parts if part))


def definitions(pairs: Sequence[tuple[str, str]]) -> str:
    """HTML of a list of names and what they are."""
    if not pairs:
        return ""
    return format_html("<dl>{}</dl>", format_html_join("", "<dt>{}</dt><dd>{}</dd>", pairs))


def source_line(name: str, address: str) -> str:
    """ "Source: Congress.gov", with its address where there is one."""
    if not name:
        return ""
    shown = format_html('<a href="{}">{}</a>', address, name) if address else conditional_escape(name)
    return format_html(gettext("Source: {source}"), source=shown)
