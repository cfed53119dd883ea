"""Somebody with the file in hand changes, drops, swaps or inserts an entry, or bends the index: verify tells of each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from sqlalchemy import Connection, text

from pasvik.ledger.chain import link
from pasvik.ledger.sql import SqlLedger
from pasvik.ledger.tables import entry
from pasvik.terms.capture import Document, digest
from pasvik.terms.place import Lane
from pasvik.terms.statement import Statement

NOW = datetime(2024, 2, 1, 8, tzinfo=UTC)
Read = Callable[[str], tuple[Document, Statement]]
TABLES = ("entry", "topic", "posting", "revoked")
# what is done to the file  ->  where verify must point, and a word of what it says
DEEDS = """
  UPDATE entry SET body = replace(body, 'closed', 'opened') WHERE seq = 4           -> position 4: not as it was sealed
  UPDATE entry SET body = 'nonsense' WHERE seq = 4                                  -> position 4: cannot be read
  UPDATE entry SET published = published - 1 WHERE seq = 4                          -> position 4: not as it was sealed
  UPDATE entry SET recorded = recorded - 1 WHERE seq = 6                            -> position 6: not as it was sealed
  UPDATE entry SET origin = 'curated' WHERE seq = 4                                 -> position 4: not as it was sealed
  UPDATE entry SET chain = 'ab' WHERE seq = 10                                      -> position 10: not as it was sealed
  UPDATE entry SET target = NULL WHERE seq = 11                                     -> position 11: not as it was sealed
  DELETE FROM entry WHERE seq = 4                                                   -> position 5: entries are missing
  DELETE FROM entry WHERE seq = 1                                                   -> position 2: entries are missing
  DELETE FROM entry WHERE seq >= 10                                                 -> position 9: had been noted down
  DELETE FROM entry                                                                 -> position 0: had been noted down
  UPDATE entry SET seq = CASE seq WHEN 4 THEN -4 ELSE seq END                       -> position -4: entries are missing
  DELETE FROM posting WHERE seq = 4 AND topic = 1                                   -> salla status: index does not agree
  DELETE FROM posting WHERE seq = 4                                                 -> everywhere status: index does not agree
  UPDATE posting SET published = published + 1 WHERE seq = 2                        -> salla status: index does not agree
  UPDATE topic SET lane = 'bus' WHERE id = 1                                        -> index lacks a heading
  UPDATE posting SET state = 'open' WHERE seq = 2                                   -> salla status: index does not agree
  DELETE FROM topic WHERE id = 1                                                    -> under no heading
  INSERT INTO posting (topic, published, seq) VALUES (1, 5, 5)                      -> salla status: index does not agree
  DELETE FROM revoked                                                               -> list of retractions
  INSERT INTO revoked (seq, by_seq) VALUES (2, 3)                                   -> list of retractions
"""


@pytest.fixture
def kept(ledger: SqlLedger, read: Read) -> tuple[SqlLedger, tuple[int, str]]:
    """Five documents of one statement each, and a retraction at position 11; with the head as noted down by somebody."""
    for day in range(1, 6):
        document, statement = read(f"yle 2024-01-0{day} FI-RU salla closed in_effect all")
        ledger.append(document, [statement], recorded=NOW)
    ledger.retract(statement.id, "misread", recorded=NOW)
    return ledger, ledger.head()


def unguarded(connection: Connection) -> None:
    for table in TABLES:
        if connection.dialect.name == "postgresql":
            connection.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
        else:
            for verb in ("update", "delete"):
                connection.execute(text(f"DROP TRIGGER {table}_no_{verb}"))


def faults(ledger: SqlLedger, head: tuple[int, str]) -> list[str]:
    return [f"{fault.where}: {fault.what}" for fault in ledger.verify(head)]


@pytest.mark.parametrize("deed", DEEDS.strip().splitlines(), ids=lambda deed: deed.split("->")[0].strip())
def test_every_deed_is_told(kept: tuple[SqlLedger, tuple[int, str]], deed: str) -> None:
    ledger, head = kept
    assert faults(ledger, head) == []
    words, _, expected = deed.partition("->")
    with ledger.engine.begin() as connection:
        unguarded(connection)
        connection.execute(text(words.strip()))
    where, _, what = expected.strip().rpartition(": ")
    assert any(where in told and what in told for told in faults(ledger, head)), faults(ledger, head)


def test_two_entries_swapped(kept: tuple[SqlLedger, tuple[int, str]]) -> None:
    ledger, head = kept
    with ledger.engine.begin() as connection:
        unguarded(connection)
        for words in ("SET seq = -1 WHERE seq = 2", "SET seq = 2 WHERE seq = 4", "SET seq = 4 WHERE seq = -1"):
            connection.execute(text(f"UPDATE entry {words}"))
    told = faults(ledger, head)
    assert any(one.startswith("position 2,") for one in told)
    assert any(one.startswith("position 4,") for one in told)


def test_a_tail_forged_with_proper_seals_is_told_by_the_head_noted_down(kept: tuple[SqlLedger, tuple[int, str]], read: Read) -> None:
    """Who can seal can write a new past from some position on; only a head kept elsewhere tells."""
    ledger, head = kept
    _, forged = read("yle 2024-01-05 FI-RU salla open in_effect all")
    with ledger.engine.begin() as connection:
        unguarded(connection)
        connection.execute(text("DELETE FROM entry WHERE seq = 11"))
        connection.execute(text("DELETE FROM revoked"))
        last = connection.execute(entry.select().where(entry.c.seq == 10)).one()
        row = (11, "x6db15ad1bde8ac1a3fd5b0a3", "retraction", None, forged.id, None, 1, "read", "{}")
        names = [column.name for column in entry.columns]
        connection.execute(entry.insert(), dict(zip(names, (*row, link(last.chain, *row[:-1], digest(row[-1].encode()))), strict=True)))
    assert any("not the one that was noted down" in one for one in faults(ledger, head))


def test_after_an_honest_addition_the_old_head_still_holds(kept: tuple[SqlLedger, tuple[int, str]], read: Read) -> None:
    ledger, head = kept
    document, statement = read("yle 2024-01-09 FI-RU salla open planned all")
    ledger.append(document, [statement], recorded=NOW)
    assert faults(ledger, head) == []
    assert len(ledger.cell("salla", Lane.CAR, None)) == 5
