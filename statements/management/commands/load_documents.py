"""load_documents PATH... [--json] [--dry-run]: source documents into statements."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from statements.documents import DocumentError, ParsedDocument, decode, read
from statements.documents.decoding import SIZE_LIMIT
from statements.documents.parsed import to_json
from statements.loading import DocumentLoader
from statements.search.vocabulary import gather_words

SHIPPED = Path(__file__).resolve().parents[2] / "records"
ENDINGS = {".txt", ".md", ".html", ".htm"}


class Command(BaseCommand):
    help = "Read source documents (text or HTML) and store them as statements. Loading twice changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "paths",
            nargs="*",
            type=Path,
            metavar="PATH",
            help="files or folders; the shipped ones by default",
        )
        parser.add_argument(
            "--json", action="store_true", help="print one JSON object a line, one for each document"
        )
        parser.add_argument("--dry-run", action="store_true", help="read and print, store nothing")

    def handle(self, *, paths: list[Path], json: bool, dry_run: bool, **_options) -> None:
        files = list(documents_in(paths or [SHIPPED]))
        loader = None if dry_run else DocumentLoader()
        counts: dict[str, int] = {}
        for file in tqdm(files, desc="Documents", unit="", disable=not sys.stderr.isatty(), leave=False):
            outcome = self._one(file, loader, as_json=json)
            counts[outcome] = counts.get(outcome, 0) + 1
        if counts.keys() - {"read", "failed", "unchanged", "kept"}:
            gather_words()
        if not json:
            told = ", ".join(f"{number} {outcome}" for outcome, number in sorted(counts.items()))
            self.stdout.write(f"{len(files)} documents: {told or 'none found'}")
        if counts.get("failed"):
            raise CommandError(f"{counts['failed']} of {len(files)} documents could not be read.")

    def _one(self, file: Path, loader: DocumentLoader | None, *, as_json: bool) -> str:
        try:
            raw, parsed = read_file(file)
        except (DocumentError, OSError) as error:
            reason = error.strerror or str(error) if isinstance(error, OSError) else str(error)
            self.stderr.write(f"{file}: {reason}")
            if as_json:
                self._print_json(None, file, reason)
            return "failed"
        outcome = loader.load(parsed, filename=file.name, raw=raw).outcome if loader else "read"
        if as_json:
            self._print_json(parsed, file)
        return outcome

    def _print_json(self, parsed: ParsedDocument | None, file: Path, error: str | None = None) -> None:
        self.stdout.write(json.dumps(to_json(parsed, str(file), error), ensure_ascii=False))


def documents_in(paths: list[Path]) -> Iterator[Path]:
    """The files named, and those of the folders named in the order of their names."""
    for path in paths:
        if path.is_dir():
            yield from sorted(file for file in path.iterdir() if file.suffix.lower() in ENDINGS)
        else:
            yield path


def read_file(file: Path) -> tuple[str, ParsedDocument]:
    """The text of a file and what was read from it. Raises DocumentError or OSError."""
    if file.exists() and not file.is_file():
        raise DocumentError("not a file")
    with file.open("rb") as opened:
        data = opened.read(SIZE_LIMIT + 1)  # a larger file is refused by decode(), not read whole
    raw = decode(data)
    return raw, read(raw, filename=file.name)
