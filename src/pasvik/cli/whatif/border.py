"""`pasvik whatif`: suppose that a crossing shuts, opens or keeps other hours, and see where people go, with bounds, beside doing nothing."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import typer

from pasvik.app.whatif import forecast
from pasvik.app.whatif.ask import Words, asked
from pasvik.app.whatif.backtest import backtest as run_backtest
from pasvik.app.whatif.backtest import verdict, weigh
from pasvik.app.whatif.shape import backtest_to_json, consequence_to_json, to_csv, to_parquet
from pasvik.app.wiring import open_house
from pasvik.cli import say
from pasvik.cli.whatif.tables import backtest_lines, consequence_lines
from pasvik.terms.capture import Fault

CROSSINGS = typer.Argument(..., help="Crossings by id or any name.", show_default=False)
FROM = typer.Option(None, "--from", help="First day (or moment) of the move. Default: the day after --known, or tomorrow.", show_default=False)
UNTIL = typer.Option(None, "--until", help="Its announced end. Default: until further notice.", show_default=False)
KNOWN = typer.Option(None, "--known", help="Only what had been published by then; a bare date counts its whole day.", show_default=False)
STEER = typer.Option([], "--steer", help="What the other side does: CROSSING=unsteered, =steered or =blocked. May be given again.",
                     show_default=False)
LANE = typer.Option(None, "--lane", help="Whose way is followed: asylum (default), car, truck, bus, ...", show_default=False)
LANES = typer.Option(None, "--for", help="Lanes the move is about, by commas. Default: all,asylum.", show_default=False)
DAYS = typer.Option(10, "--days", help="Days to look ahead.")
DEMAND = typer.Option(None, "--demand", help="Suppose so many people a day instead of the counts.", show_default=False)
FUTURES = typer.Option(1000, "--futures", help="How many futures for each steering.")
SEED = typer.Option(0, "--seed", help="The same seed gives the same numbers on every machine.")
AS_CSV = typer.Option(False, "--csv", help="Print CSV.")
PARQUET = typer.Option(None, "--parquet", help="Write the rows to this file, with the manifest beside it (extra `dumps`).", show_default=False)


REGISTER = typer.Option(False, "--register", help="Write the forecast down in the ledger, to be scored when counts arrive.")


def _command(kind: str, told: str) -> Callable[..., None]:
    """The command of one kind of move."""
    def command(
        crossings: list[str] = CROSSINGS, start: str | None = FROM, until: str | None = UNTIL, known: str | None = KNOWN, basis: int | None = say.BASIS,
        steer: list[str] = STEER, lane: str | None = LANE, lanes: str | None = LANES, days: int = DAYS, demand: str | None = DEMAND,
        futures: int = FUTURES, seed: int = SEED, as_json: bool = say.AS_JSON, as_csv: bool = AS_CSV, parquet: Path | None = PARQUET,
        register: bool = REGISTER, home: str | None = say.HOME,
        record: bool | None = say.RECORD,
    ) -> None:
        moves = tuple((kind, name, "") for name in crossings)
        answer(Words(moves, start, until, tuple((lanes or "all,asylum").split(",")), pairs(steer), lane, known, basis, demand, days, futures, seed),
               as_json, as_csv, parquet, register, home, record)
    command.__doc__ = told
    return command


close = _command("close", "Suppose that crossings shut.")
reopen = _command("reopen", "Suppose that crossings open.")


def restrict(
    crossings: list[str] = CROSSINGS, share: float = typer.Option(0.5, "--share", help="How much is still let through: above 0, up to 1."),
    start: str | None = FROM, until: str | None = UNTIL, known: str | None = KNOWN, basis: int | None = say.BASIS, steer: list[str] = STEER,
    lane: str | None = LANE, lanes: str | None = LANES, days: int = DAYS, demand: str | None = DEMAND, futures: int = FUTURES, seed: int = SEED,
    as_json: bool = say.AS_JSON, as_csv: bool = AS_CSV, parquet: Path | None = PARQUET, register: bool = REGISTER,
    home: str | None = say.HOME, record: bool | None = say.RECORD,
) -> None:
    """Suppose that crossings let only a part through."""
    answer(Words(tuple(("restrict", name, f"{share:g}") for name in crossings), start, until, tuple((lanes or "all,asylum").split(",")), pairs(steer),
                 lane, known, basis, demand, days, futures, seed), as_json, as_csv, parquet, register, home, record)


def hours(
    crossing: str = typer.Argument(..., help="A crossing by id or any name.", show_default=False),
    clock: str = typer.Argument(..., metavar="HOURS", help="Such as 10:00-14:00.", show_default=False),
    start: str | None = FROM, until: str | None = UNTIL, known: str | None = KNOWN, basis: int | None = say.BASIS, steer: list[str] = STEER,
    lane: str | None = LANE, lanes: str | None = LANES, days: int = DAYS, demand: str | None = DEMAND, futures: int = FUTURES, seed: int = SEED,
    as_json: bool = say.AS_JSON, as_csv: bool = AS_CSV, parquet: Path | None = PARQUET, register: bool = REGISTER,
    home: str | None = say.HOME, record: bool | None = say.RECORD,
) -> None:
    """Suppose that a crossing keeps other hours."""
    answer(Words((("hours", crossing, clock),), start, until, tuple((lanes or "all,asylum").split(",")), pairs(steer), lane, known, basis, demand,
                 days, futures, seed), as_json, as_csv, parquet, register, home, record)


def lane_of(
    crossing: str = typer.Argument(..., help="A crossing by id or any name.", show_default=False),
    lanes: str = typer.Argument(..., metavar="LANES", help="Lanes by commas: asylum, car, truck, bus, pedestrian, bicycle.", show_default=False),
    state: str = typer.Argument(..., metavar="closed|open", help="What the order says.", show_default=False),
    start: str | None = FROM, until: str | None = UNTIL, known: str | None = KNOWN, basis: int | None = say.BASIS, steer: list[str] = STEER,
    lane: str | None = LANE, days: int = DAYS, demand: str | None = DEMAND, futures: int = FUTURES, seed: int = SEED,
    as_json: bool = say.AS_JSON, as_csv: bool = AS_CSV, parquet: Path | None = PARQUET, register: bool = REGISTER,
    home: str | None = say.HOME, record: bool | None = say.RECORD,
) -> None:
    """Suppose that one lane of a crossing shuts or opens, such as the asylum lane alone."""
    if state not in ("closed", "open"):
        say.stop(f"{state!r} is neither closed nor open")
    answer(Words((("close" if state == "closed" else "reopen", crossing, ""),), start, until, tuple(lanes.split(",")), pairs(steer), lane, known, basis,
                 demand, days, futures, seed), as_json, as_csv, parquet, register, home, record)


def backtest(basis: int | None = say.BASIS, as_json: bool = say.AS_JSON, home: str | None = say.HOME, record: bool | None = say.RECORD) -> None:
    """How the engine did on the dated steps of 2015 to 2024, with only what was known, beside three dumb baselines."""
    house = open_house(say.settings(home, record))
    tried = run_backtest(house, basis)
    if as_json:
        say.out_json(backtest_to_json(tried))
    else:
        print("\n".join(backtest_lines(tried)))
        print(say.NOT_OFFICIAL)


def pairs(told: list[str]) -> tuple[tuple[str, str], ...]:
    """CROSSING=word, split."""
    for one in told:
        if "=" not in one:
            say.stop(f"--steer {one!r}: write it as CROSSING=steered, CROSSING=blocked or CROSSING=unsteered")
    return tuple((name.strip(), word.strip()) for name, _, word in (one.rpartition("=") for one in told))


def answer(words: Words, as_json: bool, as_csv: bool, parquet: Path | None, register: bool, home: str | None, record: bool | None) -> None:
    """Ask and print."""
    house = open_house(say.settings(home, record), keep=register)
    question = asked(house, words)
    found = question if isinstance(question, Fault) else weigh(house, question)
    if isinstance(found, Fault):
        say.stop(found.what)
    consequence, tried = found
    bounds_only, why = verdict(tried, consequence.plan.asked.lane)
    if register:
        note = forecast.register(house, consequence, tried)
        print(f"registered as {note.id} at position {note.seq}; pasvik whatif forecasts", file=sys.stderr)
    if parquet is not None:
        to_parquet(consequence, bounds_only, parquet)
        print(f"written to {parquet} and {parquet}.json", file=sys.stderr)
    if as_json:
        say.out_json({**consequence_to_json(consequence, bounds_only, why), "backtest": backtest_to_json(tried)})
    elif as_csv:
        sys.stdout.write(to_csv(consequence, bounds_only))
    elif parquet is None:
        print("\n".join(consequence_lines(consequence, bounds_only, why)))
        print(say.NOT_OFFICIAL)
