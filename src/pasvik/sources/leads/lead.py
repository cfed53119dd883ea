"""A lead is an address worth reading; an item comes with its words already in hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from pasvik.terms.capture import Fault
from pasvik.terms.moment import Grain, Moment

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)                     # nothing on the web is older; 1970 is a clock that was never set
AHEAD = timedelta(days=1)                                       # a date a little ahead is a zone told wrongly, one far ahead is an error
LONGEST = 2000                                                  # signs of an address
# What sites add to an address to follow readers about: it names no other page.
TRACKING = ("utm_", "fbclid", "gclid", "yclid", "mc_cid", "mc_eid", "igshid", "ref_src", "cmpid", "at_medium", "at_campaign", "origin")


@dataclass(frozen=True, slots=True)
class Lead:
    """An address, with what the source said of it. published: as the source told it, None where it did not or could not be so."""

    url: str
    title: str = ""
    summary: str = ""
    published: Moment | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """Words that came with their source: a file of a folder, a letter, an entry told in full. name: of the file, with its ending."""

    name: str
    body: bytes
    media_type: str = ""
    url: str | None = None
    published: Moment | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """What one visit showed. shown: how many entries the source held, wanted or not."""

    leads: tuple[Lead, ...] = ()
    items: tuple[Item, ...] = ()
    faults: tuple[Fault, ...] = ()
    shown: int = 0


def canonical(url: str, base: str = "") -> str | None:
    """One address for one page: absolute, without fragment and tracking, parameters in order. None for what is no web address."""
    try:
        parts = urlsplit(urljoin(base, url.strip()))
        host = (parts.hostname or "").rstrip(".")
        port = f":{parts.port}" if parts.port and parts.port not in (80, 443) else ""
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not host or parts.username or len(url) > LONGEST:
        return None
    query = [(key, value) for key, value in parse_qsl(parts.query, keep_blank_values=True) if not key.lower().startswith(TRACKING)]
    return urlunsplit((parts.scheme, host + port, parts.path or "/", urlencode(sorted(query)), "")).strip()


def page_key(url: str) -> str:
    """By what two addresses are held to be one page: http or https, www or not, a slash at the end or none."""
    parts = urlsplit(url)
    return f"{parts.netloc.removeprefix('www.')}{parts.path.rstrip('/') or '/'}{'?' if parts.query else ''}{parts.query}"


def sane(told: Moment | None, now: datetime) -> bool:
    """Whether a date of publication can be: not before the web, not after now."""
    return told is not None and EARLIEST <= told.start <= now + AHEAD


def minute(at: datetime) -> Moment:
    """An instant as a moment to the minute, UTC."""
    return Moment(at.replace(second=0, microsecond=0), Grain.MINUTE)
