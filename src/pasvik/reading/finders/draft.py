"""A claim as a finder hands it in, before it has an identity: what is said, in which words, by whom."""

from __future__ import annotations

from dataclasses import dataclass

from pasvik.reading.page.page import Page
from pasvik.terms.claim import Basis, Claim
from pasvik.terms.statement import Speaker


@dataclass(frozen=True, slots=True)
class Draft:
    """A claim over text[start:end]. answers: spans of other drafts that a denial answers (read.py turns them into ids)."""

    claim: Claim
    start: int
    end: int
    speaker: Speaker | None = None
    basis: Basis = Basis.STATED
    confidence: float = 0.9
    found_by: str = ""
    answers: tuple[tuple[int, int], ...] = ()


def trim(page: Page, start: int, end: int) -> tuple[int, int]:
    """The span without blanks and loose punctuation at its ends."""
    while start < end and page.low[start] in " \n,;:.-\"'":
        start += 1
    while end > start and page.low[end - 1] in " \n,;:.-\"'":
        end -= 1
    return start, end
