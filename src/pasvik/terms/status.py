"""What holds at a crossing for one kind of traveller, since when, by whose word, and how that was settled."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from pasvik.terms.claim import Commitment, State
from pasvik.terms.moment import Moment
from pasvik.terms.place import Lane
from pasvik.terms.statement import Speaker


@dataclass(frozen=True, slots=True)
class Pending:
    """A change that somebody has ordered, planned, signalled, considered or made conditional, and that has not come yet."""

    state: State
    commitment: Commitment
    start: Moment | None
    speaker: Speaker | None
    statement: str                                              # Statement.id


@dataclass(frozen=True, slots=True)
class Cell:
    """One crossing × lane × direction of the board. `supports`, `against`, `unconfirmed` are statement ids, newest first.

    decided_by: ISO code of the deciding state, or None. because: the steps of the settling, in words.
    sides: what each side's authorities are known to do ("FI": "closed"), where it is known.
    """

    crossing: str
    lane: Lane
    state: State
    direction: str = "both"                                     # or "into FI"
    since: Moment | None = None
    until: Moment | None = None
    until_further_notice: bool = False
    hours: str | None = None
    decided_by: str | None = None
    by_word_of: str | None = None                               # whose word, for people: "Finnish government", "Yle"
    last_confirmed: Moment | None = None
    inferred: bool = False                                      # worked out from a set, not named
    exceptions: str | None = None
    pending: tuple[Pending, ...] = ()
    supports: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    unconfirmed: tuple[str, ...] = ()
    because: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()                                 # restrictions on groups that change no cell, ruled-out moves
    sides: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Board:
    """All cells asked for, drawn from (basis, known, at): the same three always give the same board."""

    at: Moment | None
    known: Moment | None
    basis: int | None
    cells: tuple[Cell, ...] = field(default=())


def cell_to_json(cell: Cell) -> dict[str, Any]:
    """A cell as docs/board.md has it."""
    return {
        "crossing": cell.crossing, "lane": str(cell.lane),
        "direction": {"into": cell.direction.removeprefix("into ")} if cell.direction.startswith("into ") else cell.direction,
        "state": str(cell.state), "since": _iso(cell.since), "until": _iso(cell.until),
        "until_further_notice": cell.until_further_notice, "hours": cell.hours, "decided_by": cell.decided_by,
        "by_word_of": cell.by_word_of, "last_confirmed": _iso(cell.last_confirmed), "inferred": cell.inferred,
        "exceptions": cell.exceptions,
        "pending": [
            {"state": str(p.state), "commitment": str(p.commitment), "from": _iso(p.start),
             "speaker": {"name": p.speaker.name, "role": p.speaker.role, "body": p.speaker.body, "country": p.speaker.country}
             if p.speaker else None, "statement": p.statement} for p in cell.pending],
        "for": list(cell.supports), "against": list(cell.against), "unconfirmed": list(cell.unconfirmed),
        "because": list(cell.because), "notes": list(cell.notes), "sides": dict(cell.sides)}


def board_to_json(board: Board) -> dict[str, Any]:
    """The whole board; `at` and `known` as asked, null = no limit."""
    return {"at": _iso(board.at), "known": _iso(board.known), "basis": board.basis,
            "cells": [cell_to_json(cell) for cell in board.cells]}


def _iso(told: Moment | None) -> str | None:
    return told.iso() if told else None
