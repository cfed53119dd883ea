"""Reads numbers written in digits or in words: 1,773, forty-one, two hundred and fifty, half a dozen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

ONES = {word: value for value, word in enumerate(
    ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen",
     "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"])}
TENS = {word: 10 * value for value, word in enumerate(
    ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], start=2)}
SCALES = {"dozen": 12, "hundred": 100, "thousand": 1000, "million": 1_000_000}
LARGE = {"thousand": 1000, "million": 1_000_000}
LONGEST = 8                                                     # digits; a longer run is an identity number, not a crowd

Word = Callable[[int], str]
Touching = Callable[[int], bool]


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number over words first..last (last not counted)."""

    first: int
    last: int
    value: int
    digits: bool


def numeral(word: Word, touching: Touching, first: int, end: int) -> Numeral | None:
    """The longest number that starts at word `first` and ends before `end`. touching(i): word i starts where word i - 1 ends."""
    found = _decimal(word, touching, first, end) or _digits(word, touching, first, end) or _words(word, touching, first, end)
    if found and found.last < end and word(found.last) in SCALES and not (found.digits and found.value > 999):
        return Numeral(first, found.last + 1, found.value * SCALES[word(found.last)], found.digits)
    return found


def _decimal(word: Word, touching: Touching, first: int, end: int) -> Numeral | None:
    """239.5 thousand, 1.2 million: a decimal counts only before its scale."""
    whole, part, scale = word(first), word(first + 2), word(first + 3)
    joined = word(first + 1) in (".", ",") and first + 3 < end and touching(first + 1) and touching(first + 2) and not touching(first + 3)
    if not joined or scale not in LARGE or not (_figures(whole) and _figures(part)) or _touches_sign(word, touching, first):
        return None
    return Numeral(first, first + 4, (int(whole + part) * LARGE[scale]) // 10 ** len(part), False)


def _figures(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 3


def _digits(word: Word, touching: Touching, first: int, end: int) -> Numeral | None:
    """24, 1,100, 1 773. A point is a decimal or a clock and makes no number of people."""
    text = word(first)
    if not (text.isascii() and text.isdigit()) or len(text) > LONGEST or _touches_sign(word, touching, first):
        return None
    last = first + 1
    while last + 1 < end and word(last) == "," and touching(last) and touching(last + 1) and _three(word(last + 1)):
        text, last = text + word(last + 1), last + 2
    if last == first + 1 and len(text) <= 3 and last < end and _three(word(last)) and text != "0":
        text, last = text + word(last), last + 1
    if last + 1 < end and word(last) in (".", ":", "/") and touching(last) and touching(last + 1) and word(last + 1)[:1].isdigit():
        return None
    return Numeral(first, last, int(text[:LONGEST]), True)


def _touches_sign(word: Word, touching: Touching, first: int) -> bool:
    """"E18" is one word, but "7/2024", "3.5", "#12" and "€300" are a sign or a part of another number before the digits."""
    return touching(first) and word(first - 1) in ("/", ".", "#", "€", "$", "£", "§", ":", "№")


def _three(text: str) -> bool:
    return len(text) == 3 and text.isascii() and text.isdigit()


def _words(word: Word, touching: Touching, first: int, end: int) -> Numeral | None:
    """forty-one, a hundred, two thousand three hundred and fifty, half a dozen."""
    text = word(first)
    if text == "half" and word(first + 1) == "a" and word(first + 2) == "dozen":
        return Numeral(first, first + 3, 6, False)
    if text in ("a", "one") and word(first + 1) in SCALES:
        at, total, part = first + 2, 0, SCALES[word(first + 1)]
    elif text in TENS and word(first + 1) == "-" and word(first + 2) in ONES:
        at, total, part = first + 3, 0, TENS[text] + ONES[word(first + 2)]
    elif text in TENS or text in ONES:
        at, total, part = first + 1, 0, TENS.get(text, ONES.get(text, 0))
    else:
        return None
    return _sum(word, first, at, end, total, part)


def _sum(word: Word, first: int, at: int, end: int, total: int, part: int) -> Numeral:
    """Go on from "two" over "thousand three hundred and fifty"."""
    while at < end:
        text = word(at)
        step = at + 1 if text == "and" and part % 100 == 0 and part else at
        small = ONES.get(word(step), TENS.get(word(step)))
        if text in SCALES:
            part, at = part * SCALES[text], at + 1
        elif small is not None and part and part % 100 == 0 and small < 100:
            tail = ONES.get(word(step + 2), 0) if word(step + 1) == "-" and word(step) in TENS else 0
            if word(step + 1) in ("hundred",) and part >= 1000:
                total, part = total + part, small
            else:
                part += small + tail
            at = step + (3 if tail else 1)
        else:
            break
    return Numeral(first, at, total + part, False)
