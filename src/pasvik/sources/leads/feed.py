"""Reads RSS, Atom and JSON Feed into leads: the newest entries, however long or broken the feed."""

from __future__ import annotations

import calendar
import json
import re
from datetime import UTC, datetime
from html import escape
from io import BytesIO
from typing import Any

from pasvik.sources.leads.lead import Found, Item, Lead, canonical, minute, sane
from pasvik.terms.capture import Fault
from pasvik.terms.moment import Moment, moment

MOST = 300                                                      # entries read; a feed begins with the newest
LARGEST = 20_000_000
ENTRY = re.compile(rb"<(?:\w+:)?(item|entry)[\s>]", re.IGNORECASE)
ROOT = re.compile(rb"<(?:\w+:)?(rss|feed|RDF)[\s>]", re.IGNORECASE)
CLOSING = {b"rss": b"</channel></rss>", b"feed": b"</feed>", b"rdf": b""}
ENTITIES = re.compile(rb"<!ENTITY", re.IGNORECASE)
SUMMARY = 2_000                                                 # signs kept of a summary


def read_feed(data: bytes, base: str, now: datetime, whole: bool = False, media_type: str = "") -> Found:
    """The entries of a feed, newest as the feed has them. whole: entries told in full become items, for feeds that need no following."""
    if len(data) > LARGEST:
        return Found(faults=(Fault(f"the feed is larger than {LARGEST // 1_000_000} MB", base),))
    if data.lstrip()[:1] == b"{":
        return _json_feed(data, base, now, whole)
    if ENTITIES.search(data[:100_000]):
        return Found(faults=(Fault("the feed declares entities of its own, which no feed needs and a bomb is made of", base),))
    shown, data = _first(data)
    import feedparser  # slow to load, and many commands never need it

    # As a stream: bytes that look like an address or a path would be opened.
    told = feedparser.parse(BytesIO(data), response_headers={"content-location": base, **({"content-type": media_type} if media_type else {})})
    if not told.entries:
        why = told.get("bozo_exception")
        broken = (Fault(f"this is no feed that can be read: {why}", base),) if why or not told.get("version") else ()
        return Found(faults=broken, shown=0)
    faults = [Fault(f"the feed is broken, and read as far as it goes: {told.get('bozo_exception')}", base)] if _is_broken(told) else []
    entries = [_entry(one, base, now, whole) for one in told.entries[:MOST]]
    return _found(entries, faults, max(shown, len(told.entries)), base)


def _first(data: bytes) -> tuple[int, bytes]:
    """How many entries a feed holds, and the feed cut after the first MOST of them: a feed of ten million must not be read whole."""
    starts = [found.start() for found in ENTRY.finditer(data)]
    if len(starts) <= MOST:
        return len(starts), data
    root = ROOT.search(data[:100_000])
    return len(starts), data[:starts[MOST]] + (CLOSING.get(root[1].lower(), b"") if root else b"")


def _is_broken(told: Any) -> bool:
    odd = told.get("bozo_exception")
    return bool(told.get("bozo")) and type(odd).__name__ not in ("CharacterEncodingOverride", "NonXMLContentType")


def _entry(one: Any, base: str, now: datetime, whole: bool) -> Lead | Item | Fault:
    url = canonical(str(one.get("link") or ""), base)
    stamp = one.get("published_parsed") or one.get("updated_parsed")
    published = _stamped(stamp)
    content = next((part.get("value", "") for part in one.get("content", ()) if part.get("value")), "") or one.get("summary", "")
    return _made(url, str(one.get("title", "")), str(content), published, now, whole, base)


def _made(url: str | None, title: str, content: str, published: Moment | None, now: datetime, whole: bool, base: str) -> Lead | Item | Fault:
    """A lead; an item where the words themselves are wanted; a fault where the entry has no address."""
    dated = published if sane(published, now) else None
    if whole and content.strip():
        page = f"<!doctype html><title>{escape(title)}</title><article><h1>{escape(title)}</h1><div>{content}</div></article>"
        return Item("entry.html", page.encode("utf-8", "replace"), "text/html; charset=utf-8", url, dated)
    if url is None:
        return Fault(f"an entry without an address that can be asked: {title[:80]!r}", base)
    return Lead(url, title[:500], re.sub(r"<[^>]*>", " ", content)[:SUMMARY], dated)


def _stamped(stamp: Any) -> Moment | None:
    try:
        return minute(datetime.fromtimestamp(calendar.timegm(stamp), UTC)) if stamp else None
    except (ValueError, OverflowError, OSError, TypeError):
        return None


def _json_feed(data: bytes, base: str, now: datetime, whole: bool) -> Found:
    try:
        told = json.loads(data)
        entries = told["items"]
        if not isinstance(entries, list):
            raise TypeError("items is no list")
    except (ValueError, KeyError, TypeError, RecursionError) as bad:
        return Found(faults=(Fault(f"this is no JSON Feed that can be read: {bad}", base),))
    made = [_json_entry(one, base, now, whole) for one in entries[:MOST] if isinstance(one, dict)]
    return _found(made, [], len(entries), base)


def _json_entry(one: dict[str, Any], base: str, now: datetime, whole: bool) -> Lead | Item | Fault:
    url = canonical(str(one.get("url") or one.get("external_url") or ""), base)
    content = one.get("content_html") or one.get("content_text") or one.get("summary") or ""
    try:
        published = moment(str(one.get("date_published") or one.get("date_modified") or ""))
    except ValueError:
        published = None
    return _made(url, str(one.get("title") or ""), str(content), published, now, whole, base)


def _found(entries: list[Lead | Item | Fault], faults: list[Fault], shown: int, base: str) -> Found:
    if shown > MOST:
        faults.insert(0, Fault(f"the feed holds {shown:,} entries; the first {MOST} are read", base))
    leads = {one.url: one for one in entries if isinstance(one, Lead)}
    return Found(tuple(leads.values()), tuple(one for one in entries if isinstance(one, Item)),
                 (*faults, *(one for one in entries if isinstance(one, Fault))), shown)
