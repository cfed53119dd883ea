"""What is worth telling: a crossing that changed, or a change that somebody announced, with when, by whose word and in which words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise

from pasvik.app.answer import board, crossings_asked
from pasvik.app.wiring import House
from pasvik.situation.board import instant, lanes_served
from pasvik.situation.cell.because import say_change, say_instant, say_lanes, say_moment
from pasvik.situation.settle import hear
from pasvik.situation.story.changes import spells
from pasvik.terms.capture import Fault, digest
from pasvik.terms.claim import State
from pasvik.terms.moment import Moment
from pasvik.terms.place import ROAD_LANES, Crossing, Lane
from pasvik.terms.question import Question
from pasvik.terms.status import Cell, Pending

LOOK_BACK = timedelta(days=90)                                  # how far a feed reaches back where no day is given
NAMED = 3                                                       # so many crossings are named in a title before the rest is counted


@dataclass(frozen=True, slots=True)
class Item:
    """One piece of news about one border: what holds at some of its crossings since `at` (UTC), or what was announced of them.

    kind: change, announced or correction. places: crossing ids in the order of the board; lanes: those it holds for. before None: not told.
    told: the newest word behind it. words: one sentence per thing told. statements: ids, newest first. corrects: id of the item put right.
    """

    kind: str
    border: str
    places: tuple[str, ...]
    names: tuple[str, ...]
    lanes: tuple[Lane, ...]
    before: State | None
    after: State
    at: datetime
    told: datetime
    zone: str
    words: str
    decided_by: str | None = None
    by_word_of: str | None = None
    until: Moment | None = None
    commitment: str = "in_effect"
    inferred: bool = False
    statements: tuple[str, ...] = ()
    corrects: str | None = None

    @property
    def id(self) -> str:
        """The same news about a border keeps its id when another crossing or lane turns out to belong to it."""
        before = "" if self.kind == "announced" else self.before or ""
        end = self.until.iso() if self.until and self.before is self.after else ""      # a new announced end is news of its own
        about = (self.kind, self.border, self.at.isoformat(), before, self.after, self.commitment, self.decided_by or "", self.corrects or "", end)
        return "n" + digest("\x1f".join(about).encode())[:24]

    @property
    def title(self) -> str:
        """The news in one line: who, what, from when; a plan is never told as an event."""
        rest = len(self.names) - NAMED
        named = ", ".join(self.names[:NAMED]) + (f" and {rest} more" if rest > 0 else "")
        if self.kind == "announced":
            return f"{named}: {self.words}"
        start = f"{self.before} → {self.after}" if self.before else str(self.after)
        note = "Correction: " if self.kind == "correction" else ""
        return f"{note}{named}: {start} for {say_lanes(whole_road(self.lanes))}, {say_instant(self.at, self.zone)}"


def whole_road(lanes: Iterable[Lane]) -> tuple[str, ...]:
    """Lane words, with the whole of the road said as `all`."""
    held = tuple(lanes)
    if set(ROAD_LANES) <= set(held):
        return ("all", *(str(lane) for lane in held if lane not in ROAD_LANES))
    return tuple(str(lane) for lane in held)


def news(house: House, asked: Question, since: datetime | None = None) -> tuple[Item, ...] | Fault:
    """What changed from `since` (UTC; 90 days before `at` where none is given) up to `at`, and what is announced at `at`; newest first.

    Everything as known at the question's clocks: a later correction of the record changes what is told here.
    """
    chosen = crossings_asked(house, asked)
    if isinstance(chosen, Fault):
        return chosen
    made = [*_changes(house, chosen, asked, since), *_announced(house, asked)]
    return tuple(sorted(join(made), key=lambda item: (item.told, item.at, item.id), reverse=True))


def _changes(house: House, chosen: Iterable[Crossing], asked: Question, since: datetime | None) -> Iterable[Item]:
    for crossing in chosen:
        ends = instant(asked.at, crossing.zone) or house.now()
        begins = since or ends - LOOK_BACK
        told = [one.statement for one in house.ledger.history(
            crossing.id, border=crossing.border, known=instant(asked.known, crossing.zone), basis=asked.basis,
            curated=house.settings.record, kinds=("status",)) if one.statement.source.published]
        heard = hear(crossing, told, ends, house.book)
        if not heard.said:
            continue
        for lane in lanes_served(crossing):
            if asked.lane in (None, lane):
                row = spells(heard, lane, begins, ends + timedelta(microseconds=1), house.book)
                for one, other in pairwise(row):
                    yield changed(crossing, one.state, other.cell, other.begins)


def changed(crossing: Crossing, before: State | None, cell: Cell, at: datetime, corrects: str | None = None) -> Item:
    """The news that a cell holds another state since `at`."""
    told = max(at, cell.last_confirmed.start) if cell.last_confirmed else at
    words = f"{crossing.name}: " + (cell.because[0] if cell.because else "nobody has told what holds now")
    return Item(
        "correction" if corrects else "change", crossing.border, (crossing.id,), (crossing.name,), (cell.lane,), before, cell.state, at,
        told, crossing.zone, words, cell.decided_by, cell.by_word_of, cell.until, "in_effect", cell.inferred, cell.supports[:5], corrects)


def _announced(house: House, asked: Question) -> Iterable[Item]:
    drawn = board(house, asked)
    if isinstance(drawn, Fault):
        return
    for cell in drawn.cells:
        for plan in cell.pending:
            if cell.direction == "both":
                held = house.ledger.statement(plan.statement)
                published = held.statement.source.published if held else None
                if published:
                    yield announced(house.gazetteer.crossings[cell.crossing], cell, plan, published.start)


def announced(crossing: Crossing, cell: Cell, plan: Pending, published: datetime) -> Item:
    """The news that somebody has a change in view: how far it has gone, by whom, from when."""
    who = plan.speaker.name if plan.speaker else None
    words = say_change(plan.state, plan.commitment) + (f" by {who}" if who else "") + (f", from {say_moment(plan.start)}" if plan.start else "")
    country = plan.speaker.country if plan.speaker else None
    return Item(
        "announced", crossing.border, (crossing.id,), (crossing.name,), (cell.lane,), cell.state, plan.state,
        plan.start.start if plan.start else published, published, crossing.zone, words, country, who, None, str(plan.commitment),
        False, (plan.statement,))


def join(items: Iterable[Item]) -> list[Item]:
    """News of one border that says the same drawn together: crossings and lanes in their order, sentences each once."""
    alike: dict[tuple[str, str], list[Item]] = {}
    for item in items:
        alike.setdefault((item.id, item.words if item.kind == "announced" else ""), []).append(item)
    return [_joined(same) for same in alike.values()]


def _joined(same: list[Item]) -> Item:
    first = same[0]
    lanes = {lane for item in same for lane in item.lanes}
    words = first.words if first.kind == "announced" else " · ".join(dict.fromkeys(item.words for item in same))
    return replace(
        first, places=tuple(dict.fromkeys(place for item in same for place in item.places)),
        names=tuple(dict.fromkeys(name for item in same for name in item.names)), lanes=tuple(lane for lane in Lane if lane in lanes),
        told=max(item.told for item in same), words=words, inferred=all(item.inferred for item in same),
        statements=tuple(dict.fromkeys(id for item in same for id in item.statements)))
