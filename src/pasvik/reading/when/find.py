"""Time expressions are found in a text, with their role ("until", "from") and their exact words, but not yet put on a calendar."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace

from pasvik.reading.when.match import Match, begins, matches, when_at
from pasvik.reading.when.ranges import Piece, clock_range_at, night_at, range_at, told_of
from pasvik.reading.when.tagged import Tagged, tag
from pasvik.reading.when.told import Duration, Found
from pasvik.reading.when.words import MARKS, Fields, Role, TimeWords

PLAIN = ("point", "to", "between")                              # roles that say little of themselves
STRETCH = 8                                                     # how many words before "to 14 April" an "extended" may stand


def find(text: str, words: TimeWords) -> tuple[Found, ...]:
    """All time expressions in order of their start, none overlapping. Linear in the length of the text; never raises."""
    page = tag(text, words)
    found: list[Found] = []
    free = dots = 0                                             # first token not taken yet; dots of "a.m." and "Nov." so far
    for i in page.heads:
        piece = _piece_at(page, i) if i >= free else None
        if piece:
            sentence = bisect_left(page.stops, i)
            found.append(_found(page, _glossing(page, piece, found), sentence - dots))
            free = piece.end
            dots += bisect_left(page.stops, free - _ends_sentence(page, free)) - sentence
    return tuple(found)


def _ends_sentence(page: Tagged, end: int) -> bool:
    """Whether the dot before token `end` also ends the sentence: "until 8 p.m. The" does."""
    return end < len(page.tokens) and page.word(end - 1) == "." and page.text[page.tokens[end].start].isupper()


def lead_of(page: Tagged, i: int) -> tuple[Role | None, int]:
    """The role words that end just before token i (fillers such as "about" passed over), and the token they begin at."""
    at = i - page.has(i - 1, "ARTICLE")
    for _ in range(2):
        for length in (3, 2, 1):
            if page.has(at - length, "FILL") == length:
                at -= length
                break
    for start in (i, at):
        for role in page.words.roles.get(page.word(start - 1), ()):
            if page.reads(start - len(role.words), role.words):
                return role, start - len(role.words)
    return None, i


def _piece_at(page: Tagged, i: int) -> Piece | None:
    if not _may_begin(page, i):
        return None
    for category, length, _ in page.tags[i]:
        if category == "OPENEND":
            return Piece(i, i + length, "open_end")
        if category == "ATONCE":
            return Piece(i, i + length, "from", first={"unit": "day", "step": 0, "base": "published"})
    role, start = lead_of(page, i)
    lead = role.role if role else None
    night = night_at(page, i)
    if night:
        return _with_role(page, night, role, start)
    hours = clock_range_at(page, i, lead)
    if hours:
        return _with_daily(page, hours, start if lead in ("from", "between") else i)
    single = when_at(page, i, role is not None or _verb_before(page, i) is not None)
    spans = range_at(page, i, lead, single)
    if spans:
        begin = start if lead in ("from", "between", "point") else i
        return _weekly(page, spans) or Piece(begin, spans.end, "range", spans.first, spans.last, role.bias if role else None)
    lasting = _duration_at(page, i)
    if lasting and (single is None or lasting.end >= single[0]):
        return lasting
    return _with_role(page, _single(page, i, single, role), role, start) if single else None


def _may_begin(page: Tagged, i: int) -> bool:
    """A quick look before the patient ones: figures that no word of time follows, and most small words, begin nothing."""
    words, token = page.words, page.tokens[i]
    after, follows = (page.tokens[i + 1], page.tags[i + 1]) if i + 1 < len(page.tags) else (token, ())
    goes_on = (bool(follows) and after.kind != "number") or after.word in words.joiners
    if token.kind == "number":
        return goes_on or len(token.word) == 4
    return any(begins(trie, page, i) for trie in (words.date, words.time, words.duration)) or any(
        category in MARKS or (category == "HOUR" and goes_on) for category, _, _ in page.tags[i])


def _weekly(page: Tagged, spans: Piece) -> Piece | None:
    """The opening hours after "Monday to Friday": every week's days, and no dates."""
    if all(told is not None and list(told) == ["weekday"] for told in (spans.first, spans.last)):
        for at in (spans.end, spans.end + 1):
            hours = clock_range_at(page, at, "from") if at == spans.end or page.word(at - 1) in (",", ":") else None
            if hours:
                return hours.with_daily(spans.start, hours.end, True)
    return None


def _single(page: Tagged, i: int, match: Match, role: Role | None) -> Piece:
    """A lone expression; a clock that heads a line, or a date and clock that close one, is the stamp of an entry."""
    end, told = match
    joined = any(page.word(k) in page.words.roles for k in range(i, end))
    heads = page.ends_line(i - 1) and not joined
    closes = page.ends_line(end) and "month" in told and (not joined or "year" in told)
    stamp = role is None and "minute" in told and (heads or closes)
    return Piece(i, end, "stamp" if stamp else "point", told)


def _with_role(page: Tagged, piece: Piece, role: Role | None, start: int) -> Piece:
    """The piece with the role its leading words give it; a plain "on" listens to the verb before it."""
    if role is None or role.role in PLAIN:
        verb = _verb_before(page, start)
        if verb:
            return piece.led(start, verb.role, verb.bias)
        own = _role_behind(page, piece)
        if own or role is None:
            return own or piece
    if role.role == "to":
        near = {page.word(k) for k in range(max(0, start - STRETCH), start)}
        return piece.led(start, "until", "future") if near & page.words.lists["stretching"] else piece
    return piece.led(start, "point" if role.role == "between" else role.role, role.bias)


def _role_behind(page: Tagged, piece: Piece) -> Piece | None:
    """The role that words behind give ("onwards"), or that the word itself bears in a language that bends it."""
    for role in page.words.behind.get(page.word(piece.end), ()):
        if page.reads(piece.end, role.words):
            return replace(piece, end=piece.end + len(role.words), role=role.role, bias=role.bias)
    own = piece.first.get("role") if piece.first else None
    return replace(piece, role=own, bias="future" if own == "until" else "ahead") if own else None


def _verb_before(page: Tagged, i: int) -> Role | None:
    for verb in page.words.verbs.get(page.word(i - 1), ()):
        if page.reads(i - len(verb.words), verb.words):
            return verb
    return None


def _glossing(page: Tagged, piece: Piece, found: list[Found]) -> Piece:
    """A clock in brackets right behind another, "midnight (2200 GMT)", says the same moment again."""
    again = found and piece.first is not None and "minute" in piece.first and piece.role in ("point", "stamp") \
        and page.word(piece.start - 1) == "(" and page.tokens[piece.start - 2].end == found[-1].end
    clocked = again and found[-1].first is not None and found[-1].first.minute is not None
    return piece.led(piece.start, "gloss", None) if clocked else piece


def _with_daily(page: Tagged, piece: Piece, start: int) -> Piece:
    after = page.has(piece.end, "DAILY")
    before = any(page.has(start - n, "DAILY") == n for n in (1, 2, 3, 4))
    return piece.with_daily(start, piece.end + after, bool(after) or before)


def _duration_at(page: Tagged, i: int) -> Piece | None:
    for end, told in matches(page.words.duration, page, i):
        length = _length(told)
        if length and page.word(end) not in ("-", "old"):
            return Piece(i, end, "duration", duration=length)
    return None


def _length(told: Fields) -> Duration | None:
    count = told.get("count", 1)
    match told.get("unit"):
        case "minute" | "hour" as unit:
            return Duration(minutes=count * (60 if unit == "hour" else 1))
        case "day":
            return Duration(days=count)
        case "week" | "weekend" | "fortnight" as unit:
            return Duration(days=count * (14 if unit == "fortnight" else 7))
        case "month" | "year" as unit:
            return Duration(months=count * (12 if unit == "year" else 1))
    return None


def _found(page: Tagged, piece: Piece, sentence: int) -> Found:
    start, end = page.tokens[piece.start].start, page.tokens[piece.end - 1].end
    return Found(
        start, end, page.text[start:end], piece.role, told_of(piece.first), told_of(piece.last), piece.bias, piece.night,
        piece.hours, piece.duration, piece.daily, sentence)
