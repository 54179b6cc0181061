"""Web pages to text."""

from __future__ import annotations

import datetime as dt

import pytest

from statements.documents import DocumentError, read
from statements.documents.html_text import looks_like_html, read_html

PAGE = """<!DOCTYPE html><html><head><title>Ana Roy Speaks on the Bill | Hudson Aid</title>
<meta name="author" content="Lee Park"><meta property="og:site_name" content="Hudson Aid"></head><body>
<nav>Home</nav><header><p>Skip</p></header>
<main><h1>Ana Roy Speaks on the Bill</h1><p>One <a href="x">two</a><br>three &amp; four</p>
<ul><li>five</li><li>six</li></ul><table><tr><td>seven</td><td>eight</td></tr></table>
<form><input value="nine">nine</form><script>ten</script><p hidden>eleven</p></main>
<footer>twelve</footer></body></html>"""


def test_a_page_is_read_as_its_readers_see_it():
    page = read_html(PAGE)
    assert page.text.split("\n") == [
        "# Ana Roy Speaks on the Bill",
        "",
        "One two",
        "three & four",
        "",
        "- five",
        "- six",
        "",
        "seven | eight",
    ]
    assert (page.title, page.site_name, page.author) == (
        "Ana Roy Speaks on the Bill | Hudson Aid",
        "Hudson Aid",
        "Lee Park",
    )


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="article:published_time" content="2020-02-19T08:00:00-05:00">',
        '<meta name="dcterms.date" content="2020-02-19">',
        '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": '
        '"2020-02-19T08:00:00Z"}</script>',
        '<script type="application/ld+json">[1, {"@graph": 3}]</script><meta name="date" '
        'content="February 19, 2020">',
    ],
)
def test_the_date_in_the_head_of_a_page(head):
    assert read_html(f"<html><head>{head}</head><body><p>x</p></body></html>").date == dt.date(2020, 2, 19)


@pytest.mark.parametrize("text", [PAGE, "<html>", "\n <!doctype HTML>", "<div><p>a</p><p>b</p></div>"])
def test_a_page_is_known_by_its_beginning(text):
    assert looks_like_html(text)


@pytest.mark.parametrize("text", ["a < b", "Use <b>bold</b> sparingly", "", "“<p>” is a tag"])
def test_a_text_is_no_page(text):
    assert not looks_like_html(text)


def test_a_page_nested_beyond_reason_gives_its_text_without_hanging():
    assert (
        read("<html>" + "<div>" * 200_000 + "<p>Some words stand here.</p>").text == "Some words stand here."
    )


def test_a_page_of_nothing_is_empty():
    with pytest.raises(DocumentError, match="empty"):
        read("<html><body><script>x</script></body></html>")
