"""Which crossings a piece of a sentence speaks of: those it names, a set of a border, or those spoken of before."""

from __future__ import annotations

from dataclasses import dataclass, field

from pasvik.gazetteer import sets
from pasvik.gazetteer.table import Gazetteer, borders
from pasvik.reading.page.page import Bead, Page
from pasvik.reading.phrase.border import EAST, alive
from pasvik.reading.phrase.memory import Memory, last_open
from pasvik.reading.tongue.cut import Piece, beads_of
from pasvik.terms.claim import Basis
from pasvik.terms.place import border_of

NEIGHBOURS = ("RU", "BY", "UA")
FEW = 12                                                        # a larger number counts people or vehicles, not crossings


@dataclass(frozen=True, slots=True)
class Meant:
    """Crossings meant (sorted ids; empty where only the border is), their border, and the code points of the words that mean them.

    why: why it cannot be told which are meant; then nothing may be said of them.
    """

    ids: tuple[str, ...]
    border: str | None
    basis: Basis
    start: int
    end: int
    why: str = ""


@dataclass(slots=True)
class Spoken:
    """What a text has spoken of so far: the last single crossing and the last several."""

    gazetteer: Gazetteer
    one: Meant | None = None
    many: Meant | None = None
    named: set[str] = field(default_factory=set)

    def note(self, meant: Meant) -> None:
        """Remember crossings that a piece spoke of."""
        self.named |= set(meant.ids)
        if len(meant.ids) == 1:
            self.one = meant
        elif meant.ids:
            self.many = meant


def meant_by(page: Page, piece: Piece, spoken: Spoken, deed: Bead) -> Meant | None:
    """The crossings that a deed of this piece is about, or None where the piece speaks of none."""
    points, quants = beads_of(page, piece, "point"), beads_of(page, piece, "many")
    names = [bead for bead in beads_of(page, piece, "crossing") if len(bead.ids) == 1]
    names = _nearest(page, piece, names, deed)
    spared_from = next((bead.first for bead in quants if bead.value == "except"), None)
    spared = _spared(names, spared_from)
    named = [b for b in names if b not in spared]
    plural = any(bead.value in ("many", "they") for bead in points)
    values = {bead.value for bead in quants}
    if "all" in values and (spared_from is not None or any(point.value in ("one", "many", "they") for point in points)) and not (named and plural):
        return _set(page, piece, spoken, points, spared, spared_from is not None)
    if spared_from is not None and any(p.value in ("border", "whole", "east") for p in points):
        return _set(page, piece, spoken, points, spared, True)
    if named:
        return _named(page, spoken, named)
    if "last" in values and any(point.value == "one" for point in points):
        return _last(page, piece, spoken, points)
    if "other" in values and plural:
        return _others(page, piece, spoken, points)
    if count := _count(page, piece):
        return _counted(page, piece, spoken, points, count)
    return _pointed(page, piece, spoken, points)


def _nearest(page: Page, piece: Piece, names: list[Bead], deed: Bead) -> list[Bead]:
    """The names that belong to this deed, where the piece tells several deeds and each has a name nearer to it than to the others."""
    deeds = [bead for bead in beads_of(page, piece, "act") if bead.forms.isdisjoint({"noun", "attr"})]
    if len(deeds) < 2 or deed not in deeds:
        return names
    owners = {name.first: min(deeds, key=lambda one: abs(one.first - name.first)) for name in names}
    return [name for name in names if owners[name.first] is deed] if len({id(one) for one in owners.values()}) == len(deeds) else names


def _spared(names: list[Bead], excepts: int | None) -> list[Bead]:
    """The names after an "except"; where none follow, the one right before it ("Raja-Jooseppia lukuun ottamatta")."""
    if excepts is None:
        return []
    return [b for b in names if b.first > excepts] or [b for b in names if b.last == excepts]


def _named(page: Page, spoken: Spoken, names: list[Bead]) -> Meant:
    ids = tuple(sorted({name.ids[0] for name in names}))
    found = {spoken.gazetteer.crossings[id].border for id in ids if id in spoken.gazetteer.crossings}
    return Meant(ids, found.pop() if len(found) == 1 else None, Basis.STATED, names[0].start, names[-1].end)


def border_in(page: Page, piece: Piece, spoken: Spoken) -> str | None:
    """The border a piece speaks of: its own two states, else that of the state in focus with the neighbour it names, else with its east."""
    known = borders(spoken.gazetteer)
    states = list(dict.fromkeys(bead.value for bead in beads_of(page, piece, "country")))
    pairs = [pair for one in states for other in states if one < other and (pair := border_of(one, other)) in known]
    if pairs:
        return pairs[0] if len(pairs) == 1 else None
    focus = next((state for state in states if state in EAST), page.focus)
    other = next((state for state in states if state in NEIGHBOURS), EAST.get(focus or "", ""))
    pair = border_of(focus, other) if focus and other and focus != other else ""
    return pair if pair in known else None


def _set(page: Page, piece: Piece, spoken: Spoken, points: list[Bead], spared: list[Bead], excepts: bool) -> Meant:
    """All crossings of the border, without those spared."""
    start, end = points[0].start if points else page.words[piece.first][0], page.words[piece.last - 1][1]
    border = border_in(page, piece, spoken)
    if not border:
        return Meant((), None, Basis.INFERRED, start, end, "which border is not said")
    if excepts and not spared:
        return Meant((), border, Basis.INFERRED, start, end, "what is left out of it is not said so that anybody could tell")
    if excepts:
        ids = tuple(sorted({name.ids[0] for name in spared}))
        found = _rest(page, spoken, border, ids)
    else:
        found = _whole(page, spoken, border)
    return Meant(tuple(sorted(found.ids)), border, Basis.INFERRED, start, end, "" if found else found.why)


def _others(page: Page, piece: Piece, spoken: Spoken, points: list[Bead]) -> Meant:
    """ "The other crossings": all of the border that the text has not named, where it has named one or more."""
    border = border_in(page, piece, spoken)
    start, end = points[0].start, points[-1].end
    of_border = tuple(sorted(i for i in spoken.named if i in spoken.gazetteer.crossings and spoken.gazetteer.crossings[i].border == border))
    if not border or not of_border:
        return Meant((), border, Basis.INFERRED, start, end, "which the others are is not said")
    found = _rest(page, spoken, border, of_border)
    return Meant(tuple(sorted(found.ids)), border, Basis.INFERRED, start, end, "" if found else found.why)


def _last(page: Page, piece: Piece, spoken: Spoken, points: list[Bead]) -> Meant:
    """ "Its last open crossing": the one that was open last."""
    border = border_in(page, piece, spoken)
    found = page.once(("last", border), lambda: last_open(_memory(page, spoken), border)) if border else sets.Resolution((), "which border is not said")
    return Meant(tuple(found.ids), border, Basis.INFERRED, points[0].start, points[-1].end, "" if found else found.why)


def _memory(page: Page, spoken: Spoken) -> Memory:
    return Memory(spoken.gazetteer, page.focus, page.day, borders=frozenset(borders(spoken.gazetteer)))


def _count(page: Page, piece: Piece) -> tuple[int, int | None] | None:
    """(4, None) of "four crossings", (4, 8) of "four of its eight crossings": numbers at most a few words before the noun."""
    points = [bead for bead in beads_of(page, piece, "point") if bead.value in ("one", "many")]
    if not points:
        return None
    near = [int(b.value) for b in beads_of(page, piece, "number") if 0 < points[0].first - b.first <= 5 and 1 < int(b.value) <= FEW]
    return (near[0], near[1] if len(near) > 1 else None) if near else None


def _counted(page: Page, piece: Piece, spoken: Spoken, points: list[Bead], count: tuple[int, int | None]) -> Meant:
    border = border_in(page, piece, spoken)
    start, end = points[0].start, points[-1].end
    if spoken.many and len(spoken.many.ids) == count[0]:
        return Meant(spoken.many.ids, spoken.many.border, Basis.STATED, start, end)
    listed = page.once(("listed", border, count[0]), lambda: _listed(page, spoken, border, count[0]))
    if listed:
        return Meant(listed, border, Basis.STATED, start, end)                              # a headline's "four crossings" are named below it
    if border is None:
        return Meant((), None, Basis.INFERRED, start, end, "which border is not said")
    found = page.once(("counted", border, count), lambda: sets.resolve(spoken.gazetteer, border, count[0], page.day, of=count[1]))
    return Meant(tuple(sorted(found.ids)), border, Basis.INFERRED, start, end, "" if found else found.why)


def _listed(page: Page, spoken: Spoken, border: str | None, count: int) -> tuple[str, ...]:
    """The one list of so many crossings of a border that a sentence of the text names; () where there is none, or two."""
    found: set[tuple[str, ...]] = set()
    for s in page.sentences:
        ids = {b.ids[0] for b in page.beads_in(s.first, s.last, "crossing") if len(b.ids) == 1}
        if len(ids) == count and {spoken.gazetteer.crossings[i].border for i in ids if i in spoken.gazetteer.crossings} == {border}:
            found.add(tuple(sorted(ids)))
    return found.pop() if len(found) == 1 else ()


# What a border's crossings are does not change within a text, and is asked by every sentence of a long one.
def _whole(page: Page, spoken: Spoken, border: str) -> sets.Resolution:
    return page.once(("whole", border), lambda: alive(_memory(page, spoken), border))


def _rest(page: Page, spoken: Spoken, border: str, spared: tuple[str, ...]) -> sets.Resolution:
    return page.once(("rest", border, spared), lambda: sets.all_but(spoken.gazetteer, border, None, page.day, spared=spared, but=len(spared)))


def _pointed(page: Page, piece: Piece, spoken: Spoken, points: list[Bead]) -> Meant | None:
    """The border as a whole, or the crossing or crossings spoken of last."""
    for point in points:
        if point.value in ("border", "whole", "east"):
            border = border_in(page, piece, spoken)
            if border is None:
                return Meant((), None, Basis.INFERRED, point.start, point.end, "which border is not said")
            return _border(page, piece, spoken, point, border)
    here = _before(page, piece, spoken)
    for point in points:
        if here and point.value in (("many", "they") if len(here.ids) > 1 else ("one", "it")) and not elsewhere(page, piece, here):
            return Meant(here.ids, here.border, Basis.STATED, point.start, point.end)
        last = spoken.many if point.value in ("many", "they") else spoken.one
        if last and not elsewhere(page, piece, last):
            return Meant(last.ids, last.border, Basis.STATED, point.start, point.end)
        if point.value in ("one", "many"):
            return Meant((), None, Basis.INFERRED, point.start, point.end, "which crossing is not said")
    return None


def _before(page: Page, piece: Piece, spoken: Spoken) -> Meant | None:
    """The crossings that the sentence names before this piece."""
    s = page.sentence_at(page.words[piece.first][0])
    names = [bead for bead in page.beads_in(s.first, piece.first, "crossing") if len(bead.ids) == 1] if s else []
    return _named(page, spoken, names) if names else None


def elsewhere(page: Page, piece: Piece, last: Meant) -> bool:
    """Whether the piece names a state whose border is another one, so that "the crossings" are not those spoken of last."""
    states = {bead.value for bead in beads_of(page, piece, "country", "body") if bead.value in EAST}
    return bool(states) and last.border is not None and not states & set(last.border.split("-"))


def _border(page: Page, piece: Piece, spoken: Spoken, point: Bead, border: str) -> Meant:
    """ "The border is closed" names no crossings; "the whole border", "the eastern border", "the border with Russia" mean them all."""
    states = [bead for bead in beads_of(page, piece, "country") if abs(bead.first - point.first) <= 3 and bead.value in NEIGHBOURS]
    whole = point.value != "border" or states or any(b.value == "all" for b in beads_of(page, piece, "many"))
    if not whole:
        return Meant((), border, Basis.INFERRED, point.start, point.end)
    found = _whole(page, spoken, border)
    return Meant(tuple(sorted(found.ids)), border, Basis.INFERRED, point.start, point.end)
