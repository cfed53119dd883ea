"""Claims as the JSON that everybody who scripts Pasvik reads, and back again."""

from __future__ import annotations

from typing import Any

from pasvik.terms import claim as c
from pasvik.terms.moment import Moment, Span, moment

Json = dict[str, Any]


def claim_to_json(claim: c.Claim) -> Json:
    """The fields of docs/statements.md for this claim, `kind` first, without the words and the speaker."""
    match claim:
        case c.Status():
            return {
                "kind": "status", "crossings": sorted(claim.crossings), "border": claim.border, "state": str(claim.state),
                "commitment": str(claim.commitment), "lanes": list(claim.lanes),
                "direction": {"into": claim.into} if claim.into else "both", **_span(claim.span),
                "until_further_notice": claim.until_further_notice, "hours": claim.hours,
                "changes": str(claim.changes) if claim.changes else None, "exceptions": claim.exceptions,
                "applies_to": claim.applies_to, "decided_on": claim.decided_on, "legal_basis": claim.legal_basis}
        case c.Movement():
            told = _span(claim.when)
            return {
                "kind": "movement", "people": _number(claim.people), "origin": claim.origin, "destination": claim.destination,
                "fate": claim.fate, "when": told["from"], "when_until": told["until"], "time_zone": told["time_zone"]}
        case c.Count():
            said = {"vehicles" if claim.vehicles else "people": _number(claim.people)}
            traffic = {"lanes": list(claim.lanes)} if claim.lanes else {}
            way = {"direction": {"into": claim.into}} if claim.into else {}
            return {
                "kind": "count", **said, "what": claim.what, "crossings": sorted(claim.crossings), "border": claim.border,
                **_span(claim.span), "unit": claim.unit, "place": claim.place, **traffic, **way}
        case c.Accusation():
            return {"kind": "accusation", "accusers": list(claim.accusers), "accused": claim.accused, "charge": claim.charge,
                    "border": claim.border}
        case c.Denial():
            return {"kind": "denial", "denier": claim.denier, "denies": list(claim.denies)}
        case c.Posture():
            return {"kind": "posture", "actor": claim.actor, "stance": claim.stance, "border": claim.border}
        case c.Watch():
            return {"kind": "watch", "watcher": claim.watcher, "watched": list(claim.watched)}
        case c.Objection():
            return {"kind": "objection", "objector": claim.objector, "target": claim.target, "grounds": claim.grounds}
        case c.Background():
            return {"kind": "background", "topic": claim.topic}


def claim_from_json(said: Json) -> c.Claim:
    """The claim of a statement's JSON. Raises ValueError (a plain sentence) for a field that cannot be."""
    try:
        return _claim(said)
    except (KeyError, TypeError, AttributeError) as bad:
        raise ValueError(f"a {said.get('kind', 'statement')} without a proper {bad}") from bad


def _claim(said: Json) -> c.Claim:
    kind = said["kind"]
    if kind == "status":
        return c.Status(
            crossings=tuple(sorted(said.get("crossings") or ())), border=said.get("border"), state=c.State(said["state"]),
            commitment=c.Commitment(said["commitment"]), lanes=tuple(said.get("lanes") or ("all",)),
            into=_way(said.get("direction") or "both"), span=_read_span(said),
            until_further_notice=bool(said.get("until_further_notice")), hours=said.get("hours"),
            changes=c.Change(said["changes"]) if said.get("changes") else None, exceptions=said.get("exceptions"),
            applies_to=said.get("applies_to"), decided_on=said.get("decided_on"), legal_basis=said.get("legal_basis"))
    if kind == "movement":
        when = _read_span({"from": said.get("when"), "until": said.get("when_until"), "time_zone": said.get("time_zone")})
        return c.Movement(_read_number(said.get("people")), said.get("origin"), said.get("destination"), said["fate"], when)
    if kind == "count":
        vehicles = said.get("vehicles") is not None
        return c.Count(
            _read_number(said.get("vehicles") if vehicles else said.get("people")), said["what"],
            tuple(sorted(said.get("crossings") or ())), said.get("border"), vehicles, _read_span(said), said.get("unit"), said.get("place"),
            tuple(said.get("lanes") or ()), _way(said.get("direction") or "both"))
    if kind == "accusation":
        return c.Accusation(tuple(said["accusers"]), said["accused"], said.get("charge") or "", said.get("border"))
    if kind == "denial":
        return c.Denial(said["denier"], tuple(said.get("denies") or ()))
    if kind == "posture":
        return c.Posture(said["actor"], said["stance"], said.get("border"))
    if kind == "watch":
        return c.Watch(said["watcher"], tuple(said["watched"]))
    if kind == "objection":
        return c.Objection(said["objector"], said.get("target"), said.get("grounds") or "")
    if kind == "background":
        return c.Background(said.get("topic") or "")
    raise ValueError(f"unknown kind of statement {kind!r}")


def _way(direction: Json | str) -> str | None:
    if isinstance(direction, str):
        if direction != "both":
            raise ValueError(f"direction {direction!r} is neither \"both\" nor {{\"into\": country}}")
        return None
    return str(direction["into"])


def _span(span: Span) -> Json:
    told: Moment | None = span.start or span.until
    return {
        "from": span.start.iso() if span.start else None, "until": span.until.iso() if span.until else None,
        "time_zone": told.zone if told else None}


def _read_span(said: Json) -> Span:
    zone = said.get("time_zone") or "UTC"
    start, until = said.get("from"), said.get("until")
    return Span(moment(start, zone) if start else None, moment(until, zone) if until else None)


def _number(number: c.Number) -> Json:
    return {"count": number.count, "min": number.min, "max": number.max, "approx": number.approx}


def _read_number(said: Json | None) -> c.Number:
    said = said or {}
    return c.Number(said.get("count"), said.get("min"), said.get("max"), bool(said.get("approx")))
