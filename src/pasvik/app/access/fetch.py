"""Fetches one page because a reviewer named its address: as politely as collecting does, and never from a private network."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass

from pasvik.app.gather.lookout import RealClock, agent, require_extra
from pasvik.app.wiring import House
from pasvik.sources.fetch.address import Guard, ask_the_system
from pasvik.sources.fetch.fetch import Ask, Fetcher, Missed
from pasvik.terms.capture import Fault


@dataclass(frozen=True, slots=True)
class Fetched:
    """The bytes as they came, a name that tells their kind, and where they were in the end."""

    data: bytes
    name: str
    url: str


def open_fetcher(house: House, environ: Mapping[str, str] = os.environ) -> Fetcher:
    """Somebody who fetches; keep one for all askings, for it remembers when each host was last asked. Raises Trouble without the extra."""
    require_extra()
    guard = Guard(ask_the_system, loopback=environ.get("PASVIK_COLLECT_LOOPBACK") == "test")
    return Fetcher(guard, RealClock(house.now), agent(environ.get("PASVIK_COLLECT_CONTACT", "")))


def fetch_page(fetcher: Fetcher, url: str) -> Fetched | Fault:
    """The page at an address, or one sentence."""
    if not url.startswith(("http://", "https://")):
        return Fault(f"{url[:80]!r} is no address of a page; it begins with https://", "address")
    found = fetcher.get(Ask(url))
    if isinstance(found, Missed):
        return Fault(f"{url[:200]}: {found.what}", "address")
    kind = found.header("content-type").lower()
    return Fetched(found.body, "page.pdf" if "pdf" in kind else "page.txt" if "text/plain" in kind else "page.html", found.url)
