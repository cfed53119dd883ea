"""`pasvik follow`: what was announced at a crossing, what came of it, and whether the people add up."""

from __future__ import annotations

import textwrap

import typer

from pasvik.app.clocks import question
from pasvik.app.story import follow as app
from pasvik.app.story.follow import Followed
from pasvik.app.story.shape import followed_to_json
from pasvik.app.wiring import open_house
from pasvik.cli import say
from pasvik.situation.story.reconcile import Match
from pasvik.terms.capture import Fault

VERDICTS = {
    "came_true": "came true", "differs": "differs", "did_not": "did not come", "not_seen": "nothing seen", "awaited": "still to come"}


def follow(
    at: str | None = say.AT, known: str | None = say.KNOWN, basis: int | None = say.BASIS,
    border: str | None = typer.Option(None, "--border", help="Only this border, such as FI-RU.", show_default=False),
    crossing: str | None = typer.Option(None, "--crossing", help="Only this crossing, by id or any name.", show_default=False),
    lane: str | None = typer.Option(None, "--lane", help="Follow the orders on this lane (default: the crossing's first).", show_default=False),
    as_json: bool = say.AS_JSON, home: str | None = say.HOME, record: bool | None = say.RECORD,
) -> None:
    """Announced against observed: transfers, openings and closures with what was later reported, and the balance of people."""
    house = open_house(say.settings(home, record))
    asked = question(house.now(), at, known, basis, border, crossing, lane)
    if isinstance(asked, Fault):
        say.stop(asked.what)
    found = app.follow(house, asked)
    if isinstance(found, Fault):
        say.stop(found.what)
    if as_json:
        say.out_json([followed_to_json(one) for one in found])
        return
    for one in found:
        print(_text(one))
    print(f"{len(found)} crossing{'s' * (len(found) != 1)} with something announced or counted. {say.NOT_OFFICIAL}")


def _text(one: Followed) -> str:
    lines = [f"{one.crossing.name} ({one.crossing.border})"]
    if one.orders:
        lines.append(f"  openings and closures, {say.LANES[one.lane]}:")
        lines += [line for match in one.orders for line in _match(match)]
    if one.people:
        lines.append("  people:")
        lines += [line for match in one.people for line in _match(match)]
    for total in one.sums:
        lines += _wrapped(total.words)
    for balance in one.balances:
        lines += _wrapped(f"balance: {balance.words}")
        lines += _wrapped(f"doubt: {balance.doubt}", "      ") if balance.doubt else []
    return "\n".join([*lines, ""])


def _match(match: Match) -> list[str]:
    who = match.announced.speaker.name if match.announced.speaker else match.announced.source.publisher or "an unnamed outlet"
    told = f"{VERDICTS[match.verdict]}: {match.words} (announced {say.when(match.announced.source.published)} by {who})"
    return [*_wrapped(told), *(_wrapped(f"doubt: {match.doubt}", "      ") if match.doubt else [])]


def _wrapped(words: str, indent: str = "    ") -> list[str]:
    return textwrap.wrap(words, 130, initial_indent=indent, subsequent_indent=indent + "  ")
