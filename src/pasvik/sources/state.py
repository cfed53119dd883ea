"""What is remembered between visits: which sources are on, which pages were seen, whose turn it is to collect. Notes, no record.

Nothing here is evidence: everything but the switches can be dropped, and then pages are fetched again and the ledger keeps each once.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    Engine,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    delete,
    func,
    insert,
    inspect,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from pasvik.sources.due import Health, Visits
from pasvik.sources.fetch.hosts import Host
from pasvik.terms.capture import Trouble

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
KEPT = timedelta(days=400)
LONGEST = 1_000                                                 # signs of an event
FOUND_KEPT = 30                                                 # visits remembered to know what is usual
WRITES = {"writes": True}                                       # a SQLite writer takes its turn at once; see ledger/engine.py
Whole = BigInteger().with_variant(Integer(), "sqlite")
metadata = MetaData()

source = Table(
    "collect_source", metadata,
    Column("id", Text, primary_key=True), Column("is_on", Boolean, nullable=False), Column("on_since", Whole),
    Column("next_due", Whole), Column("last_try", Whole), Column("last_ok", Whole), Column("last_item", Whole),
    Column("failures", Integer, nullable=False), Column("fault", Text, nullable=False), Column("etag", Text, nullable=False),
    Column("modified", Text, nullable=False), Column("found", Text, nullable=False), Column("health", Text, nullable=False),
    Column("memory", Text, nullable=False))
seen = Table(
    "collect_seen", metadata,
    Column("key", Text, primary_key=True), Column("url", Text, nullable=False), Column("source", Text, nullable=False),
    Column("first_seen", Whole, nullable=False), Column("published", Text, nullable=False), Column("visits", Integer, nullable=False),
    Column("next_visit", Whole), Column("etag", Text, nullable=False), Column("modified", Text, nullable=False),
    Column("words", Text, nullable=False), Column("document", Text, nullable=False), Column("failures", Integer, nullable=False))
Index("collect_seen_next", seen.c.next_visit)
Index("collect_seen_words", seen.c.words)
host = Table(
    "collect_host", metadata,
    Column("name", Text, primary_key=True), Column("day", Text, nullable=False), Column("requests", Integer, nullable=False),
    Column("last", Whole), Column("quiet_until", Whole))
event = Table(
    "collect_event", metadata,
    Column("number", Whole, primary_key=True, autoincrement=True), Column("at", Whole, nullable=False),
    Column("source", Text, nullable=False), Column("kind", Text, nullable=False), Column("words", Text, nullable=False))
Index("collect_event_at", event.c.at)
lease = Table(
    "collect_lease", metadata,
    Column("name", Text, primary_key=True), Column("owner", Text, nullable=False), Column("until", Whole, nullable=False))
shard = Table(
    "collect_shard", metadata,
    Column("key", Text, primary_key=True), Column("told", Text, nullable=False))


@dataclass(frozen=True, slots=True)
class Seen:
    """A page that a lead led to. words: digest of its text at the last visit ("" = not read yet); published: ISO, "" = undated."""

    key: str
    url: str
    source: str
    first_seen: datetime
    published: str = ""
    visits: int = 0
    next_visit: datetime | None = None
    etag: str = ""
    modified: str = ""
    words: str = ""
    document: str = ""                                          # ids of its versions in the ledger, oldest first, a space between
    failures: int = 0


@dataclass(frozen=True, slots=True)
class Event:
    """Something about collecting that a person should see: kind is a Health, `edited`, `fault` or `gone`."""

    at: datetime
    source: str
    kind: str
    words: str


class State:
    """The notes in a database, SQLite or PostgreSQL. Every method is one transaction; failures are Trouble in one sentence."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        for last in (False, True):
            with self._reading() as connection:                 # whoever only reads needs no right to write
                if set(metadata.tables) <= set(inspect(connection).get_table_names()):
                    return
            try:
                with self._writing() as connection:
                    metadata.create_all(connection)
            except Trouble:                                     # two processes made the tables at the same moment
                if last:
                    raise

    def close(self) -> None:
        """Let go of the file or the server."""
        self._engine.dispose()

    # -- sources

    def visits(self) -> dict[str, Visits]:
        """What is remembered of every source."""
        with self._reading() as connection:
            return {row.id: _visits(row) for row in connection.execute(select(source))}

    def keep_visits(self, id: str, told: Visits) -> None:
        """Remember a visit; whether the source is on stays as it is, for a person may turn it off meanwhile."""
        said = _visits_row(told)
        for name in ("is_on", "on_since"):
            said.pop(name)
        with self._writing() as connection:
            if not connection.execute(update(source).where(source.c.id == id).values(**said)).rowcount:
                connection.execute(insert(source).values(id=id, **_visits_row(told)))

    def switch(self, ids: list[str], on: bool, now: datetime) -> None:
        """Turn sources on or off. A source turned on is due at once."""
        with self._writing() as connection:
            for id in ids:
                new: dict[str, Any] = {"is_on": on} | ({"on_since": micros(now), "next_due": None, "failures": 0} if on else {})
                where = (source.c.id == id) & (source.c.is_on != on)
                if not connection.execute(update(source).where(where).values(**new)).rowcount and \
                        connection.execute(select(source.c.id).where(source.c.id == id)).first() is None:
                    connection.execute(insert(source).values(id=id, **_visits_row(Visits(on, now if on else None))))

    # -- pages

    def page(self, key: str) -> Seen | None:
        """What is remembered of a page, by its key."""
        with self._reading() as connection:
            row = connection.execute(select(seen).where(seen.c.key == key)).first()
        return _seen(row) if row else None

    def known(self, keys: list[str]) -> set[str]:
        """Which of these pages are remembered."""
        with self._reading() as connection:
            return set(connection.execute(select(seen.c.key).where(seen.c.key.in_(keys))).scalars()) if keys else set()

    def twin(self, told: Seen, words: str) -> Seen | None:
        """Another page of the same source with the very same words: one article under two addresses."""
        with self._reading() as connection:
            row = connection.execute(select(seen).where(
                (seen.c.words == words) & (seen.c.source == told.source) & (seen.c.key != told.key)).limit(1)).first()
        return _seen(row) if row else None

    def keep_page(self, told: Seen) -> None:
        """Remember a page as it is now."""
        said = {name: _text(getattr(told, name)) for name in Seen.__slots__}
        said |= {"first_seen": micros(told.first_seen), "next_visit": micros(told.next_visit)}
        with self._writing() as connection:
            if not connection.execute(update(seen).where(seen.c.key == told.key).values(**said)).rowcount:
                connection.execute(insert(seen).values(**said))

    def revisits(self, sources: list[str], now: datetime, most: int = 200) -> list[Seen]:
        """Pages of these sources that are to be looked at, or looked at again, longest waiting first."""
        waiting = (seen.c.next_visit <= micros(now)) & seen.c.source.in_(sources)
        with self._reading() as connection:
            return [_seen(row) for row in connection.execute(select(seen).where(waiting).order_by(seen.c.next_visit, seen.c.key).limit(most))]

    def next_revisit(self, sources: list[str]) -> datetime | None:
        """When (UTC) the next page of these sources is to be looked at."""
        with self._reading() as connection:
            return instant(connection.execute(select(func.min(seen.c.next_visit)).where(seen.c.source.in_(sources))).scalar())

    # -- hosts

    def hosts(self) -> dict[str, Host]:
        """How often each host was asked, and when last."""
        with self._reading() as connection:
            return {row.name: Host(datetime.fromisoformat(row.day).date(), row.requests, instant(row.last), instant(row.quiet_until))
                    for row in connection.execute(select(host))}

    def keep_host(self, name: str, told: Host) -> None:
        """Remember how often a host was asked today."""
        said = {"day": told.day.isoformat() if told.day else "1970-01-01", "requests": told.requests, "last": micros(told.last),
                "quiet_until": micros(told.quiet_until)}
        with self._writing() as connection:
            if not connection.execute(update(host).where(host.c.name == name).values(**said)).rowcount:
                connection.execute(insert(host).values(name=name, **said))

    # -- events

    def tell(self, told: Event) -> None:
        """Note something for the coverage page; the very same words about a source once an hour at most."""
        words = str(_text(told.words))[:LONGEST]
        with self._writing() as connection:
            again = select(event.c.number).where(
                (event.c.source == told.source) & (event.c.words == words) & (event.c.at > micros(told.at - timedelta(hours=1))))
            if connection.execute(again.limit(1)).first() is None:
                connection.execute(insert(event).values(at=micros(told.at), source=told.source, kind=told.kind, words=words))

    def events(self, limit: int = 100, since: datetime | None = None) -> list[Event]:
        """The newest events, newest first."""
        asked = select(event).order_by(event.c.number.desc()).limit(limit)
        with self._reading() as connection:
            rows = connection.execute(asked.where(event.c.at >= micros(since)) if since else asked)
            return [Event(instant(row.at) or EPOCH, row.source, row.kind, row.words) for row in rows]

    def forget(self, now: datetime) -> None:
        """Drop events older than a good year, so that the notes do not grow for ever."""
        with self._writing() as connection:
            connection.execute(delete(event).where(event.c.at < micros(now - KEPT)))

    # -- stretches of web archives

    def shards_done(self, keys: list[str]) -> set[str]:
        """Which of these stretches were read and kept."""
        found: set[str] = set()
        with self._reading() as connection:
            for at in range(0, len(keys), 500):
                found |= set(connection.execute(select(shard.c.key).where(shard.c.key.in_(keys[at:at + 500]))).scalars())
        return found

    def note_shard(self, key: str, told: dict[str, Any]) -> None:
        """Note that a stretch was read and all it says is kept."""
        with self._writing() as connection:
            if connection.execute(select(shard.c.key).where(shard.c.key == key)).first() is None:
                connection.execute(insert(shard).values(key=key, told=_text(json.dumps(told))))

    # -- whose turn it is

    def take_lease(self, name: str, owner: str, now: datetime, length: timedelta) -> bool:
        """Take or keep the turn to collect until now + length. False where somebody else has it and it has not run out."""
        until = micros(now + length)
        mine = (lease.c.name == name) & ((lease.c.owner == owner) | (lease.c.until <= micros(now)))
        try:
            with self._writing() as connection:
                if connection.execute(update(lease).where(mine).values(owner=owner, until=until)).rowcount:
                    return True
                if connection.execute(select(lease.c.name).where(lease.c.name == name)).first() is None:
                    connection.execute(insert(lease).values(name=name, owner=owner, until=until))
                    return True
        except _Taken:                                          # two put the first row down at the same moment
            return False
        return False

    def holder(self, name: str) -> tuple[str, datetime] | None:
        """Who has the turn, and until when (UTC)."""
        with self._reading() as connection:
            row = connection.execute(select(lease.c.owner, lease.c.until).where(lease.c.name == name)).first()
        return (row.owner, instant(row.until) or EPOCH) if row else None

    def give_back(self, name: str, owner: str) -> None:
        """Let the next one collect."""
        with self._writing() as connection:
            connection.execute(delete(lease).where((lease.c.name == name) & (lease.c.owner == owner)))

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with self._plainly(), self._engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with self._plainly(), self._engine.execution_options(**WRITES).connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def _plainly(self) -> Iterator[None]:
        try:
            yield
        except IntegrityError as bad:
            raise _Taken("somebody else noted the same thing at the same moment") from bad
        except SQLAlchemyError as bad:
            said = str(getattr(bad, "orig", None) or bad).strip().splitlines()[:1]
            raise Trouble(f"the notes about collecting cannot be read or written: {said[0] if said else type(bad).__name__}") from bad


class _Taken(Trouble):
    """Another process was quicker."""


def _text(told: Any) -> Any:
    """Text without what PostgreSQL does not take: NUL and lone surrogates."""
    return told.replace("\x00", "").encode("utf-8", "replace").decode() if isinstance(told, str) else told


def micros(at: datetime | None) -> int | None:
    """An instant as whole microseconds since 1970 (UTC)."""
    return None if at is None else (at - EPOCH) // timedelta(microseconds=1)


def instant(told: int | None) -> datetime | None:
    """The instant (UTC) of microseconds since 1970."""
    return None if told is None else EPOCH + timedelta(microseconds=told)


MOMENTS = ("on_since", "next_due", "last_try", "last_ok", "last_item")


def _visits(row: Any) -> Visits:
    told = {name: instant(getattr(row, name)) for name in MOMENTS}
    memory: Mapping[str, str] = json.loads(row.memory)
    return Visits(is_on=row.is_on, failures=row.failures, fault=row.fault, etag=row.etag, modified=row.modified,
                  found=tuple(json.loads(row.found)), health=Health(row.health), memory=memory, **told)


def _visits_row(told: Visits) -> dict[str, Any]:
    moments = {name: micros(getattr(told, name)) for name in MOMENTS}
    return {"is_on": told.is_on, "failures": told.failures, "fault": _text(told.fault), "etag": _text(told.etag),
            "modified": _text(told.modified), "found": json.dumps(told.found[-FOUND_KEPT:]), "health": str(told.health),
            "memory": json.dumps(dict(told.memory)), **moments}


def _seen(row: Any) -> Seen:
    said = {name: getattr(row, name) for name in Seen.__slots__}
    return replace(Seen(**said), first_seen=instant(row.first_seen) or EPOCH, next_visit=instant(row.next_visit))
