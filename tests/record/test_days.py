"""The record alone, asked day by day: the board agrees with the days that were worked out by hand."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from pasvik.gazetteer.table import parse_crossings
from pasvik.situation.authority import parse_authorities, parse_outlets, rules
from pasvik.situation.board import board
from pasvik.situation.policy import parse_policy
from pasvik.sources.curated import parse
from pasvik.terms.moment import moment
from pasvik.terms.place import Lane
from pasvik.terms.question import Question

ROOT = Path(__file__).parents[2]
KNOWLEDGE = ROOT / "src" / "pasvik" / "knowledge"
CASES = ROOT / "tests" / "cases"
FILES = {Lane.CAR: "crossing_days.txt", Lane.ASYLUM: "crossing_days_asylum.txt"}


def text(name: str) -> str:
    return (KNOWLEDGE / name).read_text(encoding="utf-8")


RECORD = [one for path in sorted((KNOWLEDGE / "record").glob("*.jsonl")) for _, one in parse(text(f"record/{path.name}"), path.name)[0]]
BOOK = rules(parse_policy(text("policy.toml")), parse_authorities(text("authorities.csv")), parse_outlets(text("outlets.csv")))
CROSSINGS, _ = parse_crossings(text("crossings.csv"))


def runs(lane: Lane) -> list[tuple[str, date, date, str]]:
    told = (line.split() for line in (CASES / FILES[lane]).read_text(encoding="utf-8").splitlines())
    return [
        (crossing, date.fromisoformat(first), date.fromisoformat(last), state)
        for crossing, first, last, state in (parts for parts in told if parts and parts[0] != "#")]


@pytest.mark.parametrize(("lane", "crossing"), sorted({(lane, run[0]) for lane in FILES for run in runs(lane)}))
def test_the_record_alone_gives_the_days_worked_out_by_hand(lane: Lane, crossing: str) -> None:
    wrong = []
    for _, day, last, state in (run for run in runs(lane) if run[0] == crossing):
        while day <= last:
            asked = Question(at=moment(day.isoformat(), CROSSINGS[crossing].zone), lane=lane)
            cells = board([CROSSINGS[crossing]], RECORD, asked, BOOK).cells
            got = {str(cell.state) for cell in cells if cell.direction == "both"}
            if got != {state}:
                wrong.append((day.isoformat(), state, got))
            day += timedelta(days=1)
    assert wrong == []


def test_known_on_20_november_the_four_are_closed_until_18_february() -> None:
    known = moment("2023-11-20T21:00+02:00", "Europe/Helsinki")
    told = [s for s in RECORD if s.source.published and s.source.published.start <= known.start]
    for crossing in ("vaalimaa", "nuijamaa", "imatra", "niirala"):
        asked = Question(at=moment("2023-11-20", "Europe/Helsinki"), lane=Lane.CAR)
        [cell] = board([CROSSINGS[crossing]], told, asked, BOOK).cells
        assert (str(cell.state), cell.until.iso() if cell.until else None, cell.decided_by) == ("closed", "2024-02-18", "FI")
