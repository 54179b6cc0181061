"""`make messages`: the catalogues of locale/, brought up to date with what the code says and compiled.

python -m config.catalogues            update every catalogue that has been begun
python -m config.catalogues --check    only tell what is missing or stale in the languages that everybody gets, and
                                       exit with 1 where anything is
python -m config.catalogues --new ht   begin a language

Babel reads Python, Jinja's own part for it reads templates, and `bills.stages.translating` gives the
messages of the pure part, which knows no gettext. Locations are left out: they would change with every edit.

Django serves a language only where it finds a catalogue of it, and knows neither Haitian Creole nor Yiddish. So every
language in preparation has one here, empty until somebody begins.
"""

from __future__ import annotations

import io
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation import to_locale
from jinja2.ext import babel_extract

from config import languages
from config.embedded import PROJECT

FOLDER = PROJECT / "locale"
APPS = ("bills", "config", "sponsors", "statements")
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
COMMENTS = ("Translators:",)
# What a translation must have in common with its message: named places, and tags.
PARTS = re.compile(r"%\(\w+\)[sd]|</?\w+[^>]*>")

# What stays in the head of a catalogue. The other fields would change with every run or every release of Babel.
HEAD = ("Language", "Plural-Forms", "MIME-Version", "Content-Type", "Content-Transfer-Encoding")
OTHER_FIELDS = re.compile(rf'^"(?!(?:{"|".join(HEAD)}): )[A-Z][A-Za-z-]+: .*\n'.encode(), re.MULTILINE)

Found = tuple[str | tuple[str, ...], list[str], str | None]  # message or its two numbers, comments, context


def found_in_code() -> Iterator[Found]:
    # The desk is English: what only staff read is not for translators.
    for app in APPS:
        for path in sorted((PROJECT / app).rglob("*.py")):
            if {"migrations", "admin", "management"} & set(path.parts) or path.name == "admin.py":
                continue
            with path.open("rb") as module:
                yield from _found("python", module)


def found_in_templates() -> Iterator[Found]:
    for path in sorted((PROJECT / "templates").rglob("*")):
        if path.suffix in {".html", ".svg", ".xml"}:
            with path.open("rb") as template:
                yield from _found(babel_extract, template)


def _found(method: Any, file: BinaryIO) -> Iterator[Found]:
    options = {"encoding": "utf-8"}
    for _line, message, comments, context in extract(method, file, KEYWORDS, COMMENTS, options):
        yield message, comments, context


def template() -> Catalog:
    """All messages that readers meet, without translations."""
    from bills.stages.translating import messages

    catalogue = Catalog(project="Passage", charset="utf-8", fuzzy=False)
    for message, comments, context in (*found_in_templates(), *found_in_code()):
        catalogue.add(message, auto_comments=comments, context=context)
    for message in messages():
        catalogue.add(message)
    return catalogue


def translated() -> list[str]:
    """The languages that everybody gets, whose catalogues must be complete."""
    return [code for code, _name in languages.LANGUAGES if code != languages.DEFAULT]


def begun() -> list[str]:
    """The languages whose catalogues are kept up to date: those, and what translators work on."""
    in_preparation = [code for code, _name in languages.IN_PREPARATION]
    return [*translated(), *(code for code in in_preparation if po_path(code).exists() and len(read(code)))]


def po_path(code: str) -> Path:
    return FOLDER / to_locale(code) / "LC_MESSAGES" / "django.po"


def read(code: str) -> Catalog:
    with po_path(code).open("rb") as file:
        return read_po(file, locale=to_locale(code))


class _Steady(Catalog):
    """A catalogue that compiles to the same bytes at any time."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        return [(name, value) for name, value in super().mime_headers if name in HEAD]


def compiled(catalogue: Catalog) -> bytes:
    steady = _Steady(locale=catalogue.locale_identifier, charset="utf-8", fuzzy=False)
    for message in catalogue:
        if message.id:
            steady[message.id] = message
    into = io.BytesIO()
    write_mo(into, steady)
    return into.getvalue()


def update(code: str) -> Catalog:
    """Bring a language's catalogue up to date: new messages untranslated, old ones gone, nothing guessed."""
    catalogue = read(code) if po_path(code).exists() else Catalog(locale=to_locale(code))
    catalogue.update(template(), no_fuzzy_matching=True, update_header_comment=False)
    catalogue.obsolete.clear()
    write(code, catalogue)
    return catalogue


def write(code: str, catalogue: Catalog) -> None:
    """Write a catalogue and compile it."""
    name = catalogue.locale.english_name if catalogue.locale else None
    catalogue.header_comment = f"# Passage in {name or code}."
    catalogue.fuzzy = False
    into = io.BytesIO()
    write_po(into, catalogue, width=110, no_location=True, sort_output=True)
    path = po_path(code)
    path.parent.mkdir(parents=True, exist_ok=True)
    head, empty_line, entries = into.getvalue().partition(b"\n\n")
    path.write_bytes(OTHER_FIELDS.sub(b"", head) + empty_line + entries)
    path.with_suffix(".mo").write_bytes(compiled(read(code)))


def faults(code: str) -> list[str]:
    """What is wrong with a language's catalogue, a line each: untranslated, missing, stale, or parts lost."""
    catalogue, wanted = read(code), template()
    told = []
    for message in wanted:
        if not message.id:
            continue
        own = catalogue.get(message.id, context=message.context)
        if own is None:
            told.append(f"missing: {_first(message)!r}")
        elif not _is_translated(own):
            told.append(f"untranslated: {_first(message)!r}")
        elif own.fuzzy:
            told.append(f"not confirmed: {_first(message)!r}")
        elif lost := _lost_parts(own):
            told.append(f"{', '.join(sorted(lost))} differ: {_first(message)!r}")
    told += [
        f"no longer used: {_first(message)!r}"
        for message in catalogue
        if message.id and wanted.get(message.id, context=message.context) is None
    ]
    if po_path(code).with_suffix(".mo").read_bytes() != compiled(catalogue):
        told.append("the compiled catalogue is stale: make messages")
    return told


def _first(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _is_translated(message: Message) -> bool:
    texts = message.string if isinstance(message.string, (list, tuple)) else [message.string]
    return bool(texts) and all(texts)


def _lost_parts(message: Message) -> set[str]:
    """Named places and tags that a translation leaves out or invents. A form for one thing may leave out its number."""
    if isinstance(message.id, str):
        return _parts(message.id) ^ _parts(str(message.string))
    one, many = message.id
    texts = list(message.string or ())
    invented = set().union(*map(_parts, texts)) - _parts(one) - _parts(many)
    return invented | (_parts(many) ^ _parts(texts[-1]))


def _parts(text: str) -> set[str]:
    return set(PARTS.findall(text))


def main(arguments: list[str]) -> int:
    if arguments[:1] == ["--check"]:
        told = [f"{code}: {fault}" for code in translated() for fault in faults(code)]
        sys.stdout.write("".join(f"{line}\n" for line in told))
        return 1 if told else 0
    new = arguments[1:] if arguments[:1] == ["--new"] else []
    for code in dict.fromkeys([*begun(), *new]):
        catalogue = update(code)
        waiting = sum(1 for message in catalogue if message.id and not _is_translated(message))
        sys.stdout.write(f"{code}: {len(catalogue)} messages, {waiting} untranslated\n")
    return 0


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    sys.exit(main(sys.argv[1:]))
