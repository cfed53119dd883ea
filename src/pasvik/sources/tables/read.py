"""The list of table parsers, and what has to be asked of each publisher."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from pasvik.sources.catalogue import Card
from pasvik.sources.tables import ca_cbsa, hk_immd, pl_granica, ua_dpsu, us_cbp, us_wsdot
from pasvik.sources.tables.row import Table
from pasvik.terms.capture import Fault

Parser = Callable[[bytes, str, datetime], Table]
PARSERS: dict[str, Parser] = {
    "us-cbp": us_cbp.read, "ca-cbsa": ca_cbsa.read, "ua-dpsu": ua_dpsu.read, "hk-immd": hk_immd.read, "us-wsdot": us_wsdot.read}
BY_PLACE = ("pl-granica",)                                      # asked once for each place, by POST
SOAP = (("SOAPAction", "getCzasyWszystko"),)


def read_table(card: Card, data: bytes, now: datetime, place: str = "") -> Table:
    """The rows of one answer. place: what was asked about, where the service answers for one place at a time."""
    if card.table in BY_PLACE:
        return pl_granica.read(data, card.id, now, place)
    if card.table not in PARSERS:
        return Table((), (Fault(f"{card.id}: there is no table parser {card.table!r}; there are {', '.join([*PARSERS, *BY_PLACE])}", card.id),))
    return PARSERS[card.table](data, card.id, now)


def questions(card: Card, now: datetime) -> tuple[tuple[str, bytes], ...]:
    """What to send for a table: (place, body of a POST), or one empty pair where a plain visit is enough."""
    if card.table in BY_PLACE:
        return tuple((code, pl_granica.question(code, now)) for code, _ in card.places)
    return (("", b""),)
