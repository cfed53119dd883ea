"""Forecasts written down and scored, every set of closures with resume, and what the answers hang on."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from pasvik.app.settings import Settings
from pasvik.app.whatif import forecast
from pasvik.app.whatif.ask import Words, asked
from pasvik.app.whatif.backtest import Backtest, backtest, weigh
from pasvik.app.whatif.border import Asked, consequence, plan
from pasvik.app.whatif.study import calibrate, sensitivity
from pasvik.app.whatif.sweep import Sweep, sweep
from pasvik.app.wiring import House, open_house
from pasvik.cli.main import app
from pasvik.sources.curated import parse
from pasvik.terms.capture import Fault, Trouble
from pasvik.terms.place import Lane

pytestmark = pytest.mark.xdist_group("whatif")
SHUT = Words((("close", "salla", ""), ("close", "vartius", ""), ("close", "kuusamo", "")), "2023-11-24", known="2023-11-22", days=5, futures=60)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    """On the eve of 24 November 2023, as far as the clock goes; the record holds what came after."""
    return open_house(Settings(tmp_path_factory.mktemp("home"), now="2023-11-23T12:00+02:00"), keep=True)


@pytest.fixture(scope="module")
def tried(house: House) -> Backtest:
    return backtest(house)


def ask(house: House, words: Words) -> Asked:
    found = asked(house, words)
    assert isinstance(found, Asked), found
    return found


def registered(house: House, words: Words) -> forecast.Scored:
    found = weigh(house, ask(house, words))
    assert not isinstance(found, Fault)
    return forecast.scored(house, forecast.register(house, *found))


def test_a_forecast_is_kept_apart_and_scored_by_the_counts(house: House) -> None:
    said = len(house.ledger.history("raja-jooseppi", border="FI-RU"))
    found = registered(house, SHUT)
    assert len(house.ledger.history("raja-jooseppi", border="FI-RU")) == said
    assert found.note.kind == "forecast" and house.ledger.verify() == []
    assert found.state == "scored"
    assert not forecast.made_after(found.note)
    assert {(id, day.day): people for id, day, people, _ in found.scores}["raja-jooseppi", 25] == 55
    again = forecast.scored(house, forecast.forecasts(house)[0])
    assert again.scores == found.scores


def test_what_did_not_happen_is_void_and_what_is_not_counted_is_awaited(house: House) -> None:
    void = registered(house, Words((("close", "raja-jooseppi", ""),), "2023-11-24", known="2023-11-22", days=3, futures=20))
    assert (void.state, void.scores) == ("void", ())
    assert "shut was supposed" in void.why
    awaited = registered(house, Words((("close", "raja-jooseppi", ""),), "2024-11-24", known="2023-11-22", days=2, futures=20))
    assert awaited.state == "awaited"


def test_registering_the_same_twice_is_registering_once(house: House) -> None:
    fixed = replace(SHUT, basis=house.ledger.basis())
    registered(house, fixed)
    before = len(forecast.forecasts(house))
    registered(house, fixed)
    assert len(forecast.forecasts(house)) == before


ARRIVED = """
{"kind": "status", "crossings": ["koidula"], "border": "EE-RU", "state": "closed", "commitment": "ordered", "lanes": ["all", "asylum"], "from": "2024-10-05"}
{"kind": "count", "people": {"count": 12}, "what": "arrivals", "crossings": ["narva"], "border": "EE-RU", "from": "2024-10-05", "until": "2024-10-05"}
"""


def test_counts_that_arrive_score_a_forecast_that_was_awaited(tmp_path: Path) -> None:
    own = open_house(Settings(tmp_path, now="2024-10-01T12:00+02:00"), keep=True)
    found = plan(own, ask(own, Words((("close", "koidula", ""),), "2024-10-05", days=2, futures=20, demand="10")))
    assert not isinstance(found, Fault)
    note = forecast.register(own, consequence(own, found), Backtest((), (), (), (), np.zeros((1, 1)), 0))
    assert forecast.scored(own, note).state == "awaited"
    lines = [json.dumps({"source": {"url": "https://example.org/", "published": "2024-10-06", "publisher": "ERR", "words": f"{number}. Told."},
                         "time_zone": "Europe/Tallinn", "statement": json.loads(line)}) for number, line in enumerate(ARRIVED.strip().splitlines())]
    kept, faults = parse("\n".join(lines), "case")
    assert not faults
    own.ledger.append_many(((document, [statement]) for document, statement in kept), recorded=own.now())
    again = forecast.scored(own, note)
    assert again.state == "scored", again.why
    assert [(id, people) for id, _, people, _ in again.scores] == [("narva", 12)]


def test_the_commands_say_so(house: House) -> None:
    home = str(house.settings.home)
    done = CliRunner().invoke(app, ["whatif", "close", "salla", "--from", "2023-11-24", "--known", "2023-11-22", "--days", "2", "--futures", "20",
                                    "--register", "--home", home])
    assert done.exit_code == 0, done.output
    listed = CliRunner().invoke(app, ["whatif", "forecasts", "--home", home])
    assert "no forecast" in listed.output, "written down years after its first day"
    told = json.loads(CliRunner().invoke(app, ["whatif", "forecasts", "--json", "--home", home]).output)
    assert {one["state"] for one in told} <= {"scored", "void", "awaited"}


def swept(house: House, **more: object) -> Sweep:
    found = sweep(house, ask(house, Words(border="NO-RU", known="2015-11-25", days=3, futures=30)), **more)  # type: ignore[arg-type]
    assert isinstance(found, Sweep)
    return found


def test_every_set_of_closures_in_order_and_the_same_on_any_executor(house: House) -> None:
    found = swept(house)
    assert [one["shut"] for one in found.sets] == [[], ["storskog"]]
    assert found.sets[0]["taken_in"][1] > found.sets[1]["taken_in"][1], "Storskog alone took people in that autumn"
    with ThreadPoolExecutor(2) as executor:
        assert swept(house, executor=executor).sets == found.sets


def test_a_sweep_that_was_killed_goes_on_where_it_stood(house: House, tmp_path: Path) -> None:
    file, told = tmp_path / "sets.jsonl", []
    whole = swept(house, kept=file)
    lines = file.read_text().splitlines()
    assert len(lines) == 3
    file.write_text(f"{lines[0]}\n{lines[1]}\n{lines[2][:20]}")
    again = swept(house, kept=file, progress=lambda done, of: told.append((done, of)))
    assert again.sets == whole.sets
    assert told == [(2, 2)], "only the half line was computed again"
    assert swept(house, kept=file, progress=lambda done, of: told.append((0, 0))).sets == whole.sets
    assert (0, 0) not in told
    file.write_text('{"another": "question"}\n')
    with pytest.raises(Trouble, match="another question"):
        swept(house, kept=file)


def test_a_border_of_too_many_points_is_refused(house: House) -> None:
    found = sweep(house, ask(house, Words(border="MD-UA", lane="car", known="2023-11-22", days=2, futures=20, demand="5")))
    assert isinstance(found, Fault)
    assert "too many to compare" in found.what


def test_sensitivity_finds_what_the_answer_hangs_on(house: House) -> None:
    pytest.importorskip("SALib")
    made = plan(house, ask(house, SHUT))
    assert not isinstance(made, Fault)
    found = {one.name: one for one in sensitivity(made, 8)}
    assert set(found) == {one.name for one in made.assumed.ranges}
    assert found["surge"].total == 0.0 and found["steered"].total == 0.0, "unsteered: nothing hangs on steering"
    assert max(found, key=lambda name: found[name].total) in ("level", "persist_days", "drift", "go", "far_km", "intake", "day_shape", "bus", "informed")


def test_calibration_goes_on_from_its_file(house: House, tried: Backtest, tmp_path: Path) -> None:
    pytest.importorskip("emcee")
    file = tmp_path / "chain"
    found = calibrate(house, tried, Lane.CAR, 2, kept=file)
    assert all(one.after[0] <= one.after[1] for one in found)
    size = file.stat().st_size
    calibrate(house, tried, Lane.CAR, 2, kept=file)
    assert file.stat().st_size > size
    file.write_text("no chain")
    with pytest.raises(Trouble, match="no file of a calibration"):
        calibrate(house, tried, Lane.CAR, 2, kept=file)


def test_a_file_that_cannot_be_written_is_said_before_anything_runs(house: House, tried: Backtest, tmp_path: Path) -> None:
    for file in (tmp_path / "no" / "sets.jsonl", tmp_path):
        with pytest.raises(Trouble, match="cannot be written"):
            swept(house, kept=file)
        with pytest.raises(Trouble, match="cannot be written"):
            calibrate(house, tried, Lane.CAR, 2, kept=file)
