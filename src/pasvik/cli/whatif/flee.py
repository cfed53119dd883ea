"""`pasvik flee`: run or look over an input folder of the peer model FLEE, on counts of people instead of persons."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TextIO

import typer

from pasvik.app.whatif.simulate import Folder, Simulated, files_of, look_over, read_folder, simulate
from pasvik.cli import say
from pasvik.scenario.cohort.model import POLICIES
from pasvik.scenario.flee.plan import COMPATS, Mode

flee = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Run or look over an input folder of the peer model FLEE.")

FOLDER = typer.Argument(..., help="Folder with input_csv/ and source_data/.", show_default=False)
SETTINGS = typer.Option(None, "--settings", help="Settings file; default: simsetting.yml of the folder.", show_default=False)
DAYS = typer.Option(None, "--days", help="Days to run, instead of sim_period.csv.", min=1, show_default=False)


@flee.command("lint")
def lint(folder: Path = FOLDER, settings: Path | None = SETTINGS, days: int | None = DAYS, as_json: bool = say.AS_JSON) -> None:
    """Say what is wrong or odd in a folder, by row, with both readings where there are two; non-zero exit where no run is possible."""
    found = look_over(read_folder(folder, settings), days)
    if as_json:
        say.out_json([{"level": one.level, "file": one.file, "line": one.line, "what": one.what, "readings": list(one.readings)}
                      for one in found.findings])
    else:
        tell(found)
        print(f"{len(found.errors)} errors, {len(found.findings) - len(found.errors)} warnings")
    if found.errors:
        raise SystemExit(1)


@flee.command("run")
def run(
    folder: Path = FOLDER,
    settings: Path | None = SETTINGS,
    days: int | None = DAYS,
    out: Path | None = typer.Option(None, "--out", help="Folder for out.csv, bands.csv and manifest.json; - prints out.csv.", show_default=False),
    seed: int = typer.Option(0, "--seed", help="The same seed gives the same numbers on every machine and number of workers.", min=0),
    runs: int = typer.Option(1, "--runs", help="How many runs; out.csv holds the first, bands.csv all.", min=1, max=100_000),
    as_flee: bool = typer.Option(False, "--as-flee", help="With the peer's faults, for comparison."),
    compat: str = typer.Option("mpi", "--compat", help="mpi: occupancy frozen within a phase; serial: it moves with random sub-batches."),
    policy: str = typer.Option("at-border", "--policy", help=f"People on a road that closes: {', '.join(POLICIES)}."),
    narrow: bool = typer.Option(False, "--narrow", help="A location closure that names a neighbour closes only that road."),
    plain: bool = typer.Option(False, "--plain", help="Do not compile: the same numbers, more slowly."),
    as_json: bool = say.AS_JSON,
) -> None:
    """Run a folder and say how far it is from the register, beside the baseline of constant shares."""
    for name, value, known in (("--compat", compat, COMPATS), ("--policy", policy, tuple(POLICIES))):
        if value not in known:
            say.stop(f"{name} {value!r} is not one of {', '.join(known)}")
    found = look_over(read_folder(folder, settings), days)
    if found.errors:
        tell(found, sys.stderr)
        say.stop(f"{folder} cannot be run: {len(found.errors)} errors", code=1)
    try:
        done = simulate(found, Mode(compat, as_flee, policy, narrow), seed, runs, plain, progress=progress(runs))
    except ValueError as wrong:
        say.stop(str(wrong), code=1)
    files = files_of(done)
    if out is not None and str(out) == "-":
        sys.stdout.write(files["out.csv"])
        return
    if out is not None:
        out.mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            (out / name).write_text(text, encoding="utf-8")
    if as_json:
        sys.stdout.write(files["manifest.json"])
    else:
        summary(done, out)


def progress(runs: int) -> Callable[[int], None] | None:
    """Counts the runs done on standard error, where somebody watches and there is more than one."""
    if runs < 2 or not sys.stderr.isatty():
        return None

    def show(done: int) -> None:
        sys.stderr.write(f"\r{done} of {runs} runs" + ("\n" if done == runs else ""))
        sys.stderr.flush()

    return show


def tell(found: Folder, to: TextIO | None = None) -> None:
    """Findings one by one."""
    for one in found.findings:
        print(f"{one.level}: {one.where}: {one.what}", file=to)
        for at, reading in enumerate(one.readings):
            print(f"    {'read here as' if at == 0 else 'other reading'}: {reading}", file=to)


def summary(done: Simulated, out: Path | None) -> None:
    """The last day, the errors and the baseline."""
    instance = done.folder.instance
    people = int(done.first.people[-1].sum() + done.first.travelling[-1])
    how_many = f"{done.runs} runs" if done.runs > 1 else "1 run"
    print(f"{instance.length} days from {instance.start.isoformat()}, {how_many}, seed {done.seed}; {people} people at the end")
    if int(done.first.unplaced.sum()):
        print(f"{int(done.first.unplaced.sum())} people could not be placed: no conflict place with a population on those days")
    for error in done.errors:
        share = "" if error.constant_share is None else f"; constant shares of day {error.first - 1}: {error.constant_share:.3f}"
        print(f"averaged relative difference from day {error.first}: {error.difference:.3f} (rescaled {error.rescaled:.3f}){share}")
    warnings = len(done.folder.findings)
    if warnings:
        print(f"{warnings} warnings about the folder: pasvik flee lint")
    if out is not None:
        print(f"written to {out}: out.csv, bands.csv, manifest.json")
