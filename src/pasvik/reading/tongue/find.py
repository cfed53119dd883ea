"""Reads a text in another language: who says that which crossing is, will be or may be open, closed or restricted, and from when until when."""

from __future__ import annotations

from dataclasses import replace

from pasvik.gazetteer.table import Gazetteer
from pasvik.reading.clause.lane import lanes_of
from pasvik.reading.clause.timing import Timing, timing
from pasvik.reading.finders.draft import Draft, trim
from pasvik.reading.page.page import Bead, Page, Sentence
from pasvik.reading.status.make import by_day
from pasvik.reading.tongue.cut import Piece, beads_of, pieces
from pasvik.reading.tongue.force import force
from pasvik.reading.tongue.mark import mark
from pasvik.reading.tongue.means import Meant, Spoken, elsewhere, meant_by
from pasvik.reading.tongue.voice import speaker_of
from pasvik.reading.tongue.words import Tongue
from pasvik.terms.capture import Document
from pasvik.terms.claim import Basis, Change, Commitment, State, Status
from pasvik.terms.moment import Span
from pasvik.terms.statement import Puzzle

CONFIDENCE = 0.8                                                # fewer words are known than of English
REACH = 4                                                       # sentences over which "it" and "the crossings" may point back
LANED = frozenset({"accept", "refuse"})                         # deeds that say something of a crossing only where they name who is let through
GOES = frozenset({"stopped", "runs", "restricted"})             # and these where they name traffic, work or the crossing itself
NOBODY = frozenset({"people", "traffic"})
WISHED = frozenset({Commitment.CONSIDERING, Commitment.SIGNALLED, Commitment.PLANNED, Commitment.CONDITIONAL, Commitment.RULED_OUT})


def find(document: Document, gazetteer: Gazetteer, tongue: Tongue) -> tuple[Page, list[Draft]] | None:
    """The page of a document and its status claims in order of place; None where it speaks of no crossing."""
    page = mark(document, gazetteer, tongue)
    if page is None:
        return None
    spoken, drafts, puzzles = Spoken(gazetteer), list[Draft](), list[Puzzle]()
    latest = 0
    for s in page.sentences:
        if s.number - latest > REACH:
            spoken.one = spoken.many = None
        cut = pieces(page, s)
        before: Meant | None = None
        for piece in cut:
            told = _piece(page, s, cut, piece, spoken, before)
            for meant, draft in told:
                if meant.why:
                    puzzles.append(Puzzle(meant.why, meant.start, meant.end, page.cut(meant.start, meant.end)))
                if draft:
                    drafts.append(draft)
            before = told[-1][0] if told else before
        latest = _note(page, s, cut, spoken, latest)
    return replace(page, puzzles=tuple(dict.fromkeys(puzzles))), _once(page, drafts)


def _note(page: Page, s: Sentence, cut: list[Piece], spoken: Spoken, latest: int) -> int:
    """Remember the crossings that a sentence names; gives back the last sentence that named any."""
    names = [bead for bead in page.beads_in(s.first, s.last, "crossing") if len(bead.ids) == 1]
    if not names:
        return latest
    ids = tuple(sorted({bead.ids[0] for bead in names}))
    found = {spoken.gazetteer.crossings[id].border for id in ids if id in spoken.gazetteer.crossings}
    spoken.note(Meant(ids, found.pop() if len(found) == 1 else None, Basis.STATED, names[0].start, names[-1].end))
    return s.number


def _piece(page: Page, s: Sentence, cut: list[Piece], piece: Piece, spoken: Spoken, before: Meant | None) -> list[tuple[Meant, Draft | None]]:
    """What the deeds of one piece mean and say. before: the crossings of the piece before it in the sentence."""
    deeds = beads_of(page, piece, "act")
    finite = [deed for deed in deeds if not deed.forms & {"noun", "attr"}]
    found: list[tuple[Meant, Draft | None]] = []
    for deed in finite or [deed for deed in deeds if "noun" in deed.forms]:
        meant = _meant(page, piece, spoken, deed, before)
        if meant is None or not _concerns(page, piece, deed, meant):
            continue
        draft = None if meant.why else _draft(page, s, cut, piece, deed, meant)
        if draft or meant.why:
            found.append((meant, draft))
            if not meant.why:
                spoken.note(meant)
    return found


def _meant(page: Page, piece: Piece, spoken: Spoken, deed: Bead, before: Meant | None) -> Meant | None:
    meant = meant_by(page, piece, spoken, deed)
    if meant is None and piece.left and piece.hinge == "which":
        meant = meant_by(page, Piece((piece.left,), ""), spoken, deed)
    if meant is None and before and not before.why and piece.hinge in ("and", ",", "that") and not elsewhere(page, piece, before):
        return before                                           # "... closes on Friday and reopens on Monday"
    if meant is None and spoken.one and deed.value in LANED | GOES and beads_of(page, piece, "lane") and not elsewhere(page, piece, spoken.one):
        return spoken.one                                       # "Lorry traffic may be restricted"
    return meant


def _concerns(page: Page, piece: Piece, deed: Bead, meant: Meant) -> bool:
    """Whether a deed is about crossings at all: "accepts" needs whom, "stopped" needs traffic or a crossing."""
    things = {bead.value for bead in beads_of(page, piece, "lane")}
    if deed.value in LANED:
        return bool(things - NOBODY)
    if deed.value in GOES:
        return bool(things) or bool(beads_of(page, piece, "crossing", "point"))
    if deed.value == "lift":
        return bool(beads_of(page, piece, "measure")) or any("noun" in bead.forms for bead in beads_of(page, piece, "act"))
    return not (deed.value == "extend" and not _measured(page, piece))


def _measured(page: Page, piece: Piece) -> bool:
    """Whether what is prolonged is a closure, an order, a restriction or the like."""
    kept = [bead for bead in beads_of(page, piece, "act") if bead.value in ("closed", "restricted", "stopped")]
    return bool(kept) or bool(beads_of(page, piece, "measure"))


def _draft(page: Page, s: Sentence, cut: list[Piece], piece: Piece, deed: Bead, meant: Meant) -> Draft | None:
    event = not any(bead.value == "stay" for bead in beads_of(page, piece, "op"))
    told = _timing(page, piece, event, bool(deed.forms & {"did"}))
    how = force(page, s, cut, piece, deed, told)
    if how.commitment is None:
        return None
    if how.commitment in WISHED and told.span.start and page.document.published and told.span.start.end < page.document.published.start:
        told = replace(told, span=Span(None, told.span.until))
    state, changes = _changed(page, piece, deed, how.state)
    state, hours = by_day(state, told.hours)
    if hours and state is State.OPEN and how.commitment is Commitment.IN_EFFECT and not told.span.until:
        told = replace(told, span=Span(None, None))
    lanes = lanes_of(_lanes(page, piece, deed))
    claim = Status(meant.ids, meant.border, state, how.commitment, lanes, None, told.span, told.until_further_notice, hours, changes)
    start, end = _quote(page, piece, deed, meant)
    cues = (*how.cues, page.low[deed.start : deed.end])
    return Draft(claim, start, end, speaker_of(page, s, piece, deed), meant.basis, CONFIDENCE, "status: " + " ".join(cues))


def _timing(page: Page, piece: Piece, event: bool, past: bool) -> Timing:
    """The times of a piece; those of a run lifted out of its middle are not among them."""
    told = Timing()
    for first, last in piece.runs:
        here = timing(page, first, last, event, past)
        told = here if told == Timing() else _both(told, here)
    return told


def _both(one: Timing, other: Timing) -> Timing:
    span = Span(one.span.start or other.span.start, one.span.until or other.span.until)
    if span.start and span.until and span.start.start > span.until.start:
        span = one.span
    return replace(
        one, span=span, hours=one.hours or other.hours, until_further_notice=one.until_further_notice or other.until_further_notice,
        future=one.future or other.future, over=one.over or other.over, today=one.today or other.today, lasts=one.lasts or other.lasts)


def _changed(page: Page, piece: Piece, deed: Bead, state: State) -> tuple[State, Change | None]:
    """What prolonging or lifting does: it holds for the state that its noun names."""
    nouns = [bead.value for bead in beads_of(page, piece, "act") if bead is not deed]
    if deed.value == "extend":
        return (State.RESTRICTED if "restricted" in nouns and "closed" not in nouns else state), Change.EXTENDS
    return state, Change.LIFTS if deed.value == "lift" else None


def _lanes(page: Page, piece: Piece, deed: Bead) -> list[Bead]:
    """Who or what the deed lets pass: not what stands in a condition, and asylum only where something is let in."""
    unless = min([bead.first for bead in beads_of(page, piece, "op") if bead.value == "if" and bead.first > deed.first], default=len(page.words))
    return [bead for bead in beads_of(page, piece, "lane") if bead.first < unless and (bead.value != "asylum" or deed.value in LANED)]


def _quote(page: Page, piece: Piece, deed: Bead, meant: Meant) -> tuple[int, int]:
    """The run of the deed, with the crossings where they stand in the same piece."""
    first, last = next(((a, b) for a, b in piece.runs if a <= deed.first < b), (piece.first, piece.last))
    start, end = page.words[first][0], page.words[last - 1][1]
    if page.words[piece.first][0] <= meant.start and meant.end <= page.words[piece.last - 1][1]:
        start, end = min(start, meant.start), max(end, meant.end)
    return trim(page, start, end)


def _once(page: Page, drafts: list[Draft]) -> list[Draft]:
    """What a sentence says twice is said once; the telling with the times stays."""
    kept: list[Draft] = []
    for draft in drafts:
        same = next((k for k in kept[-2:] if _alike(page, k, draft)), None)
        if same is None:
            kept.append(draft)
        elif _times(draft) > _times(same):
            kept[kept.index(same)] = draft
    return kept


def _alike(page: Page, one: Draft, other: Draft) -> bool:
    """Whether two drafts of one sentence say the same of the same, and at most one of them says when."""
    a, b = one.claim, other.claim
    assert isinstance(a, Status) and isinstance(b, Status)
    if (a.crossings, a.border, a.state, a.commitment) != (b.crossings, b.border, b.state, b.commitment) or one.speaker != other.speaker:
        return False
    same = replace(a, span=b.span, until_further_notice=b.until_further_notice) == b
    return same and (not _times(one) or not _times(other) or a == b) and page.sentence_at(one.start) == page.sentence_at(other.start)


def _times(draft: Draft) -> int:
    claim = draft.claim
    return sum((claim.span.start is not None, claim.span.until is not None, claim.until_further_notice)) if isinstance(claim, Status) else 0
