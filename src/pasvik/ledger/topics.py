"""Under which headings a statement is filed, so that a cell of the board is found without reading the rest."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from pasvik.terms.claim import Accusation, Claim, Commitment, Count, Movement, Objection, Posture, Status
from pasvik.terms.moment import Grain, Moment, Span
from pasvik.terms.place import ALL, ROAD_LANES, Lane
from pasvik.terms.statement import Statement

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
EVERYWHERE = ""
_MICROSECOND = timedelta(microseconds=1)
_BORDER = re.compile(r"[A-Z]{2}-[A-Z]{2}")


class Topic(NamedTuple):
    """A heading: place, kind of statement, lane word, weight (decision, report or talk), origin; '' where it does not apply."""

    place: str
    kind: str
    lane: str
    weight: str
    origin: str


class Told(NamedTuple):
    """What is filed of a statement: state and commitment, and the span told in microseconds (the stop is no longer covered)."""

    state: str | None = None
    commitment: str | None = None
    starts: int | None = None
    stops: int | None = None


def micros(at: datetime) -> int:
    """An instant as whole microseconds since 1970 (UTC). Raises ValueError without a zone."""
    if at.tzinfo is None:
        raise ValueError(f"a moment needs a zone: {at.isoformat()}")
    return (at - EPOCH) // _MICROSECOND


def instant(micros_told: int) -> datetime:
    """The instant (UTC) of microseconds since 1970."""
    return EPOCH + timedelta(microseconds=micros_told)


def told_micros(told: Moment | None) -> int | None:
    """The start of a moment as finely as its words keep it (to the minute): what is filed is what can be read again."""
    if told is None:
        return None
    start = told.start.replace(second=0, microsecond=0) if told.grain is Grain.MINUTE else told.start
    return micros(start)


def plain(place: str) -> str:
    """A place as written, without what no database takes as text: NUL and lone surrogates."""
    if place.isascii() and "\x00" not in place:
        return place
    return place.replace("\x00", "").encode("utf-8", "replace").decode()


def border_place(border: str) -> str:
    """The place under which words about a whole border are filed."""
    return plain(f"border:{border}")


def lane_words(lane: Lane) -> tuple[str, ...]:
    """The lane words of statements that speak for this lane: `all` speaks for road lanes only."""
    return (str(lane), ALL) if lane in ROAD_LANES else (str(lane),)


def topics_of(statement: Statement) -> list[Topic]:
    """Every heading of this statement, in a fixed order, each once."""
    claim, origin = statement.claim, str(statement.source.origin)
    if not isinstance(claim, Status):
        return [Topic(place, claim.kind, "", "", origin) for place in dict.fromkeys((*map(plain, _places(claim)), EVERYWHERE))]
    weight = weight_of(claim)
    border = (border_place(claim.border),) if claim.border else ()
    lanes = sorted(set(map(plain, claim.lanes)))
    cells = [Topic(place, "status", lane, weight, origin) for place in sorted(set(map(plain, claim.crossings))) or border for lane in lanes]
    listed = (*(border if claim.crossings else ()), EVERYWHERE)
    return cells + [Topic(place, "status", "", weight, origin) for place in listed]


def weight_of(claim: Status) -> str:
    """Decisions, reports of what is so, and talk are filed apart, so that much talk never hides the decision it is about."""
    if claim.commitment is Commitment.ORDERED or claim.changes or claim.decided_on:
        return "decision"
    return "report" if claim.commitment in (Commitment.IN_EFFECT, Commitment.ENDED) else "talk"


def told_of(claim: Claim) -> Told:
    """What a posting says of this claim."""
    span = claim.span if isinstance(claim, Status | Count) else claim.when if isinstance(claim, Movement) else Span()
    stop = span.stop
    if stop is not None and span.until is not None and span.until.grain is Grain.MINUTE:
        stop = stop.replace(second=0, microsecond=0)
    starts, stops = told_micros(span.start), None if stop is None else micros(stop)
    if isinstance(claim, Status):
        return Told(str(claim.state), str(claim.commitment), starts, stops)
    return Told(None, None, starts, stops)


def _places(claim: Claim) -> tuple[str, ...]:
    if isinstance(claim, Movement):
        return tuple(place for place in (claim.origin, claim.destination) if place)
    if isinstance(claim, Count):
        return (*sorted(claim.crossings), *((border_place(claim.border),) if claim.border else ()))
    if isinstance(claim, Accusation | Posture):
        return (border_place(claim.border),) if claim.border else ()
    if isinstance(claim, Objection) and claim.target:
        return (border_place(claim.target) if _BORDER.fullmatch(claim.target) else claim.target,)
    return ()
