"""Which sources are due, and when one is due again: worked out from the clock and from how the last visits went."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from pasvik.sources.catalogue import Card

LONGEST = timedelta(days=1)                                     # between two tries of a source that fails
LATE = 3                                                        # a source is silent after so many times the stretch it should fill
FEW = 0.25                                                      # a source drifts when a visit brings less than this share of its usual
USUAL = 5                                                       # visits needed before "usual" means anything


class Health(StrEnum):
    """How a source does. SILENT: it answers and brings nothing new. DRIFTING: its page no longer holds what it used to."""

    NEW = "new"
    WELL = "well"
    FAILING = "failing"
    DRIFTING = "drifting"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class Visits:
    """What is remembered of a source's visits; moments are UTC. found: how many leads or rows the last visits showed, oldest first."""

    is_on: bool = False
    on_since: datetime | None = None
    next_due: datetime | None = None
    last_try: datetime | None = None
    last_ok: datetime | None = None
    last_item: datetime | None = None
    failures: int = 0
    fault: str = ""
    etag: str = ""
    modified: str = ""
    found: tuple[int, ...] = ()
    health: Health = Health.NEW
    memory: Mapping[str, str] = field(default_factory=dict)     # of a table: the words of each row at the last visit


def due(cards: Iterable[Card], visits: Mapping[str, Visits], now: datetime) -> tuple[Card, ...]:
    """The cards that are turned on and due at `now` (UTC), longest overdue first."""
    ready = [(seen.next_due or seen.on_since or now, card.id, card) for card in cards
             if (seen := visits.get(card.id)) and seen.is_on and (seen.next_due is None or seen.next_due <= now)]
    return tuple(card for _, _, card in sorted(ready, key=lambda one: one[:2]))


def next_wake(cards: Iterable[Card], visits: Mapping[str, Visits]) -> datetime | None:
    """When the next card is due (UTC); None where none is turned on. A card never visited is due at once: when it was turned on."""
    times = [seen.next_due or seen.on_since for card in cards if (seen := visits.get(card.id)) and seen.is_on]
    return min((at for at in times if at is not None), default=None)


def after_success(card: Card, now: datetime, dice: float) -> datetime:
    """When to come again: its cadence, up to a tenth later by the dice (0 to 1), so that sources do not march in step."""
    return now + card.every * (1 + dice / 10)


def after_failure(card: Card, failures: int, now: datetime, dice: float, asked: timedelta | None = None) -> datetime:
    """When to try again after so many failures in a row: twice as long each time, at most a day, never sooner than the server asked."""
    wait = min(card.every * int(2 ** min(max(failures - 1, 0), 12)), max(LONGEST, card.every))
    return now + max(wait * (0.75 + dice / 2), asked or timedelta(0))


def health(card: Card, seen: Visits, now: datetime) -> Health:
    """How a source does, from what its card expects and what its visits brought."""
    if seen.last_try is None:
        return Health.NEW
    if seen.failures >= 3:
        return Health.FAILING
    if _is_drifting(seen.found):
        return Health.DRIFTING
    since = seen.last_item or seen.on_since
    if card.expect and since and now - since > card.expect.within * LATE:
        return Health.SILENT
    return Health.WELL if seen.last_ok else Health.NEW


def say_health(card: Card, seen: Visits, told: Health, now: datetime) -> str:
    """The event of a change of health, in one sentence."""
    if told is Health.FAILING:
        return f"{card.publisher} could not be fetched {seen.failures} times in a row: {seen.fault}"
    if told is Health.DRIFTING:
        return f"{card.publisher} answers, but its page shows {seen.found[-1]} entries where it used to show {_usual(seen.found[:-1])}"
    if told is Health.SILENT:
        since = seen.last_item or seen.on_since or now
        within = card.expect.within if card.expect else timedelta(0)
        return f"{card.publisher} brought nothing new for {(now - since).days} days; at least one was expected in {_days(within)}"
    return f"{card.publisher} brings what is expected of it again" if told is Health.WELL else f"{card.publisher} was not visited yet"


def _days(within: timedelta) -> str:
    hours = round(within.total_seconds() / 3600)
    return f"{hours} hours" if hours < 48 else f"{hours // 24} days"


def _usual(found: tuple[int, ...]) -> int:
    return sorted(found)[len(found) // 2] if found else 0


def _is_drifting(found: tuple[int, ...]) -> bool:
    """Whether the last two visits both showed far fewer entries than the visits before them usually did."""
    before = found[:-2]
    return len(before) >= USUAL and _usual(before) >= 4 and max(found[-2:]) < FEW * _usual(before)
