"""Opens a FLEE folder, looks it over, runs it with seeds on the workers there are, and measures the runs against the register."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
from collections.abc import Callable, Mapping
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import asdict, dataclass
from datetime import timedelta
from importlib.metadata import version
from pathlib import Path

from pasvik.scenario.cohort.model import Ensemble, Model, Outcome
from pasvik.scenario.cohort.numeric import has_compiler, has_numpy, np
from pasvik.scenario.cohort.run import run_some
from pasvik.scenario.flee.folder import Instance, parse_folder
from pasvik.scenario.flee.lint import lint
from pasvik.scenario.flee.measure import Error, by_day, measure
from pasvik.scenario.flee.out import camp_table, out_csv
from pasvik.scenario.flee.plan import Mode, make_model
from pasvik.scenario.flee.rows import ERROR, Finding
from pasvik.terms.capture import Trouble

LARGEST = 64 * 1024 * 1024                                      # bytes of one file
BATCH = 25                                                      # runs a worker takes at a time
SETTLED = 31                                                    # the second error leaves out the first month, as published comparisons do


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder as read: its texts by name, its instance, and everything found, errors first."""

    texts: Mapping[str, str]
    instance: Instance
    findings: tuple[Finding, ...]

    @property
    def errors(self) -> tuple[Finding, ...]:
        """What stops a run."""
        return tuple(finding for finding in self.findings if finding.level == ERROR)


@dataclass(frozen=True, slots=True)
class Simulated:
    """The runs of a folder. first: run 0, as in out.csv; errors of the mean over runs, over all days and from day 31."""

    folder: Folder
    mode: Mode
    seed: int
    runs: int
    model: Model
    first: Outcome
    ensemble: Ensemble
    errors: tuple[Error, ...]


def read_folder(path: Path, settings: Path | None = None) -> dict[str, str]:
    """The texts of a folder by the names the parser knows: input_csv/*.csv, source_data/*.csv (or refugee_data), simsetting.yml.

    Raises Trouble where there is no such folder, or a file is too large or not UTF-8.
    """
    if not path.is_dir():
        raise Trouble(f"{path} is no folder")
    if settings is not None and not settings.is_file():
        raise Trouble(f"{settings} is no file")
    inputs = path / "input_csv" if (path / "input_csv").is_dir() else path
    texts = {file.name: _text(file) for file in sorted(inputs.glob("*.csv"))}
    data = next((path / name for name in ("source_data", "refugee_data") if (path / name).is_dir()), None)
    texts |= {f"source_data/{file.name}": _text(file) for file in sorted(data.glob("*.csv"))} if data else {}
    told = next((file for file in (settings, path / "simsetting.yml", inputs / "simsetting.yml") if file is not None and file.is_file()), None)
    return texts | ({"simsetting.yml": _text(told)} if told else {})


def _text(file: Path) -> str:
    """The text of a file."""
    if file.stat().st_size > LARGEST:
        raise Trouble(f"{file} is larger than {LARGEST // 1024 // 1024} MiB")
    try:
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise Trouble(f"{file} is not UTF-8 (byte {wrong.start})") from None


def look_over(texts: Mapping[str, str], days: int | None = None) -> Folder:
    """Parse and lint."""
    if not has_numpy():
        raise Trouble("what-ifs need NumPy and PyYAML: install pasvik[whatif]")
    instance, found = parse_folder(texts, days)
    if instance.places:
        found += lint(instance, texts)
    return Folder(texts, instance, tuple(sorted(found, key=lambda one: (one.level != ERROR, one.file, one.line))))


def simulate(folder: Folder, mode: Mode, seed: int, runs: int, plain: bool = False, progress: Callable[[int], None] | None = None) -> Simulated:
    """Run a folder that has no errors. progress is told how many runs are done. Raises ValueError where errors stand or a mode is unknown."""
    if folder.errors:
        raise ValueError(f"{folder.errors[0].where}: {folder.errors[0].what}")
    model = make_model(folder.instance, mode)
    outcomes: list[Outcome] = []
    groups = [range(first, min(first + BATCH, runs)) for first in range(0, runs, BATCH)]
    with _workers(len(groups), plain) as pool:
        for part in pool.map(run_some, *zip(*((model, seed, group, 0, plain) for group in groups), strict=True)):
            outcomes += part
            if progress:
                progress(len(outcomes))
    ensemble = Ensemble(np.stack([one.people for one in outcomes]), np.stack([one.travelling for one in outcomes]))
    return Simulated(folder, mode, seed, runs, model, outcomes[0], ensemble, _errors(folder.instance, mode, ensemble))


def _workers(groups: int, plain: bool) -> Executor:
    """Threads where the compiled core lets go of the interpreter, processes where it is plain Python."""
    count = max(1, min(groups, os.cpu_count() or 1))
    return ProcessPoolExecutor(count) if (plain or not has_compiler()) and count > 1 else ThreadPoolExecutor(count)


def _errors(instance: Instance, mode: Mode, ensemble: Ensemble) -> tuple[Error, ...]:
    """Error of the mean over runs, over all days and from day 31."""
    camps, run = camp_table(instance, ensemble.mean().tolist())
    if not camps:
        return ()
    register = by_day(camps, instance.register.table(mode.as_flee), instance.length)
    return tuple(measure(run, register, first) for first in (0, SETTLED) if first < instance.length)


def files_of(done: Simulated) -> dict[str, str]:
    """The files of a run by name: out.csv (run 0 in FLEE's form), bands.csv (over runs), manifest.json (enough to run it again)."""
    return {"out.csv": out_csv(done.folder.instance, done.first, done.mode), "bands.csv": _bands(done), "manifest.json": _manifest(done)}


def _bands(done: Simulated) -> str:
    """Per day and place: mean, 5th, 50th and 95th of a hundred over runs."""
    low, middle, high = np.quantile(done.ensemble.people, (0.05, 0.5, 0.95), axis=0)
    mean, text = done.ensemble.mean(), io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["day", "date", "place", "mean", "q05", "q50", "q95", "runs"])
    for day in range(done.folder.instance.length):
        date = (done.folder.instance.start + timedelta(days=day)).isoformat()
        for at, name in enumerate(done.model.names):
            writer.writerow([day, date, name, round(float(mean[day, at]), 3), *(float(edge[day, at]) for edge in (low, middle, high)), done.runs])
    return text.getvalue()


def _manifest(done: Simulated) -> str:
    """What made these numbers: the digest of every input, the seed, the mode, the version of this program."""
    inputs = {name: hashlib.sha256(text.encode()).hexdigest() for name, text in sorted(done.folder.texts.items())}
    made = {"program": f"pasvik {version('pasvik')}", "seed": done.seed, "runs": done.runs, "days": done.folder.instance.length,
            "mode": asdict(done.mode), "settings": asdict(done.folder.instance.settings), "errors": [asdict(error) for error in done.errors],
            "findings": [f"{finding.level} {finding.where}: {finding.what}" for finding in done.folder.findings], "inputs": inputs}
    return json.dumps(made, indent=1, sort_keys=True) + "\n"
