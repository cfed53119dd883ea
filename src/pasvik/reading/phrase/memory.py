"""What a text has spoken of so far, and what "these points", "the other six" and "the bridge" mean by it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import islice

from pasvik.gazetteer import sets, table
from pasvik.gazetteer.table import Gazetteer
from pasvik.reading.page.page import Phrase, Sentence
from pasvik.reading.phrase.noun import Noun

REACH = 4  # sentences back that "it" and "they" may point
LATEST = 200
REACH_NUMBER = 30  # "these three points", "the four": numbers point further


@dataclass
class Memory:
    """What has been spoken of so far, in order: grows while one text is read and is then thrown away."""

    gazetteer: Gazetteer
    focus: str | None
    day: date | None
    lists: list[tuple[int, tuple[str, ...]]] = field(default_factory=list)  # every named list of the whole text: (first word, ids)
    named: frozenset[tuple[str, ...]] = frozenset()  # the same lists, each once
    borders: frozenset[str] = frozenset()
    said: list[Phrase] = field(default_factory=list)

    def before(self, sentence: int, reach: int = REACH) -> Iterator[Phrase]:
        """Resolved phrases within reach, latest first."""
        for phrase in reversed(self.said):
            if phrase.sentence < sentence - reach:
                return
            if phrase.ids:
                yield phrase

    def latest(self) -> Iterator[Phrase]:
        """Phrases spoken of lately, latest first; what lies further back than a long page no longer counts."""
        return islice(reversed(self.said), LATEST)

    def ahead(self, first: int) -> Iterator[tuple[int, tuple[str, ...]]]:
        """The named lists from this word on, in order: (first word, ids)."""
        at = bisect_left(self.lists, first, key=lambda pair: pair[0])
        return islice(self.lists, at, at + LATEST)

    def behind(self, first: int) -> Iterator[tuple[int, tuple[str, ...]]]:
        """The named lists before this word, latest first."""
        at = bisect_left(self.lists, first, key=lambda pair: pair[0])
        return islice(reversed(self.lists[max(0, at - LATEST) : at]), LATEST)


def found_phrase(memory: Memory, blank: Phrase, ids: tuple[str, ...], how: str) -> Phrase:
    """A resolved phrase; its border is that of its crossings where they share one."""
    crossings = memory.gazetteer.crossings
    theirs = {crossings[i].border for i in ids if i in crossings}
    border = next(iter(theirs)) if len(theirs) == 1 else None if theirs else blank.border
    return replace(blank, ids=tuple(sorted(set(ids))), border=border, how=how, plural=len(set(ids)) > 1)


def as_set(memory: Memory, blank: Phrase, found: sets.Resolution) -> Phrase:
    return found_phrase(memory, blank, found.ids, "set") if found else replace(blank, why=found.why)


def back(memory: Memory, blank: Phrase, noun: Noun) -> tuple[str, ...]:
    """These points, the two crossings, this checkpoint, the crossing: what was spoken of before, of the right size."""
    size = 2 if "both" in noun.quants else noun.number
    definite = bool({"same", "the", "both", "its"} & set(noun.quants))
    if not definite:
        return ()
    for phrase in memory.before(blank.sentence, REACH_NUMBER if size else 2 * REACH if noun.plural else REACH):
        if phrase.how == "border" and len(phrase.ids) != size:
            continue
        if len(phrase.ids) == size or (size is None and noun.plural == (len(phrase.ids) > 1)):
            return phrase.ids
    return ()


def the_one(memory: Memory, noun: Noun) -> tuple[str, ...]:
    """ "The bridge", "Bridge to close": the only crossing that the whole text names."""
    ids = {i for listed in memory.named for i in listed}
    fits = not noun.plural and noun.number is None and not {"a", "an", "same", "other"} & set(noun.quants) and not noun.other
    sure = noun.word in (
        "bridge",
        "footbridge",
        "checkpoint",
        "border crossing",
        "crossing point",
        "border crossing point",
        "border station",
        "border point",
        "border post",
    )
    return tuple(ids) if fits and sure and len(ids) == 1 else ()


def elsewhere(memory: Memory, blank: Phrase, noun: Noun) -> tuple[str, ...]:
    """ "The two crossings" that the text lists further on, newest first as a feed does."""
    size = 2 if "both" in noun.quants else noun.number
    if size is None or not {"same", "the", "both"} & set(noun.quants) or blank.border is None:
        return ()
    theirs = {ids for ids in memory.named if len(ids) == size and all(memory.gazetteer.crossings[i].border == blank.border for i in ids)}
    return next(iter(theirs)) if len(theirs) == 1 else ()


def next_single(memory: Memory, blank: Phrase) -> tuple[str, ...]:
    """The one crossing that the text goes on to name, for "all but one" in an undated text."""
    if memory.day is not None:
        return ()
    return next((ids for _, ids in memory.ahead(blank.first)), ())


def rest(memory: Memory, blank: Phrase, number: int | None) -> sets.Resolution:
    """The other ones: the roster without those just spoken of, where the number agrees."""
    border = blank.border or ""
    whole = table.roster(border, memory.gazetteer, memory.day)
    spoken = next(
        (
            p.ids
            for p in memory.before(blank.sentence, REACH_NUMBER)
            if p.border == border and p.how != "border" and set(p.ids) < set(whole)
        ),
        (),
    )
    rest = tuple(i for i in whole if i not in spoken)
    if spoken and rest and number in (None, len(rest)):
        return sets.Resolution(rest, f"the rest of {border}")
    if number:
        return sets.resolve(memory.gazetteer, border, number, memory.day)
    return sets.Resolution((), f"which crossings of {border} are the others is not said")


def last_open(memory: Memory, border: str) -> sets.Resolution:
    """The one crossing that was open last, on the day or some weeks before it ("closed its last crossing")."""
    found = sets.resolve(memory.gazetteer, border, 1, memory.day, kind="open")
    for back in (7, 21):
        if not found and memory.day:
            found = sets.resolve(memory.gazetteer, border, 1, memory.day - timedelta(days=back), kind="open")
    return found


def listed_here(memory: Memory, sentence: Sentence, blank: Phrase, number: int) -> tuple[str, ...]:
    """ "Two of the six points are shut, Polowce and Slawatycze": the names that follow in the sentence."""
    return next((ids for first, ids in memory.ahead(blank.last) if first < sentence.last and len(ids) == number), ())
