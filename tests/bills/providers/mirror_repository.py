"""Git repositories in the shape of the public mirrors, made quickly and with invented bills.

`make_state_mirror` writes any number of bills with one `git fast-import`, so that a benchmark can have as many as
the real mirror; `change_some` commits a further action on some of them. `git` and `commit` serve smaller tests.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

BILLS_OF_A_SESSION = 20_000  # about as many as the real one has; what is beyond goes to the session before
MADE_AT = datetime(2025, 6, 11, 21, 35, tzinfo=UTC)
SUBJECTS = ("lanterns", "ferries", "bell towers", "canal locks", "market clocks", "kites", "rain barrels")
NAMES = (
    "Ada Vennart",
    "Bo Ilesanmi",
    "Cy Ørsted-Blåbær",
    "Dee Quill",
    "Eli Roon",
    "Fay Obuya-Lind",
    "Gil Santoro",
)


def git(folder: Path, *arguments: str, stdin: bytes | None = None, at: datetime = MADE_AT) -> str:
    """What git answers, with nothing of this machine's configuration; raises where it fails."""
    stamp = f"{int(at.timestamp())} +0000"
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_AUTHOR_NAME": "Mirror",
        "GIT_AUTHOR_EMAIL": "mirror@example.org",
        "GIT_COMMITTER_NAME": "Mirror",
        "GIT_COMMITTER_EMAIL": "mirror@example.org",
        "GIT_AUTHOR_DATE": stamp,
        "GIT_COMMITTER_DATE": stamp,
    }
    done = subprocess.run(
        ["git", "-C", str(folder), *arguments], input=stdin, capture_output=True, env=environment, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode().strip()


def empty_repository(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    git(folder, "init", "--quiet", "--bare", "--initial-branch=master")
    return folder


def commit(
    folder: Path,
    files: Mapping[str, bytes | str | None] | Iterable[tuple[str, bytes | str | None]],
    *,
    at: datetime = MADE_AT,
    afresh: bool = False,
) -> str:
    """Commit these files, None to take one away; the commit's hash. `afresh` begins a history of its own."""
    known = git(folder, "for-each-ref", "--format=%(objectname)", "refs/heads/master")
    who = f"Mirror <mirror@example.org> {int(at.timestamp())} +0000\n"

    def stream() -> Iterator[bytes]:
        yield b"reset refs/heads/master\n" if afresh or not known else b""
        yield f"commit refs/heads/master\ncommitter {who}data 4\nsync".encode()
        if known and not afresh:
            yield f"\nfrom {known}".encode()
        for path, content in files.items() if isinstance(files, Mapping) else files:
            if content is None:
                yield f"\nD {path}".encode()
                continue
            body = content.encode() if isinstance(content, str) else content
            yield f"\nM 100644 inline {path}\ndata {len(body)}\n".encode() + body
        yield b"\n"

    importing = subprocess.Popen(
        ["git", "-C", str(folder), "fast-import", "--quiet", "--force"], stdin=subprocess.PIPE
    )
    assert importing.stdin is not None
    with importing.stdin as pipe:
        for piece in stream():
            pipe.write(piece)
    assert importing.wait() == 0
    return git(folder, "rev-parse", "refs/heads/master")


def make_state_mirror(folder: Path, bills: int, session: int = 2025) -> str:
    """A bare repository of the State's shape with so many bills, half of each house; the commit's hash.

    20,000 of them are of `session`, the next 20,000 of the one before, and so on.
    """
    empty_repository(folder)
    files = ((path_of(place, session), _written(state_bill(place, session))) for place in range(bills))
    return commit(folder, files)


def change_some(
    folder: Path, places: Iterable[int], session: int = 2025, *, at: datetime | None = None
) -> str:
    """Commit one more line on each of these bills, counted from 0; the commit's hash."""
    files = [(path_of(place, session), _written(state_bill(place, session, moved=True))) for place in places]
    return commit(folder, files, at=at or MADE_AT + timedelta(days=1))


def path_of(place: int, session: int = 2025) -> str:
    session, place = _within(place, session)
    return f"bills/{session}/{_print_no(place)}.json"


def state_bill(place: int, session: int = 2025, *, moved: bool = False) -> dict:
    """One bill as the State's mirror writes it: nine of ten in committee, one passed by the Senate with its votes.

    With `moved` it has since been referred to another committee.
    """
    session, place = _within(place, session)
    print_no = _print_no(place)
    house, other = ("SENATE", "ASSEMBLY") if place % 2 == 0 else ("ASSEMBLY", "SENATE")
    subject = SUBJECTS[place % len(SUBJECTS)]
    begun = date(session, 1, 8) + timedelta(days=place % 90)
    lines = [("REFERRED TO LANTERNS", begun, house)]
    status, committee = f"IN_{house}_COMM", "Lanterns"
    passed = place % 10 == 0
    if passed:
        lines += [
            ("1ST REPORT CAL.7", begun + timedelta(days=9), house),
            ("2ND REPORT CAL.", begun + timedelta(days=10), house),
            ("ADVANCED TO THIRD READING", begun + timedelta(days=14), house),
            (f"PASSED {house}", begun + timedelta(days=20), house),
            (f"DELIVERED TO {other}", begun + timedelta(days=20), house),
            ("REFERRED TO FERRIES AND BELLS", begun + timedelta(days=20), other),
        ]
        status, committee = f"IN_{other}_COMM", "Ferries And Bells"
    if moved:
        lines.append(("COMMITTED TO RULES", begun + timedelta(days=40), other if passed else house))
        committee = "Rules"
    written = {
        "PrintNo": print_no,
        "Session": session,
        "Chamber": house,
        "BillType": house.title(),
        "Published": f"{begun}T10:45:46.10512Z",
        "Status": status,
        "Committee": committee,
        "Actions": [{"Text": text, "Date": str(day), "Chamber": where} for text, day, where in lines],
        "Sponsors": [
            {"ID": 9000 + number, "Name": name, "Short": name.split()[-1].upper()}
            for number, name in enumerate(NAMES[place % 3 :])
        ],
        "Title": f"Relates to the lighting and keeping of {subject} in places of public resort, number {place}",
        "Summary": f"Relates to the lighting and keeping of {subject}; provides for their inspection. " * 3,
        "LawSection": "Lantern Law",
        "LawCode": "Add §12, Lant L",
        "ActClause": f"AN ACT to amend the lantern law, in relation to the lighting and keeping of {subject}",
        "PreviousVersions": [f"{print_no[0]}{place + 2}-{session - 2}"],
    }
    if passed:
        written["Votes"] = [_roll_call(begun + timedelta(days=20), place)]
    return written


def _roll_call(day: date, place: int) -> dict:
    """A vote of the whole Senate, which the mirror gives no chamber and no committee."""
    votes = [
        {
            "ID": 9000 + seat,
            "Name": f"{NAMES[seat % len(NAMES)]} of District {seat}",
            "Short": f"DISTRICT {seat}",
            "Vote": "Nay" if (seat + place) % 4 == 0 else "Excused" if seat == 62 else "Aye",
        }
        for seat in range(63)
    ]
    return {"VoteType": "FLOOR", "Date": str(day), "Votes": votes}


def _within(place: int, session: int) -> tuple[int, int]:
    sessions_before, place = divmod(place, BILLS_OF_A_SESSION)
    return session - 2 * sessions_before, place


def _print_no(place: int) -> str:
    return f"{'SA'[place % 2]}{place // 2 + 1}"


def _written(bill: dict) -> bytes:
    return json.dumps(bill, ensure_ascii=False, separators=(",", ":")).encode()
