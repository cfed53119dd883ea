"""Publishes a checked order: notices in four languages, an alert draft, a calendar, a map layer, linked data, and the signed bundle."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from icalendar import Calendar, Event

from pasvik.app.order.bundle import sign_order
from pasvik.app.order.notice import LANGUAGES, notice, parse_words
from pasvik.app.order.order import Order
from pasvik.app.public.cap import cap_alert
from pasvik.app.public.items import Item
from pasvik.app.public.notice import CREDIT
from pasvik.app.wiring import House, knowledge
from pasvik.terms.capture import Trouble, digest
from pasvik.terms.claim import Commitment
from pasvik.terms.moment import Grain
from pasvik.terms.place import Lane, lanes_of

Json = dict[str, Any]


def publish(house: House, order: Order, held: Json, folder: Path, sender: str) -> tuple[str, ...]:
    """Write every form of the order into a folder; the names written. Raises Trouble where the folder cannot be written to."""
    forms: dict[str, bytes] = {
        f"notice.{language}.txt": notice(order, parse_words(knowledge(house.settings, f"notices/{language}.toml"))).encode() for language in LANGUAGES}
    english = parse_words(knowledge(house.settings, "notices/en.toml"))
    forms["order.pasvik.json"] = _text(sign_order(plainly(held), house.settings.home))
    forms["order.geojson"] = _text(layer(order))
    forms["order.jsonld"] = _text(linked(order, notice(order, english)))
    forms["order.ics"] = calendar(order, english, house.now())
    forms["order.cap.xml"] = cap_alert(item_of(order), house.gazetteer.crossings, sender, house.now())
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in forms.items():
            (folder / name).write_bytes(data)
    except OSError as bad:
        raise Trouble(f"the order cannot be written to {folder}: {bad.strerror}") from bad
    return tuple(forms)


def plainly(held: Json) -> Json:
    """The order as JSON can carry it: TOML's dates and times as ISO 8601 text."""
    told: Json = json.loads(json.dumps(held, default=lambda value: value.isoformat()))
    return told


def item_of(order: Order) -> Item:
    """The order as a piece of news, for the alert."""
    lanes = tuple(lane for lane in Lane if lane in lanes_of(order.lanes))
    is_ahead = order.start.start > order.published.start
    return Item(
        "announced" if is_ahead else "change", order.places[0].border, tuple(one.id for one in order.places), tuple(one.name for one in order.places),
        lanes, None, order.state, order.start.start, order.published.start, order.places[0].zone, f"{order.authority.body} orders: {order.state}",
        order.country, order.authority.body, order.until, str(Commitment.ORDERED if is_ahead else Commitment.IN_EFFECT))


def layer(order: Order) -> Json:
    """The crossings of the order as GeoJSON."""
    return {"type": "FeatureCollection", "attribution": CREDIT, "features": [
        {"type": "Feature", "id": one.id, "properties": {
            "name": one.name, "state": str(order.state), "lanes": list(order.lanes), "from": order.start.iso(),
            "until": order.until.iso() if order.until else None, "until_further_notice": order.further, "by": order.authority.body},
         "geometry": {"type": "Point", "coordinates": [one.lon, one.lat]} if one.lat is not None and one.lon is not None else None}
        for one in order.places]}


def linked(order: Order, text: str) -> Json:
    """The order as JSON-LD: an announcement in the words of schema.org."""
    return {
        "@context": "https://schema.org", "@type": "SpecialAnnouncement", "name": text.splitlines()[0], "text": text,
        "datePosted": order.published.iso(), "expires": order.until.iso() if order.until else None, "url": order.url or None,
        "announcementLocation": [{"@type": "CivicStructure", "name": one.name} for one in order.places],
        "author": {"@type": "GovernmentOrganization", "name": order.authority.body}}


def calendar(order: Order, words: Json, now: datetime) -> bytes:
    """The beginning of the order and, where one is announced, its end, as two events."""
    made = Calendar()
    made.add("prodid", "-//Pasvik//order//EN")
    made.add("version", "2.0")
    for what, when in (("from", order.start), ("until", order.until)):
        if when is None:
            continue
        event = Event()
        event.add("uid", digest("\x1f".join((order.authority.body, what, when.iso(), *(one.id for one in order.places))).encode())[:24] + "@pasvik")
        event.add("dtstamp", now.replace(microsecond=0))
        event.add("dtstart", when.start if when.grain is Grain.MINUTE else when.local.date())
        event.add("dtend", when.start + timedelta(minutes=1) if when.grain is Grain.MINUTE else when.local.date() + timedelta(days=1))
        event.add("summary", f"{words['label'][what]}: {words['title'][order.state]}")
        event.add("description", notice(order, words))
        made.add_component(event)
    text: bytes = made.to_ical()
    return text


def _text(value: Json) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "backslashreplace")
