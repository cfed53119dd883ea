"""A text with everything a finder may want to know of it already marked; finders only look."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import date
from itertools import accumulate
from typing import Any, TypeVar, cast

from pasvik.reading.office import Office
from pasvik.reading.when.told import TimeHit
from pasvik.terms.capture import Document
from pasvik.terms.claim import Basis, Zone
from pasvik.terms.statement import Puzzle, Speaker

Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Bead:
    """A run of words that the lexicon, the gazetteer or the calendar knows. first..last are word numbers (last not counted).

    kind: act op head quant who country body role office thing way group hinge say skip (from the lexicon),
    crossing (ids), time (hit), number (value = digits). value and forms as in words/en.toml; start..end are code points.
    """

    kind: str
    value: str
    first: int
    last: int
    start: int
    end: int
    forms: frozenset[str] = frozenset()
    ids: tuple[str, ...] = ()
    rail: tuple[str, ...] = ()  # the ids meant where rail is said
    name: str = ""
    offices: tuple[Office, ...] = ()
    hit: TimeHit | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: word numbers first..last, code points start..end. `line` counts lines of text, `ask` = it is a question."""

    number: int
    first: int
    last: int
    start: int
    end: int
    zone: Zone
    line: int
    ask: bool = False
    lead: int = 0  # word number where the sentence itself begins, after "10:20 MINSK -"


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that mean crossings or a border: a name, a list of names, "all but one of its eight", "the whole border", "it".

    ids: the crossings meant, sorted; empty when only a border is meant or when nobody can tell (`why` then says why).
    how: named, set (worked out with the gazetteer), border (the whole of it), anaphor (it, they, these points), unresolved.
    asserts: a state taken for granted by the words themselves ("the shuttered Salla crossing": closed), else "".
    """

    first: int
    last: int
    start: int
    end: int
    sentence: int
    ids: tuple[str, ...]
    border: str | None
    how: str
    plural: bool = False
    only: bool = False  # "the only crossing", "only the Salla crossing"
    asserts: str = ""
    owner: str = ""  # ISO code of the state whose crossings they are called
    why: str = ""
    spared: bool = False  # left out of a set ("all crossings except Salla"): what is done to the set is not done to it
    part: bool = False  # "most of the border", "several crossings": only a part, and nobody says which

    @property
    def basis(self) -> Basis:
        """Stated where the crossings are named or pointed at, inferred where the gazetteer worked the set out."""
        return Basis.INFERRED if self.how in ("set", "border") else Basis.STATED


@dataclass(frozen=True, slots=True)
class Talk:
    """Of which states a sentence speaks: `state` owns bodies without a name ("the ministry"), `other` is the foreign state named last,

    `side` the state on this side of the crossings that it names, `his` that of the person in office named last ("his ministry"),
    `its` that of the body or state with which the sentence before began ("its spokesman")."""

    state: str | None = None
    other: str | None = None
    side: str | None = None
    his: str | None = None
    its: str | None = None


def begins(marks: tuple[Bead, ...] | tuple[Phrase, ...], words: int) -> tuple[int, ...]:
    """For each word number, and one beyond the last, how many marks begin before it."""
    counts = [0] * (words + 2)
    for mark in marks:
        counts[mark.first + 1] += 1
    return tuple(accumulate(counts))[: words + 1]


def _by_sentence(
    voices: tuple[tuple[int, int, Speaker], ...], sentences: tuple[Sentence, ...]
) -> tuple[tuple[tuple[int, int, Speaker], ...], ...]:
    """The voices that reach into each sentence."""
    starts = [s.start for s in sentences]
    heard: list[list[tuple[int, int, Speaker]]] = [[] for _ in sentences]
    for voice in voices:
        for number in range(max(0, bisect_right(starts, voice[0]) - 1), bisect_left(starts, voice[1])):
            heard[number].append(voice)
    return tuple(map(tuple, heard))


@dataclass(frozen=True, slots=True)
class Page:
    """One text and its layers, all in order of place. words: (start, end, folded word)."""

    document: Document
    text: str
    low: str
    words: tuple[tuple[int, int, str], ...]
    beads: tuple[Bead, ...]
    sentences: tuple[Sentence, ...]
    phrases: tuple[Phrase, ...] = ()
    voices: tuple[tuple[int, int, Speaker], ...] = ()  # code points start..end spoken by this speaker
    focus: str | None = None  # ISO code of the state the text is mostly about
    day: date | None = None  # the day of publication
    puzzles: tuple[Puzzle, ...] = field(default=())
    talk: tuple[Talk, ...] = ()  # for each sentence: whose "the ministry" is
    # For each word number (and one beyond the last): how many beads, or phrases, begin before it. Kept so that looking is quick.
    bead_from: tuple[int, ...] = ()
    phrase_from: tuple[int, ...] = ()
    voices_in: tuple[tuple[tuple[int, int, Speaker], ...], ...] = ()  # the voices heard in each sentence
    # What several finders ask of the same page is worked out once. Nothing in here but what follows from the fields above.
    kept: dict[Hashable, Any] = field(default_factory=dict, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "bead_from", begins(self.beads, len(self.words)))
        object.__setattr__(self, "phrase_from", begins(self.phrases, len(self.words)))
        object.__setattr__(self, "voices_in", _by_sentence(self.voices, self.sentences))

    def talk_at(self, sentence: Sentence) -> Talk:
        """Of which states a sentence speaks."""
        return self.talk[sentence.number] if sentence.number < len(self.talk) else Talk(self.focus)

    def once(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """make(), but worked out only once for this page under this key."""
        if key not in self.kept:
            self.kept[key] = make()
        return cast(Made, self.kept[key])

    def beads_in(self, first: int, last: int, *kinds: str) -> list[Bead]:
        """Beads wholly between two word numbers, of these kinds (all when none is given)."""
        marks = self.bead_from
        most = len(marks) - 1
        at = marks[0 if first < 0 else first if first < most else most]
        upto = marks[0 if last < 0 else last if last < most else most]
        if at >= upto:
            return []
        if self.beads[upto - 1].last > last:  # only the last one can reach beyond
            upto -= 1
        return [b for b in self.beads[at:upto] if b.kind in kinds] if kinds else list(self.beads[at:upto])

    def phrases_in(self, first: int, last: int) -> list[Phrase]:
        """Crossing phrases wholly between two word numbers."""
        at, upto = self._reach(self.phrase_from, first, last)
        return [p for p in self.phrases[at:upto] if p.last <= last] if at < upto else []

    def phrase_over(self, index: int) -> Phrase | None:
        """The crossing phrase that holds this word."""
        if not 0 <= index < len(self.words):
            return None
        at = self.phrase_from[index + 1] - 1
        return self.phrases[at] if at >= 0 and index < self.phrases[at].last else None

    def _reach(self, starts: tuple[int, ...], first: int, last: int) -> tuple[int, int]:
        most = len(starts) - 1
        return starts[0 if first < 0 else min(first, most)], starts[0 if last < 0 else min(last, most)]

    def bead_at(self, index: int) -> Bead | None:
        """The bead that holds this word."""
        if not 0 <= index < len(self.words):
            return None
        at = self.bead_from[index + 1] - 1
        return self.beads[at] if at >= 0 and index < self.beads[at].last else None

    def word(self, index: int) -> str:
        """The folded word of this number, "" beyond the ends."""
        return self.words[index][2] if 0 <= index < len(self.words) else ""

    def sentence_at(self, start: int) -> Sentence | None:
        """The sentence that holds this code point."""
        at = bisect_right(self.sentences, start, key=lambda s: s.start) - 1
        return self.sentences[at] if at >= 0 and start < self.sentences[at].end else None

    def speaker_at(self, start: int, end: int) -> Speaker | None:
        """Who speaks the words start..end: the narrowest voice over them; None = the publisher."""
        sentence = self.sentence_at(start)
        heard = self.voices_in[sentence.number] if sentence else ()
        over = [(e - s, who) for s, e, who in heard if s <= start and end <= e]
        return min(over, key=lambda pair: pair[0])[1] if over else None

    def cut(self, start: int, end: int) -> str:
        """The exact words start..end."""
        return self.text[start:end]
