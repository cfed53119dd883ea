"""The board out of memory is the board drawn anew, whatever was asked before it, and sees what was added since."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from pasvik.app import answer, collect
from pasvik.app.drawing.drawn import Drawn
from pasvik.app.settings import Settings
from pasvik.app.wiring import House, open_house
from pasvik.situation.board import board as draw
from pasvik.terms.capture import Fault
from pasvik.terms.moment import Moment
from pasvik.terms.place import Lane
from pasvik.terms.question import Question
from pasvik.terms.status import Board

NOTICE = b"The Finnish Border Guard has closed Vaalimaa, Salla and Storskog."


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    return open_house(Settings(home=tmp_path_factory.mktemp("home"), now="2026-11-25T12:00+00:00"), keep=True)


def drawn(house: House, asked: Question) -> Board:
    found = answer.board(house, asked)
    assert not isinstance(found, Fault), found
    return found


def plainly(house: House, asked: Question) -> Board:
    """Drawn anew from all status statements of the ledger, the long way."""
    said = [one.statement for one in house.ledger.by_kind("status", known=asked.known.start if asked.known else None, basis=asked.basis)]
    return draw(house.gazetteer.crossings.values(), said, asked, house.book)


@pytest.mark.parametrize("seed", range(6))
def test_what_is_remembered_is_what_would_be_drawn_anew(house: House, seed: int) -> None:
    dice = Random(seed)
    start = datetime(2023, 11, 10, tzinfo=UTC)
    known = Moment(start + timedelta(hours=dice.randrange(24 * 900))) if seed % 2 else None
    at = start + timedelta(minutes=dice.randrange(60 * 24 * 900))
    for step in (timedelta(0), timedelta(minutes=7), timedelta(hours=5), timedelta(minutes=7)):
        asked = Question(Moment(at + step), known)
        assert {(c.crossing, c.lane, c.direction): c for c in drawn(house, asked).cells} == {
            (c.crossing, c.lane, c.direction): c for c in plainly(house, asked).cells}


@pytest.mark.parametrize("crossing", ["vaalimaa", "raja-jooseppi", "narva", "storskog"])
@pytest.mark.parametrize("lane", [None, Lane.CAR, Lane.ASYLUM])
def test_a_filter_changes_no_answer(house: House, crossing: str, lane: Lane | None) -> None:
    for day in ("2023-11-20", "2023-11-25", "2024-01-20", "2025-06-01"):
        at = Moment(datetime.fromisoformat(f"{day}T10:00+00:00"))
        whole = [c for c in drawn(house, Question(at)).cells if c.crossing == crossing and lane in (None, c.lane)]
        fresh = House(*(getattr(house, name) for name in ("settings", "gazetteer", "reader", "book", "ledger", "archive", "faults", "now")), Drawn())
        assert list(drawn(fresh, Question(at, crossing=crossing, lane=lane)).cells) == whole


def test_what_is_added_is_seen_at_once_and_an_old_basis_stays_as_it_was(tmp_path: Path) -> None:
    house = open_house(Settings(home=tmp_path, record=False, now="2026-11-25T12:00+00:00"), keep=True)
    asked = Question(Moment(datetime(2026, 11, 25, 12, tzinfo=UTC)), crossing="salla", lane=Lane.CAR)
    before, basis = drawn(house, asked), house.ledger.basis()
    collect.add(house, NOTICE, "notice.txt", "2026-11-24T10:00+02:00", "Finnish Border Guard")
    assert [str(c.state) for c in before.cells] == ["unknown"]
    assert [str(c.state) for c in drawn(house, asked).cells] == ["closed"]
    old = Question(asked.at, basis=basis, crossing="salla", lane=Lane.CAR)
    assert drawn(house, old).cells == before.cells
