"""Clones of real git repositories, made for each test, in all the states that an operator may leave them in."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

import pytest

from bills.providers import git_clone
from bills.providers.base import SourceUnavailable, UnexpectedAnswer
from bills.providers.git_clone import Clone, CommitGone
from tests.bills.providers.mirror_repository import MADE_AT, commit, empty_repository, git

SECRET = "never-show-51be0"
LATER = MADE_AT + timedelta(days=3)


@pytest.fixture
def upstream(tmp_path) -> Path:
    """Somebody's repository, with one commit."""
    folder = empty_repository(tmp_path / "upstream.git")
    commit(folder, {"bills/2025/S1.json": "one", "bills/2025/S10.json": "ten", "README.md": "about"})
    return folder


@pytest.fixture
def cloned(upstream, tmp_path) -> Clone:
    """An ordinary clone of it, with files."""
    git(tmp_path, "clone", "--quiet", str(upstream), str(tmp_path / "clone"))
    return Clone(tmp_path / "clone")


def gits_at_work() -> list[str]:
    """The git programs that this process has started and not ended, and what those have started."""
    listed = subprocess.run(
        ["ps", "-Ao", "pid=,ppid=,comm="], capture_output=True, text=True, check=True
    ).stdout
    rows = [line.split(None, 2) for line in listed.splitlines()]
    ours = {str(os.getpid())}
    for pid, parent, _ in rows:
        if parent in ours:
            ours.add(pid)
    return [name for pid, _, name in rows if pid in ours and "git" in name and "defunct" not in name]


def refusal(action) -> str:
    with pytest.raises(SourceUnavailable) as caught:
        action()
    told = str(caught.value)
    assert told.endswith((".", "”."))
    return told


# --- commits


def test_the_newest_commit_is_told_with_its_time(upstream, cloned):
    head = cloned.head()
    assert head.hash == git(upstream, "rev-parse", "master")
    assert head.committed_at == MADE_AT
    assert cloned.commit(head.hash) == head


def test_a_bare_clone_does_as_well(upstream):
    assert Clone(upstream).head().committed_at == MADE_AT


def test_variables_that_point_git_elsewhere_are_not_heeded(cloned, tmp_path, monkeypatch):
    monkeypatch.setenv("GIT_DIR", str(empty_repository(tmp_path / "elsewhere.git")))
    monkeypatch.setenv("GIT_OBJECT_DIRECTORY", str(tmp_path))
    assert cloned.head().committed_at == MADE_AT


def test_the_folders_at_the_top_are_named(upstream, cloned):
    commit(upstream, {"resolutions/2025/J1.json": "one"})
    assert cloned.folders("HEAD") == {"bills"}
    assert Clone(upstream).folders("HEAD") == {"bills", "resolutions"}


@pytest.mark.parametrize("name", ["--output=/tmp/x", "", "master", "HEAD~1", "a" * 39, "A" * 40])
def test_only_a_hash_is_taken_for_a_commit(cloned, name):
    for ask in (cloned.commit, cloned.folders, lambda it: cloned.file("README.md", it)):
        with pytest.raises(ValueError, match="no commit's hash"):
            ask(name)
    with pytest.raises(ValueError, match="no commit's hash"):
        list(cloned.changed_paths(None, name))


def test_a_commit_that_is_not_there_is_said_so(cloned):
    assert "does not have the commit" in refusal(lambda: cloned.commit("0" * 39 + "1"))


# --- what has changed


def paths(found: Iterator[tuple[str, str]]) -> list[str]:
    return [path for path, _ in found]


def test_all_files_are_told_in_the_order_of_their_paths(cloned):
    told = paths(cloned.changed_paths(None, "HEAD"))
    assert told == ["README.md", "bills/2025/S1.json", "bills/2025/S10.json"]


def test_the_order_is_the_same_for_all_and_for_what_changed(upstream):
    odd = [
        "bills/2025/S1.json",
        "bills/2025/S1/x.json",
        "bills/2025-index.json",
        "bills/2025/S1é.json",
        "a b\tc",
    ]
    first = git(upstream, "rev-parse", "master")
    last = commit(upstream, dict.fromkeys(odd, "new"))
    told = paths(Clone(upstream).changed_paths(first, last))
    assert told == sorted(odd)
    assert [path for path in paths(Clone(upstream).changed_paths(None, last)) if path in odd] == told


def test_only_what_differs_is_told_and_nothing_that_was_taken_away(upstream):
    first = git(upstream, "rev-parse", "master")
    last = commit(
        upstream, {"bills/2025/S10.json": "ten and more", "README.md": None, "bills/2025/S2.json": "one"}
    )
    told = dict(Clone(upstream).changed_paths(first, last))
    assert list(told) == ["bills/2025/S10.json", "bills/2025/S2.json"]
    assert told["bills/2025/S2.json"] == git(upstream, "rev-parse", f"{first}:bills/2025/S1.json")
    assert list(Clone(upstream).changed_paths(last, last)) == []


def test_links_and_repositories_within_are_no_files(upstream):
    first = git(upstream, "rev-parse", "master")
    script = (
        f"commit refs/heads/master\ncommitter M <m@example.org> 1 +0000\ndata 1\nx\nfrom {first}\n"
        f"M 120000 inline link.json\ndata 9\nREADME.md\nM 160000 {first} within.json\nM 100755 inline run\ndata 0\n\n"
    )
    git(upstream, "fast-import", "--quiet", stdin=script.encode())
    assert paths(Clone(upstream).changed_paths(first, "HEAD")) == ["run"]
    assert not {"link.json", "within.json"} & set(paths(Clone(upstream).changed_paths(None, "HEAD")))


def test_a_commit_of_a_rewritten_history_is_gone(upstream):
    first = git(upstream, "rev-parse", "master")
    last = commit(upstream, {"README.md": "anew"}, afresh=True)
    git(upstream, "reflog", "expire", "--expire=now", "--all")
    git(upstream, "gc", "--quiet", "--prune=now")
    with pytest.raises(CommitGone):
        list(Clone(upstream).changed_paths(first, last))


def test_a_commit_beyond_the_edge_of_a_shallow_clone_is_gone(upstream, tmp_path):
    first = git(upstream, "rev-parse", "master")
    commit(upstream, {"README.md": "later"})
    git(tmp_path, "clone", "--quiet", "--depth=1", upstream.as_uri(), str(tmp_path / "shallow"))
    with pytest.raises(CommitGone):
        list(Clone(tmp_path / "shallow").changed_paths(first, "HEAD"))


@pytest.mark.parametrize("since", ["", "--output=/tmp/x", "HEAD", "yesterday", "0" * 40])
def test_what_is_no_commit_of_the_clone_is_gone(cloned, since):
    with pytest.raises(CommitGone):
        list(cloned.changed_paths(since, "HEAD"))


def test_only_the_folders_that_are_named_are_listed(upstream):
    first = git(upstream, "rev-parse", "master")
    last = commit(
        upstream, {"bills/2025/S2.json": "two", "people/one.json": "x", "resolutions/2025/J1.json": "x"}
    )
    clone, folders = Clone(upstream), ("resolutions", "bills", "nowhere")
    new = ["bills/2025/S2.json", "resolutions/2025/J1.json"]
    assert paths(clone.changed_paths(first, last, folders)) == new
    assert paths(clone.changed_paths(None, last, folders)) == [
        "bills/2025/S1.json",
        "bills/2025/S10.json",
        *new,
    ]


def bomb(folder: Path) -> str:
    """A commit of 10 folders that hold 10 each, nine times over: a billion files in nine small trees."""
    held, kind, mode = git(folder, "hash-object", "-w", "--stdin", stdin=b"{}"), "blob", "100644"
    for _ in range(9):
        lines = "".join(f"{mode} {kind} {held}\tbills{place}\n" for place in range(10))
        held, kind, mode = git(folder, "mktree", stdin=lines.encode()), "tree", "040000"
    held = git(folder, "mktree", stdin=f"040000 tree {held}\tbills\n".encode())
    return git(folder, "commit-tree", held, "-m", "many")


@pytest.mark.parametrize("is_new", [True, False], ids=["all", "changed"])
def test_a_list_of_files_without_end_is_broken_off(upstream, monkeypatch, is_new):
    monkeypatch.setattr(git_clone, "MOST_FILES", 5000)
    since = None if is_new else git(upstream, "rev-parse", "master")
    listing = Clone(upstream).changed_paths(since, bomb(upstream), ("bills",))
    assert "lists more than 5,000 files" in refusal(lambda: list(listing))
    assert gits_at_work() == []


def test_a_list_of_files_that_takes_too_long_is_broken_off(upstream, monkeypatch):
    monkeypatch.setattr(git_clone, "LISTING_SECONDS", 0.0)
    assert refusal(lambda: list(Clone(upstream).changed_paths(None, "HEAD")))
    assert gits_at_work() == []


# --- content


def test_many_and_large_blobs_come_in_order(upstream):
    contents = [bytes([65 + place % 26]) * (place * 700) for place in range(300)]
    last = commit(upstream, ((f"many/{place:03}", content) for place, content in enumerate(contents)))
    clone = Clone(upstream)
    ids = [blob for path, blob in clone.changed_paths(None, last) if path.startswith("many/")]
    assert list(clone.blobs(ids)) == contents
    assert list(clone.blobs([])) == []


def test_bytes_of_every_kind_come_unchanged(upstream):
    every = bytes(range(256)) * 3 + b"\n\nmissing\n"
    clone = Clone(upstream)
    last = commit(upstream, {"raw": every})
    assert list(clone.blobs([dict(clone.changed_paths(None, last))["raw"]])) == [every]


def test_ids_are_taken_only_as_they_are_needed(cloned):
    one = dict(cloned.changed_paths(None, "HEAD"))["bills/2025/S1.json"]
    taken = []

    def endless() -> Iterator[str]:
        while True:
            taken.append(one)
            yield one

    contents = cloned.blobs(endless())
    assert list(islice(contents, 3)) == [b"one"] * 3
    assert len(taken) <= git_clone.IDS_AT_ONCE
    contents.close()


def test_a_blob_that_is_too_large_is_passed_over(upstream, monkeypatch):
    monkeypatch.setattr(git_clone, "MOST_BYTES", 1000)
    last = commit(upstream, {"a": "x" * 1000, "b": "y" * 1_000_001, "c": "z"})
    clone = Clone(upstream)
    found = dict(clone.changed_paths(None, last))
    assert list(clone.blobs([found["a"], found["b"], found["c"]])) == [b"x" * 1000, None, b"z"]
    with pytest.raises(UnexpectedAnswer, match="b is larger than"):
        clone.file("b", last)


def test_a_blob_that_the_clone_lacks_means_that_it_is_damaged(cloned):
    assert "damaged" in refusal(lambda: list(cloned.blobs(["0" * 39 + "1"])))


def test_a_file_is_read_as_of_a_commit(upstream):
    first = git(upstream, "rev-parse", "master")
    last = commit(upstream, {"README.md": "later", "bills/2025/S1.json": None})
    clone = Clone(upstream)
    assert clone.file("README.md", first) == b"about"
    assert clone.file("README.md", last) == b"later"
    assert clone.file("bills/2025/S1.json", first) == b"one"
    assert clone.file("bills/2025/S1.json", last) is None


@pytest.mark.parametrize("path", ["nothing.json", "bills", "", "bills/2025/S1.json\nREADME.md", "a\0b"])
def test_what_is_no_file_of_the_commit_is_none(cloned, path):
    assert cloned.file(path, "HEAD") is None


def test_files_edited_by_hand_are_not_what_is_read(cloned):
    (cloned.folder / "README.md").write_text("by hand")
    assert cloned.file("README.md", "HEAD") == b"about"


def test_no_git_is_left_at_work_when_reading_stops_early(cloned):
    listing = cloned.changed_paths(None, "HEAD")
    contents = cloned.blobs(blob for _, blob in cloned.changed_paths(None, "HEAD"))
    next(listing)
    next(contents)
    assert gits_at_work()
    listing.close()
    contents.close()
    assert gits_at_work() == []


# --- faults


def test_a_folder_that_is_not_there(tmp_path):
    assert "is not there" in refusal(Clone(tmp_path / "nowhere").head)


def test_a_folder_that_is_no_repository(tmp_path):
    assert refusal(Clone(tmp_path).head) == f"The folder {tmp_path.name} is no git repository."


def test_a_plain_folder_within_a_repository_is_not_that_repository(cloned):
    (cloned.folder / "var").mkdir()
    assert "no git repository" in refusal(Clone(cloned.folder / "var").head)


def test_an_empty_repository(tmp_path):
    assert "is empty" in refusal(Clone(empty_repository(tmp_path / "empty")).head)


def test_a_machine_without_git(cloned, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert refusal(cloned.head) == "The git program is not on this machine."


def test_a_damaged_repository(upstream):
    git(upstream, "repack", "-adq")
    clone = Clone(upstream)
    ids = [blob for _, blob in clone.changed_paths(None, "HEAD")]
    for pack in (upstream / "objects" / "pack").glob("*.pack"):
        pack.chmod(0o644)
        pack.write_bytes(pack.read_bytes()[:40] + b"\0" * 400)
    for ask in (clone.head, lambda: list(clone.changed_paths(None, "HEAD")), lambda: list(clone.blobs(ids))):
        assert "damaged" in refusal(ask)


def test_a_repository_that_lost_its_head(cloned):
    (cloned.folder / ".git" / "HEAD").write_text("nonsense")
    assert refusal(cloned.head)


@pytest.mark.skipif(os.geteuid() != 0, reason="Only root can give a folder away.")
def test_a_clone_that_belongs_to_another_user(cloned):
    os.chown(cloned.folder, 65534, 65534)
    os.chown(cloned.folder / ".git", 65534, 65534)
    told = refusal(cloned.head)
    assert "belongs to another user" in told
    assert f"git config --global --add safe.directory {cloned.folder}" in told


# --- pulling


def test_a_pull_brings_what_is_new(upstream, cloned):
    last = commit(upstream, {"bills/2025/S2.json": "two"}, at=LATER)
    cloned.pull(60)
    assert (cloned.head().hash, cloned.head().committed_at) == (last, LATER)
    assert cloned.file("bills/2025/S2.json", last) == b"two"
    cloned.pull(60)
    assert cloned.head().hash == last


@pytest.mark.parametrize("kind", ["--bare", "--mirror", "--depth=1", "--filter=blob:none"])
def test_every_kind_of_clone_can_be_pulled(upstream, tmp_path, kind):
    git(upstream, "config", "uploadpack.allowFilter", "true")
    git(tmp_path, "clone", "--quiet", kind, upstream.as_uri(), str(tmp_path / "other"))
    last = commit(upstream, {"README.md": "later"})
    Clone(tmp_path / "other").pull(60)
    assert Clone(tmp_path / "other").head().hash == last


def test_a_history_that_was_rewritten_upstream_is_followed(upstream, cloned):
    last = commit(upstream, {"README.md": "anew"}, afresh=True)
    cloned.pull(60)
    assert cloned.head().hash == last
    assert paths(cloned.changed_paths(None, last)) == ["README.md"]


def test_commits_and_edits_made_in_the_clone_do_not_stand_in_the_way(upstream, cloned):
    (cloned.folder / "README.md").write_text("by hand")
    git(cloned.folder, "commit", "--quiet", "--all", "--message=by hand")
    (cloned.folder / "bills/2025/S1.json").write_text("by hand")
    last = commit(upstream, {"bills/2025/S1.json": "later"})
    cloned.pull(60)
    assert cloned.head().hash == last
    assert cloned.file("bills/2025/S1.json", last) == b"later"
    cloned.pull(60)
    assert cloned.head().hash == last


def test_a_pull_writes_no_files_and_runs_no_filter(upstream, cloned, tmp_path):
    git(cloned.folder, "config", "filter.own.smudge", f"touch {tmp_path}/ran; cat")
    (cloned.folder / ".git/info").mkdir(exist_ok=True)
    (cloned.folder / ".git/info/attributes").write_text("* filter=own\n")
    last = commit(upstream, {"README.md": "later", "bills/2025/S2.json": "two"})
    cloned.pull(60)
    assert cloned.file("README.md", last) == b"later"
    assert (cloned.folder / "README.md").read_text() == "about"
    assert not (cloned.folder / "bills/2025/S2.json").exists()
    assert not (tmp_path / "ran").exists()


def test_the_clones_configuration_names_no_program_for_the_other_end(upstream, cloned, tmp_path):
    git(cloned.folder, "config", "remote.origin.uploadpack", f"touch {tmp_path}/ran; git-upload-pack")
    last = commit(upstream, {"README.md": "later"})
    cloned.pull(60)
    assert cloned.head().hash == last
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize("status", ["301 Moved Permanently", "302 Found", "308 Permanent Redirect"])
def test_a_repository_that_has_moved_is_not_followed(cloned, raw_server, monkeypatch, status):
    def move(connection):
        connection.sendall(
            f"HTTP/1.1 {status}\r\nLocation: http://localhost:9/x.git/info/refs?service=git-upload-pack\r\n"
            "Content-Length: 0\r\nConnection: close\r\n\r\n".encode()
        )

    monkeypatch.setattr(git_clone, "PROTOCOLS", "http")
    git(cloned.folder, "config", "remote.origin.url", f"{raw_server(move)}/x.git")
    assert refusal(lambda: cloned.pull(60)) == (
        "The repository that clone was cloned from has moved; set its new address with git remote set-url."
    )


def test_a_remote_does_not_make_us_ask_for_trust(cloned, tmp_path):
    git(cloned.folder, "config", "remote.origin.url", str(tmp_path / "dubious ownership.git"))
    assert refusal(lambda: cloned.pull(60)) == "What clone was cloned from is gone."


def test_hooks_do_not_run(upstream, cloned, tmp_path):
    for name in ("post-checkout", "post-merge", "reference-transaction", "post-index-change"):
        hook = cloned.folder / ".git" / "hooks" / name
        hook.parent.mkdir(exist_ok=True)
        hook.write_text(f"#!/bin/sh\ntouch {tmp_path}/ran\n")
        hook.chmod(0o755)
    last = commit(upstream, {"README.md": "later"})
    cloned.pull(60)
    assert cloned.head().hash == last
    assert not (tmp_path / "ran").exists()


def test_an_upstream_that_is_gone_leaves_the_clone_as_it_was(upstream, cloned):
    head = cloned.head()
    shutil.rmtree(upstream)
    assert "gone" in refusal(lambda: cloned.pull(60))
    assert cloned.head() == head


def test_a_branch_that_is_gone_upstream(upstream, cloned):
    git(upstream, "branch", "--move", "master", "main")
    assert "no longer has that branch" in refusal(lambda: cloned.pull(60))


def test_a_clone_of_nothing(upstream):
    assert "does not say what it was cloned from" in refusal(lambda: Clone(upstream).pull(60))


def test_a_clone_on_no_branch(cloned):
    git(cloned.folder, "checkout", "--quiet", "--detach")
    assert "on no branch" in refusal(lambda: cloned.pull(60))


def test_a_lock_that_was_left_behind_is_told(upstream, cloned):
    commit(upstream, {"README.md": "later"})
    (cloned.folder / ".git/refs/heads/master.lock").touch()
    assert "left its lock" in refusal(lambda: cloned.pull(60))


@pytest.mark.parametrize(
    "address", ["ssh://{}@localhost/x.git", "git://localhost/{}", "ext::sh -c {}", "http://{}@localhost"]
)
def test_other_protocols_are_not_used(cloned, address):
    git(cloned.folder, "config", "remote.origin.url", address.format(SECRET))
    told = refusal(lambda: cloned.pull(60))
    assert "protocol other than https" in told
    assert SECRET not in told


def test_an_address_that_nobody_answers_is_told_without_its_password(cloned, raw_server):
    address = raw_server(lambda connection: None).replace("http://", f"https://reader:{SECRET}@")
    git(cloned.folder, "config", "remote.origin.url", address)
    told = refusal(lambda: cloned.pull(60))
    assert "cannot be reached" in told
    assert SECRET not in told


def test_a_pull_that_takes_too_long_is_ended_with_all_that_it_started(cloned, raw_server):
    address = raw_server(lambda connection: connection.recv(1)).replace(
        "http://", f"https://reader:{SECRET}@"
    )
    git(cloned.folder, "config", "remote.origin.url", address)
    told = refusal(lambda: cloned.pull(1))
    assert "did not finish" in told
    assert SECRET not in told
    assert gits_at_work() == []


def test_a_clone_without_all_its_files_does_not_fetch_them_one_by_one(upstream, tmp_path):
    git(upstream, "config", "uploadpack.allowFilter", "true")
    git(upstream, "config", "uploadpack.allowAnySHA1InWant", "true")
    git(
        tmp_path,
        "clone",
        "--quiet",
        "--bare",
        "--filter=blob:none",
        upstream.as_uri(),
        str(tmp_path / "partial"),
    )
    clone = Clone(tmp_path / "partial")
    ids = [blob for _, blob in clone.changed_paths(None, "HEAD")]
    assert "without a filter" in refusal(lambda: list(clone.blobs(ids)))


def test_a_time_before_the_clock_began_is_told(upstream):
    commit(upstream, {"README.md": "old"}, at=datetime(1971, 1, 1, tzinfo=UTC))
    assert Clone(upstream).head().committed_at == datetime(1971, 1, 1, tzinfo=UTC)
