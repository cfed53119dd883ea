"""Cuts a text where its quotes begin and end, so that each quoted word can be marked in its place, also where quotes overlap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of text to be marked: code points `start` (counted) to `end` (not counted), a name for it, and its kind."""

    start: int
    end: int
    name: str
    kind: str = "claim"                                         # or "puzzle"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text with the marks that cover it. `opens`/`closes`: names of the marks that begin / end with this piece."""

    text: str
    names: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    opens: tuple[str, ...] = ()
    closes: tuple[str, ...] = ()


def pieces(text: str, marks: Sequence[Mark]) -> tuple[Piece, ...]:
    """The text cut at every edge of a mark; joined again, the pieces are the text. Marks outside the text are cut to it or left out."""
    kept = [m for m in sorted(marks, key=lambda m: (m.start, -m.end, m.name)) if 0 <= m.start < min(m.end, len(text))]
    edges = sorted({0, len(text), *(m.start for m in kept), *(min(m.end, len(text)) for m in kept)})
    cut: list[Piece] = []
    open_now: list[Mark] = []
    waiting = iter(kept)
    coming = next(waiting, None)
    for start, end in pairwise(edges):
        open_now = [m for m in open_now if m.end > start]
        begun: list[str] = []
        while coming is not None and coming.start == start:
            open_now.append(coming)
            begun.append(coming.name)
            coming = next(waiting, None)
        done = tuple(m.name for m in open_now if min(m.end, len(text)) == end)
        kinds = tuple(sorted({m.kind for m in open_now}))
        cut.append(Piece(text[start:end], tuple(m.name for m in open_now), kinds, tuple(begun), done))
    return tuple(cut)
