"""Which crossings a deed is done to: what follows "closes" or "closure of", what stands before "is closed", or what was spoken of last."""

from __future__ import annotations

from pasvik.reading.clause.clause import Clause
from pasvik.reading.clause.subject import SMALL
from pasvik.reading.page.page import Bead, Page, Phrase, Sentence

NEAR = frozenset(
    {
        "down",
        "off",
        "up",
        "fully",
        "completely",
        "all",
        "also",
        "traffic",
        "work",
        "operations",
        "access",
        "at",
        "on",
        "through",
        "across",
        "via",
        "to",
        "the",
        "temporarily",
        "both",
        "again",
        "its",
        "entry",
        "passage",
        "crossing",
        "exit",
        "letting",
        "in",
        "over",
        "of",
        "from",
        "service",
        ",",
    }
)
ROADS = frozenset({"road", "roads", "highway", "motorway", "street", "lane", "track", "route", "bridge", "footpath", "path", "shop", "cafe", "hall", "motel"})
LOCAL_ROADS = frozenset({"road", "highway", "motorway", "street", "stretch", "section", "route", "line"})
LEADING = frozenset({"to", "at", "near", "by", "before", "behind", "beside", "towards", "between", "from", "leading"})
SHORT = 4  # words between "which" and its verb
ASIDES = frozenset({"because", "after", "while", "since", "as", "when"})
LEAN = frozenset(
    {
        "and",
        "or",
        ",",
        "only to",
        "that",
        "which",
        "who",
        "whose",
        "where",
        "but",
        "and then",
        "both",
        "both of which",
        "all of which",
        "so",
        "-",
        ":",
        "(",
        ")",
        "before",
        "as",
    }
)
INSIDE = frozenset({"on", "along", "at", "with", "of", "in", "to", "the", "s", "'", "-"})
JOINS = frozenset({"and", "at", "or", "the", ",", "also"})


def target(page: Page, s: Sentence, cut: list[Clause], clause: Clause, deed: Bead, passive: bool) -> tuple[Phrase, ...]:
    """The crossing phrases a deed is done to; empty when none is told. Several where "there and at Vartius" stand together."""
    after = _meant(page.phrases_in(deed.last, clause.last))
    before = _meant(page.phrases_in(clause.first, deed.first))
    if not passive and any(page.word(i) in ("anything", "everything", "something", "nothing") for i in range(deed.last, deed.last + 2)):
        return ()
    if not passive and _other_object(page, clause, deed):
        return ()
    active = not passive and bool(deed.forms & {"base", "s", "past", "ing", "noun"})
    left_so = "adj" in deed.forms and bool(before) and before[-1].last == deed.first and bool(before[-1].ids)
    along = bool(after) and after[0].how == "border" and bool(before) and before[-1].how == "named" and page.word(deed.last) in ("on", "along", "at")
    if after and active and not left_so and not along and _adjacent(page, deed, after[0]):  # not: "leaves seven open on the border"
        return _joined(page, after, 0)
    named = [
        p
        for p in after
        if (p.how == "anaphor" and page.word(p.first) == "there")
        or (p.how in ("named", "anaphor") and page.word(p.first - 1) in ("at", "through", "via", "in", "on", "across"))
        or (p.how == "named" and "at" in _between(page, deed.last, p.first))
    ]
    if before and (whole := _whole_of(page, s, clause, before[0], deed)):
        return _share_of(page, s, whole)
    before = [p for p in before if not _beside(page, clause, p)]
    if passive and not before and clause.hinge == "that" and clause.number and _cleft(page, cut[clause.number - 1]):
        return ()  # "it was the museum in Nida that was closed"
    if passive and not before and (antecedent := _antecedent(page, cut, clause, deed)):
        return antecedent
    if before and not (named and before[-1].how == "border"):
        if len(before) > 1 and before[-1].how == "border" and before[-2].ids and _led(page, before[-1].first - 1):
            return (before[-2],)  # "Narva, the busiest point on the border, is open"
        return (*_joined_back(page, before), *_along(page, deed, clause, after))
    if named:
        return _joined(page, after, after.index(named[0]))
    if clause.hinge == "which" and deed.first - clause.first <= SHORT and (left := _left(page, cut, clause, deed)):
        return left  # "which will close on Thursday, and Salla"
    if after and (not passive or after[0].how in ("anaphor", "border") or not clause.number or after[0].first == deed.last):
        return _joined(page, after, 0)
    return _left(page, cut, clause, deed)


def _whole_of(page: Page, s: Sentence, clause: Clause, phrase: Phrase, deed: Bead) -> Bead | None:
    """The "two" of "Of six crossings two are open": only they are spoken of, not the six."""
    opens = page.word(phrase.first - 1) if page.word(phrase.first) != "of" else "of"
    if opens != "of" or phrase.first - s.lead > 2 or phrase.how == "named" or page.word(phrase.first - 2) in ("one", "two", "all", "none"):
        return None
    return next(iter(page.beads_in(phrase.last, deed.first, "number")), None)


def _share_of(page: Page, s: Sentence, number: Bead) -> tuple[Phrase, ...]:
    """The crossings named behind "two are open", where they are as many."""
    named = [p for p in page.phrases_in(number.last, s.last) if p.how == "named" and len(p.ids) == int(number.value)]
    return (named[0],) if named else ()


def _led(page: Page, at: int) -> bool:
    """Whether the word here leads into a border that only says where: "on the border", "the Estonian border"."""
    bead = page.bead_at(at)
    return page.word(at) in INSIDE or (bead is not None and bead.kind == "country")


def _meant(phrases: list[Phrase]) -> list[Phrase]:
    """The phrases without those that are left out of a set, where there is anything else."""
    return [p for p in phrases if not p.spared]


def _antecedent(page: Page, cut: list[Clause], clause: Clause, deed: Bead) -> tuple[Phrase, ...]:
    """ "the only checkpoint in the region that can be used": what a relative clause hangs on, over "in the region"."""
    if clause.hinge not in ("which", "that") or not clause.number or deed.first - clause.first > 5:
        return ()
    left = cut[clause.number - 1]
    phrases = [p for p in page.phrases_in(left.first, left.last) if p.ids]
    if not phrases or page.beads_in(phrases[-1].last, left.last, "act", "say", "op") or left.last - phrases[-1].last > 5:
        return ()
    return (phrases[-1],)


def _cleft(page: Page, left: Clause) -> bool:
    """ "It was the museum in Nida": something that stands at a crossing, and not the crossing."""
    phrases = [p for p in page.phrases_in(left.first, left.last) if p.how == "named"]
    return bool(phrases) and page.word(left.first) == "it" and page.word(left.first + 1) in ("is", "was") and _beside(page, left, phrases[-1])


def _along(page: Page, deed: Bead, clause: Clause, after: list[Phrase]) -> tuple[Phrase, ...]:
    """ "It was shut together with Vaalimaa and Imatra": the names that share what is done to it."""
    along = next((b for b in page.beads_in(deed.last, clause.last, "along")), None)
    return tuple(p for p in after if along and p.how == "named" and 0 <= p.first - along.last <= 1)


def _other_object(page: Page, clause: Clause, deed: Bead) -> bool:
    """ "is going to close the east wing": the deed is done to something that is no crossing."""
    if (
        not deed.forms & {"base", "s", "past", "ing"}
        or "noun" in deed.forms
        or page.word(deed.last) not in ("the", "a", "an", "its", "his", "her", "our", "their")
    ):
        return False
    if _stands_by(page, clause, deed):
        return True
    ahead = page.beads_in(deed.last, min(deed.last + 7, clause.last))
    road = next((i for i in range(deed.last + 1, min(deed.last + 4, clause.last)) if page.word(i) in ROADS), None)
    if road is not None and page.word(road + 1) in LEADING and page.phrase_over(road) is None:
        return True  # "will close the road to the Salla crossing"
    if (
        page.phrase_over(deed.last)
        or any(b.kind in ("head", "crossing", "thing", "order", "time") for b in ahead)
        or page.phrases_in(deed.last, clause.last)
    ):
        return False
    return page.word(deed.last + 1) not in ("same", "next", "following", "day", "morning", "evening", "night", "latter", "rest", "moment")


def _stands_by(page: Page, clause: Clause, deed: Bead) -> bool:
    """ "Will open a new office near the Vartius crossing": what is opened stands at a crossing and is none."""
    phrase = next(iter(page.phrases_in(deed.last + 1, clause.last)), None)
    if phrase is None or phrase.how != "named" or page.word(phrase.first - 1) not in ("near", "at", "in", "by", "outside", "behind", "opposite", "beside"):
        return False
    words = range(deed.last + 1, phrase.first - 1)
    known = page.beads_in(deed.last, phrase.first - 1, "head", "thing", "order", "act", "way", "time", "who", "move")
    return not known and any((b := page.bead_at(i)) is None or b.kind in ("other", "place", "role") for i in words)


def _beside(page: Page, clause: Clause, phrase: Phrase) -> bool:
    """ "The shop next to the Narva crossing", "a hotel at Vaalimaa": something else stands there, and is what opens or closes."""
    at = phrase.first - 1
    word = page.word(at)
    if _names_road(page, clause, phrase):
        return True
    if word in ("near", "beside", "outside", "behind", "opposite", "by", "around", "towards", "toward") or (word == "to" and _led_to(page, clause, at)) or (
        word == "to" and page.word(at - 1) in ("next", "close")
    ):
        return at > clause.first
    if at == clause.first + 1 and word in ("at", "in"):
        return page.bead_at(clause.first) is None and page.word(clause.first).isalpha() and page.word(clause.first) not in SMALL  # "shops in Imatra"
    if word not in ("at", "in", "of") or at <= clause.first + 1:
        return False
    said = page.beads_in(clause.first, phrase.first)
    return not any(
        b.kind in ("thing", "act", "op", "way", "group", "time", "say", "number", "order") for b in said
    ) and not any(p.ids and p.how != "anaphor" for p in page.phrases_in(clause.first, at))


def _names_road(page: Page, clause: Clause, phrase: Phrase) -> bool:
    """ "The road Värska–Koidula", "the Narva–Tallinn highway": a road named by its ends is closed or open, and no crossing is."""
    if phrase.how != "named" or any(b.kind == "head" and b.value == "point" for b in page.beads_in(phrase.first, phrase.last)):
        return False
    at = phrase.first - 1
    before = page.word(at - 2 if page.word(at) == "-" and at - 2 >= clause.first else at)
    end = phrase.last + 2 if page.word(phrase.last) == "-" else phrase.last
    return before in LOCAL_ROADS or page.word(end) in LOCAL_ROADS


def _led_to(page: Page, clause: Clause, at: int) -> bool:
    """ "The road to Storskog", "trains to Vainikkala": what leads there is closed or stops, and it is not the crossing."""
    before = page.bead_at(at - 1)
    if before is not None and before.kind == "thing":
        return before.value.startswith("rail")
    unknown = page.word(at - 1).isalpha() and before is None and at - 1 > clause.first
    return unknown or (before is not None and before.kind == "head" and before.value == "road")


def _adjacent(page: Page, deed: Bead, phrase: Phrase) -> bool:
    """Whether only small words stand between the deed and the phrase."""
    between = _between(page, deed.last, phrase.first)
    return len(between) <= 5 and all(word in NEAR for word in between)


def _between(page: Page, first: int, last: int) -> list[str]:
    return [page.word(i) for i in range(first, last)]


def _joined(page: Page, phrases: list[Phrase], at: int) -> tuple[Phrase, ...]:
    """A phrase and those that "and", "or" hang onto it."""
    found = [phrases[at]]
    for phrase in phrases[at + 1 :]:
        between = _between(page, found[-1].last, phrase.first)
        if not between or not all(word in JOINS for word in between) or between == [","]:
            break
        found.append(phrase)
    return tuple(found)


def _joined_back(page: Page, phrases: list[Phrase]) -> tuple[Phrase, ...]:
    found = [phrases[-1]]
    for phrase in reversed(phrases[:-1]):
        between = _between(page, phrase.last, found[0].first)
        if not between or not all(word in JOINS for word in between) or between == [","]:
            break
        found.insert(0, phrase)
    return tuple(found)


def _left(page: Page, cut: list[Clause], clause: Clause, deed: Bead) -> tuple[Phrase, ...]:
    """The crossings of the clause that this one leans on."""
    number, hinge = clause.number, clause.hinge
    aside = hinge in ("and", ",", "but", "and then") or page.word(deed.first - 1) in (
        "and",
        "but",
        "then",
    )  # "was closed because of a threat, and reopened": past the aside
    while number > 0 and (hinge in LEAN or (aside and hinge in ASIDES)):
        left = cut[number - 1]
        phrases = page.phrases_in(left.first, left.last)
        resumed = clause.hinge == "," and left.number < clause.number - 1  # "all but Salla, which stays open, will close"
        if phrases and hinge in ("which", "who", "where") and not resumed:
            return (phrases[-1],)
        if phrases := [p for p in _meant(phrases) if not _beside(page, left, p)]:
            return _joined_back(page, phrases)
        number, hinge = left.number, left.hinge
    return ()


def topic(page: Page, s: Sentence, before: int, reach: int = 2) -> tuple[Phrase, ...]:
    """The crossings spoken of last before a word, in this sentence or the ones just before it in the same stretch of text."""
    for number in range(s.number, max(-1, s.number - reach - 1), -1):
        if number < 0:
            break
        there = page.sentences[number]
        if there.ask and number < s.number:
            continue  # a question spoke of them, and told nothing
        phrases = [p for p in page.phrases_in(there.first, min(there.last, before)) if p.ids and p.how != "border" and not p.spared]
        if phrases:
            return () if _of_another_state(page, s, phrases[-1]) else (phrases[-1],)
    return ()


def _of_another_state(page: Page, s: Sentence, phrase: Phrase) -> bool:
    """Whether a sentence speaks of states of which none lies at the crossing: "Helsinki mulls a ban", after a line on Kybartai."""
    named = {b.value for b in page.beads_in(s.first, s.last, "country", "body", "office")} - {"RU", "BY", "XX", "EU", "UN"}
    return bool(named and phrase.border and not named & set(phrase.border.split("-")))


def ids_of(phrases: tuple[Phrase, ...]) -> tuple[str, ...]:
    """All crossings of some phrases, sorted; empty when one of them is not resolved."""
    if any(not p.ids for p in phrases):
        return ()
    return tuple(sorted({i for p in phrases for i in p.ids}))


def border_of_all(phrases: tuple[Phrase, ...]) -> str | None:
    """The one border of some phrases, or None where they have several."""
    borders = {p.border for p in phrases}
    return next(iter(borders)) if len(borders) == 1 else None
