"""How the terminal says things: one clear sentence for what went wrong, words and shapes for states."""

from __future__ import annotations

import json
import sys
from typing import Any, NoReturn

import typer

from pasvik.app.settings import Settings, settings_from
from pasvik.terms.capture import Dated
from pasvik.terms.moment import Grain, Moment
from pasvik.terms.place import Lane

SHAPES = {"open": "○", "restricted": "◐", "closed": "●", "lapsed": "◌", "unknown": "?"}
WORDS = {
    "in_effect": "in effect", "ordered": "ordered", "planned": "planned", "signalled": "signalled", "considering": "considering",
    "conditional": "if certain things happen", "ruled_out": "ruled out", "ended": "ended",
}
LANES = {
    Lane.CAR: "car", Lane.TRUCK: "lorry", Lane.BUS: "bus", Lane.PEDESTRIAN: "on foot", Lane.BICYCLE: "bicycle",
    Lane.RAIL_PASSENGER: "passenger train", Lane.RAIL_FREIGHT: "freight train", Lane.ASYLUM: "asylum applications",
}
NOT_OFFICIAL = "Pasvik is not an official source. Before you travel, ask the border authority."

HOME = typer.Option(None, "--home", help="Folder of the ledger and archive (or PASVIK_HOME).", show_default=False)
RECORD = typer.Option(None, "--record/--no-record", help="Count the shipped record, or leave it out (or PASVIK_RECORD=none).",
                      show_default=False)
AT = typer.Option(None, "--at", help="When it holds: ISO date or time; a bare date is noon there. Default: now.", show_default=False)
KNOWN = typer.Option(None, "--known", help="Only what had been published by then.", show_default=False)
BASIS = typer.Option(None, "--basis", help="Only what the ledger held at this position.", show_default=False)
AS_JSON = typer.Option(False, "--json", help="Print JSON.")


def settings(home: str | None, record: bool | None) -> Settings:
    """Settings of this call: the environment, with the options on top."""
    return settings_from(home=home, record=record)


def stop(sentence: str, code: int = 2) -> NoReturn:
    """Say what is wrong on standard error and end with a non-zero code."""
    print(f"pasvik: {sentence}", file=sys.stderr)
    raise SystemExit(code)


def out_json(value: Any) -> None:
    """One JSON value on standard output, UTF-8, readable."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=1) + "\n")


def when(told: Moment | None) -> str:
    """A moment for people: `24 Nov 2023`, with the clock time and zone where it was told to the minute."""
    if told is None:
        return ""
    here = told.local
    if told.grain is Grain.YEAR:
        return f"{here:%Y}"
    if told.grain is Grain.MONTH:
        return f"{here:%b %Y}"
    day = f"{here.day} {here:%b %Y}"
    return day if told.grain is Grain.DAY else f"{day} {here:%H:%M %Z}"


def window(dated: Dated) -> str:
    """A window of days for people: `24 Nov 2023 to 28 Nov 2023`."""
    return f"{when(dated.start)} to {when(dated.until)}"
