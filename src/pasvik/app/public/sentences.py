"""A crossing in the sentence that logistics people expect, and in the codes of the two best-known border datasets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pasvik.app.public.items import whole_road
from pasvik.situation.cell.because import say_change, say_lanes, say_moment
from pasvik.terms.claim import State
from pasvik.terms.place import ROAD_LANES, Crossing, Lane
from pasvik.terms.status import Cell

# IOM's Points of Entry assessments (Displacement Tracking Matrix, 2020) tell four operational statuses.
OPERATIONAL, PARTIAL, CLOSED, UNKNOWN = "fully operational", "partially operational", "fully closed", "unknown"


def border_sentence(crossing: Crossing, cells: Iterable[Cell]) -> str:
    """Latest status; operational situation; hours and procedures: the three parts of a LogIE border crossing entry."""
    both = [cell for cell in cells if cell.direction == "both"]
    return f"{crossing.name}: {_status(both)}; {_situation(both)}; {_hours(crossing, both)}."


def iom_status(cells: Iterable[Cell]) -> str:
    """One of the four statuses for travellers by road (by rail where no road leads there).

    What nobody has told is never counted as open: with some lanes open and others not told a point is partially operational.
    """
    both = [cell for cell in cells if cell.direction == "both" and cell.lane is not Lane.ASYLUM]
    heard = [cell for cell in both if cell.lane in ROAD_LANES] or both
    states = {State.UNKNOWN if cell.state is State.LAPSED else cell.state for cell in heard}
    if not states or states == {State.UNKNOWN}:
        return UNKNOWN
    if states == {State.OPEN}:
        return OPERATIONAL
    if states == {State.CLOSED}:
        return CLOSED
    return PARTIAL if states & {State.OPEN, State.RESTRICTED} else UNKNOWN


def cobap_code(country: str, cells: Sequence[Cell]) -> dict[str, str | int]:
    """A country's land policy towards one neighbour in the columns of the COVID Border Accountability Project (Shiraef et al. 2021).

    COBAP calls a policy COMPLETE only when air, land and sea are all shut, which a land record cannot know: a shut land border is
    PARTIAL, BORDER_CLOSURE. cells: those of the border. Only closures this country decided count.
    """
    roads = [cell for cell in cells if cell.direction == "both" and cell.lane in ROAD_LANES]
    known = [cell for cell in roads if cell.state in (State.OPEN, State.CLOSED, State.RESTRICTED)]
    shut = [cell for cell in known if cell.state is State.CLOSED and cell.decided_by == country]
    if not known:
        return {"iso2": country, "policy_type": "UNKNOWN", "policy_subtype": "NONE", "land": 0, "land_type": "NA"}
    if not shut:
        return {"iso2": country, "policy_type": "NOPOLICYIMPLEMENTED", "policy_subtype": "NONE", "land": 0, "land_type": "NA"}
    land = "All" if len(shut) == len(roads) else "Specific"
    return {"iso2": country, "policy_type": "PARTIAL", "policy_subtype": "BORDER_CLOSURE", "land": 1, "land_type": land}


def _status(cells: Iterable[Cell]) -> str:
    by_state: dict[State, list[Lane]] = {}
    for cell in cells:
        by_state.setdefault(cell.state, []).append(cell.lane)
    if set(by_state) <= {State.UNKNOWN}:
        return "status not told by anybody we read"
    told = [f"{state} for {say_lanes(whole_road(lanes))}" for state, lanes in by_state.items() if state is not State.UNKNOWN]
    if State.UNKNOWN in by_state:
        told.append(f"not told for {say_lanes(whole_road(by_state[State.UNKNOWN]))}")
    return ", ".join(told)


def _situation(cells: Iterable[Cell]) -> str:
    told: dict[str, None] = {}
    for cell in cells:
        if cell.decided_by and cell.since:
            told[f"decided by {cell.by_word_of or cell.decided_by}, since {say_moment(cell.since)}"] = None
        if cell.until:
            told[f"announced until {say_moment(cell.until)}"] = None
        for plan in cell.pending:
            told[say_change(plan.state, plan.commitment) + (f" by {plan.speaker.name}" if plan.speaker else "")] = None
        if cell.exceptions:
            told[f"exceptions: {cell.exceptions}"] = None
    return ", ".join(told) if told else "no further situation told"


def _hours(crossing: Crossing, cells: Iterable[Cell]) -> str:
    told = list(dict.fromkeys(f"{cell.hours} ({say_lanes((str(cell.lane),))})" for cell in cells if cell.hours))
    if told:
        return "hours " + ", ".join(told)
    return f"usual hours {crossing.hours}" if crossing.hours else "hours not told"
