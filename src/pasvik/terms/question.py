"""What a person asks of the record: which crossings, which lane, when it holds, what was known by then."""

from __future__ import annotations

from dataclasses import dataclass

from pasvik.terms.moment import Moment
from pasvik.terms.place import Lane


@dataclass(frozen=True, slots=True)
class Question:
    """The three clocks and the filters. at: when it holds; known: published by then; basis: what the ledger held (a position).

    None means no limit (`at` None: the moment of asking, which the front door must fill in; the thinking rooms have no clock).
    """

    at: Moment | None = None
    known: Moment | None = None
    basis: int | None = None
    border: str | None = None
    crossing: str | None = None
    lane: Lane | None = None
