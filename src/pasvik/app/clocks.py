"""The three clocks as people write them: when it holds, what was known by then, what our ledger held."""

from __future__ import annotations

from datetime import datetime, timedelta

from pasvik.situation.board import instant as instant  # the front doors ask for it here
from pasvik.terms.capture import Fault
from pasvik.terms.moment import Grain, Moment, moment
from pasvik.terms.place import Lane
from pasvik.terms.question import Question

EARLIEST, LATEST = 1900, 2200
HOME_ZONE = "Europe/Helsinki"                                   # shown where a clock belongs to no single crossing


def asked_moment(words: str | None, name: str, now: datetime) -> Moment | Fault | None:
    """An ISO date or date-time, `now` or `today`; None stays None. A sentence is returned for anything else."""
    if words is None or not words.strip():
        return None
    if words.strip().lower() in ("now", "today"):
        return Moment(now.replace(second=0, microsecond=0), Grain.MINUTE, HOME_ZONE)
    try:
        asked = moment(words.strip().replace(" ", "+") if "T" in words else words.strip(), HOME_ZONE)
    except ValueError as bad:
        return Fault(f"{name}: {bad}", name)
    if not EARLIEST <= asked.local.year <= LATEST:
        return Fault(f"{name}: the year {asked.local.year} lies outside {EARLIEST}-{LATEST}", name)
    if asked.grain in (Grain.MONTH, Grain.YEAR):
        return Fault(f"{name}: {words!r} names no day; write it as 2023-11-24", name)
    return asked


def asked_lane(words: str | None) -> Lane | Fault | None:
    """A lane by its word, None for all lanes."""
    if not words:
        return None
    try:
        return Lane(words.strip().lower().replace("-", "_"))
    except ValueError:
        return Fault(f"there is no lane {words!r}; the lanes are {', '.join(Lane)}", "lane")


def question(now: datetime, at: str | None = None, known: str | None = None, basis: int | None = None,
             border: str | None = None, crossing: str | None = None, lane: str | None = None) -> Question | Fault:
    """A question from a person's words. `at` left out means now; `known` and `basis` left out mean everything."""
    holds = asked_moment(at or "now", "at", now)
    cut = asked_moment(known, "known", now)
    which = asked_lane(lane)
    for answer in (holds, cut, which):
        if isinstance(answer, Fault):
            return answer
    assert not isinstance(holds, Fault) and not isinstance(cut, Fault) and not isinstance(which, Fault)
    if basis is not None and basis < 0:
        return Fault(f"basis: {basis} is not a position in the ledger", "basis")
    edge = "-".join(sorted(border.upper().replace("_", "-").split("-"))) if border else None
    return Question(holds, cut, basis, edge, crossing, which)


def age_days(confirmed: Moment | None, at: datetime) -> int | None:
    """Whole days from a confirmation to `at`; None where there is none or it lies ahead."""
    if confirmed is None or confirmed.start > at:
        return None
    return (at - confirmed.start) // timedelta(days=1)
