"""How much was said on each day, so that a timeline shows where things happened."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import Any

from pasvik.app.story.said import MOST
from pasvik.app.wiring import House
from pasvik.ledger.contract import Ledger
from pasvik.terms.claim import Status
from pasvik.terms.moment import Grain

Days = tuple[tuple[str, int], ...]


def days_told(house: House, place: str | None, basis: int | None) -> Days:
    """Days (ISO) with the number of status statements published on them, oldest first.

    place: a border (FI-RU) or a country (FI), None = everywhere; basis: as the ledger held it then, None = now.
    """
    of = frozenset(id for id, crossing in house.gazetteer.crossings.items() if place in (None, crossing.border, *crossing.countries))
    ledger: Any = house.ledger                                  # open ledgers are told apart by themselves, not by what they hold
    return _count(ledger, house.settings.record, place, of, house.ledger.basis() if basis is None else basis)


# A page asks at every load, and the answer is the same until something is added.
@lru_cache(maxsize=32)
def _count(ledger: Ledger, curated: bool, place: str | None, of: frozenset[str], basis: int) -> Days:
    days: Counter[str] = Counter()
    for held in ledger.by_kind("status", basis=basis, curated=curated, limit=MOST):
        published, claim = held.statement.source.published, held.statement.claim
        if published and published.grain in (Grain.DAY, Grain.MINUTE) and isinstance(claim, Status) and (
                place is None or of & set(claim.crossings) or (claim.border and place in (claim.border, *claim.border.split("-")))):
            days[f"{published.local:%Y-%m-%d}"] += 1
    return tuple(sorted(days.items()))
