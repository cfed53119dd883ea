"""Each entry is sealed with the seal of the one before it, so that whoever alters one must alter all that follow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from sqlalchemy import Connection

from pasvik.ledger import queries
from pasvik.ledger.entries import content_id, read_statement
from pasvik.ledger.topics import Topic, told_of, topics_of
from pasvik.terms.capture import Fault, digest

START = "0" * 64                                                # the link before the first entry
PAGE = 2000                                                     # entries read at a time


@dataclass(frozen=True, slots=True)
class Row:
    """An entry as it stands in the table; published and recorded in microseconds (UTC)."""

    seq: int
    id: str
    kind: str
    document: str | None
    target: str | None
    published: int | None
    recorded: int
    origin: str
    body: str
    chain: str


def link(
    previous: str, seq: int, id: str, kind: str, document: str | None, target: str | None, published: int | None, recorded: int,
    origin: str, body_digest: str,
) -> str:
    """The link (SHA-256, hex) of an entry to the one before it; every column is under it, the body by its own digest.

    So a proof can carry the seal of an entry without its words.
    """
    when = "" if published is None else str(published)
    parts = (previous, str(seq), id, kind, document or "", target or "", when, str(recorded), origin, body_digest)
    return digest("\x1f".join(parts).encode())


def link_of(previous: str, row: Row) -> str:
    """The link that this row must have after `previous`."""
    return link(previous, row.seq, row.id, row.kind, row.document, row.target, row.published, row.recorded, row.origin, digest(row.body.encode()))


def check(rows: Iterable[Row], head: tuple[int, str] | None = None) -> Iterator[Fault]:
    """Faults of the chain, in order of position. After a fault it goes on from the link as written: one fault, one sentence.

    `head`: a position and link noted down before; a ledger cut off behind it, or written anew, cannot match it.
    """
    previous, last = START, 0
    for row in rows:
        if row.seq != last + 1:
            yield Fault(f"entries are missing before this one: the last was at position {last}", place(row))
        elif row.chain != link_of(previous, row):
            yield Fault("this entry is not as it was sealed: it or the one before it was changed, swapped or put in later", place(row))
        yield from _content(row)
        if head is not None and row.seq == head[0] and row.chain != head[1]:
            yield Fault("the chain up to here is not the one that was noted down", place(row))
        previous, last = row.chain, row.seq
    if head is not None and last < head[0]:
        yield Fault(f"the ledger ends at position {last}; {head[0]} had been noted down", f"position {last}")


def place(row: Row) -> str:
    """Where a row stands, for a person."""
    return f"position {row.seq}, {row.kind} {row.id}"


def audit(connection: Connection, head: tuple[int, str] | None = None) -> Iterator[Fault]:
    """Faults of the chain, then of the index: what is filed must be what the entries say, no more and no less."""
    index = Index()
    yield from check(index.watch(_rows(connection)), head)
    yield from _misfiled(connection, index)


@dataclass(slots=True)
class Index:
    """What the index must hold, gathered while the entries go by: a sum for each topic, and who took back whom."""

    filed: dict[Topic, tuple[int, int]] = field(default_factory=dict)
    taken_back: list[tuple[int, str]] = field(default_factory=list)

    def watch(self, rows: Iterable[Row]) -> Iterator[Row]:
        """Hand the rows on, and note what each must be filed under."""
        for row in rows:
            if row.kind == "retraction" and row.target:
                self.taken_back.append((row.seq, row.target))
            elif row.kind == "statement" and row.published is not None:
                self._file(row)
            yield row

    def _file(self, row: Row) -> None:
        try:
            statement = read_statement(row.body)
        except (ValueError, KeyError, TypeError):
            return                                              # `check` tells of it
        said = (row.published, row.seq, *told_of(statement.claim))
        for topic in topics_of(statement):
            self.filed[topic] = _sum(self.filed.get(topic, (0, 0)), said)


def _sum(so_far: tuple[int, int], said: tuple[int | str | None, ...]) -> tuple[int, int]:
    """Number and sum of fingerprints: the same for the same set in any order."""
    return so_far[0] + 1, (so_far[1] + hash(said)) % 2**64


def _rows(connection: Connection) -> Iterator[Row]:
    last = -(2**62)
    while page := connection.execute(queries.rows_after(last, PAGE)).all():
        yield from (Row(*row) for row in page)
        last = page[-1].seq


def _misfiled(connection: Connection, index: Index) -> Iterator[Fault]:
    filed = dict(index.filed)
    for number, *words in connection.execute(queries.topics_after(0)).all():
        topic, held = Topic(*words), (0, 0)
        for row in connection.execute(queries.postings_of(number)):
            held = _sum(held, tuple(row))
        if held != filed.pop(topic, (0, 0)):
            yield Fault("the index does not agree with the entries", _heading(topic))
    yield from (Fault("the index lacks a heading", _heading(topic)) for topic in filed)
    if stray := connection.execute(queries.strays()).scalar():
        yield Fault(f"{stray} postings stand under no heading", "index")
    seqs = {row.id: row.seq for target in index.taken_back for row in connection.execute(queries.known_ids((target[1],)))}
    expected = {(seqs.get(target, 0), by) for by, target in index.taken_back}
    for seq, by in sorted(expected ^ {(row.seq, row.by_seq) for row in connection.execute(queries.all_revoked())}):
        yield Fault("the list of retractions does not agree with the entries", f"position {seq}, taken back by {by}")


def _heading(topic: Topic) -> str:
    words = (topic.place or "everywhere", topic.kind, topic.lane, topic.weight, topic.origin)
    return " ".join(word for word in words if word)


def _content(row: Row) -> Iterator[Fault]:
    try:
        expected = content_id(row.kind, row.body)
    except (ValueError, KeyError, TypeError) as bad:
        yield Fault(f"the words of this entry cannot be read: {bad}", place(row))
        return
    if expected != row.id:
        yield Fault(f"this entry says what should be called {expected}", place(row))
