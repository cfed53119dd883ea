"""A ledger of every kind to test with: SQLite in memory, SQLite in a file, and a real PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count

import psycopg
import pytest

from pasvik.ledger.sql import SqlLedger, open_ledger
from pasvik.terms.capture import Document, Origin, source_of
from pasvik.terms.claim import Commitment, State, Status
from pasvik.terms.moment import moment
from pasvik.terms.statement import Evidence, Statement

KINDS = ["memory", "file", pytest.param("postgres", marks=pytest.mark.postgres)]
NUMBERS = count(1)


@pytest.fixture
def new_address(request: pytest.FixtureRequest) -> Callable[[str], str]:
    """The address of a ledger that is not there yet, of this kind; in memory, each opening is a new one."""

    def give(kind: str) -> str:
        if kind == "memory":
            return "sqlite://"
        if kind == "file":
            return f"sqlite:///{request.getfixturevalue('tmp_path')}/ledger.db"
        return new_database(request.getfixturevalue("postgres"))

    return give


@pytest.fixture(params=KINDS)
def address(request: pytest.FixtureRequest, new_address: Callable[[str], str]) -> str:
    """The same, of each kind in turn."""
    return new_address(request.param)


@pytest.fixture
def ledger(address: str) -> Iterator[SqlLedger]:
    """An empty ledger of each kind."""
    opened = open_ledger(address)
    yield opened
    opened.close()


def new_database(server: str) -> str:
    name = f"ledger{next(NUMBERS)}"
    with psycopg.connect(f"{server} dbname=postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return f"postgresql+psycopg://pasvik@/{name}?host={server.split()[0].removeprefix('host=')}"


def reading(line: str) -> tuple[Document, Statement]:
    """A document of one statement out of one line: outlet, published (or -), border, crossings (a+b or -), state, commitment, lanes.

    `record` as the outlet is our own curated record.
    """
    outlet, published, border, crossings, state, commitment, lanes = line.split()
    document = Document(
        f"{outlet} says: {crossings} {border} {state} ({commitment}) for {lanes}", publisher=outlet, url=f"https://{outlet}.example/1",
        published=None if published == "-" else moment(published, "Europe/Helsinki"),
        origin=Origin.CURATED if outlet == "record" else Origin.READ)
    claim = Status(
        () if crossings == "-" else tuple(crossings.split("+")), border, State(state), Commitment(commitment), tuple(lanes.split("+")))
    start = len(outlet) + 7
    return document, Statement(claim, Evidence(start, len(document.text), document.text[start:]), source_of(document))


@pytest.fixture
def read() -> Callable[[str], tuple[Document, Statement]]:
    """`reading`, for tests: a line in, a document and its statement out."""
    return reading
