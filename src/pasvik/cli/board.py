"""`pasvik board`: which crossings are open, for whom, since when, by whose word."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from itertools import groupby

import typer
from rich.console import Console

from pasvik.app import answer
from pasvik.app.clocks import age_days, question
from pasvik.app.wiring import House, open_house
from pasvik.cli import say
from pasvik.terms.capture import Fault
from pasvik.terms.claim import State
from pasvik.terms.interchange import reading_from_json
from pasvik.terms.moment import Moment
from pasvik.terms.place import Crossing
from pasvik.terms.status import Board, Cell, board_to_json


def board(
    words: str | None = typer.Argument(None, metavar="[-]", help="`-` reads statements (from `pasvik read`) and draws the board from them alone.",
                                show_default=False),
    at: str | None = say.AT, known: str | None = say.KNOWN, basis: int | None = say.BASIS,
    border: str | None = typer.Option(None, "--border", help="Only this border, such as FI-RU.", show_default=False),
    crossing: str | None = typer.Option(None, "--crossing", help="Only this crossing, by id or any name.", show_default=False),
    lane: str | None = typer.Option(None, "--lane", help="Only this lane: car, truck, bus, pedestrian, bicycle, rail_passenger, rail_freight, asylum.",
                             show_default=False),
    everything: bool = typer.Option(False, "--all", help="Also crossings of which nothing is known."),
    as_json: bool = say.AS_JSON, home: str | None = say.HOME, record: bool | None = say.RECORD,
) -> None:
    """Which crossings are open, for whom, since when, and who says so."""
    options = {key: value for key, value in {"at": at, "known": known, "border": border, "crossing": crossing, "lane": lane}.items()
               if isinstance(value, str)}
    house = open_house(say.settings(home if isinstance(home, str) else None, record if isinstance(record, bool) else None))
    asked = question(house.now(), basis=basis if isinstance(basis, int) else None, **options)
    if isinstance(asked, Fault):
        say.stop(asked.what)
    if words == "-":
        drawn = _from_input(house, asked.at if isinstance(at, str) else None)
    elif isinstance(words, str):
        say.stop(f"`pasvik board` takes `-` or nothing, not {words!r}; one crossing is --crossing {words}")
    else:
        drawn = answer.board(house, asked)
    if isinstance(drawn, Fault):
        say.stop(drawn.what)
    if as_json is True:
        say.out_json(board_to_json(drawn))
    else:
        show(house, drawn, everything=everything is True or "crossing" in options, alone=words == "-")


def _from_input(house: House, at: Moment | None) -> Board | Fault:
    try:
        _, reading = reading_from_json(json.load(sys.stdin))
    except (ValueError, UnicodeDecodeError) as bad:
        return Fault(f"standard input is not what `pasvik read --json` prints: {bad}", "-")
    candidates = sum(one.by_model for one in reading.statements)
    if candidates:
        print(f"pasvik: {candidates} statements that only a model read are left out of the board", file=sys.stderr)
    return answer.board_of(house, [one for one in reading.statements if not one.by_model], at)


def show(house: House, drawn: Board, everything: bool = False, alone: bool = False) -> None:
    """The board in words, border by border; crossings of which nothing is known are named in one line, or listed with `--all`."""
    console = Console(highlight=False, emoji=False, markup=False, width=None if sys.stdout.isatty() else 140)
    if drawn.at is not None and not alone:
        console.print(f"Crossings on {say.when(drawn.at)}" + (f", as known on {say.when(drawn.known)}" if drawn.known else "") + "\n")
    crossings = house.gazetteer.crossings
    silent = []
    for border, cells in groupby(drawn.cells, key=lambda cell: crossings[cell.crossing].border):
        told = {id: list(group) for id, group in groupby(cells, key=lambda cell: cell.crossing)}
        spoken = {id: lanes for id, lanes in told.items() if everything or any(_spoken_of(cell) for cell in lanes)}
        if not spoken:
            silent.append(f"{border} ({len(told)})")
            continue
        console.print(f"{border}", style="bold")
        for id, lanes in spoken.items():
            for line in crossing_lines(crossings[id], lanes, drawn, everything):
                console.print(line, soft_wrap=not sys.stdout.isatty())
        if quiet := [crossings[id].side_a.name or crossings[id].name for id in told if id not in spoken]:
            console.print(f"  ? not stated: {', '.join(quiet)}", style="dim")
        console.print()
    if silent:
        console.print(f"not stated, by border: {', '.join(silent)}\n", style="dim")
    console.print(say.NOT_OFFICIAL)


def _spoken_of(cell: Cell) -> bool:
    return bool(cell.state is not State.UNKNOWN or cell.pending or cell.unconfirmed or cell.supports)


def crossing_lines(crossing: Crossing, cells: Sequence[Cell], drawn: Board, everything: bool) -> list[str]:
    """One crossing: a line for its name, then one for all lanes that say the same, with what is pending beneath."""
    lines = [f"  {crossing.side_a.name or crossing.name} / {crossing.side_b.name}"]
    together: dict[tuple[object, ...], list[Cell]] = {}
    for cell in cells:
        if everything or _spoken_of(cell):
            key = (cell.state, cell.direction, cell.since, cell.until, cell.hours, cell.by_word_of, cell.exceptions, _pending(cell))
            together.setdefault(key, []).append(cell)
    for alike in together.values():
        lines.append(f"    {say.SHAPES[alike[0].state]} {_state(alike[0], drawn)}  [{', '.join(say.LANES[cell.lane] for cell in alike)}]")
        lines += [f"      {change}" for change in _pending(alike[0])]
    return lines


def _state(cell: Cell, drawn: Board) -> str:
    """`CLOSED since 24 Nov 2023, until 23 Dec 2023, by word of Finnish Government, confirmed 22 Nov 2023 (3 days before)`."""
    state = cell.state.upper() + (" (inferred)" if cell.inferred else "") + (f" {cell.direction}" if cell.direction != "both" else "")
    parts = [f"since {say.when(cell.since)}" if cell.since else ""]
    parts.append("until further notice" if cell.until_further_notice else f"until {say.when(cell.until)}" if cell.until else "")
    parts += [f"hours {cell.hours}" if cell.hours else "", cell.exceptions or "", f"by word of {cell.by_word_of}" if cell.by_word_of else ""]
    if cell.last_confirmed:
        age = age_days(cell.last_confirmed, drawn.at.start) if drawn.at else None
        parts.append(f"confirmed {say.when(cell.last_confirmed)}" + (f" ({age} days before)" if age else ""))
    return " ".join((state, ", ".join(part for part in parts if part))).strip()


def _pending(cell: Cell) -> tuple[str, ...]:
    told = []
    for change in cell.pending:
        what = {State.CLOSED: "closure", State.OPEN: "opening", State.RESTRICTED: "restriction"}[change.state]
        who = f", {change.speaker.name}" if change.speaker else ""
        start = f" from {say.when(change.start)}" if change.start else ""
        told.append(f"{what}: {say.WORDS[change.commitment]}{start}{who}")
    return tuple(told)
