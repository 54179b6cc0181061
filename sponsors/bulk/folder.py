"""The folder of the bulk files: sets of files, of which one is current, and a lock for whoever writes.

lock                     held while a set is written; the kernel lets go of it for a killed process too
writing-x7d2ka/          a set that is not complete; whoever writes next clears it away
sets/20260301T045000Z/   complete sets, each never touched again
current                  a link to the newest of them, moved in one step
"""

from __future__ import annotations

import fcntl
import json
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

MANIFEST = "manifest.json"
DICTIONARY = "dictionary.json"
SETS_KEPT = 2  # the current one, and the one that somebody may still be reading
_NAME = re.compile(r"[a-z_]{1,40}\.(?:csv|jsonl)\.gz|manifest\.json|dictionary\.json")


class FolderInUse(Exception):
    """Somebody else is writing a set."""


@dataclass(frozen=True, slots=True)
class CurrentSet:
    """The newest complete set. `manifest` is what its manifest.json says."""

    path: Path
    manifest: dict[str, Any]

    def file(self, name: str) -> Path | None:
        """Where a file of the set lies; None for a name that is none of its files."""
        path = self.path / name
        return path if _NAME.fullmatch(name) and path.is_file() else None

    def sha256(self, name: str) -> str:
        """Of a file that the manifest lists; "" for others."""
        return next((file["sha256"] for file in self.manifest["files"] if file["name"] == name), "")


def current_set(folder: Path) -> CurrentSet | None:
    """The set that readers get; None where none was written yet."""
    with suppress(OSError, ValueError):
        path = (folder / "current").resolve(strict=True)
        return CurrentSet(path, json.loads((path / MANIFEST).read_text()))
    return None


@contextmanager
def new_set(folder: Path, now: datetime) -> Iterator[Path]:
    """An empty folder to write into. It becomes the current set if the block ends well, and nothing otherwise.

    Raises FolderInUse while somebody else writes, and OSError where the folder cannot be written.
    """
    (folder / "sets").mkdir(parents=True, exist_ok=True)
    with _locked(folder):
        for left_behind in folder.glob("writing-*"):
            shutil.rmtree(left_behind, ignore_errors=True)
        working = Path(tempfile.mkdtemp(prefix="writing-", dir=folder))
        working.chmod(0o755)
        try:
            yield working
            _publish(folder, working, now)
        finally:
            shutil.rmtree(working, ignore_errors=True)
        _prune(folder)


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    lock = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o644)
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise FolderInUse("Another process is writing bulk files into this folder.") from error
        yield
    finally:
        os.close(lock)


def _publish(folder: Path, working: Path, now: datetime) -> None:
    for path in working.iterdir():
        _sync(path)
    _sync(working)
    kept = folder / "sets" / f"{now:%Y%m%dT%H%M%S}.{now.microsecond:06}Z"
    working.rename(kept)
    _sync(kept.parent)
    link = folder / "current.new"
    link.unlink(missing_ok=True)
    link.symlink_to(kept.relative_to(folder))
    link.rename(folder / "current")
    _sync(folder)


def _prune(folder: Path) -> None:
    sets = sorted((folder / "sets").iterdir())
    current = (folder / "current").resolve()
    for path in sets[:-SETS_KEPT]:
        if path.resolve() != current:
            shutil.rmtree(path, ignore_errors=True)


def _sync(path: Path) -> None:
    """Wait until the disk has it."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
