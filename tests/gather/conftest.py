"""A web on this machine: sites by name, each answering as the test says, well or badly; and a clock that jumps."""

from __future__ import annotations

import dataclasses
import socketserver
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import stamina

from pasvik.app.gather.lookout import Lookout, agent
from pasvik.app.settings import Settings
from pasvik.app.wiring import House, open_house
from pasvik.ledger.engine import make_engine
from pasvik.ledger.sql import open_ledger
from pasvik.sources.archive import Archive
from pasvik.sources.catalogue import Card, parse
from pasvik.sources.fetch.address import Guard
from pasvik.sources.fetch.fetch import Fetcher
from pasvik.sources.fetch.wire import Caps
from pasvik.sources.state import State

START = datetime(2026, 11, 2, 6, 0, tzinfo=UTC)


@dataclass
class Reply:
    """What a site answers: status, body, headers; raw: a function that writes to the open connection itself."""

    body: bytes | str = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    raw: Callable[[socketserver.BaseServer, BaseHTTPRequestHandler], None] | None = None


@dataclass
class Web:
    """Sites by (host, path). asked: every request made, as (host, path, headers)."""

    port: int = 0
    pages: dict[tuple[str, str], Reply | Callable[[dict[str, str]], Reply]] = field(default_factory=dict)
    asked: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)          # names that lead elsewhere than here
    up: threading.Event = field(default_factory=threading.Event)

    def put(self, host: str, path: str, reply: Reply | Callable[[dict[str, str]], Reply] | str | bytes) -> str:
        """Put a page up; returns its address."""
        self.pages[host, path] = Reply(reply) if isinstance(reply, str | bytes) else reply
        return self.url(host, path)

    @staticmethod
    def say(body: bytes | str = b"", status: int = 200, headers: dict[str, str] | None = None, raw: Callable[..., None] | None = None) -> Reply:
        """An answer to put up."""
        return Reply(body, status, headers or {}, raw)

    def url(self, host: str, path: str) -> str:
        return f"http://{host}:{self.port}{path}"

    def resolve(self, host: str, port: int) -> tuple[str, ...]:
        if host in self.names:
            return tuple(self.names[host].split())
        if host.endswith(".test"):
            return ("127.0.0.1",)
        raise OSError(f"no such name {host}")

    def count(self, host: str, path: str) -> int:
        return sum(1 for asked, where, _ in self.asked if (asked, where) == (host, path))


class Jumps:
    """A clock that stands still but for sleep() and jump()."""

    def __init__(self, at: datetime = START) -> None:
        self.at = at
        self.slept = 0.0

    def now(self) -> datetime:
        return self.at

    def sleep(self, seconds: float) -> None:
        self.slept += seconds
        self.at += timedelta(seconds=seconds)

    def jump(self, **how: float) -> None:
        self.at += timedelta(**how)


@pytest.fixture
def web() -> Iterator[Web]:
    """The web, up until the test ends."""
    here = Web()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            length = int(self.headers.get("content-length") or 0)
            sent = {name.lower(): value for name, value in self.headers.items()} | {"body": self.rfile.read(length).decode() if length else ""}
            host = (self.headers.get("host") or "").split(":")[0]
            here.asked.append((host, self.path, sent))
            found = here.pages.get((host, self.path), Reply("nothing here", 404))
            reply = found(sent) if callable(found) else found
            self.close_connection = True
            if reply.raw:
                reply.raw(self.server, self)
                return
            body = reply.body.encode() if isinstance(reply.body, str) else reply.body
            self.send_response(reply.status)
            for name, value in {"Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(body)), **reply.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_GET

        def log_message(self, *_: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: object, client_address: object) -> None:
            pass                                                # clients that hang up are the point of these tests

    server = Server(("127.0.0.1", 0), Handler)
    here.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield here
    here.up.set()
    server.shutdown()
    server.server_close()


@pytest.fixture(autouse=True)
def _no_waiting() -> Iterator[None]:
    """Retries do not wait in tests, and there are two of them."""
    stamina.set_testing(True, attempts=2)
    yield
    stamina.set_testing(False)


@pytest.fixture
def clock() -> Jumps:
    return Jumps()


@pytest.fixture
def fetcher(web: Web, clock: Jumps) -> Fetcher:
    """A fetcher that may ask this machine, with small caps."""
    return Fetcher(Guard(web.resolve, loopback=True), clock, agent("desk@pasvik.test"), Caps(seconds=5, bytes_sent=300_000, bytes_unpacked=600_000))


@pytest.fixture(scope="session")
def empty_house(tmp_path_factory: pytest.TempPathFactory) -> House:
    """A house whose words and places are read once for all tests."""
    return open_house(Settings(tmp_path_factory.mktemp("house"), record=False, database="sqlite://"), keep=True)


@pytest.fixture
def lookout(tmp_path: Path, fetcher: Fetcher, clock: Jumps, empty_house: House) -> Iterator[Lookout]:
    """A lookout without cards, with a ledger and an archive of its own; tests put their cards on it."""
    house = dataclasses.replace(empty_house, ledger=open_ledger("sqlite://"), archive=Archive(tmp_path / "archive"), now=clock.now)
    state = State(make_engine("sqlite://", 5))
    yield Lookout(house, (), (), state, fetcher, dice=lambda: 0.0)
    state.close()
    house.ledger.close()


@pytest.fixture
def cards() -> Callable[..., tuple[Card, ...]]:
    """Cards from TOML text, turned on at the lookout."""

    def make(lookout: Lookout, text: str) -> tuple[Card, ...]:
        made, faults = parse({"test.toml": text})
        assert not faults, faults
        lookout.cards = (*lookout.cards, *made)
        lookout.state.switch([card.id for card in made], True, lookout.fetcher.clock.now())
        return made

    return make
