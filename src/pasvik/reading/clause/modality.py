"""How far a deed has gone by the words round it: it is so, it is ordered, it may come, it is ruled out; or nothing may be said at all."""

from __future__ import annotations

from dataclasses import dataclass

from pasvik.reading.clause.clause import RELATIVE, Clause
from pasvik.reading.page.page import Bead, Page, Sentence
from pasvik.terms.claim import Commitment

BE = frozenset({"is", "are", "was", "were", "be", "been", "being", "am", "s"})
HAVE = frozenset({"has", "have", "had"})
PAST_BE = frozenset({"was", "were"})
MODALS = frozenset({"could", "may", "might"})
ABLE = frozenset({"can", "cannot"})
ADVERBS = frozenset({"also", "again", "now", "then", "still", "already", "soon", "not", "be", "been", "being", "fully", "completely", "temporarily", "currently", "both", "all", "to", "as", "since", "once", "ever", "only", "immediately", "just"})


@dataclass(frozen=True, slots=True)
class Force:
    """What the words round a deed make of it. commitment None = say nothing. negated: the deed itself is denied ("is not closed").

    stays: remains, keeps. passive: "is closed", "to be reopened". tense: past, present, future, none. cues: the words that decided.
    """

    commitment: Commitment | None
    negated: bool = False
    stays: bool = False
    passive: bool = False
    tense: str = "none"
    cues: tuple[str, ...] = ()


def force(page: Page, s: Sentence, all_clauses: list[Clause], clause: Clause, deed: Bead) -> Force:
    """The force of a deed in its clause, with what it inherits from the clauses that govern it."""
    scope = _scope(page, all_clauses, clause, deed)
    ops = [b for first, last in scope for b in page.beads_in(first, last, "op", "quant")]
    if deed.forms & {"noun"} and clause.last > deed.last:
        ops += page.beads_in(deed.last, clause.last, "op")
    values = [_value(page, s, b) for b in ops]
    cues = tuple(page.low[b.start:b.end] for b in ops if b.kind == "op")
    tense, passive = _tense(page, clause, deed, values)
    negated = _negated(page, clause, ops, values)
    stays = "stay" in values
    if s.ask or any(v in ("suppose", "retract", "whether", "deny") for v in values) and "consider" not in values:
        return Force(None, negated, stays, passive, tense, cues)
    if _conditional_here(page, clause, deed, values):
        return Force(None, negated, stays, passive, tense, cues)
    said = _commitment(page, s, all_clauses, clause, deed, values, negated, tense)
    return Force(said, negated and said is not Commitment.RULED_OUT, stays, passive, tense, cues)


def _scope(page: Page, all_clauses: list[Clause], clause: Clause, deed: Bead) -> list[tuple[int, int]]:
    """Stretches of words whose cues govern the deed: its clause up to it, and the clauses it leans on."""
    scope = [(clause.first, deed.first)]
    here = clause
    while here.number > 0 and _leans(page, here, deed):
        here = all_clauses[here.number - 1]
        scope.append((here.first, here.last))
        if here.hinge in RELATIVE:
            break
    return scope


def _leans(page: Page, clause: Clause, deed: Bead) -> bool:
    """Whether a clause takes its cues from the one before it: a complement ("denied that"), or a second deed without a subject of its own."""
    if clause.hinge == "that":
        return True
    if clause.hinge in ("and", "or", ",", "only to", "and then", "-") and not _own_verb(page, clause, deed):
        return True
    return False


def _own_verb(page: Page, clause: Clause, deed: Bead) -> bool:
    """Whether the clause has a finite verb and a subject of its own before the deed."""
    between = [page.word(i) for i in range(clause.first, deed.first)]
    finite = any(w in BE | HAVE | MODALS | ABLE | {"will", "would", "shall"} for w in between) or deed.forms & {"s", "past"} and not deed.forms & {"base"}
    subject = bool(page.phrases_in(clause.first, deed.first)) or any(b.kind in ("thing", "country", "body", "who", "office") for b in page.beads_in(clause.first, deed.first))
    return bool(finite and subject)


def _value(page: Page, s: Sentence, bead: Bead) -> str:
    """The cue's value in its place: "had" and "should" mean a supposition only where they open a clause."""
    word = page.low[bead.start:bead.end]
    if bead.kind == "quant":
        return "no" if bead.value == "none" else ""
    opens = bead.first == s.lead or page.word(bead.first - 1) in (",", ":", ";", "-")
    if word == "had":
        return "suppose" if opens else ""
    if word == "should":
        return "if" if opens else "call"
    if word in ABLE:
        return "no" if word == "cannot" else "can"
    return bead.value


def _tense(page: Page, clause: Clause, deed: Bead, values: list[str]) -> tuple[str, bool]:
    before = []
    index = deed.first - 1
    while index >= clause.first and len(before) < 6:
        word = page.word(index)
        before.append(word)
        if word not in ADVERBS and word not in BE | HAVE | MODALS | ABLE and word not in ("will", "would", "remain", "remains", "remained"):
            break
        index -= 1
    passive = any(w in BE for w in before) and not deed.forms <= {"ing"}
    if "future" in values or "will" in before or (before and before[0] == "to"):
        return "future", passive
    if any(w in PAST_BE for w in before) or (deed.forms & {"past"} and not passive and not deed.forms & {"base", "adj"}):
        return "past", passive
    if any(w in HAVE for w in before):
        return "past", passive
    return "present", passive


def _negated(page: Page, clause: Clause, ops: list[Bead], values: list[str]) -> bool:
    return sum(v == "no" for v in values) % 2 == 1


def _conditional_here(page: Page, clause: Clause, deed: Bead, values: list[str]) -> bool:
    """The deed itself stands inside the condition: "if vehicles can no longer use the bridge"."""
    inside = [b for b in page.beads_in(clause.first, deed.first, "op") if b.value == "if" or page.low[b.start:b.end] == "should"]
    for bead in inside:
        comma = any(page.word(i) == "," for i in range(bead.last, deed.first))
        opens = bead.first <= clause.first + 1 or page.word(bead.first - 1) in (",", "and", "or", "that")
        if page.low[bead.start:bead.end] in ("if necessary", "if needed", "if required", "when necessary", "where necessary"):
            continue
        if page.low[bead.start:bead.end] == "should" and not opens:
            continue
        if not comma:
            return True
    return False


def _has_condition(page: Page, s: Sentence, all_clauses: list[Clause]) -> bool:
    for bead in page.beads_in(s.lead, s.last, "op"):
        word = page.low[bead.start:bead.end]
        if bead.value == "if" and word not in ("as long as", "provided", "provided that", "unless", "depending on", "as soon as"):
            return True
        if word == "should" and (bead.first == s.lead or page.word(bead.first - 1) in (",", ":", ";")):
            return True
    return False


def _commitment(
    page: Page, s: Sentence, all_clauses: list[Clause], clause: Clause, deed: Bead, values: list[str], negated: bool, tense: str,
) -> Commitment | None:
    """The first that fits: considered, ruled out, conditional, planned, signalled, ordered, so."""
    open_ended = tense == "future" or any(v in ("may", "ready", "signal", "can", "plan", "consider") for v in values) or any(
        page.word(i) == "would" for i in range(clause.first, deed.first))
    if "consider" in values:
        return Commitment.RULED_OUT if negated else Commitment.CONSIDERING
    if "rule_out" in values:
        return Commitment.CONSIDERING if negated else Commitment.RULED_OUT
    if _has_condition(page, s, all_clauses) and open_ended and not negated:
        return Commitment.CONDITIONAL
    if "plan" in values:
        return Commitment.RULED_OUT if negated else Commitment.PLANNED
    if "call" in values and tense != "past":
        return None
    if "ready" in values or "signal" in values or "may" in values:
        return Commitment.SIGNALLED if not negated else None
    if "decide" in values:
        return None if negated else Commitment.ORDERED
    if tense == "future":
        return Commitment.RULED_OUT if negated else Commitment.ORDERED
    return Commitment.IN_EFFECT
