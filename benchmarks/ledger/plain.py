"""The plain way to compare with: one table without seals, bases or retractions, where the latest row of a cell wins."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from pathlib import Path

from pasvik.terms.capture import Document
from pasvik.terms.claim import Status
from pasvik.terms.interchange import statement_to_json
from pasvik.terms.place import lanes_of
from pasvik.terms.statement import Statement

TABLE = "CREATE TABLE said (id TEXT PRIMARY KEY, crossing TEXT, lane TEXT, published INTEGER, state TEXT, body TEXT)"
INDEX = "CREATE INDEX cell ON said (crossing, lane, published)"
CELL = """
    SELECT state, body FROM (
        SELECT state, body, row_number() OVER (ORDER BY published DESC, id) AS place
        FROM said WHERE crossing = ? AND lane = ? AND published <= ?) WHERE place = 1"""
BOARD = """
    SELECT crossing, lane, state, body FROM (
        SELECT crossing, lane, state, body, row_number() OVER (PARTITION BY crossing, lane ORDER BY published DESC, id) AS place
        FROM said WHERE published <= ?) WHERE place = 1"""


def make(path: Path) -> sqlite3.Connection:
    """An empty table."""
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute(TABLE)
    connection.execute(INDEX)
    return connection


def add(connection: sqlite3.Connection, readings: Iterable[tuple[Document, list[Statement]]]) -> None:
    """One row for each crossing and lane of a status statement; whole borders and other kinds have no place in this table."""
    rows = []
    for _, statements in readings:
        for one in statements:
            if isinstance(one.claim, Status) and one.source.published:
                body = json.dumps(statement_to_json(one))
                published = int(one.source.published.start.timestamp())
                rows += [
                    (f"{one.id} {crossing} {lane}", crossing, str(lane), published, str(one.claim.state), body)
                    for crossing in one.claim.crossings for lane in lanes_of(one.claim.lanes)]
    with connection:
        connection.executemany("INSERT OR IGNORE INTO said VALUES (?, ?, ?, ?, ?, ?)", rows)
