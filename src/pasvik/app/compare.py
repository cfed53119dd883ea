"""Two boards beside each other, and a text without a date beside the record."""

from __future__ import annotations

from pasvik.app import answer
from pasvik.app.settings import Settings
from pasvik.app.wiring import House, Reader, read_record, read_rules
from pasvik.situation.story.changes import Change
from pasvik.situation.story.changes import diff as compare
from pasvik.situation.story.dating import date_text
from pasvik.terms.capture import Dated, Fault
from pasvik.terms.question import Question
from pasvik.terms.statement import Reading


def diff(house: House, before: Question, after: Question) -> tuple[Change, ...] | Fault:
    """The cells that tell something else at the second question's clocks than at the first's."""
    old, new = answer.board(house, before), answer.board(house, after)
    for drawn in (old, new):
        if isinstance(drawn, Fault):
            return drawn
    assert not isinstance(old, Fault) and not isinstance(new, Fault)
    return compare(old, new)


def date_reading(house: House, reading: Reading, known: Question) -> Dated | None:
    """The window of an undated text, worked out against what the ledger holds; None where it does not tell."""
    held = [one.statement for kind in ("status", "movement")
            for one in house.ledger.by_kind(kind, basis=known.basis, curated=house.settings.record)]
    return date_text(reading.statements, held, house.gazetteer.crossings, house.book)


def date_by_record(settings: Settings, reader: Reader, reading: Reading) -> Dated | None:
    """The same against the shipped record alone, without opening a ledger."""
    if not settings.record:
        return None
    said, _ = read_record(settings)
    return date_text(reading.statements, [one for _, one in said], reader.gazetteer.crossings, read_rules(settings))
