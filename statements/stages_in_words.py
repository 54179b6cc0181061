"""The stage that a text states for a bill, in the reader's language."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

# By the words of documents/stages_stated.py; the steps of a bill's page are called the same.
_STAGES = {
    "Introduced": _("Introduced"),
    "In Committee": _("In committee"),
    "In Committee Senate": _("In Senate committee"),
    "In Committee Assembly": _("In Assembly committee"),
    "On Floor Calendar Senate": _("On Senate floor calendar"),
    "On Floor Calendar Assembly": _("On Assembly floor calendar"),
    "Passed Senate": _("Passed Senate"),
    "Passed Assembly": _("Passed Assembly"),
    "Delivered to Governor": _("Delivered to Governor"),
    "Signed By Governor": _("Signed by Governor"),
    "Became Law Without Signature": _("Became law without signature"),
    "Vetoed By Governor": _("Vetoed"),
    "Stricken": _("Enacting clause stricken"),
    "Lost": _("Voted down"),
    "Adopted": _("Adopted"),
    "Substituted": _("Replaced by another bill"),
}


def stage_in_words(stage: str) -> str:
    """ "In Committee Senate" as "In Senate committee". Words that are not known here, such as staff's, stay."""
    return str(_STAGES.get(stage, stage))
