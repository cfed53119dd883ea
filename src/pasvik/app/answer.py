"""The one road out: a question goes in, a board, a crossing, a document or the reasons come out."""

from __future__ import annotations

from dataclasses import dataclass

from pasvik.terms.capture import Document
from pasvik.terms.place import Crossing
from pasvik.terms.statement import Puzzle, Statement
from pasvik.terms.status import Cell


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
