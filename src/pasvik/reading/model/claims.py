"""Makes a claim of one entry of a model's answer, field by field, taking nothing that the quoted words do not bear out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pasvik.gazetteer.table import Gazetteer
from pasvik.reading.model.offer import Offer
from pasvik.reading.model.prompt import FATES, KINDS, STATES, WHATS
from pasvik.reading.page.page import Bead, Page
from pasvik.reading.people.numeral import numeral
from pasvik.terms.claim import Claim, Commitment, Count, Movement, Number, State, Status
from pasvik.terms.moment import Moment, Span
from pasvik.terms.place import ALL, Lane

Json = dict[str, Any]

# Which deeds of the lexicon ("act" words) may tell a state; a "not" turns the first two round, and a restriction is told by any of them.
TELLS = {
    State.OPEN: frozenset({"open", "work", "admit", "lift", "expire"}),
    State.CLOSED: frozenset({"close", "stop", "refuse", "extend", "run", "cover"}),
}
# Cue words ("op") by which what is said is not, or not yet, so.
HEDGES = frozenset({"may", "consider", "plan", "signal", "ready", "if", "whether", "rule_out", "suppose", "rumour", "deny", "call", "retract"})
SURE = (Commitment.IN_EFFECT, Commitment.ENDED)
OPEN_ENDED = (Commitment.PLANNED, Commitment.SIGNALLED, Commitment.CONSIDERING, Commitment.CONDITIONAL, Commitment.RULED_OUT)
NEAR = 3                                                        # sentences back that a crossing may have been named last
LARGEST_COUNT = 100_000_000


@dataclass(frozen=True, slots=True)
class Refused:
    """Why an entry is dropped, and the place of its words where they are real."""

    why: str
    span: tuple[int, int] | None = None


def claim_of(item: Json, offered: Offer, gazetteer: Gazetteer, start: int, end: int) -> tuple[Claim, list[str]] | Refused:
    """The claim of an entry whose quote stands at start..end, with what speaks against it in plain words; or why it is dropped."""
    if item.get("kind") not in KINDS:
        return Refused("a kind that was not offered", (start, end))
    ids = item.get("crossings")
    ids = [] if ids is None else ids
    if not isinstance(ids, list) or not all(isinstance(id, str) for id in ids):
        return Refused("not a statement of the asked shape", (start, end))
    ends = [item[key] for key in ("origin", "destination") if item.get(key) is not None]
    if any(id not in offered.crossings for id in (*ids, *ends)):
        return Refused("a crossing that was not offered", (start, end))
    makers = {"status": _status, "count": _count, "movement": _movement}
    told = makers[item["kind"]](item, offered, _border(item, ids, offered, gazetteer), start, end)
    if isinstance(told, str):
        return Refused(told, (start, end))
    claim, doubts = told
    far = [id for id in dict.fromkeys((*ids, *ends)) if not _named_near(offered, id, start)]
    return claim, doubts + [f"{id} is not meant near these words" for id in far]


def _border(item: Json, ids: list[str], offered: Offer, gazetteer: Gazetteer) -> str | None:
    """The border that the crossings share; without crossings, the one the model chose of those offered."""
    theirs = {gazetteer.crossings[id].border for id in ids}
    if theirs:
        return next(iter(theirs)) if len(theirs) == 1 else None
    return item["border"] if item.get("border") in offered.borders else None


def _status(item: Json, offered: Offer, border: str | None, start: int, end: int) -> tuple[Claim, list[str]] | str:
    state, commitment, ids = item.get("state"), item.get("commitment"), item.get("crossings") or []
    if state not in STATES or commitment not in list(Commitment):
        return "a state or a commitment that was not offered"
    if not ids and border is None:
        return "of no crossing and no border"
    beads = _over(offered.page, start, end)
    if not _tells(State(state), beads):
        return f"no word in the quote tells that it is {state}"
    lanes = item.get("lanes") or [ALL]
    if not isinstance(lanes, list) or any(lane not in (ALL, *Lane) for lane in lanes):
        return "a lane that was not offered"
    into = item.get("into") if border and item.get("into") in border.split("-") else None
    span, notice, doubts = _times(item, offered.page, start, end)
    doubts = [*_hedge(Commitment(commitment), beads, offered.page), *doubts]
    return Status(tuple(sorted(set(ids))), border, State(state), Commitment(commitment), tuple(dict.fromkeys(lanes)), into, span, notice), doubts


def _count(item: Json, offered: Offer, border: str | None, start: int, end: int) -> tuple[Claim, list[str]] | str:
    people = _number(item, offered.page, start, end)
    if isinstance(people, str):
        return people
    if people.count is None:
        return "a count without a number"
    if item.get("what") not in WHATS:
        return "a kind of count that was not offered"
    span, _, doubts = _times(item, offered.page, start, end)
    return Count(people, item["what"], tuple(sorted(set(item.get("crossings") or []))), border, item.get("vehicles") is True, span), doubts


def _movement(item: Json, offered: Offer, border: str | None, start: int, end: int) -> tuple[Claim, list[str]] | str:
    people = _number(item, offered.page, start, end)
    if isinstance(people, str):
        return people
    if item.get("fate") not in FATES:
        return "a fate that was not offered"
    span, _, doubts = _times(item, offered.page, start, end)
    return Movement(people, item.get("origin"), item.get("destination"), item["fate"], span), doubts


def _number(item: Json, page: Page, start: int, end: int) -> Number | str:
    """The number of an entry, where it stands in the quote in digits or in words."""
    count = item.get("count")
    if count is None:
        return Number()
    if not isinstance(count, int) or isinstance(count, bool) or not 0 <= count <= LARGEST_COUNT:
        return "a number that is none"
    words = [word for word in page.words if start <= word[0] and word[1] <= end]
    told = {found.value for first in range(len(words))
            if (found := numeral(lambda i: words[i][2] if 0 <= i < len(words) else "",
                                 lambda i: 0 < i < len(words) and words[i][0] == words[i - 1][1], first, len(words)))}
    return Number(count, approx=item.get("approx") is True) if count in told else "its number is not in the quote"


def _times(item: Json, page: Page, start: int, end: int) -> tuple[Span, bool, list[str]]:
    """From, until and "until further notice" as the calendar reads them in the sentences of the quote; a date of the model's own is left out."""
    first, last = page.sentence_at(start), page.sentence_at(end - 1)
    low, high = (first.start if first else start), (last.end if last else end)
    hits = [bead.hit for bead in page.beads if bead.hit and low <= bead.start < high]
    spans = [span for hit in hits for span in (hit.span, hit.other) if span]
    starts, untils = [s.start for s in spans if s.start], [s.until for s in spans if s.until]
    doubts: list[str] = []
    told = [_moment(item.get(key), moments, key, doubts) for key, moments in (("from", starts + untils), ("until", untils + starts))]
    notice = item.get("until_further_notice") is True
    if notice and not any(hit.until_further_notice for hit in hits):
        notice = False
        doubts.append("the words do not say until further notice")
    return Span(told[0], told[1]), notice, doubts


def _moment(said: Any, moments: list[Moment], key: str, doubts: list[str]) -> Moment | None:
    """The moment of the text that the model's date names."""
    if said is None or said == "":
        return None
    found = next((m for m in moments if isinstance(said, str) and len(said) >= 4 and (m.iso().startswith(said[:10]) or said.startswith(m.iso()[:10]))), None)
    if found is None:
        doubts.append(f"its `{key}` is no date of these words")
    return found


def _tells(state: State, beads: list[Bead]) -> bool:
    """Whether the quote holds a word that can tell this state."""
    acts = {bead.value for bead in beads if bead.kind == "act"}
    if state is State.RESTRICTED:
        return bool(acts) or any(bead.hit and bead.hit.hours for bead in beads)
    other = State.CLOSED if state is State.OPEN else State.OPEN
    denied = any((bead.kind == "op" and bead.value == "no") or (bead.kind == "quant" and bead.value == "none") for bead in beads)
    return bool(acts & TELLS[state]) or (denied and bool(acts & TELLS[other]))


def _hedge(commitment: Commitment, beads: list[Bead], page: Page) -> list[str]:
    """What speaks against a commitment: a "may" under a fact, or no such word under a plan."""
    cues = [bead for bead in beads if bead.kind == "op" and bead.value in HEDGES]
    if commitment in SURE and cues:
        return [f"told as a fact, but the words say “{page.cut(cues[0].start, cues[0].end)}”"]
    if commitment in OPEN_ENDED and not any(bead.kind == "op" for bead in beads):
        return [f"no word in the quote tells that it is {str(commitment).replace('_', ' ')}"]
    return []


def _named_near(offered: Offer, id: str, start: int) -> bool:
    """Whether the text means this crossing in the sentence of the quote or in one of the three before it."""
    page = offered.page
    here = page.sentence_at(start)
    number = here.number if here else 0
    if any(id in phrase.ids and number - NEAR <= phrase.sentence <= number for phrase in page.phrases):
        return True
    from_place = page.sentences[max(0, number - NEAR)].start
    upto = here.end if here else start
    return any(bead.kind == "crossing" and id in bead.ids and from_place <= bead.start < upto for bead in page.beads)


def _over(page: Page, start: int, end: int) -> list[Bead]:
    """The beads wholly inside the quote."""
    return [bead for bead in page.beads if start <= bead.start and bead.end <= end]
