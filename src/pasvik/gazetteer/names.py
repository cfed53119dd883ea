"""Finds every name of a crossing in a text, in any script or case, and says where it stands and what else it could be."""

from __future__ import annotations

import difflib
import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from pasvik.gazetteer.fold import fold
from pasvik.gazetteer.likeness import alike
from pasvik.gazetteer.spelling import Names, Spelling
from pasvik.gazetteer.table import Gazetteer
from pasvik.terms.place import Crossing

_CAPITALISED = re.compile(r"\b(?=[^\W\d_])(?![a-z])[^\W\d_][\w'\u2019]{2,}(?:[-\u2010-\u2013][^\W\d_][\w'\u2019]+)*")
_SECOND = re.compile(r" (?![a-z])[^\W\d_]\w{3,}")
_GLUE = (", ", " and ", " or ")                                 # what stands between two names of a list
_GLUE_BACK = (", and ", *_GLUE)


@dataclass(frozen=True, slots=True)
class NameHit:
    """A name at text[start:end] (code points) and the crossings it means; `name` is the word as it stands in the text.

    ids: more than one = the name alone does not tell which. rail: what it means where rail is said. also, needs: see Spelling;
    both empty where the crossing's other name stands right beside it.
    """

    start: int
    end: int
    ids: tuple[str, ...]
    name: str
    also: str = ""
    needs: str = ""
    rail: tuple[str, ...] = ()

    @property
    def ambiguous(self) -> bool:
        """True where the word could be something else, or several crossings."""
        return bool(self.also) or len(self.ids) > 1


def find_names(text: str, gazetteer: Gazetteer) -> list[NameHit]:
    """Every crossing name in the text, in order, longest first, never overlapping, at word boundaries.

    Case, accents and kinds of dash do not matter, but a name that is also a common word must begin with a capital.
    """
    names, folded = gazetteer.names, fold(text)
    hits: list[NameHit] = []
    for _, start, longest in names.finder.find_matches_as_indexes(folded):
        if start and folded[start - 1].isalnum():
            continue
        end = _whole_words(folded, start, longest, names)
        spelling = names.meaning.get(folded[start:end])
        if spelling is None or not spelling.ids or _is_common_word(text[start], spelling):
            continue
        hits.append(NameHit(start, end, spelling.ids, text[start:end], spelling.also, spelling.needs, spelling.rail))
    return _confirm(hits, text)


def find_alike(text: str, hits: Sequence[NameHit], gazetteer: Gazetteer, is_beside: Callable[[int, int], bool]) -> list[NameHit]:
    """Names that nobody spelled so before ("Raya-Josepi checkpoint"): capitalised words that are like one known name, and stand where one would.

    is_beside(start, end): whether a word for a crossing stands right beside. Else the word must stand in a list with a known name of its border.
    """
    edges = {hit.end: hit for hit in hits} | {-hit.start: hit for hit in hits}
    taken = [(hit.start, hit.end) for hit in hits]
    found: list[NameHit] = []
    tried: dict[str, tuple[str, ...]] = {}
    for word in _CAPITALISED.finditer(text):
        start, end = word.span()
        at = bisect_right(taken, (start, end))
        if (at and taken[at - 1][1] > start) or (at < len(taken) and taken[at][0] < end):
            continue
        second = _SECOND.match(text, end)
        for last in (second.end(), end) if second else (end,):
            listed = _listed(text, start, last, edges)
            ids = _alike_once(text[start:last], gazetteer, tried) if listed or is_beside(start, last) else ()
            if len(ids) == 1 and (not listed or _border(ids[0], gazetteer) == _border(listed.ids[0], gazetteer)):
                found.append(NameHit(start, last, ids, text[start:last]))
                break
    return found


def _alike_once(words: str, gazetteer: Gazetteer, tried: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    """alike(), but a word that a text repeats is compared once."""
    if words not in tried:
        tried[words] = alike(words, gazetteer.names.skeletons)
    return tried[words]


def _listed(text: str, start: int, end: int, edges: dict[int, NameHit]) -> NameHit | None:
    """The known name that stands next to these words in a list, if any."""
    after = next((len(glue) for glue in _GLUE if text.startswith(glue, end)), 0)
    ahead = edges.get(-end - after) if after else None
    if ahead:
        return ahead
    before = next((len(glue) for glue in _GLUE_BACK if text.endswith(glue, 0, start)), 0)
    return edges.get(start - before) if before else None


def _border(id: str, gazetteer: Gazetteer) -> str:
    return gazetteer.crossings[id].border if id in gazetteer.crossings else ""


def _is_common_word(first: str, spelling: Spelling) -> bool:
    """A name that is also a word ("chop") must begin with a capital, unless it never does (мост Дружбы)."""
    return bool(spelling.needs) and spelling.name[0].isupper() and not first.isupper()


def _whole_words(folded: str, start: int, end: int, names: Names) -> int:
    """The longest end, at most `end`, at which the name stops with its word; `start` where there is none."""
    while end > start and ((end < len(folded) and folded[end].isalnum()) or folded[start:end] not in names.meaning):
        end -= 1
    return end


def _confirm(hits: list[NameHit], text: str) -> list[NameHit]:
    """Two names of one crossing side by side ("Salla-Alakurtti", `Storskog" ("Borisoglebsky")`) leave no doubt."""
    for i in range(len(hits) - 1):
        one, other = hits[i], hits[i + 1]
        gap = text[one.end:other.start]
        if len(gap) <= 5 and fold(one.name) != fold(other.name) and _joins(gap):
            shared = _shared(one.ids, other.ids) or _shared(one.ids + one.rail, other.ids + other.rail)
            if len(shared) == 1:
                hits[i], hits[i + 1] = (replace(hit, ids=shared, also="", needs="") for hit in (one, other))
    return hits


def _shared(some: tuple[str, ...], others: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(id for id in some if id in others)


def _joins(gap: str) -> bool:
    return not any(letter.isalnum() or letter in ",;.\n" for letter in gap)


def lookup(word: str, gazetteer: Gazetteer) -> Crossing | None:
    """The one crossing of this id or spelling; None where there is none, or the name means several."""
    wanted = word.strip()
    if wanted in gazetteer.crossings:
        return gazetteer.crossings[wanted]
    spelling = gazetteer.names.meaning.get(fold(wanted))
    if spelling is None or len(spelling.ids) != 1:
        return gazetteer.crossings.get(wanted.lower())
    return gazetteer.crossings.get(spelling.ids[0])


def did_you_mean(word: str, gazetteer: Gazetteer, most: int = 3) -> list[str]:
    """Crossings with a name like this one, nearest first, as "Narva – Ivangorod (narva)"."""
    wanted = fold(word.strip())
    known: dict[str, Sequence[str]] = {fold(id): (id,) for id in gazetteer.crossings}
    known |= {form: spelling.ids for form, spelling in gazetteer.names.meaning.items() if spelling.ids}
    found: dict[str, None] = {}
    for form in difflib.get_close_matches(wanted, known, n=most * 4, cutoff=0.7):
        found |= dict.fromkeys(known[form])
    return [f"{gazetteer.crossings[id].name} ({id})" for id in found if id in gazetteer.crossings][:most]


def spellings_of(id: str, gazetteer: Gazetteer) -> tuple[Spelling, ...]:
    """Every written spelling of this crossing, official ones first."""
    mine = [spelling for spelling in gazetteer.names.spellings if id in spelling.ids]
    return tuple(sorted(mine, key=lambda spelling: spelling.kind != "official"))
