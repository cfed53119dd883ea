"""Laws of settling: the same in gives the same out, order is no matter, echoes and strangers change nothing, plans are no events."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from pasvik.situation.authority import Authority, Outlet, rules
from pasvik.situation.board import board, cells_of
from pasvik.situation.policy import Policy
from pasvik.situation.settle import hear, settle
from pasvik.situation.turns import stays, turns
from pasvik.situation.utterance import utterances
from pasvik.terms.capture import Source
from pasvik.terms.claim import Basis, Change, Commitment, State, Status, Zone
from pasvik.terms.moment import Grain, Moment, Span, utc
from pasvik.terms.place import ROAD_LANES, Crossing, Lane, Side
from pasvik.terms.question import Question
from pasvik.terms.statement import Evidence, Speaker, Statement
from pasvik.terms.status import Cell

CROSSING = Crossing("salla", "Salla", Side("FI", "Salla", "Salla"), Side("RU", "Salla", "Салла"), frozenset(ROAD_LANES))
BOOK = rules(
    Policy(),
    [Authority("FI", "Finnish Government", "government", "all"), Authority("RU", "Russian Government", "government", "all"),
     Authority("RU", "Murmansk Region", "governor", "nothing")],
    [Outlet("Yle", "FI", "press"), Outlet("Daily", "FI", "press"), Outlet("State Wire", "RU", "state_media", True)])
START = utc(2023, 11, 1)
HOURS = st.integers(0, 24 * 90)
SPEAKERS = (None, Speaker("Finnish Government", country="FI"), Speaker("Russian Government", country="RU"),
            Speaker("Murmansk Region", country="RU"), Speaker("an official", country="FI"), Speaker("Estonia", country="EE"))
OUTLETS = ("Yle", "Daily", "State Wire", "Gazette A", "Gazette B", None)


def at_hour(hour: int, grain: Grain = Grain.MINUTE) -> Moment:
    return Moment(START + timedelta(hours=hour), grain, "Europe/Helsinki")


@st.composite
def statements(draw: st.DrawFn) -> Statement:
    told = draw(HOURS)
    start = draw(st.none() | st.integers(-48, 24 * 10))
    length = draw(st.none() | st.integers(-5, 24 * 40))
    begins = told + (start or 0)
    claim = Status(
        ("salla",), "FI-RU", draw(st.sampled_from([State.OPEN, State.CLOSED, State.RESTRICTED])), draw(st.sampled_from(Commitment)),
        draw(st.sampled_from([("all",), ("car",), ("truck", "bus"), ("asylum",), ("all", "asylum")])),
        draw(st.sampled_from([None, None, None, "FI", "RU"])),
        Span(None if start is None else at_hour(begins),
             None if length is None else at_hour(begins + length, draw(st.sampled_from(Grain)))),
        draw(st.booleans()), changes=draw(st.sampled_from([None, None, None, *Change])))
    words = f"words {draw(st.integers(1000, 9999))}"
    document = f"d{draw(st.integers(0, 20))}"
    return Statement(
        claim, Evidence(0, len(words), words, draw(st.sampled_from([Zone.BODY, Zone.BODY, Zone.HEADLINE]))),
        Source(document, document, draw(st.sampled_from(OUTLETS)), at_hour(told)), draw(st.sampled_from(SPEAKERS)),
        draw(st.sampled_from(Basis)), draw(st.sampled_from([0.3, 0.9])))


MANY = st.lists(statements(), max_size=12)
LANES = st.sampled_from([Lane.CAR, Lane.TRUCK, Lane.ASYLUM, Lane.RAIL_FREIGHT])


def cell(said: list[Statement], lane: Lane, hour: int) -> Cell:
    return settle(CROSSING, lane, said, START + timedelta(hours=hour), BOOK)


@given(MANY, HOURS, st.randoms(use_true_random=False))
def test_the_same_statements_in_any_order_give_the_same_board(said: list[Statement], hour: int, dice: object) -> None:
    question = Question(at_hour(hour))
    shuffled = list(said)
    dice.shuffle(shuffled)  # type: ignore[attr-defined]
    first = board([CROSSING], said, question, BOOK)
    assert first == board([CROSSING], shuffled, question, BOOK)
    assert {c.lane for c in first.cells} == {*ROAD_LANES, Lane.ASYLUM}


@given(MANY, LANES, HOURS, st.data())
def test_an_echo_changes_no_cell(said: list[Statement], lane: Lane, hour: int, data: st.DataObject) -> None:
    """An echo: what was first said, in the same words of the same speaker, in an outlet that is not on the list, within a day."""
    first_told = [u.tellings[0] for u in utterances(CROSSING, said, BOOK)]
    if not first_told:
        return
    one = data.draw(st.sampled_from(first_told))
    assert one.source.published
    later = Moment(one.source.published.start + timedelta(hours=data.draw(st.integers(1, 24))), Grain.MINUTE, "Europe/Helsinki")
    source = replace(one.source, document="echo", digest="echo", publisher="Echo", published=later)
    echo = replace(one, source=source, id="")
    assert cell([*said, echo], lane, hour) == cell(said, lane, hour)


@given(MANY, LANES, HOURS, HOURS, st.sampled_from([State.OPEN, State.CLOSED, State.RESTRICTED]), st.sampled_from(Commitment), st.booleans())
def test_a_lone_unknown_outlet_flips_no_cell(
        said: list[Statement], lane: Lane, hour: int, told: int, state: State, commitment: Commitment, quotes: bool) -> None:
    """Where no other outlet off the list says the same, a stranger's word changes no state, whomever it quotes."""
    known = [s for s in said if s.source.publisher in ("Yle", "Daily") and s.evidence.zone is Zone.BODY and s.confidence > 0.5]
    source = Source("lone", "lone", "Stranger", at_hour(told))
    claim = Status(("salla",), "FI-RU", state, commitment, (str(lane),), span=Span(at_hour(told)))
    lone = Statement(claim, Evidence(0, 11, "lone words 1"[:11]), source, SPEAKERS[1] if quotes else None)
    before, after = cell(known, lane, hour), cell([*known, lone], lane, hour)
    assert after.state is before.state
    assert (after.since, after.until, after.hours) == (before.since, before.until, before.hours)


@given(MANY, LANES, HOURS)
def test_open_never_comes_from_nothing(said: list[Statement], lane: Lane, hour: int) -> None:
    found = cell(said, lane, hour)
    assert found.because
    if found.state in (State.OPEN, State.CLOSED, State.RESTRICTED):
        assert found.supports or found.inferred
    by_id = {s.id: s for s in said}
    assert all(by_id[i].claim.kind == "status" for i in (*found.supports, *found.against, *found.unconfirmed))
    assert not set(found.supports) & set(found.against)


@given(st.lists(statements().filter(lambda s: s.claim.commitment not in (  # type: ignore[union-attr]
    Commitment.IN_EFFECT, Commitment.ORDERED, Commitment.ENDED)), max_size=8), LANES, HOURS)
def test_a_plan_is_never_an_event(said: list[Statement], lane: Lane, hour: int) -> None:
    assert cell(said, lane, hour).state is State.UNKNOWN


@settings(max_examples=50)
@given(MANY, LANES)
def test_a_text_asked_about_itself_never_raises(said: list[Statement], lane: Lane) -> None:
    undated = [replace(s, source=replace(s.source, published=None, document="one"), id="") for s in said]
    assert settle(CROSSING, lane, undated, None, BOOK).crossing == "salla"


@given(MANY, HOURS, st.sampled_from([0, 0, 0, 60, 365, 366, 379]), st.floats(0, 1), st.floats(0, 1))
def test_between_two_turns_no_cell_changes(said: list[Statement], hour: int, days: int, one: float, other: float) -> None:
    at = START + timedelta(hours=hour, days=days, minutes=17)
    heard = hear(CROSSING, said, at, BOOK)
    first, end = stays(turns(heard, BOOK.policy), at, CROSSING.zone)
    assert first <= at < end
    length = end - first - timedelta.resolution
    answers = [cells_of(heard, first + length * part, None, BOOK) for part in (0.0, one, other, 1.0)]
    assert all(answer == cells_of(heard, at, None, BOOK) for answer in answers)


def test_a_turn_stands_alone_and_a_day_ends_at_midnight_here() -> None:
    marks = [START, START + timedelta(hours=2)]
    assert stays(marks, START, CROSSING.zone) == (START, START + timedelta.resolution)
    assert stays(marks, START + timedelta(hours=1), CROSSING.zone) == (START + timedelta.resolution, START + timedelta(hours=2))
    first, end = stays([], START + timedelta(hours=12, minutes=5), CROSSING.zone)
    assert end - first <= timedelta(days=1)
