"""Written dates, and which one is the document's own."""

from __future__ import annotations

import datetime as dt

import pytest

from statements.documents import read
from statements.documents.dates import find_dates

DAY = dt.date(2019, 6, 18)


@pytest.mark.parametrize(
    "written",
    [
        "June 18, 2019",
        "JUNE 18, 2019",
        "June 18th, 2019",
        "Jun. 18 2019",
        "Tuesday, June 18, 2019",
        "Tue, Jun 18th 2019 09:45 am",
        "18 June 2019",
        "18th of June, 2019",
        "18, June 2019",
        "18 / Jun / 2019",
        "2019-06-18",
        "6/18/2019",
        "06/18/19",
        "06.18.2019",
        "martes, 18 de junio de 2019",
    ],
)
def test_a_full_date_of_any_usual_form(written):
    assert [found.date for found in find_dates(written)] == [DAY]


@pytest.mark.parametrize(
    "written",
    [
        "June 18",
        "June 2019",
        "August 5th",
        "February 30, 2019",
        "13/13/2019",
        "2019",
        "may 2019 be kind",
        "1.2.3",
    ],
)
def test_no_full_date(written):
    assert find_dates(written) == []


BODY = (
    "People came to the steps of the Capitol and spoke for a long while of the winter that they had had, "
    "and of the bill that may end it."
)


@pytest.mark.parametrize(
    "text",
    [
        f"Neighbors Ask Albany to Act on the Bill\n\nJune 18, 2019\n\n{BODY}",
        f"June 18, 2019\n\nNeighbors Ask Albany to Act on the Bill\n\n{BODY}",
        f"FOR IMMEDIATE RELEASE: June 18, 2019\nContact: A. Roy\n\nNeighbors Ask Albany "
        f"to Act on the Bill\n\n{BODY}",
        f"For Immediate Release\n: June 18, 2019\n\nNeighbors Ask Albany to Act on the Bill\n\n{BODY}",
        f"Neighbors Ask Albany to Act on the Bill\n\nPublished on: June 18, 2019 by admin\n\n{BODY}",
        f"Neighbors Ask Albany to Act on the Bill\n\nALBANY, N.Y., June 18, 2019 – {BODY}",
        f"Neighbors Ask Albany to Act on the Bill\n\n(Albany, NY - June 18, 2019) {BODY}",
        f"Neighbors Ask Albany to Act on the Bill\n\n{BODY} {BODY}\n\nThis entry was "
        f"posted on June 18, 2019 at 3:14 pm.",
        f" date 2019-06-18 {BODY}",
        f"Neighbors Ask Albany to Act on the Bill\n\nUpdated June 20, 2019\n\nPosted June 18, 2019\n\n{BODY}",
    ],
)
def test_the_documents_own_date(text):
    assert read(text).date == DAY


@pytest.mark.parametrize(
    "text",
    [
        f"Neighbors Ask Albany to Act on the Bill\n\n{BODY} They first came on June 18, 2019.",
        f"Neighbors Ask Albany to Act on the Bill\n\n{BODY} {BODY}\n\n© June 18, 2019 Hudson Aid",
        f"Neighbors Ask Albany to Act on the Bill\n\n{BODY} {BODY}\n\nLeave a "
        f"Reply\n\nDale says:\n\nJune 18, 2019 at 3:14 pm\n\nI agree.",
        f"Neighbors Ask Albany to Act on the Bill\n\nJune 18\n\n{BODY}",
        f"Neighbors Ask Albany to Act on the Bill\n\n{BODY} {BODY}\n\nRecent "
        f"Posts\n\nBlood Drive June 18, 2019",
    ],
)
def test_another_date_is_not_the_documents(text):
    assert read(text).date is None
