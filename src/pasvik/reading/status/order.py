"""Orders and their ends: "extended the closure until 11 February", "the order runs out on Sunday", "a closure of Narva-1 is not planned"."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, timedelta

from pasvik.reading.clause.clause import Clause
from pasvik.reading.clause.modality import Force, force
from pasvik.reading.clause.timing import Timing, timing
from pasvik.reading.clause.verb import BE, HAVE
from pasvik.reading.finders.draft import Draft
from pasvik.reading.page.page import Bead, Page, Phrase, Sentence
from pasvik.reading.status.echo.gap import granted_claim
from pasvik.reading.status.echo.refer import referred
from pasvik.reading.status.make import make, way
from pasvik.terms.claim import Change, Commitment, State, Status
from pasvik.terms.moment import Moment

OPINES = frozenset({"considered", "considers", "consider"})
ASIDE = 24  # words that an aside between a measure and its verb may hold
MEASURES = ("closure", "restriction", "order", "opening")
NAMED = ("close", "restrict", "open", "stop")
LEADING = frozenset(
    {"of", "the", "two", "both", "countries", "states", "neighbours", "neighbors", "nations", "'", "s", "at", "in", "on", "through", "via", "to", "for",
     "and", "all", "their", "across", "over", "normal", "land", "common"})
FAR = 8  # words between a measure and its crossings
CHANGES = ("extend", "lift", "curtail")
GOVERNS = ("extend", "expire", "run", "lift", "cover", "curtail", "put")


def is_noun(page: Page, deed: Bead) -> bool:
    """Whether a deed stands as a noun: "the closure", "the opening of Salla", but not "considers opening Salla"."""
    if "noun" not in deed.forms:
        return False
    return (
        not deed.forms & {"ing", "base"}
        or page.word(deed.last) == "of"
        or page.word(deed.first - 1) in ("the", "a", "an", "any", "its", "their", "no", "such")
    )


def order_claim(page: Page, s: Sentence, cut: list[Clause], clause: Clause, deed: Bead, said: list[Draft]) -> Draft | None:
    """The claim of a verb that prolongs, ends, lifts or dates a measure, or of a bare "closure" that is planned or ruled out."""
    noun = _measure(page, clause, deed)
    said = [d for d in said if not d.found_by.startswith("status: shares")]
    if is_noun(page, deed) and deed.value not in GOVERNS and _ordered(page, clause, deed):
        return None  # told by its verb: "the closure was extended"
    if noun is None and deed.value == "extend":
        return _it_extended(page, s, cut, clause, deed, said)
    if noun is None and deed.value != "curtail":
        return None
    if noun is not None and noun.kind == "order" and page.word(noun.last) == "to" and page.beads_in(noun.last + 1, noun.last + 4, "act"):
        return None  # "the decision to reopen Salla takes effect on Thursday": the infinitive tells what is decided
    if deed.value == "cover" and noun is not None:
        covered = [p for p in page.phrases_in(deed.last, clause.last) if p.ids]
        now = force(page, s, cut, clause, deed)
        last = next((d.claim.state for d in reversed(said) if isinstance(d.claim, Status) and d.claim.state is not State.OPEN), None)
        if noun.kind != "order" or not covered or now.negated or last is None:
            return None
        return _governed(page, clause, deed, (covered[0],), last, now, timing(page, clause.first, clause.last, False), noun)
    targets, state = (_labelled(page, cut, clause, noun) or _meant(page, s, clause, noun, said)) if noun else _curtailed(page, s)
    noun = noun or deed
    if not targets:
        return None
    verb = deed if deed.value in GOVERNS or deed.value == "work" else None
    how = force(page, s, cut, clause, deed)
    begins = verb.value in ("run", "lift") if verb else _dated(page, clause, noun)
    told = timing(page, clause.first, clause.last, begins)
    if verb is not None and verb.value in CHANGES and _of_something_else(page, clause, verb, noun, how):
        return granted_claim(page, s, clause, noun)  # "the closure has lengthened the queues"
    if verb is None:
        before = page.bead_at(noun.first - 1)
        if before and before.kind == "op" and page.low[before.start : before.end] == "possible":
            return None  # "in case of a possible closure"
        lasts = "stay" in how.values and (told.until_further_notice or told.lasts)
        if lasts and how.commitment in (Commitment.IN_EFFECT, Commitment.ORDERED):
            return make(page, clause, noun, targets, state, how, told)  # "the closure continues until further notice"
        if granted := granted_claim(page, s, clause, noun):
            return granted
        if any(page.low[b.start : b.end] in OPINES for b in page.beads_in(clause.first, noun.first, "op")) and page.word(noun.first - 1) == "the":
            return None  # "considered the restriction too far-reaching": an opinion
        vague = "consider" in how.values and not how.negated and page.word(noun.first - 1) not in ("the", "their", "its", "such")
        if _modifies(page, noun) or (vague and how.commitment is Commitment.CONSIDERING and not page.phrases_in(clause.first, clause.last)):
            return None  # "a complaint against an earlier closure decision"
        spoken = {"plan", "consider", "rule_out", "may", "ready", "signal", "if", "decide"} & how.values
        return (
            make(page, clause, noun, targets, state, how, told)
            if spoken
            and how.commitment not in (None, Commitment.IN_EFFECT)
            and (how.commitment is not Commitment.ORDERED or "decide" in how.values)
            else None
        )
    to_come = any(isinstance(d.claim, Status) and d.claim.commitment is Commitment.ORDERED and d.claim.crossings == targets[0].ids for d in said[-4:])
    if verb.value in ("run", "work") and targets[0].first == 0 and to_come and how.commitment is Commitment.IN_EFFECT and how.tense == "present":
        how = replace(how, commitment=Commitment.ORDERED)  # "the regime is in force until May", of one that begins next week
    return _governed(page, clause, verb, targets, state, how, told, noun)


def _it_extended(page: Page, s: Sentence, cut: list[Clause], clause: Clause, deed: Bead, said: list[Draft]) -> Draft | None:
    """ "It may be prolonged", right after a closing was told."""
    last = said[-1] if said else None
    before = page.sentence_at(last.start) if last else None
    how = force(page, s, cut, clause, deed)
    near = before is not None and 0 <= s.number - before.number <= 1
    if last is None or not near or not how.passive or how.negated or page.word(clause.first) not in ("it", "this") or deed.first - clause.first > 5:
        return None
    claim = last.claim
    if not isinstance(claim, Status) or claim.state is State.OPEN or claim.commitment not in (Commitment.IN_EFFECT, Commitment.ORDERED):
        return None
    return _governed(page, clause, deed, _again(last, claim), claim.state, how, timing(page, clause.first, clause.last, False), deed)


def _modifies(page: Page, noun: Bead) -> bool:
    """ "closure decision", "closure plans": the noun only tells what kind of another it is."""
    after = page.bead_at(noun.last)
    return after is not None and after.kind in ("order", "object")


def _dated(page: Page, clause: Clause, noun: Bead) -> bool:
    """ "planned for Monday", "set for the 17th": the day is that of the deed."""
    return any(
        page.word(i) in ("for", "on") and page.word(i - 1) in ("planned", "scheduled", "set", "due", "expected") for i in range(noun.last, clause.last)
    )


def _of_something_else(page: Page, clause: Clause, verb: Bead, noun: Bead, how: Force) -> bool:
    """Whether a measure only does the lengthening or the lifting, and something else is lengthened."""
    before = noun.last <= verb.first and not how.passive
    return before and page.word(verb.last) in ("the", "a", "its", "their", "our", "all", "some", "his")


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
    if verb.value == "extend" and how.negated:
        return None  # "does not extend to goods trains"
    if verb.value == "extend":
        changes = Change.EXTENDS
        told = _ahead(page, clause, told)
        how = replace(how, commitment=Commitment.ORDERED if how.commitment is Commitment.IN_EFFECT else how.commitment)
    elif verb.value == "curtail":
        changes = Change.CURTAILS
    elif verb.value == "lift" and how.negated and how.commitment is Commitment.IN_EFFECT:
        pass  # "the ban was never lifted": it holds
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
        goes_on = "stay" in how.values and not how.negated and not told.future
        if how.commitment is Commitment.ORDERED and (goes_on or _begun(page, told)):
            how = replace(how, commitment=Commitment.IN_EFFECT)  # "the suspension introduced in 2021 shall continue to be applied"
    elif verb.value == "cover":
        how = replace(how, commitment=Commitment.ORDERED if how.tense == "future" else how.commitment)
    return make(page, clause, verb, targets, state, how, told, ("all",), changes, way(page, clause, targets))


def _begun(page: Page, told: Timing) -> bool:
    """Whether the measure had begun when the text came out."""
    start, published = told.span.start, page.document.published
    return start is not None and published is not None and start.end <= published.start


def _ahead(page: Page, clause: Clause, told: Timing) -> Timing:
    """ "was prolonged until 14 April", told in February: what is prolonged ends later, not in the April before."""
    until, published = told.span.until, page.document.published
    year = any(b.hit and any(ch.isdigit() and page.low[i : i + 4].isdigit() for i, ch in enumerate(page.low[b.start : b.end], b.start))
               for b in page.beads_in(clause.first, clause.last, "time"))
    if until is None or published is None or year or until.end > published.start or published.start - until.end > timedelta(days=366):
        return told
    try:
        later = replace(until, start=until.local.replace(year=until.local.year + 1).astimezone(UTC))
    except ValueError:                                          # 29 February has no next year
        return told
    return replace(told, span=replace(told.span, until=later), over=False, lasts=True)


def _point(page: Page, clause: Clause) -> Moment | None:
    for bead in page.beads_in(clause.first, clause.last, "time"):
        if bead.hit and bead.hit.span.start:
            return bead.hit.span.start
    return None


def _measure(page: Page, clause: Clause, deed: Bead) -> Bead | None:
    """The measure in the clause that the deed is done to: "closure", "restriction", "order", "extension"."""
    if deed.value in NAMED and is_noun(page, deed):
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
        if (b.kind == "act" and b.value in ("close", "restrict", "stop") and is_noun(page, b)) or b.kind == "order"
    ]
    if not nouns and clause.number and clause.hinge in (",", ")", "and") and page.word(clause.first) in BE | HAVE | {"will", "now"}:
        earlier = page.beads_in(max(0, clause.first - ASIDE), clause.first)  # "the closure of Salla, due to last till May, is being lifted"
        nouns = [b for b in earlier if (b.kind == "act" and b.value in ("close", "restrict", "stop") and is_noun(page, b)) or b.kind == "order"]
        nouns = nouns[:1]
    return min(nouns, key=lambda b: abs(b.first - deed.first), default=None)


def _meant(page: Page, s: Sentence, clause: Clause, noun: Bead, said: list[Draft]) -> tuple[tuple[Phrase, ...], State]:
    """Which crossings a measure is about: "of P", "P's", "their"; else those of the last closing told."""
    state = {"close": State.CLOSED, "restrict": State.RESTRICTED, "open": State.OPEN}.get(noun.value, State.CLOSED)
    after = [
        p for p in page.phrases_in(noun.last, clause.last)
        if page.word(noun.last) in ("of", "at", "to", "on") and (p.first - noun.last <= 2 or _leads_on(page, noun.last, p.first))
    ]
    before = [p for p in page.phrases_in(clause.first, noun.first) if noun.first - p.last <= 3 and (p.ids or p.how == "border")]
    if page.word(noun.first - 1) in ("a", "an") and noun.kind == "order":
        return (), state  # "a rule in force since October": about what stands before it
    both = _last_two(said) if page.word(noun.first - 1) in ("both", "two") else ()
    if both:
        return both, State.CLOSED
    if after:
        return (after[0],), state
    named = [p for p in page.phrases_in(clause.first, clause.last) if p.how == "named" and p.ids]
    if noun.kind == "order" and page.low[noun.start : noun.end].endswith("ban") and named:
        return (named[-1],), state  # "the ban on crossing the border at Terespol"
    if before and noun.kind == "act":
        return (before[-1],), state
    if page.word(noun.first - 1) == "their":
        pointed = next((p for p in reversed(page.phrases_in(max(0, s.first - 60), noun.first)) if len(p.ids) > 1), None)
        if pointed:
            return (pointed,), state
    found = referred(page, s, noun, said, lambda claim: _names(page, noun, claim))
    if found is None:
        return (), state
    return _again(*found), found[1].state if noun.kind == "order" or noun.value == "restrict" else state


def _leads_on(page: Page, first: int, last: int) -> bool:
    """Whether words lead from a measure to its crossings: "of traffic at", "of the two countries' land"."""
    things = {i for b in page.beads_in(first, last, "thing") for i in range(b.first, b.last)}
    return last - first <= FAR and all(i in things or page.word(i) in LEADING for i in range(first, last))


def _labelled(page: Page, cut: list[Clause], clause: Clause, noun: Bead) -> tuple[tuple[Phrase, ...], State] | None:
    """ "Kuźnica: the reopening is planned for May": of the crossing whose name stands before the colon."""
    left = cut[clause.number - 1] if clause.hinge == ":" and clause.number else None
    names = page.phrases_in(left.first, left.last) if left else []
    bare = left is not None and bool(names) and all(p.how == "named" for p in names) and names[-1].last == left.last
    if not bare or noun.kind != "act" or page.phrases_in(clause.first, clause.last):
        return None
    return tuple(names), {"restrict": State.RESTRICTED, "open": State.OPEN}.get(noun.value, State.CLOSED)


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
    if claim.commitment is Commitment.RULED_OUT or (noun.value == "stop" and not claim.crossings) or (word == "closures" and len(claim.crossings) == 1):
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
