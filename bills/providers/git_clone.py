"""A clone of somebody's git repository, read through the `git` program and never through its files on disk.

What is read is always a commit's own content; a checked-out file that somebody edited by hand is not seen. A bare
clone does as well as one with files. Only `pull` reaches out, over https or from another folder.

git is started without a shell, without hooks, without prompts and with an environment of our own, and is stopped
with all that it started. Its own words may hold an address with a password in it: of them only phrases that we
know come into our sentences.
"""

from __future__ import annotations

import math
import os
import re
import selectors
import shutil
import signal
import subprocess
import tempfile
import time
from collections import deque
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from itertools import islice
from pathlib import Path
from typing import IO

from bills.providers.base import SourceError, SourceUnavailable, UnexpectedAnswer

MOST_BYTES = 2 * 1024 * 1024  # of one file; a larger one is passed over
LOCAL_SECONDS = 60  # for a question that needs no network, and between two pieces of a long answer
LISTING_SECONDS = 300  # that a whole list of files is waited for
MOST_FILES = 1_000_000  # of a list; the largest mirror has some 80,300
STOP_SECONDS = 5  # git removes its lock files when it is asked to end, and not when it is killed
IDS_AT_ONCE = 64  # some 4 KB: what every system's pipe takes without waiting for a reader
PROTOCOLS = "https:file"  # of a pull

# Enough to find git, its configuration and the certificates; nothing that points git at another repository.
KEPT_VARIABLES = ("PATH", "HOME", "XDG_CONFIG_HOME", "TMPDIR", "SSL_CERT_FILE", "SSL_CERT_DIR")
OPTIONS = (
    *("-c", "core.hooksPath=/dev/null"),
    *("-c", "core.fsmonitor=false"),
    *("-c", "core.askPass="),
    *("-c", "http.followRedirects=false"),
    *("-c", "http.lowSpeedLimit=1000"),
    *("-c", "http.lowSpeedTime=30"),
)

_HASH = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?", re.ASCII)
_ORDINARY_FILE = re.compile(rb"100[0-7]{3}")  # no link, no folder, no repository within the repository

# Never looked for where a remote has its say: it tells the operator to trust a folder.
_OF_ANOTHER_USER = (
    re.compile("dubious ownership", re.IGNORECASE),
    "The folder {path} belongs to another user, and git reads it only when told that it may: as the user "
    "that runs Passage, run “git config --global --add safe.directory {path}”.",
)
# What git says in English, and what we make of it; the first that fits.
_FAULTS = tuple(
    (re.compile(said, re.IGNORECASE), sentence)
    for said, sentence in (
        ("promisor remote", "The clone {name} lacks files: clone it anew, without a filter."),
        ("not a git repository", "The folder {name} is no git repository."),
        (
            "No space left on device|Disk quota exceeded",
            "The disk is full, so that git cannot work in {name}.",
        ),
        (
            r"\.lock': File exists",
            "Another git is at work in {name}, or one was cut off there and left its lock.",
        ),
        ("Permission denied|Read-only file system", "git may not read or write all of {name}."),
        ("Input/output error", "The disk that holds {name} has a fault."),
        (
            "could not read Username|could not read Password|Authentication failed|terminal prompts disabled",
            "The address that {name} was cloned from is not there, or asks for a password.",
        ),
        (
            "repository .* not found|does not appear to be a git repository",
            "What {name} was cloned from is gone.",
        ),
        ("couldn't find remote ref", "What {name} was cloned from no longer has that branch."),
        (
            "transport .* not allowed",
            "The clone {name} is kept over a protocol other than https, which is not used.",
        ),
        (
            "returned error: 30[1-8]|unable to update url base from redirection",
            "The repository that {name} was cloned from has moved; set its new address with git remote set-url.",
        ),
        (
            "Could not resolve host|Could not read from remote repository"
            "|unable to access|Failed to connect|Connection (?:reset|refused|timed out)"
            "|Operation too slow|RPC failed|early EOF|hung up unexpectedly|expected flush",
            "What {name} was cloned from cannot be reached.",
        ),
        ("unknown revision|bad revision", "The clone {name} does not have the commit that is to be read."),
        (
            "corrupt|bad object|bad tree|unable to read|could not read|missing (?:blob|tree|commit)|inflate"
            "|not a valid object|not a tree object|invalid object|object file .* is empty|bad signature|broken"
            "|bad config|index file",
            "The clone {name} is damaged: take it away and clone it anew.",
        ),
    )
)


class CommitGone(SourceError):
    """The clone no longer has the commit that was read last: history was rewritten, or the clone made anew."""


@dataclass(frozen=True, slots=True)
class Commit:
    hash: str
    committed_at: datetime  # UTC


class _Absent(Enum):
    MISSING = "missing"
    TOO_LARGE = "too large"


class Clone:
    """One clone in `folder`. Every method raises SourceUnavailable where git cannot answer, also midway."""

    def __init__(self, folder: Path) -> None:
        self.folder = Path(os.path.abspath(folder))

    def __repr__(self) -> str:
        return f"<Clone {self.folder}>"

    # --- commits

    def head(self) -> Commit:
        """The newest commit that the clone holds."""
        if not self._first_line("rev-parse", "--verify", "--quiet", "HEAD", may_fail=True):
            self._first_line("rev-parse", "--git-dir")  # tells what is wrong where it is no repository at all
            raise SourceUnavailable(f"The clone {self.folder.name} is empty: it has no commit.")
        return self.commit("HEAD")

    def commit(self, name: str) -> Commit:
        """One commit, by its hash or "HEAD"."""
        # Without the suffix git says of a HEAD whose commit is lost that the object is bad.
        which = name if name == "HEAD" else f"{_checked(name)}^{{commit}}"
        told = self._first_line("log", "-1", "--no-show-signature", "--format=%H %ct", which, "--")
        try:
            found, _, seconds = told.partition(" ")
            return Commit(found, datetime.fromtimestamp(int(seconds), UTC))
        except (ValueError, OverflowError, OSError):
            raise SourceUnavailable(f"The clone {self.folder.name} does not tell when it was made.") from None

    def folders(self, commit: str) -> frozenset[str]:
        """The names of the folders at the top of a commit."""
        told = self._run("ls-tree", "-d", "-z", "--name-only", _checked(commit))
        return frozenset(os.fsdecode(name) for name in told.split(b"\0") if name)

    def pull(self, seconds: float) -> None:
        """Bring the clone to where its branch stands upstream, in at most `seconds`.

        Upstream is always right: where history was rewritten there, the branch here is rewritten too, and commits
        made in the clone are dropped. Its files on disk, if it has any, stay as they were: nobody reads them, and
        writing them would run the filters that the clone's configuration names. A reader at work keeps the commit
        that it has.
        """
        ends = time.monotonic() + seconds
        branch = self._first_line("symbolic-ref", "--quiet", "--short", "HEAD", may_fail=True)
        if not branch:
            self.head()
            raise SourceUnavailable(
                f"The clone {self.folder.name} is on no branch, so that it cannot be updated."
            )
        remote = self._setting(f"branch.{branch}.remote") or "origin"
        upstream = self._setting(f"branch.{branch}.merge") or f"refs/heads/{branch}"
        if not self._setting(f"remote.{remote}.url"):
            raise SourceUnavailable(f"The clone {self.folder.name} does not say what it was cloned from.")
        quietly = ("--quiet", "--no-tags", "--no-recurse-submodules", "--no-auto-gc", "--force")
        # The clone's configuration may name another program for the other end.
        program = "--upload-pack=git-upload-pack"
        self._run("fetch", *quietly, program, "--", remote, upstream, seconds=seconds, protocols=PROTOCOLS)
        target = self._first_line("rev-parse", "--verify", "FETCH_HEAD^{commit}")
        self._run("reset", "--quiet", "--soft", target, "--", seconds=ends - time.monotonic())
        with suppress(SourceUnavailable):  # tidying up may wait
            self._run("-c", "gc.autoDetach=false", "gc", "--auto", "--quiet", seconds=ends - time.monotonic())

    # --- files

    def changed_paths(
        self, since: str | None, until: str, folders: Sequence[str] = ()
    ) -> Generator[tuple[str, str]]:
        """Path and blob of every file that `until` has and `since` has not, in the order of their paths.

        All files of `until` where `since` is None. Only those in `folders`, where any are named. Files that were
        taken away are not among them, nor are links. Raises CommitGone where the clone does not have `since`.
        """
        _checked(until)
        if since is None:
            listing = self._records("ls-tree", "-r", "-z", until, "--", *folders)
            with closing(listing):
                for record in listing:
                    facts, _, path = record.partition(b"\t")
                    mode, kind, blob = facts.split(b" ")
                    if kind == b"blob" and _ORDINARY_FILE.fullmatch(mode):
                        yield os.fsdecode(path), blob.decode("ascii")
            return
        if not self._has(since):
            raise CommitGone(f"The clone {self.folder.name} no longer has the commit that was read last.")
        # A comparison is told only once it is whole, and would fill the memory first where the list has no end.
        with closing(self._records("ls-tree", "-r", "-z", until, "--", *folders)) as listing:
            deque(listing, maxlen=0)
        how = ("-r", "-z", "--raw", "--no-renames", "--no-abbrev")
        listing = self._records("diff-tree", *how, since, until, "--", *folders, pieces=2)
        with closing(listing):
            for facts in listing:
                path = next(listing, b"")
                _, mode, _, blob, _ = facts.split(b" ")
                if _ORDINARY_FILE.fullmatch(mode):  # 000000 is the mode of a file that was taken away
                    yield os.fsdecode(path), blob.decode("ascii")

    def blobs(self, ids: Iterable[str]) -> Generator[bytes | None]:
        """The content of each blob, in order; None for one of more than MOST_BYTES. `ids` is read as it goes."""
        with closing(self._objects(ids)) as contents:
            for content in contents:
                if content is _Absent.MISSING:
                    raise SourceUnavailable(self._sentence("bad object"))
                yield content if isinstance(content, bytes) else None

    def file(self, path: str, commit: str) -> bytes | None:
        """One file as of a commit; None where there is none. Raises UnexpectedAnswer for one that is too large."""
        if "\n" in path or "\0" in path:
            return None
        with closing(self._objects([f"{_checked(commit)}:{path}"])) as contents:
            content = next(contents)
        if content is _Absent.TOO_LARGE:
            raise UnexpectedAnswer(f"{path} is larger than {MOST_BYTES // 1024**2} MB.")
        return content if isinstance(content, bytes) else None

    def _objects(self, names: Iterable[str]) -> Generator[bytes | _Absent]:
        """One `git cat-file` for them all. Names are handed over in small lots, so that neither side waits."""
        waiting = iter(names)
        with self._started("cat-file", "--batch", asks=True) as (process, answer):
            if process.stdin is None:
                return
            while lot := list(islice(waiting, IDS_AT_ONCE)):
                with suppress(BrokenPipeError):  # git has ended; reading tells why
                    process.stdin.write(b"".join(os.fsencode(name) + b"\n" for name in lot))
                    process.stdin.flush()
                for _ in lot:
                    yield answer.object()

    def _has(self, commit: str) -> bool:
        if not _HASH.fullmatch(commit):
            return False
        return bool(
            self._first_line("rev-parse", "--verify", "--quiet", f"{commit}^{{commit}}", may_fail=True)
        )

    # --- the git program

    def _setting(self, name: str) -> str:
        return self._first_line("config", "--get", name, may_fail=True)

    def _first_line(self, *arguments: str, may_fail: bool = False) -> str:
        """The first line that git answers; "" where it answers "no" and `may_fail`."""
        told = self._run(*arguments, may_fail=may_fail)
        return told.partition(b"\n")[0].decode("utf-8", "replace").strip()

    def _run(
        self, *arguments: str, seconds: float = LOCAL_SECONDS, may_fail: bool = False, protocols: str = ""
    ) -> bytes:
        """All that git answers to a short question. With `may_fail` exit status 1 is an answer too: "no"."""
        if seconds <= 0:
            raise SourceUnavailable(f"git did not finish its work in {self.folder.name} in the time it has.")
        with tempfile.TemporaryFile() as words:
            process = self._start(arguments, words, protocols=protocols, asks=False)
            try:
                told, _ = process.communicate(timeout=seconds)
            except subprocess.TimeoutExpired:
                fault = f"git did not finish its work in {self.folder.name} in {seconds:.0f} seconds."
            else:
                if process.returncode == 0 or (may_fail and process.returncode == 1):
                    return told
                fault = self._sentence(_said(words), process.returncode, of_remote=bool(protocols))
            finally:
                _stop(process)
        raise SourceUnavailable(fault)

    def _records(self, *arguments: str, pieces: int = 1) -> Generator[bytes]:
        """A list of files, piece by piece; each ends in NUL, and each file has so many.

        A few small folders that hold one another many times over are a list without end: it is broken off.
        """
        with self._started(*arguments) as (_, answer):
            answer.seconds = LISTING_SECONDS
            count = 0
            while (record := answer.until(b"\0")) is not None:
                count += 1
                if count > MOST_FILES * pieces:
                    raise SourceUnavailable(
                        f"The clone {self.folder.name} lists more than {MOST_FILES:,} files, which no mirror has."
                    )
                yield record

    @contextmanager
    def _started(
        self, *arguments: str, asks: bool = False
    ) -> Iterator[tuple[subprocess.Popen[bytes], _Answer]]:
        """git at work on a long answer. It is stopped at the end, however the end comes."""
        with tempfile.TemporaryFile() as words:
            process = self._start(arguments, words, protocols="", asks=asks)
            try:
                if process.stdout is None:
                    return
                yield process, _Answer(process, words, self)
            finally:
                _stop(process)

    def _start(
        self, arguments: Iterable[str], words: IO[bytes], *, protocols: str, asks: bool
    ) -> subprocess.Popen[bytes]:
        """Start git with its error words going to a file, in a group of its own that can be stopped as one."""
        if not self.folder.is_dir():
            raise SourceUnavailable(f"The folder {self.folder.name}, which is to hold a clone, is not there.")
        environment = {name: os.environ[name] for name in KEPT_VARIABLES if name in os.environ}
        environment |= {
            "LC_ALL": "C",
            "GIT_TERMINAL_PROMPT": "0",
            "GIT_OPTIONAL_LOCKS": "0",
            "GIT_LFS_SKIP_SMUDGE": "1",
            # Without any, reading a clone that was made with a filter does not fetch its files one by one.
            "GIT_ALLOW_PROTOCOL": protocols,
            # A plain folder within somebody's repository is not that repository.
            "GIT_CEILING_DIRECTORIES": str(self.folder.parent),
        }
        program = shutil.which("git")
        if program is None:
            raise SourceUnavailable("The git program is not on this machine.")
        try:
            return subprocess.Popen(
                [program, "-C", str(self.folder), *OPTIONS, *arguments],
                stdin=subprocess.PIPE if asks else subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=words,
                env=environment,
                start_new_session=True,
            )
        except OSError as error:
            fault = f"git could not be started ({error.strerror})."
        raise SourceUnavailable(fault)

    def _sentence(self, said: str, status: int | None = None, *, of_remote: bool = False) -> str:
        """What to tell of git's own words. `of_remote` says that somebody else's may be among them."""
        for pattern, sentence in _FAULTS if of_remote else (_OF_ANOTHER_USER, *_FAULTS):
            if pattern.search(said):
                return sentence.format(name=self.folder.name, path=self.folder)
        return f"git failed in {self.folder.name} (exit status {status})."


class _Answer:
    """What a git at work writes, read as it comes. A git that falls silent is not waited for.

    `seconds` is how long it is waited for in all, whatever its reader does in between.
    """

    seconds = math.inf

    def __init__(self, process: subprocess.Popen[bytes], words: IO[bytes], clone: Clone) -> None:
        self._process, self._words, self._clone = process, words, clone
        self._kept = bytearray()
        self._place = process.stdout.fileno() if process.stdout else -1

    def until(self, mark: bytes) -> bytes | None:
        """The bytes before the next `mark`; None where git has told all and ended well."""
        looked_at = 0
        while (found := self._kept.find(mark, looked_at)) < 0:
            looked_at = len(self._kept)
            if not self._more():
                self._check_end()
                return None
        taken = bytes(self._kept[:found])
        del self._kept[: found + len(mark)]
        return taken

    def object(self) -> bytes | _Absent:
        """One answer of `git cat-file --batch`: "<id> blob <size>", the content, a line's end."""
        header = self.until(b"\n")
        if header is None:
            raise self._broken_off()
        if header.endswith((b" missing", b" ambiguous")):
            return _Absent.MISSING
        try:
            _, kind, written = header.rsplit(b" ", 2)
            size = int(written)
        except ValueError:
            raise self._broken_off() from None
        if size > MOST_BYTES:
            self._drop(size + 1)
            return _Absent.TOO_LARGE
        while len(self._kept) <= size:
            if not self._more():
                raise self._broken_off()
        content = bytes(self._kept[:size])
        del self._kept[: size + 1]
        return content if kind == b"blob" else _Absent.MISSING

    def _drop(self, size: int) -> None:
        while size > 0:
            if not self._kept and not self._more():
                raise self._broken_off()
            size -= len(self._kept)
            del self._kept[: len(self._kept) + min(size, 0)]

    def _more(self) -> bool:
        """Read on; False at the end."""
        with selectors.DefaultSelector() as selector:
            selector.register(self._place, selectors.EVENT_READ)
            asked_at = time.monotonic()
            is_told = selector.select(max(0, min(LOCAL_SECONDS, self.seconds)))
            self.seconds -= time.monotonic() - asked_at
            if not is_told:
                raise SourceUnavailable(f"git fell silent at its work in {self._clone.folder.name}.")
            if self.seconds <= 0:
                raise SourceUnavailable(
                    f"git did not list the files of {self._clone.folder.name} in {LISTING_SECONDS:.0f} seconds."
                )
        piece = os.read(self._place, 256 * 1024)
        self._kept += piece
        return bool(piece)

    def _check_end(self) -> None:
        if self._kept or self._status():
            raise self._broken_off()

    def _broken_off(self) -> SourceUnavailable:
        status = self._status()
        return SourceUnavailable(self._clone._sentence(_said(self._words) or "broken", status))

    def _status(self) -> int | None:
        with suppress(subprocess.TimeoutExpired):
            return self._process.wait(STOP_SECONDS)
        return None


def _checked(commit: str) -> str:
    """The commit's name, once it is sure that git takes it for nothing else. Raises ValueError."""
    if commit != "HEAD" and not _HASH.fullmatch(commit):
        raise ValueError(f"{commit!r:.50} is no commit's hash.")
    return commit


def _said(words: IO[bytes]) -> str:
    """git's own words, for the patterns above and for nobody's eyes."""
    words.seek(0)
    return words.read(64 * 1024).decode("utf-8", "replace")


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End git and whatever it started, politely first."""
    for stream in (process.stdin, process.stdout):
        if stream is not None:
            with suppress(OSError):
                stream.close()
    for sign in (signal.SIGTERM, signal.SIGKILL):
        if process.poll() is not None:
            return
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, sign)
        with suppress(subprocess.TimeoutExpired):
            process.wait(STOP_SECONDS)
