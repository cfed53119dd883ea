"""A decision on crossings as a small file that an authority fills in, and everything that can be wrong with it."""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass
from typing import Any

from pasvik.gazetteer.names import did_you_mean, lookup
from pasvik.gazetteer.table import Gazetteer
from pasvik.situation.authority import Authority, Rules, plain
from pasvik.situation.board import lanes_served
from pasvik.terms.capture import Fault
from pasvik.terms.claim import Change, State
from pasvik.terms.moment import Grain, Moment, moment
from pasvik.terms.place import ALL, Crossing, Lane, lanes_of

Json = dict[str, Any]
FIELDS = {
    "authority", "country", "number", "decided", "published", "crossings", "lanes", "state", "from", "until", "until_further_notice", "hours",
    "changes", "basis", "exceptions", "asylum", "url"}
NEEDED = ("authority", "country", "published", "crossings", "state", "from")
STATES = (State.OPEN, State.CLOSED, State.RESTRICTED)
LONGEST = 400                                                   # characters of one text field


@dataclass(frozen=True, slots=True)
class Order:
    """One decision. places: in the order written. accepted_at: where applications for asylum are taken meanwhile, None = not told.

    decided: ISO date or "". start and until on the clocks of the first place; further: until further notice.
    """

    authority: Authority
    country: str
    published: Moment
    places: tuple[Crossing, ...]
    state: State
    start: Moment
    lanes: tuple[str, ...] = (ALL,)
    until: Moment | None = None
    further: bool = False
    number: str = ""
    decided: str = ""
    hours: str = ""
    changes: Change | None = None
    basis: str = ""
    exceptions: str = ""
    accepted_at: tuple[Crossing, ...] | None = None
    url: str = ""


def load_order(text: str) -> Json | Fault:
    """The fields of an order file, TOML or JSON."""
    try:
        held = json.loads(text) if text.lstrip().startswith("{") else tomllib.loads(text)
    except (json.JSONDecodeError, tomllib.TOMLDecodeError, RecursionError) as bad:
        return Fault(f"the order is neither TOML nor JSON: {bad}", "order")
    return held if isinstance(held, dict) else Fault("the order is no table of fields", "order")


def parse_order(held: Json, gazetteer: Gazetteer, book: Rules) -> Order | tuple[Fault, ...]:
    """The order, or every fault of it at once, each with the field it is about."""
    faults = [Fault(f"{name}: an order has no such field", name) for name in sorted(set(held) - FIELDS)]
    faults += [Fault(f"{name}: missing", name) for name in NEEDED if not held.get(name)]
    faults += [Fault(f"{name}: longer than {LONGEST} characters", name) for name, value in held.items() if isinstance(value, str) and len(value) > LONGEST]
    if faults:
        return tuple(faults)
    authority = authority_named(str(held["authority"]), str(held["country"]), book)
    places = _places(held["crossings"], "crossings", gazetteer)
    zone = places[0].zone if places and isinstance(places[0], Crossing) else "UTC"
    asylum = held.get("asylum")
    accepted = _places(asylum.get("accepted_at", []), "asylum", gazetteer) if isinstance(asylum, dict) else None
    when = {name: _moment(held.get(name), name, zone) for name in ("published", "from", "until")}
    words = (_lanes(held.get("lanes", [ALL])), _state(held["state"]), _change(held.get("changes")))
    for part in (authority, *places, *(accepted or ()), *when.values(), *words):
        if isinstance(part, Fault):
            faults.append(part)
    if asylum is not None and not isinstance(asylum, dict):
        faults.append(Fault("asylum: write it as a table with accepted_at, such as [asylum] accepted_at = [\"salla\"]", "asylum"))
    if faults:
        return tuple(faults)
    lanes, state, changes = words
    assert isinstance(authority, Authority) and isinstance(lanes, tuple) and isinstance(state, State)
    assert isinstance(when["published"], Moment) and isinstance(when["from"], Moment) and not isinstance(when["until"], Fault)
    text = {name: str(held.get(name) or "") for name in ("number", "decided", "hours", "basis", "exceptions", "url")}
    made = Order(
        authority, str(held["country"]).upper(), when["published"], tuple(one for one in places if isinstance(one, Crossing)), state, when["from"], lanes,
        when["until"], bool(held.get("until_further_notice", False)), changes=changes if isinstance(changes, Change) else None,
        accepted_at=tuple(one for one in accepted if isinstance(one, Crossing)) if accepted is not None else None, **text)
    contradictions = tuple(_contradictions(made))
    return contradictions or made


def authority_named(name: str, country: str, book: Rules) -> Authority | Fault:
    """The row of authorities.csv that this body is, in this country."""
    rows = [row for row in book.bodies.get(plain(name), ()) if row.country == country.upper()]
    return rows[0] if rows else Fault(f"authority: {name!r} of {country!r} is not in authorities.csv", "authority")


def doubts(order: Order, gazetteer: Gazetteer) -> tuple[str, ...]:
    """What is not wrong, but a careful desk would look at before it publishes."""
    told: list[str] = []
    if order.until is None and not order.further:
        told.append("no end is given: say until, or until_further_notice = true")
    if not order.basis:
        told.append("no legal basis is given")
    if not order.decided:
        told.append("no day of decision is given")
    if order.start.start < order.published.start:
        told.append("it begins before it is published")
    if order.state is State.RESTRICTED and not (order.hours or order.exceptions):
        told.append("a restriction says neither hours nor whom it spares")
    if order.state is State.CLOSED and order.accepted_at is None:
        told.append("nothing is said of asylum: where may a person apply meanwhile? (accepted_at = [] says: nowhere)")
    border = {crossing.id for crossing in gazetteer.crossings.values() if crossing.border == order.places[0].border and crossing.lanes & lanes_of((ALL,))}
    if order.state is State.CLOSED and border and border <= {one.id for one in order.places} and not order.accepted_at:
        told.append("this closes the last road crossings of the border, and no place is left where a person may apply for asylum")
    return tuple(told)


def _contradictions(order: Order) -> list[Fault]:
    faults: list[Fault] = []
    if order.authority.may_decide == "nothing":
        faults.append(Fault(f"authority: {order.authority.body} decides on no crossing", "authority"))
    for one in order.places:
        if order.country not in one.countries:
            faults.append(Fault(f"crossings: {one.name} lies on the border {one.border}, where {order.country} decides nothing", "crossings"))
        strange = [lane for lane in order.lanes if lane != ALL and Lane(lane) not in lanes_served(one)]
        if strange:
            faults.append(Fault(f"lanes: {one.name} serves no {', '.join(strange)}", "lanes"))
    if order.until and order.until.end <= order.start.start:
        faults.append(Fault("until: it ends before it begins", "until"))
    if order.until and order.further:
        faults.append(Fault("until: an end and `until further notice` at once", "until"))
    closed = {one.id for one in order.places} if order.state is State.CLOSED and ALL in order.lanes else set()
    faults += [Fault(f"asylum: applications are to be taken at {one.name}, which this very order closes", "asylum")
               for one in order.accepted_at or () if one.id in closed]
    if len({one.id for one in order.places}) < len(order.places):
        faults.append(Fault("crossings: one is named twice", "crossings"))
    return faults


def _places(told: Any, field: str, gazetteer: Gazetteer) -> list[Crossing | Fault]:
    if not isinstance(told, list) or not all(isinstance(one, str) for one in told):
        return [Fault(f"{field}: a list of crossings, by id or any of their names", field)]
    found: list[Crossing | Fault] = []
    for name in told:
        crossing = gazetteer.crossings.get(name) or lookup(name, gazetteer)
        hint = " or ".join(did_you_mean(name, gazetteer))
        found.append(crossing or Fault(f"{field}: {name[:60]!r} is no crossing in the gazetteer" + (f"; did you mean {hint}?" if hint else ""), field))
    return found


def _moment(told: Any, field: str, zone: str) -> Moment | Fault | None:
    if told is None:
        return None
    try:
        made = moment(told.isoformat() if hasattr(told, "isoformat") else str(told), zone)     # TOML has dates of its own
    except ValueError as bad:
        return Fault(f"{field}: {bad}", field)
    return Fault(f"{field}: {told} names no day", field) if made.grain in (Grain.YEAR, Grain.MONTH) else made


def _lanes(told: Any) -> tuple[str, ...] | Fault:
    words = (told,) if isinstance(told, str) else tuple(told) if isinstance(told, list) else ()
    bad = [str(word) for word in words if word not in (ALL, *Lane)]
    if bad or not words:
        return Fault(f"lanes: {', '.join(bad) or 'none given'}; there are {', '.join((ALL, *Lane))}", "lanes")
    return words


def _state(told: Any) -> State | Fault:
    return State(told) if told in STATES else Fault(f"state: {told!r} is none of {', '.join(STATES)}", "state")


def _change(told: Any) -> Change | Fault | None:
    if told is None:
        return None
    return Change(told) if told in list(Change) else Fault(f"changes: {told!r} is none of {', '.join(Change)}", "changes")
