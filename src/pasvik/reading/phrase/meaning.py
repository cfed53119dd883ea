"""Says which crossings a phrase means: by its names, by the sets of the day, or by what was spoken of before; else why not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from pasvik.gazetteer.table import Gazetteer, borders
from pasvik.reading.page.cursor import Cursor
from pasvik.reading.page.page import Phrase, Sentence
from pasvik.reading.phrase.border import border_of_noun, whole_border
from pasvik.reading.phrase.counted import counted
from pasvik.reading.phrase.memory import REACH_NUMBER, Memory, found_phrase
from pasvik.reading.phrase.noun import Noun, find_nouns


def read_phrases(
    cursor: Cursor,
    sentences: tuple[Sentence, ...],
    gazetteer: Gazetteer,
    foci: tuple[str | None, ...],
    day: date | None,
) -> tuple[Phrase, ...]:
    """All crossing phrases of a text with the crossings they mean, in order of place."""
    nouns = [(s, noun) for s in sentences for noun in find_nouns(cursor, s)]
    memory = Memory(gazetteer, None, day, borders=frozenset(borders(gazetteer)))
    memory.lists = [(n.first, tuple(sorted(n.named))) for _, n in nouns if n.named and n.head == "name"]
    memory.named = frozenset(ids for _, ids in memory.lists)
    for sentence, noun in nouns:
        memory.focus = foci[sentence.number]
        phrase = _appose(_mean(memory, cursor, sentence, noun), noun, memory, cursor)
        memory.said.append(phrase)
    return tuple(memory.said)


def _mean(memory: Memory, cursor: Cursor, sentence: Sentence, noun: Noun) -> Phrase:
    """The phrase of a noun: ids, border and how they were found."""
    border = border_of_noun(memory, cursor, sentence, noun)
    blank = Phrase(
        noun.first,
        noun.last,
        cursor.words[noun.first][0],
        cursor.words[noun.last - 1][1],
        sentence.number,
        (),
        border,
        "unresolved",
        noun.plural,
        "only" in noun.quants or "last" in noun.quants,
        noun.asserts,
        noun.owner,
    )
    if noun.named and noun.head == "name":
        return found_phrase(memory, blank, _by_rail(cursor, noun) or noun.named, "named")
    if noun.head == "pronoun":
        return _pointed(memory, blank, noun)
    if noun.head == "road":
        ids = next((p.ids for p in memory.before(sentence.number, REACH_NUMBER) if len(p.ids) == 1), ())
        return found_phrase(memory, blank, ids, "anaphor") if ids else blank
    if noun.head == "border":
        return whole_border(memory, blank, noun)
    return counted(memory, cursor, sentence, blank, noun)


def _by_rail(cursor: Cursor, noun: Noun) -> tuple[str, ...]:
    """ "The railway crossings at Terespol and Kuznica": the rail points of those names, where rail is said."""
    if not noun.word.startswith(("rail", "freight line")):
        return ()
    beads = [b for i in range(noun.first, noun.last) if (b := cursor.bead(i)) is not None and b.kind == "crossing"]
    return tuple(sorted({i for b in beads for i in (b.rail or b.ids)}))


def _pointed(memory: Memory, blank: Phrase, noun: Noun) -> Phrase:
    """It, there: the latest single crossing. They, both: the latest set of that size."""
    if noun.word == "there":
        ids = next((p.ids for p in memory.before(blank.sentence, 2) if p.how != "border"), ())
    elif noun.number:
        ids = next((p.ids for p in memory.before(blank.sentence) if len(p.ids) == noun.number), ())
    elif noun.plural:
        ids = next((p.ids for p in memory.before(blank.sentence, 2) if len(p.ids) > 1), ())
    else:
        near = next(
            (p for p in memory.before(blank.sentence, 2) if len(p.ids) == 1 or (p.how == "border" and p.sentence == blank.sentence)), None
        )
        if near and near.how == "border":
            return replace(blank, ids=near.ids, border=near.border, how="border", plural=near.plural)
        ids = near.ids if near else ()
    return found_phrase(memory, blank, ids, "anaphor") if ids else replace(blank, why="nothing before it that it could mean")


def _appose(phrase: Phrase, noun: Noun, memory: Memory, cursor: Cursor) -> Phrase:
    """ "Storskog, the only crossing into Russia," and "the last open crossing, Raja-Jooseppi": two phrases for one thing.

    The later one means what the earlier one names. "Only the Salla crossing" keeps its own name.
    """
    last = memory.said[-1] if memory.said else None
    if not last or last.sentence != phrase.sentence or noun.head != "point" or phrase.how == "named" or not last.ids:
        return phrase
    between = [cursor.word(i) for i in range(last.last, phrase.first)]
    if between == [","] and last.how == "named" and (len(last.ids) > 1) == noun.plural and not set(noun.quants) & {"other", "same", "both"}:
        return replace(found_phrase(memory, phrase, last.ids, "named"), asserts=phrase.asserts, only=phrase.only)
    return phrase
