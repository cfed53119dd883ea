"""Two readers of one text beside each other: what only one of them saw, and where they saw the same words differently."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pasvik.reading.model.prompt import KINDS
from pasvik.terms.claim_json import claim_to_json
from pasvik.terms.statement import Reading, Statement

Json = dict[str, Any]

COMPARED = {
    "status": ("crossings", "border", "state", "commitment", "lanes", "direction", "from", "until", "until_further_notice"),
    "count": ("count", "what", "crossings", "border", "from", "until"),
    "movement": ("count", "origin", "destination", "fate", "when"),
}


@dataclass(frozen=True, slots=True)
class Disagreement:
    """how: only-rules, only-model or differs. fields: (name, what the rules read, what the model read) where both saw the words."""

    how: str
    rules: Statement | None = None
    model: Statement | None = None
    fields: tuple[tuple[str, Any, Any], ...] = ()


def disagreements(rules: Reading, model: Reading) -> tuple[Disagreement, ...]:
    """Where two readings of one document disagree, in order of place. Kinds that a model is not asked for are left out."""
    mine = [s for s in rules.statements if s.kind in KINDS]
    theirs = list(model.statements)
    offers = sorted(((-_alike(one, other), i, j) for i, one in enumerate(mine) for j, other in enumerate(theirs) if _meet(one, other)))
    pairs: dict[int, int] = {}
    for _, i, j in offers:
        if i not in pairs and j not in pairs.values():
            pairs[i] = j
    found = [Disagreement("differs", mine[i], theirs[j], differing) for i, j in pairs.items() if (differing := _differing(mine[i], theirs[j]))]
    found += [Disagreement("only-rules", one) for i, one in enumerate(mine) if i not in pairs]
    found += [Disagreement("only-model", None, other) for j, other in enumerate(theirs) if j not in pairs.values()]
    return tuple(sorted(found, key=_place))


def disagreement_to_json(one: Disagreement) -> Json:
    """{"how", "rules": id, "model": id, "quote", "fields": {name: [rules, model]}}."""
    said = one.rules or one.model
    return {
        "how": one.how, "rules": one.rules.id if one.rules else None, "model": one.model.id if one.model else None,
        "quote": said.evidence.quote if said else None, "fields": {name: [mine, theirs] for name, mine, theirs in one.fields}}


def _place(one: Disagreement) -> tuple[int, int, str, str]:
    said = one.rules or one.model
    assert said is not None
    return said.evidence.start, said.evidence.end, one.how, said.id


def _meet(one: Statement, other: Statement) -> bool:
    """Whether two statements are about the same words: one kind, and half of the shorter quote shared."""
    a, b = one.evidence, other.evidence
    shared = min(a.end, b.end) - max(a.start, b.start)
    return one.kind == other.kind and 2 * shared >= min(a.end - a.start, b.end - b.start)


def _alike(one: Statement, other: Statement) -> int:
    """How many fields agree."""
    return len(COMPARED[one.kind]) + 1 - len(_differing(one, other))


def _differing(one: Statement, other: Statement) -> tuple[tuple[str, Any, Any], ...]:
    mine, theirs = _fields(one), _fields(other)
    return tuple((name, mine[name], theirs[name]) for name in mine if mine[name] != theirs[name])


def _fields(said: Statement) -> Json:
    claim = claim_to_json(said.claim)
    if said.kind in ("count", "movement"):
        claim["count"] = (claim.get("people") or claim.get("vehicles") or {}).get("count")
    fields = {name: claim[name] for name in COMPARED[said.kind]}
    if "lanes" in fields:
        fields["lanes"] = sorted(fields["lanes"])
    return {**fields, "speaker": said.speaker.name if said.speaker else None}
