"""Finds every number of people, vehicles, applications or crossings in a sentence, and leaves kilometres, money and checkpoints alone."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pasvik.reading.page.cursor import Cursor
from pasvik.reading.page.page import Bead, Page, Phrase, Sentence
from pasvik.reading.people.noun import is_adjective, joined, noun_of
from pasvik.reading.people.numeral import ONES, TENS, Numeral, numeral
from pasvik.terms.claim import Number

# A word right after a bare number with which "16 were accepted" and "580 at Benyakoni" go on.
GOES_ON = frozenset({
    "at", "to", "in", "from", "through", "via", "on", "were", "was", "are", "have", "had", "has", "did", "more", "who", "of", "a",
    "per", "during", "there", "came", "and", "so", "by", "into", "across", "crossed", "also", "over", "since", "this", "last",
    "yesterday", "today", "the", "an", "arrived", "each", "being", "daily", "but", "between", "near", "still", "then", "later",
    "after", "before", "within", "along", "put", "would", "will"
})
BEFORE_NO_COUNT = frozenset({
    "no", "nr", "nos", "section", "sections", "article", "articles", "paragraph", "chapter", "page", "flight", "highway", "route",
    "aged", "number", "item", "items", "version", "covid", "#", "§", "№", "nato", "eu", "g", "point", "phase", "order", "notice",
    "advisory", "line", "lines", "train", "trains", "flights", "ae", "form", "tram", "population",
    "bus", "coach", "car", "lorry", "truck", "van", "convoy", "ferry", "wagon"
})
# Words before a number of people for whom there is room, and who need not have come.
ROOM = frozenset({"capacity", "quota", "limit", "maximum", "ceiling", "norm", "target", "cap", "room", "beds", "record", "designed", "built"})
PERSONAL = frozenset({"they", "them", "all of them", "these people", "those"})
PLAIN = frozenset({
    "people", "foreigners", "men", "families", "applicants", "seekers", "persons", "asylum seekers", "nationals", "children",
    "women"
})
STARTS = frozenset({"approx", "vague", "op", "quant", "who", "thing", "folk", "skip", "number"})
BEFORE = {"over": "over", "about": "about", "around": "about"}
LEADS = frozenset({"some", "between", "only", "hardly"})
MOST_ADJECTIVES = 6
CROWD_OF_CROSSINGS = 30                                         # "4,303 crossings" are journeys, "eight crossings" are places
CLOCK = 24  # hours of a day


@dataclass(frozen=True, slots=True)
class Amount:
    """A number of somebody or something over words first..last.

    noun: people, asylum, vehicle, application, crossing, attempt, nation, group, or "" where the number stands alone.
    how: counted, plain ("migrants"), part ("894 of them"), pointed ("they"), vague ("dozens"). change: "rose to 41".
    """

    first: int
    last: int
    number: Number
    noun: str
    how: str = "counted"
    zero: bool = False
    change: bool = False

    @property
    def vehicles(self) -> bool:
        """Whether vehicles are counted."""
        return self.noun == "vehicle"


def amounts(page: Page, cursor: Cursor, s: Sentence) -> list[Amount]:
    """All amounts of a sentence in order of place."""
    found: list[Amount] = []
    at = s.lead
    while at < s.last:
        amount = _amount(page, cursor, s, at) if _may_start(cursor, at) else None
        if amount and amount.last <= s.last:                      # words over a line break are no number
            found.append(amount)
        at = amount.last if amount else at + 1
    return found


def _may_start(cursor: Cursor, at: int) -> bool:
    """A cheap look at a word: digits, a number in words, or a bead that an amount can begin with."""
    bead, word = cursor.on[at], cursor.words[at][2]
    if bead is not None and (bead.first != at or (bead.kind == "op" and bead.value != "no")):
        return False                                            # inside a bead nothing starts, and of the senses only "no" counts nobody
    return (bead is not None and bead.kind in STARTS) or word[0].isdigit() or word in ONES or word in TENS or word in ("a", "half")


def _amount(page: Page, cursor: Cursor, s: Sentence, first: int) -> Amount | None:
    bead = cursor.bead(first)
    if bead and ((bead.kind in ("time", "crossing", "skip") and not _close_to(page, bead)) or bead.first != first):
        return None
    start, lean = _lean(page, cursor, first)
    vague = cursor.bead(start)
    if vague and vague.kind == "vague":
        return _named(page, cursor, s, Amount(first, vague.last, Number(None, approx=True), "", "vague"))
    zero = _zero(page, cursor, first)
    if zero:
        return _named(page, cursor, s, zero)
    low = _number_at(page, start, s.last)
    if low is None or not _countable(page, cursor, s, first, low):
        return None if start > first else _unnumbered(page, cursor, s, first)
    return _counted(page, cursor, s, first, low, lean)


def _close_to(page: Page, bead: Bead) -> bool:
    return page.low[bead.start:bead.end] == "close to"


def _lean(page: Page, cursor: Cursor, first: int) -> tuple[int, str]:
    """(word after the leading words, about, over, under or "") for "some", "more than", "another", "up to"."""
    at, lean = first, BEFORE.get(cursor.word(first - 1), "")      # "Since August over 500": the calendar took the "over"
    while (bead := cursor.bead(at)) and (bead.kind == "approx" or _close_to(page, bead) or (cursor.word(at) in LEADS and at == bead.first)):
        word = page.low[bead.start:bead.end]
        value = bead.value if bead.kind == "approx" else "about" if word in ("some", "close to", "hardly") else ""
        lean = value if value not in ("plain", "") else lean
        at = bead.last if bead.kind in ("approx", "skip") else at + 1
    return (at, lean) if at == first or cursor.word(at) != "between" else (at + 1, lean)


def _countable(page: Page, cursor: Cursor, s: Sentence, first: int, number: Numeral) -> bool:
    """Whether a number may be a number of people: not inside a crossing phrase or a time, nor after "section"."""
    bead, before = cursor.bead(number.first), cursor.word(first - 1)
    if bead and bead.kind in ("time", "crossing"):
        return False
    phrase = page.phrase_over(number.first)
    if phrase and phrase.first < phrase.last - 1 and not _journeys(cursor, number, s.last) and not _listed(cursor, number, phrase):
        return False
    whole = cursor.bead(first - (3 if cursor.word(first - 2) == "out" else 2)) if before == "of" else None
    if whole is not None and whole.kind == "head":
        return False                                            # "four points of six"
    ratio = before == "in" and (cursor.word(first - 2) in ONES or cursor.word(first - 2).isdigit())       # "one in ten"
    roomy = bool({cursor.word(i) for i in range(first - 3, first)} & ROOM) and before in ("of", "for", "is", "was", ":", "to", "at")
    return not ratio and not roomy and (before not in BEFORE_NO_COUNT or first == s.lead)


def _listed(cursor: Cursor, number: Numeral, phrase: Phrase) -> bool:
    """"51 reached Salla today, 24 Vartius": a number and a name after a comma."""
    name = cursor.bead(number.last)
    alone = name is not None and name.kind == "crossing" and (number.first, name.last) == (phrase.first, phrase.last)
    return alone and cursor.word(number.first - 1) in (",", ";")


def _journeys(cursor: Cursor, number: Numeral, end: int) -> bool:
    """"4,303 crossings": too many to be places."""
    heads = [b for i in range(number.last, min(number.last + 3, end)) if (b := cursor.bead(i)) and b.kind == "head"]
    return bool(heads) and number.value > CROWD_OF_CROSSINGS


def _number_at(page: Page, start: int, end: int) -> Numeral | None:
    return numeral(page.word, lambda i: 0 < i < len(page.words) and page.words[i - 1][1] == page.words[i][0], start, end)


def _counted(page: Page, cursor: Cursor, s: Sentence, first: int, low: Numeral, lean: str) -> Amount | None:
    """The amount of a number: alone, as a range, or "rose from 12 to 20"."""
    high = _range(page, cursor, s, low)
    change = _changes(page, cursor, s, first)
    if high and not (change and cursor.word(first - 1) == "from"):
        number, last = Number(None, low.value, high.value), high.last
    elif high:
        number, last = Number(high.value), high.last
    else:
        number, last = _number(low.value, lean), low.last
    if cursor.word(last) == "or" and cursor.word(last + 1) in ("so", "more"):
        number, last = replace(number, approx=True), last + 2
    named = _named(page, cursor, s, Amount(first, last, number, "", change=change))
    single = named is not None and not named.noun and not low.digits and low.value == 1
    return None if single and named and named.how != "part" and page.word(named.last) != "," else named


def _number(value: int, lean: str) -> Number:
    return Number(value, value if lean == "over" else None, value if lean == "under" else None, lean == "about")


def _range(page: Page, cursor: Cursor, s: Sentence, low: Numeral) -> Numeral | None:
    """35-41, 35 to 41, between 35 and 41, two or three."""
    glue = cursor.word(low.last)
    between = cursor.word(low.first - 1) == "between"
    if glue not in ("-", "to", "or") and not (glue == "and" and between):
        return None
    bead = cursor.bead(low.last + 1)
    high = None if bead and bead.kind in ("time", "crossing") else _number_at(page, low.last + 1, s.last)
    return high if high and high.value > low.value else None


def _changes(page: Page, cursor: Cursor, s: Sentence, first: int) -> bool:
    """Whether "rose", "fell", "up" stands shortly before."""
    return any((b := cursor.bead(i)) is not None and b.kind == "change" for i in range(max(s.lead, first - 5), first))


def _zero(page: Page, cursor: Cursor, first: int) -> Amount | None:
    """Nobody, no one, none, not a single, no asylum seekers (only with a noun)."""
    bead = cursor.bead(first)
    if not bead or bead.kind not in ("op", "quant") or bead.first != first:
        return None
    word = page.low[bead.start:bead.end]
    if word == "not" and [cursor.word(bead.last + i) for i in range(2)] in (["a", "single"], ["one", "single"]):
        return Amount(first, bead.last + 2, Number(0), "", zero=True)
    if word == "not" and cursor.word(bead.last) == "one" and cursor.word(bead.last + 1) != "of":
        return Amount(first, bead.last + 1, Number(0), "", zero=True)
    if word in ("nobody", "no one"):
        return Amount(first, bead.last, Number(0), "people", zero=True)
    if word == "none of":
        return Amount(first, bead.last - 1, Number(0), "", zero=True)
    return Amount(first, bead.last, Number(0), "", zero=True) if word in ("none", "no") else None


def _named(page: Page, cursor: Cursor, s: Sentence, amount: Amount) -> Amount | None:
    """The amount with its noun, or None where it counts something else."""
    if amount.zero and amount.noun:
        return amount
    at = amount.last
    if cursor.word(at) == "of" and (part := _part(page, cursor, s, amount, at)):
        return part
    for index in range(at, min(at + MOST_ADJECTIVES, s.last)):
        bead = cursor.bead(index)
        if bead and bead.kind == "unit":
            return None
        if noun := noun_of(page, cursor, index):
            return _with_noun(page, cursor, s, amount, index, noun)
        if bead and bead.kind == "head":
            return _crossings(amount, bead)
        if not is_adjective(cursor, index) and not _both_kinds(cursor, index, s.last):
            break
    return amount if _stands_alone(page, cursor, s, amount) else None


def _both_kinds(cursor: Cursor, index: int, end: int) -> bool:
    """The "and" of "inbound and outbound crossings", "men and women" aside: an adjective stands on each side of it."""
    if cursor.word(index) not in ("and", "or", "/") or not (is_adjective(cursor, index - 1) and is_adjective(cursor, index + 1)):
        return False
    return any((b := cursor.bead(i)) and b.kind in ("head", "folk", "thing") for i in range(index + 2, min(index + 4, end)))


def _with_noun(page: Page, cursor: Cursor, s: Sentence, amount: Amount, index: int, noun: str) -> Amount:
    """Take in "asylum | seekers" and "foreign | citizens | of Somalia"."""
    bead = cursor.bead(index)
    last = bead.last if bead else index + 1
    while last < s.last and (more := noun_of(page, cursor, last)):
        noun = joined(noun, more)
        bead = cursor.bead(last)
        last = bead.last if bead else last + 1
    if noun == "group" and amount.how == "counted":             # three families are not three people
        return replace(amount, last=last, noun=noun, number=Number(None, approx=True), how="vague")
    return replace(amount, last=last, noun=noun)


def _crossings(amount: Amount, head: Bead) -> Amount | None:
    """"4,303 crossings": the head noun counts journeys where there are too many of them for places."""
    count = amount.number.count
    if head.value == "point" and "pl" in head.forms and count and count > CROWD_OF_CROSSINGS:
        return replace(amount, last=head.last, noun="crossing")
    return None


def _part(page: Page, cursor: Cursor, s: Sentence, amount: Amount, of: int) -> Amount | None:
    """"894 of them", "Twelve of the thirty", "none of the 35 asylum seekers"."""
    at = of + 1
    word = cursor.word(at)
    if word in ("them", "these", "those", "whom") and not noun_of(page, cursor, at + 1):
        return replace(amount, last=at + 1, how="part")
    among = _number_at(page, at, s.last)                        # "12 of 96 lorries"
    if word not in ("the", "these", "those", "its", "their") and not among:
        return None
    whole = among or _number_at(page, at + 1, s.last)
    last = whole.last if whole else at + 1
    named = _named(page, cursor, s, Amount(amount.first, last, amount.number, "", "part", amount.zero))
    return named if named and (named.noun or whole) and named.noun != "crossing" else None


def _of_clock(cursor: Cursor, amount: Amount) -> bool:
    """ "From 7 to 23", "from eight to eight", "until five": hours of the day, where nobody is named that is counted."""
    value = amount.number.count if amount.number.count is not None else amount.number.max
    before = cursor.word(amount.first - 1)
    began = before == "to" and any(cursor.word(i) == "from" for i in (amount.first - 3, amount.first - 2))
    ends = cursor.word(amount.last) == "to" or amount.number.max is not None
    return not amount.change and value is not None and value <= CLOCK and (began or before in ("until", "till") or (before == "from" and ends))


def _stands_alone(page: Page, cursor: Cursor, s: Sentence, amount: Amount) -> bool:
    """A number without a noun: "16 were accepted", "dozens to Niirala"."""
    if _of_clock(cursor, amount):
        return False
    at, number = amount.last, amount.number
    word, bead = cursor.word(at), cursor.bead(at)
    if amount.zero:
        text = page.low[page.words[amount.first][0]:page.words[amount.last - 1][1]]
        return text == "none"
    if number.count and 1900 <= number.count <= 2100 and cursor.word(amount.last - 1).isdigit() and cursor.word(amount.last - 2) != ",":
        return False
    if at >= s.last or word in (".", ",", ";", ")", "!", "?"):
        return True
    listed = bool(bead and bead.kind == "crossing") and cursor.word(amount.first - 1) in (",", "and", ";")      # "51 reached Salla, 24 Vartius"
    return word in GOES_ON or listed or bool(bead and (bead.kind in ("time", "move", "act") or (bead.kind, bead.value) == ("op", "stay")))


def _unnumbered(page: Page, cursor: Cursor, s: Sentence, first: int) -> Amount | None:
    """They, all of them, the group; migrants, more people: somebody who may be moved, but not how many."""
    bead = cursor.bead(first)
    if not bead or bead.first != first:
        return None
    word = page.low[bead.start:bead.end]
    if bead.kind == "who" and word in PERSONAL and cursor.word(first - 1) != "of":
        return Amount(first, bead.last, Number(), "people", "pointed")
    noun = noun_of(page, cursor, first) if bead.kind in ("thing", "folk") else ""
    if noun in ("people", "asylum", "group"):
        plain = Amount(first, bead.last, Number(), noun, "plain")
        named = _with_noun(page, cursor, s, plain, first, noun)
        return named if word in PLAIN or noun in ("asylum", "group") else None
    return None
