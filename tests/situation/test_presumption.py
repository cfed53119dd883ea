"""Asylum where nobody spoke of it: presumed from the law at an open point, never on the far side, never against anybody's word."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pasvik.situation.authority import Authority, Outlet, rules
from pasvik.situation.board import board
from pasvik.situation.policy import Policy
from pasvik.terms.capture import Source
from pasvik.terms.claim import Basis, Commitment, State, Status
from pasvik.terms.moment import Span, moment
from pasvik.terms.place import ROAD_LANES, Crossing, Lane, Side
from pasvik.terms.question import Question
from pasvik.terms.statement import Evidence, Speaker, Statement
from pasvik.terms.status import Cell

ZONE = "Europe/Helsinki"
POLICY = Policy(asylum_presumed={"FI": "2024-07-22"})
RULES = rules(POLICY, [Authority("FI", "Finnish Government", "government", "all")], [Outlet("Yle", "FI", "press")])
GOVERNMENT = Speaker("Finnish Government", country="FI")
PLACES = [Crossing(name, name, Side("FI", name, name), Side("RU", name, name), frozenset(ROAD_LANES)) for name in ("salla", "vartius")]


def say(day: str, names: str, state: str, lanes: str = "all", start: str | None = None, outlet: str = "Yle", until: str | None = None,
        ) -> Statement:
    claim = Status(
        tuple(names.split()), "FI-RU", State(state), Commitment.ORDERED if start else Commitment.IN_EFFECT, tuple(lanes.split(",")),
        span=Span(moment(start, ZONE) if start else None, moment(until, ZONE) if until else None))
    words = f"{day} {names} {state} {lanes}"
    return Statement(claim, Evidence(0, len(words), words), Source(words, words, outlet, moment(day, ZONE)), GOVERNMENT)


def asylum(said: list[Statement], day: str, policy: Policy = POLICY, name: str = "vartius") -> Cell:
    book = RULES if policy is POLICY else rules(policy, RULES.authorities, RULES.outlets)
    drawn = board(PLACES, said, Question(moment(day, ZONE)), book)
    return next(cell for cell in drawn.cells if (cell.crossing, cell.lane) == (name, Lane.ASYLUM))


OPEN = say("2023-11-10", "salla vartius", "open")


def test_an_open_point_is_presumed_to_take_applications_and_says_that_it_is_only_presumed() -> None:
    cell = asylum([OPEN], "2023-11-12")
    assert (cell.state, cell.inferred, cell.by_word_of) == ("open", True, "presumed by law")
    assert cell.supports == (OPEN.id,), "the words that say the point is open"
    assert "Directive 2013/32/EU" in cell.because[0]
    assert cell.since is None
    assert cell.decided_by is None


@pytest.mark.parametrize(("said", "state"), [
    ([], "unknown"),
    ([say("2023-11-10", "vartius", "closed")], "closed"),
    ([say("2023-11-10", "vartius", "restricted")], "unknown"),
    ([say("2023-11-10", "vartius", "open", "truck")], "unknown"),
    ([OPEN, say("2023-11-11", "vartius", "closed", "asylum")], "closed"),
    ([OPEN, say("2023-11-11", "vartius", "closed", "asylum", outlet="Stranger")], "open"),
    ([OPEN, say("2023-11-11", "salla", "open", "asylum")], "unknown"),
    ([OPEN, say("2023-11-11", "salla", "open", "asylum", start="2023-11-18")], "open"),
    ([OPEN, say("2023-11-11", "salla", "open", "asylum", outlet="Stranger")], "open"),
], ids=["nothing said", "road closed", "road restricted", "lorries only", "asylum closed", "a stranger's word changes nothing",
        "places named elsewhere", "places named from a later day", "places named by a stranger"])
def test_presumed_only_where_nobody_of_weight_said_otherwise(said: list[Statement], state: str) -> None:
    assert asylum(said, "2023-11-12").state == state


def test_what_ran_out_is_not_filled_in() -> None:
    ended = say("2023-11-11", "vartius", "closed", "asylum", start="2023-11-11", until="2023-12-31")
    assert asylum([OPEN, ended], "2024-01-02").state == "lapsed"


def test_the_switch_is_text_and_has_a_last_day() -> None:
    again = say("2024-07-10", "vartius", "open")
    assert asylum([OPEN], "2023-11-12", replace(POLICY, asylum_presumed={})).state == "unknown"
    assert asylum([again], "2024-07-21").state == "open"
    assert asylum([again], "2024-07-22").state == "unknown"


NAMED = (say("2023-11-16", "salla", "open", "asylum", start="2023-11-18"), replace(say("2023-11-16", "vartius", "closed", "asylum", start="2023-11-18"),
         basis=Basis.INFERRED, id=""))
SHUT = say("2023-11-22", "salla", "closed", start="2023-11-24")


@pytest.mark.parametrize(("said", "day", "state"), [
    ([OPEN, *NAMED], "2023-11-20", "closed"),
    ([OPEN, NAMED[0]], "2023-11-20", "unknown"),
    ([OPEN, *NAMED, SHUT], "2023-11-23", "closed"),
    ([OPEN, *NAMED, SHUT], "2023-11-25", "open"),
    ([OPEN, NAMED[0], SHUT], "2023-11-25", "open"),
    ([OPEN, NAMED[0], say("2023-11-23", "vartius", "closed", "asylum"), SHUT], "2023-11-25", "closed"),
    ([OPEN, *NAMED, SHUT, say("2023-11-24", "vartius", "closed")], "2023-11-25", "closed"),
], ids=["left out", "others named", "not yet shut", "the named one is shut", "the named one is shut, nothing said here", "refused here by word",
        "all shut"])
def test_what_other_points_were_named_for_ends_when_they_are_shut(said: list[Statement], day: str, state: str) -> None:
    cell = asylum(said, day)
    assert cell.state == state
    assert any("named for applications" in step for step in cell.because) == (state == "open")
    others = board(PLACES, said, Question(moment(day, ZONE), crossing="vartius"), RULES)
    assert next(one for one in others.cells if one.lane is Lane.ASYLUM) == cell, "a filter changes no answer"
