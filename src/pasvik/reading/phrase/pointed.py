"""Which crossings a pronoun means: it, they, both, the other two, the rest, the latter, two of the four."""

from __future__ import annotations

from dataclasses import replace

from pasvik.gazetteer import region, sets
from pasvik.reading.page.cursor import Cursor
from pasvik.reading.page.page import Phrase, Sentence
from pasvik.reading.phrase.after import REGIONS
from pasvik.reading.phrase.counted import doing_in
from pasvik.reading.phrase.memory import REACH_NUMBER, Memory, as_set, found_phrase, last_open, listed_here, rest
from pasvik.reading.phrase.noun import Noun

NEARBY = 2                                                      # sentences back that "it" and "they" may point
SOME_ONE = frozenset({"former", "latter"})


def pointed(memory: Memory, cursor: Cursor, sentence: Sentence, blank: Phrase, noun: Noun) -> Phrase:
    """The phrase of a pronoun; unresolved, with a reason, where nobody can tell."""
    quants = set(noun.quants)
    if noun.part:
        return _part(memory, cursor, sentence, blank, noun)
    if blank.border and (regions := quants & set(REGIONS.values())):
        told = region.in_region(memory.gazetteer, blank.border, next(iter(regions)), memory.day)
        return as_set(memory, blank, told if noun.number in (None, len(told.ids)) else sets.resolve(memory.gazetteer, blank.border, noun.number, memory.day))
    if noun.word == "there":
        ids = next((p.ids for p in memory.before(blank.sentence, NEARBY) if p.how != "border"), ())
    elif noun.word in SOME_ONE:
        ids = _latter(cursor, sentence, noun.first, noun.word)
    elif quants & {"other", "rest", "remaining"}:
        return _others(memory, blank, noun)
    elif quants & {"only", "last"} and noun.number in (None, 1):
        return as_set(memory, blank, last_open(memory, blank.border)) if blank.border else blank
    elif noun.number and noun.number > 1:
        return _of_size(memory, sentence, blank, noun)
    elif noun.plural:
        near = next((p for p in memory.points(blank.sentence, NEARBY) if p.plural and not p.part), None)
        ids = near.ids if near else next((p.ids for p in memory.before(blank.sentence, NEARBY) if len(p.ids) > 1), ()) or _several(memory, blank)
    else:
        return _it(memory, blank)
    return found_phrase(memory, blank, ids, "anaphor") if ids else _nobody(blank)


def _nobody(blank: Phrase) -> Phrase:
    return replace(blank, border=None, why="nothing before it that it could mean")


def _several(memory: Memory, blank: Phrase) -> tuple[str, ...]:
    """ "Kuźnica opens for cars, Bobrowniki for all. They ...": those named one by one just before, where they lie on one border."""
    near = [p for p in memory.before(blank.sentence, 1) if p.how == "named" and len(p.ids) == 1]
    ids = {i for p in near for i in p.ids}
    return tuple(sorted(ids)) if 1 < len(ids) <= 4 and len({p.border for p in near}) == 1 else ()


def _it(memory: Memory, blank: Phrase) -> Phrase:
    """The latest single crossing; a border only in the same sentence."""
    near = next(
        (p for p in memory.before(blank.sentence, NEARBY) if len(p.ids) == 1 or (p.how == "border" and p.sentence == blank.sentence)), None)
    if near is None:
        return _nobody(blank)
    if near.how == "border":
        return replace(blank, ids=near.ids, border=near.border, how="border", plural=near.plural)
    return found_phrase(memory, blank, near.ids, "anaphor")


def _of_size(memory: Memory, sentence: Sentence, blank: Phrase, noun: Noun) -> Phrase:
    """Both, these three, all four: the latest ones of that number, else the set that goes by it. Only two: those named next, or open."""
    if "only" in noun.quants and "the" not in noun.quants:
        here = listed_here(memory, sentence, blank, noun.number or 0)
        open_now = sets.resolve(memory.gazetteer, blank.border, noun.number, memory.day, kind="open") if blank.border else None
        return found_phrase(memory, blank, here, "named") if here else as_set(memory, blank, open_now) if open_now else _nobody(blank)
    told = [p for p in memory.points(blank.sentence, REACH_NUMBER) if len(p.ids) == noun.number]
    if told and blank.sentence - told[0].sentence > 1:          # further back: those that the text speaks of most
        told.sort(key=lambda one: -sum(bool(p.ids) and set(p.ids) <= set(one.ids) for p in memory.latest()))
    if told:
        return found_phrase(memory, blank, told[0].ids, "anaphor")
    if "all" in noun.quants and blank.border:
        return as_set(memory, blank, sets.resolve(memory.gazetteer, blank.border, noun.number, memory.day, kind="all", mode="road"))
    if noun.number == 2 and (pair := _pair(memory, blank)):
        return found_phrase(memory, blank, pair, "anaphor")
    return _nobody(blank)


def _pair(memory: Memory, blank: Phrase) -> tuple[str, ...]:
    """ "Coaches go via Medininkai. The other line goes via Šalčininkai. At either place ...": the only two spoken of lately, on one border."""
    near = [p for p in memory.before(blank.sentence) if p.how == "named"]
    ids = {i for p in near for i in p.ids}
    return tuple(sorted(ids)) if len(ids) == 2 and len({p.border for p in near}) == 1 else ()


def _others(memory: Memory, blank: Phrase, noun: Noun) -> Phrase:
    """Those of a set that were not yet spoken of since it was told; else those of the border."""
    want = noun.number or (None if noun.plural else 1)
    since: set[str] = set()
    for phrase in memory.points(blank.sentence, REACH_NUMBER):
        others = tuple(i for i in phrase.ids if i not in since)
        if since and since < set(phrase.ids) and want in (None, len(others)):
            return found_phrase(memory, blank, others, "anaphor")
        since |= set(phrase.ids)
    if want == 1 or not blank.border:
        return _nobody(blank)
    if "remaining" in noun.quants:
        known = sets.resolve(memory.gazetteer, blank.border, noun.number, memory.day, kind="open")
        return as_set(memory, blank, known or rest(memory, blank, noun.number))
    return as_set(memory, blank, rest(memory, blank, noun.number))


def _part(memory: Memory, cursor: Cursor, sentence: Sentence, blank: Phrase, noun: Noun) -> Phrase:
    """ "Two of the four": those named in the same sentence, else those that the gazetteer knows by it."""
    count = noun.number
    if count and (here := listed_here(memory, sentence, blank, count)):
        return found_phrase(memory, blank, here, "named")
    doing = doing_in(cursor, sentence, noun)
    if count and noun.of and blank.border and memory.day and doing:
        return as_set(memory, blank, sets.resolve(memory.gazetteer, blank.border, count, memory.day, of=noun.of, kind=doing))
    return replace(blank, why="which of them is not said")


def _latter(cursor: Cursor, sentence: Sentence, first: int, word: str) -> tuple[str, ...]:
    """The last crossing named before, or the one before that."""
    ids: list[str] = []
    for index in range(first - 1, max(-1, first - 60), -1):
        bead = cursor.bead(index)
        if bead and bead.kind == "crossing" and bead.first == index and bead.ids[0] not in ids:
            ids.append(bead.ids[0])
        if len(ids) == 2:
            break
    return (ids[0],) if word == "latter" and ids else (ids[1],) if len(ids) == 2 else ()
