"""The stream of news over a real server: a change is told once, and what was missed is told on coming back."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx2
import pytest
import uvicorn

from pasvik.app import collect
from pasvik.app.settings import Settings
from pasvik.app.wiring import House, open_house
from pasvik.web.routes import create

NOW = "2023-11-20T12:00+02:00"
CLOSED = b"The Finnish government said that the Kuusamo border crossing is closed from Monday until further notice."
OPEN = b"The Finnish government said that the Vartius border crossing is open again from Monday."


@pytest.fixture
def house(tmp_path: Any) -> House:
    return open_house(Settings(home=tmp_path, record=False, now=NOW), keep=True)


@contextmanager
def serving(house: House) -> Iterator[str]:
    app = create(house, "")
    app.state.look_seconds = 0.02
    listening = socket.create_server(("127.0.0.1", 0))
    running = uvicorn.Server(uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=running.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not running.started:
        time.sleep(0.01)
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    running.should_exit = True
    thread.join()


def told(lines: Iterator[str]) -> dict[str, Any]:
    """The next `change` of a stream, with the id it carried."""
    found: dict[str, Any] = {}
    for line in lines:
        name, _, value = line.partition(": ")
        if name == "data":
            return {**json.loads(value), "stream_id": found["id"]}
        found[name] = value
    raise AssertionError("the stream ended")


def add(house: House, words: bytes, name: str) -> None:
    added = collect.add(house, words, name, "2023-11-20T10:00+02:00", "Finnish Border Guard")
    assert isinstance(added, collect.Added) and added.new, added


def test_a_change_is_told_as_it_is_heard_and_again_only_to_who_missed_it(house: House) -> None:
    with serving(house) as address, httpx2.Client(timeout=20, trust_env=False) as client:
        with client.stream("GET", f"{address}/events?border=FI-RU") as stream:
            lines = stream.iter_lines()
            assert next(lines).startswith("retry")
            add(house, CLOSED, "one.txt")
            first = told(lines)
            assert (first["crossings"], first["after"], first["kind"]) == (["kuusamo"], "closed", "change")
        add(house, OPEN, "two.txt")
        with client.stream("GET", f"{address}/events?border=FI-RU", headers={"last-event-id": first["stream_id"]}) as stream:
            missed = told(stream.iter_lines())
            assert (missed["crossings"], missed["after"]) == (["vartius"], "open")


def test_a_wrong_place_is_refused_before_the_stream_begins(house: House) -> None:
    with serving(house) as address, httpx2.Client(timeout=20, trust_env=False) as client:
        assert client.get(f"{address}/events?border=XX").status_code == 400
