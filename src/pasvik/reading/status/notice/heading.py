"""The state first, the crossings after it: "Open: Salla, Vartius", "By car: Kybartai", names in a list under "Closed until further notice"."""

from __future__ import annotations

from dataclasses import dataclass

from pasvik.reading.clause.clause import Clause
from pasvik.reading.clause.modality import Force
from pasvik.reading.clause.timing import Timing, timing
from pasvik.reading.finders.draft import Draft, trim
from pasvik.reading.page.page import Bead, Page, Phrase, Sentence
from pasvik.reading.status.deed import STATES
from pasvik.reading.status.make import make
from pasvik.reading.status.passage import SERVES, only_these, state_of
from pasvik.terms.claim import Commitment, State

LONGEST = 16  # words that a heading may have
REACH = 24  # lines back in which the heading of a list stands
GLUE = frozenset({",", "and", "or", "(", ")", "-", "/", "also", "plus", "the", "*", "•", ".", ";", ":", "|", "border", "at"})
PLAIN = frozenset(
    {"the", "following", "are", "is", "by", "for", "on", "in", "of", "to", "at", "via", "well", "currently", "only", "today", "fully", "temporarily",
     "completely", "both", "ways", "directions", "be", "from", "with", "right", "present", "moment", "which", "where", "you", "can", "cross", "now", ":", "-",
     ",", "(", ")", ".", "*", "•", "and", "or", "list", "also", "whole", "day", "night", "overnight", "those"}
)
KINDS = frozenset({"quant", "head", "hinge", "who", "country", "way", "time", "thing", "number", "group", "skip"})
SAYS = frozenset({"open", "close", "work", "stop", "fall", "rise"})
ASIDE = frozenset({"by", "for", "on", "via", "with"})


@dataclass(frozen=True, slots=True)
class Heading:
    """What a heading says of the crossings under it: its words first..last, the bead that says it, the state and the lanes."""

    first: int
    last: int
    deed: Bead
    state: State
    lanes: tuple[str, ...]


def headed_claims(page: Page, s: Sentence, cut: list[Clause]) -> list[Draft]:
    """The claims of a sentence that only names crossings after a heading, in its own line or on a line above."""
    if s.ask:
        return []
    if len(cut) > 1 and cut[1].hinge in (":", "-"):
        first, last = cut[1].first, s.last
        heading = _heading(page, cut[0].first, cut[0].last)
    else:
        first, last = s.lead, s.last
        heading = _above(page, s, first, last)
    names = _names(page, first, last) if heading else ()
    if heading is None or not names:
        return []
    told = _together(timing(page, heading.first, heading.last, True), timing(page, first, last, True))
    clause = Clause(first, last, "", 0)
    how = Force(Commitment.IN_EFFECT, passive=True)
    span = trim(page, names[0].start, page.words[last - 1][1])
    draft = make(page, clause, heading.deed, names, heading.state, how, told, heading.lanes, span=span)
    return [draft] if draft else []


def _together(over: Timing, here: Timing) -> Timing:
    """The times of the line itself, else those of its heading."""
    return here if here.span.start or here.span.until or here.hours else over


def _names(page: Page, first: int, last: int) -> tuple[Phrase, ...]:
    """The crossings named in a stretch that holds nothing else but times and small words; empty where it says more."""
    names = tuple(p for p in page.phrases_in(first, last) if p.how == "named" and p.ids)
    known = {i for p in names for i in range(p.first, p.last)}
    known |= {i for b in page.beads_in(first, last, "time", "head", "country") for i in range(b.first, b.last)}
    bracket = False
    for index in range(first, last):
        word = page.word(index)
        bracket = (bracket or word == "(") and word != ")"
        if index not in known and word not in GLUE and not bracket:
            return ()
    return names


def _heading(page: Page, first: int, last: int) -> Heading | None:
    """What a stretch says where it is nothing but a heading, else None."""
    if last - first > LONGEST or any(p.how == "named" for p in page.phrases_in(first, last)):
        return None
    deeds, things, no = [], [], False
    index = first
    while index < last:
        bead = page.bead_at(index)
        if bead is not None and bead.kind == "act" and bead.value in SAYS and bead.forms & {"adj", "past", "ing"}:
            deeds.append(bead)
        elif bead is not None and bead.kind == "op" and bead.value in ("no", "stay"):
            no = no or bead.value == "no"
        elif bead is not None and bead.kind in KINDS:
            things += [bead] if bead.kind == "thing" else []
        elif page.word(index) not in PLAIN:
            return None
        index = bead.last if bead is not None else index + 1
    return _says(page, first, last, deeds, things, no)


def _says(page: Page, first: int, last: int, deeds: list[Bead], things: list[Bead], no: bool) -> Heading | None:
    serves = [b for b in things if b.value in SERVES - {"traffic"}]
    if not deeds:
        aside = page.word(first) in ASIDE or (bool(serves) and page.word(serves[0].first) in ASIDE) or (bool(serves) and serves[0].first == first)
        if not serves or not aside:
            return None
        state, lanes = state_of(serves, [], no, False)
        return Heading(first, last, serves[0], state or State.OPEN, lanes)
    closed = (STATES[deeds[0].value] is State.CLOSED) != no
    only = only_these(page, Clause(first, last, "", 0), serves, [])
    state, lanes = state_of(serves, [], closed, only) if serves else (State.CLOSED if closed else State.OPEN, ("all",))
    return Heading(first, last, deeds[0], state or State.OPEN, lanes)


def _above(page: Page, s: Sentence, first: int, last: int) -> Heading | None:
    """The heading of the list that a line of names stands in."""
    if not _alone(page, s) or not _names(page, first, last):
        return None
    for number in range(s.number - 1, max(-1, s.number - REACH), -1):
        above = page.sentences[number]
        if not _alone(page, above):
            return None
        if heading := _heading(page, above.lead, above.last):
            return heading
        if not _names(page, above.lead, above.last):
            return None
    return None


def _alone(page: Page, s: Sentence) -> bool:
    """Whether a sentence has its line to itself."""
    before, after = page.low[: s.start].rstrip(" "), page.low[s.end : s.end + 40].lstrip(" ")
    return (not before or before[-1] == "\n") and (not after or after[0] == "\n")
