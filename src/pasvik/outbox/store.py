"""The outbox in a database, SQLite or PostgreSQL: an event and its deliveries are written together or not at all."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, delete, insert, make_url, select, text, update
from sqlalchemy import event as listen
from sqlalchemy.exc import DBAPIError

from pasvik.outbox import tables
from pasvik.terms.capture import Trouble

Json = dict[str, Any]
TURN = 0x70617376696B                                           # the number of the lock that PostgreSQL's writers take in turn
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Told:
    """What was last told of a cell: its headline, the event that told it (None: so before we began), and when (UTC)."""

    headline: Json
    event: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Seen:
    """A headline that differs from what was told, and since when (UTC) it has."""

    headline: Json
    first: datetime


@dataclass(frozen=True, slots=True)
class Delivery:
    """One event for one channel. state: waiting, delivered or dead; due and made in UTC; error: what went wrong last."""

    event: str
    channel: str
    state: str
    attempts: int
    due: datetime
    made: datetime
    body: Json
    error: str | None = None


class Outbox:
    """Opens its tables, making them when missing. Raises Trouble where the database cannot be used."""

    def __init__(self, url: str) -> None:
        at = make_url(url)
        is_file = at.get_backend_name() == "sqlite"
        self.engine: Engine = create_engine(
            at if is_file else at.set(drivername="postgresql+psycopg"), connect_args={"timeout": 30, "isolation_level": None} if is_file else {})
        if is_file:
            listen.listen(self.engine, "connect", _sqlite_manners)
            listen.listen(self.engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
        with self._turn() as connection:
            tables.metadata.create_all(connection)

    def close(self) -> None:
        self.engine.dispose()

    def told(self) -> dict[str, Told]:
        """What was last told of each cell."""
        with self._turn() as connection:
            rows = connection.execute(select(tables.told))
            return {row.key: Told(json.loads(row.headline), row.event, _when(row.at)) for row in rows}

    def seen(self) -> dict[str, Seen]:
        """What waits out its settling delay."""
        with self._turn() as connection:
            return {row.key: Seen(json.loads(row.headline), _when(row.first)) for row in connection.execute(select(tables.seen))}

    def keep(self, seen: Mapping[str, Seen], told: Mapping[str, Told], events: Iterable[tuple[str, Json, Iterable[str]]], now: datetime) -> int:
        """In one turn: what waits, what counts as told, and new events (id, body, channels). Returns how many events were new."""
        new = 0
        with self._turn() as connection:
            connection.execute(delete(tables.seen))
            if seen:
                connection.execute(insert(tables.seen), [
                    {"key": key, "headline": _text(one.headline), "first": _micros(one.first)} for key, one in seen.items()])
            for key, one in told.items():
                connection.execute(delete(tables.told).where(tables.told.c.key == key))
                connection.execute(insert(tables.told).values(key=key, headline=_text(one.headline), event=one.event, at=_micros(one.at)))
            for id, body, channels in events:
                if connection.execute(select(tables.event.c.id).where(tables.event.c.id == id)).first():
                    continue                                    # told already: a tick that was killed half-way is done again
                new += 1
                connection.execute(insert(tables.event).values(id=id, made=_micros(now), body=_text(body)))
                rows = [{"event": id, "channel": name, "state": "waiting", "attempts": 0, "due": _micros(now)} for name in dict.fromkeys(channels)]
                if rows:
                    connection.execute(insert(tables.delivery), rows)
        return new

    def due(self, now: datetime, channel: str | None = None) -> list[Delivery]:
        """Deliveries to try now, oldest event first."""
        held = tables.delivery.c
        wanted = (held.state == "waiting") & (held.due <= _micros(now))
        return self._deliveries(wanted if channel is None else wanted & (held.channel == channel))

    def deliveries(self, state: str | None = None) -> list[Delivery]:
        """All deliveries, or those of a state, oldest event first."""
        return self._deliveries(tables.delivery.c.state == state if state else text("1 = 1"))

    def tried(self, one: Delivery, state: str, due: datetime, error: str | None, now: datetime) -> None:
        """What came of an attempt."""
        held = tables.delivery.c
        with self._turn() as connection:
            connection.execute(update(tables.delivery).where((held.event == one.event) & (held.channel == one.channel)).values(
                state=state, attempts=held.attempts + 1, due=_micros(due), error=error, done=_micros(now) if state == "delivered" else None))

    def revive(self, event: str | None, now: datetime) -> int:
        """Try dead deliveries again: those of one event, or all. Returns how many."""
        held = tables.delivery.c
        wanted = held.state == "dead" if event is None else (held.state == "dead") & (held.event == event)
        with self._turn() as connection:
            return connection.execute(update(tables.delivery).where(wanted).values(state="waiting", attempts=0, due=_micros(now))).rowcount

    def lease(self, name: str, holder: str, now: datetime, length: timedelta) -> bool:
        """Take or renew the right to do a thing alone; False while another holds it."""
        with self._turn() as connection:
            row = connection.execute(select(tables.lease).where(tables.lease.c.name == name).with_for_update()).first()
            if row and row.holder != holder and row.until > _micros(now):
                return False
            connection.execute(delete(tables.lease).where(tables.lease.c.name == name))
            connection.execute(insert(tables.lease).values(name=name, holder=holder, until=_micros(now + length)))
            return True

    def _deliveries(self, wanted: Any) -> list[Delivery]:
        query = select(tables.delivery, tables.event.c.made, tables.event.c.body).join(
            tables.event, tables.event.c.id == tables.delivery.c.event).where(wanted).order_by(tables.event.c.seq, tables.delivery.c.channel)
        with self._turn() as connection:
            return [Delivery(row.event, row.channel, row.state, row.attempts, _when(row.due), _when(row.made), json.loads(row.body), row.error)
                    for row in connection.execute(query)]

    @contextmanager
    def _turn(self) -> Iterator[Connection]:
        try:
            with self.engine.begin() as connection:
                if connection.dialect.name == "postgresql":     # SQLite's BEGIN IMMEDIATE waits its turn by itself
                    connection.execute(text("SELECT pg_advisory_xact_lock(:turn)"), {"turn": TURN})
                yield connection
        except DBAPIError as bad:
            raise Trouble(f"the outbox cannot be used: {str(bad.orig).splitlines()[0] if str(bad.orig) else type(bad.orig).__name__}") from bad


def _sqlite_manners(connection: Any, _: Any) -> None:
    for words in ("journal_mode = WAL", "synchronous = FULL", "busy_timeout = 30000"):
        connection.execute(f"PRAGMA {words}").fetchone()


def _micros(at: datetime) -> int:
    return (at - EPOCH) // timedelta(microseconds=1)


def _when(micros: int) -> datetime:
    return EPOCH + timedelta(microseconds=micros)


def _text(value: Json) -> str:
    return json.dumps(value, ensure_ascii=True, sort_keys=True)
