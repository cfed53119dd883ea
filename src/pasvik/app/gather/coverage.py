"""What is watched and how it does: every source with its last visits, and the events of collecting."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pasvik.app.gather.lookout import open_state, read_cards
from pasvik.app.settings import Settings
from pasvik.sources.catalogue import Card
from pasvik.sources.due import Health, Visits, health
from pasvik.sources.state import Event
from pasvik.terms.capture import Fault, Trouble


@dataclass(frozen=True, slots=True)
class Watched:
    """A card with what is remembered of its visits and how it does now."""

    card: Card
    visits: Visits
    health: Health


@dataclass(frozen=True, slots=True)
class Coverage:
    """All sources in the order of their lists, the newest events first, and what in the cards could not be read."""

    sources: tuple[Watched, ...]
    events: tuple[Event, ...]
    faults: tuple[Fault, ...]

    @property
    def on(self) -> tuple[Watched, ...]:
        """Those that are turned on."""
        return tuple(one for one in self.sources if one.visits.is_on)


def coverage(settings: Settings, now: datetime, events: int = 100) -> Coverage:
    """Read it afresh. Where nothing was ever collected, the cards alone."""
    cards, faults = read_cards(settings)
    if not settings.database and not (settings.home / "collect.sqlite").exists():
        return Coverage(tuple(Watched(card, Visits(), Health.NEW) for card in cards), (), faults)
    try:
        state = open_state(settings)
    except Trouble as bad:                                      # a house that may only be read: its record is shown all the same
        return Coverage(tuple(Watched(card, Visits(), Health.NEW) for card in cards), (), (*faults, Fault(str(bad), "coverage")))
    try:
        visits, told = state.visits(), state.events(events)
    finally:
        state.close()
    watched = tuple(Watched(card, seen := visits.get(card.id, Visits()), health(card, seen, now)) for card in cards)
    return Coverage(watched, tuple(told), faults)
