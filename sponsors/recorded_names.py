"""Names that records give in English, in the reader's language: sessions of Congress, and parties.

A name that is not known here stays as it is.
"""

from __future__ import annotations

import re

from django.utils.translation import get_language, gettext, pgettext_lazy

_CONGRESS = re.compile(r"(?P<number>\d+)(?:st|nd|rd|th) Congress \((?P<years>\d{4}-\d{4})\)")
_PARTIES = {
    "Democratic": pgettext_lazy("party", "Democratic"),
    "Republican": pgettext_lazy("party", "Republican"),
}


def session_in_words(label: str) -> str:
    """A session's label: "2017-2018" as it is, "119th Congress (2025-2026)" translated."""
    if get_language() == "en" or (found := _CONGRESS.fullmatch(label)) is None:
        return label
    # Translators: "119th Congress (2025-2026)"; English pages have the ordinal.
    return gettext("Congress %(number)s (%(years)s)") % found.groupdict()


def party_in_words(name: str) -> str:
    """ "Democratic" as the reader's language says it beside a seat."""
    return str(_PARTIES.get(name, name))
