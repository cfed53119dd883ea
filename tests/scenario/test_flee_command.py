"""`pasvik flee run` and `pasvik flee lint` on folders on disk."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pasvik.cli.main import app


@pytest.fixture
def on_disk(folder, tmp_path: Path):
    def write(**files: str) -> Path:
        for name, text in folder(**files).items():
            path = tmp_path / "case" / (name if "/" in name or name.endswith(".yml") else f"input_csv/{name}")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return tmp_path / "case"
    return write


def test_run_writes_files_that_repeat(on_disk, tmp_path: Path) -> None:
    case = str(on_disk())
    for out in ("one", "two"):
        done = CliRunner().invoke(app, ["flee", "run", case, "--plain", "--seed", "5", "--runs", "3", "--out", str(tmp_path / out)])
        assert done.exit_code == 0, done.output
        assert "averaged relative difference from day 0" in done.output
    for name in ("out.csv", "bands.csv", "manifest.json"):
        assert (tmp_path / "one" / name).read_text() == (tmp_path / "two" / name).read_text()
    manifest = json.loads((tmp_path / "one" / "manifest.json").read_text())
    assert (manifest["seed"], manifest["runs"], manifest["mode"]["compat"]) == (5, 3, "mpi")
    assert len((tmp_path / "one" / "bands.csv").read_text().splitlines()) == 1 + 6 * 3


def test_other_seeds_and_ways_of_running_differ(on_disk) -> None:
    case = str(on_disk())
    texts = {CliRunner().invoke(app, ["flee", "run", case, "--plain", "--out", "-", *more]).output
             for more in ([], ["--seed", "9"], ["--as-flee"], ["--days", "4"])}
    assert len(texts) == 4


def test_an_error_stops_the_run_and_names_the_row(on_disk) -> None:
    case = str(on_disk(routes__csv="Ash,Brich,10,\n"))
    done = CliRunner().invoke(app, ["flee", "run", case])
    assert done.exit_code == 1
    assert "routes.csv:1" in done.output
    assert "did you mean 'Birch'?" in done.output
    looked = CliRunner().invoke(app, ["flee", "lint", case, "--json"])
    assert looked.exit_code == 1
    assert [one["file"] for one in json.loads(looked.output) if one["level"] == "error"] == ["routes.csv"]


def test_lint_puts_two_readings_side_by_side(on_disk) -> None:
    done = CliRunner().invoke(app, ["flee", "lint", str(on_disk(closures__csv="location,Birch,Camp,0,3\n"))])
    assert done.exit_code == 0
    assert "read here as: all roads of Birch" in done.output
    assert "other reading: only the road Birch - Camp" in done.output


@pytest.mark.parametrize(("more", "words"), [(["--compat", "mip"], "--compat 'mip' is not one of mpi, serial"), (["--policy", "stay"], "--policy 'stay'")])
def test_unknown_words_are_refused(on_disk, more: list[str], words: str) -> None:
    done = CliRunner().invoke(app, ["flee", "run", str(on_disk()), *more])
    assert done.exit_code == 2
    assert words in done.output
