"""`pasvik why CROSSING`: how a cell of the board was settled, with the words of everybody who spoke."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import Any

import typer

from pasvik.app import answer
from pasvik.app.answer import Why
from pasvik.app.clocks import question
from pasvik.app.wiring import open_house
from pasvik.cli import say
from pasvik.terms.capture import Fault, Origin
from pasvik.terms.interchange import source_to_json, statement_to_json
from pasvik.terms.statement import Statement
from pasvik.terms.status import cell_to_json


def why(
    crossing: str = typer.Argument(..., help="A crossing by id or any of its names."),
    lane: str = typer.Option("car", "--lane", help="Which lane; `all` for every lane."),
    at: str | None = say.AT, known: str | None = say.KNOWN, basis: int | None = say.BASIS,
    as_json: bool = say.AS_JSON, home: str | None = say.HOME, record: bool | None = say.RECORD,
) -> None:
    """How a cell was settled: every statement for and against, with speaker, date, source and exact words."""
    house = open_house(say.settings(home, record))
    asked = question(house.now(), at, known, basis, lane=None if lane == "all" else lane)
    if isinstance(asked, Fault):
        say.stop(asked.what)
    told = answer.why(house, crossing, asked)
    if isinstance(told, Fault):
        say.stop(told.what)
    if as_json:
        say.out_json([_json(one) for one in told])
        return
    for one in told:
        print(_text(one))
    print(say.NOT_OFFICIAL)


def _json(one: Why) -> dict[str, Any]:
    return {
        "cell": cell_to_json(one.cell),
        **{name: [{**statement_to_json(said), "source": source_to_json(said.source)} for said in statements]
           for name, statements in _groups(one)}}


def _groups(one: Why) -> tuple[tuple[str, Sequence[Statement]], ...]:
    return (("for", one.supports), ("against", one.against), ("unconfirmed", one.unconfirmed), ("pending", one.pending))


def _text(one: Why) -> str:
    cell = one.cell
    until = "until further notice" if cell.until_further_notice else f"until {say.when(cell.until)}" if cell.until else ""
    since = f"since {say.when(cell.since)}" if cell.since else ""
    lines = [f"{one.crossing.name}, {say.LANES[cell.lane]}: {' '.join(filter(None, (cell.state.upper(), since, until)))}", ""]
    lines += [f"  {number}. {step}" for number, step in enumerate(cell.because, 1)]
    if len(cell.sides) > 1:
        lines += ["", f"  the two sides: {', '.join(f'{country} {state}' for country, state in cell.sides)}"]
    if cell.exceptions:
        lines += ["", f"  except: {cell.exceptions}"]
    if cell.notes:
        lines += ["", "  beside it:", *(line for note in cell.notes for line in textwrap.wrap(note, 110, initial_indent="    ", subsequent_indent="      "))]
    for title, statements in _groups(one):
        if statements:
            lines += ["", f"  {title}:"]
            for said in statements:
                lines += _said(said)
    return "\n".join([*lines, ""])


def _said(said: Statement) -> list[str]:
    source = said.source
    who = said.speaker.name if said.speaker else "in its own voice"
    origin = "our own words about the page" if source.origin is Origin.CURATED else "exact words"
    published = say.when(source.published) or "no date"
    lines = [f"    {published}  {source.publisher or 'unknown publisher'}: {who} [{said.id}]"]
    lines += textwrap.wrap(f"{origin}: “{said.evidence.quote}”", 110, initial_indent="      ", subsequent_indent="      ")
    if source.url:
        lines.append(f"      {source.url}")
    return lines
