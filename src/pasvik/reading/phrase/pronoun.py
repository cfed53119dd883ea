"""Words that stand for crossings without naming any: it, both of them, the other two, the rest, neither, the one left, two of the four."""

from __future__ import annotations

from pasvik.reading.page.cursor import Cursor
from pasvik.reading.page.page import Bead, Sentence
from pasvik.reading.phrase.after import region_behind
from pasvik.reading.phrase.noun import Noun

MOST = 12                                                       # more than so many are people, not crossings
DETERMINERS = frozenset({"article", "all", "same", "other", "remaining", "only", "last", "none", "both", "rest"})
HEADS = frozenset({"head", "crossing", "country", "number", "thing", "folk", "group", "unit", "time", "order", "role", "body", "place"})
PEOPLE_BEFORE = frozenset({"to", "for", "by", "with", "from", "let", "allow", "help"})
ENDS = frozenset({"", ".", ",", ";", ")", ":", "-", "!", "?"})
TOO_BARE = frozenset({"this", "that", "such", "same"})         # mostly said of a whole sentence
AFTER = frozenset({"again", "too", "once", "tomorrow", "tonight", "today",
    "is", "are", "was", "were", "has", "have", "had", "will", "would", "can", "could", "may", "might", "must", "do", "does", "did", "be",
    "also", "now", "still", "currently", "that", "which", "at", "in", "on", "and", "but"})
REACH = 12                                                      # words within which something must be said to be done to them
DEEDS = frozenset({"close", "open", "work", "stop", "restrict", "admit", "refuse", "extend"})
LEAVING = frozenset({"leave", "leaves", "leaving", "left", "keep", "keeps", "keeping", "only", "just"})
OPENERS = frozenset({"", ".", ",", ":", ";", "-", '"', "and", "but", "that", "if", "should", "as", "because", "so", "while", "when", "said"})
BEING = frozenset({"is", "are", "was", "were", "be", "has", "have", "had", "will", "would", "may", "can", "could", "might", "remain", "remains"})
PARTS = frozenset({"one", "some", "most", "half"})


def read_pronoun(cursor: Cursor, sentence: Sentence, bead: Bead) -> Noun | None:
    """The phrase without a head noun that begins with this bead, or None where a noun follows or nothing of a crossing is said."""
    if bead.kind == "who" and bead.value in ("it", "there"):
        return None if _exists(cursor, sentence, bead) else _single(cursor, bead)
    if bead.kind == "who" and bead.value != "they":
        return None
    if bead.kind == "op":
        return _neither(cursor, sentence, bead)
    part = _part_of(cursor, sentence, bead)
    if part is not None:
        return part
    if cursor.word(bead.first - 1) == "of" and cursor.word(bead.first - 2) == "one":
        return None                                             # "Vaalimaa, one of the four closed last week"
    if bead.kind == "number" and cursor.word(bead.first - 1) in LEAVING and _left_so(cursor, bead):
        return Noun(bead.first, bead.last, "pronoun", bead.value != "1", quants=("other",), number=int(bead.value), word=cursor.word(bead.first))
    if bead.kind == "number" and bead.first == sentence.lead and cursor.word(bead.last) in BEING and 1 < int(bead.value) <= MOST and (
        _done_to(cursor, sentence, bead.first, bead.last)
    ):
        return Noun(bead.first, bead.last, "pronoun", True, quants=("other",), number=int(bead.value), word=cursor.word(bead.first))
    last, quants, number = _core(cursor, sentence, bead)
    word = cursor.word(last - 1)
    if last == bead.first or (word == "them" and cursor.word(bead.first - 1) in PEOPLE_BEFORE and last - bead.first == 1):
        return None
    after = cursor.bead(last)
    pronoun = (ends := cursor.bead(last - 1)) is not None and ends.kind == "who"
    if (after is not None and after.kind in HEADS and not pronoun) or (set(quants) <= {"same", "the"} and number is None and word in TOO_BARE):
        return None
    plain = bead.kind == "who" or quants == ("both",)
    if not plain and not (_follows(cursor, region_behind(cursor, last, sentence.last)[0]) and _done_to(cursor, sentence, bead.first, last)):
        return None
    plural = number != 1 and not ({"same"} == set(quants) - {"the"} and number is None and word in ("former", "latter", "this", "that"))
    plural = plural and not (set(quants) >= {"other"} and number is None and word == "other")
    behind, region = region_behind(cursor, last, sentence.last) if number and number > 1 else (last, "")
    return Noun(bead.first, behind, "pronoun", plural, quants=(*quants, region) if region else quants, number=number, word=word)


def _left_so(cursor: Cursor, bead: Bead) -> bool:
    """ "Leaves seven open": the number stands for crossings, and what they are follows at once."""
    after = cursor.bead(bead.last)
    return int(bead.value) <= MOST and after is not None and after.kind == "act" and bool(after.forms & {"adj", "past", "ing"})


def _neither(cursor: Cursor, sentence: Sentence, bead: Bead) -> Noun | None:
    """ "Neither will reopen"; "neither of the two" and "neither Salla nor Vartius" are read from the words after it."""
    if cursor.word(bead.last) == "of" or not _follows(cursor, bead.last) or not _done_to(cursor, sentence, bead.first, bead.last):
        return None
    return Noun(bead.first, bead.last, "pronoun", True, quants=("both",), number=2, word="neither")


def _exists(cursor: Cursor, sentence: Sentence, bead: Bead) -> bool:
    """ "There are no plans", "should there be trouble": no place is meant."""
    opens = bead.first == sentence.lead or cursor.word(bead.first - 1) in OPENERS
    exists = cursor.word(bead.last) in ("remains", "remain", "remained") or (opens and cursor.word(bead.last) in BEING)
    return cursor.word(bead.first) == "there" and exists


def _single(cursor: Cursor, bead: Bead) -> Noun | None:
    if cursor.word(bead.first) == "its":
        return None
    return Noun(bead.first, bead.last, "pronoun", False, word=bead.value)


def _core(cursor: Cursor, sentence: Sentence, bead: Bead) -> tuple[int, tuple[str, ...], int | None]:
    """(word after it, what its words say, the number) of determiners, numbers and pronouns that stand together from a bead on."""
    quants: list[str] = []
    number: int | None = None
    at = bead.first
    while at < sentence.last:
        here, word = cursor.bead(at), cursor.word(at)
        if here and here.kind == "quant" and here.value in DETERMINERS and (here.value != "all" or word in ("all", "each", "any")):
            quants += _words(cursor, here)
        elif here and here.kind == "number" and number is None and int(here.value) <= MOST:
            number = int(here.value)
        elif here and here.kind == "who" and here.value == "they":
            quants += ["both"] if _two(cursor, here) else ["they"]
            number = 2 if _two(cursor, here) else number
        elif word == "of" and at > bead.first and at + 1 < sentence.last:
            at += 1
            continue
        else:
            break
        at = here.last
    if cursor.word(at - 1) == "of":
        at -= 1
    if set(quants) <= {"the", "a", "an", "its"} and number is None:
        return bead.first, (), None
    only = set(quants) & {"only", "last"} and "the" not in quants
    if not quants or (only and (number or 0) < 2):
        return bead.first, (), None                             # "at six", "only at airports"
    if number == 1 and "the" not in quants and not {"same", "other", "only", "last", "remaining"} & set(quants):
        return bead.first, (), None                             # "one" alone is anybody
    return at, tuple(quants), 2 if number is None and "both" in quants else number


def _words(cursor: Cursor, bead: Bead) -> list[str]:
    """What a determiner adds; "the two" is both, "the other" also says that it is a certain one."""
    first = cursor.word(bead.first)
    if bead.value == "article":
        return ["its" if first in ("its", "their", "our") else first]
    return [bead.value, *(["the"] if first == "the" else [])]


def _two(cursor: Cursor, bead: Bead) -> bool:
    return any(cursor.word(i) in ("two", "pair", "both", "either", "neither") for i in range(bead.first, bead.last))


def _part_of(cursor: Cursor, sentence: Sentence, bead: Bead) -> Noun | None:
    """ "Two of the four", "one of them", "some of these": a part, and nobody says which."""
    first = cursor.word(bead.first)
    if bead.kind == "quant" and bead.value == "part":
        at, count = bead.last - (cursor.word(bead.last - 1) == "of"), None
    elif bead.kind == "number" and int(bead.value) <= MOST and cursor.word(bead.last) == "of":
        at, count = bead.last, int(bead.value)
    elif first in PARTS and cursor.word(bead.first + 1) == "of" and bead.last == bead.first + 1:
        at, count = bead.last, None
    else:
        return None
    named = any((b := cursor.bead(i)) is not None and b.kind in ("crossing", "head") for i in range(bead.first - 6, bead.first))
    if cursor.word(bead.first - 1) == "," and named:
        return None                                             # "Vaalimaa in the southeast, one of the four": Vaalimaa
    whole = cursor.bead(at + 1)
    if cursor.word(at) != "of" or whole is None:
        return None
    last, quants, number = _core(cursor, sentence, whole)
    after = cursor.bead(last)
    if last == whole.first or (after is not None and after.kind in HEADS) or not _follows(cursor, last):
        return None
    if not _done_to(cursor, sentence, bead.first, last):
        return None
    return Noun(bead.first, last, "pronoun", count != 1, quants=("part", *quants), number=count, of=number, word=cursor.word(last - 1), part=True)


def _follows(cursor: Cursor, last: int) -> bool:
    """Whether a verb, a mark or the end follows, so that the words before stand by themselves."""
    after = cursor.bead(last)
    return cursor.word(last) in ENDS | AFTER or (after is not None and after.kind in ("op", "act", "hinge", "say"))


def _done_to(cursor: Cursor, sentence: Sentence, first: int, last: int) -> bool:
    """Whether something is said to be opened, closed or the like nearby."""
    near = range(max(sentence.first, first - 4), min(sentence.last, last + REACH))
    return any((b := cursor.bead(i)) is not None and b.kind == "act" and b.value in DEEDS for i in near)
