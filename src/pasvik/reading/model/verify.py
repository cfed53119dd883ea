"""Holds a model's answer against the text: what is not in the words, or was not offered, is dropped, and every drop is counted with its reason."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass
from typing import Any

from pasvik.gazetteer.table import Gazetteer
from pasvik.reading.model.claims import Refused, claim_of
from pasvik.reading.model.offer import PUBLISHER, Offer
from pasvik.reading.model.prompt import Wording
from pasvik.reading.model.quote import Plain, find_quote, lay_plain
from pasvik.terms.capture import Fault, source_of
from pasvik.terms.claim import Basis
from pasvik.terms.statement import MODEL, Evidence, Puzzle, Reading, Speaker, Statement

SHORTEST, LONGEST = 3, 600                                      # code points of a quote
MOST = 200                                                      # statements of one answer that are looked at
CONFIDENCE, DOUBTFUL = 0.3, 0.15                                # never more: a model's word alone settles nothing
_FENCE = re.compile(r"\A\s*```(?:json)?\s*\n(.*)\n\s*```\s*\Z", re.S)


@dataclass(frozen=True, slots=True)
class Verified:
    """What stood up to the text. dropped: (reason, how many), in alphabetical order; those with real words are also puzzles of the reading."""

    reading: Reading
    dropped: tuple[tuple[str, int], ...] = ()


def verify(answer: str, offered: Offer, gazetteer: Gazetteer, wording: Wording, model: str) -> Verified | Fault:
    """The statements of an answer whose words are in the text. A Fault where the answer is no JSON of the asked shape."""
    listed = _statements(answer)
    if isinstance(listed, Fault):
        return listed
    plain = lay_plain(offered.page.text)
    kept: dict[str, Statement] = {}
    puzzles: dict[Puzzle, None] = {}
    dropped: Counter[str] = Counter()
    if len(listed) > MOST:
        dropped[f"more than {MOST} statements in one answer"] += len(listed) - MOST
    for item in listed[:MOST]:
        told = _statement(item, offered, gazetteer, wording, plain, model)
        if isinstance(told, Statement):
            dropped["said twice"] += told.id in kept
            kept.setdefault(told.id, told)
            continue
        dropped[told.why] += 1
        if told.span:
            puzzles[Puzzle(f"{MODEL}{told.why}", *told.span, offered.page.cut(*told.span))] = None
    made = sorted(kept.values(), key=lambda s: (s.evidence.start, s.evidence.end, s.id))
    return Verified(Reading(tuple(made), tuple(puzzles)), tuple(sorted((+dropped).items())))


def _statements(answer: str) -> list[Any] | Fault:
    """The list in an answer, also where a model wraps its JSON in a fence."""
    fenced = _FENCE.match(answer)
    try:
        told = json.loads(fenced.group(1) if fenced else answer)
    except (ValueError, RecursionError):
        return Fault("the model's answer is not JSON", "model")
    listed = told.get("statements") if isinstance(told, dict) else None
    return listed if isinstance(listed, list) else Fault("the model's answer holds no list of statements", "model")


def _statement(item: Any, offered: Offer, gazetteer: Gazetteer, wording: Wording, plain: Plain, model: str) -> Statement | Refused:
    """One entry as a statement, or why it is dropped."""
    if not isinstance(item, dict) or not isinstance(item.get("quote"), str):
        return Refused("not a statement of the asked shape")
    place = _place(item, offered, plain)
    if isinstance(place, Refused):
        return place
    start, end = place
    sentence = offered.page.sentence_at(start)
    if sentence is None or sentence not in offered.sentences:
        return Refused("its words stand outside the sentences shown", place)
    if _is_addressed(offered, wording, start, end):
        return Refused("its words speak to a machine", place)
    speakers = dict(offered.speakers)
    named = item.get("speaker")
    if named is not None and (not isinstance(named, str) or named not in (PUBLISHER, *speakers)):
        return Refused("a speaker that was not offered", place)
    told = claim_of(item, offered, gazetteer, start, end)
    if isinstance(told, Refused):
        return told
    claim, doubts = told
    speaker = speakers.get(named) if named else None
    doubts += _speaker_doubt(speaker, offered, start, end)
    return Statement(claim, Evidence(start, end, offered.page.cut(start, end), sentence.zone), source_of(offered.page.document), speaker,
                     Basis.STATED, DOUBTFUL if doubts else CONFIDENCE, f"{MODEL}{model}", doubt="; ".join(doubts) or None)


def _place(item: dict[str, Any], offered: Offer, plain: Plain) -> tuple[int, int] | Refused:
    """Where the quote stands: the one place, or the one in the sentence of the given number."""
    quote = item["quote"]
    if not SHORTEST <= len(quote.strip()) <= LONGEST:
        return Refused(f"a quote shorter than {SHORTEST} or longer than {LONGEST} letters")
    places = find_quote(plain, quote)
    if len(places) > 1:
        number = item.get("sentence")
        places = [p for p in places if any(s.number == number and s.start <= p[0] < s.end for s in offered.sentences)] or places
    if not places:
        return Refused("its words are not in the text")
    return places[0] if len(places) == 1 else Refused("its words stand more than once", places[0])


def _is_addressed(offered: Offer, wording: Wording, start: int, end: int) -> bool:
    """Whether the quote lies in a sentence that speaks to a machine."""
    over = [s for s in offered.page.sentences if s.start < end and start < s.end]
    said = " ".join(offered.page.low[min(s.start for s in over):max(s.end for s in over)].split()) if over else ""
    return any(phrase in said for phrase in wording.addressed)


def _speaker_doubt(speaker: Speaker | None, offered: Offer, start: int, end: int) -> list[str]:
    """The name of who speaks should stand near the words: in the text's last few hundred letters before them, or just behind."""
    if speaker is None:
        return []
    near = offered.page.text[max(0, start - 1_500):end + 500]
    return [] if speaker.name in near else [f"{speaker.name} is not named near these words"]
