"""A real house in a folder of its own, with one added page that would do harm if its text were ever taken for HTML."""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import uvicorn
from starlette.testclient import TestClient

from pasvik.app import collect
from pasvik.app.settings import Settings
from pasvik.app.whatif.backtest import backtest
from pasvik.app.wiring import House, open_house
from pasvik.web.routes import create

LANDING = "at=2023-11-25&known=2023-11-25"
NOW = "2026-11-25T10:00+00:00"
HOSTILE = """<script>window.harmed = 1</script> & <img src=x onerror="window.harmed = 2">

The Finnish government said on Friday that the Vaalimaa border crossing is closed. "></mark><script>window.harmed = 3</script>
The Norwegian government is considering closing the Storskog border crossing.
"""


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    opened = open_house(Settings(home=tmp_path_factory.mktemp("home"), now=NOW), keep=True)
    added = collect.add(opened, HOSTILE.encode(), "hostile.txt", "2023-11-24T12:00+02:00", "<b>Bold Post</b>", "javascript:window.harmed=4")
    assert isinstance(added, collect.Added), added
    return opened


@pytest.fixture(scope="session")
def hostile_id(house: House) -> str:
    return house.ledger.documents(1)[0].document.id


@pytest.fixture
def client(house: House) -> Iterator[TestClient]:
    with TestClient(create(house, LANDING), follow_redirects=False) as made:
        yield made


@contextmanager
def serving(house: House) -> Iterator[str]:
    """The address of a real server on a free port of the loopback."""
    listening = socket.create_server(("127.0.0.1", 0))
    running = uvicorn.Server(uvicorn.Config(create(house, LANDING), log_level="warning"))
    thread = threading.Thread(target=running.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    for _ in range(200):
        if running.started:
            break
        time.sleep(0.05)
    assert running.started
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    running.should_exit = True
    thread.join(10)


@pytest.fixture(scope="session")
def server(house: House) -> Iterator[str]:
    """A server whose backtest is done: the first what-if waits for it, and no page is judged by how long it takes."""
    backtest(house)
    with serving(house) as address:
        yield address


@pytest.fixture(scope="session")
def record_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The same with the shipped record alone, as a newcomer sees it."""
    with serving(open_house(Settings(home=tmp_path_factory.mktemp("record"), now=NOW), keep=True)) as address:
        yield address


@pytest.fixture(scope="session")
def pictures() -> Path | None:
    """Where to leave pictures for the documentation, if anybody asked for them."""
    folder = os.environ.get("PASVIK_PICTURES")
    return Path(folder) if folder else None
