"""Finds what people do or suffer in a sentence: they came, wait, were taken, were turned back; and cuts the sentence between these deeds."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pasvik.reading.clause.clause import Clause
from pasvik.reading.page.cursor import Cursor
from pasvik.reading.page.page import Bead, Page, Sentence

CROSSES = frozenset({
    "crossed", "cross", "passed", "pass", "passes", "use", "uses", "cleared", "clear", "clears", "processed", "process", "handled",
    "handle", "handles", "processes", "drive", "ride", "walk", "get"
})
SEEKS = frozenset({
    "sought", "lodged", "submitted", "filed", "applied", "apply", "applies", "applying", "asked", "ask", "asks", "asking",
    "requested", "request", "requesting", "claimed", "claim", "claiming", "seek", "seeks", "seeking", "lodge", "lodging", "made"
})
APPLIED = frozenset({"at", "there", "in", "on", ".", ",", "since", "during", "yesterday", "last", "this"})   # "400 applied at Salla"
ARTICLES = frozenset({"a", "an", "the", "this", "their", "its", "his"})     # "in a camp" is no camping
TAKES = frozenset({"take", "takes", "taken", "taking", "took", "let", "lets", "letting"})
BILLS = frozenset({"a", "an", "the", "by", "on", "its", "their", "to"})      # "travellers passed a law", "passed the bill"
AWAY = frozenset({"home"})
TURNS = frozenset({"turned", "turns"})                           # "turned 19 people back"
LEAVES = frozenset({"left", "leaves", "exited"})
SPLIT = 9                                                       # words between "turned" and "back"
STAYS = frozenset({"stay", "stays", "stayed", "remain", "remains", "remained"})
STAYS_IN = frozenset({"in", "at", "on", "before", "near", "behind", "there", "outside", "put", "overnight"})
STOPPED = frozenset({"stopped", "stop", "stops", "stopping", "halted"})      # of people and attempts, not of traffic
HELD_AT = frozenset({"there", "at", "up", "in", "on", "back", "for"})
WEAK = frozenset({"and", "or", ","})
TIMES = frozenset({"before", "after", "since", "until", "than", "as"})  # hinges only where a deed follows: "before Salla", "since morning"
OBJECTS = frozenset({"keep", "receive", "refuse", "transfer", "back", "foil", "count"})     # deeds done to people, where the verb is active
DEFINES = frozenset({"of"})
PRONOUNS = frozenset({"they", "he", "she", "we", "it", "these"})
OPENERS = frozenset({"as", "because", "since", "although", "though", "while", "when"})      # "As they had no papers, | they were sent back"


@dataclass(frozen=True, slots=True)
class Event:
    """A deed: arrive wait transfer back foil return leave offer stay count cross receive refuse apply. tried: it was only tried."""

    bead: Bead
    deed: str
    tried: bool = False

    @property
    def first(self) -> int:
        """Its first word."""
        return self.bead.first

    @property
    def last(self) -> int:
        """The word after it."""
        return self.bead.last


def events(page: Page, cursor: Cursor, s: Sentence) -> list[Event]:
    """All deeds of a sentence in order of place."""
    found: list[Event] = []
    at = s.lead
    while at < s.last:
        bead = cursor.bead(at)
        event = _event(page, cursor, s, bead, at)
        if event and event.last <= s.last and not _in_name(page, event) and not _vain(cursor, found, event):
            found.append(event)
        at = bead.last if bead and bead.last > at else at + 1
    return [e for e in found if e.deed != "vain"]


def _event(page: Page, cursor: Cursor, s: Sentence, bead: Bead | None, at: int) -> Event | None:
    word = cursor.word(at)
    seeks = word in SEEKS and (not bead or bead.kind in ("act", "op", "say", "group", "folk", "object"))
    if seeks and (_asylum_after(cursor, bead.last if bead else at + 1) or (bead and _asylum_in(page, bead))):
        return _applied(page, bead, at)
    if bead is None or bead.kind == "skip":
        split = word in TURNS and any(cursor.word(i) in ("back", "away", "round", "around") for i in range(at + 2, min(at + SPLIT, s.last)))
        start, end, _ = page.words[at]
        return Event(Bead("move", "refuse", at, at + 1, start, end, frozenset({"past"})), "refuse") if split and bead is None else _skipped(bead, word)
    if word in LEAVES and (after := cursor.bead(bead.last)) and after.kind == "country" and "name" in after.forms and bead.kind in ("op", "way"):
        return Event(replace(bead, forms=frozenset({"past"})), "cross")             # "210 cars left Poland through Terespol"
    if bead.kind == "group" and word == "registered":
        return Event(Bead("move", "count", bead.first, bead.last, bead.start, bead.end, frozenset({"past"})), "count")
    if bead.kind == "move":
        return None if bead.forms <= {"base"} and cursor.word(at - 1) in ARTICLES else _moved(cursor, bead, word)
    if word == "passed" and bead.kind == "op" and cursor.word(bead.last) not in BILLS and (who := cursor.bead(at - 1)) and who.kind in ("folk", "thing"):
        return Event(replace(bead, forms=frozenset({"past"})), "cross")
    if bead.kind == "op" and word in STAYS and cursor.word(at - 1) == "there" and _is_number(cursor, bead.last):
        return Event(replace(bead, forms=frozenset({"base"})), "wait")             # "there remain about 40 people at Salla"
    if word == "applied" and bead.kind == "act" and cursor.word(bead.last) in APPLIED:
        return Event(bead, "apply")
    if bead.kind == "act" and bead.value == "admit":
        return _admitted(cursor, bead, word)
    if bead.kind == "act" and bead.value == "stop" and word in STOPPED:
        return Event(bead, "foil")
    if bead.kind == "act" and bead.value == "refuse" and not bead.forms <= {"noun"} and word not in ("reject", "unable", "able"):
        return Event(bead, "refuse")
    if bead.kind == "op" and word in STAYS and cursor.word(bead.last) in STAYS_IN:
        return Event(bead, "stay")
    return None


def _skipped(bead: Bead | None, word: str) -> Event | None:
    """"crossed the border", which other readers pass over."""
    if bead is None or word != "crossed":
        return None
    return Event(Bead("move", "cross", bead.first, bead.first + 1, bead.start, bead.start + len(word), frozenset({"past"})), "cross")


def _applied(page: Page, bead: Bead | None, at: int) -> Event:
    """"asked for asylum": the deed of a word that is no deed elsewhere."""
    if bead and bead.forms & {"base", "s", "past", "ing"}:
        return Event(bead, "apply")
    start, end, word = page.words[at]
    form = "past" if word.endswith(("ed", "t")) or word == "made" else "ing" if word.endswith("ing") else "base"
    return Event(Bead("move", "apply", at, at + 1, start, end, frozenset({form})), "apply")


def _moved(cursor: Cursor, bead: Bead, word: str) -> Event | None:
    if bead.value == "arrive" and word.startswith(("come", "came")) and cursor.word(bead.last) == "to" and _is_number(cursor, bead.last + 1):
        return None                                             # "the queue came to 300"
    if bead.value == "use":
        named = (after := cursor.bead(bead.last)) is not None and after.kind == "crossing"
        return Event(bead, "cross") if named or cursor.word(bead.last) in ("the", "by", "this", "it") else None
    if bead.value == "hold" and (bead.forms == {"s"} or word == "still"):
        return Event(bead, "keep")
    if bead.value == "hold":
        return Event(bead, "wait") if cursor.word(bead.last) in HELD_AT or cursor.word(bead.last - 1) == "waiting" else None
    if word in ("line", "lines") and cursor.word(bead.last).isdigit():
        return None                                             # "lines 801 and 803" of a coach company
    if bead.value == "stand":
        return Event(bead, "wait")
    if bead.value == "try":
        return Event(bead, "vain") if "noun" in bead.forms else Event(bead, "arrive", tried=True)
    if bead.value == "take" or (bead.value == "transfer" and word in TAKES):
        return _taken(cursor, bead, word)
    if bead.value == "seek":
        return Event(bead, "apply")
    if bead.value == "settle":
        return Event(bead, "stay")
    if bead.value == "return" and cursor.word(bead.first) == "returned" and cursor.word(bead.first - 1) in ("were", "was", "been", "being"):
        return Event(bead, "back")
    return Event(bead, bead.value)


def _is_number(cursor: Cursor, at: int) -> bool:
    """Whether a number, or a word such as "about" before one, stands here."""
    bead = cursor.bead(at)
    return bead is not None and bead.kind in ("number", "approx", "vague")


def _admitted(cursor: Cursor, bead: Bead, word: str) -> Event | None:
    if word in SEEKS:
        return Event(bead, "apply")
    if word in CROSSES:
        return Event(bead, "cross")
    if word in TAKES and bead.last - bead.first == 1:
        return _taken(cursor, bead, word)
    return Event(bead, "receive")


def _taken(cursor: Cursor, bead: Bead, word: str) -> Event | None:
    """"taken in" is received, "taken to" is moved."""
    ahead = [cursor.word(i) for i in range(bead.last, bead.last + 6)]
    if word in ("let", "lets", "letting") and any(cursor.word(i) in AWAY for i in range(bead.last, bead.last + 7)):
        return None                                             # "letting 300 people go home"
    if ahead[0] in ("in", "up") or word in ("let", "lets", "letting"):
        return Event(bead, "receive")
    return Event(bead, "transfer") if {"to", "back", "from"} & set(ahead) else None


def _asylum_in(page: Page, bead: Bead) -> bool:
    """"apply for asylum", where other readers mark the words as one."""
    return page.low[bead.start:bead.end].endswith((" asylum", " protection"))


def _asylum_after(cursor: Cursor, at: int) -> bool:
    """"for asylum", "international protection", "an asylum application" within a few words."""
    if "for" in (cursor.word(at), cursor.word(at - 1)) and "protection" in (cursor.word(at), cursor.word(at + 1)):
        return True
    for index in range(at, at + 4):
        bead = cursor.bead(index)
        if bead and ((bead.kind == "thing" and bead.value == "asylum") or (bead.kind == "folk" and bead.value == "application")):
            return True
        if cursor.word(index) in (".", ",", ";", "and"):
            return False
    return False


def _in_name(page: Page, event: Event) -> bool:
    """Part of a crossing phrase: "the waiting area of the checkpoint" aside, deeds are not in names."""
    phrase = page.phrase_over(event.first)
    return phrase is not None and phrase.last > event.last


def _vain(cursor: Cursor, found: list[Event], event: Event) -> bool:
    """"tried to | cross" is one deed; "unable to | cross" is none."""
    last = found[-1] if found else None
    return bool(last and (last.tried or last.deed == "vain") and event.first - last.last <= 1)


def parts(page: Page, s: Sentence, deeds: list[Event]) -> list[Clause]:
    """The clauses of a sentence by these deeds: a comma or an "and" cuts only between two of them, stronger hinges always."""
    cuts: list[tuple[int, int, str]] = []
    for index in range(s.lead, s.last):
        word = page.words[index][2]
        if word in (",", "(", ")", ";") or (word == ":" and not page.word(index + 1).isdigit()) or (word == "-" and _spaced(page, index)):
            cuts.append((index, index + 1, word))
    hinges = [b for b in page.beads_in(s.lead, s.last, "hinge", "op") if b.kind == "hinge" or b.value == "after"]
    cuts += [(b.first, b.last, page.low[b.start:b.end]) for b in hinges]
    return _weighed(page, s, deeds, sorted(c for c in cuts if not _inside(page, c[0]) and not _no_hinge(page, c)))


def _no_hinge(page: Page, cut: tuple[int, int, str]) -> bool:
    """"have since left", "before Salla", "as many": no new clause begins there."""
    at, rest, word = cut
    if word == "since" and page.word(at - 1) in ("have", "has", "had"):
        return True
    phrase = page.phrase_over(rest)
    if word not in TIMES or phrase is None or phrase.first != rest or phrase.how == "anaphor":
        return False
    return not page.beads_in(phrase.last, phrase.last + 2, "act")


def _weighed(page: Page, s: Sentence, deeds: list[Event], cuts: list[tuple[int, int, str]]) -> list[Clause]:
    places = [e.first for e in deeds]
    found: list[Clause] = []
    first, hinge = s.lead, ""
    for at, rest, word in cuts:
        if at < first:
            continue
        upto = next((a for a, _, w in cuts if a > at and w not in WEAK), s.last)
        if word in TIMES and not (any(rest <= d < upto for d in places) or page.beads_in(rest, upto, "act")):
            continue
        turned = word == "," and page.word(rest) in PRONOUNS and page.word(first - 1) in OPENERS
        if word in WEAK and not turned and not (any(first <= d < at for d in places) and any(rest <= d < upto for d in places)):
            continue
        if at > first:
            found.append(Clause(first, at, hinge, len(found)))
        first, hinge = rest, word
    if first < s.last:
        found.append(Clause(first, s.last, hinge, len(found)))
    return found


def _inside(page: Page, index: int) -> bool:
    phrase = page.phrase_over(index)
    return phrase is not None and phrase.first < index < phrase.last - 1


def _spaced(page: Page, index: int) -> bool:
    start, end, _ = page.words[index]
    return page.low[start - 1:start] == " " and page.low[end:end + 1] == " "
