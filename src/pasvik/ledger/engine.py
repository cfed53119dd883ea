"""The machine under the ledger: connections, turns of writing, its schema, and what its failures mean."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import resources
from typing import Any

from sqlalchemy import Connection, Engine, QueuePool, create_engine, event, inspect, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnection

from pasvik.ledger import queries
from pasvik.ledger.contract import Broken, Full, LedgerError, Locked, NewerSchema, ReadOnly, Unreachable
from pasvik.ledger.tables import SCHEMA

TURN = 0x7061737669                                             # the number of the lock that writers on PostgreSQL take in turn
CACHE_KIB = 262_144                                             # SQLite's page cache at most; the index of a large ledger is scattered
LOG_PAGES = 50_000                                              # written to the log before SQLite moves them home, together
WRITES = {"writes": True}

_SQLITE = {
    "SQLITE_BUSY": Locked, "SQLITE_LOCKED": Locked, "SQLITE_READONLY": ReadOnly, "SQLITE_PERM": ReadOnly, "SQLITE_FULL": Full,
    "SQLITE_CANTOPEN": Unreachable, "SQLITE_CORRUPT": Broken, "SQLITE_NOTADB": Broken, "SQLITE_IOERR": Broken,
}
_POSTGRES = {
    "55P03": Locked, "40P01": Locked, "25006": ReadOnly, "42501": ReadOnly, "53100": Full, "57P03": Unreachable, "3D000": Unreachable,
    "28P01": Unreachable, "28000": Unreachable,
}
_PLAIN: dict[type[LedgerError], str] = {
    Locked: "the ledger {at} is busy: somebody else is writing, and did not finish in time",
    ReadOnly: "the ledger {at} may not be written to: look at the rights of the file and its folder, or of the account",
    Full: "the disk of the ledger {at} is full; nothing of this was kept, and what was held before is whole",
    Unreachable: "the ledger {at} cannot be opened: is there such a folder or server, and may we enter it?",
    Broken: "the ledger {at} is damaged, or is no ledger of ours",
}


def make_engine(url: str, patience_seconds: float) -> Engine:
    """An engine for a SQLite file, SQLite in memory, or PostgreSQL. Raises Unreachable for another kind of address."""
    try:
        at = make_url(url)
    except ArgumentError as bad:
        raise Unreachable(f"{url!r} is no address of a ledger, such as sqlite:///ledger.db") from bad
    if at.get_backend_name() == "postgresql":
        engine = create_engine(at.set(drivername="postgresql+psycopg"), pool_pre_ping=True, pool_timeout=patience_seconds)
        event.listen(engine, "connect", _postgres_manners(patience_seconds))
        return engine
    if at.get_backend_name() != "sqlite":
        raise Unreachable(f"a ledger is kept in SQLite or PostgreSQL, not in {at.get_backend_name()!r}")
    in_memory = at.database in (None, "", ":memory:")
    # One connection is the whole ledger in memory, so everybody waits for it; a file is read by many at once.
    pool: dict[str, Any] = {"pool_size": 1, "max_overflow": 0} if in_memory else {}
    engine = create_engine(
        at, poolclass=QueuePool, pool_timeout=patience_seconds, **pool,
        connect_args={"timeout": patience_seconds, "isolation_level": None, "check_same_thread": False})
    event.listen(engine, "connect", _sqlite_manners(patience_seconds))
    event.listen(engine, "begin", _sqlite_begin)
    return engine


def _sqlite_manners(patience_seconds: float) -> Any:
    """Readers go on while one writes (WAL); what is acknowledged is on the disk (FULL)."""

    def manners(connection: Any, _: Any) -> None:
        _keep_a_log(connection, time.monotonic() + patience_seconds)
        for words in ("synchronous = FULL", f"cache_size = -{CACHE_KIB}", f"wal_autocheckpoint = {LOG_PAGES}"):
            connection.execute(f"PRAGMA {words}")

    return manners


def _keep_a_log(connection: Any, deadline: float) -> None:
    """Put a new file into WAL mode. SQLite does not wait for others when it changes mode, so we do."""
    while True:
        try:
            if connection.execute("PRAGMA journal_mode").fetchone()[0] not in ("wal", "memory"):
                connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as bad:
            if bad.sqlite_errorname != "SQLITE_BUSY" or time.monotonic() > deadline:
                raise
            time.sleep(0.02)


def _sqlite_begin(connection: Connection) -> None:
    """A writer takes its turn at once: taking it later, in the middle, cannot be waited for in SQLite."""
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("writes") else "BEGIN")


def _postgres_manners(patience_seconds: float) -> Any:
    def manners(connection: Any, _: Any) -> None:
        connection.execute(f"SET lock_timeout = {int(patience_seconds * 1000)}")
        connection.commit()

    return manners


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection that sees one state of the ledger; failures come out as LedgerError."""
    with plainly(engine), engine.connect() as connection, connection.begin():
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A writer's turn: commits at the end, or leaves no trace; failures come out as LedgerError."""
    with plainly(engine), engine.execution_options(**WRITES).connect() as connection, connection.begin():
        if engine.dialect.name == "postgresql":
            connection.execute(queries.take_turn(TURN))
        yield connection


@contextmanager
def plainly(engine: Engine) -> Iterator[None]:
    """Turn what the database says of its own failures into one sentence for a person."""
    try:
        yield
    except NoConnection as bad:
        raise Locked(_PLAIN[Locked].format(at=name_of(engine))) from bad
    except DBAPIError as bad:
        raise failure(bad, name_of(engine)) from bad


def failure(bad: DBAPIError, at: str) -> LedgerError:
    """The LedgerError that a failure of the database means."""
    cause: Any = bad.orig
    said = str(cause).strip().splitlines()[:1]
    word = getattr(cause, "sqlite_errorname", None)
    kind: type[LedgerError] | None = None
    if word:
        kind = _SQLITE.get("_".join(word.split("_")[:2]))
    else:
        state = getattr(cause, "sqlstate", None)
        kind = _POSTGRES.get(state) if state else Unreachable if bad.connection_invalidated or "connection" in str(cause) else None
    return (kind or Broken)(f"{_PLAIN[kind or Broken].format(at=at)} ({said[0] if said else word})")


def name_of(engine: Engine) -> str:
    """The ledger's address for a person, without its password."""
    if engine.dialect.name == "sqlite":
        return engine.url.database or "in memory"
    return engine.url.render_as_string(hide_password=True)


def bring_up_to_date(engine: Engine) -> None:
    """Make the tables, or bring older ones up to date. Raises NewerSchema for a ledger of a later Pasvik."""
    with reading(engine) as connection:
        if schema_of(connection) == SCHEMA:
            return
    with writing(engine) as connection:
        if schema_of(connection) == SCHEMA:                     # another process was quicker
            return
        _migrate(connection, name_of(engine))


def schema_of(connection: Connection) -> str | None:
    """The version that the tables were made for; None where there are none yet."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return None if found is None else str(found)


def _migrate(connection: Connection, at: str) -> None:
    # Loaded here, for it is slow to load and needed once in the life of a ledger.
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(resources.files("pasvik.ledger").joinpath("migrations")).replace("%", "%%"))
    config.attributes["connection"] = connection
    known = {one.revision for one in ScriptDirectory.from_config(config).walk_revisions()}
    found = schema_of(connection)
    if found is not None and found not in known:
        raise NewerSchema(f"the ledger {at} was made by a newer Pasvik (schema {found}; this one knows {SCHEMA}): please update Pasvik")
    command.upgrade(config, "head")
