"""The words and beads of a text by number: a reading glass that shows what stands where."""

from __future__ import annotations

from bisect import bisect_left
from operator import attrgetter

from pasvik.reading.page.page import Bead, Page

Words = tuple[tuple[int, int, str], ...]


class Cursor:
    """The beads of a text by word number: a reading glass, not a state."""

    def __init__(self, words: Words, beads: tuple[Bead, ...]) -> None:
        self.words = words
        self.beads = beads
        self.size = len(words)
        self.said = [word for _, _, word in words]
        self.on: list[Bead | None] = [None] * self.size
        for bead in beads:
            for index in range(bead.first, bead.last):
                self.on[index] = bead

    def word(self, index: int) -> str:
        return self.said[index] if 0 <= index < self.size else ""

    def where(self, word: str, first: int, last: int) -> int | None:
        """The first place of a word between two word numbers, or None; quicker than to look at each."""
        try:
            return self.said.index(word, max(first, 0), max(last, 0))
        except ValueError:
            return None

    def bead(self, index: int) -> Bead | None:
        return self.on[index] if 0 <= index < self.size else None

    def run(self, first: int, last: int) -> tuple[Bead, ...]:
        """The beads that begin between two words, in order."""
        return self.beads[bisect_left(self.beads, first, key=_first) : bisect_left(self.beads, last, key=_first)]


_first = attrgetter("first")


def cursor_of(page: Page) -> Cursor:
    """The reading glass of a page, made once."""
    return page.once("cursor", lambda: Cursor(page.words, page.beads))
