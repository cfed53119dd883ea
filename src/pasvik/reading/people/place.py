"""At which crossing or border people were counted, and from where to where they were moved."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from pasvik.reading.page.cursor import Cursor
from pasvik.reading.page.page import Bead, Page, Phrase, Sentence
from pasvik.terms.claim import Zone
from pasvik.terms.place import border_of

COVERED = frozenset({"NO", "FI", "EE", "LV", "LT", "PL"})
EAST = frozenset({"RU", "BY"})
INTO = frozenset({
    "in", "into", "to", "enter", "entering", "entered", "reach", "reached", "reaching", "leave", "leaving", "left", "for", "from",
    "side"
})
SMALL = frozenset({
    "the", "a", "an", "its", "their", "nearby", "own", "another", "different", "various", "northern", "southern", "eastern",
    "western", "russian", "finnish", "central", "temporary", "three", "two", "four", "several", "other", "new", "neighbouring",
    "special", "crowded", "city", "town", "village", "of", "far", "border", "closed", "shuttered"
})
AND = frozenset({"the", "between", "and", "of", ","})
GOVERNED = frozenset({"at", "to", "in", "from", "through", "via", "near", "of", "by", "for", "with", "on"})
EXISTS = frozenset({"is", "are", "was", "were", "has", "have", "had", "will", "'"})
POINTED = frozenset({"at", "through", "via", "to", "in", "from", "near", "between", "across", "on", "used", "using", "crossed"})
MOSTLY = 3                                                      # times that the crossing of a whole text must be named, if others are
CROWD = 3                                                       # so many crossings of another paragraph are not what a bare number was counted at
REACH = 2                                                       # sentences back that may name the crossing of a bare number
TOTALS = ("in all", "in total", "altogether", "all told", "all in all", "overall")
LISTED = 12                                                      # sentences back in which a list stands that a sum is of


@dataclass(frozen=True, slots=True)
class Where:
    """Crossing ids (sorted; empty for a whole border) and the border, as FI-RU. told: the words of the place, as code points."""

    ids: tuple[str, ...] = ()
    border: str | None = None
    told: tuple[int, int] | None = None


def where(page: Page, first: int, last: int, near: int, deed: int, takes: bool = False) -> Where | None:
    """The crossing of a count between two word numbers: after word `deed` if there is one, else from word `near`, else before it.

    takes: the crossing may be the one who takes people in ("Vaalimaa received 39").
    """
    phrases = [p for p in page.phrases_in(first, last) if _usable(page, p)]
    after = [p for p in phrases if deed <= p.first] + [p for p in phrases if near <= p.first < deed]
    before = [p for p in reversed(phrases) if p.last <= near]
    taker = _taker(page, before, near) if takes else None
    named = [p for p in (*after, *before) if p.how != "border"]
    here = [p for p in named if page.word(p.first - 1) != "from"] or named
    for chosen in [taker] if taker else here[:1]:
        return _at(page, [chosen, *_joined(page, phrases, chosen)])
    for whole in (*after, *before):
        return Where((), whole.border, (whole.start, whole.end))
    return _by_states(page, first, last) or _somewhere(page, first, last)


def _somewhere(page: Page, first: int, last: int) -> Where | None:
    """"at the crossing points of the district", "in its area": on the border, but at no crossing that anybody could name."""
    points = [p for p in page.phrases_in(first, last) if not p.ids and p.plural and not _is_count(page, p) and _pointed_at(page, p.first)]
    areas = [b for b in page.beads_in(first, last, "place") if b.value == "area" and _governed(page, b.first)]
    towns = [i for i in range(first, last - 1) if page.word(i) == "in" and _is_name(page, i + 1)]
    if not points and not areas and not towns:
        return None
    border = points[0].border if points and points[0].border else _last_border(page, first)
    return Where((), border) if border else None


def _pointed_at(page: Page, at: int) -> bool:
    """"at the crossing points", and not "the number of crossings"."""
    while page.word(at - 1) in SMALL | {"all", "other", "those", "these"} and page.word(at - 1) != "of":
        at -= 1
    return page.word(at - 1) in POINTED


def _governed(page: Page, at: int) -> bool:
    """"in the district", "to South Karelia", and not "the police district registered"."""
    return bool({page.word(i) for i in range(at - 3, at)} & GOVERNED)


def _is_count(page: Page, phrase: Phrase) -> bool:
    """"4,303 crossings" and "they" are no place."""
    word = page.word(phrase.first)
    return word[:1].isdigit() or word in ("they", "them", "these", "those", "all")


def _is_name(page: Page, at: int) -> bool:
    """A capitalised word that is nothing we know: a town."""
    start, _, word = page.words[at]
    return page.text[start].isupper() and word.isalpha() and page.phrase_over(at) is None and not any(
        b.first <= at < b.last and b.kind != "region" for b in page.beads_in(max(0, at - 6), at + 6))


def _last_border(page: Page, before: int) -> str | None:
    """The border spoken of last before a word, else the first that is spoken of at all."""
    borders = [p for p in page.phrases if p.border]
    back = [p for p in borders if p.last <= before]
    return back[-1].border if back else borders[0].border if borders else None


def _taker(page: Page, before: list[Phrase], near: int) -> Phrase | None:
    """The crossing that is the subject of a verb at `near`."""
    last = before[0] if before else None
    return last if last and near - last.last <= 4 and last.how != "border" and page.word(last.first - 1) not in GOVERNED else None


def _usable(page: Page, phrase: Phrase) -> bool:
    words = page.low[phrase.start:phrase.end]
    if phrase.how == "border":
        return phrase.border is not None
    if words == "there" and ({page.word(phrase.last), page.word(phrase.first - 1)} & EXISTS):        # "there were 20": no place
        return False
    if page.word(phrase.last) in ("directions", "ways", "sides", "cases"):      # "in both directions" points at no crossings
        return False
    if words in ("them", "both of them") and phrase.ids and page.word(phrase.first - 1) in ("at", "through", "via"):
        return True                                             # "2,300 cars were cleared at them"
    return bool(phrase.ids) and words not in ("they", "them", "these", "all of them", "those", "both of them")


def _joined(page: Page, phrases: list[Phrase], chosen: Phrase) -> list[Phrase]:
    """"there and at Vartius"."""
    at = phrases.index(chosen)
    found: list[Phrase] = []
    for other in phrases[at + 1:]:
        left = found[-1] if found else chosen
        between = [page.word(i) for i in range(left.last, other.first)]
        if not between or any(word not in ("and", "at", "or", ",", "the") for word in between) or between == [","]:
            break
        found.append(other)
    return found


def _at(page: Page, phrases: list[Phrase]) -> Where:
    ids = tuple(sorted({i for p in phrases for i in p.ids}))
    borders = {p.border for p in phrases}
    return Where(ids, next(iter(borders)) if len(borders) == 1 else None, (phrases[0].start, phrases[-1].end))


def _by_states(page: Page, first: int, last: int) -> Where | None:
    """"to enter Latvia from Belarus": the border of the two states; "in Finland": its border spoken of in this text."""
    named = [b for b in page.beads_in(first, last, "country") if "name" in b.forms and page.word(b.first - 1) in INTO | AND]
    if any(page.word(i) in ("border", "frontier") for i in range(first, last)):
        named += page.beads_in(first, last, "country")          # "the Belarusian-Latvian border"
    codes = list(dict.fromkeys(b.value for b in named))
    inner, outer = [c for c in codes if c in COVERED], [c for c in codes if c in EAST]
    told = (named[0].start, named[-1].end) if named else None
    if len(inner) > 1:                                          # the borders of several states: none of them alone
        return Where((), None, told)
    if len(inner) == 1 and len(outer) == 1:
        return Where((), border_of(inner[0], outer[0]), told)
    came = [b.value for b in named if b.value in outer and page.word(b.first - 1) == "from"]
    for code in inner or came:
        theirs = [p for p in page.phrases if p.border and code in p.border]
        spoken = [p for p in theirs if p.first < last] or theirs
        return Where((), spoken[-1].border, told) if spoken else None
    return None


def spoken_of(page: Page, s: Sentence, before: int, queue: bool = False) -> Where | None:
    """The crossing spoken of last before a word, but never one of another state than the one that people came to."""
    if (over := _over_all(page, s, before)) is not None:
        return over
    found = _spoken(page, s, before, queue)
    for number in (s.number, s.number - 1):                     # "366 had come that way to Norway. A year before there were seven."
        there = page.sentences[max(0, number)]
        into = _by_states(page, there.first, there.last) if found and found.border else None
        if into is not None and into.border is not None and found is not None and into.border != found.border:
            main = topic(page)
            return main if main and main.border == into.border else into
        if page.phrases_in(there.first, there.last):
            break
    return found


def _over_all(page: Page, s: Sentence, before: int) -> Where | None:
    """"In all, 1,560 trucks are waiting", after several crossings: the sum of them, and of none alone."""
    opening = page.low[page.words[s.lead][0] : page.words[s.lead][0] + 12] if s.lead < s.last else ""
    if not opening.startswith(TOTALS) or page.phrases_in(s.lead, before):
        return None
    since = page.sentences[max(0, s.number - LISTED)].first
    named = [p for p in page.phrases_in(since, s.first) if p.how == "named" and p.ids]
    if len({p.ids for p in named}) < 2:
        return None
    borders = {p.border for p in named}
    return Where((), next(iter(borders)) if len(borders) == 1 else None)


def _spoken(page: Page, s: Sentence, before: int, queue: bool = False) -> Where | None:
    """The crossing spoken of last before a word, in this sentence or in those just before it; else the border. queue: those who wait do so at a crossing."""
    for number in range(s.number, max(-1, s.number - REACH - 1), -1):
        there = page.sentences[number]
        phrases = [p for p in page.phrases_in(there.first, min(there.last, before)) if _usable(page, p)]
        named = [p for p in phrases if p.how != "border"]
        main = topic(page)
        far = main and main.border and number != s.number and all(p.how != "named" and p.border != main.border for p in named)
        if named and not far and (len({p.ids for p in named}) == 1 or number == s.number):
            many = len(named[-1].ids) >= CROWD and number != s.number
            return Where(named[-1].ids, named[-1].border) if not many else Where((), named[-1].border) if there.line == s.line else None
        unnamed = all(p.how != "named" for p in named) and len({p.border for p in named} - {main.border if main else None}) > 0
        if named and main and (any(p.ids == main.ids for p in named) or there.line != s.line or unnamed):
            return main
        if named:                                               # two crossings spoken of: which of them is not said
            return Where((), named[0].border) if len({p.border for p in named}) == 1 else None
        if phrases:
            return (topic(page) if queue else None) or Where((), phrases[-1].border)
    border = _last_border(page, before)
    return topic(page) or (Where((), border) if border else None)


def topic(page: Page) -> Where | None:
    """The one crossing that a text is about: the only one it names, or by far the one it names most."""
    return page.once("topic", lambda: _topic(page))


def _topic(page: Page) -> Where | None:
    named = [p for p in page.phrases if p.how == "named" and p.ids]
    votes = Counter(p.ids for p in named)
    headed = {p.ids for p in named if page.sentences[p.sentence].zone is Zone.HEADLINE} or {p.ids for p in named if p.sentence == 0}
    if len(headed) == 1 and len(head := next(iter(headed))) == 1:
        return Where(head, next(p.border for p in named if p.ids == head))
    ids, most = votes.most_common(1)[0] if votes else ((), 0)
    own = {p.ids for p in named if p.border and page.focus in p.border.split("-")}
    if len(own) == 1 and votes[next(iter(own))] * 2 >= len(named):      # only one of them is a crossing of the state that the text is about
        return Where(next(iter(own)), next(p.border for p in named if p.ids in own)) if len(next(iter(own))) == 1 else None
    alone = len(ids) == 1 and (len(votes) == 1 or (most >= MOSTLY and most * 4 >= len(named) * 3))
    return Where(ids, next(p.border for p in named if p.ids == ids)) if alone else None


def place_after(page: Page, cursor: Cursor, at: int, end: int) -> tuple[str, int] | None:
    """The place that stands at word `at` (after "to", "from", "in"): a crossing's id, a border, else as written; and the word after it."""
    if 0 < at < len(page.words) and "\n" in page.text[page.words[at - 1][0]:page.words[at][1]]:
        return None                                             # no road leads over a line break
    phrase = page.phrase_over(at)
    if phrase and phrase.first <= at and phrase.last <= end + 2:
        name = phrase.ids[0] if len(phrase.ids) == 1 else phrase.border if phrase.how == "border" and phrase.border else ""
        return (name, phrase.last) if name and page.word(at) not in ("it", "they", "them") else None
    start = at
    while at < end and page.word(at) in SMALL and not _name_starts(page, at):
        at += 1
    bead = cursor.bead(at)
    if bead and bead.kind == "crossing":
        return bead.ids[0], bead.last
    if bead and bead.kind == "country" and "name" in bead.forms:
        return page.text[bead.start:bead.end], bead.last
    if bead and bead.kind == "place":
        return _shelter(page, cursor, bead, start, end)
    return _written(page, cursor, at, end)


def _name_starts(page: Page, at: int) -> bool:
    return page.text[page.words[at][0]].isupper()


def _shelter(page: Page, cursor: Cursor, bead: Bead, start: int, end: int) -> tuple[str, int]:
    """"a reception centre in Joensuu" is told by its town; "three temporary shelters" as written."""
    if page.word(bead.last) in ("in", "of", "at", "near"):
        town = _written(page, cursor, bead.last + 1, end, names=True) or place_after(page, cursor, bead.last + 1, end)
        if town:
            return town                                         # shelters stand in towns, also where a crossing bears the same name
    while start < bead.first and page.word(start) in ("the", "a", "an", "their", "its"):
        start += 1
    return page.text[page.words[start][0]:bead.end], bead.last


def _written(page: Page, cursor: Cursor, at: int, end: int, names: bool = False) -> tuple[str, int] | None:
    """Capitalised words: St Petersburg, Pskov, Nizhny Novgorod. names: also those that crossings bear."""
    last = at
    while last < end and last - at < 4:
        start, _, word = page.words[last]
        bead = cursor.bead(last)
        known = bead is not None and bead.kind in (("time", "office", "role") if names else ("time", "office", "role", "crossing"))
        joint = last > at and ((word == "." and page.word(last - 1) == "st") or (word == "-" and page.words[last - 1][1] == start))
        if not joint and (known or not page.text[start].isupper() or not word.isalpha()):
            break
        last += 1
    return (page.text[page.words[at][0]:page.words[last - 1][1]], last) if last > at else None
