"""`pasvik cap`: alert drafts for closures and unconfirmed reports; a person reads each one and releases it under a name."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import typer

from pasvik.app.answer import board
from pasvik.app.clocks import question
from pasvik.app.public.cap import CAP, cap_alert, stamp
from pasvik.app.public.items import Item, changed, join, news
from pasvik.app.wiring import House, clock, open_house
from pasvik.cli import say
from pasvik.terms.capture import Fault
from pasvik.terms.claim import State, Status
from pasvik.terms.question import Question

cap = typer.Typer(help="Alert drafts in the Common Alerting Protocol 1.2; a person releases them.", no_args_is_help=True)


@cap.command()
def draft(
    folder: str = typer.Argument(..., help="Folder to write the drafts into; made when missing."),
    sender: str = typer.Option(..., "--sender", help="The address of whoever will release them, such as desk@example.org."),
    border: str | None = typer.Option(None, "--border", help="Only this border or country.", show_default=False),
    at: str | None = say.AT, known: str | None = say.KNOWN, home: str | None = say.HOME, record: bool | None = say.RECORD,
) -> None:
    """Write one draft per closure of the last 90 days, per announced closure, and per unconfirmed report."""
    house = open_house(say.settings(home, record))
    asked = question(house.now(), at, known, None, border)
    if isinstance(asked, Fault):
        say.stop(asked.what)
    told, rumours = news(house, asked), rumoured(house, asked)
    if isinstance(told, Fault):
        say.stop(told.what)
    if isinstance(rumours, Fault):
        say.stop(rumours.what)
    try:
        Path(folder).mkdir(parents=True, exist_ok=True)
        for item in (*(one for one in told if one.after is State.CLOSED), *rumours):
            sent = asked.at.start if asked.at else house.now()
            data = cap_alert(item, house.gazetteer.crossings, sender, sent, rumour=item in rumours)
            Path(folder, f"{item.id}.draft.xml").write_bytes(data)
            print(f"{item.id}.draft.xml  {'unconfirmed: ' if item in rumours else ''}{item.title}")
    except (OSError, ValueError) as bad:
        say.stop(str(bad))


@cap.command()
def release(
    file: str = typer.Argument(..., help="A draft made by `pasvik cap draft`."),
    by: str = typer.Option(..., "--by", help="Who has read it and answers for it."),
) -> None:
    """Turn a draft that you have read into an actual alert, beside the draft; the draft stays."""
    path = Path(file)
    try:
        tree = ElementTree.parse(path)
    except (OSError, ElementTree.ParseError) as bad:
        say.stop(f"{file} is no draft: {bad}")
    status = tree.getroot().find(f"{{{CAP}}}status")
    note = tree.getroot().find(f"{{{CAP}}}note")
    if status is None or note is None or status.text != "Draft" or not by.strip():
        say.stop(f"{file} is no draft, or nobody is named who releases it")
    sent = tree.getroot().find(f"{{{CAP}}}sent")
    if sent is not None:
        sent.text = stamp(clock(say.settings(None, None))())
    status.text, note.text = "Actual", f"{note.text} Released by {by.strip()}."
    ElementTree.register_namespace("", CAP)
    out = path.with_name(path.name.replace(".draft", "").removesuffix(".xml") + ".actual.xml")
    if out.exists():
        say.stop(f"{out} is there already: an alert is released once")
    tree.write(out, encoding="utf-8", xml_declaration=True)
    print(out)


def rumoured(house: House, asked: Question) -> list[Item] | Fault:
    """What lone unknown outlets tell beside the board, as news of its own kind: it never flips a cell."""
    drawn = board(house, asked)
    if isinstance(drawn, Fault):
        return drawn
    made: list[Item] = []
    for cell in drawn.cells:
        for id in cell.unconfirmed if cell.direction == "both" else ():
            held = house.ledger.statement(id)
            claim = held.statement.claim if held else None
            published = held.statement.source.published if held else None
            if held is not None and isinstance(claim, Status) and published:
                crossing = house.gazetteer.crossings[cell.crossing]
                item = changed(crossing, None, replace(cell, state=claim.state, decided_by=None, by_word_of=held.statement.source.publisher, until=None),
                               published.start)
                made.append(replace(
                    item, statements=(id,), commitment=str(claim.commitment), words=f"{crossing.name}: “{held.statement.evidence.quote}”"))
    return join(made)
