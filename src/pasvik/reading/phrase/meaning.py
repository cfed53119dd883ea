"""Says which crossings a phrase means: by its names, by the sets of the day, or by what was spoken of before; else why not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from pasvik.gazetteer.table import Gazetteer, borders
from pasvik.reading.page.cursor import Cursor
from pasvik.reading.page.page import Phrase, Sentence
from pasvik.reading.phrase.border import border_of_noun, both_borders, over_both, whole_border
from pasvik.reading.phrase.counted import DEFINITE, counted, sparing
from pasvik.reading.phrase.exception import with_exceptions
from pasvik.reading.phrase.memory import REACH_NUMBER, Memory, as_set, found_phrase, last_open, listed_here
from pasvik.reading.phrase.noun import Noun, headed_noun, named_noun
from pasvik.reading.phrase.pointed import pointed
from pasvik.reading.phrase.pronoun import read_pronoun

FEW = 12  # more crossings than so many are times that somebody crossed
HELPING = frozenset({"will", "to", "would", "may", "could", "can", "might", "shall"})
THROUGH = frozenset({"through", "via", "over", "across", "at", "by"})
PASSING = frozenset({"passage", "crossing"})
BEING = frozenset({"is", "remains", "stays", "was"})
SIZES = frozenset({"small", "smaller", "minor", "large", "larger", "big", "bigger", "major", "remote"})  # told apart from those named before
POINTING = frozenset({"who", "quant", "number"})


def read_phrases(
    cursor: Cursor,
    text: str,
    sentences: tuple[Sentence, ...],
    gazetteer: Gazetteer,
    foci: tuple[str | None, ...],
    day: date | None,
) -> tuple[Phrase, ...]:
    """All crossing phrases of a text with the crossings they mean, in order of place."""
    told = with_exceptions(cursor, text, [(s, find_nouns(cursor, s)) for s in sentences])
    nouns = [(s, noun) for s, here in told for noun in here]
    memory = Memory(gazetteer, None, day, borders=frozenset(borders(gazetteer)))
    memory.lists = [(n.first, tuple(sorted(n.named))) for _, n in nouns if n.named and n.head == "name"]
    memory.named = frozenset(ids for _, ids in memory.lists)
    for sentence, noun in nouns:
        memory.focus = foci[sentence.number]
        phrase = _appose(_mean(memory, cursor, text, sentence, noun), noun, memory, cursor)
        memory.said.append(replace(phrase, spared=noun.spared))
        memory.heads.append(noun.head)
    return tuple(memory.said)


def find_nouns(cursor: Cursor, sentence: Sentence) -> list[Noun]:
    """All crossing phrases of a sentence, left to right, none inside another."""
    found: list[Noun] = []
    index = sentence.first
    for bead in cursor.run(sentence.first, sentence.last):
        if bead.first < index:
            continue
        noun: Noun | None = None
        if bead.kind == "crossing":
            noun = named_noun(cursor, sentence, bead.first)
        elif bead.kind == "head" and cursor.word(bead.first) in PASSING and cursor.word(bead.last) in BEING and _possible(cursor, bead.last + 1):
            continue  # "passage is possible": what one does, and no place
        elif bead.kind == "head":
            noun = headed_noun(cursor, sentence, bead)
        elif bead.kind in POINTING or cursor.word(bead.first) == "neither":
            noun = read_pronoun(cursor, sentence, bead)
        if noun is None:
            continue
        while found and found[-1].last > noun.first:  # the longer phrase swallows what it reaches back over
            found.pop()
        found.append(noun)
        index = max(noun.last, bead.last)
    return found


def _possible(cursor: Cursor, at: int) -> bool:
    return any(cursor.word(i) in ("possible", "impossible", "permitted", "allowed", "forbidden") for i in range(at, at + 3))


def _mean(memory: Memory, cursor: Cursor, text: str, sentence: Sentence, noun: Noun) -> Phrase:
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
        return replace(found_phrase(memory, blank, _by_rail(cursor, noun) or noun.named, "named"), part="part" in noun.quants)
    if noun.head == "pronoun":
        phrase = pointed(memory, cursor, sentence, blank, noun)
        size = not phrase.ids and not noun.part and (noun.number or 0) > 2 and not {"other", "remaining", "rest"} & set(noun.quants)
        return counted(memory, cursor, sentence, blank, replace(noun, head="point")) if size else phrase
    if noun.head == "road":
        ids = next((p.ids for p in memory.before(sentence.number, REACH_NUMBER) if len(p.ids) == 1), ())
        return found_phrase(memory, blank, ids, "anaphor") if ids else blank
    if noun.unclear:
        return replace(blank, why="what is left out of it is not said so that anybody could tell")
    if noun.part and noun.number and (here := listed_here(memory, sentence, blank, noun.number)):
        return found_phrase(memory, blank, here, "named")  # "three more points are closed: Salla, Vartius and Kuusamo"
    if _unknown(cursor, text, sentence, noun):
        return replace(blank, why="a name that is not in the gazetteer")
    if noun.part and not noun.named:
        return replace(blank, how="border" if border else "unresolved", part=True, why="which part of it is not said")
    if (noun.head == "border" or noun.plural) and (pair := both_borders(memory, cursor, sentence, noun)):
        return over_both(memory, blank, pair)
    if noun.head == "border":
        if "last" in noun.quants:  # "the last land border still open"
            return as_set(memory, blank, last_open(memory, border)) if border else blank
        left = sparing(memory, blank, noun, border) if border else None
        return as_set(memory, blank, left) if left is not None else whole_border(memory, blank, noun)
    phrase = counted(memory, cursor, sentence, blank, noun)
    if _one_of(cursor, noun) and len(phrase.ids) == 1 and memory.gazetteer.crossings[phrase.ids[0]].is_rail:
        return replace(blank, part=True, why="which one of them is not said")
    if phrase.how == "anaphor" and noun.plural and SIZES & {cursor.word(i) for i in range(noun.first, noun.last)}:
        return replace(blank, why="which of them are the small or the large ones is not said")
    some = phrase.how == "unresolved" and noun.plural and border and not noun.excluded and not DEFINITE & set(noun.quants)
    some = some and (noun.number or 0) <= FEW and (bool(noun.number) or _object(cursor, noun))
    return replace(phrase, how="border", part=True) if some else phrase  # "closes two crossings": some, and nobody says which


def _object(cursor: Cursor, noun: Noun) -> bool:
    """ "Will open checkpoints": the noun stands right behind its verb."""
    bead = cursor.bead(noun.first - 1)
    if bead is None or bead.kind != "act" or "ing" in bead.forms or ("adj" in bead.forms and cursor.word(bead.first - 1) not in HELPING):
        return False
    doer = cursor.bead(bead.first - 1)
    return bool(bead.forms & {"base", "s"}) or (doer is not None and doer.kind in ("country", "body", "office", "role", "who"))


def _unknown(cursor: Cursor, text: str, sentence: Sentence, noun: Noun) -> bool:
    """ "The Kelopelto checkpoint", "the crossing at Kelopelto": a capitalised word that nobody knows stands as its name."""
    if noun.head != "point" or noun.named:
        return False
    before, after = noun.first - 1, noun.last + 1
    bare = cursor.bead(before) is None and before > sentence.lead and not noun.quants
    return (bare and _is_name(cursor, text, before)) or (
        cursor.word(noun.last) in ("at", "of", "called", "named") and cursor.bead(after) is None and after < sentence.last
        and _is_name(cursor, text, after))


def _is_name(cursor: Cursor, text: str, index: int) -> bool:
    start, end, word = cursor.words[index]
    return word.isalpha() and len(word) > 2 and text[start].isupper() and not text[start:end].isupper()


def _by_rail(cursor: Cursor, noun: Noun) -> tuple[str, ...]:
    """ "The railway crossings at Terespol and Kuznica": the rail points of those names, where rail is said."""
    if not noun.word.startswith(("rail", "freight line")) and not _of_trains(cursor, noun):
        return ()
    beads = [b for i in range(noun.first, noun.last) if (b := cursor.bead(i)) is not None and b.kind == "crossing"]
    return tuple(sorted({i for b in beads for i in (b.rail or b.ids)}))


def _of_trains(cursor: Cursor, noun: Noun) -> bool:
    """ "Freight trains through Niirala": what passes runs on rails."""
    bead = cursor.bead(noun.first - 2)
    return cursor.word(noun.first - 1) in THROUGH and bead is not None and bead.kind == "thing" and bead.value.startswith("rail")


def _one_of(cursor: Cursor, noun: Noun) -> bool:
    return cursor.word(noun.first) == "one" and cursor.word(noun.first + 1) == "of"


def _appose(phrase: Phrase, noun: Noun, memory: Memory, cursor: Cursor) -> Phrase:
    """ "Storskog, the only crossing into Russia," and "the last open crossing, Raja-Jooseppi": two phrases for one thing.

    The later one means what the earlier one names. "Only the Salla crossing" keeps its own name.
    """
    last = memory.said[-1] if memory.said else None
    if not last or last.spared or last.sentence != phrase.sentence or noun.head != "point" or not last.ids:
        return phrase
    between = [cursor.word(i) for i in range(last.last, phrase.first)]
    if between == [","] and last.how == "named" and len(last.ids) == 1 and _one_of(cursor, noun):
        return replace(found_phrase(memory, phrase, last.ids, "named"), asserts=phrase.asserts, part=False)  # "Silene, one of two posts, was shut"
    if phrase.how == "named":
        return phrase
    if between == [","] and last.how == "named" and (len(last.ids) > 1) == noun.plural and not set(noun.quants) & {"other", "same", "both"}:
        return replace(found_phrase(memory, phrase, last.ids, "named"), asserts=phrase.asserts, only=phrase.only)
    return phrase
