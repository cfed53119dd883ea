"""Groups before gates: nobody is lost, the same seed gives the same numbers, and each steering does what its word says."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pasvik.scenario.border.assume import Assumed
from pasvik.scenario.border.bands import Case, bands, cases, envelope, joined
from pasvik.scenario.border.flow import Flow, Setting, run_batch
from pasvik.scenario.border.future import BLOCKED, STEERED

NAMES = ("arrived", "waiting", "gave_up", "elsewhere", "came")
SHUT_ON_THE_THIRD = "ooo ooo #oo #oo #oo #oo #oo #oo"


def ran(assumed: Assumed, setting: Setting, seed: int = 1, futures: int = 60, scenario: int = 0, plain: bool = True) -> Flow:
    return run_batch(assumed, setting, None, seed, scenario, 0, futures, plain)


def same(one: Flow, other: Flow) -> bool:
    return all((getattr(one, name) == getattr(other, name)).all() for name in NAMES)


@settings(max_examples=25, deadline=None)
@given(days=st.lists(st.text("#o/", min_size=3, max_size=3), min_size=1, max_size=6), steering=st.tuples(*[st.integers(0, 2)] * 3),
       seed=st.integers(0, 9), level=st.tuples(*[st.sampled_from((0.0, 3.0, 80.0))] * 3))
def test_nobody_is_lost(days, steering, seed, level) -> None:
    from tests.scenario.border.conftest import KM, TEXT  # the strategy needs the values, not the fixtures

    from pasvik.scenario.border.assume import parse_assumed
    share = np.array([[{"#": 0.0, "o": 1.0, "/": 0.5}[gate] for gate in day] for day in days])
    setting = Setting(np.array(KM), np.array([200.0, 300.0, 900.0]), np.array(level), share, share * 8, np.zeros(share.shape, bool),
                      np.zeros((3, 3), bool), steering)
    flow = run_batch(parse_assumed(TEXT), setting, None, seed, 0, 0, 8, True)
    kept = flow.arrived.sum(axis=2).cumsum(axis=1) + flow.waiting + flow.gave_up + flow.elsewhere
    assert (kept == flow.came).all()
    assert (flow.arrived >= 0).all() and (flow.waiting >= 0).all()
    assert not flow.arrived[:, share <= 0].any(), "nobody is taken in at a gate that is shut all day"


def test_the_same_seed_gives_the_same_numbers_and_another_does_not(assumed, gates) -> None:
    setting = gates(SHUT_ON_THE_THIRD)
    assert same(ran(assumed, setting), ran(assumed, setting))
    assert not same(ran(assumed, setting), ran(assumed, setting, seed=2))


def test_scenarios_meet_the_same_demand(assumed, gates) -> None:
    one, other = ran(assumed, gates(SHUT_ON_THE_THIRD)), ran(assumed, gates("ooo " * 8), scenario=3)
    assert (one.came == other.came).all()
    assert not (one.arrived == other.arrived).all()


def test_a_shut_gate_sends_people_on_and_some_give_up(assumed, gates) -> None:
    flow = ran(assumed, gates(SHUT_ON_THE_THIRD))
    assert flow.arrived[:, :2, 1].sum() == 0, "nobody was bound for the second gate"
    assert flow.arrived[:, 2:, 1].sum() > 0
    assert flow.gave_up[:, -1].sum() > 0 and flow.elsewhere[:, -1].sum() > 0 and flow.waiting[:, -1].sum() > 0


def test_where_all_is_shut_nobody_comes_in(assumed, gates) -> None:
    flow = ran(assumed, gates("### " * 5))
    assert not flow.arrived.any()
    assert flow.came[:, -1].sum() > 0


def test_those_who_wait_come_when_their_gate_opens(assumed, gates) -> None:
    flow = ran(assumed, gates("### ### ### ### o##", level=(40.0, 0.0, 0.0)))
    first_day = flow.arrived[:, 4, 0].sum()
    steady = ran(assumed, gates("o## " * 5, level=(40.0, 0.0, 0.0))).arrived[:, 4, 0].sum()
    assert first_day > steady


def test_steering_sends_most_to_one_gate_and_blocking_keeps_them_from_it(assumed, gates) -> None:
    far = {code: ran(assumed, gates(SHUT_ON_THE_THIRD, (40.0, 0.0, 0.0), (0, 0, code))).arrived[:, 2:, 2].sum() for code in (0, STEERED, BLOCKED)}
    assert far[STEERED] > 2 * far[0] > 0
    assert far[BLOCKED] < 0.5 * far[0]


def test_a_narrow_gate_lets_the_queue_grow(assumed, gates) -> None:
    setting = gates("o## " * 6, level=(400.0, 0.0, 0.0))
    narrow = Setting(**{**{name: getattr(setting, name) for name in Setting.__slots__}, "hours": setting.hours / 12})
    wide, tight = ran(assumed, setting), ran(assumed, narrow)
    assert tight.arrived.sum() < 0.5 * wide.arrived.sum()
    assert tight.waiting[:, -1].sum() > wide.waiting[:, -1].sum()


def test_a_bus_is_one_draw(assumed, gates) -> None:
    """Days on which a busload comes stand out: the scatter is far beyond that of single people."""
    flow = ran(assumed, gates("o## " * 10, level=(10.0, 0.0, 0.0)), futures=200)
    daily = flow.arrived[:, :, 0].ravel()
    assert daily.var() > 5 * daily.mean()
    assert (daily >= 50).any()


@pytest.mark.parametrize("futures", [1, 7])
def test_batches_join_to_what_they_were(assumed, gates, futures: int) -> None:
    setting = gates(SHUT_ON_THE_THIRD)
    parts = [run_batch(assumed, setting, None, 1, 0, batch, futures, True) for batch in range(3)]
    whole = joined(parts)
    assert len(whole.waiting) == 3 * futures
    assert (whole.arrived[:futures] == parts[0].arrived).all() and (whole.arrived[-futures:] == parts[2].arrived).all()


def test_a_pool_of_fitted_assumptions_is_what_futures_draw_from(assumed, gates) -> None:
    setting, ranges = gates("### " * 4), len(assumed.ranges)
    scores = np.zeros((ranges, 1))
    scores[0] = -9.0                                            # `go`: next to nobody goes on
    scores[1] = 9.0                                             # `wait`: everybody else waits
    flow = run_batch(assumed, setting, scores, 1, 0, 0, 40, True)
    assert flow.gave_up[:, -1].sum() + flow.elsewhere[:, -1].sum() < 0.02 * flow.came[:, -1].sum()


def test_bands_hold_nine_tenths_and_the_envelope_holds_every_case(assumed, gates) -> None:
    every = cases(("a", "b", "c"), {"c": BLOCKED}, ["a", "b", "c"])
    assert [one.name for one in every] == ["c blocked", "steered to a", "steered to b", "blocked on the way"]
    assert {one.codes[2] for one in every} == {BLOCKED}, "what was given stays"
    drawn = [bands(one, ran(assumed, gates(SHUT_ON_THE_THIRD, steering=one.codes), scenario=at)) for at, one in enumerate(every)]
    wide = envelope(drawn, 1)
    for one in drawn:
        assert all(low <= edge[0] <= edge[1] <= edge[2] <= high for (low, high), edge in zip(wide, one.arrived[1], strict=True))
    assert isinstance(drawn[0].case, Case)


def test_compiled_and_plain_give_the_same_numbers(assumed, gates) -> None:
    setting = gates(SHUT_ON_THE_THIRD, steering=(0, STEERED, BLOCKED))
    assert same(ran(assumed, setting, plain=True), ran(assumed, setting, plain=False))
