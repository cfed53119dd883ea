"""The one road out: a question goes in, a board, a crossing, a document or the reasons come out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from pasvik.app import collect
from pasvik.app.drawing.drawn import by_zone
from pasvik.app.wiring import House
from pasvik.gazetteer.names import did_you_mean, lookup
from pasvik.gazetteer.table import borders
from pasvik.situation.board import board as draw
from pasvik.situation.board import instant, lanes_served
from pasvik.terms.capture import Document, Fault, Origin
from pasvik.terms.moment import Moment
from pasvik.terms.place import Crossing
from pasvik.terms.question import Question
from pasvik.terms.statement import Puzzle, Reading, Statement
from pasvik.terms.status import Board, Cell


@dataclass(frozen=True, slots=True)
class Why:
    """How one cell was settled: the cell with its steps (`cell.because`) and the statements its ids name, newest first."""

    crossing: Crossing
    cell: Cell
    supports: tuple[Statement, ...]
    against: tuple[Statement, ...]
    unconfirmed: tuple[Statement, ...]
    pending: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class CrossingPage:
    """Everything about one crossing at the question's clocks; statements newest first."""

    crossing: Crossing
    cells: tuple[Cell, ...]
    history: tuple[Statement, ...]                              # status statements that speak for it
    counts: tuple[Statement, ...]                               # counts and movements
    said: tuple[Statement, ...]                                 # accusations, denials, postures of its border


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """One document with what was read from it."""

    document: Document
    statements: tuple[Statement, ...]
    puzzles: tuple[Puzzle, ...]


def find_crossing(house: House, words: str) -> Crossing | Fault:
    """The crossing of this id or any of its names, in any script; else a sentence with what may have been meant."""
    found = lookup(words, house.gazetteer)
    if found is not None:
        return found
    near = did_you_mean(words, house.gazetteer)
    hint = f"; did you mean {' or '.join(near)}?" if near else ""
    return Fault(f"crossing {words[:80]!r} is not in the gazetteer{hint}", "crossing")


def board(house: House, asked: Question) -> Board | Fault:
    """The board at the question's clocks. A fault where the border or the crossing asked for does not exist."""
    chosen = crossings_asked(house, asked)
    if isinstance(chosen, Fault):
        return chosen
    cells: dict[str, tuple[Cell, ...]] = {}
    for zone, crossings in by_zone(chosen).items():
        cells |= house.drawn.cells(house.ledger, crossings, house.gazetteer.crossings, asked, zone, house.settings.record, house.book)
    return Board(asked.at, asked.known, asked.basis, tuple(cell for crossing in chosen for cell in cells[crossing.id]))


def board_of(house: House, statements: Iterable[Statement], at: Moment | None) -> Board:
    """The board that these statements alone give; `at` None = a text asked about itself. Places keep their order north to south."""
    chosen = crossings_asked(house, Question())
    assert not isinstance(chosen, Fault)
    return draw(chosen, statements, Question(at), house.book)


def why(house: House, words: str, asked: Question) -> tuple[Why, ...] | Fault:
    """How the cells of one crossing were settled, one for each lane asked for."""
    crossing = find_crossing(house, words)
    if isinstance(crossing, Fault):
        return crossing
    drawn = board(house, replace(asked, crossing=crossing.id))
    if isinstance(drawn, Fault):
        return drawn
    if not drawn.cells:
        return Fault(f"{crossing.name} serves no lane {asked.lane}; it serves {', '.join(lanes_served(crossing))}", "lane")
    return tuple(_why(house, crossing, cell) for cell in drawn.cells)


def crossing_page(house: House, words: str, asked: Question) -> CrossingPage | Fault:
    """One crossing with its cells and everything published about it by `known`."""
    crossing = find_crossing(house, words)
    if isinstance(crossing, Fault):
        return crossing
    drawn = board(house, replace(asked, crossing=crossing.id))
    if isinstance(drawn, Fault):
        return drawn
    told = [one.statement for one in house.ledger.history(
        crossing.id, border=crossing.border, known=instant(asked.known, crossing.zone), basis=asked.basis, curated=house.settings.record)]
    return CrossingPage(
        crossing, drawn.cells,
        history=tuple(one for one in told if one.kind == "status"),
        counts=tuple(one for one in told if one.kind in ("count", "movement")),
        said=tuple(one for one in told if one.kind not in ("status", "count", "movement", "background")))


def document_page(house: House, document_id: str) -> DocumentPage | Fault:
    """One document of the ledger with its statements and puzzles."""
    document = house.ledger.document(document_id)
    if document is None:
        return Fault(f"no document {document_id[:80]!r} is held", "document")
    statements = tuple(one.statement for one in house.ledger.statements_of(document_id) if one.retracted is None)
    return DocumentPage(document, statements, tuple(house.ledger.puzzles_of(document_id)))


def documents(house: House, limit: int = 100) -> tuple[Document, ...]:
    """Documents, last recorded first."""
    return tuple(one.document for one in house.ledger.documents(limit) if house.settings.record or one.document.origin is not Origin.CURATED)


def undated(house: House) -> tuple[Document, ...]:
    """Documents kept apart because they bear no date."""
    return tuple(one.document for one in house.ledger.undated())


def preview(house: House, data: bytes, name: str, published: str | None = None, publisher: str | None = None,
            url: str | None = None) -> tuple[Document, Reading] | Fault:
    """What a text would claim; nothing is kept."""
    return collect.read_bytes(house.reader, data, name, published, publisher, url)


def crossings_asked(house: House, asked: Question) -> list[Crossing] | Fault:
    """The crossings asked for: one, a border's, a country's, or all; north to south within a border."""
    if asked.crossing is not None:
        found = find_crossing(house, asked.crossing)
        return found if isinstance(found, Fault) else [found]
    chosen = [one for one in house.gazetteer.crossings.values() if asked.border in (None, one.border, *one.countries)]
    if not chosen:
        return Fault(f"there is no border {asked.border!r}; the borders are {', '.join(borders(house.gazetteer))}", "border")
    return sorted(chosen, key=lambda one: (one.border, -(one.lat if one.lat is not None else -90.0), one.id))


def _why(house: House, crossing: Crossing, cell: Cell) -> Why:
    def of(ids: Iterable[str]) -> tuple[Statement, ...]:
        held = (house.ledger.statement(id) for id in ids)
        return tuple(one.statement for one in held if one is not None)
    return Why(crossing, cell, of(cell.supports), of(cell.against), of(cell.unconfirmed), of(dict.fromkeys(p.statement for p in cell.pending)))
