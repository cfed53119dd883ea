"""What was drawn once is not drawn again: a cell is a function of what was said and of the clock, and holds until something turns."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from threading import Lock

from pasvik.ledger.contract import Ledger
from pasvik.situation.authority import Rules
from pasvik.situation.board import cells_of, instant, nobody_passes
from pasvik.situation.cell.presumption import Named, arranged, in_force
from pasvik.situation.settle import Hearing, hear
from pasvik.situation.turns import stays, turns
from pasvik.situation.utterance import LONG_AGO
from pasvik.terms.place import Crossing, Lane
from pasvik.terms.question import Question
from pasvik.terms.status import Cell

# The newest so many decisions, reports and talk under each heading settle a cell, so that a board does not grow with the ledger.
MOST = 40
STATEMENTS = 300_000                                            # remembered in all, some 2 KB each
SPANS = 8                                                       # answers remembered for one hearing


@dataclass(slots=True)
class Place:
    """One crossing with what was said of it; `answers`: cells by the lane asked for and the points named for asylum, while they hold."""

    hearing: Hearing
    named: tuple[Named, ...]
    marks: list[datetime]
    answers: list[tuple[datetime, datetime, Lane | None, Named | None, tuple[Cell, ...]]] = field(default_factory=list)
    passes: list[tuple[datetime, datetime, bool]] = field(default_factory=list)


class Drawn:
    """The memory of one open house, whose rules never change. Every answer is kept under all that it depends on, so none is ever wrong."""

    def __init__(self) -> None:
        self._places: OrderedDict[tuple[str, tuple[int, ...]], Place] = OrderedDict()
        self._weight = 0
        self._lock = Lock()

    def cells(
        self, ledger: Ledger, crossings: Sequence[Crossing], gazetteer: Mapping[str, Crossing], asked: Question, zone: str, curated: bool,
        book: Rules,
    ) -> dict[str, tuple[Cell, ...]]:
        """The cells of these crossings, all of one time zone, by crossing. `gazetteer`: where the other points of their borders stand."""
        sight = _Sight(self, ledger, asked, instant(asked.known, zone), curated, book)
        places = sight.places({crossing.id: crossing for crossing in crossings})
        named = sight.named(places, gazetteer) if asked.lane in (None, Lane.ASYLUM) else {}
        found = {}
        for id, place in places.items():
            at = instant(asked.at, zone)
            points = in_force(named.get(place.hearing.crossing.border, ()), at, lambda point: sight.is_shut(point, places, gazetteer))
            found[id] = _answer(place, at, asked.lane, points, book)
        return found

    def place(self, crossing: Crossing, seqs: tuple[int, ...], ledger: Ledger, book: Rules) -> Place:
        """What was said of a crossing at these positions, heard once."""
        key = crossing.id, seqs
        with self._lock:
            if key in self._places:
                self._places.move_to_end(key)
                return self._places[key]
        said = ledger.at_positions(seqs).values()
        hearing = hear(crossing, said, LONG_AGO, book)
        made = Place(hearing, arranged([crossing], said, book).get(crossing.border, ()), turns(hearing, book.policy))
        with self._lock:
            self._weight += len(seqs) if key not in self._places else 0
            self._places[key] = made
            while self._weight > STATEMENTS and len(self._places) > 1:
                (_, dropped), _ = self._places.popitem(last=False)
                self._weight -= len(dropped)
        return made


@dataclass(frozen=True, slots=True)
class _Sight:
    """One question put to one ledger, with the memory that answers it."""

    drawn: Drawn
    ledger: Ledger
    asked: Question
    known: datetime | None
    curated: bool
    book: Rules

    def places(self, crossings: Mapping[str, Crossing], lanes: Sequence[Lane] = tuple(Lane)) -> dict[str, Place]:
        # A filter must not change an answer: what is said of one lane bears on another, so all lanes are heard whichever is asked for.
        if not crossings:
            return {}
        heard = self.ledger.heard(
            {id: one.border for id, one in crossings.items()}, lanes, known=self.known, basis=self.asked.basis, curated=self.curated, most=MOST)
        return {id: self.drawn.place(crossings[id], seqs, self.ledger, self.book) for id, seqs in heard.items()}

    def named(self, places: Mapping[str, Place], gazetteer: Mapping[str, Crossing]) -> dict[str, tuple[Named, ...]]:
        """For each border the points that were named for applications, by words about any of its crossings."""
        named: dict[str, set[Named]] = {}
        borders = {place.hearing.crossing.border for place in places.values()}
        others = {id: one for id, one in gazetteer.items() if one.border in borders and id not in places} if self.asked.crossing else {}
        for place in (*places.values(), *self.places(others, (Lane.ASYLUM,)).values()):
            named.setdefault(place.hearing.crossing.border, set()).update(place.named)
        return {border: tuple(found) for border, found in named.items()}

    def is_shut(self, point: str, places: dict[str, Place], gazetteer: Mapping[str, Crossing]) -> bool:
        if point not in gazetteer and point not in places:
            return False
        place = places.get(point) or self.places({point: gazetteer[point]})[point]
        at = instant(self.asked.at, place.hearing.crossing.zone)
        assert at
        for first, end, is_shut in place.passes:
            if first <= at < end:
                return is_shut
        is_shut = nobody_passes(place.hearing, at, self.book)
        place.passes = [*place.passes[1 - SPANS:], (*stays(place.marks, at, place.hearing.crossing.zone), is_shut)]
        return is_shut


def _answer(place: Place, at: datetime | None, lane: Lane | None, named: Named | None, book: Rules) -> tuple[Cell, ...]:
    if at is None:                                              # no clock: what stands in one document alone is taken at its word
        pages = {telling.source.document for u in place.hearing.said for telling in u.tellings}
        pages |= {statement.source.document for statement in place.hearing.groups}
        return tuple(cells_of(replace(place.hearing, trusting=len(pages) == 1), at, lane, book, named))
    for first, end, for_lane, points, cells in place.answers:
        if first <= at < end and (for_lane, points) == (lane, named):
            return cells
    cells = tuple(cells_of(place.hearing, at, lane, book, named))
    place.answers = [*place.answers[1 - SPANS:], (*stays(place.marks, at, place.hearing.crossing.zone), lane, named, cells)]
    return cells


def by_zone(crossings: Iterable[Crossing]) -> dict[str, list[Crossing]]:
    """Crossings by their time zone: a bare day as a clock means another instant in each."""
    zones: dict[str, list[Crossing]] = {}
    for crossing in crossings:
        zones.setdefault(crossing.zone, []).append(crossing)
    return zones
