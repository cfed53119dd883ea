"""The shipped record alone, day by day through the winter of 2023: the board must say what was so, and what was known then."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from pasvik.app import answer
from pasvik.app.clocks import question
from pasvik.app.settings import Settings
from pasvik.app.wiring import House, open_house
from pasvik.terms.capture import Fault
from pasvik.terms.question import Question
from pasvik.terms.status import Board, Cell

CASES = Path(__file__).parent.parent / "cases" / "crossing_days.txt"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    return open_house(Settings(tmp_path_factory.mktemp("home"), now="2026-11-25T12:00+02:00"))


def ask(house: House, **clocks: str) -> Board:
    asked = question(house.now(), **clocks)  # type: ignore[arg-type]
    assert isinstance(asked, Question), asked
    drawn = answer.board(house, asked)
    assert not isinstance(drawn, Fault), drawn
    return drawn


def cell(house: House, crossing: str, lane: str = "car", **clocks: str) -> Cell:
    return next(one for one in ask(house, crossing=crossing, lane=lane, **clocks).cells if one.direction == "both")


def runs() -> list[tuple[str, date, date, str]]:
    lines = [line.split() for line in CASES.read_text(encoding="utf-8").splitlines() if line.strip() and not line.startswith("#")]
    return [(crossing, date.fromisoformat(first), date.fromisoformat(last), state) for crossing, first, last, state in lines]


@pytest.mark.parametrize("crossing", sorted({run[0] for run in runs()}))
def test_every_crossing_day_at_noon(house: House, crossing: str) -> None:
    wrong = []
    for _, first, last, state in (run for run in runs() if run[0] == crossing):
        day = first
        while day <= last:
            got = cell(house, crossing, at=day.isoformat()).state
            if got != state:
                wrong.append(f"{day}: {got}, not {state}")
            day += timedelta(days=1)
    assert not wrong, "\n".join(wrong)


KNOWN_THEN = """
vaalimaa       2023-11-20  2023-11-20T12:00+02:00  closed  2024-02-18
nuijamaa       2023-11-20  2023-11-20T12:00+02:00  closed  2024-02-18
imatra         2023-11-20  2023-11-20T12:00+02:00  closed  2024-02-18
niirala        2023-11-20  2023-11-20T12:00+02:00  closed  2024-02-18
vaalimaa       2023-11-25  2023-11-25T12:00+02:00  closed  2023-12-23
salla          2023-11-25  2023-11-25T12:00+02:00  closed  2023-12-23
raja-jooseppi  2023-12-01  2023-12-01T12:00+02:00  closed  2023-12-13
vaalimaa       2023-12-14  2023-12-13T12:00+02:00  open    2024-01-14
salla          2023-12-18  2023-12-18T12:00+02:00  closed  2024-01-14
salla          2024-01-20  2024-01-20T12:00+02:00  closed  2024-02-11
salla          2024-03-01  2024-03-01T12:00+02:00  closed  2024-04-14
"""


@pytest.mark.parametrize("case", KNOWN_THEN.split("\n")[1:-1], ids=lambda case: "-".join(case.split()[:2]))
def test_the_end_is_the_one_announced_then(house: House, case: str) -> None:
    crossing, at, known, state, until = case.split()
    got = cell(house, crossing, at=at, known=known)
    assert got.state == state
    assert got.until is not None
    assert got.until.iso()[:10] == until


def test_before_the_first_decision_nobody_knew_of_it(house: House) -> None:
    assert cell(house, "vaalimaa", at="2023-11-20", known="2023-11-15").state != "closed"


def test_a_passed_end_without_a_word_is_lapsed_and_never_open(house: House) -> None:
    assert cell(house, "vaalimaa", at="2024-03-01", known="2023-11-20T12:00+02:00").state == "lapsed"


def test_an_old_report_is_not_carried_forward_in_silence(house: House) -> None:
    assert cell(house, "storskog", at="2024-12-01").state == "open"
    assert cell(house, "storskog", at="2027-06-01").state == "unknown"


def test_a_storskog_closure_was_only_considered(house: House) -> None:
    got = cell(house, "storskog", at="2023-11-25", known="2023-11-25")
    assert got.state == "open"
    assert {(one.state, one.commitment) for one in got.pending} & {("closed", "considering"), ("closed", "conditional")}


def test_every_cell_leads_to_words(house: House) -> None:
    """Law 6: each statement that a cell names has its words at its span, in a document of its digest."""
    drawn = ask(house, at="2023-11-25")
    ids = {id for one in drawn.cells for id in (*one.supports, *one.against, *one.unconfirmed)}
    assert len(ids) > 30
    for id in ids:
        held = house.ledger.statement(id)
        assert held is not None
        document = house.ledger.document(held.statement.source.document)
        assert document is not None
        words = held.statement.evidence
        assert document.digest == held.statement.source.digest
        assert document.text[words.start:words.end] == words.quote


def test_asking_again_gives_the_same_board(house: House) -> None:
    """Law 3, on the record."""
    first, again = (ask(house, at="2023-12-14", known="2023-12-14") for _ in range(2))
    assert first == again


def test_without_the_record_everything_is_unknown(tmp_path: Path) -> None:
    bare = open_house(Settings(tmp_path, record=False, now="2023-11-25T12:00+02:00"))
    assert {one.state for one in ask(bare).cells} == {"unknown"}


def test_a_home_with_the_record_can_leave_it_out(house: House) -> None:
    bare = open_house(Settings(house.settings.home, record=False, now="2023-11-25T12:00+02:00"))
    assert {one.state for one in ask(bare).cells} == {"unknown"}
