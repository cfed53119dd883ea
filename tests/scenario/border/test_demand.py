"""How many came where: counts as text, levels beside them."""

from __future__ import annotations

import json
from datetime import date

import pytest

from pasvik.scenario.border.assume import Assumed
from pasvik.scenario.border.demand import ASYLUM, TRAVEL, by_day, counted, demand
from pasvik.sources.curated import parse
from pasvik.terms.statement import Statement

IDS = ("raja-jooseppi", "salla", "vartius")


def said(lines: str) -> list[Statement]:
    """Lines of: crossings by +, first day, last day (or ..HH for a part of the day), people, what, confidence."""
    told = []
    for number, line in enumerate(lines.strip().splitlines()):
        places, first, last, people, *rest = line.split()
        until = f"{first}T{last[2:]}:00" if last.startswith("..") else last
        statement = {"kind": "count", "people": {"count": int(people)}, "what": rest[0] if rest else "arrivals", "border": "FI-RU",
                     "from": f"{first}T00:00" if "T" in until else first, "until": until}
        if places != "-":
            statement["crossings"] = places.split("+")
        told.append(json.dumps({
            "source": {"url": "https://example.org/", "published": "2023-11-30", "publisher": "Yle", "words": f"{number}: {people} came."},
            "time_zone": "Europe/Helsinki", "statement": statement, "confidence": float(rest[1]) if len(rest) > 1 else 0.9}))
    kept, faults = parse("\n".join(told), "cases")
    assert not faults
    return [statement for _, statement in kept]


def test_the_best_count_of_a_day_is_taken_and_a_part_of_a_day_yields(assumed: Assumed) -> None:
    cells = counted(said("""
        salla 2023-11-20 2023-11-20 35 arrivals 0.95
        salla 2023-11-20 2023-11-20 30 arrivals 0.4
        salla 2023-11-20 ..18 20 arrivals 0.95
    """), ASYLUM)
    assert by_day(cells, date(2023, 11, 1), date(2023, 11, 30), 45) == {("salla", date(2023, 11, 20)): 35.0}


def test_a_joint_count_is_shared_after_those_that_are_known(assumed: Assumed) -> None:
    cells = counted(said("salla 2023-11-23 2023-11-23 58\nsalla+vartius 2023-11-23 2023-11-23 92"), ASYLUM)
    assert by_day(cells, date(2023, 11, 23), date(2023, 11, 23), 45) == {
        ("salla", date(2023, 11, 23)): 58.0, ("vartius", date(2023, 11, 23)): 34.0}


def test_a_count_of_several_days_fills_the_days_that_nothing_else_tells(assumed: Assumed) -> None:
    cells = counted(said("vartius 2023-11-16 2023-11-16 18\nvartius 2023-11-16 2023-11-19 106"), ASYLUM)
    told = by_day(cells, date(2023, 11, 1), date(2023, 11, 30), 45)
    assert [round(told["vartius", date(2023, 11, day)], 1) for day in (16, 17, 18, 19)] == [18.0, 29.3, 29.3, 29.3]


def test_the_newest_days_count_most_and_silence_of_three_days_is_nobody(assumed: Assumed) -> None:
    cells = counted(said("""
        salla 2023-11-20 2023-11-20 10
        salla 2023-11-23 2023-11-23 40
        vartius 2023-11-19 2023-11-19 60
    """), ASYLUM)
    found = demand(cells, IDS, date(2023, 11, 24), assumed)
    assert found.last == date(2023, 11, 23)
    assert found.level[1] == pytest.approx((40 + 10 * 0.5) / 1.5)
    assert 0 < found.level[2] < 25, "four days of silence count against Vartius"
    assert found.uncounted == ("raja-jooseppi",)
    assert found.level[0] == 0.0


def test_only_what_came_before_the_day_counts(assumed: Assumed) -> None:
    cells = counted(said("salla 2023-11-24 2023-11-24 500"), ASYLUM)
    assert demand(cells, IDS, date(2023, 11, 24), assumed).last is None


def test_travellers_are_told_by_their_newest_month(assumed: Assumed) -> None:
    cells = counted(said("salla 2022-10-01 2022-10-31 310 crossings\nsalla 2022-11-01 2022-11-30 600 crossings"), TRAVEL)
    assert demand(cells, IDS, date(2023, 1, 1), assumed, travellers=True).level[1] == pytest.approx(20.0)


@pytest.mark.parametrize("line", ["salla 2023-11-20 2023-11-20 35 waiting", "salla 2023-11-20 2023-11-20 35 turned_back"])
def test_those_who_wait_or_are_turned_back_did_not_come(line: str) -> None:
    assert not counted(said(line), ASYLUM)


def test_totals_since_summer_tell_no_level(assumed: Assumed) -> None:
    assert demand(counted(said("salla 2023-08-01 2023-11-23 911"), ASYLUM), IDS, date(2023, 11, 24), assumed).last is None
