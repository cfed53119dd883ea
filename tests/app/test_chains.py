"""How one decision followed another on the shipped record, to the hour, and what of it was known on a day of the time."""

from __future__ import annotations

from pathlib import Path

import pytest

from pasvik.app.clocks import question
from pasvik.app.settings import Settings
from pasvik.app.story.follow import chain, timeline
from pasvik.app.wiring import House, open_house
from pasvik.terms.capture import Fault
from pasvik.terms.moment import moment, zone_info
from pasvik.terms.place import Lane
from pasvik.terms.question import Question

CASES = Path(__file__).parent.parent / "cases"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    return open_house(Settings(tmp_path_factory.mktemp("home"), now="2026-11-25T12:00+02:00"))


def clocks(house: House, at: str | None, known: str) -> Question:
    asked = question(house.now(), at, None if known == "-" else known)
    assert isinstance(asked, Question), asked
    return asked


def cases() -> list[tuple[str, list[str]]]:
    parts = [part.strip().splitlines() for part in (CASES / "chains.txt").read_text(encoding="utf-8").split("==")[1:]]
    return [(lines[0], lines[1:]) for lines in parts]


def local(at: object, zone: str) -> str:
    return f"{at.astimezone(zone_info(zone)):%Y-%m-%dT%H:%M}" if at else "open"  # type: ignore[attr-defined]


@pytest.mark.parametrize(("head", "lines"), cases(), ids=[head for head, _ in cases()])
def test_each_decision_follows_the_one_before(house: House, head: str, lines: list[str]) -> None:
    name, lane, known = head.split()
    zone = house.gazetteer.crossings[name].zone
    found = chain(house, name, Lane(lane), clocks(house, None, known))
    assert not isinstance(found, Fault), found
    first, last = lines[0].split()[2], lines[-1].split()[2]
    told = [
        [one.effect, str(one.state), local(one.begins, zone), "further" if one.until_further_notice else local(one.stop, zone),
         one.lead.statement.source.published.iso()[:10] if one.lead.statement.source.published else ""] for one in found]
    assert [line for line in told if first <= line[2] <= last] [:len(lines) + 1] == [line.split() for line in lines]


def lines() -> list[str]:
    return [line for line in (CASES / "timelines.txt").read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]


@pytest.mark.parametrize("line", lines(), ids=lambda line: "-".join(line.split()[:4]))
def test_the_states_begin_to_the_hour(house: House, line: str) -> None:
    name, lane, known, last, *rest = line.split()
    zone = house.gazetteer.crossings[name].zone
    words = " ".join(rest).split(", ")
    found = timeline(house, name, Lane(lane), moment(words[0].split()[1], zone), moment(last, zone), clocks(house, None, known))
    assert not isinstance(found, Fault), found
    assert [f"{spell.state} {local(spell.begins, zone)}" for spell in found] == words


def test_two_points_were_open_for_forty_four_hours(house: House) -> None:
    for name in ("vaalimaa", "niirala"):
        zone = house.gazetteer.crossings[name].zone
        found = timeline(house, name, Lane.CAR, moment("2023-12-01", zone), moment("2024-04-15", zone), clocks(house, None, "-"))
        assert not isinstance(found, Fault), found
        hours = sum((spell.ends - spell.begins).total_seconds() for spell in found if spell.state in ("open", "restricted")) / 3600
        assert hours == 44


def test_none_of_the_eight_announced_ends_brought_a_general_opening(house: House) -> None:
    found = chain(house, "vaalimaa", Lane.CAR, clocks(house, "2024-04-16", "-"))
    assert not isinstance(found, Fault), found
    decided = [one for one in found if one.lead.claim.decided_on and one.lead.claim.decided_on >= "2023-11-16"]
    assert len(decided) == 8
    assert [one.lead.claim.decided_on for one in decided] == [
        "2023-11-16", "2023-11-22", "2023-11-28", "2023-12-12", "2023-12-14", "2024-01-11", "2024-02-08", "2024-04-04"]
    for one in decided:
        if one.state == "closed" and one.stop:
            after = chain(house, "salla", Lane.CAR, clocks(house, "2024-05-01", "-"))
            assert not isinstance(after, Fault)
            assert any(later.runs(one.stop) and later.state == "closed" for later in after), f"closed still after {one.stop}"
