"""A facet of a list's form as HTML: a fold with a box for each value, and how long the list would be with it.

Made here and not in a template, in which the hundred boxes of a list took two thirds of the list's time.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from html import escape
from typing import Any

from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext

from sponsors.facets import Choice

# A value that may be chosen, how many rows have it (None where nobody counted), and whether it is chosen.
Offered = tuple[Choice, int | None, bool]

_BOX = '<li><label><input type="checkbox" name="{}" value="{}"'
_BOX_SAYS = '><span>{}</span><span class="facet-count">'
_BOX_END = "</span></label></li>\n"


@dataclass(frozen=True, slots=True)
class ShownFacet:
    """`first` in view, `rest` folded away; `is_partial`: there are at least so many of each."""

    name: str
    label: Any
    first: list[Offered]
    rest: list[Offered]
    chosen: int
    is_open: bool
    is_partial: bool
    errors: list[str]

    @property
    def html(self) -> SafeString:
        label, error_id = escape(str(self.label)), f"id_{escape(self.name)}_error"
        parts = [
            f'<details class="facet"{" open" if self.is_open else ""}>\n<summary>{label}',
            f' <span class="facet-chosen">{escape(_chosen(self.chosen))}</span>' if self.chosen else "",
            "</summary>\n<fieldset",
            f' class="has-error" aria-describedby="{error_id}"' if self.errors else "",
            f'>\n<legend class="for-readers">{label}</legend>\n',
            f'<p class="error" id="{error_id}">{escape(" ".join(self.errors))}</p>\n' if self.errors else "",
            *self._groups(self.first),
        ]
        if self.rest:
            parts += [
                f'<details class="facet-more"><summary>{escape(_more(len(self.rest)))}</summary>\n',
                *self._groups(self.rest),
                "</details>\n",
            ]
        return mark_safe("".join([*parts, "</fieldset>\n</details>\n"]))  # noqa: S308 (escaped above and in _pieces)

    def _groups(self, offered: list[Offered]) -> list[str]:
        """Their boxes in lists, each under the heading of its group where it has one."""
        said = gettext("%(number)s+") if self.is_partial else "%(number)s"
        groups: dict[str, list[str]] = {}
        for choice, number, is_chosen in offered:
            head, says = _pieces(self.name, choice.value, str(choice.label))
            count = escape(said % {"number": _grouped(number)}) if number is not None else ""
            box = f"{head}{' checked' if is_chosen else ''}{says}{count}{_BOX_END}"
            groups.setdefault(str(choice.group), []).append(box)
        return [
            f'{_heading(group)}<ul class="choices">{"".join(boxes)}</ul>\n' for group, boxes in groups.items()
        ]


@lru_cache(maxsize=20_000)
def _pieces(name: str, value: str, label: str) -> tuple[SafeString, SafeString]:
    return format_html(_BOX, name, value), format_html(_BOX_SAYS, label)


def _heading(group: str) -> SafeString | str:
    return format_html('<p class="facet-group">{}</p>', group) if group else ""


def _chosen(number: int) -> str:
    return ngettext("%(number)s chosen", "%(number)s chosen", number) % {"number": number}


def _more(number: int) -> str:
    return ngettext("%(number)s more", "%(number)s more", number) % {"number": number}


def _grouped(number: int) -> str:
    return str(number) if number < 1000 else intcomma(number)
