"""Asylum where nobody spoke of it: presumed from the law at an open point, never on the far side, never against anybody's word."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pasvik.situation.authority import Authority, Outlet, rules
from pasvik.situation.board import board
from pasvik.situation.policy import Policy
from pasvik.terms.capture import Source
from pasvik.terms.claim import Commitment, State, Status
from pasvik.terms.moment import Span, moment
from pasvik.terms.place import ROAD_LANES, Crossing, Lane, Side
from pasvik.terms.question import Question
from pasvik.terms.statement import Evidence, Speaker, Statement
from pasvik.terms.status import Cell

ZONE = "Europe/Helsinki"
POLICY = Policy(asylum_presumed={"FI": "2024-07-22"})
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
    book = rules(policy, [Authority("FI", "Finnish Government", "government", "all")], [Outlet("Yle", "FI", "press")])
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
