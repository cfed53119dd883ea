"""`pasvik claims`, `pasvik posture` and `pasvik watch`: who accuses whom, and how governments moved, each with its words."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping

import typer

from pasvik.app.clocks import asked_moment, question
from pasvik.app.story import stance as app
from pasvik.app.story.shape import claims_to_json, steps_to_json
from pasvik.app.story.stance import Steps
from pasvik.app.wiring import House, open_house
from pasvik.cli import say
from pasvik.situation.story.posture import Step
from pasvik.terms.capture import Fault, Origin
from pasvik.terms.question import Question
from pasvik.terms.statement import Statement

STANCES = {
    "watching": "watches", "considering": "considers measures", "planning": "plans measures", "ready_to_close": "ready to close",
    "tightened": "tightened", "partly_closed": "closed in part", "all_but_one": "closed all but one", "closed": "closed",
    "eased": "eased", "will_not_close": "will not close"}
BORDER = typer.Option(None, "--border", help="Only this border, such as FI-RU.", show_default=False)


def claims(
    at: str | None = say.AT, known: str | None = say.KNOWN, basis: int | None = say.BASIS, border: str | None = BORDER,
    as_json: bool = say.AS_JSON, home: str | None = say.HOME, record: bool | None = say.RECORD,
) -> None:
    """Who accuses whom of what, and who denies it. They belong to those who made them and are not judged."""
    house, asked = _open(home, record, at, known, basis, border)
    found = app.claims(house, asked)
    if isinstance(found, Fault):
        say.stop(found.what)
    if as_json:
        say.out_json(claims_to_json(found))
        return
    for charge in found.charges:
        where = f" ({charge.border})" if charge.border else ""
        print(f"{charge.accuser} accuses {charge.accused}{where}: told {_times(charge.statements)}, denied {_times(charge.denials)}")
        for id in charge.statements:
            print("\n".join(_said(found.statements, id, "accuses")))
        for id in charge.denials:
            print("\n".join(_said(found.statements, id, "denies")))
        print()
    print(f"{len(found.charges)} pairs of accuser and accused. Pasvik does not judge them true or false.")


def posture(
    country: str | None = typer.Argument(None, help="A country by its code, such as NO; left out: every country.", show_default=False),
    at: str | None = say.AT, known: str | None = say.KNOWN, basis: int | None = say.BASIS,
    as_json: bool = say.AS_JSON, home: str | None = say.HOME, record: bool | None = say.RECORD,
) -> None:
    """How a government moved over time: watching, considering, ready, closed in part, all but one, closed, eased; with the words."""
    house, asked = _open(home, record, at, known, basis, None)
    ladders = [app.posture(house, code, asked) for code in ((country,) if country else app.countries(house))]
    told: list[Steps] = []
    for found in ladders:
        if isinstance(found, Fault):
            say.stop(found.what)
        if country or found.steps:
            told.append(found)
    if as_json:
        say.out_json([steps_to_json(found) for found in told])
        return
    for found in told:
        print(f"{found.country}: {len(found.steps)} steps")
        for step in found.steps:
            print("\n".join(_step(step)))
        print()


def watch(
    country: str = typer.Argument(..., help="Whose neighbours: a country by its code, such as NO."),
    since: str | None = typer.Option(None, "--since", help="From this day on (default: 30 days before --at).", show_default=False),
    at: str | None = say.AT, known: str | None = say.KNOWN, basis: int | None = say.BASIS,
    as_json: bool = say.AS_JSON, home: str | None = say.HOME, record: bool | None = say.RECORD,
) -> None:
    """The digest of what the other governments did and said since a day."""
    house, asked = _open(home, record, at, known, basis, None)
    begins = asked_moment(since, "since", house.now())
    if isinstance(begins, Fault):
        say.stop(begins.what)
    found = app.watch(house, country, begins, asked)
    if isinstance(found, Fault):
        say.stop(found.what)
    if as_json:
        say.out_json(steps_to_json(found))
        return
    for step in found.steps:
        print("\n".join(_step(step, named=True)))
    print(f"{len(found.steps)} moves of the neighbours of {found.country} since {say.when(found.since)}")


def _open(
    home: str | None, record: bool | None, at: str | None, known: str | None, basis: int | None, border: str | None) -> tuple[House, Question]:
    house = open_house(say.settings(home, record))
    asked = question(house.now(), at, known, basis, border)
    if isinstance(asked, Fault):
        say.stop(asked.what)
    return house, asked


def _step(step: Step, named: bool = False) -> list[str]:
    where = f" ({step.border})" if step.border else ""
    again = f"; said again {_times(step.statements[1:])}" if len(step.statements) > 1 else ""
    first = f"  {say.when(step.told) or 'no date'}  {step.country + ' ' if named else ''}{STANCES.get(step.stance, step.stance)}{where}{again}"
    return [first, *_wrapped(f"“{step.words}”")]


def _times(ids: tuple[str, ...]) -> str:
    return {0: "never", 1: "once", 2: "twice"}.get(len(ids), f"{len(ids)} times")


def _said(statements: Mapping[str, Statement], id: str, verb: str) -> list[str]:
    said = statements[id]
    who = said.speaker.name if said.speaker else said.source.publisher or "an unnamed outlet"
    origin = "our own words: " if said.source.origin is Origin.CURATED else ""
    return [f"  {say.when(said.source.published) or 'no date'}  {who} {verb} ({said.source.publisher or 'unknown publisher'}) [{said.id}]",
            *_wrapped(f"{origin}“{said.evidence.quote}”")]


def _wrapped(words: str) -> list[str]:
    return textwrap.wrap(words, 120, initial_indent="      ", subsequent_indent="      ")
