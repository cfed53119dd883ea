"""Counts of people and vehicles as points over time; a point never stands for a person, only for a published total."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from pasvik.terms.claim import Count, Movement
from pasvik.terms.moment import Grain, Moment, Span
from pasvik.terms.statement import Statement

LONGEST = timedelta(days=31)
FEWEST = 2                                                      # fewer points than this draw no line worth looking at


@dataclass(frozen=True, slots=True)
class Series:
    """One kind of figure. key: section and word of its label; points: (ISO day, number), oldest first, the later telling of a day last."""

    section: str
    word: str
    points: tuple[tuple[str, int], ...]


def series_of(statements: Sequence[Statement], crossing: str) -> tuple[Series, ...]:
    """Each kind of figure with its points, heads and vehicles apart.

    Only figures of this crossing and of a month at most are drawn, for others would dwarf them; waits in minutes are left out too.
    """
    found: dict[tuple[str, str], set[tuple[str, int]]] = {}
    for one in statements:
        claim = one.claim
        if isinstance(claim, Movement) and crossing in (claim.origin, claim.destination):
            kind, span = ("fate", claim.fate), claim.when
        elif isinstance(claim, Count) and claim.unit is None and claim.crossings == (crossing,):
            kind, span = ("counted", f"{claim.what}_vehicles" if claim.vehicles else claim.what), claim.span
        else:
            continue
        when: Moment | None = span.start or one.source.published
        number = claim.people.count if claim.people.count is not None else claim.people.min
        if when is not None and number is not None and when.grain in (Grain.DAY, Grain.MINUTE) and not _is_long(span):
            found.setdefault(kind, set()).add((f"{when.local:%Y-%m-%d}", number))
    if sum(len(points) for points in found.values()) < FEWEST:
        return ()
    return tuple(Series(section, word, tuple(sorted(points))) for (section, word), points in sorted(found.items()))


def _is_long(span: Span) -> bool:
    return span.start is not None and span.stop is not None and span.stop - span.start.start > LONGEST
