"""`pasvik board`: which crossings are open, for whom, since when, by whose word."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from itertools import groupby

import typer
from rich.console import Console
from rich.table import Table

from pasvik.app import answer
from pasvik.app.clocks import age_days, question
from pasvik.app.wiring import House, open_house
from pasvik.cli import say
from pasvik.terms.capture import Fault
from pasvik.terms.claim import State
from pasvik.terms.interchange import reading_from_json
from pasvik.terms.place import Crossing, Lane
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
        drawn = _from_input(house, undated=not isinstance(at, str))
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


def _from_input(house: House, undated: bool) -> Board | Fault:
    try:
        _, reading = reading_from_json(json.load(sys.stdin))
    except (ValueError, UnicodeDecodeError) as bad:
        return Fault(f"standard input is not what `pasvik read --json` prints: {bad}", "-")
    return answer.board_of(house, reading.statements, undated)


def show(house: House, drawn: Board, everything: bool = False, alone: bool = False) -> None:
    """The board as a table per border; crossings of which nothing is known are counted, and listed with `--all`."""
    console = Console(highlight=False, soft_wrap=False)
    if drawn.at is not None and not alone:
        known = f", as known on {say.when(drawn.known)}" if drawn.known else ""
        console.print(f"Crossings on {say.when(drawn.at)}{known}\n")
    crossings = house.gazetteer.crossings
    rows = sorted(drawn.cells, key=lambda cell: (crossings[cell.crossing].border, -(crossings[cell.crossing].lat or 0), cell.crossing))
    for border, cells in groupby(rows, key=lambda cell: crossings[cell.crossing].border):
        _border(console, border, list(cells), crossings, drawn, everything)
    console.print(say.NOT_OFFICIAL)


def _border(console: Console, border: str, cells: list[Cell], crossings: dict[str, Crossing], drawn: Board, everything: bool) -> None:
    known = [cell for cell in cells if cell.state is not State.UNKNOWN or cell.pending or cell.unconfirmed or cell.supports or everything]
    silent = {cell.crossing for cell in cells} - {cell.crossing for cell in known}
    if not known:
        console.print(f"{border}: not stated ({len(silent)} crossing{'s' if len(silent) != 1 else ''})\n")
        return
    table = Table(title=f"{border}", title_justify="left", box=None, pad_edge=False, header_style="bold")
    for column in ("crossing", "state", "lanes", "since", "until", "by whose word", "confirmed", "pending"):
        table.add_column(column, overflow="fold")
    for _, lanes in groupby(known, key=lambda cell: cell.crossing):
        for row in _rows(list(lanes), crossings, drawn):
            table.add_row(*row)
    console.print(table)
    if silent:
        console.print(f"not stated: {', '.join(sorted(crossings[one].side_a.name for one in silent))}", style="dim")
    console.print()


def _rows(cells: Sequence[Cell], crossings: dict[str, Crossing], drawn: Board) -> list[tuple[str, ...]]:
    """Lanes of one crossing that say the same share a row."""
    crossing, rows, name = crossings[cells[0].crossing], [], True
    together: dict[tuple[object, ...], list[Cell]] = {}
    for cell in cells:
        key = (cell.state, cell.since, cell.until, cell.by_word_of, tuple((p.state, p.commitment) for p in cell.pending))
        together.setdefault(key, []).append(cell)
    for alike in together.values():
        first = alike[0]
        title = f"{crossing.side_a.name} / {crossing.side_b.name}" if name else ""
        state = f"{say.SHAPES[first.state]} {first.state.upper()}" + (" (inferred)" if first.inferred else "")
        until = "further notice" if first.until_further_notice else say.when(first.until)
        age = age_days(first.last_confirmed, drawn.at.start) if drawn.at else None
        confirmed = say.when(first.last_confirmed) + (f" ({age} days before)" if age else "")
        rows.append((title, state, _lanes([cell.lane for cell in alike]), say.when(first.since), until,
                     first.by_word_of or "", confirmed, "; ".join(_pending(first))))
        name = False
    return rows


def _lanes(lanes: list[Lane]) -> str:
    return ", ".join(say.LANES[lane] for lane in lanes)


def _pending(cell: Cell) -> list[str]:
    told = []
    for change in cell.pending:
        what = {State.CLOSED: "closure", State.OPEN: "opening", State.RESTRICTED: "restriction"}[change.state]
        who = f", {change.speaker.name}" if change.speaker else ""
        start = f" from {say.when(change.start)}" if change.start else ""
        told.append(f"{what}: {say.WORDS[change.commitment]}{start}{who}")
    return told
