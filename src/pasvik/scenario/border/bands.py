"""Many futures as bands a person can read: per crossing and day for each steering, and the outermost edges over all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pasvik.scenario.border.flow import WORDS, Flow
from pasvik.scenario.border.future import BLOCKED, STEERED, UNSTEERED
from pasvik.scenario.cohort.numeric import np

if TYPE_CHECKING:
    from numpy.typing import NDArray

LOW, MIDDLE, HIGH = 0.05, 0.5, 0.95
Edges = tuple[tuple[float, float, float], ...]                  # per day: low, middle, high


@dataclass(frozen=True, slots=True)
class Case:
    """One steering: what it is called, what the other side does at each crossing."""

    name: str
    codes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Bands:
    """One case: for each crossing its days; waiting, gave_up and elsewhere for the border as a whole. Low 5 %, middle 50 %, high 95 %."""

    case: Case
    arrived: tuple[Edges, ...]
    waiting: Edges
    gave_up: Edges
    elsewhere: Edges
    total: tuple[float, float, float]                           # people taken in at all crossings over all days


def cases(ids: Sequence[str], given: dict[str, int], destinations: Sequence[str]) -> tuple[Case, ...]:
    """The steerings that the range is taken over: what was given stays; every other open crossing is steered to in turn, then all blocked."""
    fixed = tuple(given.get(id, UNSTEERED) for id in ids)
    told = ", ".join(f"{id} {WORDS[code]}" for id, code in sorted(given.items()) if code != UNSTEERED)
    found = [Case(told or WORDS[UNSTEERED], fixed)]
    free = [id for id in destinations if id not in given]
    for to in free:
        codes = tuple(STEERED if id == to else code for id, code in zip(ids, fixed, strict=True))
        found.append(Case(f"steered to {to}", codes))
    if free:
        found.append(Case("blocked on the way", tuple(BLOCKED if id in free else code for id, code in zip(ids, fixed, strict=True))))
    return tuple(found)


def bands(case: Case, flow: Flow) -> Bands:
    """The bands of a case."""
    arrived = _edges(flow.arrived)                              # (3, days, crossings)
    total = flow.arrived.sum(axis=(1, 2))
    low, middle, high = (float(edge) for edge in np.quantile(total, (LOW, MIDDLE, HIGH)))
    return Bands(case, tuple(_days(arrived[:, :, at]) for at in range(arrived.shape[2])), _days(_edges(flow.waiting)),
                 _days(_edges(flow.gave_up)), _days(_edges(flow.elsewhere)), (low, middle, high))


def envelope(every: Sequence[Bands], crossing: int) -> tuple[tuple[float, float], ...]:
    """The lowest low and the highest high over all cases, per day."""
    days = range(len(every[0].arrived[crossing]))
    return tuple((min(one.arrived[crossing][day][0] for one in every), max(one.arrived[crossing][day][2] for one in every)) for day in days)


def joined(parts: Sequence[Flow]) -> Flow:
    """Batches put together."""
    return Flow(*(np.concatenate([getattr(part, name) for part in parts]) for name in ("arrived", "waiting", "gave_up", "elsewhere", "came")))


def _edges(people: NDArray[np.int64]) -> NDArray[np.float64]:
    """Quantiles that are counts themselves (no value between two people); a partition per edge is faster than a sort."""
    ranks = [min(len(people) - 1, int(edge * len(people))) for edge in (LOW, MIDDLE, HIGH)]
    return np.asarray(np.partition(people, sorted(set(ranks)), axis=0)[ranks], dtype=float)


def _days(edges: NDArray[np.float64]) -> Edges:
    return tuple((float(low), float(middle), float(high)) for low, middle, high in edges.T)
