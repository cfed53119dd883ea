"""What is assumed can only be written sensibly; distances add up; scores are those of the books."""

from __future__ import annotations

from math import erf, exp, inf, log, pi, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.scenario.border.conftest import TEXT

from pasvik.scenario.border.assume import at_scores, parse_assumed
from pasvik.scenario.border.roads import great_circle_km, network
from pasvik.scenario.border.score import score
from pasvik.scenario.border.trial import baselines
from pasvik.terms.place import Crossing, Lane, Side


@pytest.mark.parametrize(("old", "new", "words"), [
    ("share = [0.15, 0.85]", "share = [0.85, 0.15]", "assume.go must run from low to high"),
    ("share = [0.15, 0.85]", "share = [0.15, 1.85]", "assume.go must run from low to high within 0 and 1"),
    ("share = [0.15, 0.85]", "portion = [0.15, 0.85]", "assume.go has none of share, number, plain"),
    ("[assume.go]", "[assume.goo]", "lacks or misspells 'go'"),
    ("[assume.bus]", "[assume.rocket]\nshare = [0.1, 0.2]\n[assume.bus]", "nobody reads assume.rocket"),
    ("small = [0.45, 0.35, 0.20]", "small = [0.45, 0.35, 0.30]", "must share out 1"),
    ("detour = 1.3", "detour = -1.3", "numbers above zero"),
    ("detour = 1.3", "detour = ", "whatif.toml:"),
])
def test_a_wrong_assumption_is_named(old: str, new: str, words: str) -> None:
    assert old in TEXT
    with pytest.raises(ValueError, match=words):
        parse_assumed(TEXT.replace(old, new, 1))


def test_the_edges_of_a_range_hold_nine_tenths(assumed) -> None:
    at_edge = at_scores(assumed, np.tile([-1.6448536, 1.6448536], (len(assumed.ranges), 1)))
    for one in assumed.ranges:
        assert at_edge[one.name] == pytest.approx([one.low, one.high], rel=1e-4)
        assert one.why, f"{one.name} says nothing of where it comes from"


def place(id: str, lat: float | None, lon: float | None) -> Crossing:
    return Crossing(id, id, Side("FI", id, id), Side("RU", id, id), frozenset({Lane.CAR}), lat, lon)


def test_roads_add_up_and_a_told_distance_goes_before_a_derived_one(assumed) -> None:
    near, far, nowhere = place("raja-jooseppi", 68.476, 28.473), place("salla", 66.9442, 29.0341), place("nowhere", None, None)
    made = network([near, far, nowhere], assumed)
    assert made.lost == ("nowhere",)
    assert made.km[0][0] == 0.0
    assert made.km[0][1] == made.km[1][0]
    murmansk_to_salla = made.km[0][1] - 231
    assert 300 < murmansk_to_salla < 600
    assert great_circle_km((68.476, 28.473), (66.9442, 29.0341)) < made.km[0][1] < inf


def test_a_crossing_that_no_road_names_is_joined_to_the_nearest_town_and_said_to_be_guessed(assumed) -> None:
    made = network([place("salla", 66.9442, 29.0341), place("new-gate", 65.9, 30.1)], assumed)
    assert made.guessed == ("new-gate",)
    assert made.km[0][1] < inf


def test_crps_of_a_normal_is_the_one_of_the_books() -> None:
    draws = np.abs(np.random.default_rng(1).normal(50.0, 3.0, 20_000))
    z = (54.0 - 50.0) / 3.0
    books = 3.0 * (z * (2 * 0.5 * (1 + erf(z / sqrt(2))) - 1) + 2 * exp(-z * z / 2) / sqrt(2 * pi) - 1 / sqrt(pi))
    assert score(draws, 54.0).crps == pytest.approx(books, rel=0.03)


@given(st.lists(st.integers(0, 400), min_size=1, max_size=50), st.integers(0, 400))
def test_scores_are_sane(people: list[int], came: int) -> None:
    found = score(np.array(people, dtype=float), came)
    assert -1e-9 <= found.crps <= max(abs(one - came) for one in people) + 1e-9
    assert log(1e-9) - 1e-9 <= found.log <= 0.0
    assert found.low <= found.middle <= found.high


def test_one_sure_future_scores_its_distance() -> None:
    assert score(np.array([7.0]), 3.0).crps == 4.0
    assert score(np.array([3.0]), 3.0).crps == 0.0


def test_the_three_dumb_baselines() -> None:
    km = [[0, 100, 900], [100, 0, 800], [900, 800, 0]]
    still, nearest, shares = baselines((60.0, 10.0, 30.0), (True, True, True), (False, True, True), km)
    assert still == (0.0, 10.0, 30.0)
    assert nearest == (0.0, 70.0, 30.0)
    assert shares == pytest.approx((0.0, 25.0, 75.0))
    reopened = baselines((40.0, 0.0, 0.0), (True, False, False), (False, True, False), km)
    assert reopened[2] == (0.0, 40.0, 0.0)
    assert baselines((5.0, 0.0, 0.0), (True, False, False), (False, False, False), km)[1] == (0.0, 0.0, 0.0)
