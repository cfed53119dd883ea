"""What waits to be told and what nobody took, out of this house's outbox: for the page and the terminal."""

from __future__ import annotations

from pasvik.app.wiring import House
from pasvik.outbox.store import Delivery, Outbox

FILE = "outbox.sqlite"


def open_outbox(house: House) -> Outbox:
    """The outbox of this house: beside the ledger in PostgreSQL, in a file of its own beside a ledger file. Raises Trouble."""
    return Outbox(_server(house) or f"sqlite:///{house.settings.home / FILE}")


def undelivered(house: House) -> list[Delivery]:
    """Deliveries that wait or were given up, oldest event first; none where nothing was ever told."""
    if not _server(house) and not (house.settings.home / FILE).exists():
        return []                                               # to look must not make a file
    outbox = open_outbox(house)
    try:
        return [one for one in outbox.deliveries() if one.state != "delivered"]
    finally:
        outbox.close()


def revive(house: House, event: str | None) -> int:
    """Try what was given up again: of one event, or (None) everything. Returns how many deliveries wait again."""
    outbox = open_outbox(house)
    try:
        return outbox.revive(event, house.now())
    finally:
        outbox.close()


def _server(house: House) -> str | None:
    database = house.settings.database
    return database if database and not database.startswith("sqlite") else None
