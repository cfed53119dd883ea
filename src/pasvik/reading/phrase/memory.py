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
LONG_SHUT = timedelta(days=90)                                  # so long after a closure its last crossing is still spoken of as such
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
    heads: list[str] = field(default_factory=list)              # what kind of word stood for each: name, point, border, pronoun

    def before(self, sentence: int, reach: int = REACH) -> Iterator[Phrase]:
        """Resolved phrases within reach, latest first."""
        for phrase in reversed(self.said):
            if phrase.sentence < sentence - reach:
                return
            if phrase.ids:
                yield phrase

    def points(self, sentence: int, reach: int = REACH) -> Iterator[Phrase]:
        """Phrases within reach that speak of crossings and not of a border as such, latest first, also those that nobody can tell."""
        for phrase, head in zip(reversed(self.said), reversed(self.heads), strict=True):
            if phrase.sentence < sentence - reach:
                return
            if head != "border" and not phrase.spared:
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
    """The phrase with the crossings of a set, or unresolved with the reason why there is no one set."""
    return found_phrase(memory, blank, found.ids, "set") if found else replace(blank, why=found.why)


def back(memory: Memory, blank: Phrase, noun: Noun) -> tuple[str, ...]:
    """These points, the two crossings, this checkpoint, the crossing: what was spoken of before, of the right size."""
    size = 2 if "both" in noun.quants else noun.number
    definite = bool({"same", "the", "both", "its"} & set(noun.quants))
    if not definite:
        return ()
    nearest: tuple[str, ...] = ()
    for phrase in memory.before(blank.sentence, REACH_NUMBER if size else 2 * REACH if noun.plural else REACH):
        if (phrase.how == "border" and len(phrase.ids) != size) or _other_ground(memory, noun, phrase):
            continue
        if len(phrase.ids) == size or (size is None and noun.plural == (len(phrase.ids) > 1)):
            if not size or phrase.border is None or phrase.border == (blank.border or phrase.border):
                return phrase.ids
            nearest = nearest or phrase.ids                     # on another border: only where this one has none
    return nearest


def _other_ground(memory: Memory, noun: Noun, phrase: Phrase) -> bool:
    """ "The road crossing" is none that only trains use, and a railway crossing none that they do not."""
    rails = {memory.gazetteer.crossings[i].is_rail for i in phrase.ids if i in memory.gazetteer.crossings}
    return (noun.word.startswith("road") and rails == {True}) or (noun.word.startswith("rail") and rails == {False})


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
    """The other ones: the roster, or those known to be open, without those just spoken of, where the number agrees."""
    border, gazetteer, day = blank.border or "", memory.gazetteer, memory.day
    spoken = next((p.ids for p in memory.before(blank.sentence, REACH_NUMBER) if p.border == border and p.how != "border"), ())
    wholes = [table.roster(border, gazetteer, day)]
    wholes += [open_set(memory, border, days) for days in (0, 7)] if number else []
    for whole in wholes:
        others = tuple(i for i in whole if i not in spoken)
        if others and set(spoken) < set(whole) and spoken and number in (None, len(others)):
            return sets.Resolution(others, f"the rest of {border}")
        if number == len(whole) and spoken and not set(spoken) & set(whole):
            return sets.Resolution(whole, f"those of {border} that were open")  # "Bobrowniki is shut; the two others are open"
    if number:
        return sets.resolve(gazetteer, border, number, day)
    return sets.Resolution((), f"which crossings of {border} are the others is not said")


def open_set(memory: Memory, border: str, days: int = 0) -> tuple[str, ...]:
    """The crossings known to have been open so many days before the day."""
    day = memory.day - timedelta(days=days) if memory.day else None
    return sets.resolve(memory.gazetteer, border, None, day, kind="open", mode="road").ids if day else ()


def last_open(memory: Memory, border: str) -> sets.Resolution:
    """The one crossing that was open last: on the day, or before everything was shut ("closed its last crossing")."""
    found = sets.resolve(memory.gazetteer, border, 1, memory.day, kind="open")
    day = memory.day
    if found or day is None or open_set(memory, border):
        return found
    past = [one for one in memory.gazetteer.sets.values() if one.border == border and one.kind == "open" and one.start and one.start <= day]
    latest = max(past, key=lambda one: one.until or day, default=None)
    if latest is None or len(latest.ids) != 1 or (latest.until and day - latest.until > LONG_SHUT):
        return found
    return sets.Resolution(latest.ids, f"the last of {border} that was open")


def listed_here(memory: Memory, sentence: Sentence, blank: Phrase, number: int) -> tuple[str, ...]:
    """ "Two of the six points are shut, Polowce and Slawatycze": the names that follow in the sentence."""
    return next((ids for first, ids in memory.ahead(blank.last) if first < sentence.last and len(ids) == number), ())
