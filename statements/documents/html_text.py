"""A web page to the text a reader sees, as Markdown-like lines, with the facts that its head states."""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

from statements.documents.dates import find_dates
from statements.documents.vocabulary import words

_LOOKS_LIKE_HTML = re.compile(
    r"\s*(?:<!doctype html|<html[\s>]|<\?xml[^>]{0,200}\?>\s*<(?:!doctype )?html|<head[\s>]|<body[\s>])",
    re.IGNORECASE,
)
_TAGS = re.compile(r"</(?:p|div|h[1-6]|li|a|article|section|span|td)>", re.IGNORECASE)
_DROPPED = (
    "script, style, noscript, template, svg, iframe, form, nav, aside, button, select, input, dialog, "
    "footer, [hidden], [aria-hidden=true], .visually-hidden, .sr-only, body > header, body > div > header, "
    "[role=banner], [role=navigation], [role=search], [role=complementary]"
)
_BLOCKS = words(
    "p div section article main ul ol table tbody thead tr dl dt dd blockquote "
    "figure figcaption header address pre body html center details"
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_MAX_DEPTH = 400  # elements inside one another: a page deeper than that is made to stall its readers
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,15})")
_CLOSED_BY_ITSELF = words(
    "p li td th tr dt dd option br img input meta link hr source wbr area base col "
    "embed track param html head body"
)
_LINE_ENDS = re.compile(r"<(?:br|/?p|/?div|/h[1-6]|/li|/tr|/?ul|/?table)\b[^<>]{0,300}>", re.IGNORECASE)
_ANY_TAG = re.compile(r"<(?:script|style)\b[^<>]{0,300}>[^<]*|<[^<>]{0,2000}>?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class WebPage:
    """The readable text of a page, and what its head says of it; "" and None where it says nothing."""

    text: str
    title: str = ""
    date: dt.date | None = None
    site_name: str = ""
    author: str = ""


def looks_like_html(text: str) -> bool:
    """Is the text a web page, by how it begins or by the many closing tags in it?"""
    if _LOOKS_LIKE_HTML.match(text[:2000]):
        return True
    return text.lstrip()[:1] == "<" and len(_TAGS.findall(text[:20_000])) >= 3


def read_html(source: str) -> WebPage:
    """The text and facts of a page. Never raises: a page that cannot be read is an empty text."""
    if _is_too_deep(source):
        return WebPage(_ANY_TAG.sub("", _LINE_ENDS.sub("\n", source)))
    tree = LexborHTMLParser(source)
    data = _linked_data(tree)
    title = (
        _meta(tree, "og:title", "twitter:title", "dcterms.title")
        or _first(data, "headline", "name")
        or _node_text(tree, "title")
    )
    date = _date(
        _meta(
            tree,
            "article:published_time",
            "datePublished",
            "date",
            "dc.date",
            "dcterms.date",
            "dcterms.created",
            "pubdate",
            "publish-date",
            "parsely-pub-date",
        ),
        _first(data, "datePublished", "dateCreated"),
        _time_of_article(tree),
    )
    site = _meta(tree, "og:site_name", "application-name", "dcterms.publisher") or _publisher_of(data)
    author = _meta(tree, "author", "article:author", "dc.creator")
    heading = _node_text(tree, "h1")
    tree.strip_tags(["script", "style", "noscript", "template", "svg", "iframe"])
    for node in tree.css(_DROPPED):
        if node.parent is not None:
            node.decompose()
    root = _main(tree)
    lines = _Lines()
    if root is not None:
        lines.walk(root)
    text = lines.text()
    if heading and heading not in text[:3000]:
        text = f"# {heading}\n\n{text}"
    return WebPage(
        text, " ".join(title.split()), date, " ".join(site.split())[:120], " ".join(author.split())[:120]
    )


def _is_too_deep(source: str) -> bool:
    """Are more elements open inside one another than any page needs?"""
    depth = 0
    for closing, name in _TAG.findall(source):
        if name.casefold() in _CLOSED_BY_ITSELF:
            continue
        depth = max(0, depth - 1) if closing else depth + 1
        if depth > _MAX_DEPTH:
            return True
    return False


def _main(tree: LexborHTMLParser) -> LexborNode | None:
    """The part that holds the page's matter: its one article or main element where that has most of the
    words.
    """
    body = tree.body
    if body is None:
        return tree.root
    whole = len(body.text(deep=True)) or 1
    for selector in ("article", "main", "[role=main]", "#content", ".entry-content"):
        nodes = tree.css(selector)
        if len(nodes) == 1 and len(nodes[0].text(deep=True)) > whole * 0.4:
            return nodes[0]
    return body


def _node_text(tree: LexborHTMLParser, selector: str) -> str:
    node = tree.css_first(selector)
    return " ".join(node.text(deep=True).split()) if node is not None else ""


def _meta(tree: LexborHTMLParser, *names: str) -> str:
    found: dict[str, str] = {}
    for node in tree.css("meta"):
        key = (
            node.attributes.get("property") or node.attributes.get("name") or node.attributes.get("itemprop")
        )
        content = node.attributes.get("content")
        if key and content:
            found.setdefault(key.casefold(), content.strip())
    return next((found[name.casefold()] for name in names if found.get(name.casefold())), "")


def _linked_data(tree: LexborHTMLParser) -> list[dict]:
    """The JSON-LD objects of the page that describe an article."""
    found: list[dict] = []
    for node in tree.css('script[type="application/ld+json"]')[:10]:
        try:
            data = json.loads(node.text(deep=True) or "null")
        except (ValueError, RecursionError):
            continue
        items = (
            data if isinstance(data, list) else data.get("@graph", [data]) if isinstance(data, dict) else []
        )
        found.extend(item for item in items[:50] if isinstance(item, dict)) if isinstance(
            items, list
        ) else None
    articles = [
        item for item in found if "Article" in str(item.get("@type")) or "Posting" in str(item.get("@type"))
    ]
    return articles or [item for item in found if "datePublished" in item]


def _first(data: list[dict], *keys: str) -> str:
    return next((item[key] for item in data for key in keys if isinstance(item.get(key), str)), "")


def _publisher_of(data: list[dict]) -> str:
    for item in data:
        publisher = item.get("publisher")
        if isinstance(publisher, dict) and isinstance(publisher.get("name"), str):
            return publisher["name"]
    return ""


def _time_of_article(tree: LexborHTMLParser) -> str:
    node = tree.css_first("article time[datetime], main time[datetime], time[datetime]")
    return (node.attributes.get("datetime") or "") if node is not None else ""


def _date(*texts: str) -> dt.date | None:
    for text in texts:
        found = find_dates(text.replace("T", " ")[:60]) if text else []
        if found:
            return found[0].date
    return None


class _Lines:
    """Collects the text of elements as lines: headings with "#", list items with "-", table rows with "|"."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.current: list[str] = []
        self.prefix = ""

    def walk(self, root: LexborNode) -> None:
        """Visit every node below `root` without recursion, so that depth costs no stack."""
        stack: list[tuple[LexborNode, bool]] = [(root, False)]
        while stack:
            node, leaving = stack.pop()
            tag = node.tag or ""
            if leaving:
                self._leave(tag)
                continue
            if tag == "-text":
                self.current.append(node.text(deep=False) or "")
                continue
            self._enter(tag)
            stack.append((node, True))
            children = []
            child = node.child
            while child is not None:
                children.append((child, False))
                child = child.next
            stack.extend(reversed(children))

    def _enter(self, tag: str) -> None:
        if tag in _HEADINGS:
            self._break(empty=True)
            self.prefix = "#" * _HEADINGS[tag] + " "
        elif tag == "li":
            self._break()
            self.prefix = "- "
        elif tag == "br":
            self._break()
        elif tag in ("td", "th"):
            self.current.append(" ")
        elif tag in _BLOCKS:
            self._break(empty=tag not in ("tr", "dt", "dd"))

    def _leave(self, tag: str) -> None:
        if tag in _HEADINGS:
            self._break(empty=True)
        elif tag == "li" or tag in _BLOCKS:
            self._break(empty=tag in ("p", "div", "ul", "ol", "table", "section", "article", "blockquote"))
        elif tag in ("td", "th"):
            self.current.append(" | ")

    def _break(self, *, empty: bool = False) -> None:
        line = " ".join("".join(self.current).split()).strip()
        if line.strip("| "):
            self.lines.append(self.prefix + line.rstrip("| "))
            self.prefix = ""
        elif not empty:
            self.prefix = self.prefix if self.prefix == "- " else ""
        self.current = []
        if empty and self.lines and self.lines[-1]:
            self.lines.append("")

    def text(self) -> str:
        """All lines collected."""
        self._break()
        return "\n".join(self.lines).strip()
