"""Pairs of lines as text: what cannot both be true is told, and what only looks so is let be."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pasvik.situation.contradiction import check, contradictions
from pasvik.sources.curated import parse
from pasvik.terms.statement import Statement

KNOWN = {"narva", "salla", "koidula"}

# published, crossing, lanes, state, from, until, and further fields
EXCLUDED = """
one point open and closed at once
  2024-01-04 narva all open   2024-02-01 -
  2024-01-04 narva all closed 2024-02-01 -
one lane of several in both
  2024-01-04 narva car,bus  open   2024-02-01 -
  2024-01-04 narva bus,truck closed 2024-02-01 -
spans that share a day only
  2024-01-04 narva all open   2024-02-01 2024-02-10
  2024-01-04 narva all closed 2024-02-10 2024-02-20
both take the place of something earlier
  2024-01-04 narva all open   2024-02-01 - changes=lifts
  2024-01-04 narva all closed 2024-02-01 - changes=extends
a start that is not told
  2024-01-04 narva all open   - -
  2024-01-04 narva all closed 2024-02-01 -
"""

LET_BE = """
another day made the second public
  2024-01-04 narva all open   2024-02-01 -
  2024-01-05 narva all closed 2024-02-01 -
one takes the place of the other
  2024-01-04 narva all open   2024-02-01 -
  2024-01-04 narva all closed 2024-02-01 - changes=replaces
a doubt stands with one of them
  2024-01-04 narva all open   2024-02-01 -
  2024-01-04 narva all closed 2024-02-01 - doubt=told_by_the_other_side
other crossings
  2024-01-04 narva all open   2024-02-01 -
  2024-01-04 salla all closed 2024-02-01 -
a narrower lane
  2024-01-04 narva all open   2024-02-01 -
  2024-01-04 narva bicycle closed 2024-02-01 -
a short stop within the longer time
  2024-01-04 narva all open   2024-02-01 -
  2024-01-04 narva all closed 2024-03-01T10:00+02:00 2024-03-01T14:00+02:00
one after the other
  2024-01-04 narva all open   2024-02-01 2024-02-09
  2024-01-04 narva all closed 2024-02-10 2024-02-20
asylum is another question than the road
  2024-01-04 narva all open   2024-02-01 -
  2024-01-04 narva asylum closed 2024-02-01 -
a plan against a fact
  2024-01-04 narva all open   2024-02-01 -
  2024-01-04 narva all closed 2024-02-01 - commitment=planned
restricted agrees with either
  2024-01-04 narva all restricted 2024-02-01 -
  2024-01-04 narva all closed 2024-02-01 -
a group is barred, the point is open
  2024-01-04 narva all open   2024-02-01 -
  2024-01-04 narva all closed 2024-02-01 - applies_to=tourists
one way only
  2024-01-04 narva all open   2024-02-01 -
  2024-01-04 narva all closed 2024-02-01 - into=RU
by day only
  2024-01-04 narva all closed 2024-02-01 -
  2024-01-04 narva all open   2024-02-01 - hours=07:00-23:00
the same thing twice
  2024-01-04 narva all closed 2024-02-01 -
  2024-01-04 narva all closed 2024-02-01 -
"""

ODD = """
2024-01-04 narva  all   closed 2024-02-01 2024-01-31               -> ends (2024-01-31) before it starts
2024-01-04 narva  all   closed 2024-02-01T10:00+02:00 2024-02-01T10:00+02:00 -> before it starts
2024-01-04 narwa  all   closed - -                                 -> crossing 'narwa' is not in the gazetteer
2024-01-04 narva  tram  closed - -                                 -> lane 'tram' is no lane
2024-01-04 narva  all   lapsed - -                                 -> state lapsed is for boards
2024-01-04 narva  all   open   - - hours=7-23                      -> hours '7-23' are not written like 07:00-23:00
2024-01-04 narva  all   open   - 2024-03-01 until_further_notice=1 -> has an end and is until further notice
2024-01-04 -      all   open   - -                                 -> speaks of no crossing and no border
"""


def statement(row: str) -> Statement:
    published, crossing, lanes, state, start, until, *more = row.split()
    extra = dict(pair.split("=", 1) for pair in more)
    said: dict[str, object] = {
        "kind": "status", "crossings": [] if crossing == "-" else [crossing], "state": state, "commitment": "ordered",
        "lanes": lanes.split(","), "from": None if start == "-" else start, "until": None if until == "-" else until}
    doubt = extra.pop("doubt", None)
    if "into" in extra:
        said["direction"] = {"into": extra.pop("into")}
    if extra.pop("until_further_notice", None):
        said["until_further_notice"] = True
    source = {"url": "https://example.org", "published": published, "publisher": "Example", "words": row}
    kept, faults = parse(json.dumps(
        {"source": source, "time_zone": "Europe/Tallinn", "statement": {**said, **extra}, "doubt": doubt}), "case")
    assert faults == []
    return kept[0][1]


def pairs(text: str) -> list[tuple[str, list[str]]]:
    lines = text.strip().split("\n")
    return [(lines[k], [lines[k + 1].strip(), lines[k + 2].strip()]) for k in range(0, len(lines), 3)]


@pytest.mark.parametrize(("why", "rows"), pairs(EXCLUDED), ids=[why for why, _ in pairs(EXCLUDED)])
def test_what_cannot_both_be_true_is_told(why: str, rows: list[str]) -> None:
    for order in (rows, rows[::-1]):
        faults = contradictions([statement(row) for row in order])
        assert len(faults) == 1, why
        assert "narva" in faults[0].what
        assert "2024-01-04" in faults[0].what
        assert faults[0].where == "case line 1; case line 1"


@pytest.mark.parametrize(("why", "rows"), pairs(LET_BE), ids=[why for why, _ in pairs(LET_BE)])
def test_what_only_looks_so_is_let_be(why: str, rows: list[str]) -> None:
    for order in (rows, rows[::-1]):
        assert check([statement(row) for row in order], KNOWN) == [], why


@pytest.mark.parametrize("case", ODD.strip().split("\n"))
def test_what_cannot_be_in_one_statement_is_told(case: str) -> None:
    row, _, why = case.partition(" -> ")
    faults = check([statement(row.strip())], KNOWN)
    assert len(faults) == 1
    assert why in faults[0].what


@given(st.permutations(pairs(EXCLUDED) + pairs(LET_BE)))
def test_the_order_of_the_lines_changes_no_fault(shuffled: list[tuple[str, list[str]]]) -> None:
    usual = [statement(row) for _, rows in pairs(EXCLUDED) + pairs(LET_BE) for row in rows]
    other = [statement(row) for _, rows in shuffled for row in rows]
    assert contradictions(usual) == contradictions(other)
    assert contradictions(usual)
