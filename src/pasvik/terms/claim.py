"""The kinds of thing that can be said about a border, each with its parts."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from pasvik.terms.moment import Span


class State(StrEnum):
    """The state a status statement talks about, and (with LAPSED and UNKNOWN) the state a cell of the board is in."""

    OPEN = "open"
    CLOSED = "closed"
    RESTRICTED = "restricted"
    LAPSED = "lapsed"                                           # boards only: an order ran out and nobody spoke
    UNKNOWN = "unknown"                                         # boards only


class Commitment(StrEnum):
    """How far a state has gone: a state is never assumed from a plan."""

    IN_EFFECT = "in_effect"
    ORDERED = "ordered"
    PLANNED = "planned"
    SIGNALLED = "signalled"
    CONSIDERING = "considering"
    CONDITIONAL = "conditional"
    RULED_OUT = "ruled_out"
    ENDED = "ended"


class Basis(StrEnum):
    """Whether the words state it, take it for granted ("the shuttered crossing"), or it was worked out from a set."""

    STATED = "stated"
    PRESUPPOSED = "presupposed"
    INFERRED = "inferred"


class Zone(StrEnum):
    """Which part of the page the words stand in."""

    HEADLINE = "headline"
    BODY = "body"
    CAPTION = "caption"


class Change(StrEnum):
    """What a statement does to an earlier decision."""

    EXTENDS = "extends"
    CURTAILS = "curtails"
    REPLACES = "replaces"
    LIFTS = "lifts"


@dataclass(frozen=True, slots=True)
class Number:
    """A number of people or vehicles as published; count None where no figure was given or only a range."""

    count: int | None = None
    min: int | None = None
    max: int | None = None
    approx: bool = False


@dataclass(frozen=True, slots=True)
class Status:
    """Somebody says a crossing, a set or a border is, will be or might be in a state. lanes: lane words, `all` allowed."""

    crossings: tuple[str, ...]
    border: str | None
    state: State
    commitment: Commitment
    lanes: tuple[str, ...] = ("all",)
    into: str | None = None                                     # direction: None = both, "FI" = into Finland
    span: Span = field(default_factory=Span)
    until_further_notice: bool = False
    hours: str | None = None
    changes: Change | None = None
    exceptions: str | None = None                               # who is exempt, or whom alone it concerns, in plain words
    applies_to: str | None = None                               # a group it is limited to ("Russian tourists"): no cell changes by it
    decided_on: str | None = None                               # ISO date of the decision, where it is known
    legal_basis: str | None = None
    kind: str = field(default="status", init=False)


@dataclass(frozen=True, slots=True)
class Movement:
    """People moved, to be moved, or staying. origin/destination: a crossing id, else the place as written, else None."""

    people: Number
    origin: str | None
    destination: str | None
    fate: str                                                   # planned_transfer transferred arrived turned_back waiting staying returned left_for
    when: Span = field(default_factory=Span)
    kind: str = field(default="movement", init=False)


@dataclass(frozen=True, slots=True)
class Count:
    """A number of people, vehicles or applications over a period. what: arrivals asylum_applications crossings waiting turned_back.

    lanes, into: of a wait that holds for one kind of traffic or one direction only; empty and None where that was not told.
    """

    people: Number
    what: str
    crossings: tuple[str, ...] = ()
    border: str | None = None
    vehicles: bool = False
    span: Span = field(default_factory=Span)
    unit: str | None = None                                     # "minutes" for waits; None = heads
    place: str | None = None                                    # as written, where it is no crossing or border
    lanes: tuple[str, ...] = ()
    into: str | None = None
    kind: str = field(default="count", init=False)


@dataclass(frozen=True, slots=True)
class Accusation:
    """Accusers and accused as ISO codes or names; accusers empty where the text does not say who."""

    accusers: tuple[str, ...]
    accused: str
    charge: str
    border: str | None = None
    kind: str = field(default="accusation", init=False)


@dataclass(frozen=True, slots=True)
class Denial:
    """denies: ids of the statements of the same document that it answers; empty when they are elsewhere."""

    denier: str
    denies: tuple[str, ...] = ()
    kind: str = field(default="denial", init=False)


@dataclass(frozen=True, slots=True)
class Posture:
    """A government's stance. stance: watching considering tightened partly_closed closed eased ready_to_close."""

    actor: str
    stance: str
    border: str | None = None
    kind: str = field(default="posture", init=False)


@dataclass(frozen=True, slots=True)
class Watch:
    """A government says it follows what happens elsewhere (ISO codes)."""

    watcher: str
    watched: tuple[str, ...]
    kind: str = field(default="watch", init=False)


@dataclass(frozen=True, slots=True)
class Objection:
    """A court, ombudsman, UN body, lawyer or neighbour objects to a measure on a border or crossing."""

    objector: str
    target: str | None
    grounds: str
    kind: str = field(default="objection", init=False)


@dataclass(frozen=True, slots=True)
class Background:
    """Anything else worth keeping; never settles a cell."""

    topic: str = ""
    kind: str = field(default="background", init=False)


Claim = Status | Movement | Count | Accusation | Denial | Posture | Watch | Objection | Background
