"""`pasvik order check|publish|key`: an authority's decision from a small file to notices in four languages, signed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import typer
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from pasvik.app.order.key import signing_key
from pasvik.app.order.order import Order, doubts, load_order, parse_order
from pasvik.app.order.publish import publish as put_out
from pasvik.app.wiring import House, open_house
from pasvik.cli import say
from pasvik.terms.capture import Fault

order = typer.Typer(help="An authority's decision as a small file: check it, publish it, sign it.", no_args_is_help=True)
FILE = typer.Argument(..., help="The order, TOML or JSON (docs/orders.md).")


@order.command()
def check(file: str = FILE, home: str | None = say.HOME, record: bool | None = say.RECORD) -> None:
    """Say everything that is missing or contradicts itself; non-zero exit where something must be mended."""
    house = open_house(say.settings(home, record))
    made, _ = _order(house, file)
    for doubt in doubts(made, house.gazetteer):
        print(f"look again: {doubt}")
    print(f"{file}: {made.authority.body}, {', '.join(one.id for one in made.places)}: {made.state} from {say.when(made.start)}; sound")


@order.command()
def publish(
    file: str = FILE,
    folder: str = typer.Option(..., "--to", help="Folder to write into; made when missing."),
    sender: str = typer.Option("order-desk", "--sender", help="Sender of the alert draft (CAP: no space, comma, < or &)."),
    home: str | None = say.HOME, record: bool | None = say.RECORD,
) -> None:
    """Write the notice in English, Norwegian, Finnish and Russian, JSON-LD, a CAP draft, GeoJSON, iCalendar and the signed bundle."""
    house = open_house(say.settings(home, record), keep=True)
    made, held = _order(house, file)
    try:
        names = put_out(house, made, held, Path(folder), sender)
    except ValueError as bad:
        say.stop(str(bad))
    for doubt in doubts(made, house.gazetteer):
        print(f"look again: {doubt}")
    print(f"written to {folder}: {', '.join(names)}")


@order.command()
def key(home: str | None = say.HOME) -> None:
    """Print this house's public key: whoever puts it into authorities.csv takes its orders as that authority's word."""
    chosen = say.settings(home, None)
    chosen.home.mkdir(parents=True, exist_ok=True)
    print(signing_key(chosen.home).public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex())


def _order(house: House, file: str) -> tuple[Order, dict[str, Any]]:
    """The order and its fields; stops with every fault."""
    try:
        held = load_order(Path(file).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as bad:
        say.stop(f"{file} cannot be read: {bad}")
    if isinstance(held, Fault):
        say.stop(f"{file}: {held.what}")
    made = parse_order(held, house.gazetteer, house.book)
    if isinstance(made, tuple):
        say.stop("\n".join(f"{file}: {fault.what}" for fault in made))
    return made, held
