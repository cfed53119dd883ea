"""One real house for everything that the board is written down as."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from pasvik.app import collect
from pasvik.app.settings import Settings
from pasvik.app.wiring import House, open_house
from pasvik.web.routes import create

NOW = "2023-11-25T12:00+02:00"
HOSTILE = """The Finnish government said on Friday that the Salla border crossing is closed ]]> <b>&amp; \x0b ﷐.

The Norwegian government is considering closing the Storskog border crossing, it said on Friday.
"""


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    opened = open_house(Settings(home=tmp_path_factory.mktemp("public"), now=NOW), keep=True)
    added = collect.add(opened, HOSTILE.encode(), "hostile.txt", "2023-11-24T12:00+02:00", "=HYPERLINK(\"x\") <Post> & Co", "https://example.org/1")
    assert isinstance(added, collect.Added), added
    return opened


@pytest.fixture
def client(house: House) -> Iterator[TestClient]:
    with TestClient(create(house, ""), follow_redirects=False, base_url="http://board.example") as made:
        yield made
