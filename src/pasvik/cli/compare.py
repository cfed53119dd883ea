"""`pasvik diff` and `pasvik date`: what changed between two boards, and when a text without a date was written."""

from __future__ import annotations

import typer

from pasvik.app import collect
from pasvik.app import compare as app
from pasvik.app.clocks import question
from pasvik.app.story.shape import change_to_json
from pasvik.app.wiring import open_house
from pasvik.cli import say
from pasvik.cli.read import load
from pasvik.terms.capture import Fault
from pasvik.terms.question import Question


def diff(
    from_at: str | None = typer.Option(None, "--from", help="The first board: when it holds.", show_default=False),
    from_known: str | None = typer.Option(None, "--from-known", help="The first board: known by then (default: as --known).", show_default=False),
    from_basis: int | None = typer.Option(None, "--from-basis", help="The first board: at this basis (default: as --basis).", show_default=False),
    at: str | None = say.AT, known: str | None = say.KNOWN, basis: int | None = say.BASIS,
    border: str | None = typer.Option(None, "--border", help="Only this border, such as FI-RU.", show_default=False),
    lane: str | None = typer.Option(None, "--lane", help="Only this lane.", show_default=False),
    as_json: bool = say.AS_JSON, home: str | None = say.HOME, record: bool | None = say.RECORD,
) -> None:
    """What changed between two boards, by any of the three clocks."""
    house = open_house(say.settings(home, record))
    before = question(house.now(), from_at or at, from_known or known, basis if from_basis is None else from_basis, border, lane=lane)
    after = question(house.now(), at, known, basis, border, lane=lane)
    for asked in (before, after):
        if isinstance(asked, Fault):
            say.stop(asked.what)
    assert isinstance(before, Question) and isinstance(after, Question)
    changes = app.diff(house, before, after)
    if isinstance(changes, Fault):
        say.stop(changes.what)
    if as_json:
        say.out_json([change_to_json(one) for one in changes])
        return
    for one in changes:
        print(f"{house.gazetteer.crossings[one.crossing].name}, {say.LANES[one.lane]}: {one.words}")
    print(f"{len(changes)} cells differ")


def date(
    file: str = typer.Argument(..., help="A text without a date; `-` is standard input."),
    basis: int | None = say.BASIS, as_json: bool = say.AS_JSON, home: str | None = say.HOME, record: bool | None = say.RECORD,
) -> None:
    """When was a text without a date written? A window worked out from its own claims against the record, with reasons."""
    house = open_house(say.settings(home, record))
    told = collect.read_bytes(house.reader, load(file), file)
    if isinstance(told, Fault):
        say.stop(told.what)
    document, reading = told
    dated = app.date_reading(house, reading, Question(basis=basis))
    if as_json:
        say.out_json({"published": document.published.iso() if document.published else None, "published_by": document.published_by,
                      "dated": {"from": dated.start.iso(), "until": dated.until.iso(), "because": list(dated.because)} if dated else None})
        return
    if document.published:
        print(f"It bears a date: {say.when(document.published)} ({document.published_by})")
    print(say.window(dated) if dated else "Its claims and the record do not tell.")
    for reason in dated.because if dated else ():
        print(f"  {reason}")
