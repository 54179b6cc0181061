"""The public git mirrors of the State's and the Council's systems, as an operator cloned them: no key is needed.

A mirror is as old as its last commit, and so is all that is read from it: the time of a snapshot is the commit's,
never that of reading. Layouts differ and the rest does not; what a file means is said by a module of its own,
with the four functions of `Translation`.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, cast

from django.utils.translation import gettext_lazy

from bills.print_numbers import PrintNumber
from bills.providers.base import BillNotFound, BillSnapshot, SourceUnavailable, Touched, UnexpectedAnswer
from bills.providers.git_clone import MOST_BYTES, Clone, Commit
from bills.providers.strict_json import read_json

if TYPE_CHECKING:
    from bills.providers.base import StrOrPromise

PULL_SECONDS = 900.0  # a first fetch after a long rest brings tens of thousands of files


class Translation(Protocol):
    """What a module that knows one mirror's files has."""

    def number_of_path(self, path: str) -> PrintNumber | None: ...

    def path_of(self, number: PrintNumber) -> tuple[str, ...]: ...

    def touched_of(self, path: str, data: Any) -> Touched | None: ...

    def snapshot_of(self, data: Any, *, read_at: datetime) -> BillSnapshot: ...


@dataclass(frozen=True, slots=True)
class Layout:
    """One mirror's way to lay out its files: bills are in `folders`, by the first of which it is known."""

    code: str
    name: str
    title: StrOrPromise
    legislature: str
    folders: tuple[str, ...]
    module: str

    def translation(self) -> Translation:
        return cast(Translation, import_module(self.module))


LAYOUTS = (
    Layout(
        "ny_mirror",
        "the public mirror of Open Legislation",
        gettext_lazy("Public copy of New York Senate Open Legislation"),
        "ny",
        ("bills", "resolutions"),
        "bills.providers.mirrored_new_york",
    ),
    Layout(
        "nyc_mirror",
        "the public mirror of the Council's Legistar",
        gettext_lazy("Public copy of New York City Council Legistar"),
        "nyc",
        ("introduction", "resolution"),
        "bills.providers.mirrored_council",
    ),
)


@dataclass(frozen=True, slots=True)
class MirrorEntry:
    """One bill's file. `fault` is "", or one sentence on why it could not be read, and `touched` then None.

    `number` is what the path says.
    """

    path: str
    number: PrintNumber
    touched: Touched | None
    fault: str = ""
    _translate: Callable[[], BillSnapshot] | None = field(default=None, repr=False, compare=False)

    def snapshot(self) -> BillSnapshot:
        """The bill in our own words; raises UnexpectedAnswer, with the fault where there is one."""
        if self._translate is None:
            raise UnexpectedAnswer(self.fault or f"{self.path} was not read.")
        return self._translate()


class Mirror:
    """A clone of one of the mirrors, as a source of bills. All methods raise a SourceError, also midway."""

    def __init__(self, clone: Clone, layout: Layout) -> None:
        self.code = layout.code
        self.name = layout.name
        self.title = layout.title
        self.legislatures = frozenset({layout.legislature})
        self._legislature = layout.legislature
        self._clone = clone
        self._folders = layout.folders
        self._is_by_year = layout.legislature == "nyc"  # a session has several folders
        self._translation = layout.translation()

    def __repr__(self) -> str:
        return f"<Mirror {self.code} {self._clone.folder}>"

    def head(self) -> Commit:
        """The newest commit of the clone: what `entries` reads up to, and how old the mirror is."""
        return self._clone.head()

    def pull(self, seconds: float = PULL_SECONDS) -> None:
        """Bring the clone up to date; raises SourceUnavailable and leaves it as it was where that fails."""
        self._clone.pull(seconds)

    def fetch_bill(self, number: PrintNumber) -> BillSnapshot:
        """The bill as of the clone's newest commit. `number` must name its session."""
        if number.legislature != self._legislature or number.session is None:
            raise ValueError(f"{self._named()} knows bills of {self._legislature}, with their session.")
        head = self._clone.head()
        wanted = replace(number, amendment="")
        for path in self._translation.path_of(wanted):
            content = self._clone.file(path, head.hash)
            if content is not None:
                return self._entry(path, content, head, wanted).snapshot()
        raise BillNotFound(f"{self._named()} has no bill {number.base_print_no} of {number.session}.")

    def entries(self, since: str | None, until: str, *, after: str = "") -> Generator[MirrorEntry]:
        """Every bill whose file differs between two commits, in the order of paths; all of them since None.

        Only those with a path beyond `after`, so that a run that was cut off goes on where it ended. A file that
        cannot be read is an entry with a fault and does not stop the rest, and so is, where all are told, the Council's
        second file of one number in one session. Files that are no bill's are left out.
        Raises CommitGone where the clone no longer has `since`: begin anew with None.
        """
        commit = self._clone.commit(until)
        ahead: deque[tuple[str, PrintNumber, str]] = deque()
        seen: dict[tuple[str, int | None, str], str] = {}

        def wanted() -> Generator[str]:
            with closing(self._clone.changed_paths(since, commit.hash, self._folders)) as changed:
                for path, blob in changed:
                    number = self._translation.number_of_path(path)
                    if number is None:
                        continue
                    # Of what changed alone it cannot be told.
                    first = (
                        seen.setdefault(_key(number), path) if since is None and self._is_by_year else path
                    )
                    if path > after:
                        ahead.append((path, number, first))
                        yield blob

        with closing(wanted()) as ids, closing(self._clone.blobs(ids)) as contents:
            for content in contents:
                path, number, first = ahead.popleft()
                if first != path:
                    fault = f"{path} has the number of {first}, in the same session."
                    yield MirrorEntry(path, number, None, fault)
                else:
                    yield self._entry(path, content, commit, number)

    def _entry(self, path: str, content: bytes | None, commit: Commit, number: PrintNumber) -> MirrorEntry:
        if content is None:
            return MirrorEntry(path, number, None, f"{path} is larger than {MOST_BYTES // 1024**2} MB.")
        try:
            data = read_json(content.decode("utf-8-sig"))
        except UnicodeDecodeError:
            return MirrorEntry(path, number, None, f"{path} is not written in UTF-8.")
        except (ValueError, RecursionError):
            return MirrorEntry(path, number, None, f"{path} is not readable as JSON.")
        try:
            touched = self._translation.touched_of(path, data)
        except UnexpectedAnswer as error:
            return MirrorEntry(path, number, None, str(error))
        if touched is None:
            return MirrorEntry(path, number, None, f"{path} does not hold a bill.")

        def translate() -> BillSnapshot:
            snapshot = self._translation.snapshot_of(data, read_at=commit.committed_at)
            if _key(snapshot.number) != _key(number):
                raise UnexpectedAnswer(f"{path} holds another bill than its name says.")
            return snapshot

        return MirrorEntry(path, number, touched, "", translate)

    def _named(self) -> str:
        return self.name[:1].upper() + self.name[1:]


def _key(number: PrintNumber) -> tuple[str, int | None, str]:
    """What a bill is known by. The year in a Council file's number is no part of it: who asks may not know it."""
    return number.legislature, number.session, number.base_print_no


def mirror_at(folder: Path) -> Mirror:
    """The mirror whose clone is in `folder`, told by the folders of its newest commit.

    Raises SourceUnavailable where there is no clone, or one of something else.
    """
    clone = Clone(folder)
    folders = clone.folders(clone.head().hash)
    found = [layout for layout in LAYOUTS if layout.folders[0] in folders]
    if len(found) != 1:
        raise SourceUnavailable(
            f"The clone {clone.folder.name} is none of a mirror that we know: those of the State have a folder "
            "“bills”, those of the Council a folder “introduction”."
        )
    return Mirror(clone, found[0])
