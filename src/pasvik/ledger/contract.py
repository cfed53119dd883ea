"""What one may ask of the ledger, what comes back, and what is said when its machine is broken."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from pasvik.terms.capture import Document, Fault, Trouble
from pasvik.terms.place import Lane
from pasvik.terms.statement import Puzzle, Statement


class LedgerError(Trouble):
    """The ledger cannot do its work; the message is one sentence for a person."""


class NewerSchema(LedgerError):
    """The ledger was made by a newer Pasvik than this one."""


class ReadOnly(LedgerError):
    """The file, its folder or the database account may not be written to."""


class Locked(LedgerError):
    """Somebody else is writing, and did not finish in time."""


class Full(LedgerError):
    """The disk is full; nothing of this append was kept, and what was held before is whole."""


class Unreachable(LedgerError):
    """There is no such folder or server, or it does not answer."""


class Broken(LedgerError):
    """The file is damaged, or is no ledger."""


class NotHeld(LedgerError):
    """A retraction or a verdict names something that the ledger does not hold."""


@dataclass(frozen=True, slots=True)
class Appended:
    """What an append did: statements new and already known, the position after it, and whether a document was new."""

    new: int
    known: int
    basis: int
    document_new: bool = False


@dataclass(frozen=True, slots=True)
class Held:
    """A statement with its position, the moment (UTC) it was recorded, and the position of its retraction, if any."""

    seq: int
    statement: Statement
    recorded: datetime
    retracted: int | None = None


@dataclass(frozen=True, slots=True)
class HeldDocument:
    """A document with its position, the moment (UTC) it was recorded, and the position of its retraction, if any."""

    seq: int
    document: Document
    recorded: datetime
    retracted: int | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """A verdict, forecast, load or retraction: what it is about (an id, or None) and what it says (plain JSON)."""

    seq: int
    id: str
    kind: str
    about: str | None
    said: Mapping[str, Any]
    recorded: datetime


@dataclass(frozen=True, slots=True)
class Tally:
    """How many dated statements of a kind speak of a place (a crossing id or border:FI-RU), first and last published (UTC)."""

    place: str
    kind: str
    count: int
    first: datetime
    last: datetime


@dataclass(frozen=True, slots=True)
class Counts:
    """How much is held: entries by kind, documents without a date, the position, the last recording (UTC)."""

    basis: int
    entries: Mapping[str, int]
    undated: int
    last_recorded: datetime | None


class Sealed(Protocol):
    """An entry as it stands in the table; moments in microseconds (UTC). `ledger/chain.py` has the rule of the seal."""

    @property
    def seq(self) -> int: ...
    @property
    def id(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def document(self) -> str | None: ...
    @property
    def target(self) -> str | None: ...
    @property
    def published(self) -> int | None: ...
    @property
    def recorded(self) -> int: ...
    @property
    def origin(self) -> str: ...
    @property
    def body(self) -> str: ...
    @property
    def chain(self) -> str: ...


class Ledger(Protocol):
    """The record. Every question takes the same clocks: `known` (published by then, None = no limit), `basis` (position, None = now).

    `curated=False` leaves the shipped record out. `most` keeps only the newest so many (and those published at the very
    same moment) of the decisions, of the reports and of the talk in each cell, so that an answer does not grow with the ledger.
    Undated statements answer no dated question; `statements_of` and `undated` show them.
    """

    def append(
        self, document: Document, statements: Sequence[Statement], puzzles: Sequence[Puzzle] = (), *, recorded: datetime,
    ) -> Appended:
        """Keep a document and what was read in it, all or nothing. Twice is once. Raises ValueError for a claim without its words."""

    def append_many(
        self, readings: Iterable[tuple[Document, Sequence[Statement]]], *, recorded: datetime, batch: int = 10_000,
    ) -> Appended:
        """The same for many documents, about `batch` statements to a transaction; a document is never split."""

    def retract(self, id: str, reason: str, *, recorded: datetime) -> Appended:
        """Say that a statement, a document (with all it says) or an earlier retraction was a mistake of ours."""

    def note(self, kind: str, said: Mapping[str, Any], *, recorded: datetime, about: str | None = None) -> Appended:
        """Keep a `verdict`, a `forecast` or a `load` (of the shipped record): plain JSON, about an entry or about nothing."""

    def judge(
        self, about: str, said: Mapping[str, Any], *, recorded: datetime, instead: tuple[Document, Statement] | None = None,
    ) -> Appended:
        """A reviewer's verdict on a statement (`said["verdict"]`: confirm, reject or correct), all or nothing.

        What is rejected or corrected no longer answers, what stands `instead` does; a later verdict undoes an earlier one. Raises NotHeld.
        """

    def basis(self) -> int:
        """The position of the last entry; 0 in an empty ledger."""

    def head(self) -> tuple[int, str]:
        """The last position and its link of the chain (hex): note them down elsewhere, and a cut-off tail can be told."""

    def recorded_at(self, basis: int) -> datetime | None:
        """When (UTC) the entry at this position was recorded."""

    def cell(
        self, crossing: str, lane: Lane, border: str | None, *, known: datetime | None = None, basis: int | None = None,
        curated: bool = True, most: int | None = None,
    ) -> list[Held]:
        """Status statements that speak for this lane here, or for its whole border; oldest publication first."""

    def cells(
        self, crossings: Mapping[str, str | None], lanes: Sequence[Lane], *, known: datetime | None = None, basis: int | None = None,
        curated: bool = True, most: int | None = None,
    ) -> dict[tuple[str, Lane], list[Held]]:
        """The same for a whole board: crossing id -> its border. Every pair asked for is a key, spoken of or not."""

    def heard(
        self, crossings: Mapping[str, str | None], lanes: Sequence[Lane], *, known: datetime | None = None, basis: int | None = None,
        curated: bool = True, most: int | None = None,
    ) -> dict[str, tuple[int, ...]]:
        """Positions of what `cells` gives for any of these lanes of each crossing (and of what is said of all its lanes), in order.

        Asked again it is quick: a position names its statement for ever, and what a basis held does not change.
        """

    def at_positions(self, seqs: Iterable[int]) -> dict[int, Statement]:
        """The statements at these positions."""

    def history(
        self, crossing: str, *, border: str | None = None, known: datetime | None = None, basis: int | None = None, curated: bool = True,
        kinds: Sequence[str] | None = None, limit: int | None = None,
    ) -> list[Held]:
        """Everything said of a crossing (and of its whole border, where `border` is given), newest publication first."""

    def by_kind(
        self, kind: str, border: str | None = None, *, crossings: Sequence[str] = (), since: datetime | None = None,
        known: datetime | None = None, basis: int | None = None, curated: bool = True, limit: int | None = None,
    ) -> list[Held]:
        """Statements of a kind, everywhere or about a border or any of `crossings`, newest publication first."""

    def document(self, id: str) -> Document | None:
        """The document of this id, with its text."""

    def documents(self, limit: int = 100, before: int | None = None) -> list[HeldDocument]:
        """Documents, last recorded first; `before` is a position, to turn the page."""

    def undated(self) -> list[HeldDocument]:
        """Documents without a date of publication, oldest recording first."""

    def statement(self, id: str) -> Held | None:
        """The statement of this id, dated or not, retracted or not."""

    def statements_of(self, document: str) -> list[Held]:
        """What this document says, dated or not, retracted or not, in the order of its words."""

    def puzzles_of(self, document: str) -> list[Puzzle]:
        """What could not be resolved in this document."""

    def notes(self, kind: str, about: str | None = None, *, basis: int | None = None) -> list[Note]:
        """Verdicts, forecasts, loads or retractions, oldest first; those that stand."""

    def counts(self) -> Counts:
        """How much is held."""

    def tallies(self, *, curated: bool = True) -> list[Tally]:
        """Dated statements not retracted, by place and kind."""

    def verify(self, head: tuple[int, str] | None = None) -> list[Fault]:
        """Recompute everything; a fault for each entry changed, dropped, swapped or inserted. `head`: as noted down before."""

    def sealed(self, after: int = 0) -> Iterator[Sealed]:
        """The entries behind a position as they stand in the table, in order: what a proof is made of."""

    def copy_to(self, file: str) -> None:
        """A whole copy in one new SQLite file, while others read and write. Raises LedgerError for another kind of database."""

    def close(self) -> None:
        """Let go of the file or the server."""
