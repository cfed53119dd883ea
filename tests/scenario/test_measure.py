"""The error of a run beside the register, worked out by hand."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest

from pasvik.scenario.cohort.run import run
from pasvik.scenario.flee.folder import parse_folder
from pasvik.scenario.flee.measure import averaged_difference, constant_share, measure, rescaled
from pasvik.scenario.flee.out import out_csv
from pasvik.scenario.flee.plan import Mode, make_model
from pasvik.scenario.flee.register import parse_register
from pasvik.scenario.flee.settings import Settings

REGISTER = [[10, 10], [20, 20], [30, 10], [0, 0]]


@pytest.mark.parametrize(("run_of", "first", "expected"), [
    (REGISTER, 0, 0.0),
    ([[20, 0], [40, 0], [40, 0], [0, 0]], 0, (1.0 + 1.0 + 0.5 + 0.0) / 4),
    ([[0, 0], [0, 0], [0, 0], [3, 0]], 0, (1 + 1 + 1 + 3) / 4),         # nobody registered: people off against one
    ([[20, 0], [40, 0], [40, 0], [0, 0]], 2, 0.25),
])
def test_the_averaged_relative_difference(run_of, first: int, expected: float) -> None:
    assert averaged_difference(run_of, REGISTER, first) == pytest.approx(expected)


def test_rescaling_sets_the_total_of_each_day() -> None:
    assert rescaled([[1, 3], [0, 0]], [[10, 10], [5, 5]]) == [[5.0, 15.0], [0, 0]]


def test_the_baseline_keeps_the_shares_of_the_day_before() -> None:
    assert constant_share(REGISTER, 2) == [[15.0, 5.0], [30.0, 10.0], [30.0, 10.0], [0.0, 0.0]]
    assert measure(REGISTER, REGISTER, 2).constant_share == pytest.approx((0.5 + 0.0) / 2)
    assert measure(REGISTER, REGISTER).constant_share is None


def test_between_reports_straight_lines_and_a_recount_scales_what_was_before() -> None:
    texts = {"source_data/data_layout.csv": "total,all.csv\nCamp,a.csv\nTwo,b.csv,c.csv\n", "source_data/all.csv": "2024-01-01,0\n",
             "source_data/a.csv": "2024-01-01,100\n2024-01-03,200\n2024-01-05,100\n", "source_data/b.csv": "2024-01-01,10\n2024-01-03,20\n",
             "source_data/c.csv": "2024-01-01,1\n2024-01-05,9\n", "registration_corrections.csv": "Camp,2024-01-05,normalize\n"}
    found: list = []
    register = parse_register(texts, date(2024, 1, 1), 6, Settings(), found)
    assert register.camps["Camp"] == (50, 75, 100, 100, 100, 100)        # the recount found half of what had been counted
    assert register.camps["Two"] == (11, 18, 25, 27, 29, 29)
    assert register.merged_as_flee["Two"] == (11, 16, 21, 21, 21, 21)    # the peer's merging loses the second file's last report
    assert any("Two is the sum of 2 files" in one.what for one in found)


def rows_of(folder, mode: Mode) -> list[dict[str, str]]:
    told = "2024-01-01,60\n2024-01-06,660\n"
    instance, _ = parse_folder(folder(**{"source_data/camp__csv": told, "source_data/all__csv": told}))
    text = out_csv(instance, run(make_model(instance, mode), 1, plain=True), mode)
    return list(csv.DictReader(io.StringIO(text)))


def test_out_csv_in_the_form_of_the_peer_and_corrected(folder) -> None:
    here, peer = rows_of(folder, Mode()), rows_of(folder, Mode(as_flee=True))
    assert list(here[0]) == list(peer[0]) == ["Day", "Date", "Camp sim", "Camp data", "Camp error", "Total error", "refugees in camps (UNHCR)",
                                              "total refugees (simulation)", "raw UNHCR refugee count", "refugees in camps (simulation)", "refugee_debt"]
    assert (here[0]["Date"], peer[0]["Date"]) == ("2024-01-01", "2024-01-02")
    assert (here[5]["raw UNHCR refugee count"], peer[5]["raw UNHCR refugee count"]) == ("660", "720")     # the peer counts day 0 twice
    last = here[5]
    assert float(last["Total error"]) == pytest.approx(abs(int(last["Camp sim"]) - 660) / 660)
    assert int(last["total refugees (simulation)"]) == 660
