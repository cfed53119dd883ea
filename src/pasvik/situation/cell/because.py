"""Why a cell says what it says, step by step, in words that a person can follow and check."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from pasvik.situation.order import Decision
from pasvik.situation.utterance import Utterance
from pasvik.terms.claim import Commitment, State
from pasvik.terms.moment import Grain, Moment, zone_info
from pasvik.terms.place import Crossing

EFFECTS = {
    "extended": "This extended", "curtailed": "This shortened", "replaced": "This replaced", "lifted": "This ended",
    "followed": "This took over from", "interrupted": "For its time this overrides"}
CHANGES = {State.OPEN: "opening", State.CLOSED: "closure", State.RESTRICTED: "restriction"}
FIRMNESS = {
    Commitment.IN_EFFECT: "in effect", Commitment.ORDERED: "ordered", Commitment.PLANNED: "planned", Commitment.SIGNALLED: "signalled",
    Commitment.CONSIDERING: "considered", Commitment.CONDITIONAL: "possible under conditions", Commitment.RULED_OUT: "ruled out",
    Commitment.ENDED: "ended"}
NAMED = 5                                                       # outlets or steps of a drift that are named one by one
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def say_change(state: State, commitment: Commitment) -> str:
    """A state with how far it has gone: `closure considered`, `opening ordered`; never a plan as an event."""
    return f"{CHANGES.get(state, str(state))} {FIRMNESS[commitment]}"


def say_lanes(lanes: Iterable[str]) -> str:
    """Lane words as people write them."""
    return ", ".join("all road traffic" if lane == "all" else lane.replace("_", " ") for lane in lanes)


def say_moment(moment: Moment | None) -> str:
    """A moment as it was told, on the clocks of the place where it was told."""
    if moment is None:
        return "an unknown time"
    here = moment.local
    if moment.grain is Grain.YEAR:
        return f"{here.year}"
    if moment.grain is Grain.MONTH:
        return f"{MONTHS[here.month - 1]} {here.year}"
    day = f"{here.day} {MONTHS[here.month - 1]} {here.year}"
    return day if moment.grain is Grain.DAY else f"{day} {here:%H:%M}"


def say_instant(at: datetime | None, zone: str) -> str:
    """A UTC instant on the clocks of a zone, to the minute; midnight as the bare day."""
    if at is None:
        return "no date"
    here = at.astimezone(zone_info(zone))
    day = f"{here.day} {MONTHS[here.month - 1]} {here.year}"
    return day if (here.hour, here.minute) == (0, 0) else f"{day} {here:%H:%M}"


def say_published(told: Moment | None, zone: str) -> str:
    """When a page appeared: a day as the day it was where it appeared, a time of day on the clocks of a zone."""
    return say_instant(told.start, zone) if told and told.grain is Grain.MINUTE else say_moment(told)


def say_when(at: datetime, said: Iterable[Utterance], zone: str) -> str:
    """An instant as it was told: a day, where it is the day of a page or the day that somebody named; else on the clocks of a zone."""
    for u in said:
        for told in (u.claim.span.start, *(telling.source.published for telling in u.tellings)):
            if told and told.start == at and told.grain is not Grain.MINUTE:
                return say_moment(told)
    return say_instant(at, zone)


def say_source(u: Utterance, zone: str) -> str:
    """Where and when it was published."""
    outlet = u.statement.source.publisher
    if u.told is None:
        return "in an undated text" + (f" of {outlet}" if outlet else "")
    return f"published {say_when(u.told, (u,), zone)}" + (f" by {outlet}" if outlet else "")


def say_who(u: Utterance) -> str:
    """Whose word it is."""
    speaker = u.statement.speaker
    return speaker.name if speaker else u.statement.source.publisher or "The text"


def say_span(u: Utterance) -> str:
    """From when and until when, as announced."""
    claim = u.claim
    words = [f" from {say_moment(claim.span.start)}"] if claim.span.start else []
    if claim.until_further_notice:
        words.append(" until further notice")
    elif claim.span.until:
        words.append(f" until {say_moment(claim.span.until)}")
    return "".join(words)


def say_utterance(u: Utterance, zone: str, state: State | None = None) -> str:
    """One utterance as a sentence without its full stop."""
    verb = "ordered it" if u.is_order else "told that it is"
    return f"{say_who(u)} {verb} {state or u.claim.state}{say_span(u)} ({say_source(u, zone)}; {u.standing.why})"


def say_retold(u: Utterance) -> str | None:
    """How often it was told, by whom, and how the firmness of its words drifted; None where it was told once."""
    again = len(u.tellings) - 1
    if not again:
        return None
    outlets = list(dict.fromkeys(telling.source.publisher or "an unnamed outlet" for telling in u.tellings))
    more = f" and {len(outlets) - NAMED} more" if len(outlets) > NAMED else ""
    drift = f"; put first as {', then as '.join(FIRMNESS[firmness] for firmness in u.drift[:NAMED])}" if len(u.drift) > 1 else ""
    return f"Told {again + 1} times ({', '.join(outlets[:NAMED])}{more}), which counts as one utterance{drift}"


def steps(decision: Decision, crossing: Crossing, at: datetime | None) -> list[str]:
    """How one side's decision came about: who, what it did to the one before, whether it still runs, who confirmed it last."""
    zone = crossing.zone
    lead = decision.lead
    told = []
    if decision.by_agreement:
        names = sorted({u.statement.source.publisher or "an unnamed outlet" for u in decision.supports})
        told.append(f"{' and '.join(names)} agree independently; none of them alone would settle it")
    told.append(say_utterance(lead, zone, decision.state))
    retold = say_retold(lead)
    if retold:
        told.append(retold)
    before = decision.before
    if before and decision.effect in EFFECTS:
        told.append(f"{EFFECTS[decision.effect]} what held before: {say_utterance(before.lead, zone, before.state)}")
    if lead.statement.basis == "inferred":
        told.append(f"{crossing.name} is not named there; it was worked out from the set of crossings that the text speaks of")
    elif lead.statement.basis == "presupposed":
        told.append("The text takes it for granted in passing")
    if lead.statement.doubt:
        told.append(f"Doubt: {lead.statement.doubt}")
    if lead.is_narrow:
        told.append(f"Said of these lanes: {say_lanes(lead.claim.lanes)}")
    if at and decision.stop and not decision.runs(at):
        told.append(f"Its announced end ({say_moment(lead.claim.span.until)}) has passed, and nobody is known to have spoken since")
    elif at and lead.told:
        agreeing = len(decision.supports) + len(decision.heard)
        newest = max(decision.supports, key=lambda u: (u.told or decision.begins, u.statement.id))
        by = f" by {say_who(newest)}" if newest is not lead and newest.told == decision.confirmed else ""
        told.append(f"Last confirmed {say_when(decision.confirmed, decision.supports, zone)}{by}; {agreeing} utterance{'s' * (agreeing != 1)} for it")
    return told
