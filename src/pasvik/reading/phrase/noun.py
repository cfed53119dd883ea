"""Finds the words that mean crossings: names, lists of names, "all but one of its eight border crossings", "it"; who they are comes later."""

from __future__ import annotations

from dataclasses import dataclass

from pasvik.reading.page.cursor import Cursor
from pasvik.reading.page.page import Bead, Sentence
from pasvik.reading.phrase.after import read_after, read_list, region_behind
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
    beyond: str = ""  # "except the NORTHERNMOST": the region's word for what is left out
    unclear: bool = False  # something is left out that nobody can tell
    spared: bool = False  # it is itself what is left out of a set
    part: bool = False  # "most of", "several": only a part of it, and nobody says which


def named_noun(cursor: Cursor, sentence: Sentence, index: int) -> Noun | None:
    """A name or a list of names, with what stands before it and the head noun behind it."""
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
    beside = first - 2 if cursor.word(first - 1) == '"' else first - 1  # 'the checkpoint "Salla"'
    head = cursor.bead(beside)
    if (
        head and head.kind == "head" and head.value == "point" and beside >= sentence.first
    ):  # "the checkpoint Salla", "the points Vartius, Salla"
        word = word or cursor.word(head.first)
        first, more, n, of, owner, stated = read_before(cursor, sentence, head.first)
        quants, number, asserts = (*more, *quants), n if n is not None else number, asserts or stated
    first = _the_one_at(cursor, sentence, first)
    return Noun(first, last, "name", len(ids) > 1, ids, (), quants, number, of, owner, "", word, 0, False, asserts)


def _the_one_at(cursor: Cursor, sentence: Sentence, first: int) -> int:
    """ "The one at Medininkai", "those of Salla and Vartius": the words before the name belong to it."""
    ones = cursor.word(first - 1) in ("at", "in", "of", "near") and cursor.word(first - 2) in ("one", "ones", "those")
    if not ones or first - 2 < sentence.first:
        return first
    return first - 3 if cursor.word(first - 3) == "the" and first - 3 >= sentence.first else first - 2


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


def headed_noun(cursor: Cursor, sentence: Sentence, head: Bead) -> Noun | None:
    """A phrase round a head noun: what stands before it, and the names, neighbours and exceptions after it."""
    first, quants, number, of, owner, asserts = read_before(cursor, sentence, head.first)
    plural = "pl" in head.forms
    quants = (*quants, "owned") if owner else quants
    last, named, other, owner2 = read_after(cursor, sentence, head.last)
    word = " ".join(cursor.word(i) for i in range(head.first, head.last))
    if head.value == "road" and not named and "same" not in quants:
        return None
    if plural and number and not named and (behind := region_behind(cursor, last, sentence.last))[1]:
        last, quants = behind[0], (*quants, behind[1])
    kind = "name" if named and not (number is not None and number != len(named) and "all" not in quants) else head.value
    placed = any(cursor.word(i) in ("border", "frontier") for i in range(head.last, last))
    return Noun(first, last, kind, plural, named, (), quants, number, of, owner or owner2, other, word, 0, placed, asserts, part="part" in quants)
