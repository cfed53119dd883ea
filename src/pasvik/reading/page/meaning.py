"""Says which crossings a phrase means: by its names, by the gazetteer's sets on the day, or by what was spoken of before; else why not."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from pasvik.gazetteer import region, sets, table
from pasvik.gazetteer.table import Gazetteer
from pasvik.reading.page.noun_phrase import Cursor, Noun, find_nouns
from pasvik.reading.page.page import Phrase, Sentence
from pasvik.terms.place import border_of

EAST = {"FI": "RU", "EE": "RU", "NO": "RU", "LV": "", "LT": "BY", "PL": "BY"}
BESIDE = frozenset({"with", "of", "between", "and", "join", "joining", "joins", "joined", "like", "unlike", "following", "follow", "in", "from", "against", "by", "to", "after"})
JOINED = frozenset({"join", "joining", "joins", "joined", "like", "unlike", "with"})
REGIONS = frozenset({"southeastern", "south-eastern", "northern", "southern"})
REACH = 4                                                       # sentences back that "it" and "they" may point
REACH_NUMBER = 30                                               # "these three points", "the four": numbers point further


@dataclass
class Memory:
    """What has been spoken of so far, in order: grows while one text is read and is then thrown away."""

    gazetteer: Gazetteer
    focus: str | None
    day: date | None
    lists: list[tuple[int, tuple[str, ...]]] = field(default_factory=list)      # every named list of the whole text: (first word, ids)
    said: list[Phrase] = field(default_factory=list)

    def before(self, sentence: int, reach: int = REACH) -> list[Phrase]:
        """Resolved phrases within reach, latest first."""
        return [p for p in reversed(self.said) if p.ids and p.sentence >= sentence - reach]


def read_phrases(
    cursor: Cursor, sentences: tuple[Sentence, ...], gazetteer: Gazetteer, foci: tuple[str | None, ...], day: date | None,
) -> tuple[Phrase, ...]:
    """All crossing phrases of a text with the crossings they mean, in order of place."""
    nouns = [(s, noun) for s in sentences for noun in find_nouns(cursor, s)]
    memory = Memory(gazetteer, None, day)
    memory.lists = [(n.first, tuple(sorted(n.named))) for _, n in nouns if n.named and n.head == "name"]
    for sentence, noun in nouns:
        memory.focus = foci[sentence.number]
        phrase = _appose(_mean(memory, cursor, sentence, noun), noun, memory, cursor)
        memory.said.append(phrase)
    return tuple(memory.said)


def _mean(memory: Memory, cursor: Cursor, sentence: Sentence, noun: Noun) -> Phrase:
    """The phrase of a noun: ids, border and how they were found."""
    border = _border(memory, cursor, sentence, noun)
    blank = Phrase(noun.first, noun.last, cursor.words[noun.first][0], cursor.words[noun.last - 1][1], sentence.number, (), border, "unresolved",
                   noun.plural, "only" in noun.quants or "last" in noun.quants, noun.asserts, noun.owner)
    if noun.named and noun.head == "name":
        return _found(memory, blank, _by_rail(cursor, noun) or noun.named, "named")
    if noun.head == "pronoun":
        return _pointed(memory, blank, noun)
    if noun.head == "road":
        ids = next((p.ids for p in memory.before(sentence.number, REACH_NUMBER) if len(p.ids) == 1), ())
        return _found(memory, blank, ids, "anaphor") if ids else blank
    if noun.head == "border":
        return _whole(memory, blank, noun)
    return _counted(memory, cursor, sentence, blank, noun)


def _by_rail(cursor: Cursor, noun: Noun) -> tuple[str, ...]:
    """"The railway crossings at Terespol and Kuznica": the rail points of those names, where rail is said."""
    if not noun.word.startswith(("rail", "freight line")):
        return ()
    beads = [b for i in range(noun.first, noun.last) if (b := cursor.bead(i)) is not None and b.kind == "crossing"]
    return tuple(sorted({i for b in beads for i in (b.rail or b.ids)}))


def _found(memory: Memory, blank: Phrase, ids: tuple[str, ...], how: str) -> Phrase:
    """A resolved phrase; its border is that of its crossings where they share one."""
    crossings = memory.gazetteer.crossings
    theirs = {crossings[i].border for i in ids if i in crossings}
    border = next(iter(theirs)) if len(theirs) == 1 else None if theirs else blank.border
    return replace(blank, ids=tuple(sorted(set(ids))), border=border, how=how, plural=len(set(ids)) > 1)


def _border(memory: Memory, cursor: Cursor, sentence: Sentence, noun: Noun) -> str | None:
    """The border a phrase speaks of: "its border with Russia" (owner: the subject, else the state in focus), "the eastern border"."""
    known = set(table.borders(memory.gazetteer))
    subject = _subject(cursor, sentence, noun, JOINED if "its" in noun.quants else BESIDE)
    owner = noun.owner or (subject if subject in EAST or noun.other else "") or memory.focus or ""
    if noun.other:
        if noun.owner and border_of(noun.owner, noun.other) in known:
            return border_of(noun.owner, noun.other)
        pair = border_of(owner, noun.other) if owner != noun.other else border_of(memory.focus or "?", noun.other)
        return pair if pair in known else next((p for p in (border_of(memory.focus or "?", noun.other),) if p in known), None)
    if noun.owner:
        for one in (memory.focus or "", subject):
            if one and one != noun.owner and border_of(one, noun.owner) in known:
                return border_of(one, noun.owner)
        owner = noun.owner
    if "eastern" in noun.word or (EAST.get(owner) and owner not in ("LV",)):
        recent = next((p.border for p in reversed(memory.said) if p.border and owner in p.border), None)
        east = EAST.get(owner, "")
        return recent if recent and "eastern" not in noun.word else border_of(owner, east) if east else None
    return next((p.border for p in reversed(memory.said) if p.border and (not owner or owner in p.border)), None)


def _subject(cursor: Cursor, sentence: Sentence, noun: Noun, beside: frozenset[str]) -> str:
    """The country named before the phrase in its sentence, nearest first, but none that is joined, followed or lain in."""
    for index in range(noun.first - 1, sentence.first - 1, -1):
        bead = cursor.bead(index)
        if bead and bead.kind in ("country", "body", "office") and bead.value not in ("XX", "UN", "EU") and bead.value != noun.other:
            if cursor.word(bead.first - 1) not in beside:
                return bead.value
    return ""


def _pointed(memory: Memory, blank: Phrase, noun: Noun) -> Phrase:
    """It, there: the latest single crossing. They, both: the latest set of that size."""
    if noun.word == "there":
        ids = next((p.ids for p in memory.before(blank.sentence, 2) if p.how != "border"), ())
    elif noun.number:
        ids = next((p.ids for p in memory.before(blank.sentence) if len(p.ids) == noun.number), ())
    elif noun.plural:
        ids = next((p.ids for p in memory.before(blank.sentence, 2) if len(p.ids) > 1), ())
    else:
        near = next((p for p in memory.before(blank.sentence, 2) if len(p.ids) == 1 or (p.how == "border" and p.sentence == blank.sentence)), None)
        if near and near.how == "border":
            return replace(blank, ids=near.ids, border=near.border, how="border", plural=near.plural)
        ids = near.ids if near else ()
    return _found(memory, blank, ids, "anaphor") if ids else replace(blank, why="nothing before it that it could mean")


def _whole(memory: Memory, blank: Phrase, noun: Noun) -> Phrase:
    """The whole border: every crossing that counted on the day, where the gazetteer knows them for certain."""
    generic = bool({"a", "an"} & set(noun.quants)) and not noun.other
    if not blank.border or noun.plural or generic:                         # "their borders with Russia": several states', no one border
        return replace(blank, how="border", border=None, why="which border is not said")
    found = sets.resolve(memory.gazetteer, blank.border, None, memory.day, kind="all", mode="road")
    if _bare(noun) and len(found.ids) > 1:                       # "the border is closed": which points, the words do not say
        told = next((p for p in reversed(memory.said) if p.how == "border" and p.border == blank.border and p.ids), None)
        return replace(blank, ids=told.ids if told else (), how="border", plural=True)
    if memory.day and found:                                    # points long out of use are not meant by "the border"
        year_ago = sets.resolve(memory.gazetteer, blank.border, None, memory.day - timedelta(days=365), kind="open", mode="road")
        found = year_ago if year_ago and set(year_ago.ids) <= set(found.ids) else found
    return replace(blank, ids=tuple(sorted(found.ids)), how="border", plural=True, why="" if found else found.why)


def _bare(noun: Noun) -> bool:
    """"The border", and nothing that says whose, with whom, or how much of it."""
    return not noun.other and not noun.owner and noun.word in ("border", "frontier") and not {"all", "its", "same"} & set(noun.quants)


def _counted(memory: Memory, cursor: Cursor, sentence: Sentence, blank: Phrase, noun: Noun) -> Phrase:
    """Crossings without names: all, all but one, the remaining four, these three, the last."""
    quants, number, border = set(noun.quants), noun.number, blank.border
    if "same" in quants or "both" in quants or (not quants & {"all", "any", "but", "remaining", "other", "only", "last"}):
        pointed = _back(memory, blank, noun) or _elsewhere(memory, blank, noun) or _the_one(memory, noun)
        if pointed:
            return _found(memory, blank, pointed, "anaphor")
    if not border:
        return replace(blank, why="which border is not said")
    gazetteer, day = memory.gazetteer, memory.day
    if noun.number and noun.plural and (here := _listed_here(memory, sentence, blank, noun.number)):
        return _found(memory, blank, here, "named")
    if noun.other and {"a", "an"} & set(noun.quants) and not noun.plural:
        only = next((ids for first, ids in memory.lists if first >= blank.first and len(ids) == 1), ())
        return _found(memory, blank, only, "set") if only and memory.gazetteer.crossings[only[0]].border == border else blank
    if regions := [q for q in noun.quants if q in region.ENDS or q in REGIONS]:
        named = region.in_region(gazetteer, border, regions[0], day)
        return _set(memory, blank, named if number in (None, len(named.ids)) else sets.resolve(gazetteer, border, number, day))
    if "but" in quants:
        spared = noun.excluded or tuple(_next_single(memory, blank))
        found = sets.all_but(gazetteer, border, noun.of or (number if noun.excluded else None), day, spared=spared, but=len(noun.excluded) or number or 1)
        return _set(memory, blank, found)
    if noun.spare and "all" in quants | ({"all"} if noun.other or noun.placed else set()):
        spared = tuple(_next_single(memory, blank))
        return _set(memory, blank, sets.all_but(gazetteer, border, number, day, spared=spared, but=noun.spare))
    if noun.excluded:
        return _set(memory, blank, sets.all_but(gazetteer, border, number, day, spared=noun.excluded, but=len(noun.excluded)))
    if "remaining" in quants or ("last" in quants and noun.plural):
        found = sets.resolve(gazetteer, border, number, day, kind="open")
        return _set(memory, blank, found if found else _rest(memory, blank, number))
    if "other" in quants:
        return _set(memory, blank, _rest(memory, blank, number))
    if ("only" in quants or "last" in quants) and not noun.plural:
        roster = table.roster(border, gazetteer, day)
        if len(roster) == 1:
            return _set(memory, blank, sets.Resolution(roster, "the only one"))
        return _set(memory, blank, _last_open(memory, border))
    if "only" in quants and noun.plural and number:
        return _set(memory, blank, sets.resolve(gazetteer, border, number, day, kind="open") or sets.resolve(gazetteer, border, number, day))
    if "any" in quants and number is None:
        return _whole(memory, replace(blank, plural=False), replace(noun, plural=False, quants=()))
    if noun.of and number and (doing := _doing(cursor, sentence, noun)) and day:
        told = sets.resolve(gazetteer, border, number, day, of=noun.of, kind=doing) or sets.resolve(gazetteer, border, number, day, kind=doing)
        if told:
            return _set(memory, blank, told)
    if "all" in quants or noun.of:
        found = sets.resolve(gazetteer, border, number, day, kind="all" if not noun.of else None, of=noun.of, mode="road" if not noun.of else None)
        return _set(memory, blank, found or (sets.resolve(gazetteer, border, number, day) if number else found))
    if number:
        return _number(memory, blank, noun, border, _doing(cursor, sentence, noun))
    its = "its" in noun.quants and EAST.get(border.split("-")[0]) == "RU"
    if noun.plural and (noun.other or noun.owner or noun.placed or its):
        whole = _whole(memory, replace(blank, plural=False), replace(noun, plural=False))
        return whole if {"the", "its"} & set(noun.quants) or noun.owner else replace(whole, ids=())
    return replace(blank, why="which crossings is not said")


def _number(memory: Memory, blank: Phrase, noun: Noun, border: str, doing: str) -> Phrase:
    """"Four border crossing points on the eastern border": the list of four that the text goes on to name, else the known set."""
    known = sets.resolve(memory.gazetteer, border, noun.number, memory.day, kind=doing) if doing and memory.day else None
    if known:
        return _set(memory, blank, known)
    ahead = next((ids for first, ids in memory.lists if first >= blank.first and len(ids) == noun.number), None)
    if ahead:
        return replace(_found(memory, blank, ahead, "named"), how="set")
    back = next((ids for first, ids in reversed(memory.lists) if first < blank.first and len(ids) == noun.number), None)
    if back:
        return _found(memory, blank, back, "anaphor")
    found = sets.resolve(memory.gazetteer, border, noun.number, memory.day)
    if not found and doing:
        found = sets.resolve(memory.gazetteer, border, noun.number, memory.day, kind=doing)
    return _set(memory, blank, found)


def _last_open(memory: Memory, border: str) -> sets.Resolution:
    """The one crossing that was open last, on the day or some weeks before it ("closed its last crossing")."""
    found = sets.resolve(memory.gazetteer, border, 1, memory.day, kind="open")
    for back in (7, 21):
        if not found and memory.day:
            found = sets.resolve(memory.gazetteer, border, 1, memory.day - timedelta(days=back), kind="open")
    return found


def _listed_here(memory: Memory, sentence: Sentence, blank: Phrase, number: int) -> tuple[str, ...]:
    """"Two of the six points are shut, Polowce and Slawatycze": the names that follow in the sentence."""
    return next((ids for first, ids in memory.lists if blank.last <= first < sentence.last and len(ids) == number), ())


def _doing(cursor: Cursor, sentence: Sentence, noun: Noun) -> str:
    """What is done to the crossings in this sentence, as a kind of set: closed, reopened, or "" where that is not told."""
    reach = [*range(noun.first - 1, max(sentence.first, noun.first - 12) - 1, -1), *range(noun.last, min(sentence.last, noun.last + 12))]
    for index in reach:
        bead = cursor.bead(index)
        if bead and bead.kind == "act" and bead.value in ("close", "open", "stop"):
            return "reopened" if bead.value == "open" else "closed"
    return ""


def _set(memory: Memory, blank: Phrase, found: sets.Resolution) -> Phrase:
    return _found(memory, blank, found.ids, "set") if found else replace(blank, why=found.why)


def _back(memory: Memory, blank: Phrase, noun: Noun) -> tuple[str, ...]:
    """These points, the two crossings, this checkpoint, the crossing: what was spoken of before, of the right size."""
    size = 2 if "both" in noun.quants else noun.number
    definite = bool({"same", "the", "both", "its"} & set(noun.quants))
    if not definite:
        return ()
    for phrase in memory.before(blank.sentence, REACH_NUMBER if size else 2 * REACH if noun.plural else REACH):
        if phrase.how == "border" and len(phrase.ids) != size:
            continue
        if len(phrase.ids) == size or (size is None and noun.plural == (len(phrase.ids) > 1)):
            return phrase.ids
    return ()


def _the_one(memory: Memory, noun: Noun) -> tuple[str, ...]:
    """"The bridge", "Bridge to close": the only crossing that the whole text names."""
    ids = {i for _, listed in memory.lists for i in listed}
    fits = not noun.plural and noun.number is None and not {"a", "an", "same", "other"} & set(noun.quants) and not noun.other
    sure = noun.word in ("bridge", "footbridge", "checkpoint", "border crossing", "crossing point", "border crossing point", "border station", "border point", "border post")
    return tuple(ids) if fits and sure and len(ids) == 1 else ()


def _elsewhere(memory: Memory, blank: Phrase, noun: Noun) -> tuple[str, ...]:
    """"The two crossings" that the text lists further on, newest first as a feed does."""
    size = 2 if "both" in noun.quants else noun.number
    if size is None or not {"same", "the", "both"} & set(noun.quants) or blank.border is None:
        return ()
    theirs = {ids for _, ids in memory.lists if len(ids) == size and all(memory.gazetteer.crossings[i].border == blank.border for i in ids)}
    return next(iter(theirs)) if len(theirs) == 1 else ()


def _next_single(memory: Memory, blank: Phrase) -> tuple[str, ...]:
    """The one crossing that the text goes on to name, for "all but one" in an undated text."""
    if memory.day is not None:
        return ()
    return next((ids for first, ids in memory.lists if first >= blank.first), ())


def _rest(memory: Memory, blank: Phrase, number: int | None) -> sets.Resolution:
    """The other ones: the roster without those just spoken of, where the number agrees."""
    border = blank.border or ""
    whole = table.roster(border, memory.gazetteer, memory.day)
    spoken = next((p.ids for p in memory.before(blank.sentence, REACH_NUMBER) if p.border == border and p.how != "border" and set(p.ids) < set(whole)), ())
    rest = tuple(i for i in whole if i not in spoken)
    if spoken and rest and number in (None, len(rest)):
        return sets.Resolution(rest, f"the rest of {border}")
    if number:
        return sets.resolve(memory.gazetteer, border, number, memory.day)
    return sets.Resolution((), f"which crossings of {border} are the others is not said")


def _appose(phrase: Phrase, noun: Noun, memory: Memory, cursor: Cursor) -> Phrase:
    """"Storskog, the only crossing into Russia," and "the last open crossing, Raja-Jooseppi": two phrases for one thing.

    The later one means what the earlier one names. "Only the Salla crossing" keeps its own name.
    """
    last = memory.said[-1] if memory.said else None
    if not last or last.sentence != phrase.sentence or noun.head != "point" or phrase.how == "named" or not last.ids:
        return phrase
    between = [cursor.word(i) for i in range(last.last, phrase.first)]
    if between == [","] and last.how == "named" and (len(last.ids) > 1) == noun.plural and not set(noun.quants) & {"other", "same", "both"}:
        return replace(_found(memory, phrase, last.ids, "named"), asserts=phrase.asserts, only=phrase.only)
    return phrase
