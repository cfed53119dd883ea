"""News as feeds: Atom (RFC 4287) and JSON Feed 1.1, for readers and for machines that subscribe."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree

from pasvik.app.public.items import Item
from pasvik.app.public.notice import NOT_OFFICIAL, clean, states_of

ATOM = "http://www.w3.org/2005/Atom"
MOST = 200                                                      # entries of one feed; the rest is counted in its subtitle
AUTHORITY = "tag:pasvik,2026:"                                  # RFC 4151; ids must stay the same wherever the server stands


@dataclass(frozen=True, slots=True)
class Channel:
    """Where a feed is read: its title, its own address, the page for people, and when the question was asked (UTC)."""

    title: str
    self_url: str
    page_url: str
    base_url: str
    asked: datetime


def atom(items: Sequence[Item], channel: Channel) -> bytes:
    """An Atom feed, newest first, UTF-8 with an XML declaration."""
    ElementTree.register_namespace("", ATOM)
    feed = ElementTree.Element(f"{{{ATOM}}}feed")
    _put(feed, "id", AUTHORITY + quote(channel.self_url.split("://", 1)[-1].split("/", 1)[-1], safe="/?&=:-_.,"))
    _put(feed, "title", channel.title)
    _put(feed, "subtitle", _subtitle(items))
    _put(feed, "updated", _stamp(_newest(items, channel)))
    _put(feed, "link", rel="self", href=channel.self_url, type="application/atom+xml")
    _put(feed, "link", rel="alternate", href=channel.page_url, type="text/html")
    _put(_put(feed, "author"), "name", "Pasvik")
    for item in items[:MOST]:
        _entry(feed, item, channel)
    ElementTree.indent(feed)
    text = ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True)
    return bytes(text)


def json_feed(items: Sequence[Item], channel: Channel) -> dict[str, Any]:
    """A JSON Feed 1.1 value; `_pasvik` holds the same for machines, as the standard allows."""
    return {
        "version": "https://jsonfeed.org/version/1.1", "title": channel.title, "description": _subtitle(items),
        "home_page_url": channel.page_url, "feed_url": channel.self_url, "language": "en", "authors": [{"name": "Pasvik"}],
        "items": [
            {"id": AUTHORITY + item.id, "url": address_of(item, channel.base_url), "title": clean(item.title), "content_text": clean(item.words),
             "date_published": _stamp(item.told), "date_modified": _stamp(item.told), "tags": tags_of(item), "_pasvik": item_to_json(item)}
            for item in items[:MOST]]}


def item_to_json(item: Item) -> dict[str, Any]:
    """An item for machines: what webhooks send too."""
    return {
        "id": item.id, "kind": item.kind, "border": item.border, "crossings": list(item.places), "lanes": [str(lane) for lane in item.lanes],
        "before": str(item.before) if item.before else None, "after": str(item.after), "commitment": item.commitment, "at": _stamp(item.at),
        "told": _stamp(item.told), "until": item.until.iso() if item.until else None, "decided_by": item.decided_by,
        "by_word_of": item.by_word_of, "inferred": item.inferred, "title": item.title, "words": item.words,
        "statements": list(item.statements), "corrects": item.corrects, "notice": NOT_OFFICIAL}


def tags_of(item: Item) -> list[str]:
    """What a reader may sort by: border, countries, crossings, lanes, state and kind."""
    return list(dict.fromkeys([item.border, *states_of(item.border), *item.places, *(str(lane) for lane in item.lanes), str(item.after), item.kind]))


def address_of(item: Item, base_url: str) -> str:
    """The page of the crossing, or of the border where the news is about several."""
    if len(item.places) == 1:
        return f"{base_url}crossing/{quote(item.places[0])}"
    return f"{base_url}?border={quote(item.border)}"


def _entry(feed: ElementTree.Element, item: Item, channel: Channel) -> None:
    entry = _put(feed, "entry")
    _put(entry, "id", AUTHORITY + item.id)
    _put(entry, "title", item.title)
    _put(entry, "updated", _stamp(item.told))
    _put(entry, "link", rel="alternate", href=address_of(item, channel.base_url), type="text/html")
    for tag in tags_of(item):
        _put(entry, "category", term=tag)
    _put(entry, "summary", item.words, type="text")


def _put(parent: ElementTree.Element, name: str, text: str | None = None, **attributes: str) -> ElementTree.Element:
    made = ElementTree.SubElement(parent, f"{{{ATOM}}}{name}", {key: clean(value) for key, value in attributes.items()})
    if text is not None:
        made.text = clean(text)
    return made


def _subtitle(items: Sequence[Item]) -> str:
    left = len(items) - MOST
    return NOT_OFFICIAL + (f" {left} older pieces of news are left out." if left > 0 else "")


def _newest(items: Sequence[Item], channel: Channel) -> datetime:
    return max((item.told for item in items), default=channel.asked)


def _stamp(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
