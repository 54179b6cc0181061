"""Names that records give in English, in the reader's language: sessions of Congress, parties, issues.

A name that is not known here, such as an issue that staff have added, stays as it is.
"""

from __future__ import annotations

import re

from django.utils.translation import get_language, gettext, pgettext_lazy

_CONGRESS = re.compile(r"(?P<number>\d+)(?:st|nd|rd|th) Congress \((?P<years>\d{4}-\d{4})\)")
_PARTIES = {
    "Democratic": pgettext_lazy("party", "Democratic"),
    "Republican": pgettext_lazy("party", "Republican"),
}
_ISSUES = {
    "Budget": pgettext_lazy("issue", "Budget"),
    "Children and Families": pgettext_lazy("issue", "Children and Families"),
    "Courts": pgettext_lazy("issue", "Courts"),
    "Detention": pgettext_lazy("issue", "Detention"),
    "Education": pgettext_lazy("issue", "Education"),
    "Health Care": pgettext_lazy("issue", "Health Care"),
    "Immigrant Rights": pgettext_lazy("issue", "Immigrant Rights"),
    "Immigration": pgettext_lazy("issue", "Immigration"),
    "Labor": pgettext_lazy("issue", "Labor"),
    "Language Access": pgettext_lazy("issue", "Language Access"),
    "Law Enforcement": pgettext_lazy("issue", "Law Enforcement"),
    "Legal Services": pgettext_lazy("issue", "Legal Services"),
    "Licenses and Identification": pgettext_lazy("issue", "Licenses and Identification"),
    "Policing": pgettext_lazy("issue", "Policing"),
    "Refugees": pgettext_lazy("issue", "Refugees"),
    "Social Services": pgettext_lazy("issue", "Social Services"),
    "Transportation": pgettext_lazy("issue", "Transportation"),
    "Veterans": pgettext_lazy("issue", "Veterans"),
}


def session_in_words(label: str) -> str:
    """A session's label: "2017-2018" as it is, "119th Congress (2025-2026)" translated."""
    found = _CONGRESS.fullmatch(label)
    if found is None or get_language() == "en":
        return label
    # Translators: "119th Congress (2025-2026)"; English pages have the ordinal.
    return gettext("Congress %(number)s (%(years)s)") % found.groupdict()


def party_in_words(name: str) -> str:
    """ "Democratic" as the reader's language says it beside a seat."""
    return str(_PARTIES.get(name, name))


def issue_in_words(name: str) -> str:
    """ "Health Care" in the reader's language."""
    return str(_ISSUES.get(name, name))
