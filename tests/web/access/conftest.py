"""A house with accounts, and browsers that are signed in to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from pasvik.app import collect
from pasvik.app.settings import Access, Settings
from pasvik.app.wiring import House, open_house
from pasvik.desk.people import Role
from pasvik.desk.store import Desk
from pasvik.web.routes import create

NOW = "2026-11-25T10:00+00:00"
WORD = "a long enough word"
TEXT = "The Finnish government said on Friday that the Vaalimaa border crossing is closed."
FAST = Access(limit_sign_in="1000/minute")
Door = Callable[..., TestClient]


@pytest.fixture
def house(tmp_path: Path) -> House:
    opened = open_house(Settings(home=tmp_path, now=NOW, record=False, access=FAST), keep=True)
    assert isinstance(collect.add(opened, TEXT.encode(), "a.txt", "2023-11-24T12:00+02:00", "Yle"), collect.Added)
    return opened


@pytest.fixture
def door(house: House) -> Iterator[Door]:
    """Makes a browser: of whom (None: nobody), from which address, with which access."""
    made: list[TestClient] = []

    def browser(name: str | None = None, role: Role = Role.REVIEWER, address: str = "127.0.0.1", access: Access = FAST) -> TestClient:
        app = create(replace(house, settings=replace(house.settings, access=access)), "")
        client = TestClient(app, follow_redirects=False, client=(address, 50000), base_url="http://localhost:8000")
        made.append(client)
        if name:
            desk: Desk = app.state.desk
            if desk.person(name) is None:
                desk.add_person(name, role, WORD, house.now())
            answer = client.post("/sign-in", data={"name": name, "password": WORD, "next": "/"})
            assert answer.status_code == 303, answer.text
        return client
    yield browser
    for client in made:
        client.close()
