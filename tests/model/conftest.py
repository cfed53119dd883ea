"""A real server on the loopback that speaks the chat protocol, well or badly, as each test tells it to."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

Answer = Callable[[BaseHTTPRequestHandler, dict[str, Any]], None]


def chat(handler: BaseHTTPRequestHandler, content: str | None, finish: str = "stop") -> None:
    """A proper answer of a chat endpoint with this content."""
    choice = {"index": 0, "finish_reason": finish, "message": {"role": "assistant", "content": content}}
    reply(handler, 200, json.dumps({"id": "x", "object": "chat.completion", "choices": [choice]}).encode())


def reply(handler: BaseHTTPRequestHandler, code: int, body: bytes, **headers: str) -> None:
    """Any answer at all. Content_Length="9" announces another length than it has."""
    handler.send_response(code)
    headers.setdefault("Content_Length", str(len(body)))
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    handler.wfile.write(body)


@dataclass
class Server:
    """Its address, what it was asked, and how it answers: each question takes the next of `answers`, the last one again and again."""

    url: str
    answers: list[Answer] = field(default_factory=list)
    asked: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)

    def says(self, *answers: Answer) -> None:
        self.answers[:] = answers

    def says_statements(self, *statements: dict[str, Any]) -> None:
        self.says(lambda handler, _: chat(handler, json.dumps({"statements": list(statements)})))


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    told = Server("")

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            answer = told.answers[min(len(told.asked), len(told.answers) - 1)]
            told.asked.append(asked)
            told.headers.append(dict(self.headers))
            answer(self, asked)

        def do_GET(self) -> None:
            told.asked.append({"GET": self.path})
            reply(self, 200, b"{}")

        def log_message(self, *words: Any) -> None:
            pass

    web = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    web.daemon_threads = True
    threading.Thread(target=web.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    told.url = f"http://127.0.0.1:{web.server_port}/v1"
    yield told
    web.shutdown()
    web.server_close()
