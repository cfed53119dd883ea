"""`pasvik sources`: which public sources there are, which are turned on, how they do, and whether one answers."""

from __future__ import annotations

import sys
from typing import Any

import typer

from pasvik.app.gather.coverage import Watched, coverage
from pasvik.app.gather.lookout import open_lookout, open_state, read_cards
from pasvik.app.gather.trial import try_source
from pasvik.app.wiring import clock
from pasvik.cli import say
from pasvik.sources.catalogue import chosen

sources = typer.Typer(name="sources", no_args_is_help=False, rich_markup_mode=None, help="The public sources: list, enable, disable, test.")
WHICH = typer.Argument(..., help="Ids, groups (fi, no, ee, lv, lt, pl, ru, by, tables), country codes, or `all`.")


@sources.callback(invoke_without_command=True)
def main(context: typer.Context) -> None:
    """Without a command: the list."""
    if context.invoked_subcommand is None:
        list_sources(None, False, False, None)


@sources.command("list")
def list_sources(
    which: list[str] | None = typer.Argument(None, help="Ids, groups or country codes; left out: all."),
    on: bool = typer.Option(False, "--on", help="Only those that are turned on."),
    as_json: bool = say.AS_JSON, home: str | None = say.HOME,
) -> None:
    """Every source with its state: off, or on and how it does."""
    settings = say.settings(home, None)
    found = coverage(settings, clock(settings)())
    wanted = {card.id for card in chosen([one.card for one in found.sources], which)[0]} if which else None
    shown = [one for one in found.sources if (wanted is None or one.card.id in wanted) and (one.visits.is_on or not on)]
    if as_json:
        say.out_json([_json(one) for one in shown])
    for one in shown if not as_json else ():
        print(_line(one))
    if not as_json:
        print(f"{len(shown)} sources, {sum(one.visits.is_on for one in shown)} on. Turn some on with: pasvik sources enable fi")
    for fault in found.faults:
        print(f"pasvik: {fault.what}", file=sys.stderr)
    if found.faults:
        raise SystemExit(1)


@sources.command("enable")
def enable(which: list[str] = WHICH, home: str | None = say.HOME) -> None:
    """Turn sources on: `pasvik collect` then visits them. Nothing is fetched before you say so."""
    _switch(which, True, home)


@sources.command("disable")
def disable(which: list[str] = WHICH, home: str | None = say.HOME) -> None:
    """Turn sources off; what they brought is kept."""
    _switch(which, False, home)


@sources.command("test")
def try_out(which: list[str] = WHICH, home: str | None = say.HOME) -> None:
    """Ask sources once and say what came, without keeping anything; non-zero exit where one does not answer as its card says."""
    lookout = open_lookout(say.settings(home, None))
    cards, unknown = chosen(lookout.cards, which)
    if unknown:
        say.stop(f"there is no source, group or country {unknown[0]!r}; `pasvik sources list` shows them")
    bad = 0
    for card in cards:
        told = try_source(lookout, card)
        bad += not told.good
        print(f"{'good' if told.good else 'BAD '}  {told.words}")
        for line in (*(f"      {words}" for words in told.examples), *(f"      fault: {fault.what}" for fault in told.faults[:5])):
            print(line)
    if bad:
        raise SystemExit(1)


def _switch(which: list[str], on: bool, home: str | None) -> None:
    settings = say.settings(home, None)
    cards, unknown = chosen(read_cards(settings)[0], which)
    if unknown:
        say.stop(f"there is no source, group or country {unknown[0]!r}; `pasvik sources list` shows them")
    state = open_state(settings)
    state.switch([card.id for card in cards], on, clock(settings)())
    state.close()
    for card in cards:
        print(f"{'on ' if on else 'off'} {card.id}: {card.publisher}")
        if on and card.needs:
            print(f"    it needs a key in the environment variable {card.needs}")


def _line(one: Watched) -> str:
    card, seen = one.card, one.visits
    state = str(one.health) if seen.is_on else "off"
    last = f", last fetched {seen.last_ok:%Y-%m-%d %H:%M} UTC" if seen.last_ok else ""
    why = f", {seen.fault}" if seen.is_on and seen.failures else ""
    return f"{state:9} {card.id:24} {card.how:8} {card.publisher} ({card.kind}, {card.language or '?'}){last}{why}"


def _json(one: Watched) -> dict[str, Any]:
    card, seen = one.card, one.visits
    return {
        "id": card.id, "group": card.group, "publisher": card.publisher, "how": str(card.how), "address": card.address,
        "country": card.country or None, "language": card.language or None, "kind": card.kind, "licence": card.licence or None,
        "on": seen.is_on, "health": str(one.health) if seen.is_on else None, "checked": card.checked or None, "failures": seen.failures,
        "fault": seen.fault or None,
        **{name: at.isoformat() if (at := getattr(seen, name)) else None for name in ("last_ok", "last_item", "next_due")}}
