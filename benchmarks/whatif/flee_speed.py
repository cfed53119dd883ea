"""How fast and how alike: Pasvik's counts against the peer FLEE on the same published folder, settings, days and outputs, in one run.

    .venv/bin/python benchmarks/whatif/flee_speed.py DATA --peer PEER_PYTHON [--flee PATH] [--only mali2012:1 tigray2020:10]
    .venv/bin/python benchmarks/whatif/flee_speed.py DATA --law --peer PEER_PYTHON        means, spreads, Kolmogorov-Smirnov against replicates
    .venv/bin/python benchmarks/whatif/flee_speed.py DATA --growth                        10^4 to 10^8 people on Mali, no peer needed

DATA is a folder with the published instances and settings/validation.yml. CPU seconds, one thread, without parsing; the peer's include its parsing.
"""

from __future__ import annotations

import argparse
import json
import math
import resource
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np

from pasvik.app.whatif.simulate import look_over, read_folder
from pasvik.scenario.cohort.model import Model
from pasvik.scenario.cohort.run import run, run_many
from pasvik.scenario.flee.measure import by_day, measure
from pasvik.scenario.flee.out import camp_table
from pasvik.scenario.flee.plan import Mode, make_model

SPEED = ("mali2012:1", "burundi2015:1", "car2013:10", "ssudan2013:10", "tigray2020:10", "ukraine2022:1000")
LAW = (("mali2012", 100, 120), ("burundi2015", 200, 150), ("car2013", 500, 240), ("ssudan2013", 500, 300), ("tigray2020", 100, 120),
       ("ukraine2022", 20000, 120))


def settings_for(data: Path, hasten: int, folder: Path) -> Path:
    """The validation settings with another divisor."""
    path = folder / f"hasten{hasten}.yml"
    path.write_text((data / "settings" / "validation.yml").read_text().replace("hasten: 1", f"hasten: {hasten}"))
    return path


def peer(told: argparse.Namespace, name: str, settings: Path, days: int, runs: int) -> dict[str, Any]:
    """One call of the peer."""
    call = [told.peer, str(Path(__file__).with_name("flee_peer.py")), str(told.data / name), str(settings), "--days", str(days), "--runs", str(runs)]
    call += ["--flee", str(told.flee)] if told.flee else []
    call += ["--shuffle"] if told.shuffle else []
    found: dict[str, Any] = json.loads(subprocess.run(call, check=True, capture_output=True, text=True).stdout.splitlines()[-1])
    return found


def seconds(model: Model, plain: bool = False) -> float:
    """CPU seconds of one run, the least of three (once in plain Python)."""
    times = []
    for number in range(1 if plain else 3):
        before = time.process_time()
        run(model, 1, number, plain=plain)
        times.append(time.process_time() - before)
    return min(times)


def speed(told: argparse.Namespace, folder: Path) -> None:
    """The table of ratios."""
    print(f"{'instance':18}{'people':>9}{'days':>5}{'peer s':>9}{'peer MiB':>9}{'counts s':>10}{'serial s':>10}{'plain s':>9}"
          f"{'ratio':>8}{'serial':>8}{'plain':>7}")
    for case in told.only or SPEED:
        name, _, hasten = case.partition(":")
        settings = settings_for(told.data, int(hasten or 1), folder)
        instance = look_over(read_folder(told.data / name, settings)).instance
        ways = {compat: make_model(instance, Mode(compat, as_flee=True)) for compat in ("mpi", "serial")}
        outcome = run(ways["mpi"], 1)
        mine, serial = seconds(ways["mpi"]), seconds(ways["serial"])
        plain = math.nan if told.no_plain else seconds(ways["mpi"], plain=True)
        theirs = peer(told, name, settings, instance.length, 1) if told.peer else {"cpu_seconds": math.nan, "peak_mib": math.nan}
        people = int(outcome.people[-1].sum() + outcome.travelling[-1])
        cpu = theirs["cpu_seconds"]
        print(f"{case:18}{people:9}{instance.length:5}{cpu:9.1f}{theirs['peak_mib']:9.0f}{mine:10.3f}{serial:10.3f}{plain:9.1f}"
              f"{cpu / mine:8.0f}{cpu / serial:8.0f}{cpu / plain:7.1f}", flush=True)
        tell_errors(instance, outcome.people.tolist())


def tell_errors(instance: Any, people: list[list[int]]) -> None:
    """The errors of this run against the register and the baseline."""
    camps, counts = camp_table(instance, people)
    error = measure(counts, by_day(camps, instance.register.table(True), instance.length), 31)
    whole = measure(counts, by_day(camps, instance.register.table(True), instance.length))
    print(f"    averaged relative difference {whole.difference:.4f} (rescaled {whole.rescaled:.4f}); from day 31 {error.difference:.4f}, "
          f"constant shares {error.constant_share:.4f}")


def kolmogorov(one: np.ndarray, other: np.ndarray) -> float:
    """p of the two-sample Kolmogorov-Smirnov test (asymptotic; with ties it errs towards alike)."""
    grid = np.union1d(one, other)
    gap = np.abs(np.searchsorted(np.sort(one), grid, "right") / len(one) - np.searchsorted(np.sort(other), grid, "right") / len(other)).max()
    size = math.sqrt(len(one) * len(other) / (len(one) + len(other)))
    bent = (size + 0.12 + 0.11 / size) * gap
    return float(min(1.0, max(0.0, 2 * sum((-1) ** (at - 1) * math.exp(-2 * at * at * bent * bent) for at in range(1, 101))))) if bent > 0.2 else 1.0


def law(told: argparse.Namespace, folder: Path) -> None:
    """Replicates of both: scatter of z, largest |z|, variance ratio, KS on every thirtieth day and camp."""
    print(f"{'instance':14}{'hasten':>7}{'days':>5}{'runs':>5}{'cells':>6}{'mean z':>8}{'sd z':>6}{'max':>6}{'var ratio':>10}{'KS<.05':>9}{'min p':>7}")
    for name, hasten, days in LAW:
        if told.only and name not in told.only:
            continue
        settings = settings_for(told.data, hasten, folder)
        theirs = peer(told, name, settings, days, told.runs)
        model = make_model(look_over(read_folder(told.data / name, settings), days).instance, Mode("serial", as_flee=True, batches=told.batches))
        columns = [model.names.index(camp) for camp in theirs["camps"]]
        mine, other = run_many(model, 5, told.runs).people[:, :, columns].astype(float), np.array(theirs["runs"], dtype=float)
        spread = mine.var(axis=0, ddof=1) + other.var(axis=0, ddof=1)
        used = spread > 0.05
        z = (mine.mean(axis=0) - other.mean(axis=0))[used] / np.sqrt(spread[used] / told.runs)
        ratio = np.median((mine.var(axis=0, ddof=1) / np.maximum(other.var(axis=0, ddof=1), 1e-9))[used & (other.var(axis=0) > 0.5)])
        p = [kolmogorov(mine[:, day, camp], other[:, day, camp]) for day in range(29, days, 30) for camp in range(len(columns)) if used[day, camp]]
        print(f"{name:14}{hasten:7}{days:5}{told.runs:5}{used.sum():6}{z.mean():8.2f}{z.std():6.2f}{np.abs(z).max():6.2f}{ratio:10.3f}"
              f"{sum(value < 0.05 for value in p):5}/{len(p):3}{min(p):7.3f}", flush=True)


def growth(told: argparse.Namespace, folder: Path) -> None:
    """Mali with every count multiplied, one run each."""
    print(f"{'people':>10}{'cpu s':>8}{'person-days per cpu s':>24}{'peak MiB':>10}")
    for power in range(4, 9):
        texts = read_folder(told.data / "mali2012", settings_for(told.data, 1, folder))
        scaled = {name: multiplied(name, text, 10 ** power / 89_991) for name, text in texts.items()}
        model = make_model(look_over(scaled).instance, Mode(as_flee=True))
        outcome, took = run(model, 1), seconds(model)
        everybody = outcome.people.sum(axis=1) + outcome.travelling
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"{int(everybody[-1]):10}{took:8.2f}{int(everybody.sum()) / took:24.3g}{peak:10.0f}", flush=True)


def multiplied(name: str, text: str, factor: float) -> str:
    """The counts of a register file, or the populations and capacities of locations.csv, multiplied."""
    column = 7 if name == "locations.csv" else 1 if name.startswith("source_data/") and "layout" not in name else None
    if column is None:
        return text
    rows = [line.split(",") for line in text.splitlines()]
    for row in rows:
        if len(row) > column and row[column].strip().isdigit():
            row[column] = str(round(int(row[column]) * factor))
    return "\n".join(",".join(row) for row in rows) + "\n"


def main() -> None:
    """Choose a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--peer", help="Python of an environment in which the peer is installed")
    parser.add_argument("--flee", type=Path, help="folder of newer FLEE source")
    parser.add_argument("--only", nargs="*", help="instances (name:hasten for speed)")
    parser.add_argument("--runs", type=int, default=100)
    parser.add_argument("--shuffle", action="store_true", help="the peer's persons in a new order every day: what counts can be held against")
    parser.add_argument("--batches", type=int, default=4000, help="random sub-batches of a phase, for --law")
    parser.add_argument("--no-plain", action="store_true", help="leave out plain Python")
    parser.add_argument("--law", action="store_true")
    parser.add_argument("--growth", action="store_true")
    told = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        (law if told.law else growth if told.growth else speed)(told, Path(name))


if __name__ == "__main__":
    main()
