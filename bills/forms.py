"""What readers type into the search box."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST_QUERY = 200  # characters


class GoForm(forms.Form):
    """The search box."""

    q = forms.CharField(
        max_length=LONGEST_QUERY,
        required=False,
        error_messages={
            "max_length": _("That is too long to search for. Try a bill number or a few words."),
            "null_characters_not_allowed": _("That has a character we cannot search for."),
        },
    )
