"""Finds the words that mean crossings: names, lists of names, "all but one of its eight border crossings", "it"; who they are comes later."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pasvik.reading.page.cursor import Cursor
from pasvik.reading.page.page import Bead, Sentence
from pasvik.reading.phrase.after import read_after, read_list, read_spared
from pasvik.reading.phrase.before import read_before


@dataclass(frozen=True, slots=True)
class Noun:
    """An unresolved crossing phrase: its words and what they say of themselves."""

    first: int
    last: int
    head: str  # name, point, border, road, pronoun
    plural: bool
    named: tuple[str, ...] = ()  # ids named in it, in order
    excluded: tuple[str, ...] = ()  # ids named after except / but
    quants: tuple[str, ...] = ()  # all but both remaining other only last same none region ...
    number: int | None = None  # four border crossings
    of: int | None = None  # four of its EIGHT
    owner: str = ""  # ISO code: Norway's, its (subject), Finnish
    other: str = ""  # ISO code: with Russia, into Russia
    word: str = ""  # the head's own words
    spare: int = 0  # "except one": how many unnamed ones are left out
    placed: bool = False  # "on the border between ..." stands with it
    asserts: str = ""  # open or closed, where an adjective takes it for granted


def find_nouns(cursor: Cursor, sentence: Sentence) -> list[Noun]:
    """All crossing phrases of a sentence, left to right, none inside another."""
    found: list[Noun] = []
    index = sentence.first
    while index < sentence.last:
        bead = cursor.bead(index)
        noun: Noun | None = None
        if bead and bead.kind == "crossing":
            noun = _named(cursor, sentence, index)
        elif bead and bead.kind == "head":
            noun = _headed(cursor, sentence, bead)
        elif bead and bead.kind in ("who", "quant") and bead.value in ("it", "they", "there", "both"):
            noun = _pronoun(cursor, sentence, bead)
        elif bead and bead.kind == "number":
            noun = _bare_number(cursor, sentence, bead)
        if noun is None:
            index += 1
            continue
        while found and found[-1].last > noun.first:  # the longer phrase swallows what it reaches back over
            found.pop()
        if found and "all" in noun.quants and not noun.named and _excepts(cursor, found[-1], noun):
            noun = replace(noun, excluded=found.pop().named)
        found.append(noun)
        index = max(noun.last, index + 1)
    return found


def _excepts(cursor: Cursor, before: Noun, noun: Noun) -> bool:
    """ "With the exception of Salla, all crossings": the names just before are the ones left out."""
    lead = " ".join(cursor.word(i) for i in range(before.first - 3, before.first))
    return (
        bool(before.named)
        and noun.first - before.last <= 2
        and lead.endswith(("exception of", "except for", "apart from", "except", "excluding", "other than"))
    )


def _named(cursor: Cursor, sentence: Sentence, index: int) -> Noun | None:
    if _end_of_road(cursor, sentence, index) or _owns_other(cursor, index):
        return None
    last, ids = read_list(cursor, sentence, index)
    after = cursor.bead(last)
    word = ""
    if (
        after
        and after.kind == "head"
        and (after.value != "border" or cursor.word(after.last) not in ("with", "to", "between"))
        and last < sentence.last
        and cursor.word(last - 1) != "("
    ):
        word = " ".join(cursor.word(i) for i in range(after.first, after.last))
        last = after.last
    first, quants, number, of, owner, asserts = read_before(cursor, sentence, index)
    head = cursor.bead(first - 1)
    if (
        head and head.kind == "head" and head.value == "point" and first - 1 >= sentence.first
    ):  # "the checkpoint Salla", "the points Vartius, Salla"
        word = word or cursor.word(head.first)
        first, more, n, of, owner, stated = read_before(cursor, sentence, head.first)
        quants, number, asserts = (*more, *quants), n if n is not None else number, asserts or stated
    return Noun(first, last, "name", len(ids) > 1, ids, (), quants, number, of, owner, "", word, 0, False, asserts)


def _owns_other(cursor: Cursor, index: int) -> bool:
    """ "Narva's swimming pool": the name owns something that is no crossing."""
    bead = cursor.bead(index)
    at = bead.last if bead else index
    if cursor.word(at) != "'" or cursor.word(at + 1) != "s":
        return False
    owned = [cursor.bead(i) for i in range(at + 2, at + 6)]
    return not any(b is not None and (b.kind in ("head", "thing", "number") or (b.kind == "act" and "noun" in b.forms)) for b in owned)


def _end_of_road(cursor: Cursor, sentence: Sentence, index: int) -> bool:
    """ "the road between Värska and Saatse": the name of a place where a road ends."""
    before = [cursor.word(i) for i in range(max(sentence.first, index - 6), index)]
    return (
        "between" in before
        and any(word in before for word in ("road", "railway", "highway", "motorway", "route"))
        and before[-1:] == ["and"]
    )


def _headed(cursor: Cursor, sentence: Sentence, head: Bead) -> Noun | None:
    """A phrase round a head noun: what stands before it, and the names, neighbours and exceptions after it."""
    first, quants, number, of, owner, asserts = read_before(cursor, sentence, head.first)
    plural = "pl" in head.forms
    last, named, excluded, other, owner2 = read_after(cursor, sentence, head.last)
    last, spare = read_spared(cursor, last)
    word = " ".join(cursor.word(i) for i in range(head.first, head.last))
    if head.value == "road" and not named and "same" not in quants:
        return None
    kind = "name" if named and not (number is not None and number != len(named) and "all" not in quants) else head.value
    placed = any(cursor.word(i) in ("border", "frontier") for i in range(head.last, last))
    return Noun(first, last, kind, plural, named, excluded, quants, number, of, owner or owner2, other, word, spare, placed, asserts)


def _bare_number(cursor: Cursor, sentence: Sentence, bead: Bead) -> Noun | None:
    """ "the seven that had been due to stay shut", "none of the three is": a number that stands for crossings."""
    after = cursor.bead(bead.last)
    follows = cursor.word(bead.last) in ("that", "which", "is", "are", "was", "were", "have", "has", "will", "remain", "stay", "remained")
    alone = cursor.word(bead.last) in ("", ".", ",", ";", ")", "and")
    of_the = cursor.word(bead.first - 2) == "of" and cursor.word(bead.first - 1) == "the"
    if cursor.word(bead.first - 1) == "all" and alone and int(bead.value) <= 12:
        return Noun(bead.first - 1, bead.last, "point", True, quants=("all",), number=int(bead.value), word=bead.value)
    if of_the and alone and int(bead.value) <= 12:
        return Noun(bead.first - 1, bead.last, "point", True, quants=("the",), number=int(bead.value), word=bead.value)
    if cursor.word(bead.first - 1) != "the" or not (follows or (after and after.kind == "op")) or int(bead.value) > 12:
        return None
    before = cursor.bead(bead.first - 3)
    first = bead.first - 1
    quants = ("the", "none") if before and cursor.word(bead.first - 2) == "of" and cursor.word(bead.first - 3) == "none" else ("the",)
    return Noun(first, bead.last, "point", True, quants=quants, number=int(bead.value), word=bead.value)


def _pronoun(cursor: Cursor, sentence: Sentence, bead: Bead) -> Noun | None:
    if bead.kind == "quant":  # "both", "the two" standing alone
        ahead = cursor.bead(bead.last)
        if ahead and ahead.kind in ("head", "crossing", "country", "number", "quant", "thing"):
            return None
        return Noun(bead.first, bead.last, "pronoun", True, quants=("both",), number=2, word="both")
    word = cursor.word(bead.first)
    if bead.value == "it" and word in ("its",):
        return None
    if (
        bead.value == "they"
        and bead.last - bead.first > 1
        and any(cursor.word(i) in ("two", "pair", "both") for i in range(bead.first, bead.last))
    ):
        return Noun(bead.first, bead.last, "pronoun", True, quants=("both",), number=2, word="both")
    if bead.value == "they" and word in ("these", "those", "either", "neither", "both"):
        ahead = cursor.bead(bead.last)
        if (ahead and ahead.kind in ("head", "number", "quant", "crossing", "thing", "country")) or word in ("those", "these"):
            return None
        return Noun(bead.first, bead.last, "pronoun", True, quants=("both",), number=2, word="both")
    return Noun(bead.first, bead.last, "pronoun", bead.value == "they", word=bead.value)
