"""Programmes and executive orders by their usual names."""

from __future__ import annotations

import pytest

from statements.documents.programmes import find_programmes


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("They left S-Comm in June.", ["Secure Communities"]),
        ("the New York Immigrant Family Unity Project (NYIFUP)", ["NYIFUP"]),
        ("287g agreements and 287(g) deputies", ["287(g)"]),
        ("TPS, DACA and IDNYC", ["Temporary Protected Status", "DACA", "IDNYC"]),
        ("Executive Order №34 of 2003", ["Executive Order 34 of 2003"]),
        ("Executive Order No. 41 of 2003; later Executive Order 41", ["Executive Order 41 of 2003"]),
        ("Executive Orders 34 and 41", ["Executive Order 34", "Executive Order 41"]),
        ("Executive Order 170.1", ["Executive Order 170.1"]),
        ("E.O. 13768", ["Executive Order 13768"]),
        ("the President's executive order", []),
        ("MITPS 1287g", []),
    ],
)
def test_the_programmes_of_a_text(text, names):
    assert [programme.name for programme in find_programmes(text)] == names
