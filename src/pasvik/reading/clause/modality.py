"""How far a deed has gone by the words round it: it is so, it is ordered, it may come, it is ruled out; or nothing may be said at all."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pasvik.reading.clause.clause import RELATIVE, Clause
from pasvik.reading.clause.scope import answered_no, forbidden, is_and_will, not_all, permits
from pasvik.reading.clause.verb import BE, HAVE, HELPERS, MODALS, Verb, read_verb
from pasvik.reading.page.page import Bead, Page, Sentence
from pasvik.terms.claim import Commitment, Zone

SILENT = frozenset({"suppose", "retract", "deny", "habit", "rumour", "tale", "guess", "postpone", "unreal"})  # under these nothing is asserted
OPENINGS = frozenset({",", ":", ";", "-", "and", "or", "that", '"'})
ONLY_IF = frozenset({"if necessary", "if needed", "if required", "when necessary", "where necessary"})
NO_CONDITION = frozenset({"as long as", "provided", "provided that", "unless", "depending on", "as soon as", "were the"})
MEANING = frozenset({"meaning", "meaning that", "which means", "which would mean"})
GOVERNORS = frozenset(  # before "to close": what decides it, or what it is said of
    {"op", "thing", "head", "crossing", "country", "body", "office", "surname", "role", "who", "quant", "number", "time", "order", "say",
     "group", "outlet"}
)
IS_SO = frozenset({"is", "are", "was", "were", "as", "simply", "being", "proved", "proves", "turned"})
CHOSEN = frozenset({"first", "last", "next", "only", "second", "third", "one"})  # "the last to be let in"
AHEAD = frozenset({"can", "will", "would", "could", "may", "might", "shall", "must", "ll"})
SUBJECTS = frozenset({"we", "they", "he", "she", "i", "you", "it"})
WEAKER = {Commitment.ORDERED: Commitment.SIGNALLED, Commitment.PLANNED: Commitment.SIGNALLED}


@dataclass(frozen=True, slots=True)
class Force:
    """What the words round a deed make of it. commitment None = say nothing. negated: the deed itself is denied ("is not closed").

    stays: remains, keeps. passive: "is closed", "to be reopened". progressive: "is closing". tense: past, present or future.
    cues: the words that decided.
    """

    commitment: Commitment | None
    negated: bool = False
    stays: bool = False
    passive: bool = False
    progressive: bool = False
    perfect: bool = False
    tense: str = "present"
    cues: tuple[str, ...] = ()
    values: frozenset[str] = frozenset()


def force(page: Page, s: Sentence, cut: list[Clause], clause: Clause, deed: Bead) -> Force:
    """The force of a deed in its clause, with what it inherits from the clauses that govern it; worked out once for each page."""
    return page.once(("force", clause.first, clause.last, deed.first, deed.value, deed.forms), lambda: _force(page, s, cut, clause, deed))


def _force(page: Page, s: Sentence, cut: list[Clause], clause: Clause, deed: Bead) -> Force:
    ops = _governing(page, cut, clause, deed)
    values = [_value(page, s, bead) for bead in ops]
    if _denied_after(page, ops):
        values = ["" if value == "decide" else value for value in values]  # "decided not to close": decided, and not to
    cues = tuple(page.low[b.start : b.end] for b in ops if b.kind == "op")
    if "future" in values and any(page.word(i) == "been" and page.word(i - 1) == "had" for i in range(clause.first, deed.first)):
        return Force(None, cues=cues)  # "had been due to stay shut": what is no longer to come
    verb = _inherited(page, s, cut, clause, deed, read_verb(page, clause, deed, values))
    negated = sum(value == "no" and _reaches(page, bead, ops, deed) for bead, value in zip(ops, values, strict=True)) % 2 == 1
    stays = "stay" in values if clause.hinge != "that" else bool([b for b in ops if b.value == "stay" and b.first >= clause.first])
    blank = Force(None, negated, stays, verb.passive, verb.progressive, verb.perfect, verb.tense, cues, frozenset(values))
    unsaid = clause.hinge == "that" and _not_said(page, cut[clause.number - 1] if clause.number else clause)
    dated = any(b.value != "duration" for b in page.beads_in(deed.last, clause.last, "time"))
    happens = clause.hinge == "when" and verb.tense == "present" and not dated
    told_when = page.word(clause.first - 2) == ","  # "at midnight, when Salla will shut": no question
    indirect = (
        unsaid or happens or (clause.hinge == "when" and verb.tense == "future" and not told_when)
    )  # "tell us when it will open": a question inside a sentence
    silent = (
        indirect
        or _cleft_denied(page, clause)
        or s.ask
        or _supposed(page, s)
        or _inside_condition(page, clause, deed)
        or _refuted(page, s, deed)
        or _tale(page, s)
        or not_all(page, clause, deed)
        or forbidden(page, s, clause, deed)
        or _ungoverned(page, s, clause, deed, set(values))
        or (SILENT & set(values) and "consider" not in values)
    )
    if silent:
        return blank
    said = _commitment(page, s, clause, deed, values, negated, verb)
    if said is Commitment.IN_EFFECT and clause.hinge in MEANING and clause.number:
        left = cut[clause.number - 1]
        deeds = page.beads_in(left.first, left.last, "act")
        said = (
            force(page, s, cut, left, deeds[-1]).commitment if deeds else said
        )  # "may close its last crossing, meaning the border is shut"
    if said is Commitment.IN_EFFECT and verb.tense == "present" and clause.hinge in ("by which", "under which") and _decided(page, cut, clause):
        said = Commitment.ORDERED  # "adopted a resolution by which Salla is closed"
    if said is Commitment.IN_EFFECT and "first" in values and verb.tense == "past":
        said = Commitment.ENDED  # "initially Niirala stayed open"
    if said and "hearsay" in {_value(page, s, b) for b in page.beads_in(s.lead, deed.first, "op")}:
        said = WEAKER.get(said, said)
    return replace(blank, commitment=said, negated=negated and said is not Commitment.RULED_OUT)


def _governing(page: Page, cut: list[Clause], clause: Clause, deed: Bead) -> list[Bead]:
    """Cues that govern the deed: those before it in its clause and in the clauses it leans on; for a noun also those after it."""
    found = page.beads_in(clause.first, deed.first, "op", "quant")
    here = clause
    while here.number > 0 and _leans(page, here, deed):
        if _resumed(page, cut, here, deed):
            break
        both, here = here.hinge in ("or", "-"), cut[here.number - 1]
        found += [b for b in page.beads_in(here.first, here.last, "op", "quant") if both or not _denies(b)]
        if here.hinge in RELATIVE:
            break
    if "noun" in deed.forms or gerund_subject(clause, deed):
        after = page.beads_in(deed.last, clause.last, "op")
        found += [b for b in after if b.value != "decide" or page.word(b.first - 1) in BE]  # "what the closure means" decides nothing
    found += [b for b in page.beads_in(deed.last, min(deed.last + 2, clause.last)) if _denies(b) and b not in found]
    return found


def _decided(page: Page, cut: list[Clause], clause: Clause) -> bool:
    """Whether the clause before tells of a decision that is being taken."""
    left = cut[clause.number - 1] if clause.number else clause
    return any(b.value == "decide" for b in page.beads_in(left.first, left.last, "op"))


def _resumed(page: Page, cut: list[Clause], clause: Clause, deed: Bead) -> bool:
    """ "Vartius, which was to stay open, closed": behind the aside the sentence goes on where it stood."""
    finite = bool(deed.forms & {"past", "s"}) and "ing" not in deed.forms
    finite = finite or page.word(clause.first) in BE | HAVE | AHEAD or any(b.value == "stay" for b in page.beads_in(clause.first, deed.first, "op"))
    return clause.hinge == "," and finite and cut[clause.number - 1].hinge in RELATIVE


def _denied_after(page: Page, ops: list[Bead]) -> bool:
    """Whether the "not" stands behind the word of deciding, and denies what is decided."""
    decided = [b.first for b in ops if b.value == "decide"]
    denied = [b.first for b in ops if b.value == "no" and page.low[b.start : b.end] in ("not", "never", "no longer", "no more")]
    return bool(decided and denied) and min(denied) > max(decided)


def gerund_subject(clause: Clause, deed: Bead) -> bool:
    """ "Closing the crossing is an option": the deed itself is what something is said of."""
    return deed.forms >= {"ing"} and deed.first - clause.first <= 1 and clause.hinge not in (",", "-", "and")


def _reaches(page: Page, no: Bead, ops: list[Bead], deed: Bead) -> bool:
    """Whether a "not" belongs to the deed or to a cue that governs it, and not to some other verb in between."""
    word = page.low[no.start : no.end]
    if no.first > deed.first:
        return True
    if word == "nor":
        return not any(page.word(i) == "neither" for i in range(max(0, no.first - 12), no.first))
    if word in ("nothing", "nobody", "no", "none", "no one"):
        return not any(page.word(i) == "," for i in range(no.last, deed.first))
    if word == "not" and (page.word(no.last) in ("one", "any") or (page.word(no.last) == "a" and page.word(no.last + 1) == "single")):
        return True  # "not a single crossing accepts them"
    if word not in ("not", "never", "n't", "no longer"):
        return True
    after = min([b.first for b in ops if b.kind == "op" and b.first > no.first and b.value != "no"] + [deed.first])
    if permits(page, no.last, deed):
        return True
    others = page.beads_in(no.last, after, "act", "say")
    return after - no.last <= 4 and not others


def _cleft_denied(page: Page, clause: Clause) -> bool:
    """ "It is not us who close the border", "we are not the ones who shut it": the deed is somebody else's, and not told."""
    if clause.hinge not in ("who", "that"):
        return False
    before = [page.word(i) for i in range(max(0, clause.first - 7), clause.first - 1)]
    denied = next((n for n in range(len(before) - 1, 0, -1) if before[n] == "not" and before[n - 1] in BE), None)
    return denied is not None and (before[denied - 2 : denied - 1] == ["it"] or "ones" in before[denied:] or "one" in before[denied:])


def _not_said(page: Page, left: Clause) -> bool:
    """ "has not said that the crossing is closed": nobody said it."""
    says = page.beads_in(max(left.first, left.last - 2), left.last, "say", "op")
    return bool(says) and any(
        page.word(i) in ("not", "never", "nobody") for i in range(max(left.first, says[-1].first - 3), says[-1].first)
    )


def _denies(bead: Bead) -> bool:
    """A "not" or "none" stays with its own half of "is not covered and continues to work"."""
    return bead.value in ("no", "none")


def _leans(page: Page, clause: Clause, deed: Bead) -> bool:
    """Whether a clause takes its cues from the one before it: a complement ("denied that"), or a second deed without a subject of its own."""
    if clause.hinge == "that":  # "denied that", but not "the crossing that is open"
        said = page.bead_at(clause.first - 2)
        return page.phrase_over(clause.first - 2) is None and (said is None or said.kind not in ("head", "thing", "crossing"))
    if clause.hinge == "as" and page.word(deed.first - 1) in ("being", "as", "already", "still"):
        return True  # "described Salla as being closed"
    return clause.hinge in ("and", "or", ",", "only to", "and then", "-") and not _stands_alone(page, clause, deed)


def _stands_alone(page: Page, clause: Clause, deed: Bead) -> bool:
    """Whether the clause has a finite verb and a subject of its own before the deed."""
    between = [page.word(i) for i in range(clause.first, deed.first)]
    finite = any(w in BE | HAVE | MODALS | {"will", "would", "shall", "can", "cannot"} for w in between)
    finite = (
        finite
        or bool(deed.forms & {"s", "past"} and not deed.forms & {"base"})
        or any(b.value == "stay" for b in page.beads_in(clause.first, deed.first, "op"))
    )
    subject = bool(page.phrases_in(clause.first, deed.first)) or bool(
        page.beads_in(clause.first, deed.first, "thing", "country", "body", "who", "office")
    )
    return finite and subject


def _inherited(page: Page, s: Sentence, cut: list[Clause], clause: Clause, deed: Bead, verb: Verb) -> Verb:
    """ "to shut the last crossing, sealing the border": the second deed looks ahead as the first does."""
    if verb.tense != "present" or clause.number == 0 or verb.finite or not deed.forms & {"ing", "base"} or not _leans(page, clause, deed):
        return verb
    left = cut[clause.number - 1]
    deeds = page.beads_in(left.first, left.last, "act")
    if not deeds or left.hinge in RELATIVE:
        return verb
    ahead = read_verb(page, left, deeds[-1], [_value(page, s, b) for b in page.beads_in(left.first, deeds[-1].first, "op")])
    return replace(verb, tense=ahead.tense)


def _value(page: Page, s: Sentence, bead: Bead) -> str:
    """The cue's value in its place: "had" and "should" mean a supposition only where they open a clause."""
    word = page.low[bead.start : bead.end]
    if bead.kind == "quant":
        return "no" if bead.value == "none" else ""
    opens = bead.first == s.lead or page.word(bead.first - 1) in OPENINGS
    if word == "had":
        joined = page.word(bead.first - 1) in ("but", "and", ",", "-", ";") and any(page.word(i) == "would" for i in range(bead.last, s.last))
        return "suppose" if bead.first == s.lead or joined else ""  # "had we closed it, there would have been ..."
    if word == "should":
        return "if" if opens else "" if _conditioned(page, s, bead) else "call"
    if word in ("can", "cannot"):
        return "no" if word == "cannot" else "can"
    return bead.value


def _supposed(page: Page, s: Sentence) -> bool:
    """A sentence that opens with "Imagine", "Perhaps", "Some say" asserts nothing."""
    return any(b.value == "suppose" and b.first <= s.lead + 1 and _value(page, s, b) for b in page.beads_in(s.lead, s.last, "op"))


def _refuted(page: Page, s: Sentence, deed: Bead) -> bool:
    """ "Claims that the crossing closes are not true": what is told is denied only afterwards."""
    for bead in page.beads_in(deed.last, s.last, "op"):
        is_so = any(page.word(i) in IS_SO for i in range(bead.first - 3, bead.first))
        if bead.value == "deny" and is_so and page.word(bead.first - 1) != "and":
            return True
    return False


def _tale(page: Page, s: Sentence) -> bool:
    """ "In the exercise, Salla is closed at noon": a sentence told as a trial or a tale."""
    return any(bead.value == "tale" for bead in page.beads_in(s.lead, s.last, "op"))


def _ungoverned(page: Page, s: Sentence, clause: Clause, deed: Bead, values: set[str]) -> bool:
    """ "It would be wrong to shut Salla", "longs to open it": an infinitive that hangs on a word which decides, plans or foretells nothing."""
    if "base" not in deed.forms and page.word(deed.first - 1) not in BE:
        return False
    if values - {"future", "no", "stay", "after", "first", ""}:
        return False
    at = deed.first - 1
    while at > clause.first and page.word(at) != "to" and (page.word(at) in HELPERS or page.word(at).endswith("ly")) and page.bead_at(at) is None:
        at -= 1
    be = page.bead_at(at)
    at = be.first if be is not None and page.low[be.start : be.end] == "to be" else at
    if page.word(at) != "to" or (page.bead_at(at) is not None and page.bead_at(at) is not be) or at < clause.first:
        return False
    if at == clause.first:
        return clause.hinge in ("but", "that") or (clause.hinge == "" and s.zone is not Zone.HEADLINE and clause.number == 0)
    governor, bead = page.word(at - 1), page.bead_at(at - 1)
    if governor in CHOSEN:
        return True
    knows = bead is not None and (bead.kind in GOVERNORS or (bead.kind == "act" and (bead.value == "run" or "noun" in bead.forms)))
    return not knows and governor.isalpha() and governor not in HELPERS and page.phrase_over(at - 1) is None


def _inside_condition(page: Page, clause: Clause, deed: Bead) -> bool:
    """The deed itself stands inside the condition: "if vehicles can no longer use the bridge"."""
    for bead in page.beads_in(clause.first, deed.first, "op"):
        word = page.low[bead.start : bead.end]
        opens = bead.first <= clause.first + 1 or page.word(bead.first - 1) in OPENINGS
        conditional = (bead.value == "if" and word not in ONLY_IF) or (word == "should" and opens)
        ends = any(page.word(i) == "," for i in range(bead.last, deed.first)) or _main_begins(page, bead.last, deed.first)
        if conditional and not ends:
            return True
    return False


def _conditioned(page: Page, s: Sentence, should: Bead) -> bool:
    """ "If it should become necessary": a "should" inside a condition asks for nothing."""
    return any(page.word(b.first) == "if" and 0 <= should.first - b.last <= 4 for b in page.beads_in(s.lead, should.first, "op"))


def _main_begins(page: Page, first: int, last: int) -> bool:
    """ "If the pattern appears again WE CAN close": no comma, but a new subject with its own helping verb, after the condition's own verb."""
    for index in range(first + 2, last):
        if page.word(index) in AHEAD:
            before, bead = page.word(index - 1), page.bead_at(index - 1)
            if before in SUBJECTS or (bead is not None and bead.kind in ("country", "body", "office", "role")):
                return True
    return False


def _has_condition(page: Page, s: Sentence, clause: Clause) -> bool:
    """Whether the sentence sets a condition for the deed; a relative clause stands outside it."""
    if clause.hinge in RELATIVE:
        return False
    for bead in page.beads_in(s.lead, s.last, "op"):
        word = page.low[bead.start : bead.end]
        if bead.value == "if" and word not in NO_CONDITION:
            return True
        if word == "should" and (bead.first == s.lead or page.word(bead.first - 1) in OPENINGS):
            return True
    return _inverted(page, s)


def _inverted(page: Page, s: Sentence) -> bool:
    """ "Were the numbers to rise, ...": a condition without an "if"."""
    opens = next((i for i in range(s.lead, min(s.lead + 2, s.last)) if page.word(i) == "were"), None)
    return opens is not None and any(page.word(i) == "to" for i in range(opens + 2, min(opens + 9, s.last)))


def _goes_on(page: Page, deed: Bead) -> bool:
    return page.word(deed.first) in ("carry", "continue", "keep", "go", "continued")


def _commitment(page: Page, s: Sentence, clause: Clause, deed: Bead, values: list[str], negated: bool, verb: Verb) -> Commitment | None:
    """The first that fits: considered, ruled out, conditional, planned, signalled, ordered, so."""
    would = any(page.word(i) == "would" for i in range(clause.first, deed.first))
    open_ended = verb.tense == "future" or would or bool({"may", "ready", "signal", "can", "plan", "consider"} & set(values))
    asked = any(page.low[b.start : b.end] in ("asked about", "asked whether", "asked if") for b in page.beads_in(s.lead, clause.first, "op"))
    if "whether" in values and answered_no(page, s, deed):
        return Commitment.RULED_OUT  # "Asked whether it could be shut, she said this was not on the table"
    if "whether" in values and "consider" not in values and not (asked and "rule_out" in values):
        to = any(page.low[b.start : b.end] == "whether to" for b in page.beads_in(clause.first, deed.first, "op"))
        return Commitment.CONSIDERING if to and not negated else None
    if "consider" in values:
        return Commitment.RULED_OUT if negated else Commitment.CONSIDERING
    if "rule_out" in values:
        return Commitment.CONSIDERING if negated else Commitment.RULED_OUT
    acts = verb.tense == "present" and not verb.passive and bool(deed.forms & {"base", "s"}) and deed.value in ("close", "stop", "extend")
    if "call" in values and verb.tense != "past":
        return None
    if _has_condition(page, s, clause) and (open_ended or acts) and not negated:
        return Commitment.CONDITIONAL
    if "signal" in values and page.word(deed.first - 1) == "be" and page.phrase_over(deed.first - 2) is not None:
        return None  # "suggested that Salla be closed": asked for, and nothing hinted at
    if clause.hinge == "before" and {"can", "may"} & set(values):
        return Commitment.CONDITIONAL  # "must stop before it can be reopened"
    if "propose" in values and "decide" not in values:
        return None if negated else Commitment.CONSIDERING
    if "plan" in values:
        return Commitment.RULED_OUT if negated else Commitment.PLANNED
    if (
        negated
        and "may" in values
        and deed.value == "admit"
        and any(page.word(i) in ("may", "can") for i in range(clause.first, deed.first))
    ):
        return Commitment.IN_EFFECT  # "nobody may walk across" forbids
    if {"ready", "signal", "may"} & set(values):
        return None if negated else Commitment.SIGNALLED
    if "decide" in values and any(page.word(i) == "would" for i in range(deed.last, clause.last)) and page.word(deed.first - 1) == "to":
        return None  # "a decision to close it would need the president"
    if "decide" in values and verb.tense != "past":
        return None if negated else Commitment.ORDERED
    if verb.tense == "future" and deed.value == "work" and not negated and ("stay" in values or _goes_on(page, deed)):
        return Commitment.IN_EFFECT  # "will carry on as before": it does already
    if verb.tense == "future" and "stay" in values and not negated and is_and_will(page, clause, deed):
        return Commitment.IN_EFFECT
    if verb.tense == "future":
        either = any(page.word(i) == "either" for i in range(clause.first, deed.first)) and any(
            page.word(i) == "or" for i in range(clause.first, deed.first)
        )
        return Commitment.RULED_OUT if negated else Commitment.PLANNED if either else Commitment.ORDERED
    if negated and ((verb.progressive and deed.value != "work") or page.word(deed.first - 1) == "being"):
        return Commitment.RULED_OUT
    return Commitment.IN_EFFECT
