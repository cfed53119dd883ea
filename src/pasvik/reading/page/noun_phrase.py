"""Finds the words that mean crossings: names and lists of names, "all but one of its eight border crossings", "it"; who they are comes later."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pasvik.reading.page.page import Bead, Sentence

LIST_GLUE = frozenset({",", "and", "or", "nor", "/", "&", "-", "both", "as", "well", "the", "also", "at", "border", "crossing", "points", "point", "of", ";"})
GLOSS = 10                                                      # words that a bracket between two names of a list may hold
Words = tuple[tuple[int, int, str], ...]


@dataclass(frozen=True, slots=True)
class Noun:
    """An unresolved crossing phrase: its words and what they say of themselves."""

    first: int
    last: int
    head: str                                                   # name, point, border, road, pronoun
    plural: bool
    named: tuple[str, ...] = ()                                 # ids named in it, in order
    excluded: tuple[str, ...] = ()                              # ids named after except / but
    quants: tuple[str, ...] = ()                                # all but both remaining other only last same none region ...
    number: int | None = None                                   # four border crossings
    of: int | None = None                                       # four of its EIGHT
    owner: str = ""                                             # ISO code: Norway's, its (subject), Finnish
    other: str = ""                                             # ISO code: with Russia, into Russia
    word: str = ""                                              # the head's own words
    spare: int = 0                                              # "except one": how many unnamed ones are left out
    placed: bool = False                                        # "on the border between ..." stands with it
    asserts: str = ""                                           # open or closed, where an adjective takes it for granted


class Cursor:
    """The beads of a text by word number: a reading glass, not a state."""

    def __init__(self, words: Words, beads: tuple[Bead, ...]) -> None:
        self.words = words
        self.on: list[Bead | None] = [None] * len(words)
        for bead in beads:
            for index in range(bead.first, bead.last):
                self.on[index] = bead

    def word(self, index: int) -> str:
        return self.words[index][2] if 0 <= index < len(self.words) else ""

    def bead(self, index: int) -> Bead | None:
        return self.on[index] if 0 <= index < len(self.on) else None


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
        while found and found[-1].last > noun.first:            # the longer phrase swallows what it reaches back over
            found.pop()
        if found and "all" in noun.quants and not noun.named and _excepts(cursor, found[-1], noun):
            noun = replace(noun, excluded=found.pop().named)
        found.append(noun)
        index = max(noun.last, index + 1)
    return found


def _excepts(cursor: Cursor, before: Noun, noun: Noun) -> bool:
    """"With the exception of Salla, all crossings": the names just before are the ones left out."""
    lead = " ".join(cursor.word(i) for i in range(before.first - 3, before.first))
    return bool(before.named) and noun.first - before.last <= 2 and lead.endswith(("exception of", "except for", "apart from", "except", "excluding", "other than"))


def _list(cursor: Cursor, sentence: Sentence, index: int) -> tuple[int, tuple[str, ...]]:
    """A list of names that starts at word `index`: (word after it, ids in order)."""
    ids: list[str] = []
    last = at = index
    while at < sentence.last:
        bead = cursor.bead(at)
        if bead and bead.kind == "crossing":
            ids += [i for i in bead.ids if i not in ids]
            at = last = bead.last
        elif cursor.word(at) == "(":
            close = next((i for i in range(at, min(at + GLOSS, sentence.last)) if cursor.word(i) == ")"), None)
            if close is None:
                break
            at = close + 1
            last = at if _only_crossing(cursor, last, at) else last
        elif cursor.word(at) in LIST_GLUE:
            at += 1
        else:
            break
    return last, tuple(ids)


def _only_crossing(cursor: Cursor, first: int, last: int) -> bool:
    """Whether a bracket holds a crossing's other name, or anything else that belongs to it."""
    return any((b := cursor.bead(i)) is not None and b.kind in ("crossing", "country", "head") for i in range(first, last))


def _named(cursor: Cursor, sentence: Sentence, index: int) -> Noun | None:
    if _end_of_road(cursor, sentence, index) or _owns_other(cursor, index):
        return None
    last, ids = _list(cursor, sentence, index)
    after = cursor.bead(last)
    word = ""
    if after and after.kind == "head" and (after.value != "border" or cursor.word(after.last) not in ("with", "to", "between")) and last < sentence.last and cursor.word(last - 1) != "(":
        word = " ".join(cursor.word(i) for i in range(after.first, after.last))
        last = after.last
    first, quants, number, of, owner, asserts = _leftwards(cursor, sentence, index)
    head = cursor.bead(first - 1)
    if head and head.kind == "head" and head.value == "point" and first - 1 >= sentence.first:   # "the checkpoint Salla", "the points Vartius, Salla"
        word = word or cursor.word(head.first)
        first, more, n, of, owner, stated = _leftwards(cursor, sentence, head.first)
        quants, number, asserts = (*more, *quants), n if n is not None else number, asserts or stated
    return Noun(first, last, "name", len(ids) > 1, ids, (), quants, number, of, owner, "", word, 0, False, asserts)


def _owns_other(cursor: Cursor, index: int) -> bool:
    """"Narva's swimming pool": the name owns something that is no crossing."""
    bead = cursor.bead(index)
    at = bead.last if bead else index
    if cursor.word(at) != "'" or cursor.word(at + 1) != "s":
        return False
    owned = [cursor.bead(i) for i in range(at + 2, at + 6)]
    return not any(b is not None and (b.kind in ("head", "thing", "number") or (b.kind == "act" and "noun" in b.forms)) for b in owned)


def _end_of_road(cursor: Cursor, sentence: Sentence, index: int) -> bool:
    """"the road between Värska and Saatse": the name of a place where a road ends."""
    before = [cursor.word(i) for i in range(max(sentence.first, index - 6), index)]
    return "between" in before and any(word in before for word in ("road", "railway", "highway", "motorway", "route")) and before[-1:] == ["and"]


def _headed(cursor: Cursor, sentence: Sentence, head: Bead) -> Noun | None:
    """A phrase round a head noun: what stands before it, and the names, neighbours and exceptions after it."""
    first, quants, number, of, owner, asserts = _leftwards(cursor, sentence, head.first)
    plural = "pl" in head.forms
    last, named, excluded, other, owner2 = _rightwards(cursor, sentence, head.last)
    last, spare = _spared(cursor, last)
    word = " ".join(cursor.word(i) for i in range(head.first, head.last))
    if head.value == "road" and not named and "same" not in quants:
        return None
    kind = "name" if named and not (number is not None and number != len(named) and "all" not in quants) else head.value
    placed = any(cursor.word(i) in ("border", "frontier") for i in range(head.last, last))
    return Noun(first, last, kind, plural, named, excluded, quants, number, of, owner or owner2, other, word, spare, placed, asserts)


def _leftwards(cursor: Cursor, sentence: Sentence, index: int) -> tuple[int, tuple[str, ...], int | None, int | None, str, str]:
    """What stands before word `index` and belongs to it: quantifiers, numbers, owners, adjectives."""
    quants: list[str] = []
    numbers: list[int] = []
    owner = asserts = ""
    first = at = index
    floor = sentence.lead if index >= sentence.lead else sentence.first
    while at > floor:
        at -= 1
        bead, word = cursor.bead(at), cursor.word(at)
        if bead and bead.kind == "quant":
            quants.append(_quant(cursor, bead))
            if bead.value == "kind" and word in ("open", "closed", "shuttered"):
                asserts = "open" if word == "open" else "closed"
            at = first = bead.first
        elif bead and bead.kind == "who" and bead.value == "they" and word in ("these", "those", "either", "neither", "both"):
            quants.append("both" if word in ("both", "either", "neither") else "same")
            at = first = bead.first
        elif bead and bead.kind == "number":
            numbers.append(int(bead.value))
            first = at
        elif bead and bead.kind == "country":
            owner = owner or bead.value
            at = first = bead.first
        elif bead and bead.kind == "act" and bead.value in ("open", "close", "work") and bead.forms & {"adj", "past", "ing"} and at == first - 1:
            if not _attributive(cursor, sentence, bead, quants):
                break
            asserts = "closed" if bead.value == "close" else "open"
            at = first = bead.first
        elif bead is None and word.isalpha() and word not in ("at", "to", "in", "from", "through", "via", "on", "by", "near", "for") and at == first - 1 and (before := cursor.bead(at - 1)) is not None and before.kind == "number":
            first = at                                          # "two leafy crossings": one unknown word after a number
        elif bead and bead.kind == "head" and bead.value == "road" and at == first - 1:
            at = first = bead.first
        elif word == "that" and at == index - 1:
            quants.append("same")
            first = at
        elif word in ("'", "s", "-", "and", ",") and _inside(cursor, sentence, at):
            continue
        elif (word in ("country", "state") and cursor.word(at + 1) == "'") or (word == "out" and cursor.word(at + 1) == "of") or (word in ("of", "from") and cursor.word(at - 1) == "out") or (word in ("of", "from") and cursor.bead(at - 1) and cursor.bead(at - 1).kind in ("number", "quant")):
            first = at
        else:
            break
    numbers = numbers[:2]
    number, of = (numbers[0], None) if len(numbers) == 1 else (numbers[1], numbers[0]) if numbers else (None, None)
    return first, tuple(quants), number, of, owner, asserts


def _quant(cursor: Cursor, bead: Bead) -> str:
    """What a quantifier adds: its value; "the" and "its" by themselves; a region ("northernmost", "south-eastern") by its word."""
    words = "".join(cursor.word(i) for i in range(bead.first, bead.last))
    if bead.value == "article":
        return "its" if words in ("its", "their") else words
    if words in ("any", "anyofits", "anyofthe"):
        return "any"
    return words if bead.value == "region" or (bead.value == "kind" and words.endswith("ern")) else bead.value


def _attributive(cursor: Cursor, sentence: Sentence, act: Bead, quants: list[str]) -> bool:
    """"the shuttered Salla crossing", "its only open border", not "has closed Salla" or "open crossings?" after a verb."""
    before = cursor.bead(act.first - 1)
    if act.first <= sentence.first:
        return False
    return bool(before and before.kind in ("quant", "number")) or cursor.word(act.first - 1) == "the"


def _inside(cursor: Cursor, sentence: Sentence, at: int) -> bool:
    """A mark of punctuation belongs to the phrase only between two parts of it ("Norway's", "south-eastern", "primary, and only")."""
    word = cursor.word(at)
    before = cursor.bead(at - 1)
    if at <= sentence.first:
        return False
    if word in ("'", "s"):
        return cursor.word(at - 1) in ("country", "state", "'") or bool(before and before.kind == "country") or cursor.word(at - 1) == "'"
    if word == "-" and before and before.kind == "country":
        return True
    if word in ("and", ","):
        return bool(before and before.kind == "quant" and before.value in ("kind", "only", "last")) or (cursor.word(at - 1) == "," and _inside(cursor, sentence, at - 1))
    return bool(before and before.kind == "quant")


def _rightwards(cursor: Cursor, sentence: Sentence, index: int) -> tuple[int, tuple[str, ...], tuple[str, ...], str, str]:
    """What follows a head noun: names ("of Vaalimaa, Nuijamaa"), a neighbour ("with Russia"), exceptions ("except Salla")."""
    last, named, excluded, other, owner = index, (), (), "", ""  # type: ignore[var-annotated]
    at = index
    while at < sentence.last:
        word, bead = cursor.word(at), cursor.bead(at)
        ahead = _skip(cursor, at + 1, sentence.last)
        following = cursor.bead(ahead)
        if word in ("with", "into", "to", "and") and following and following.kind == "country" and "name" in following.forms and not (word == "and" and not other):
            other, owner, last = (following.value, owner, following.last) if not other else (other, following.value, following.last)
            at = last
        elif word == "between" and following and following.kind == "country":
            other, at = following.value, following.last
            last = at
        elif word in ("with", "into") and following and following.kind in ("head", "crossing") and not named and following.kind == "crossing":
            last, named = _list(cursor, sentence, following.first)
            at = last
        elif word in ("of", ":", "-", "(", "at", "namely", ",") and following and following.kind == "crossing" and not named and (word != "," or _apposed(cursor, sentence, following)):
            last, named = _list(cursor, sentence, following.first)
            at = last
            if word == "(" and cursor.word(at) == ")":
                at = last = at + 1
        elif bead and bead.kind == "crossing" and at == index and not named:
            last, named = _list(cursor, sentence, at)
            at = last
        elif word in (",", "i", ".", "e", "that", "is") and not named and (list_at := _that_is(cursor, sentence, at)):
            last, named = _list(cursor, sentence, list_at)
            at = last
        elif word in ("except", "but", "apart", "excluding", "besides", "bar", "beyond", "than") and (list_at := _excepted(cursor, sentence, at + 1)):
            last, excluded = _list(cursor, sentence, list_at)
            at = last
        elif word in ("on", "along", "across", "at", "in") and following and following.kind == "head" and following.value == "border" and last == at:
            last, named2, excluded2, other2, owner2 = _rightwards(cursor, sentence, following.last)
            named, excluded = named or named2, excluded or excluded2
            _, _, _, _, own, _ = _leftwards(cursor, sentence, following.first)
            other, owner = other or other2, owner or own or owner2
            at = last
        elif word == "from" and following and following.kind == "crossing" and (end := _from_to(cursor, sentence, at)):
            at = last = end
        else:
            break
    return last, named, excluded, other, owner


def _spared(cursor: Cursor, at: int) -> tuple[int, int]:
    """(word after it, how many) of "except one", ", except for one", "but one"; (at, 0) where nothing is spared."""
    here = at + 1 if cursor.word(at) == "," else at
    if cursor.word(here) not in ("except", "but", "bar", "excluding", "save"):
        return at, 0
    here = here + 2 if cursor.word(here + 1) == "for" else here + 1
    bead = cursor.bead(here)
    return (here + 1, int(bead.value)) if bead and bead.kind == "number" and int(bead.value) < 6 else (at, 0)


def _skip(cursor: Cursor, at: int, end: int) -> int:
    """Past "the", "its" and the like."""
    while at < end and (cursor.word(at) in ("the", "its", "their", "all", "both", "that", "this") or ((b := cursor.bead(at)) is not None and b.kind == "quant" and b.value in ("article", "kind", "same"))):
        at += 1
    return at


def _apposed(cursor: Cursor, sentence: Sentence, name: Bead) -> bool:
    """", Narva, Luhamaa and Koidula," after a head noun: a list or a name closed by a comma, a dash or the sentence's end."""
    last, _ = _list(cursor, sentence, name.first)
    return cursor.word(last) in (",", "-", ".", ";", ":", ")") or last >= sentence.last


def _that_is(cursor: Cursor, sentence: Sentence, at: int) -> int | None:
    end = min(at + 8, sentence.last)
    words = [cursor.word(i) for i in range(at, end)]
    if "".join(words).startswith((",i.e.", "i.e.", ",thatis", "(i.e.")) or words[:2] == [",", "namely"]:
        return next((i for i in range(at, end) if (b := cursor.bead(i)) and b.kind == "crossing"), None)
    return None


def _excepted(cursor: Cursor, sentence: Sentence, at: int) -> int | None:
    while at < sentence.last and cursor.word(at) in ("for", "from", "the", "those", "at", "of"):
        at += 1
    bead = cursor.bead(at)
    return at if bead and bead.kind == "crossing" else None


def _from_to(cursor: Cursor, sentence: Sentence, at: int) -> int | None:
    """"from Vaalimaa in the south to Raja-Jooseppi in the north" after "every crossing": one phrase."""
    for index in range(at + 2, min(at + 9, sentence.last)):
        bead = cursor.bead(index)
        if bead and bead.kind == "crossing" and any(cursor.word(i) == "to" for i in range(at, index)):
            end = bead.last
            return end + 3 if cursor.word(end) == "in" and cursor.word(end + 1) == "the" else end
    return None


def _bare_number(cursor: Cursor, sentence: Sentence, bead: Bead) -> Noun | None:
    """"the seven that had been due to stay shut", "none of the three is": a number that stands for crossings."""
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
    if bead.kind == "quant":                                    # "both", "the two" standing alone
        ahead = cursor.bead(bead.last)
        if ahead and ahead.kind in ("head", "crossing", "country", "number", "quant", "thing"):
            return None
        return Noun(bead.first, bead.last, "pronoun", True, quants=("both",), number=2, word="both")
    word = cursor.word(bead.first)
    if bead.value == "it" and word in ("its",):
        return None
    if bead.value == "they" and bead.last - bead.first > 1 and any(cursor.word(i) in ("two", "pair", "both") for i in range(bead.first, bead.last)):
        return Noun(bead.first, bead.last, "pronoun", True, quants=("both",), number=2, word="both")
    if bead.value == "they" and word in ("these", "those", "either", "neither", "both"):
        ahead = cursor.bead(bead.last)
        if (ahead and ahead.kind in ("head", "number", "quant", "crossing", "thing", "country")) or word in ("those", "these"):
            return None
        return Noun(bead.first, bead.last, "pronoun", True, quants=("both",), number=2, word="both")
    return Noun(bead.first, bead.last, "pronoun", bead.value == "they", word=bead.value)
