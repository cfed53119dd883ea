"""Small folders written as text, so that every case stands beside what it expects."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pasvik.scenario.cohort.model import Outcome
from pasvik.scenario.cohort.run import run
from pasvik.scenario.flee.folder import Instance, parse_folder
from pasvik.scenario.flee.plan import Mode, make_model
from pasvik.scenario.flee.rows import Finding

LOCATIONS = """#name,region,country,latitude,longitude,location_type,conflict_date,population
Ash,r,Home,0,0,conflict_zone,0,1000
Birch,r,Home,0,0,town,,
Camp,r,Away,0,0,camp,,0
"""
ROUTES = """#name1,name2,distance,forced_redirection
Ash,Birch,100,
Birch,Camp,50,
"""
Texts = dict[str, str]


def texts(days: int = 6, people: int = 600, **files: str) -> Texts:
    """A folder: people appear in Ash over the days; `files` replace or add (dots as __)."""
    told: Texts = {
        "locations.csv": LOCATIONS, "routes.csv": ROUTES, "closures.csv": "#closure_type,name1,name2,closure_start,closure_end\n",
        "sim_period.csv": f"StartDate,2024-01-01\nLength,{days}\n",
        "conflicts.csv": "#Day,Ash\n" + "".join(f"{day},1\n" for day in range(days)),
        "source_data/data_layout.csv": "total,all.csv\nCamp,camp.csv\n",
        "source_data/all.csv": f"2024-01-01,0\n2024-01-0{days},{people}\n", "source_data/camp.csv": f"2024-01-01,0\n2024-01-0{days},{people}\n",
        "simsetting.yml": "move_rules:\n  max_move_speed: 360\n"}
    return told | {name.replace("__", "."): text for name, text in files.items()}


@pytest.fixture
def folder() -> Callable[..., Texts]:
    """Texts of a small folder."""
    return texts


@pytest.fixture
def parsed() -> Callable[..., tuple[Instance, list[Finding]]]:
    """A small folder, parsed."""
    return lambda **files: parse_folder(texts(**files))


@pytest.fixture
def ran() -> Callable[..., tuple[Outcome, dict[str, int]]]:
    """A small folder, run in plain Python (no compiling in most tests); the outcome and where each place stands in it."""
    def go(mode: Mode | None = None, seed: int = 1, **files: str) -> tuple[Outcome, dict[str, int]]:
        instance, found = parse_folder(texts(**files))
        assert not [one for one in found if one.level == "error"], found
        model = make_model(instance, mode or Mode())
        return run(model, seed, plain=True), {name: at for at, name in enumerate(model.names)}
    return go
