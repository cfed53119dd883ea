"""`pasvik add FILE…`: keep a document and what it claims; adding it twice is adding it once."""

from __future__ import annotations

import typer

from pasvik.app import collect
from pasvik.app.wiring import open_house
from pasvik.cli import say
from pasvik.cli.read import PUBLISHED, PUBLISHER, URL, load
from pasvik.terms.capture import Fault


def add(
    files: list[str] = typer.Argument(..., help="Plain text, HTML or PDF files; `-` is standard input."),
    published: str | None = PUBLISHED, publisher: str | None = PUBLISHER, url: str | None = URL,
    as_json: bool = say.AS_JSON, home: str | None = say.HOME, record: bool | None = say.RECORD,
) -> None:
    """Read files, keep them with their statements, and say what was added."""
    house = open_house(say.settings(home, record), keep=True)
    added: list[collect.Added] = []
    bad: list[str] = []
    for file in files:
        told = collect.add(house, load(file), file, published, publisher, url)
        if isinstance(told, Fault):
            bad.append(f"{file}: {told.what}")
            continue
        added.append(told)
        if not as_json:
            print(f"{file}: {told.sentence}")
    if as_json:
        say.out_json([{"document": one.document, "new": one.new, "known": one.known, "puzzles": one.puzzles, "basis": one.basis,
                       "dated": one.is_dated} for one in added])
    if bad:
        say.stop("; ".join(bad))
