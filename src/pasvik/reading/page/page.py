"""A text with everything a finder may want to know of it already marked; finders only look."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from datetime import date

from pasvik.reading.office import Office
from pasvik.reading.when.told import TimeHit
from pasvik.terms.capture import Document
from pasvik.terms.claim import Basis, Zone
from pasvik.terms.statement import Puzzle, Speaker


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

    @property
    def basis(self) -> Basis:
        """Stated where the crossings are named or pointed at, inferred where the gazetteer worked the set out."""
        return Basis.INFERRED if self.how in ("set", "border") else Basis.STATED


def _first(mark: Bead | Phrase) -> int:
    return mark.first


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

    def beads_in(self, first: int, last: int, *kinds: str) -> list[Bead]:
        """Beads wholly between two word numbers, of these kinds (all when none is given)."""
        at = bisect_left(self.beads, first, key=_first)
        upto = bisect_left(self.beads, last, key=_first)
        return [b for b in self.beads[at:upto] if b.last <= last and (not kinds or b.kind in kinds)]

    def phrases_in(self, first: int, last: int) -> list[Phrase]:
        """Crossing phrases wholly between two word numbers."""
        at = bisect_left(self.phrases, first, key=_first)
        upto = bisect_left(self.phrases, last, key=_first)
        return [p for p in self.phrases[at:upto] if p.last <= last]

    def phrase_over(self, index: int) -> Phrase | None:
        """The crossing phrase that holds this word."""
        at = bisect_right(self.phrases, index, key=_first) - 1
        return self.phrases[at] if at >= 0 and self.phrases[at].first <= index < self.phrases[at].last else None

    def bead_at(self, index: int) -> Bead | None:
        """The bead that holds this word."""
        at = bisect_right(self.beads, index, key=_first) - 1
        return self.beads[at] if at >= 0 and self.beads[at].first <= index < self.beads[at].last else None

    def word(self, index: int) -> str:
        """The folded word of this number, "" beyond the ends."""
        return self.words[index][2] if 0 <= index < len(self.words) else ""

    def sentence_at(self, start: int) -> Sentence | None:
        """The sentence that holds this code point."""
        at = bisect_right(self.sentences, start, key=lambda s: s.start) - 1
        return self.sentences[at] if at >= 0 and start < self.sentences[at].end else None

    def speaker_at(self, start: int, end: int) -> Speaker | None:
        """Who speaks the words start..end: the narrowest voice over them; None = the publisher."""
        over = [(e - s, who) for s, e, who in self.voices if s <= start and end <= e]
        return min(over, key=lambda pair: pair[0])[1] if over else None

    def cut(self, start: int, end: int) -> str:
        """The exact words start..end."""
        return self.text[start:end]
