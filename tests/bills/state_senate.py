"""New York's API on this machine: a real HTTP server that holds bills and a list of changes, and can misbehave.

with StateSenate() as senate:
    senate.put("S9871", ["2026-01-07 senate REFERRED TO LANTERNS"], processed=at)
    senate.address              # for OPEN_LEGISLATION_URL
    senate.asked                # paths asked for, without keys, in order; texts of prints apart, in `texts_asked`
    senate.behave = lambda path: Reply(500, b"")   # None: answer as usual
"""

from __future__ import annotations

import json
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit
from zoneinfo import ZoneInfo

from bills.stages import ActionLine, read_standing

NEW_YORK = ZoneInfo("America/New_York")
PROCESSED = datetime(2026, 3, 2, 15, tzinfo=UTC)


@dataclass
class Reply:
    """An answer out of the ordinary. With `drip`, seconds pass between its bytes."""

    status: int
    body: bytes = b""
    content_type: str = "application/json"
    drip: float = 0
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class HeldBill:
    session: int
    print_no: str
    actions: list[ActionLine]
    title: str
    cosponsors: list[str]
    same_as: list[str]
    stated: str = ""  # a status of its own, where it is to differ from what its actions amount to
    letters: tuple[str, ...] = ("",)

    def answer(self) -> dict:
        today = max([date.today(), *(line.date for line in self.actions)])
        standing = read_standing("ny", self.session, self.print_no, self.actions, today=today)
        return {
            "basePrintNo": self.print_no,
            "session": self.session,
            "title": self.title,
            "summary": f"{self.title}.",
            "activeVersion": max(self.letters),
            "status": {"statusType": self.stated or standing.status},
            "sponsor": {"member": {"fullName": "Ana Example", "chamber": "SENATE", "districtCode": 99}},
            "actions": _items(
                [
                    {
                        "date": line.date.isoformat(),
                        "chamber": line.chamber.upper(),
                        "sequenceNo": place,
                        "text": line.text,
                    }
                    for place, line in enumerate(self.actions, start=1)
                ]
            ),
            "amendments": _map(
                {
                    letter: {
                        "version": letter,
                        "publishDate": self.actions[0].date.isoformat() if self.actions else None,
                        "sameAs": _items(
                            [{"basePrintNo": no, "session": self.session} for no in self.same_as]
                        ),
                        "coSponsors": _items(
                            [{"fullName": name, "chamber": "SENATE"} for name in self.cosponsors]
                        ),
                        "multiSponsors": _items([]),
                    }
                    for letter in self.letters
                }
            ),
            "votes": _items([]),
            "previousVersions": _items([]),
        }


@dataclass
class HeldMeeting:
    """A committee's meeting as one addendum of a week's agenda states it. `at` is "2026-03-04T09:30", local."""

    committee: str
    at: str
    number: int = 5
    addendum: str = ""
    place: str = "Room 124 CAP"
    notes: str = ""
    bills: list[tuple[int, str]] = field(default_factory=list)

    @property
    def year(self) -> int:
        return int(self.at[:4])

    @property
    def told(self) -> dict:
        return {
            "chair": "Ana Example",
            "location": self.place,
            "meetingDateTime": self.at,
            "notes": self.notes,
        }


class QuietServer(ThreadingHTTPServer):
    def handle_error(self, request, client_address) -> None:
        """Say nothing of a client that hung up: tests of size caps and refusals make it, and read stderr."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


class StateSenate:
    """The server; a context manager. Its state may be changed while it runs."""

    def __init__(self) -> None:
        self.bills: dict[tuple[int, str], HeldBill] = {}
        self.changes: list[tuple[datetime, int, str]] = []
        self.behave: Callable[[str], Reply | None] = lambda path: None
        self.meetings: list[HeldMeeting] = []
        self.asked: list[str] = []
        self.behave_to_texts: Callable[[str], Reply | None] = lambda path: None
        self.texts_asked: list[tuple[str, str]] = []  # print number and letter
        self.texts: dict[tuple[str, str], str] = {}  # what is answered to them; others have none
        self.keys: set[str] = set()
        self.page_size = 1000
        senate = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            # Head and body go out one after the other; together with a client that acknowledges late, each answer over
            # a connection that is kept would take 40 ms.
            disable_nagle_algorithm = True

            def do_GET(self) -> None:
                senate._reply(self)

            def log_message(self, *_arguments) -> None:
                """Nobody reads it."""

        self._server = QuietServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.address = f"http://127.0.0.1:{self._server.server_address[1]}/api/3"

    def __enter__(self) -> StateSenate:
        threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
        ).start()
        return self

    def __exit__(self, *_error) -> None:
        self._server.shutdown()
        self._server.server_close()

    # --- what it holds

    def put(
        self,
        print_no: str,
        actions: list[str],
        *,
        session: int = 2025,
        processed: datetime | None = PROCESSED,
        title: str = "Relates to lanterns",
        cosponsors: tuple[str, ...] = (),
        same_as: tuple[str, ...] = (),
        stated: str = "",
        letters: tuple[str, ...] = ("",),
    ) -> None:
        """Hold this bill from now on, and tell of the change unless `processed` is None."""
        lines = []
        for text in actions:
            day, chamber, words = text.split(" ", 2)
            lines.append(ActionLine(date.fromisoformat(day), chamber, words))
        self.bills[session, print_no] = HeldBill(
            session, print_no, lines, title, list(cosponsors), list(same_as), stated, letters
        )
        if processed is not None:
            self.changes.append((processed, session, print_no))

    def asked_about(self) -> list[str]:
        """Print numbers of single bills asked for, in order."""
        paths = [path.split("?")[0].split("/") for path in self.asked]
        return [parts[-1] for parts in paths if len(parts) == 6 and parts[4].isdigit()]

    def asked_for_lists(self) -> list[str]:
        return [path for path in self.asked if "/updates/" in path or "/search" in path or "limit=" in path]

    # --- answering

    def _reply(self, request: BaseHTTPRequestHandler) -> None:
        parts = urlsplit(request.path)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        self.keys.add(query.pop("key", ""))
        path = unquote(parts.path)
        shown = "&".join(f"{name}={value}" for name, value in query.items())
        if query.get("view") == "only_fulltext":
            self.texts_asked.append((path.split("/")[-1], query.get("version", "")))
            reply = self.behave_to_texts(path) or self._usual(path, query)
        else:
            self.asked.append(f"{path}?{shown}" if shown else path)
            reply = self.behave(path) or self._usual(path, query)
        with suppress(OSError):
            request.send_response(reply.status)
            request.send_header("Content-Type", reply.content_type)
            request.send_header("Content-Length", str(len(reply.body)))
            for name, value in reply.headers.items():
                request.send_header(name, value)
            request.end_headers()
            if not reply.drip:
                request.wfile.write(reply.body)
                return
            for place in range(len(reply.body)):
                request.wfile.write(reply.body[place : place + 1])
                request.wfile.flush()
                time.sleep(reply.drip)

    def _usual(self, path: str, query: dict[str, str]) -> Reply:
        parts = path.removeprefix("/api/3/").split("/")
        if parts[0] == "agendas":
            return self._agendas(parts[1:], query)
        if parts[:2] == ["bills", "updates"]:
            return self._updates(*parts[2:4], query)
        if len(parts) == 3 and parts[2] == "search":
            found = [bill for (year, _), bill in sorted(self.bills.items()) if str(year) == parts[1]]
            items = [{"result": {**_named(bill), "summary": f"{bill.title}."}, "rank": 1} for bill in found]
            return _page(items, query, self.page_size)
        if len(parts) == 2:
            found = [bill for (year, _), bill in sorted(self.bills.items()) if str(year) == parts[1]]
            return _page([_named(bill) for bill in found], query, self.page_size)
        held = self.bills.get((int(parts[1]), parts[2]))
        if held is None:
            fault = {"success": False, "message": "Not found", "responseType": "error", "errorCode": 11}
            return Reply(404, json.dumps(fault).encode())
        whole = {"success": True, "message": "", "responseType": "bill", "result": held.answer()}
        if query.get("view") == "only_fulltext":
            letter = query.get("version", "")
            words = self.texts.get((held.print_no, letter), "")
            told = {"basePrintNo": held.print_no, "session": held.session, "version": letter or "ORIGINAL"}
            whole |= {"responseType": "bill-fulltext-view", "result": {**told, "fullText": words}}
        return Reply(200, json.dumps(whole).encode())

    def _agendas(self, parts: list[str], query: dict[str, str]) -> Reply:
        if parts[0] == "meetings":
            shown = [one for one in self.meetings if parts[1] <= one.at <= parts[2]]
            items = [
                {
                    "agendaId": {"number": one.number, "year": one.year},
                    "committeeId": {"chamber": "SENATE", "name": one.committee},
                    "addendum": one.addendum,
                    "weekOf": one.at[:10],
                    "meeting": one.told,
                }
                for one in shown
            ]
            return _page(items, query, self.page_size)
        year, number = int(parts[0]), int(parts[1])
        held = [one for one in self.meetings if (one.year, one.number) == (year, number)]
        names = dict.fromkeys(one.committee for one in held)
        committees = [
            {
                "committeeId": {"chamber": "SENATE", "name": name},
                "addenda": _items(
                    [
                        {
                            "addendumId": one.addendum,
                            "meeting": one.told,
                            "bills": _items(
                                [
                                    {"billId": {"basePrintNo": no, "session": session}, "message": ""}
                                    for session, no in one.bills
                                ]
                            ),
                        }
                        for one in held
                        if one.committee == name
                    ]
                ),
            }
            for name in names
        ]
        result = {"id": {"number": number, "year": year}, "committeeAgendas": _items(committees)}
        whole = {"success": True, "message": "", "responseType": "agenda", "result": result}
        return Reply(200, json.dumps(whole).encode())

    def _updates(self, start: str, end: str, query: dict[str, str]) -> Reply:
        since, until = (datetime.fromisoformat(text).replace(tzinfo=NEW_YORK) for text in (start, end))
        items = []
        for at, session, print_no in self.changes:
            if since <= at < until:
                held = self.bills.get((session, print_no))
                items.append(
                    {
                        "id": {"basePrintNo": print_no, "session": session},
                        "contentType": "BILL",
                        "processedDateTime": at.astimezone(NEW_YORK).replace(tzinfo=None).isoformat(),
                        "item": _named(held) if held else None,
                    }
                )
        return _page(items, query, self.page_size)


def _named(bill: HeldBill) -> dict:
    return {"basePrintNo": bill.print_no, "session": bill.session, "title": bill.title}


def _items(items: list) -> dict:
    return {"items": items, "size": len(items)}


def _map(items: dict) -> dict:
    return {"items": items, "size": len(items)}


def _page(items: list, query: dict[str, str], most: int) -> Reply:
    offset, limit = int(query.get("offset", 1)), min(int(query.get("limit", 50)), most)
    shown = items[offset - 1 : offset - 1 + limit]
    whole = {
        "success": True,
        "message": "",
        "responseType": "list" if shown else "empty list",
        "total": len(items) if shown else 0,
        "offsetStart": offset,
        "offsetEnd": offset + len(shown) - 1 if shown else 0,
        "limit": limit,
        "result": _items(shown),
    }
    return Reply(200, json.dumps(whole).encode())
