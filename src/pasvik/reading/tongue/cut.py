"""Cuts a sentence into pieces that each tell one deed; a relative clause in the middle is lifted out, and the rest is joined over it."""

from __future__ import annotations

from dataclasses import dataclass

from pasvik.reading.page.page import Bead, Page, Sentence

MARKS = frozenset({",", ";", ":", "(", ")"})
IDLE = frozenset({"noun", "attr"})                              # forms that tell nothing happening by themselves
OWN = frozenset({"may", "call", "plan", "consider", "ready", "rule_out", "future", "decide", "whether"})        # what such a run says is of something else


@dataclass(frozen=True, slots=True)
class Piece:
    """Runs of words (first, last not counted) that belong together. hinge: how the last run is opened; left: the run before it, if any."""

    runs: tuple[tuple[int, int], ...]
    hinge: str
    left: tuple[int, int] | None = None

    @property
    def first(self) -> int:
        """The first word."""
        return self.runs[0][0]

    @property
    def last(self) -> int:
        """One beyond the last word."""
        return self.runs[-1][1]


def beads_of(page: Page, piece: Piece, *kinds: str) -> list[Bead]:
    """The beads of a piece, of these kinds."""
    return [bead for first, last in piece.runs for bead in page.beads_in(first, last, *kinds)]


def pieces(page: Page, s: Sentence) -> list[Piece]:
    """The pieces of a sentence, left to right. A run without a deed goes with the next that has one, the last such run with the one before."""
    runs = _runs(page, s)
    found: list[Piece] = []
    waiting: list[tuple[int, int]] = []
    before: tuple[int, int] | None = None
    opened = ""
    for place, (first, last, hinge) in enumerate(runs):
        if hinge == "and" and waiting and not found and page.beads_in(first, last, "crossing", "point") and _tells(page, first, last):
            waiting = [run for run in waiting if not page.beads_in(*run, "crossing", "point")]      # a verb we do not know has its own crossings
        opened = opened or hinge
        if not _tells(page, first, last):
            waiting.append((first, last))
            if hinge == "which":
                before = None
        elif hinge == "which" and _goes_on(page, runs[place + 1 :]) and waiting:
            found.append(Piece(((first, last),), "which", waiting[-1]))
            continue
        else:
            left = (waiting[-1] if waiting else before) if hinge == "which" else before
            own = ((first, last),) if hinge == "which" else (*waiting, (first, last))
            found.append(Piece(own, hinge if hinge == "which" else opened, left))
            waiting, opened = [], ""
        before = (first, last)
    if waiting and found:
        one = found.pop()
        trailing = [run for run in waiting if not _of_its_own(page, run, runs)]
        found.append(Piece((*one.runs, *trailing), one.hinge, one.left))
    elif waiting:
        found.append(Piece(tuple(waiting), ""))
    return found


def _goes_on(page: Page, rest: list[tuple[int, int, str]]) -> bool:
    """Whether the main clause still has its deed to come."""
    return any(hinge not in ("which", "that") and _tells(page, first, last) for first, last, hinge in rest)


def _of_its_own(page: Page, run: tuple[int, int], runs: list[tuple[int, int, str]]) -> bool:
    """ "..., and there one may apply": a run behind an "and" whose verb is none that we know, and says nothing of the deed before it."""
    first, last = run
    joined = any(at == first and hinge in ("and", "which") for at, _, hinge in runs)
    return joined and any(bead.value in OWN for bead in page.beads_in(first, last, "op"))


def _tells(page: Page, first: int, last: int) -> bool:
    """Whether a run tells a deed: by a verb, or by a noun with a word beside it that says how far it has gone."""
    deeds = page.beads_in(first, last, "act")
    if any(not bead.forms <= IDLE for bead in deeds):
        return True
    return any("noun" in bead.forms for bead in deeds) and any(bead.value in OWN for bead in page.beads_in(first, last, "op"))


def _runs(page: Page, s: Sentence) -> list[tuple[int, int, str]]:
    """(first, last, hinge) between all marks and hinges that might part two clauses."""
    found: list[tuple[int, int, str]] = []
    start, hinge = s.lead, ""
    index = s.lead
    while index < s.last:
        bead = page.bead_at(index)
        size, sign = _break(page, bead, index)
        if size and not _listed(page, index, size):
            if index > start:
                found.append((start, index, hinge))
                hinge = ""
            hinge = sign if sign != "," or not hinge else hinge
            start = index + size
        index += size or 1
    return [*found, (start, s.last, hinge)] if start < s.last else found


def _break(page: Page, bead: Bead | None, index: int) -> tuple[int, str]:
    """How many words part two runs here, and as what; 0 = none."""
    if bead is not None and bead.kind == "hinge":
        return bead.last - bead.first, bead.value
    if bead is not None:
        return 0, ""
    word = page.word(index)
    if word in MARKS or (word == "-" and _spaced(page, index)):
        return 1, ","
    return 0, ""


def _spaced(page: Page, index: int) -> bool:
    start, end, _ = page.words[index]
    return page.low[max(0, start - 1) : start].isspace() and page.low[end : end + 1].isspace()


def _listed(page: Page, index: int, size: int) -> bool:
    """Whether a comma or an "and" stands between two names of crossings, or two lanes, and so parts no clauses."""
    one, other = page.bead_at(index - 1), page.bead_at(index + size)
    return one is not None and other is not None and one.kind == other.kind and one.kind in ("crossing", "lane", "number", "time", "country")
