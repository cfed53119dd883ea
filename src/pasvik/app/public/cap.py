"""Drafts of public alerts in the Common Alerting Protocol 1.2 (OASIS): a person reads, signs and releases them; we never do."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

from pasvik.app.public.items import Item
from pasvik.app.public.notice import NOT_OFFICIAL, clean
from pasvik.terms.claim import Commitment
from pasvik.terms.place import Crossing

CAP = "urn:oasis:names:tc:emergency:cap:1.2"
AHEAD = timedelta(hours=1)                                      # what begins sooner is Immediate, later Expected or Future
SOON = timedelta(days=2)
RADIUS_KM = "0.5"                                               # the crossing point itself, nothing around it
# How sure a CAP reader may be of a thing that has gone so far; what is already so was observed by those who told it.
CERTAINTY = {
    "in_effect": "Observed", "ordered": "Likely", "planned": "Possible", "signalled": "Possible", "considering": "Possible",
    "conditional": "Possible", "ruled_out": "Unlikely", "ended": "Observed"}


def cap_alert(item: Item, crossings: Mapping[str, Crossing], sender: str, sent: datetime, rumour: bool = False) -> bytes:
    """One alert as XML, a draft until a person releases it (`pasvik cap release`).

    severity is always Unknown, for we do not weigh what a closure means to whom; rumour: nobody with a say has confirmed it.
    `sent` is UTC; `sender` is the address of whoever will release it. Raises ValueError for a sender that CAP forbids.
    """
    if not sender or set(sender) & set(" ,<&"):
        raise ValueError(f"{sender!r} cannot be a CAP sender: it holds a space, a comma, < or &, or is empty")
    ElementTree.register_namespace("", CAP)
    alert = ElementTree.Element(f"{{{CAP}}}alert")
    for name, text in (
            ("identifier", f"pasvik-{item.id}"), ("sender", sender), ("sent", stamp(sent)), ("status", "Draft"),
            ("msgType", "Alert"), ("source", "Pasvik"), ("scope", "Public"), ("note", NOT_OFFICIAL)):
        _put(alert, name, text)
    _info(alert, item, crossings, sent, rumour)
    ElementTree.indent(alert)
    return bytes(ElementTree.tostring(alert, encoding="utf-8", xml_declaration=True))


def _info(alert: ElementTree.Element, item: Item, crossings: Mapping[str, Crossing], sent: datetime, rumour: bool) -> None:
    info = _put(alert, "info")
    for name, text in (
            ("language", "en"), ("category", "Transport"), ("event", _event(item, rumour)), ("urgency", _urgency(item, sent)),
            ("severity", "Unknown"), ("certainty", "Unknown" if rumour else CERTAINTY[item.commitment]), ("onset", stamp(item.at))):
        _put(info, name, text)
    if item.until:
        _put(info, "expires", stamp(item.until.end))
    doubt = "Unconfirmed: no authority is known to have said so. " if rumour else ""
    _put(info, "headline", (doubt + item.title)[:160])
    _put(info, "description", f"{doubt}{item.words}. By word of {item.by_word_of or 'a source named in the record'}.")
    _put(info, "instruction", NOT_OFFICIAL)
    for place in item.places:
        _area(info, crossings[place])


def _area(info: ElementTree.Element, crossing: Crossing) -> None:
    area = _put(info, "area")
    _put(area, "areaDesc", crossing.name)
    if crossing.lat is not None and crossing.lon is not None:
        _put(area, "circle", f"{crossing.lat:.5f},{crossing.lon:.5f} {RADIUS_KM}")
    geocode = _put(area, "geocode")
    _put(geocode, "valueName", "pasvik-crossing")
    _put(geocode, "value", crossing.id)


def _event(item: Item, rumour: bool) -> str:
    if rumour:
        return "Unconfirmed report on a border crossing"
    return "Announced change at a border crossing" if item.commitment != Commitment.IN_EFFECT else f"Border crossing {item.after}"


def _urgency(item: Item, sent: datetime) -> str:
    left = item.at - sent
    if left <= timedelta(0):
        return "Immediate" if left > -SOON else "Past"
    return "Immediate" if left <= AHEAD else "Expected" if left <= SOON else "Future"


def _put(parent: ElementTree.Element, name: str, text: str | None = None) -> ElementTree.Element:
    made = ElementTree.SubElement(parent, f"{{{CAP}}}{name}")
    if text is not None:
        made.text = clean(text)
    return made


def stamp(at: datetime) -> str:
    """A CAP date-time: no Z, UTC as -00:00 (section 3.3.2 of the standard)."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S-00:00")
