"""Opens what collecting needs: the house, the cards of the sources, the notes between visits, and somebody to fetch."""

from __future__ import annotations

import os
import random
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from pasvik.app.settings import Settings
from pasvik.app.wiring import House, open_house, source_texts
from pasvik.ledger.engine import make_engine
from pasvik.sources.catalogue import Card, parse
from pasvik.sources.fetch.address import Guard, ask_the_system
from pasvik.sources.fetch.fetch import Fetcher
from pasvik.sources.state import State
from pasvik.terms.capture import Fault, Trouble

PATIENCE_SECONDS = 30.0


@dataclass(slots=True)
class RealClock:
    """Time as it passes, from the moment that the house's clock tells first (it may be set to a day); waiting ends early on a stop."""

    tell: Callable[[], datetime]
    stop: threading.Event = field(default_factory=threading.Event)
    began: tuple[datetime, float] | None = None

    def now(self) -> datetime:
        if self.began is None:
            self.began = (self.tell(), time.time())
        return self.began[0] + timedelta(seconds=time.time() - self.began[1])

    def sleep(self, seconds: float) -> None:
        self.stop.wait(seconds)


@dataclass(slots=True)
class Lookout:
    """An open lookout. faults: what in the cards could not be read. dice: 0 to 1, so that visits do not march in step."""

    house: House
    cards: tuple[Card, ...]
    faults: tuple[Fault, ...]
    state: State
    fetcher: Fetcher
    dice: Callable[[], float] = random.random
    secrets: Mapping[str, str] = field(default_factory=dict)

    def key(self, card: Card) -> str:
        """The key that a source needs, from the environment variable that its card names or the file in its `_FILE` twin; "" without."""
        file = self.secrets.get(f"{card.needs}_FILE") if card.needs else None
        try:
            return Path(file).read_text(encoding="utf-8").strip() if file else self.secrets.get(card.needs, "") if card.needs else ""
        except (OSError, UnicodeDecodeError) as bad:
            raise Trouble(f"the file named in {card.needs}_FILE cannot be read: {bad}") from bad


def read_cards(settings: Settings) -> tuple[tuple[Card, ...], tuple[Fault, ...]]:
    """The shipped cards and the user's own, which may correct a shipped one."""
    return parse(source_texts(settings))


def open_state(settings: Settings) -> State:
    """The notes between visits: beside the ledger's tables on PostgreSQL, in a file of their own otherwise. Raises Trouble."""
    if settings.database:
        return State(make_engine(settings.database, PATIENCE_SECONDS))
    try:
        settings.home.mkdir(parents=True, exist_ok=True)
    except OSError as bad:
        raise Trouble(f"the folder {settings.home} cannot be made: {bad.strerror}; name another with --home or PASVIK_HOME") from bad
    return State(make_engine(f"sqlite:///{settings.home / 'collect.sqlite'}", PATIENCE_SECONDS))


def open_lookout(settings: Settings, environ: Mapping[str, str] = os.environ) -> Lookout:
    """Everything that collecting needs. PASVIK_COLLECT_CONTACT: an address by which a site can reach us, told with every request."""
    require_extra()
    house = open_house(settings, keep=True)
    cards, faults = read_cards(settings)
    # Only for tests against a server on this machine: the guard otherwise keeps out of it, as of every private network.
    guard = Guard(ask_the_system, loopback=environ.get("PASVIK_COLLECT_LOOPBACK") == "test")
    state = open_state(settings)
    fetcher = Fetcher(guard, RealClock(house.now), agent(environ.get("PASVIK_COLLECT_CONTACT", "")))
    fetcher.hosts.known.update(state.hosts())
    return Lookout(house, cards, faults, state, fetcher, secrets=environ)


def require_extra() -> None:
    """Raises Trouble with one sentence where the libraries for collecting are not installed."""
    missing = [name for name in ("httpx2", "feedparser", "stamina", "warcio", "fastwarc", "resiliparse") if find_spec(name) is None]
    if missing:
        raise Trouble(f"collecting needs more than the bare install ({missing[0]} is not here): pip install 'pasvik[collect]'")


def agent(contact: str) -> str:
    """The name under which we ask: robots.txt files know it as `pasvik`."""
    try:
        told = version("pasvik")
    except PackageNotFoundError:                                # run straight from a folder of sources
        told = "0"
    clean = "".join(sign for sign in contact if sign.isprintable() and sign.isascii() and sign not in "()")
    return f"pasvik/{told} (public record of border crossings{f'; {clean}' if clean else ''})"
