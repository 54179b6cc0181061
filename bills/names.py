"""Issues, which records name in English, in the reader's language. One that staff have added stays as it is."""

from __future__ import annotations

from django.utils.translation import pgettext_lazy

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


def issue_in_words(name: str) -> str:
    """ "Health Care" in the reader's language."""
    return str(_ISSUES.get(name, name))
