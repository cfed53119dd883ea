"""What is left out of a set: "all crossings except Salla", "all but the northernmost", "the only exception is Vartius"."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pasvik.gazetteer.region import ENDS
from pasvik.reading.page.cursor import Cursor
from pasvik.reading.page.page import Bead, Sentence
from pasvik.reading.phrase.after import read_list
from pasvik.reading.phrase.noun import Noun

# "But" and "bar" leave something out only right after a set: "every checkpoint but Salla".
BARE = frozenset({"but", "bar", "barring", "save"})
WHOLES = frozenset({"all", "any", "none", "but", "other", "remaining"})
SMALL = frozenset({"for", "from", "of", "at", "in", "the", "those", "that", "only", "and"})
ONES = frozenset({"one", "ones", "that", "those"})
COUNTED = {"one": 1, "two": 2}
NEAR = 4                                                        # words that may stand between "the one" and its name
AHEAD = 3                                                       # words between an exception told first and its set

Told = list[tuple[Sentence, list[Noun]]]


@dataclass(frozen=True, slots=True)
class Left:
    """What is left out: ids, a region's word, a bare number, or something that nobody can tell (unclear); words first..last."""

    first: int
    last: int
    ids: tuple[str, ...] = ()
    region: str = ""
    count: int = 0
    unclear: bool = False


def with_exceptions(cursor: Cursor, text: str, told: Told) -> Told:
    """The nouns of every sentence, with what is left out of a set noted on it and the names left out marked as such."""
    done: Told = []
    for sentence, nouns in told:
        here = [piece for noun in nouns for piece in _split(cursor, noun)]
        told_so = any(bead.kind == "except" for bead in cursor.run(sentence.lead, sentence.last))
        if not told_so and BARE.isdisjoint(cursor.said[sentence.lead : sentence.last]):
            done.append((sentence, here))
            continue
        for at in range(sentence.lead, sentence.last):
            bead = cursor.bead(at)
            if bead and bead.kind == "except" and bead.first == at:
                here = _cue(cursor, text, sentence, here, bead, done)
            elif cursor.word(at) in BARE:
                here = _bare(cursor, text, sentence, here, at)
        done.append((sentence, here))
    return done


def _split(cursor: Cursor, noun: Noun) -> tuple[Noun, ...]:
    """ "All but Raja-Jooseppi": the set, and the name that is left out of it."""
    if noun.head != "name" or "but" not in noun.quants:
        return (noun,)
    name = next(i for i in range(noun.first, noun.last) if (b := cursor.bead(i)) is not None and b.kind == "crossing")
    number = None if noun.number == len(noun.named) else noun.number
    whole = Noun(noun.first, name, "point", True, (), noun.named, ("all",), number, noun.of, noun.owner, noun.other, word=noun.word)
    return whole, replace(noun, first=name, quants=(), number=None, of=None, spared=True)


def _cue(cursor: Cursor, text: str, sentence: Sentence, nouns: list[Noun], cue: Bead, done: Told) -> list[Noun]:
    left = _object(cursor, text, sentence, cue.last) or (Left(cue.last, cue.last, count=COUNTED[cue.value]) if cue.value in COUNTED else None)
    if cue.value == "within":
        whole = _owner(nouns, left, cue.first) if left else None
        return [_spare(n, left) for n in nouns] if left and whole is not None and cue.first - nouns[whole].last <= 2 else nouns
    if cue.value in ("after", "told") and (left is None or cue.value == "after"):
        left = _before(nouns, cue)
        if left is None:
            return nouns
        return _leave_out(cursor, nouns, left, left.first, done)
    return _leave_out(cursor, nouns, left, cue.first, done if cue.value == "told" else []) if left else nouns


def _bare(cursor: Cursor, text: str, sentence: Sentence, nouns: list[Noun], at: int) -> list[Noun]:
    """ "Every checkpoint on the border but Salla": right after a set that says it is whole."""
    whole = next((n for n in nouns if at - 1 <= n.last <= at and _is_set(n) and (WHOLES & set(n.quants) or _of_whole(nouns, n))), None)
    left = _object(cursor, text, sentence, at + 1) if whole else None
    return _leave_out(cursor, nouns, left, at, []) if left and not left.unclear else nouns


def _of_whole(nouns: list[Noun], noun: Noun) -> bool:
    """ "Every checkpoint on the Finnish-Russian border": the border stands for the set just before it."""
    at = nouns.index(noun)
    return noun.head == "border" and at > 0 and _is_set(nouns[at - 1]) and noun.first - nouns[at - 1].last <= 1 and bool(
        WHOLES & set(nouns[at - 1].quants))


def _leave_out(cursor: Cursor, nouns: list[Noun], left: Left, cue: int, before: Told) -> list[Noun]:
    """The nouns with the exception noted on its set; unchanged where no set is told that it could belong to."""
    at = _owner(nouns, left, cue)
    if at is None:
        if before and _note_earlier(before, left):
            return [_spare(n, left) for n in nouns]
        return nouns
    owner = nouns[at]
    if "none" in owner.quants:
        return nouns                                            # "no crossing other than Salla is open" tells of Salla
    if owner.head == "border" and at > 0 and _of_whole(nouns, owner):
        at, owner = at - 1, replace(nouns[at - 1], last=owner.last, other=nouns[at - 1].other or owner.other, owner=nouns[at - 1].owner or owner.owner)
        nouns = [*nouns[:at + 1], *nouns[at + 2:]]
    reach = left.first if owner.last <= cue and cue - owner.last <= 1 else owner.last
    noted = replace(_note(owner, left), last=max(owner.last, reach))
    return [noted if i == at else _spare(n, left) for i, n in enumerate(nouns)]


def _note(noun: Noun, left: Left) -> Noun:
    more = tuple(i for i in left.ids if i not in noun.excluded)
    return replace(
        noun, excluded=(*noun.excluded, *more), spare=noun.spare or left.count, beyond=noun.beyond or left.region,
        unclear=noun.unclear or left.unclear)


def _note_earlier(before: Told, left: Left) -> bool:
    """ "All crossings will close. The only exception is Salla.": the set of the sentence before."""
    sentence, nouns = before[-1]
    for at in range(len(nouns) - 1, -1, -1):
        if _is_set(nouns[at]) and WHOLES & set(nouns[at].quants):
            before[-1] = (sentence, [*nouns[:at], _note(nouns[at], left), *nouns[at + 1:]])
            return True
    return False


def _spare(noun: Noun, left: Left) -> Noun:
    return replace(noun, spared=True) if left.first <= noun.first < left.last else noun


def _owner(nouns: list[Noun], left: Left, cue: int) -> int | None:
    """The set that the exception belongs to: one that follows at once, else the nearest before it."""
    ahead = next((i for i, n in enumerate(nouns) if n.first >= left.last), None)
    if ahead is not None and nouns[ahead].first - left.last <= AHEAD and _is_set(nouns[ahead]) and (
        WHOLES & set(nouns[ahead].quants) or nouns[ahead].head == "border"
    ):
        return ahead
    return next((i for i in range(len(nouns) - 1, -1, -1) if nouns[i].last <= cue and _is_set(nouns[i])), None)


def _is_set(noun: Noun) -> bool:
    return noun.head in ("point", "border") and not noun.spared and (noun.plural or noun.head == "border" or bool(WHOLES & set(noun.quants)))


def _before(nouns: list[Noun], cue: Bead) -> Left | None:
    """ "With Raja-Jooseppi the only exception", "Salla excepted": the names just before."""
    named = next((n for n in reversed(nouns) if n.last <= cue.first and n.head == "name" and cue.first - n.last <= 1), None)
    return Left(named.first, named.last, named.named) if named else None


def _object(cursor: Cursor, text: str, sentence: Sentence, at: int) -> Left | None:
    """What is left out, from word `at` on; None where it is no crossing ("except on Sundays", "except for lorries")."""
    first, ones = at, False
    while at < sentence.last:
        bead, word = cursor.bead(at), cursor.word(at)
        if word in ENDS:
            break
        if word in ONES and (word != "one" or cursor.word(at - 1) == "the"):
            ones, at = True, at + 1
        elif word in SMALL or (bead and bead.kind == "quant" and bead.value in ("article", "kind", "only", "last")):
            at += 1
        elif bead and bead.kind == "head" and bead.value == "point" and not ones:
            ones, at = True, bead.last
        else:
            break
    bead = cursor.bead(at)
    if bead and bead.kind == "crossing":
        last, ids = read_list(cursor, sentence, at)
        head = cursor.bead(last)
        return Left(first, head.last if head and head.kind == "head" and head.value == "point" else last, ids)
    if bead and bead.kind == "quant" and cursor.word(bead.first) in ENDS:
        head = cursor.bead(bead.last)
        return Left(first, head.last if head and head.kind in ("head", "number") else bead.last, region=cursor.word(bead.first))
    if bead and bead.kind == "number" and not ones and int(bead.value) < 6:
        head = cursor.bead(bead.last)
        return Left(first, head.last if head and head.kind == "head" else bead.last, count=int(bead.value))
    if ones and at > first:
        name = next((i for i in range(at, min(at + NEAR, sentence.last)) if (b := cursor.bead(i)) is not None and b.kind == "crossing"), None)
        if name is not None:
            last, ids = read_list(cursor, sentence, name)
            return Left(first, last, ids)
        return Left(first, at, unclear=True)
    named = bead is None and at < sentence.last and text[cursor.words[at][0]].isupper()
    return Left(first, at + 1, unclear=True) if named else None
