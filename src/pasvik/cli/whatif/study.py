"""`pasvik whatif forecasts`, `sweep`, `sensitivity`, `calibrate`: what was foretold, every set of closures, and what the answers hang on."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import typer

from pasvik.app.whatif import forecast, study
from pasvik.app.whatif import sweep as every_set
from pasvik.app.whatif.ask import Words, asked
from pasvik.app.whatif.backtest import backtest
from pasvik.app.whatif.border import Asked, plan
from pasvik.app.wiring import House, open_house
from pasvik.cli import say
from pasvik.cli.whatif.border import CROSSINGS, DAYS, DEMAND, FROM, KNOWN, LANE, SEED, STEER, pairs
from pasvik.terms.capture import Fault
from pasvik.terms.place import Lane

KEPT = typer.Option(None, "--keep", help="File in which finished parts are kept: a run that was stopped goes on from it.", show_default=False)


def forecasts(as_json: bool = say.AS_JSON, home: str | None = say.HOME, record: bool | None = say.RECORD) -> None:
    """The forecasts that were registered, and how they did by the counts held now."""
    house = open_house(say.settings(home, record))
    found = [forecast.scored(house, note) for note in forecast.forecasts(house)]
    if as_json:
        say.out_json([{"id": one.note.id, "position": one.note.seq, "recorded": one.note.recorded.isoformat(), "address": one.note.said["address"],
                       "after_its_first_day": forecast.made_after(one.note), "state": one.state, "why": one.why,
                       "scores": [{"crossing": id, "day": day.isoformat(), "people": people, "crps": round(score.crps, 3), "log": round(score.log, 3),
                                   "low": score.low, "high": score.high} for id, day, people, score in one.scores]} for one in found])
        return
    for one in found:
        late = " (written down after its first day: no forecast)" if forecast.made_after(one.note) else ""
        print(f"{one.note.id}  {one.note.recorded:%Y-%m-%d %H:%M} UTC{late}\n    {one.note.said['address']}")
        print(f"    {one.state}{': ' if one.why else ''}{one.why}")
        for id, day, people, score in one.scores:
            print(f"    {day.isoformat()} {id}: {people} came; {score.low:.0f}-{score.high:.0f} was said, CRPS {score.crps:.1f}, log score {score.log:.2f}")
    print(f"{len(found)} registered forecast{'s' * (len(found) != 1)}. {say.NOT_OFFICIAL}")


def sweep(
    border: str = typer.Argument("FI-RU", help="Border, as two ISO codes."), known: str | None = KNOWN, basis: int | None = say.BASIS,
    days: int = DAYS, demand: str | None = DEMAND, futures: int = typer.Option(100, "--futures", help="Futures for each set and case."),
    seed: int = SEED, keep: Path | None = KEPT, as_json: bool = say.AS_JSON, home: str | None = say.HOME, record: bool | None = say.RECORD,
) -> None:
    """Every set of a border's road points shut in turn, side by side in the order of the sets: compared, never ranked."""
    house = open_house(say.settings(home, record))
    question = _asked(house, Words((), known=known, basis=basis, days=days, demand=demand, futures=futures, seed=seed, border=border))
    found = every_set.sweep(house, question, None, progress("sets"), keep)
    if isinstance(found, Fault):
        say.stop(found.what)
    if as_json:
        say.out_json({"manifest": found.manifest, "points": list(found.points), "sets": list(found.sets)})
        return
    print(f"People over {days} days, lowest and highest of nine tenths, unsteered to blocked; in the order of the sets, not of merit")
    for one in found.sets:
        low_high = {name: f"{one[name][0]}-{one[name][1]}" for name in ("taken_in", "waiting", "gave_up_or_elsewhere")}
        print(f"  {low_high['taken_in']:>12} in {low_high['waiting']:>12} waiting {low_high['gave_up_or_elsewhere']:>12} gave up or elsewhere;"
              f" {one['open_points']} points open; shut: {', '.join(one['shut']) or 'none'}")
    print(f"Points that are not shut are taken to let people through all day. {say.NOT_OFFICIAL}")


def sensitivity(
    crossings: list[str] = CROSSINGS, start: str | None = FROM, known: str | None = KNOWN, basis: int | None = say.BASIS, steer: list[str] = STEER,
    lane: str | None = LANE, days: int = DAYS, demand: str | None = DEMAND, base: int = typer.Option(64, "--base", help="A power of two; more is surer."),
    waiting: bool = typer.Option(False, "--waiting", help="Of the people who wait at the end, instead of those taken in."),
    seed: int = SEED, as_json: bool = say.AS_JSON, home: str | None = say.HOME, record: bool | None = say.RECORD,
) -> None:
    """If these crossings shut: on which assumptions does the answer hang? Sobol's indices (extra `sensitivity`)."""
    if base < 2 or base & (base - 1) or base > 4096:
        say.stop(f"--base {base} is not a power of two from 2 to 4096")
    house = open_house(say.settings(home, record))
    made = plan(house, _asked(house, Words(tuple(("close", name, "") for name in crossings), start, steer=pairs(steer), lane=lane, known=known, basis=basis,
                                           demand=demand, days=days, seed=seed)))
    if isinstance(made, Fault):
        say.stop(made.what)
    found = study.sensitivity(made, base, "waiting" if waiting else "arrived", progress("points"))
    if as_json:
        say.out_json([{"name": one.name, "first": round(one.first, 4), "first_doubt": round(one.first_doubt, 4), "total": round(one.total, 4),
                       "total_doubt": round(one.total_doubt, 4)} for one in found])
        return
    print("Share of the variance that each assumption makes alone, and with all others (± half of 95 %)")
    for one in found:
        print(f"  {one.name:<14} {one.first:6.2f} ±{one.first_doubt:.2f}   {one.total:6.2f} ±{one.total_doubt:.2f}")


def calibrate(
    lane: str | None = LANE, steps: int = typer.Option(40, "--steps", help="Steps of the chain.", min=2, max=100_000), basis: int | None = say.BASIS,
    seed: int = SEED, keep: Path | None = KEPT, as_json: bool = say.AS_JSON, home: str | None = say.HOME, record: bool | None = say.RECORD,
) -> None:
    """The assumptions that the past bears out: a Markov chain (extra `sensitivity`). Nothing is changed; copy what you believe into your own whatif.toml."""
    house = open_house(say.settings(home, record))
    found = study.calibrate(house, backtest(house, basis), Lane(lane or "asylum"), steps, seed, keep, progress("steps"))
    if as_json:
        say.out_json([{"name": one.name, "before": list(one.before), "after": list(one.after)} for one in found])
        return
    for one in found:
        print(f"  {one.name:<14} {one.before[0]:9.3g} .. {one.before[1]:<9.3g} after {one.after[0]:9.3g} .. {one.after[1]:<9.3g}")
    print("Fitted on counts of few days by people who knew them: ranges, not findings.")


def progress(what: str) -> Callable[[int, int], None] | None:
    """Counts on standard error, where somebody watches."""
    if not sys.stderr.isatty():
        return None

    def show(done: int, of: int) -> None:
        sys.stderr.write(f"\r{done} of {of} {what}" + ("\n" if done >= of else ""))
        sys.stderr.flush()

    return show


def _asked(house: House, words: Words) -> Asked:
    found = asked(house, words)
    if isinstance(found, Fault):
        say.stop(found.what)
    return found
