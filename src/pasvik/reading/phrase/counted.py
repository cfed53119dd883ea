"""Crossings without names: all, all but one, the remaining four, these three, the last."""

from __future__ import annotations

from dataclasses import replace

from pasvik.gazetteer import region, sets, table
from pasvik.reading.page.cursor import Cursor
from pasvik.reading.page.page import Phrase, Sentence
from pasvik.reading.phrase.border import EAST, TWO_EASTS, over_both, two_borders, whole_border
from pasvik.reading.phrase.memory import (
    REACH_NUMBER,
    Memory,
    as_set,
    back,
    elsewhere,
    found_phrase,
    last_open,
    listed_here,
    next_single,
    open_set,
    rest,
    the_one,
)
from pasvik.reading.phrase.noun import Noun

DEFINITE = frozenset({"owned", "but", "last", "none", "the", "all", "its", "same", "both", "any", "remaining", "only"})
REGIONS = frozenset({"southeastern", "south-eastern", "northern", "southern"})


def counted(memory: Memory, cursor: Cursor, sentence: Sentence, blank: Phrase, noun: Noun) -> Phrase:
    """Crossings without names: all, all but one, the remaining four, these three, the last."""
    quants, number, border = set(noun.quants), noun.number, blank.border
    if "other" in quants and noun.plural and not number and not quants & DEFINITE:  # "other border crossings": some, nobody says which
        return replace(blank, how="border" if border else "unresolved", part=True, why="which others is not said")
    if "same" in quants or ("both" in quants and "other" not in quants) or (not quants & {"all", "any", "but", "remaining", "other", "only", "last"}):
        some_one = number == 1 and not quants & DEFINITE  # "sent to one post, so that it chokes": any one
        pointed = () if some_one else back(memory, blank, noun) or elsewhere(memory, blank, noun) or the_one(memory, noun)
        if pointed:
            return found_phrase(memory, blank, pointed, "anaphor")
    if not border:
        return replace(blank, why="which border is not said")
    if number and noun.plural and (here := listed_here(memory, sentence, blank, number)):
        return found_phrase(memory, blank, here, "named")
    if noun.other and {"a", "an"} & quants and "any" not in quants and not noun.plural:
        only = next((ids for _, ids in memory.ahead(blank.first) if len(ids) == 1), ())
        return found_phrase(memory, blank, only, "set") if only and memory.gazetteer.crossings[only[0]].border == border else blank
    if "but" not in quants and (regions := [q for q in noun.quants if q in region.ENDS or q in REGIONS]):
        named = region.in_region(memory.gazetteer, border, regions[0], memory.day)
        fits = number in (None, len(named.ids))
        return as_set(memory, blank, named if fits else sets.resolve(memory.gazetteer, border, number, memory.day))
    if (spared := sparing(memory, blank, noun, border)) is not None:
        return as_set(memory, blank, spared)
    if (over := _left_over(memory, blank, noun, border)) is not None:
        return as_set(memory, blank, over)
    return _of_all(memory, cursor, sentence, blank, noun, border)


def sparing(memory: Memory, blank: Phrase, noun: Noun, border: str) -> sets.Resolution | None:
    """ "All but one of its eight", "all except Salla", "all crossings except the northernmost"; None where nothing is spared."""
    quants, number, gazetteer, day = set(noun.quants), noun.number, memory.gazetteer, memory.day
    beyond = noun.beyond or (next((q for q in noun.quants if q in region.ENDS), "") if "but" in quants else "")
    named = region.in_region(gazetteer, border, beyond, day).ids if beyond else noun.excluded
    out = tuple(i for i in named if not gazetteer.crossings[i].is_rail)
    if named and not out:                                       # "all but the rail point at Vainikkala": every one by road
        return sets.named_set(gazetteer, border, number, day)
    if out:
        return sets.all_but(gazetteer, border, noun.of or number, day, spared=out, but=len(out))
    if "but" in quants:
        return sets.all_but(gazetteer, border, noun.of, day, spared=tuple(next_single(memory, blank)), but=number or 1)
    if noun.spare and ("all" in quants or noun.other or noun.placed or noun.head == "border"):
        return sets.all_but(gazetteer, border, number, day, spared=tuple(next_single(memory, blank)), but=noun.spare)
    return None


def _left_over(memory: Memory, blank: Phrase, noun: Noun, border: str) -> sets.Resolution | None:
    """The remaining four, the other six, the only one, the last; None where the phrase says none of these."""
    quants, number, gazetteer, day = set(noun.quants), noun.number, memory.gazetteer, memory.day
    if "remaining" in quants and "all" not in quants and not noun.plural and number in (None, 1):
        return last_open(memory, border)
    if "remaining" in quants or ("last" in quants and noun.plural):
        left = _still_left(memory, blank, border) if "remaining" in quants else None
        if left and number in (None, len(left.ids)):
            return left
        return sets.resolve(gazetteer, border, number, day, kind="open") or rest(memory, blank, number)
    if "other" in quants:
        return rest(memory, blank, number or (2 if "both" in quants else None))
    if ("only" in quants or "last" in quants) and not noun.plural:
        roster = table.roster(border, gazetteer, day)
        return sets.Resolution(roster, "the only one") if len(roster) == 1 else last_open(memory, border)
    if "only" in quants and number:
        return sets.resolve(gazetteer, border, number, day, kind="open") or sets.resolve(gazetteer, border, number, day)
    return None


def _still_left(memory: Memory, blank: Phrase, border: str) -> sets.Resolution | None:
    """ "A and B will shut. ... the remaining points": those open before, without A and B; of two halves named, the later one."""
    open_before = set(open_set(memory, border))
    told = [p.ids for p in memory.before(blank.sentence, REACH_NUMBER) if p.border == border and p.how == "named" and set(p.ids) < open_before]
    named = {id for ids in told for id in ids}
    if not told:
        return None
    left = set(told[0]) if named == open_before else open_before - named
    return sets.Resolution(tuple(sorted(left)), f"what is left of {border}")


def _of_all(memory: Memory, cursor: Cursor, sentence: Sentence, blank: Phrase, noun: Noun, border: str) -> Phrase:
    """All eight, four of its eight, any crossing, its crossings with Russia, or a bare number."""
    quants, number, gazetteer, day = set(noun.quants), noun.number, memory.gazetteer, memory.day
    doing = doing_in(cursor, sentence, noun)
    if "any" in quants and number is None:
        return whole_border(memory, replace(blank, plural=False), replace(noun, plural=False, quants=()))
    if noun.of and number and doing and day:
        told = sets.resolve(gazetteer, border, number, day, of=noun.of, kind=doing)
        told = told or sets.resolve(gazetteer, border, number, day, kind=doing)
        if told:
            return as_set(memory, blank, told)
    if "all" in quants or noun.of:
        kind, mode = (None, None) if noun.of else ("all", "road")
        found = sets.resolve(gazetteer, border, number, day, kind=kind, of=noun.of, mode=mode)
        if not found and number and memory.focus in TWO_EASTS and not noun.other:
            wide = over_both(memory, blank, two_borders(memory, memory.focus or ""))
            if len(wide.ids) == number:
                return wide  # "all three working points": on both of its borders
        return as_set(memory, blank, found or (sets.resolve(gazetteer, border, number, day, mode="road") if number else found))
    if number:
        return _number(memory, blank, noun, border, doing)
    its = "its" in noun.quants and EAST.get(border.split("-")[0]) == "RU"
    if noun.plural and (noun.other or noun.owner or noun.placed or its):
        whole = whole_border(memory, replace(blank, plural=False), replace(noun, plural=False))
        return whole if {"the", "its", "owned"} & quants else replace(whole, ids=(), part=True)
    return replace(blank, why="which crossings is not said")


def _number(memory: Memory, blank: Phrase, noun: Noun, border: str, doing: str) -> Phrase:
    """ "Four border crossing points on the eastern border": the list of four that the text goes on to name, else the known set."""
    first = next((ids for _, ids in memory.ahead(blank.first)), ())
    if len(first) == noun.number and not {"the", "same"} & set(noun.quants) and all(memory.gazetteer.crossings[i].border == border for i in first):
        return replace(found_phrase(memory, blank, first, "named"), how="set")  # "two points to be shut. ... at Lavoriškės and Raigardas"
    known = sets.resolve(memory.gazetteer, border, noun.number, memory.day, kind=doing) if doing and memory.day else None
    if known:
        return as_set(memory, blank, known)
    ahead = next((ids for _, ids in memory.ahead(blank.first) if len(ids) == noun.number), None)
    if ahead:
        return replace(found_phrase(memory, blank, ahead, "named"), how="set")
    back = next((ids for _, ids in memory.behind(blank.first) if len(ids) == noun.number), None)
    if back:
        return found_phrase(memory, blank, back, "anaphor")
    found = sets.resolve(memory.gazetteer, border, noun.number, memory.day)
    if doing == "reopened" and not {"the", "same"} & set(noun.quants) and found.ids == open_set(memory, border):
        return replace(blank, why="which of them is not said")  # "will open two of its crossings": not those that are open
    if not found and doing:
        found = sets.resolve(memory.gazetteer, border, noun.number, memory.day, kind=doing)
    return as_set(memory, blank, found)


def doing_in(cursor: Cursor, sentence: Sentence, noun: Noun) -> str:
    """What is done to the crossings in this sentence, as a kind of set: closed, reopened, or "" where that is not told."""
    reach = [*range(noun.first - 1, max(sentence.first, noun.first - 12) - 1, -1), *range(noun.last, min(sentence.last, noun.last + 12))]
    for index in reach:
        bead = cursor.bead(index)
        if bead and bead.kind == "act" and bead.value == "open" and bead.forms <= {"adj"}:
            ahead = any(cursor.word(i) in ("will", "shall", "to", "would") for i in range(max(sentence.first, index - 3), index))
            return "reopened" if ahead else "open"
        if bead and bead.kind == "act" and bead.value in ("close", "open", "stop"):
            return "reopened" if bead.value == "open" else "closed"
    return ""
