"""The one road in: bytes become a document, the document becomes claims, the claims go into the ledger."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pasvik.app.clocks import EARLIEST, LATEST
from pasvik.app.order.bundle import is_order, take_order
from pasvik.app.order.notice import parse_words
from pasvik.app.wiring import House, Reader, knowledge
from pasvik.reading.extract import extract
from pasvik.reading.read import read
from pasvik.terms.capture import Document, Fault, digest
from pasvik.terms.moment import Grain, Moment, moment
from pasvik.terms.statement import Reading

LARGEST = 20_000_000                                            # bytes of one file; larger ones are not news


@dataclass(frozen=True, slots=True)
class Added:
    """What one document brought: ids and numbers, and whether it can be placed in time."""

    document: str
    new: int
    known: int
    puzzles: int
    basis: int
    is_dated: bool

    @property
    def sentence(self) -> str:
        """The same for people."""
        if not self.new:
            return f"already held, {self.known} statements known, nothing added"
        apart = "" if self.is_dated else "; kept apart until it is dated (add it again with --published)"
        puzzles = f", {self.puzzles} puzzles" if self.puzzles else ""
        return f"{self.new} statements added{puzzles} (document {self.document}, basis {self.basis}){apart}"


def read_bytes(reader: Reader, data: bytes, name: str, published: str | None = None, publisher: str | None = None,
               url: str | None = None) -> tuple[Document, Reading] | Fault:
    """Document, statements and puzzles of one file; nothing is kept."""
    if len(data) > LARGEST:
        return Fault(f"{name} is larger than {LARGEST // 1_000_000} MB; Pasvik reads articles and notices, not archives", name)
    told = told_moment(published)
    if isinstance(told, Fault):
        return told
    document = extract(data, name, told, publisher, url, profiles=reader.profiles, max_bytes=LARGEST)
    if isinstance(document, Fault):
        return document
    return document, read(document, reader.gazetteer, reader.lexicon)


def told_moment(words: str | None) -> Moment | Fault | None:
    """A publication date in ISO 8601; dates without an offset are UTC."""
    if not words:
        return None
    try:
        told = moment(words)
    except ValueError as bad:
        return Fault(f"published: {bad}", "published")
    if told.grain in (Grain.YEAR, Grain.MONTH):
        return Fault(f"published: {words!r} names no day", "published")
    if not EARLIEST <= told.local.year <= LATEST:
        return Fault(f"published: the year {told.local.year} lies outside {EARLIEST}-{LATEST}", "published")
    return told


def add(house: House, data: bytes, name: str, published: str | None = None, publisher: str | None = None,
        url: str | None = None) -> Added | Fault:
    """Read one file and keep it: bytes in the archive, document and statements in the ledger, in one step or not at all."""
    told = _signed(house, data) if is_order(data) else read_bytes(house.reader, data, name, published, publisher, url)
    if isinstance(told, Fault):
        return told
    return keep(house, data, *told)


def keep(house: House, data: bytes, document: Document, reading: Reading) -> Added:
    """Keep what was read: bytes in the archive first, then document and statements in the ledger. Twice is once."""
    house.archive.put(data)
    kept = house.ledger.append(document, reading.statements, reading.puzzles, recorded=house.now())
    new = kept.new + (1 if kept.document_new and not kept.new else 0)
    return Added(document.id, new, kept.known, len(reading.puzzles), kept.basis, document.published is not None)


def _signed(house: House, data: bytes) -> tuple[Document, Reading] | Fault:
    """A signed order is not read but taken: its signature is its date, its publisher and its speaker."""
    taken = take_order(data, house.gazetteer, house.book, parse_words(knowledge(house.settings, "notices/en.toml")))
    if isinstance(taken, Fault):
        return taken
    document, reading = taken
    return replace(document, capture=digest(data), media_type="application/json"), reading
