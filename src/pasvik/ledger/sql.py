"""The ledger in a database: one text for a SQLite file, SQLite in memory and PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Engine, Row

from pasvik.ledger import append as write
from pasvik.ledger import queries
from pasvik.ledger.chain import PAGE, START, audit
from pasvik.ledger.chain import Row as SealedRow
from pasvik.ledger.contract import Appended, Counts, Held, HeldDocument, Note, Tally, Unreachable
from pasvik.ledger.engine import bring_up_to_date, make_engine, plainly, reading, writing
from pasvik.ledger.entries import read_document, read_note, read_puzzle, read_statement
from pasvik.ledger.topics import EVERYWHERE, Topic, border_place, instant, lane_words, micros, plain
from pasvik.terms.capture import Document, Fault
from pasvik.terms.place import ALL, ROAD_LANES, Lane
from pasvik.terms.statement import Puzzle, Statement

BOARDS = 32                                                     # boards of which it is remembered what was said
REMEMBERED = 50_000                                             # statements kept read, about 2 KB each


class Filed(NamedTuple):
    """A posting as the board needs it: what weighs, when it was published (microseconds), and its position."""

    weight: str
    origin: str
    published: int
    seq: int


def open_ledger(url: str, patience_seconds: float = 30.0) -> SqlLedger:
    """The ledger at an address (`sqlite:///path`, `sqlite://` for memory, `postgresql+psycopg://…`), made or brought up to date.

    The folder of a file must be there. `patience_seconds`: how long to wait for another writer. Raises LedgerError.
    """
    engine = make_engine(url, patience_seconds)
    bring_up_to_date(engine)
    return SqlLedger(engine)


class SqlLedger:
    """`contract.Ledger` over a database. Threads may share one; processes open their own."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._topics: dict[Topic, int] = {}
        self._read: dict[int, Held] = {}                        # entries never change, so what was read once stays right
        self._heard: dict[object, dict[str, tuple[int, ...]]] = {}

    def close(self) -> None:
        self.engine.dispose()

    def forget(self) -> None:
        """Drop what was remembered of earlier answers; only the time of the next answer changes."""
        self._read, self._heard = {}, {}

    # -- writing

    def append(
        self, document: Document, statements: Sequence[Statement], puzzles: Sequence[Puzzle] = (), *, recorded: datetime,
    ) -> Appended:
        with writing(self.engine) as connection:
            turn = write.begin(connection, micros(recorded), self._topics)
            return write.add_readings(turn, [(document, statements, puzzles)])

    def append_many(
        self, readings: Iterable[tuple[Document, Sequence[Statement]]], *, recorded: datetime, batch: int = 10_000,
    ) -> Appended:
        new, known, document_new = 0, 0, False
        for group in write.batches(readings, batch):
            with writing(self.engine) as connection:
                done = write.add_readings(write.begin(connection, micros(recorded), self._topics), group)
            new, known, document_new = new + done.new, known + done.known, document_new or done.document_new
        return Appended(new, known, self.basis(), document_new)

    def retract(self, id: str, reason: str, *, recorded: datetime) -> Appended:
        with writing(self.engine) as connection:
            return write.retract(write.begin(connection, micros(recorded), self._topics), id, reason)

    def note(self, kind: str, said: Mapping[str, Any], *, recorded: datetime, about: str | None = None) -> Appended:
        with writing(self.engine) as connection:
            return write.note(write.begin(connection, micros(recorded), self._topics), kind, said, about)

    def judge(
        self, about: str, said: Mapping[str, Any], *, recorded: datetime, instead: tuple[Document, Statement] | None = None,
    ) -> Appended:
        with writing(self.engine) as connection:
            return write.judge(write.begin(connection, micros(recorded), self._topics), said, about, instead)

    # -- the board

    def cell(
        self, crossing: str, lane: Lane, border: str | None, *, known: datetime | None = None, basis: int | None = None,
        curated: bool = True, most: int | None = None,
    ) -> list[Held]:
        return self.cells({crossing: border}, (lane,), known=known, basis=basis, curated=curated, most=most)[crossing, lane]

    def cells(
        self, crossings: Mapping[str, str | None], lanes: Sequence[Lane], *, known: datetime | None = None, basis: int | None = None,
        curated: bool = True, most: int | None = None,
    ) -> dict[tuple[str, Lane], list[Held]]:
        places = sorted({*crossings, *(border_place(border) for border in crossings.values() if border)})
        words = sorted({word for lane in lanes for word in lane_words(lane)})
        found: dict[tuple[str, str], list[Filed]] = {}
        for place, word, *filed in self._rows(queries.spoken_of(places, words, _limit(known), basis, curated, most)):
            found.setdefault((place, word), []).append(Filed(*filed))
        chosen = {
            (crossing, lane): {one.seq for one in _newest(_gather(found, crossing, border, lane), most)}
            for crossing, border in crossings.items() for lane in lanes}
        held = self._held({seq for seqs in chosen.values() for seq in seqs})
        return {cell: _in_order(held[seq] for seq in seqs) for cell, seqs in chosen.items()}

    def heard(
        self, crossings: Mapping[str, str | None], lanes: Sequence[Lane], *, known: datetime | None = None, basis: int | None = None,
        curated: bool = True, most: int | None = None,
    ) -> dict[str, tuple[int, ...]]:
        held = self.basis()
        until = held if basis is None else min(basis, held)
        key = (tuple(crossings.items()), tuple(lanes), _limit(known), until, curated, most)
        heard = self._heard                                     # another thread may put a new one in its place
        if key not in heard:
            if len(heard) >= BOARDS:
                heard = self._heard = dict(list(heard.items())[BOARDS // 2:])
            heard[key] = self._find_heard(crossings, lanes, known, None if until == held else until, curated, most)
        return heard[key]

    def at_positions(self, seqs: Iterable[int]) -> dict[int, Statement]:
        return {seq: held.statement for seq, held in self._held(set(seqs)).items()}

    # -- lists

    def history(
        self, crossing: str, *, border: str | None = None, known: datetime | None = None, basis: int | None = None, curated: bool = True,
        kinds: Sequence[str] | None = None, limit: int | None = None,
    ) -> list[Held]:
        places = (plain(crossing), *((border_place(border),) if border else ()))
        return self._listed(queries.filed_under(places, kinds, None, _limit(known), basis, curated, limit))

    def by_kind(
        self, kind: str, border: str | None = None, *, crossings: Sequence[str] = (), since: datetime | None = None,
        known: datetime | None = None, basis: int | None = None, curated: bool = True, limit: int | None = None,
    ) -> list[Held]:
        places = (*((border_place(border),) if border else ()), *map(plain, crossings)) or (EVERYWHERE,)
        return self._listed(queries.filed_under(places, (kind,), _limit(since), _limit(known), basis, curated, limit))

    # -- single things

    def document(self, id: str) -> Document | None:
        rows = self._rows(queries.with_ids((id,), "document"))
        return read_document(rows[0].body) if rows else None

    def documents(self, limit: int = 100, before: int | None = None) -> list[HeldDocument]:
        return [_held_document(row) for row in self._rows(queries.documents(limit, before))]

    def undated(self) -> list[HeldDocument]:
        return [_held_document(row) for row in self._rows(queries.undated())]

    def statement(self, id: str) -> Held | None:
        rows = self._rows(queries.with_ids((id,), "statement"))
        return _held(rows[0], rows[0].retracted) if rows else None

    def statements_of(self, document: str) -> list[Held]:
        ids = [row.id for row in self._rows(queries.ids_of_document(document))]
        held = [_held(row, row.retracted) for part in write.parts(ids) for row in self._rows(queries.with_ids(part, "statement"))]
        return sorted(held, key=lambda one: (one.statement.evidence.start, one.statement.evidence.end, one.seq))

    def puzzles_of(self, document: str) -> list[Puzzle]:
        return [read_puzzle(row.body) for row in self._rows(queries.in_document(document, "puzzle"))]

    def notes(self, kind: str, about: str | None = None, *, basis: int | None = None) -> list[Note]:
        return [
            Note(row.seq, row.id, row.kind, row.target, read_note(row.kind, row.body), instant(row.recorded))
            for row in self._rows(queries.notes(kind, about, basis))]

    # -- the whole

    def basis(self) -> int:
        return self.head()[0]

    def head(self) -> tuple[int, str]:
        rows = self._rows(queries.head())
        return (rows[0].seq, rows[0].chain) if rows else (0, START)

    def recorded_at(self, basis: int) -> datetime | None:
        rows = self._rows(queries.recorded_at(basis))
        return instant(rows[0].recorded) if rows else None

    def counts(self) -> Counts:
        kinds = {row.kind: row.number for row in self._rows(queries.kinds())}
        undated = sum(row.number for row in self._rows(queries.undated_count()))
        basis = self.basis()
        return Counts(basis, kinds, undated, self.recorded_at(basis))

    def tallies(self, *, curated: bool = True) -> list[Tally]:
        rows = self._rows(queries.tallies(curated))
        return [Tally(row.place, row.kind, row.number, instant(row.first), instant(row.last)) for row in rows]

    def verify(self, head: tuple[int, str] | None = None) -> list[Fault]:
        with reading(self.engine) as connection:
            return list(audit(connection, head))

    def sealed(self, after: int = 0) -> Iterator[SealedRow]:
        """The entries behind a position as they stand in the table, in order: what a proof is made of."""
        with reading(self.engine) as connection:
            while page := connection.execute(queries.rows_after(after, PAGE)).all():
                yield from (SealedRow(*row) for row in page)
                after = page[-1].seq

    def copy_to(self, file: str) -> None:
        """A whole copy in one new SQLite file, while others read and write. Raises LedgerError for another kind of database."""
        if self.engine.dialect.name != "sqlite":
            raise Unreachable("only a SQLite ledger copies itself; PostgreSQL has pg_dump for that")
        with plainly(self.engine), closing(self.engine.raw_connection()) as raw:
            raw.cursor().execute("VACUUM INTO ?", (file,))

    # -- inside

    def _rows(self, asked: queries.Asked) -> Sequence[Row[*tuple[Any, ...]]]:
        with reading(self.engine) as connection:
            return connection.execute(asked).all()

    def _held(self, seqs: set[int]) -> dict[int, Held]:
        """Statements at positions, out of memory where they were read before."""
        read = self._read                                       # another thread may put a new one in its place
        held = {seq: read[seq] for seq in seqs if seq in read}
        for part in write.parts(sorted(seqs - held.keys())):
            held |= {row.seq: _held(row) for row in self._rows(queries.statements_at(part))}
        if len(read) + len(held) > REMEMBERED:
            read = self._read = {}
        read.update(held)
        return held

    def _find_heard(
        self, crossings: Mapping[str, str | None], lanes: Sequence[Lane], known: datetime | None, basis: int | None, curated: bool,
        most: int | None,
    ) -> dict[str, tuple[int, ...]]:
        places = sorted({*crossings, *(border_place(border) for border in crossings.values() if border)})
        words = sorted({word for lane in lanes for word in lane_words(lane)})
        found: dict[tuple[str, str], list[Filed]] = {}
        for place, word, *filed in self._rows(queries.spoken_of(places, words, _limit(known), basis, curated, most)):
            found.setdefault((place, word), []).append(Filed(*filed))
        heard = {}
        for crossing, border in crossings.items():
            here = (crossing, border_place(border)) if border else (crossing,)
            wide = _newest((one for place in here for one in found.get((place, ALL), ())), most)
            kept = set(wide)
            for lane in lanes:
                own = [one for place in here for one in found.get((place, str(lane)), ())]
                kept |= _newest([*wide, *own] if lane in ROAD_LANES else own, most) if own else set()
            heard[crossing] = tuple(sorted(one.seq for one in kept))
        return heard

    def _listed(self, asked: queries.Asked) -> list[Held]:
        seqs = [row.seq for row in self._rows(asked)]
        held = self._held(set(seqs))
        return [held[seq] for seq in seqs]


def _limit(at: datetime | None) -> int | None:
    return None if at is None else micros(at)


def _held(row: Row[*tuple[Any, ...]], retracted: int | None = None) -> Held:
    return Held(row.seq, read_statement(row.body), instant(row.recorded), retracted)


def _held_document(row: Row[*tuple[Any, ...]]) -> HeldDocument:
    return HeldDocument(row.seq, read_document(row.body), instant(row.recorded), row.retracted)


def _gather(found: Mapping[tuple[str, str], list[Filed]], crossing: str, border: str | None, lane: Lane) -> Iterator[Filed]:
    """All that was found for a cell: under the crossing and its border, under the lane's own word and under `all`."""
    for place in (crossing, border_place(border)) if border else (crossing,):
        for word in lane_words(lane):
            yield from found.get((place, word), ())


def _newest(filed: Iterable[Filed], most: int | None) -> set[Filed]:
    """The newest so many decisions, reports and talk, read and curated apart; what is as new as the last stays too."""
    if most is None:
        return set(filed)
    groups: dict[tuple[str, str], set[Filed]] = {}
    for one in filed:
        groups.setdefault((one.weight, one.origin), set()).add(one)
    kept: set[Filed] = set()
    for group in groups.values():
        if len(group) > most:
            last = sorted((one.published for one in group), reverse=True)[most - 1]
            group = {one for one in group if one.published >= last}
        kept |= group
    return kept


def _in_order(found: Iterable[Held]) -> list[Held]:
    """Oldest publication first and, at one moment, by id: never by arrival, so that two ledgers of the same set agree."""
    return sorted(found, key=lambda held: (held.statement.source.published.start, held.statement.id))  # type: ignore[union-attr]
