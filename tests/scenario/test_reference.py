"""Published instances against replicates of the peer, where PASVIK_FLEE_DATA names a folder that holds both; skipped, and said so, elsewhere."""

from __future__ import annotations

import csv
import os
import statistics
from pathlib import Path

import pytest

from pasvik.app.whatif.simulate import look_over, read_folder
from pasvik.scenario.cohort.run import run_many
from pasvik.scenario.flee.plan import Mode, make_model

DATA = Path(os.environ.get("PASVIK_FLEE_DATA", "/nowhere"))
CASES = [("mali2012", 100, 120, 200, "mpi", "pflee"), ("mali2012", 100, 120, 200, "serial", "flee"),
         ("burundi2015", 200, 150, 150, "mpi", "pflee"), ("burundi2015", 200, 150, 150, "serial", "flee")]


@pytest.mark.skipif(not DATA.is_dir(), reason="PASVIK_FLEE_DATA is not set: published instances are not part of this repository")
@pytest.mark.parametrize(("name", "hasten", "days", "replicates", "compat", "engine"), CASES)
def test_counts_follow_the_law_of_the_peer(tmp_path: Path, name: str, hasten: int, days: int, replicates: int, compat: str, engine: str) -> None:
    """Means within four standard errors at every camp and day, and their scatter that of one law (cells are correlated, hence the room)."""
    chosen = tmp_path / "settings.yml"
    chosen.write_text((DATA / "settings" / "validation.yml").read_text().replace("hasten: 1", f"hasten: {hasten}"))
    model = make_model(look_over(read_folder(DATA / name, chosen), days).instance, Mode(compat, as_flee=True, batches=128))
    people = run_many(model, 11, replicates).people
    scores = []
    for row in csv.DictReader((DATA / "reference" / f"{name}_hasten{hasten}_{days}d_{engine}_R{replicates}.csv").open()):
        if row["location"] in model.names:
            here = [int(value) for value in people[:, int(row["day"]), model.names.index(row["location"])]]
            spread = statistics.variance(here) + float(row["sd"]) ** 2
            if spread > 0.05:
                scores.append((statistics.fmean(here) - float(row["mean"])) / (spread / replicates) ** 0.5)
    assert max(map(abs, scores)) < 4.0
    assert statistics.pstdev(scores) < 1.6
