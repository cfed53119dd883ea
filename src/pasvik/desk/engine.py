"""The machine under the desk: a small SQLite file of its own, or tables beside the ledger's in PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import resources
from typing import Any

from sqlalchemy import Connection, Engine, QueuePool, create_engine, event, func, inspect, make_url, select, text
from sqlalchemy.exc import ArgumentError, DBAPIError

from pasvik.desk.people import DeskError
from pasvik.desk.tables import SCHEMA, VERSIONS

TURN = 0x6465736B                                               # the number of the lock under which PostgreSQL makes the tables
PATIENCE_SECONDS = 30.0


def make_engine(url: str) -> Engine:
    """An engine for a SQLite file, SQLite in memory, or PostgreSQL. Raises DeskError for another kind of address."""
    try:
        at = make_url(url)
    except ArgumentError as bad:
        raise DeskError("the address of the desk cannot be understood; it looks like sqlite:///desk.sqlite") from bad
    if at.get_backend_name() == "postgresql":
        return create_engine(at.set(drivername="postgresql+psycopg"), pool_pre_ping=True)
    if at.get_backend_name() != "sqlite":
        raise DeskError(f"the desk is kept in SQLite or PostgreSQL, not in {at.get_backend_name()!r}")
    pool: dict[str, Any] = {"pool_size": 1, "max_overflow": 0} if at.database in (None, "", ":memory:") else {}
    engine = create_engine(
        at, poolclass=QueuePool, **pool,
        connect_args={"timeout": PATIENCE_SECONDS, "isolation_level": None, "check_same_thread": False})
    # A writer takes its turn at once: SQLite cannot wait for a turn that is asked for in the middle.
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql(
        "BEGIN IMMEDIATE" if connection.get_execution_options().get("writes") else "BEGIN"))
    return engine


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection that only looks; failures come out as DeskError."""
    with _plainly(), engine.connect() as connection, connection.begin():
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A writer's turn: commits at the end, or leaves no trace; failures come out as DeskError."""
    with _plainly(), engine.execution_options(writes=True).connect() as connection, connection.begin():
        yield connection


@contextmanager
def _plainly() -> Iterator[None]:
    try:
        yield
    except DBAPIError as bad:
        said = str(bad.orig).strip().splitlines()[:1]
        raise DeskError(f"the accounts cannot be read or written ({said[0] if said else 'no reason given'})") from bad


def bring_up_to_date(engine: Engine) -> None:
    """Make the tables, or bring older ones up to date. Raises DeskError for those of a later Pasvik."""
    with reading(engine) as connection:
        if _schema(connection) == SCHEMA:
            return
    with writing(engine) as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(select(func.pg_advisory_xact_lock(TURN)))
        if _schema(connection) != SCHEMA:                       # else another process was quicker
            _migrate(connection)


def _schema(connection: Connection) -> str | None:
    if not inspect(connection).has_table(VERSIONS):
        return None
    found = connection.execute(text(f"SELECT version_num FROM {VERSIONS}")).scalar()
    return None if found is None else str(found)


def _migrate(connection: Connection) -> None:
    # Loaded here, for it is slow to load and needed once in the life of a house.
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(resources.files("pasvik.desk").joinpath("migrations")).replace("%", "%%"))
    config.attributes["connection"] = connection
    known = {one.revision for one in ScriptDirectory.from_config(config).walk_revisions()}
    found = _schema(connection)
    if found is not None and found not in known:
        raise DeskError(f"the accounts were made by a newer Pasvik (schema {found}; this one knows {SCHEMA}): please update Pasvik")
    command.upgrade(config, "head")
