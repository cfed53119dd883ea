"""Laws of the counts: nobody is lost or made, the compiler changes no number, and counts behave as persons would."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pasvik.scenario.cohort.numeric import has_compiler, mark
from pasvik.scenario.cohort.run import run, run_many
from pasvik.scenario.flee.folder import parse_folder
from pasvik.scenario.flee.plan import Mode, make_model

KINDS = ("town", "conflict_zone", "camp", "forwarding_hub", "marker", "idpcamp")
NETWORK = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4), st.integers(1, 700)).filter(lambda road: road[0] != road[1]), min_size=1, max_size=8)
CLOSED = st.lists(st.tuples(st.sampled_from(("location", "link", "country")), st.integers(0, 4), st.integers(0, 4), st.integers(0, 7), st.integers(-1, 8)),
                  max_size=4)


def some_folder(folder, kinds, roads, closed, rules):
    places = "#name,region,country,lat,lon,type,conflict_date,pop\nP0,r,X,0,0,conflict_zone,0,500\n"
    places += "".join(f"P{at},r,{'XY'[at % 2]},0,0,{kind},0,{40 * at}\n" for at, kind in enumerate(kinds, 1))
    rows = "".join(f"{what},{'XY'[a % 2] if what == 'country' else f'P{a}'},{'XY'[b % 2] if what == 'country' else f'P{b}'},{start},{end}\n"
                   for what, a, b, start, end in closed)
    return folder(days=8, locations__csv=places, routes__csv="".join(f"P{a},P{b},{km},\n" for a, b, km in roads), closures__csv=rows,
                  conflicts__csv="#Day,P0\n" + "".join(f"{day},1\n" for day in range(8)), simsetting__yml="move_rules:\n" + rules)


RULES = st.sampled_from((
    "  avoid_short_stints: true\n", "  start_on_foot: true\n  avoid_short_stints: true\n", "  awareness_level: 3\n",
    "  awareness_level: 2\n  weight_power: 2.0\n  pruning_threshold: 2.0\n", "  max_move_speed: 35.5\n  avoid_short_stints: true\n"))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(kinds=st.lists(st.sampled_from(KINDS), min_size=4, max_size=4), roads=NETWORK, closed=CLOSED, rules=RULES, seed=st.integers(0, 2**40),
       policy=st.sampled_from(("orphaned", "at-border", "turn-back-now", "wait")), compat=st.sampled_from(("mpi", "serial")), as_flee=st.booleans())
def test_nobody_is_lost_and_nobody_is_made(folder, kinds, roads, closed, rules, seed, policy, compat, as_flee) -> None:
    instance, found = parse_folder(some_folder(folder, kinds, roads, closed, rules))
    assert not [one for one in found if one.level == "error"]
    model = make_model(instance, Mode(compat, as_flee, policy))
    outcome = run(model, seed, plain=True)
    assert outcome.people.min() >= 0
    people = sum(model.days.initial)
    for day in range(8):
        people += int(outcome.spawned[day])
        assert int(outcome.people[day].sum() + outcome.travelling[day]) == people
        assert int(outcome.spawned[day]) + int(outcome.unplaced[day]) - int(outcome.debt[day]) + (int(outcome.debt[day - 1]) if day else 0) \
            == model.days.demand[day]
    for day in range(8):                                        # nobody sets out on a closed road
        assert all(outcome.entered[day, road] == 0 for road in range(model.network.roads) if model.days.open[day * model.network.roads + road] == 0)


@pytest.mark.skipif(not has_compiler(), reason="the compiler (numba) is not installed")
@pytest.mark.parametrize("rules", ["  avoid_short_stints: true\n", "  awareness_level: 3\n  start_on_foot: true\n"])
def test_the_compiler_changes_no_number(folder, rules: str) -> None:
    roads = [(0, 1, 120), (1, 2, 90), (2, 3, 400), (0, 3, 300), (3, 4, 60), (1, 4, 800)]
    instance, _ = parse_folder(some_folder(folder, ("town", "camp", "forwarding_hub", "camp"), roads, [("link", 0, 1, 2, 5)], rules))
    for mode in (Mode(), Mode("serial", True), Mode(policy="wait")):
        model = make_model(instance, mode)
        for seed in range(5):
            fast, slow = run(model, seed), run(model, seed, plain=True)
            assert (fast.people == slow.people).all()
            assert (fast.entered == slow.entered).all()


def test_runs_depend_on_the_seed_and_their_number_only(folder) -> None:
    instance, _ = parse_folder(folder())
    model = make_model(instance, Mode())
    whole = run_many(model, 7, 6, plain=True, batch=6).people
    assert (run_many(model, 7, 6, plain=True, batch=2).people == whole).all()
    assert (run(model, 7, 4, plain=True).people == whole[4]).all()
    assert (run_many(model, 8, 6, plain=True).people != whole).any()


def test_the_mark_of_the_machine_code_follows_numbers_and_code() -> None:
    def made(source: str, number: int):
        space = {"NUMBER": number, "__name__": "x"}
        exec(source, space)
        return mark((space["f"],))
    one = made("def f(a): return a + NUMBER", 1)
    assert one == made("def f(a): return a + NUMBER", 1)
    assert one != made("def f(a): return a + NUMBER", 2)
    assert one != made("def f(a): return a - NUMBER", 1)
