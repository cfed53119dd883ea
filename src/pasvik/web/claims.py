"""Each kind of claim as one short line of plain words, for tables and lists."""

from __future__ import annotations

from collections.abc import Callable

from pasvik.terms import claim as c
from pasvik.terms.moment import Moment, Span
from pasvik.terms.statement import Speaker, Statement
from pasvik.web.dates import moment_text
from pasvik.web.words import Words, border_name, digits, known, lanes_text, say

Place = Callable[[str], str]                                    # a crossing id to its name; other words stay as they are


def claim_text(words: Words, claim: c.Claim, place: Place) -> str:
    """What is claimed, without the words and the speaker: "closure ordered · all road traffic · from 24 Nov 2023"."""
    match claim:
        case c.Status():
            return _joined(_status(words, claim))
        case c.Movement():
            way = _way(words, place(claim.origin) if claim.origin else None, place(claim.destination) if claim.destination else None)
            people = say(words, "say.people", n=number_text(words, claim.people))
            return _joined((f"{people} {known(words, 'fate', claim.fate)}", way, span_text(words, claim.when)))
        case c.Count():
            return _joined((_counted(words, claim), where_text(words, claim, place), span_text(words, claim.span)))
        case c.Accusation():
            key = "say.accusation" if claim.accusers else "say.accusation_nobody"
            return say(words, key, who=_names(words, claim.accusers), whom=_names(words, (claim.accused,)), charge=claim.charge)
        case c.Denial():
            return say(words, "say.denial", who=_names(words, (claim.denier,)))
        case c.Posture():
            return f"{_names(words, (claim.actor,))} {known(words, 'stance', claim.stance)}"
        case c.Watch():
            return say(words, "say.watch", who=_names(words, (claim.watcher,)), whom=_names(words, claim.watched))
        case c.Objection():
            key = "say.objection_target" if claim.target else "say.objection"
            target = place(claim.target) if claim.target else ""
            return say(words, key, who=_names(words, (claim.objector,)), target=target, grounds=claim.grounds)
        case c.Background():
            return claim.topic.replace("_", " ") or say(words, "kind.background")


def where_text(words: Words, claim: c.Status | c.Count, place: Place) -> str:
    """The crossings, the border or the place that a claim speaks of; a long list is counted."""
    if len(claim.crossings) > 3:
        named = say(words, "say.all_named", n=len(claim.crossings))
    elif claim.crossings:
        named = ", ".join(place(one) for one in claim.crossings)
    elif isinstance(claim, c.Count) and claim.place:
        named = claim.place
    else:
        named = say(words, "say.border", border=border_name(words, claim.border)) if claim.border else ""
    return say(words, "say.at", place=named) if named and isinstance(claim, c.Count) else named


def act_text(words: Words, state: c.State, commitment: c.Commitment) -> str:
    """State and commitment as one phrase that never makes a plan an event: "closure considered"."""
    return say(words, f"act.{state}.{commitment}") if state in words.table["act"] else say(words, f"state.{state}")


def speaker_text(words: Words, speaker: Speaker | None) -> str:
    """Name, office and country of who says it; empty for the publisher's own voice."""
    if speaker is None:
        return ""
    office = ", ".join(part for part in (speaker.role, speaker.body) if part and part != speaker.name)
    country = f" ({known(words, 'country', speaker.country)})" if speaker.country else ""
    return f"{speaker.name}{', ' + office if office else ''}{country}"


def number_text(words: Words, number: c.Number) -> str:
    """A number as it was published, with `about` and ranges kept."""
    if number.count is not None:
        told = digits(words, number.count)
        return say(words, "say.about", n=told) if number.approx else told
    if number.min is not None and number.max is not None:
        return say(words, "say.range", a=digits(words, number.min), b=digits(words, number.max))
    if number.min is not None:
        return say(words, "say.at_least", a=digits(words, number.min))
    return say(words, "say.at_most", b=digits(words, number.max)) if number.max is not None else say(words, "say.no_figure")


def span_text(words: Words, span: Span, further: bool = False) -> str:
    """From when until when, as announced."""
    if span.start and span.until and span.start == span.until:
        return say(words, "say.on", day=moment_text(words, span.start))
    parts = [say(words, "say.from", a=moment_text(words, span.start))] if span.start else []
    if span.until:
        parts.append(say(words, "say.until", day=moment_text(words, span.until)))
    elif further:
        parts.append(say(words, "board.further"))
    return " ".join(parts)


def published(statement: Statement) -> Moment | None:
    """When the words became public."""
    return statement.source.published


def _status(words: Words, claim: c.Status) -> tuple[str, ...]:
    return (
        act_text(words, claim.state, claim.commitment), lower(lanes_text(words, claim.lanes)),
        say(words, "say.into", country=known(words, "country", claim.into)) if claim.into else "",
        span_text(words, claim.span, claim.until_further_notice),
        say(words, "say.hours", hours=claim.hours) if claim.hours else "",
        say(words, "say.group", who=claim.applies_to) if claim.applies_to else "",
        say(words, "say.except", who=claim.exceptions) if claim.exceptions else "",
        say(words, f"change.{claim.changes}") if claim.changes else "")


def _counted(words: Words, claim: c.Count) -> str:
    unit = "minutes" if claim.unit == "minutes" else "vehicles" if claim.vehicles else "people"
    return f"{say(words, f'say.{unit}', n=number_text(words, claim.people))}, {known(words, 'counted', claim.what)}"


def _way(words: Words, origin: str | None, destination: str | None) -> str:
    if origin and destination:
        return say(words, "say.from_to", a=origin, b=destination)
    if origin:
        return say(words, "say.from", a=origin)
    return say(words, "say.to", b=destination) if destination else ""


def _names(words: Words, codes: tuple[str, ...]) -> str:
    return ", ".join(known(words, "country", code) if code in words.table["country"] else code for code in codes)


def lower(text: str) -> str:
    """The same inside a sentence."""
    return text[:1].lower() + text[1:]


def _joined(parts: tuple[str, ...]) -> str:
    return " · ".join(part for part in parts if part)
