"""When the machine under the ledger fails: one plain sentence, nothing half written, and what was held is whole."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import event, text

from pasvik.ledger import tables
from pasvik.ledger.contract import Broken, Full, Ledger, LedgerError, Locked, NewerSchema, ReadOnly, Unreachable
from pasvik.ledger.sql import SqlLedger, open_ledger
from pasvik.terms.capture import Document
from pasvik.terms.place import Lane
from pasvik.terms.statement import Statement

NOW = datetime(2024, 2, 1, 8, tzinfo=UTC)
Read = Callable[[str], tuple[Document, Statement]]
LINE = "yle 2024-01-01 FI-RU salla closed in_effect all"


def one_more(ledger: SqlLedger, read: Read, line: str = LINE) -> None:
    document, statement = read(line)
    ledger.append(document, [statement], recorded=NOW)


def test_the_tables_are_those_that_the_migrations_make(ledger: SqlLedger) -> None:
    config = Config()
    config.set_main_option("script_location", "pasvik.ledger:migrations")
    assert ScriptDirectory.from_config(config).get_heads() == [tables.SCHEMA]
    with ledger.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), tables.metadata) == []


def test_it_keeps_the_protocol(ledger: SqlLedger) -> None:
    kept: Ledger = ledger
    assert kept.basis() == 0


def test_a_newer_ledger_is_not_touched(address: str) -> None:
    if address == "sqlite://":
        pytest.skip("a ledger in memory is always new")
    ledger = open_ledger(address)
    with ledger.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    ledger.close()
    with pytest.raises(NewerSchema, match=r"newer Pasvik .schema 9999; this one knows 0001.: please update"):
        open_ledger(address)


@pytest.mark.parametrize(("address", "kind", "words"), [
    ("sqlite:////no/such/folder/ledger.db", Unreachable, "/no/such/folder/ledger.db cannot be opened"),
    ("postgresql+psycopg://nobody:secret@127.0.0.1:1/none", Unreachable, "cannot be opened"),
    ("mysql://somewhere", Unreachable, "kept in SQLite or PostgreSQL, not in 'mysql'"),
    ("ledger.db", Unreachable, "is no address of a ledger, such as sqlite:///ledger.db"),
])
def test_no_such_place(address: str, kind: type[LedgerError], words: str) -> None:
    with pytest.raises(kind, match=words) as raised:
        open_ledger(address, patience_seconds=2)
    assert "secret" not in str(raised.value)
    assert len(str(raised.value).splitlines()) == 1


def test_no_ledger_in_the_file(tmp_path: Path) -> None:
    (tmp_path / "ledger.db").write_text("this is no database, but a letter of some length " * 40)
    with pytest.raises(Broken, match="damaged, or is no ledger"):
        open_ledger(f"sqlite:///{tmp_path}/ledger.db")


def test_a_damaged_file_is_told(tmp_path: Path, read: Read) -> None:
    path = tmp_path / "ledger.db"
    ledger = open_ledger(f"sqlite:///{path}")
    for day in range(1, 29):
        one_more(ledger, read, f"yle 2024-01-{day:02} FI-RU salla closed in_effect all")
    ledger.close()
    data = bytearray(path.read_bytes())
    data[8192:] = b"\xff" * (len(data) - 8192)
    path.write_bytes(data)
    with pytest.raises(Broken):
        open_ledger(f"sqlite:///{path}").verify()


def test_read_only(tmp_path: Path, read: Read) -> None:
    path = tmp_path / "ledger.db"
    ledger = open_ledger(f"sqlite:///{path}")
    one_more(ledger, read)
    looking = open_ledger(f"sqlite:///file:{path}?mode=ro&uri=true")
    assert len(looking.cell("salla", Lane.CAR, "FI-RU")) == 1
    with pytest.raises(ReadOnly, match="may not be written to"):
        one_more(looking, read, LINE.replace("closed", "open"))
    assert ledger.basis() == 2
    looking.close()
    ledger.close()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write into any folder")
def test_a_folder_without_the_right_to_write(tmp_path: Path) -> None:
    tmp_path.chmod(0o555)
    try:
        with pytest.raises((ReadOnly, Unreachable)):
            open_ledger(f"sqlite:///{tmp_path}/ledger.db")
    finally:
        tmp_path.chmod(0o755)


def test_somebody_else_is_writing(tmp_path: Path, read: Read) -> None:
    path = tmp_path / "ledger.db"
    ledger = open_ledger(f"sqlite:///{path}", patience_seconds=0.2)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(Locked, match="somebody else is writing"):
        one_more(ledger, read)
    assert ledger.cell("salla", Lane.CAR, "FI-RU") == []        # readers are not kept out
    other.execute("ROLLBACK")
    other.close()
    one_more(ledger, read)
    assert ledger.basis() == 2
    ledger.close()


@pytest.mark.postgres
def test_somebody_else_is_writing_in_postgres(new_address: Callable[[str], str], read: Read) -> None:
    address = new_address("postgres")
    ledger, other = open_ledger(address, patience_seconds=0.2), open_ledger(address)
    with other.engine.begin() as connection:
        connection.execute(text("SELECT pg_advisory_xact_lock(482671294057)"))
        with pytest.raises(Locked, match="somebody else is writing"):
            one_more(ledger, read)
    one_more(ledger, read)
    assert ledger.basis() == 2
    ledger.close()
    other.close()


@pytest.mark.postgres
def test_an_account_that_may_only_read_or_add(new_address: Callable[[str], str], read: Read) -> None:
    address = new_address("postgres")
    ledger = open_ledger(address)
    one_more(ledger, read)
    with ledger.engine.begin() as connection:
        for words in (
            "DROP ROLE IF EXISTS looker", "DROP ROLE IF EXISTS adder", "CREATE ROLE looker LOGIN", "CREATE ROLE adder LOGIN",
            "GRANT SELECT ON ALL TABLES IN SCHEMA public TO looker, adder", "GRANT INSERT ON entry, topic, posting, revoked TO adder",
        ):
            connection.execute(text(words))
    looking, adding = (open_ledger(address.replace("pasvik@", f"{who}@")) for who in ("looker", "adder"))
    assert len(looking.cell("salla", Lane.CAR, "FI-RU")) == 1
    with pytest.raises(ReadOnly, match="may not be written to"):
        one_more(looking, read, LINE.replace("closed", "open"))
    one_more(adding, read, LINE.replace("closed", "open"))
    assert ledger.basis() == 4
    assert ledger.verify() == []
    with ledger.engine.begin() as connection:
        connection.execute(text("REVOKE ALL ON ALL TABLES IN SCHEMA public FROM looker, adder"))
    for one in (ledger, looking, adding):
        one.close()


def test_the_disk_is_full(tmp_path: Path, read: Read) -> None:
    ledger = open_ledger(f"sqlite:///{tmp_path}/ledger.db")
    one_more(ledger, read)
    pages = {"most": 30}
    event.listen(ledger.engine, "begin", lambda connection: connection.exec_driver_sql(f"PRAGMA max_page_count = {pages['most']}"))
    document, statement = read("yle 2024-01-02 FI-RU salla closed in_effect all")
    large = Document("x" * 1_000_000, published=document.published)
    with pytest.raises(Full, match=r"disk of the ledger .* is full; nothing of this was kept"):
        ledger.append_many([(document, [statement]), (large, [])], recorded=NOW)
    assert ledger.basis() == 2
    assert ledger.verify() == []
    pages["most"] = 1_000_000
    ledger.append_many([(document, [statement]), (large, [])], recorded=NOW)
    assert ledger.basis() == 5
    assert ledger.verify() == []
    ledger.close()
