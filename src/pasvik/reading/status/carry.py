"""What a claim takes over from its surroundings: the day of a bare clock, the stamp of a feed entry, the date of the order it stands under."""

from __future__ import annotations

from dataclasses import replace

from pasvik.reading.finders.draft import Draft
from pasvik.reading.page.page import Bead, Page, Sentence
from pasvik.reading.when.settle import Anchor, on_day
from pasvik.terms.claim import Commitment, State, Status
from pasvik.terms.moment import Moment, Span

BULLETS = ("-", "*", "•", "–", "—", "▪", "·", "►")
BACK = 40  # drafts back in which the order that governs may be found


def carry(page: Page, s: Sentence, draft: Draft, said: list[Draft]) -> Draft:
    """The draft with what it takes over; unchanged where it tells everything itself."""
    claim = draft.claim
    if not isinstance(claim, Status):
        return draft
    first, last = _words(page, draft)
    bare = next((b for b in page.beads_in(first, last, "time") if b.hit and b.hit.bare and b.hit.role in ("from", "point")), None)
    order = _order(claim, said)
    if bare and bare.hit and order and claim.span.start == bare.hit.span.start:
        moved = on_day(bare.hit, order.local.date(), Anchor(page.document.published, order.zone), True)
        return _ordered(draft, claim, moved.span.start)
    if claim.span.start is None and _then(page, first, last) and (begins := order or _day_ahead(page, s, first, last)):
        return _ordered(draft, claim, begins)
    listed = claim.span.start is None and claim.commitment is Commitment.IN_EFFECT and claim.state is not State.OPEN and _under_order(page, s)
    if listed and (order := order or _order_date(page, s)):
        return _ordered(draft, claim, order)
    if (begin := _not_yet(page, claim, said)) and not page.beads_in(first, last, "time"):
        return _ordered(draft, claim, begin)
    stamp = _stamp(page, s)
    event = (
        stamp is not None
        and claim.span.start is None
        and claim.commitment is Commitment.IN_EFFECT
        and not page.beads_in(first, last, "time")
    )
    if event and stamp and stamp.hit and stamp.hit.span.start and not _state_only(page, first, last):
        return replace(draft, claim=replace(claim, span=Span(stamp.hit.span.start, claim.span.until)))
    return draft


def _not_yet(page: Page, claim: Status, said: list[Draft]) -> Moment | None:
    """When crossings begin to be open that the text said last will open only then: "On Monday Kuźnica reopens. It takes cars only"."""
    published = page.document.published
    if claim.commitment is not Commitment.IN_EFFECT or claim.state is State.CLOSED or not claim.crossings or published is None:
        return None
    last = next((d.claim for d in reversed(said) if isinstance(d.claim, Status) and set(d.claim.crossings) & set(claim.crossings)), None)
    if last is None or last.commitment is not Commitment.ORDERED or last.state is not State.OPEN or not set(claim.crossings) <= set(last.crossings):
        return None
    start = last.span.start
    return start if start and start.start > published.start else None


def _then(page: Page, first: int, last: int) -> bool:
    """ "then", "after that", "for the same period": from when the order before begins."""
    words = [page.word(i) for i in range(max(0, first - 4), last)]
    return "then" in words[4:] or any(
        words[i : i + 2] in (["after", "that"], ["same", "period"], ["that", "period"], ["that", "time"], ["same", "date"], ["same", "day"],
                              ["same", "moment"], ["that", "date"], ["that", "day"]) for i in range(len(words))
    )


def _day_ahead(page: Page, s: Sentence, first: int, last: int) -> Moment | None:
    """The day still to come that the sentences before spoke of, where these words point at one: "on the same date"."""
    pointed = {"date", "day", "moment"} & {page.word(i) for i in range(first, last)}
    published = page.document.published
    if not pointed or published is None:
        return None
    before = page.sentences[max(0, s.number - 2)]
    ahead = [b.hit.span.start for b in page.beads_in(before.first, first, "time") if b.hit and b.hit.span.start]
    return ahead[-1] if ahead and ahead[-1].start > published.start else None


def _words(page: Page, draft: Draft) -> tuple[int, int]:
    sentence = page.sentence_at(draft.start)
    if sentence is None:
        return 0, 0
    inside = [i for i in range(sentence.first, sentence.last) if draft.start <= page.words[i][0] < draft.end]
    return (inside[0], inside[-1] + 1) if inside else (0, 0)


def _order(claim: Status, said: list[Draft]) -> Moment | None:
    """When the order begins that was told of these crossings, or of the border, before."""
    for draft in reversed(said[-BACK:]):
        told = draft.claim
        if (
            isinstance(told, Status)
            and told.commitment is Commitment.ORDERED
            and told.span.start
            and (not told.crossings or set(told.crossings) & set(claim.crossings) or told.border == claim.border)
        ):
            return told.span.start
    return None


def _ordered(draft: Draft, claim: Status, start: Moment | None) -> Draft:
    said = Commitment.ORDERED if claim.commitment is Commitment.IN_EFFECT else claim.commitment
    return replace(draft, claim=replace(claim, span=Span(start, claim.span.until), commitment=said))


def _stamp(page: Page, s: Sentence) -> Bead | None:
    """The clock at the head of a feed entry."""
    return next((b for b in page.beads_in(s.first, s.lead, "time") if b.hit and b.hit.role == "stamp"), None) if s.lead > s.first else None


def _state_only(page: Page, first: int, last: int) -> bool:
    """ "remains open", "is open as usual" tell a state; a stamp is no beginning of it."""
    stays = any(b.value == "stay" for b in page.beads_in(first, last, "op"))
    return stays or any(b.value == "work" or b.forms >= {"adj"} for b in page.beads_in(first, last, "act"))


def _order_date(page: Page, s: Sentence) -> Moment | None:
    """When the order enters into force that the last sentences before a list told of."""
    published = page.document.published
    for number in range(s.number, max(-1, s.number - 8), -1):
        there = page.sentences[number]
        if not page.beads_in(there.first, there.last, "order") and not _heads_a_day(page, there):
            continue
        for bead in page.beads_in(there.first, there.last, "time"):
            if bead.hit and bead.hit.span.start and published and bead.hit.span.start.start > published.start:
                return bead.hit.span.start
    return None


def _under_order(page: Page, s: Sentence) -> bool:
    """A line of a list that a line such as "Under the order:" opens."""
    start = page.low.rfind("\n", 0, s.start) + 1
    if page.low[start : start + 1] not in BULLETS:
        return False
    number = s.number
    while number > 0 and page.low[page.low.rfind("\n", 0, page.sentences[number].start) + 1 :][:1] in BULLETS:
        number -= 1
    opening = page.sentences[number]
    return page.low[opening.start : opening.end].rstrip().endswith(":") and (
        bool(page.beads_in(opening.first, opening.last, "order")) or _heads_a_day(page, opening))


def _heads_a_day(page: Page, s: Sentence) -> bool:
    """ "What changes on 1 March:", of a day still to come."""
    published = page.document.published
    if published is None or not page.low[s.start : s.end].rstrip().endswith(":"):
        return False
    return any(b.hit and b.hit.span.start and b.hit.span.start.start > published.start for b in page.beads_in(s.first, s.last, "time"))
