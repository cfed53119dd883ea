"""Runs the peer FLEE on a folder, inside an environment of its own (only for comparison), and prints one JSON line with counts, seconds and memory.

    PEER_PYTHON benchmarks/whatif/flee_peer.py FOLDER SETTINGS --days 120 --runs 50 --seed 1 [--flee PATH]

The release on PyPI (3.1) knows neither capacity_scaling nor that a camp's capacity falls by the people in it on day 0; both are given to it here by
hand, so that it obeys the rules of the newer source it is compared under. Newer source, given with --flee, is left as it is.
"""

from __future__ import annotations

import argparse
import contextlib
import inspect
import json
import os
import random
import sys
import time
from pathlib import Path
from typing import Any


def options() -> argparse.Namespace:
    """What to run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("settings", type=Path)
    parser.add_argument("--days", type=int, default=0)
    parser.add_argument("--runs", type=int, default=1)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--flee", type=Path, help="folder of newer FLEE source")
    parser.add_argument("--shuffle", action="store_true", help="the persons in a new order every day, instead of the order in which they were made")
    return parser.parse_args()


def one_run(told: argparse.Namespace, modules: Any, scaling: float) -> tuple[list[list[int]], list[str], int, int]:
    """Counts per day and camp, camp names, people at the end, and person-days."""
    flee, spawning, geography, refugees, periods, rules = modules
    inputs = told.folder / "input_csv"
    start, days = periods.read_sim_period(str(inputs / "sim_period.csv")) if hasattr(periods, "read_sim_period") else \
        periods.read_conflict_period(str(inputs / "sim_period.csv"))
    days = told.days or days
    rules.ReadFromYML(str(told.settings))
    rules.ConflictInputFile = str(inputs / "conflicts.csv")
    for counter in ("__refugees_raw", "__refugee_debt"):        # the peer keeps these between runs of one process
        setattr(spawning, counter, 0)
    newer = "SumFromCamps" not in inspect.signature(spawning.spawn_daily_displaced).parameters
    world, ground = flee.Ecosystem(), geography.InputGeography()
    ground.ReadConflictInputCSV(rules.ConflictInputFile)
    ground.ReadLocationsFromCSV(str(inputs / "locations.csv"))
    ground.ReadLinksFromCSV(str(inputs / "routes.csv"))
    ground.ReadClosuresFromCSV(str(inputs / "closures.csv"))
    world, places = ground.StoreInputGeographyInEcosystem(world)
    data = refugees.RefugeeTable(csvformat="generic", data_directory=str(told.folder / "source_data"), start_date=start, data_layout="data_layout.csv",
                                 population_scaledown_factor=rules.optimisations["PopulationScaleDownFactor"])
    data.ReadL1Corrections(str(inputs / "registration_corrections.csv"))
    camps = world.get_camp_names()
    for camp in camps:
        spawning.add_initial_refugees(world, data, places[camp])
        if not newer:
            places[camp].capacity = (places[camp].capacity - places[camp].numAgents) * scaling
    counts, person_days = [], 0
    for day in range(days):
        ground.AddNewConflictZones(world, day)
        if newer:
            spawning.spawn_daily_displaced(world, day, data)
        else:
            spawning.spawn_daily_displaced(world, day, data, SumFromCamps=True)
        spawning.refresh_spawn_weights(world)
        world.enact_border_closures(day)
        if told.shuffle:
            random.shuffle(world.agents)
        world.evolve()
        counts.append([places[camp].numAgents for camp in camps])
        person_days += world.numAgents()
    return counts, camps, world.numAgents(), person_days


def peak_mib() -> float:
    """Most memory this process held. Not getrusage, which begins with what the caller held before it started this process."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


def main() -> None:
    """Run and print."""
    told = options()
    if told.flee:
        sys.path.insert(0, str(told.flee))
    import numpy
    import yaml
    from flee import InputGeography, flee, spawning
    from flee.datamanager import handle_refugee_data, read_period
    from flee.SimulationSettings import SimulationSettings

    scaling = float(((yaml.safe_load(told.settings.read_text()) or {}).get("move_rules") or {}).get("capacity_scaling", 1.0))
    modules = (flee, spawning, InputGeography, handle_refugee_data, read_period, SimulationSettings)
    runs, camps, people, person_days, before = [], [], 0, 0, time.process_time()
    for number in range(told.runs):
        random.seed(told.seed + number)
        numpy.random.seed(told.seed + number)
        with open(os.devnull, "w") as silence, contextlib.redirect_stderr(silence), contextlib.redirect_stdout(silence):
            counts, camps, people, person_days = one_run(told, modules, scaling)
        runs.append(counts)
    print(json.dumps({"camps": camps, "runs": runs, "people": people, "person_days": person_days,
                      "cpu_seconds": (time.process_time() - before) / told.runs,
                      "peak_mib": peak_mib()}))


if __name__ == "__main__":
    main()
