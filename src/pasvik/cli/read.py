"""`pasvik read FILE`: what a text claims, by whom, in which words."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path

import typer

from pasvik.app import collect
from pasvik.app.compare import date_by_record
from pasvik.app.second.read import second_read
from pasvik.app.second.report import in_words, second_to_json
from pasvik.app.wiring import clock, open_reader
from pasvik.cli import say
from pasvik.terms.capture import Dated, Document, Fault
from pasvik.terms.claim_json import claim_to_json
from pasvik.terms.interchange import reading_to_json
from pasvik.terms.statement import Reading

PUBLISHED = typer.Option(None, "--published", help="When it was published (ISO 8601 with offset).", show_default=False)
PUBLISHER = typer.Option(None, "--publisher", help="Who published it.", show_default=False)
URL = typer.Option(None, "--url", help="Where it was published.", show_default=False)


class Who(StrEnum):
    """Who reads: our rules, a language model (off unless PASVIK_MODEL_URL is set), or both beside each other."""

    RULES = "rules"
    MODEL = "model"
    BOTH = "both"


def read(
    file: str = typer.Argument(..., help="Plain text, HTML or PDF; `-` is standard input."),
    published: str | None = PUBLISHED, publisher: str | None = PUBLISHER, url: str | None = URL,
    as_json: bool = say.AS_JSON,
    text: bool = typer.Option(False, "--text", help="Print for people even into a pipe."),
    who: Who = typer.Option(Who.RULES, "--reader", help="rules, model (needs PASVIK_MODEL_URL) or both, with where they disagree."),
    home: str | None = say.HOME, record: bool | None = say.RECORD,
) -> None:
    """Read a text into attributed, dated statements with their exact words."""
    chosen = say.settings(home, record)
    reader = open_reader(chosen)
    told = collect.read_bytes(reader, load(file), file, published, publisher, url)
    if isinstance(told, Fault):
        say.stop(told.what)
    document, reading = told
    second = second_read(chosen, reader, document, clock(chosen)()) if who is not Who.RULES else None
    if isinstance(second, Fault) and who is Who.MODEL:
        say.stop(second.what)
    if isinstance(second, Fault):
        print(f"pasvik: {second.what}", file=sys.stderr)        # the rules' reading stands without it
    rules = None if who is Who.MODEL else reading
    if second and not isinstance(second, Fault) and who is Who.MODEL:
        reading = second.reading
    dated = None if document.published or rules is None else date_by_record(chosen, reader, reading)
    if as_json or not (text or sys.stdout.isatty()):
        say.out_json(reading_to_json(document, reading, dated) | (second_to_json(second, chosen.model.name, rules) if second else {}))
    else:
        more = in_words(second, rules) if second and not isinstance(second, Fault) else []
        print("\n".join([show(document, reading, dated), *more]))


def load(file: str) -> bytes:
    """The bytes of a file or of standard input; stops with one sentence where there are none to be had."""
    if file == "-":
        return sys.stdin.buffer.read(collect.LARGEST + 1)
    path = Path(file)
    try:
        if path.is_dir():
            say.stop(f"{file} is a folder, not a file")
        with path.open("rb") as opened:
            return opened.read(collect.LARGEST + 1)             # one byte more than allowed: enough to know it is too large
    except FileNotFoundError:
        say.stop(f"there is no file {file}")
    except OSError as bad:
        say.stop(f"{file} cannot be read: {bad.strerror}")


def show(document: Document, reading: Reading, dated: Dated | None) -> str:
    """The statements one after the other, for people."""
    when = say.when(document.published) or (f"no date, by its claims {say.window(dated)}" if dated else "no date")
    lines = [f"{document.title or 'untitled'} – {document.publisher or 'unknown publisher'}, {when}", ""]
    for said in reading.statements:
        what = {key: value for key, value in claim_to_json(said.claim).items() if value not in (None, [], False, "both", ["all"], "")}
        what.pop("time_zone", None)
        kind = what.pop("kind")
        who = said.speaker.name if said.speaker else "the publisher"
        lines += [f"{kind}: " + ", ".join(f"{key} {_plain(value)}" for key, value in what.items()),
                  f"  {who} ({said.basis}, {said.evidence.zone}): “{said.evidence.quote}”"]
    lines += ["", f"{len(reading.statements)} statements, {len(reading.puzzles)} puzzles"]
    lines += [f"  puzzle: {puzzle.why}: “{puzzle.quote}”" for puzzle in reading.puzzles]
    return "\n".join(lines)


def _plain(value: object) -> str:
    if isinstance(value, list):
        return "+".join(str(one) for one in value)
    if isinstance(value, dict):
        return str(value.get("count") if value.get("count") is not None else next(iter(value.values())))
    return str(value)
