"""A house with a clock that the tests move, and a receiver that behaves as it is told."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from pasvik.app import collect
from pasvik.app.settings import Settings
from pasvik.app.wiring import House, open_house
from pasvik.outbox.store import Outbox

START = datetime.fromisoformat("2023-11-20T10:00+00:00")


@dataclass
class Desk:
    """The house, its outbox, and hands to move the clock and to add words."""

    house: House
    outbox: Outbox
    clock: list[datetime] = field(default_factory=lambda: [START])

    def later(self, **by: int) -> datetime:
        self.clock[0] += timedelta(**by)
        return self.clock[0]

    def hear(self, words: str, publisher: str = "Finnish Border Guard") -> str:
        told = collect.add(self.house, words.encode(), "notice.txt", self.clock[0].isoformat(timespec="minutes"), publisher)
        assert isinstance(told, collect.Added) and told.new, told
        return told.document


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    clock = [START]
    house = replace(open_house(Settings(home=tmp_path, record=False), keep=True), now=lambda: clock[0])
    made = Desk(house, Outbox(f"sqlite:///{tmp_path / 'outbox.sqlite'}"), clock)
    yield made
    made.outbox.close()


@dataclass
class Receiver:
    """An HTTP server that notes what it gets and answers with `status`."""

    address: str
    status: int = 204
    got: list[tuple[dict[str, str], bytes]] = field(default_factory=list)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    made = Receiver("")

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            made.got.append(({name.lower(): value for name, value in self.headers.items()}, body))
            self.send_response(made.status)
            self.send_header("location", "http://127.0.0.1:1/elsewhere")
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    made.address = f"http://127.0.0.1:{server.server_port}/hook"
    yield made
    server.shutdown()
