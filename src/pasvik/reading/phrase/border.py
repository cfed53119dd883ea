"""Which border a phrase speaks of, and which crossings the whole of a border is."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from pasvik.gazetteer import sets
from pasvik.reading.page.cursor import Cursor
from pasvik.reading.page.page import Phrase, Sentence
from pasvik.reading.phrase.memory import Memory
from pasvik.reading.phrase.noun import Noun
from pasvik.terms.place import border_of

EAST = {"FI": "RU", "EE": "RU", "NO": "RU", "LV": "", "LT": "BY", "PL": "BY"}
TWO_EASTS = frozenset({"LV"})                                   # whose eastern border is that with Russia and that with Belarus
BESIDE = frozenset(
    {
        "with",
        "of",
        "between",
        "and",
        "join",
        "joining",
        "joins",
        "joined",
        "like",
        "unlike",
        "following",
        "follow",
        "in",
        "from",
        "against",
        "by",
        "to",
        "after",
    }
)
JOINED = frozenset({"join", "joining", "joins", "joined", "like", "unlike", "with"})


def border_of_noun(memory: Memory, cursor: Cursor, sentence: Sentence, noun: Noun) -> str | None:
    """The border a phrase speaks of: "its border with Russia" (owner: the subject, else the state in focus), "the eastern border"."""
    known = memory.borders
    subject = subject_of(cursor, sentence, noun, JOINED if "its" in noun.quants else BESIDE)
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
        recent = next((p.border for p in memory.latest() if p.border and owner in p.border), None)
        east = EAST.get(owner, "")
        return recent if recent and "eastern" not in noun.word else border_of(owner, east) if east else None
    return next((p.border for p in memory.latest() if p.border and (not owner or owner in p.border)), None)


def subject_of(cursor: Cursor, sentence: Sentence, noun: Noun, beside: frozenset[str]) -> str:
    """The country named before the phrase in its sentence, nearest first, but none that is joined, followed or lain in."""
    for index in range(noun.first - 1, sentence.first - 1, -1):
        bead = cursor.bead(index)
        named = bead is not None and bead.kind in ("country", "body", "office") and bead.value not in ("XX", "UN", "EU", noun.other)
        if named and bead and cursor.word(bead.first - 1) not in beside:
            return bead.value
    return ""


def whole_border(memory: Memory, blank: Phrase, noun: Noun) -> Phrase:
    """The whole border: every crossing that counted on the day, where the gazetteer knows them for certain."""
    generic = bool({"a", "an"} & set(noun.quants)) and not noun.other
    if not blank.border or noun.plural or generic:  # "their borders with Russia": several states', no one border
        return replace(blank, how="border", border=None, why="which border is not said")
    found = alive(memory, blank.border)
    if _bare(noun) and len(found.ids) > 1:  # "the border is closed": which points, the words do not say
        told = next((p for p in memory.latest() if p.how == "border" and p.border == blank.border and p.ids), None)
        return replace(blank, ids=told.ids if told else (), how="border", plural=True)
    return replace(blank, ids=tuple(sorted(found.ids)), how="border", plural=True, why="" if found else found.why)


def alive(memory: Memory, border: str) -> sets.Resolution:
    """Every crossing that counted on the day by road, without points long out of use where it is known which were open a year before."""
    found = sets.resolve(memory.gazetteer, border, None, memory.day, kind="all", mode="road")
    if not memory.day or not found:
        return found
    year_ago = sets.resolve(memory.gazetteer, border, None, memory.day - timedelta(days=365), kind="open", mode="road")
    return year_ago if year_ago and set(year_ago.ids) <= set(found.ids) else found


def both_borders(memory: Memory, cursor: Cursor, sentence: Sentence, noun: Noun) -> tuple[str, ...]:
    """ "Its borders with Russia and Belarus", Latvia's "eastern border": the two borders of one state; else empty."""
    if cursor.word(noun.first) == "their":
        return ()
    subject = subject_of(cursor, sentence, noun, JOINED)
    state = subject if subject in EAST else memory.focus or ""
    if {noun.other, noun.owner} != {"RU", "BY"}:
        told = {p.border for p in memory.latest() if p.border and p.how == "named" and state in p.border}
        if state not in TWO_EASTS or noun.head != "border" or "eastern" not in noun.word or noun.other or len(told) == 1:
            return ()
    return two_borders(memory, state)


def two_borders(memory: Memory, state: str) -> tuple[str, ...]:
    """A state's borders with Russia and with Belarus, where it has both."""
    pairs = tuple(border for border in (border_of(state, other) for other in ("BY", "RU") if state) if border in memory.borders)
    return pairs if len(pairs) == 2 else ()


def over_both(memory: Memory, blank: Phrase, pair: tuple[str, ...]) -> Phrase:
    """Every crossing of two borders; no border is named then, for there is no one."""
    known = [sets.resolve(memory.gazetteer, border, None, memory.day, kind="open", mode="road") for border in pair if memory.day]
    wholes = known if known and all(known) else [alive(memory, border) for border in pair]
    if not all(wholes):
        return replace(blank, how="border", border=None, why="; ".join(one.why for one in wholes if not one))
    return replace(blank, ids=tuple(sorted({i for one in wholes for i in one.ids})), how="border", border=None, plural=True)


def _bare(noun: Noun) -> bool:
    """ "The border", and nothing that says whose, with whom, or how much of it."""
    return not noun.other and not noun.owner and noun.word in ("border", "frontier") and not {"all", "its", "same"} & set(noun.quants)
