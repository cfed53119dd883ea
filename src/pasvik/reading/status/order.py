"""Orders and their ends: "extended the closure until 11 February", "the order runs out on Sunday", "a closure of Narva-1 is not planned"."""

from __future__ import annotations

from dataclasses import replace

from pasvik.reading.clause.clause import Clause
from pasvik.reading.clause.modality import Force, force
from pasvik.reading.clause.timing import Timing, timing
from pasvik.reading.finders.draft import Draft
from pasvik.reading.page.page import Bead, Page, Phrase, Sentence
from pasvik.reading.status.make import make, way
from pasvik.terms.claim import Change, Commitment, State, Status
from pasvik.terms.moment import Moment

MEASURES = ("closure", "restriction", "order", "opening")
GOVERNS = ("extend", "expire", "run", "lift", "cover", "curtail", "put")


def is_noun(page: Page, deed: Bead) -> bool:
    """Whether a deed stands as a noun: "the closure", "the opening of Salla", but not "considers opening Salla"."""
    if "noun" not in deed.forms:
        return False
    return (
        "ing" not in deed.forms
        or page.word(deed.last) == "of"
        or page.word(deed.first - 1) in ("the", "a", "an", "any", "its", "their", "no", "such")
    )


def order_claim(page: Page, s: Sentence, cut: list[Clause], clause: Clause, deed: Bead, said: list[Draft]) -> Draft | None:
    """The claim of a verb that prolongs, ends, lifts or dates a measure, or of a bare "closure" that is planned or ruled out."""
    noun = _measure(page, clause, deed)
    if is_noun(page, deed) and deed.value not in GOVERNS and _ordered(page, clause, deed):
        return None  # told by its verb: "the closure was extended"
    if noun is None and deed.value != "curtail":
        return None
    if deed.value == "cover" and noun is not None:
        covered = [p for p in page.phrases_in(deed.last, clause.last) if p.ids]
        now = force(page, s, cut, clause, deed)
        last = next((d.claim.state for d in reversed(said) if isinstance(d.claim, Status) and d.claim.state is not State.OPEN), None)
        if noun.kind != "order" or not covered or now.negated or last is None:
            return None
        return _governed(page, clause, deed, (covered[0],), last, now, timing(page, clause.first, clause.last, False), noun)
    targets, state = _meant(page, s, clause, noun, said) if noun else _curtailed(page, s)
    noun = noun or deed
    if not targets:
        return None
    verb = deed if deed.value in GOVERNS or deed.value == "work" else None
    how = force(page, s, cut, clause, deed)
    told = timing(page, clause.first, clause.last, verb is not None and verb.value == "run")
    if verb is None:
        before = page.bead_at(noun.first - 1)
        if before and before.kind == "op" and page.low[before.start : before.end] == "possible":
            return None  # "in case of a possible closure"
        lasts = "stay" in how.values and (told.until_further_notice or told.lasts)
        if lasts and how.commitment in (Commitment.IN_EFFECT, Commitment.ORDERED):
            return make(page, clause, noun, targets, state, how, told)  # "the closure continues until further notice"
        spoken = {"plan", "consider", "rule_out", "may", "ready", "signal", "if", "decide"} & how.values
        return (
            make(page, clause, noun, targets, state, how, told)
            if spoken
            and how.commitment not in (None, Commitment.IN_EFFECT)
            and (how.commitment is not Commitment.ORDERED or "decide" in how.values)
            else None
        )
    return _governed(page, clause, verb, targets, state, how, told, noun)


def _ordered(page: Page, clause: Clause, noun: Bead) -> bool:
    """Whether the clause has a verb that extends, ends, lifts or dates the measure."""
    upto = next((b.first for b in page.beads_in(noun.last, clause.last, "op") if b.value == "if"), clause.last)
    return any((b.value in GOVERNS and "noun" not in b.forms) or _runs(page, clause, b) for b in page.beads_in(clause.first, upto, "act"))


def _runs(page: Page, clause: Clause, deed: Bead) -> bool:
    """ "run until", "is valid until" of a measure."""
    return deed.value == "work" and any(
        b.hit and b.hit.role == "until" for b in page.beads_in(deed.last, min(deed.last + 8, clause.last), "time")
    )


def _curtailed(page: Page, s: Sentence) -> tuple[tuple[Phrase, ...], State]:
    phrase = (
        None
        if not any("end" in page.low[b.start : b.end] for b in page.beads_in(s.first, s.last, "act") if b.value == "curtail")
        else next((p for p in page.phrases_in(s.first, s.last) if p.ids), None)
    )
    return (phrase,) if phrase else (), State.CLOSED


def _governed(
    page: Page, clause: Clause, verb: Bead, targets: tuple[Phrase, ...], state: State, how: Force, told: Timing, noun: Bead
) -> Draft | None:
    changes: Change | None = None
    if verb.value == "extend":
        changes = Change.EXTENDS
        how = replace(how, commitment=Commitment.ORDERED if how.commitment is Commitment.IN_EFFECT else how.commitment)
    elif verb.value == "curtail":
        changes = Change.CURTAILS
    elif verb.value == "lift":
        changes = Change.LIFTS
        lifted = how.commitment in (Commitment.IN_EFFECT, Commitment.ORDERED) and how.tense == "past" and not how.negated
        how = replace(how, commitment=Commitment.ENDED) if lifted else how
        state = state if lifted else State.OPEN
    elif verb.value == "expire":
        until = told.span.until or (told.span.start or _point(page, clause))
        told = replace(told, span=replace(told.span, start=None, until=until), future=False, over=False)
        how = replace(how, commitment=Commitment.IN_EFFECT)
    elif verb.value in ("run", "work"):
        if not (told.span.start or told.span.until):
            return None
        how = replace(how, commitment=Commitment.ORDERED if told.future else how.commitment)
    elif verb.value == "cover":
        how = replace(how, commitment=Commitment.ORDERED if how.tense == "future" else how.commitment)
    return make(page, clause, verb, targets, state, how, told, ("all",), changes, way(page, clause, targets))


def _point(page: Page, clause: Clause) -> Moment | None:
    for bead in page.beads_in(clause.first, clause.last, "time"):
        if bead.hit and bead.hit.span.start:
            return bead.hit.span.start
    return None


def _measure(page: Page, clause: Clause, deed: Bead) -> Bead | None:
    """The measure in the clause that the deed is done to: "closure", "restriction", "order", "extension"."""
    if deed.value in ("close", "restrict", "open") and "noun" in deed.forms:
        return deed
    if deed.value == "extend" and ("noun" in deed.forms or "closure" in page.low[deed.start : deed.end]):
        return deed
    if clause.hinge in ("that", "which") and deed.first - clause.first <= 4:
        left = page.bead_at(clause.first - 2)
        if left and (left.kind == "order" or (left.kind == "act" and "noun" in left.forms)):
            return left
    nouns = [
        b
        for b in page.beads_in(clause.first, clause.last)
        if (b.kind == "act" and b.value in ("close", "restrict") and "noun" in b.forms) or b.kind == "order"
    ]
    return min(nouns, key=lambda b: abs(b.first - deed.first), default=None)


def _meant(page: Page, s: Sentence, clause: Clause, noun: Bead, said: list[Draft]) -> tuple[tuple[Phrase, ...], State]:
    """Which crossings a measure is about: "of P", "P's", "their"; else those of the last closing told."""
    state = {"close": State.CLOSED, "restrict": State.RESTRICTED, "open": State.OPEN}.get(noun.value, State.CLOSED)
    after = [
        p for p in page.phrases_in(noun.last, clause.last) if p.first - noun.last <= 2 and page.word(noun.last) in ("of", "at", "to", "on")
    ]
    before = [p for p in page.phrases_in(clause.first, noun.first) if noun.first - p.last <= 3 and (p.ids or p.how == "border")]
    if page.word(noun.first - 1) in ("a", "an") and noun.kind == "order":
        return (), state  # "a rule in force since October": about what stands before it
    both = _last_two(said) if page.word(noun.first - 1) in ("both", "two") else ()
    if both:
        return both, State.CLOSED
    if after:
        return (after[0],), state
    if before and noun.kind == "act":
        return (before[-1],), state
    if page.word(noun.first - 1) == "their":
        pointed = next((p for p in reversed(page.phrases_in(max(0, s.first - 60), noun.first)) if len(p.ids) > 1), None)
        if pointed:
            return (pointed,), state
    for draft in reversed(said):
        claim = draft.claim
        if isinstance(claim, Status) and _names(page, noun, claim):
            return _again(draft, claim), claim.state if noun.kind == "order" else state
    return (), state


def _last_two(said: list[Draft]) -> tuple[Phrase, ...]:
    """The crossings of the last two measures told, for "both restrictions"."""
    found: list[tuple[Draft, Status]] = []
    for draft in reversed(said):
        claim = draft.claim
        if isinstance(claim, Status) and claim.state is not State.OPEN and all(claim.crossings != held.crossings for _, held in found):
            found.append((draft, claim))
        if len(found) == 2:
            return tuple(phrase for told, held in reversed(found) for phrase in _again(told, held))
    return ()


def _names(page: Page, noun: Bead, claim: Status) -> bool:
    """Whether "the closure", "the restrictions", "the order" can mean this claim."""
    word = page.low[noun.start : noun.end]
    if claim.commitment is Commitment.RULED_OUT or (word == "closures" and len(claim.crossings) == 1):
        return False
    return claim.state is State.CLOSED or (claim.state is State.RESTRICTED and noun.value != "close")


def _again(draft: Draft, claim: Status) -> tuple[Phrase, ...]:
    """The crossings of an earlier claim as a phrase again."""
    phrase = Phrase(
        0,
        0,
        draft.start,
        draft.end,
        -1,
        claim.crossings,
        claim.border,
        "anaphor" if claim.crossings else "border",
        len(claim.crossings) > 1,
    )
    return (phrase,)
