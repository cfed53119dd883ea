"""What-ifs on the shipped record: what is supposed goes through the board and stays out of the ledger, and every number can be made again."""

from __future__ import annotations

import csv
import io
import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pasvik.app.settings import Settings
from pasvik.app.whatif.ask import Words, asked
from pasvik.app.whatif.backtest import Backtest, backtest, parse_steps, pool, verdict, weigh
from pasvik.app.whatif.border import Asked, Consequence, consequence, plan
from pasvik.app.whatif.shape import address, consequence_to_json, to_csv, to_parquet
from pasvik.app.wiring import House, open_house
from pasvik.cli.main import app
from pasvik.scenario.border.trial import BASELINES, ENGINE
from pasvik.terms.capture import Fault
from pasvik.terms.place import Lane

pytestmark = pytest.mark.xdist_group("whatif")
LAST = Words((("close", "Raja-Jooseppi", ""),), "2023-11-30", known="2023-11-27", days=4, futures=60)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    return open_house(Settings(tmp_path_factory.mktemp("home"), now="2026-11-25T12:00+02:00"))


@pytest.fixture(scope="module")
def tried(house: House) -> Backtest:
    return backtest(house)


def ask(house: House, words: Words) -> Asked:
    found = asked(house, words)
    assert isinstance(found, Asked), found
    return found


def weighed(house: House, words: Words) -> Consequence:
    made = plan(house, ask(house, words))
    assert not isinstance(made, Fault), made
    return consequence(house, made)


def here(found: Consequence, id: str) -> int:
    return found.plan.network.ids.index(id)


def test_what_is_supposed_never_enters_what_was_said(house: House) -> None:
    before = house.ledger.head(), len(house.ledger.history("raja-jooseppi"))
    found = weighed(house, LAST)
    assert (house.ledger.head(), len(house.ledger.history("raja-jooseppi"))) == before
    at = (found.plan.first - found.plan.base).days
    assert str(found.plan.before["raja-jooseppi"][at].cell.state) == "open"
    cell = found.plan.after["raja-jooseppi"][at].cell
    assert str(cell.state) == "closed"
    assert house.ledger.statement(cell.supports[0]) is None


def test_the_last_gate_shuts_and_nobody_is_taken_in_there(house: House) -> None:
    found = weighed(house, LAST)
    rows = found.every[0].arrived[here(found, "raja-jooseppi")]
    assert all(high == 0 for _, _, high in rows)
    assert found.still.arrived[here(found, "raja-jooseppi")][0][2] > 0
    lost = [one.crossing.id for one in found.access if one.before.share > 0 and one.after.share <= 0]
    assert lost == ["raja-jooseppi"]


def test_only_what_was_known_then_counts(house: House) -> None:
    early, late = (weighed(house, replace(LAST, known=known)) for known in ("2023-11-24T00:00+02:00", "2023-11-27"))
    assert early.plan.demand.last == date(2023, 11, 23)
    assert late.plan.demand.last == date(2023, 11, 27)
    assert {one.first for one in late.counted} == set(), "nothing was counted on those days"


def test_unknown_is_never_taken_as_open(house: House) -> None:
    found = weighed(house, LAST)
    assert "storskog" in found.plan.unknown
    assert all(high == 0 for one in found.every for _, _, high in one.arrived[here(found, "storskog")])
    assert found.unknown_access >= 1


def test_where_people_were_counted_lately_doing_nothing_goes_on(house: House) -> None:
    """On the eve of 30 November 2015 nobody had said whether Storskog takes applications, but dozens a day made them: shutting it takes that away."""
    found = weighed(house, Words((("close", "storskog", ""),), "2015-11-30", known="2015-11-29", days=2, futures=40))
    assert found.plan.carried == ("storskog",)
    assert str(found.plan.before["storskog"][-1].cell.state) == "unknown", "the cell stays unknown"
    assert found.still.arrived[here(found, "storskog")][0][1] > 3
    assert found.every[0].arrived[here(found, "storskog")][0][2] == 0


def test_travellers_are_not_steered_unless_somebody_says_so(house: House) -> None:
    found = weighed(house, Words((("close", "koidula", ""),), "2026-06-01", lane="car", days=2, futures=20))
    assert [one.case.name for one in found.every] == ["unsteered"]
    assert found.still.arrived[here(found, "koidula")][0][1] > 100, "no limit of intake is set where none is known"


def test_where_no_road_is_known_nobody_is_followed_and_it_is_said(house: House) -> None:
    found = weighed(house, Words((("close", "medyka", ""),), "2024-02-01", lane="car", demand="100", days=2, futures=20))
    assert found.plan.roadless == ("medyka",)
    assert "korczowa" in found.plan.unknown


def test_a_closure_that_lapsed_is_not_an_opening(house: House) -> None:
    """On 11 December 2023 nobody had yet said what holds from the 14th on: people had been counted at Salla, and it stays shut all the same."""
    found = weighed(house, Words((("reopen", "vaalimaa", ""),), "2023-12-14", known="2023-12-11", days=2, futures=20))
    assert str(found.plan.after["salla"][-1].cell.state) == "lapsed"
    assert found.plan.after["salla"][-1].share == 0.0
    assert "salla" in found.plan.unknown and "salla" not in found.plan.carried


@pytest.mark.parametrize(("words", "state", "hours"), [
    (Words((("reopen", "vaalimaa", ""),), "2023-12-03", known="2023-12-01", days=2, futures=20), "open", 24.0),
    (Words((("hours", "raja-jooseppi", "9-21"),), "2023-11-28", known="2023-11-26", days=2, futures=20), "open", 12.0),
    (Words((("restrict", "raja-jooseppi", "0.25"),), "2023-11-28", known="2023-11-26", days=2, futures=20), "restricted", 4.0),
    (Words((("close", "raja-jooseppi", ""),), "2023-11-28", lanes=("asylum",), known="2023-11-26", days=2, futures=20), "closed", 4.0),
])
def test_each_move_goes_through_the_board(house: House, words: Words, state: str, hours: float) -> None:
    found = weighed(house, words)
    day = found.plan.after[found.plan.asked.moves[0].crossing][-1]
    assert (str(day.cell.state), day.hours) == (state, hours)
    if state == "restricted":
        assert day.share == 0.25


def test_a_closing_within_a_day_counts_for_its_part(house: House) -> None:
    found = weighed(house, Words((("close", "raja-jooseppi", ""),), "2023-11-28T14:00+02:00", known="2023-11-26", days=2, futures=20))
    assert [round(day.share, 2) for day in found.plan.after["raja-jooseppi"][-2:]] == [0.5, 0.0]


def test_a_lane_shut_alone_leaves_the_others(house: House) -> None:
    words = Words((("close", "raja-jooseppi", ""),), "2023-11-28", lanes=("asylum",), known="2023-11-26", days=2, futures=20)
    cars = weighed(house, replace(words, lane="car", demand="100"))
    assert cars.plan.after["raja-jooseppi"][-1].share == 1.0
    assert [str(one.after.cell.state) for one in cars.access if one.crossing.id == "raja-jooseppi"] == ["closed"]


def test_the_same_address_gives_the_same_numbers_on_any_executor(house: House, tried: Backtest) -> None:
    question = ask(house, replace(LAST, basis=house.ledger.basis(), futures=600))
    with ThreadPoolExecutor(3) as executor:
        one, other = (weigh(house, question, with_) for with_ in (None, executor))
    assert not isinstance(one, Fault) and not isinstance(other, Fault)
    told = [json.dumps(consequence_to_json(found[0], False, ""), sort_keys=True) for found in (one, other)]
    assert told[0] == told[1]
    again = ask(house, replace(LAST, basis=house.ledger.basis(), futures=600, seed=1))
    third = weigh(house, again)
    assert not isinstance(third, Fault)
    assert json.dumps(consequence_to_json(third[0], False, ""), sort_keys=True) != told[0]


def test_an_old_basis_is_replayed_after_more_was_added(tmp_path: Path) -> None:
    from pasvik.app import collect
    own = open_house(Settings(tmp_path, now="2026-11-25T12:00+02:00"), keep=True)
    question = replace(ask(own, LAST), basis=own.ledger.basis())
    first = plan(own, question)
    collect.add(own, b"The Finnish government said Vaalimaa is open.\n900 asylum seekers arrived at Raja-Jooseppi on 26 November 2023.", "a.txt",
                "2023-11-26T12:00+02:00", "Yle")
    again = plan(own, question)
    assert not isinstance(first, Fault) and not isinstance(again, Fault)
    assert first.demand == again.demand
    assert first.after == again.after


def test_bounds_only_hides_the_middle_everywhere(house: House, tmp_path: Path) -> None:
    found = weighed(house, LAST)
    told = consequence_to_json(found, True, "because")
    assert {edge[1] for one in told["crossings"] for edge in one["do_nothing"]} == {None}
    rows = list(csv.reader(io.StringIO(to_csv(found, True).split("\n", 1)[1])))
    assert rows[0] == ["date", "crossing", "steering", "what", "low", "middle", "high"]
    assert {row[5] for row in rows[1:]} == {""}
    assert json.loads(to_csv(found, True).split("\n", 1)[0][2:])["seed"] == 0


def test_parquet_holds_the_same_rows_and_a_manifest(house: House, tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    found, file = weighed(house, LAST), tmp_path / "bands.parquet"
    to_parquet(found, False, file)
    rows = duckdb.sql(f"select count(*), sum(high) from '{file}'").fetchall()[0]
    told = list(csv.reader(io.StringIO(to_csv(found, False).split("\n", 1)[1])))[1:]
    assert rows == (len(told), sum(float(row[6]) for row in told))
    assert json.loads((tmp_path / "bands.parquet.json").read_text())["known"] == found.plan.asked.known.iso()  # type: ignore[union-attr]


@pytest.mark.parametrize(("words", "sentence"), [
    (Words(), "suppose something"),
    (Words(border="FI-NO-RU"), "name a border"),
    (Words((("close", "nowhere-at-all", ""),)), "is not in the gazetteer"),
    (Words((("destroy", "salla", ""),)), "no move 'destroy'"),
    (Words((("close", "salla", ""), ("reopen", "salla", ""))), "moved twice"),
    (Words((("close", "salla", ""),), "2023"), "names no day"),
    (Words((("close", "salla", ""),), "30.11.2023"), "not a date"),
    (Words((("close", "salla", ""),), "9999-01-01"), "outside 1990-2100"),
    (Words((("close", "salla", ""),), known="2023-13-01"), "known"),
    (Words((("restrict", "salla", "1.5"),)), "above 0 and up to 1"),
    (Words((("restrict", "salla", "nan"),)), "above 0 and up to 1"),
    (Words((("hours", "salla", "noon"),)), "not a time of day"),
    (Words((("hours", "salla", "10-10"),)), "not a time of day"),
    (Words((("close", "salla", ""),), steer=(("salla", "pushed"),)), "is not one of unsteered, steered, blocked"),
    (Words((("close", "salla", ""),), steer=(("salla", "steered"), ("Salla", "blocked"))), "two ways"),
    (Words((("close", "salla", ""),), lane="boat"), "no lane"),
    (Words((("close", "salla", ""),), lanes=("sledge",)), "no lane"),
    (Words((("close", "salla", ""),), demand="-3"), "outside 0 to 1000000"),
    (Words((("close", "salla", ""),), demand="many"), "not a number"),
    (Words((("close", "salla", ""),), demand="inf"), "outside 0 to 1000000"),
    (Words((("close", "salla", ""),), basis=-1), "not a position"),
    (Words((("close", "salla", ""),), seed=-1), "seed"),
    (Words(tuple(("close", "salla", "") for _ in range(13))), "too many"),
])
def test_what_cannot_be_asked_is_said_in_one_sentence(house: House, words: Words, sentence: str) -> None:
    found = asked(house, words)
    assert isinstance(found, Fault)
    assert sentence in found.what


@pytest.mark.parametrize(("change", "sentence"), [
    ({"until": "2023-11-29"}, "ends (2023-11-29) before it starts (2023-11-30)"),
    ({"days": 0}, "outside 1 to 60"), ({"days": 61}, "outside 1 to 60"), ({"futures": 1}, "outside 20"), ({"futures": 10**9}, "outside 20"),
    ({"lane": "pedestrian"}, "serves no lane pedestrian"), ({"moves": (("close", "vainikkala", ""),)}, "serves no lane asylum"),
    ({"moves": (("close", "kaplava", ""),), "lane": "car"}, "no coordinate"),
])
def test_what_cannot_be_run_is_said_in_one_sentence(house: House, change: dict[str, object], sentence: str) -> None:
    found = plan(house, ask(house, replace(LAST, **change)))  # type: ignore[arg-type]
    assert isinstance(found, Fault)
    assert sentence in found.what


def test_a_million_a_day_is_a_correct_run(house: House) -> None:
    found = weighed(house, replace(LAST, demand="1000000", days=2, futures=20))
    assert found.every[0].waiting[-1][2] > 100_000


def test_the_steps_of_the_past_are_tried_with_what_was_known(tried: Backtest) -> None:
    scored = {one.told.id: len(one.judged) for one in tried.tried}
    assert scored["south-east"] >= 8
    assert scored["all-but-one"] == 5
    assert min(scored[id] for id in ("storskog-2015", "the-last", "two-open", "two-shut", "storskog-december", "storskog-january")) >= 1
    assert [one.missing[:10] for one in tried.tried if one.told.id == "narva-2024"] == ["the counts"]
    every = [each for one in tried.tried for each in one.judged]
    assert {name for each in every for name, _ in each.scores} == {ENGINE, *BASELINES}
    came = {(each.step, each.target.crossings, each.target.first.day): each.target.people for each in every}
    assert came["all-but-one", ("raja-jooseppi",), 25] == 55
    assert came["south-east", ("vartius",), 18] == 67
    assert came["two-shut", ("vaalimaa",), 15] == 124


def test_the_first_step_is_forecast_from_nothing_but_assumptions(house: House, tried: Backtest) -> None:
    """No step before it: the pool is as drawn. Later pools have moved, and only by what was known."""
    told = {one.told.id: one.told for one in tried.tried}
    first = pool(house, tried, Lane.ASYLUM, told["storskog-2015"].known)
    later = pool(house, tried, Lane.ASYLUM, told["two-shut"].known)
    assert sorted(first[0]) == sorted(tried.scores[0])
    assert sorted(later[0]) != sorted(tried.scores[0])


def test_the_verdict_follows_the_scores(tried: Backtest) -> None:
    sums = {one.name: one for one in tried.asylum}
    bounds_only, why = verdict(tried, Lane.ASYLUM)
    beaten = all(sums[name].crps > sums[ENGINE].crps and sums[name].log < sums[ENGINE].log for name in BASELINES)
    assert bounds_only == (not beaten or sums[ENGINE].nine_tenths < 0.75)
    assert why
    assert verdict(replace(tried, asylum=()), Lane.ASYLUM)[0], "nothing scored: bounds only"
    sure = tuple(replace(one, crps=1.0, log=-1.0, nine_tenths=0.9) if one.name == ENGINE else one for one in tried.asylum)
    assert not verdict(replace(tried, asylum=sure), Lane.ASYLUM)[0]
    blind = tuple(replace(one, nine_tenths=0.3) if one.name == ENGINE else one for one in sure)
    assert verdict(replace(tried, asylum=blind), Lane.ASYLUM)[0]


@pytest.mark.parametrize(("text", "words"), [("[[step]]\nid='a'", "step 'a'"), ("step = [", "backtest.toml"),
                                             ("[[step]]\nid='a'\nname='b'\nborder='FI-RU'\nfirst='x'\nknown='2023-11-17'\ndays=1", "step 'a'")])
def test_a_wrong_step_is_named(text: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        parse_steps(text)


def test_the_command_says_all_that_must_stand_beside_a_number(house: House) -> None:
    home = str(house.settings.home)
    done = CliRunner().invoke(app, ["whatif", "close", "raja-jooseppi", "--from", "2023-11-30", "--known", "2023-11-27", "--days", "3", "--futures", "60",
                                    "--steer", "raja-jooseppi=blocked", "--home", home])
    assert done.exit_code == 0, done.output
    for words in ("said by nobody", "doing nothing", "raja-jooseppi blocked", "Where a person can still apply for asylum", "unknown is not taken for open",
                  "Bounds only", "not an official source", "Again: /whatif?close=raja-jooseppi"):
        assert words in done.output
    wrong = CliRunner().invoke(app, ["whatif", "close", "raja-jooseppi", "--steer", "raja-jooseppi", "--home", home])
    assert wrong.exit_code == 2
    assert "write it as CROSSING=steered" in wrong.output


def test_the_backtest_command_lists_every_step(house: House) -> None:
    home = str(house.settings.home)
    done = CliRunner().invoke(app, ["whatif", "backtest", "--home", home])
    assert done.exit_code == 0, done.output
    for words in ("24 November 2023", "nobody moves", "all to the next open crossing", "last week's shares", "not a blind test", "not tried"):
        assert words in done.output
    told = json.loads(CliRunner().invoke(app, ["whatif", "backtest", "--json", "--home", home]).output)
    assert set(told["verdict"]) == {"asylum", "travellers"}


def test_the_address_says_everything(house: House) -> None:
    words = Words((("restrict", "salla", "0.5"), ("restrict", "vartius", "0.5")), "2023-11-22", "2023-11-30", known="2023-11-20", basis=5, demand="40",
                  steer=(("salla", "steered"),), lane="car", days=3, futures=50, seed=9)
    told = address(ask(house, words))
    for part in ("restrict=salla@0.5", "restrict=vartius@0.5", "from=2023-11-22", "until=2023-11-30", "basis=5", "demand=40", "steer=salla:steered",
                 "lane=car", "days=3", "futures=50", "seed=9"):
        assert part in told
