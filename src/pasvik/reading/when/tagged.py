"""Every token gets the time words it may begin: "friday" a weekday, "18" a day, an hour or a count, "20.00" a clock."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pasvik.reading.when.tokens import Token, tokens_of
from pasvik.reading.when.words import Entry, Tag, TimeWords


@dataclass(frozen=True, slots=True)
class Tagged:
    """A text's tokens and, for each, its tags (empty for a token that is no part of any time word).

    heads: the tokens that might begin an expression. stops: the tokens that end a sentence.
    """

    text: str
    tokens: list[Token]
    tags: list[tuple[Tag, ...]]
    words: TimeWords
    heads: list[int]
    stops: list[int]

    def word(self, i: int) -> str:
        """The small-letter word of token i, or the empty string outside the text."""
        return self.tokens[i].word if 0 <= i < len(self.tokens) else ""

    def kind(self, i: int) -> str:
        """The kind of token i; outside the text counts as a line end."""
        return self.tokens[i].kind if 0 <= i < len(self.tokens) else "line"

    def has(self, i: int, category: str) -> int:
        """The length in tokens of a tag of this category at token i, or 0."""
        if 0 <= i < len(self.tags):
            for name, length, _ in self.tags[i]:
                if name == category:
                    return length
        return 0

    def reads(self, i: int, phrase: tuple[str, ...]) -> bool:
        """Whether the tokens from i on are these words."""
        return not phrase or (self.word(i) == phrase[0] and all(self.word(i + k) == phrase[k] for k in range(1, len(phrase))))

    def ends_line(self, i: int) -> bool:
        """Whether token i is a line end (or lies outside the text)."""
        return self.kind(i) == "line"


def tag(text: str, words: TimeWords) -> Tagged:
    """Cut and tag a text; linear in its length."""
    tokens = tokens_of(text)
    tags: list[tuple[Tag, ...]] = []
    heads: list[int] = []
    stops: list[int] = []
    entries, capital = words.entries, words.lists["capital"]
    for i, (kind, word, start, end) in enumerate(tokens):
        entry = entries.get(word)
        if kind == "word":
            if entry is None or (word in capital and not text[start].isupper()):
                tags.append(())
                continue
            tags.append(_longer(tokens, i, entry) + entry.alone if entry.longer else entry.alone)
            if entry.heads:
                heads.append(i)
        elif kind == "number":
            tags.append(_of_number(word) + (entry.alone if entry else ()))
            heads.append(i)
        elif kind in ("clock", "dmy", "iso"):
            tags.append(_of_composite(kind, word))
            heads.append(i)
        else:
            tags.append(entry.alone if entry else ())
            if kind == "line" or (word[-1] in ".!?" and text[end:end + 1].isspace() and not text[end + 1:end + 2].islower()):
                stops.append(i)
    return Tagged(text, tokens, tags, words, heads, stops)


def _longer(tokens: list[Token], i: int, entry: Entry) -> tuple[Tag, ...]:
    second = tokens[i + 1].word if i + 1 < len(tokens) else ""
    return tuple(
        (row.category, len(row.words), row.fields) for row in entry.longer.get(second, ())
        if tuple(token.word for token in tokens[i:i + len(row.words)]) == row.words)


@lru_cache(maxsize=12000)
def _of_number(word: str) -> tuple[Tag, ...]:
    number = int(word)
    found: list[Tag] = [("NUM", 1, {"count": number})] if 0 < number < 1000 else []
    if len(word) <= 2:
        if 1 <= number <= 31:
            found += [("DAY", 1, {"day": number}), ("NUMDAY", 1, {"day": number})]
        if number <= 24:
            found.append(("HOUR", 1, {"minute": number * 60}))
    if len(word) == 4:
        if 1900 <= number <= 2100:
            found.append(("YEAR", 1, {"year": number}))
        hour, minute = divmod(number, 100)
        if hour < 24 and minute < 60:
            found.append(("HHMM", 1, {"minute": hour * 60 + minute}))
    return tuple(found)


@lru_cache(maxsize=4096)
def _of_composite(kind: str, word: str) -> tuple[Tag, ...]:
    if kind == "clock":
        hour, minute = (int(part) for part in word.replace(".", ":").split(":")[:2])
        good = minute < 60 and (hour < 24 or (hour == 24 and minute == 0))
        told = {"minute": hour * 60 + minute} | ({"dotted": True} if "." in word else {})
        clock: tuple[Tag, ...] = (("CLOCK", 1, told),) if good else ()
        # 14.12 is also the fourteenth of the twelfth: a language that writes dates so has a pattern with DAYMONTH.
        dated = "." in word and 1 <= hour <= 31 and 1 <= minute <= 12
        return clock + ((("DAYMONTH", 1, {"day": hour, "month": minute}),) if dated else ())
    if kind == "dmy":
        first, second, year = (int(part) for part in word.replace("/", ".").split("."))
        return _of_figures(first, second, year, "/" in word)
    fields: dict[str, Any] = {"year": int(word[:4]), "month": int(word[5:7]), "day": int(word[8:10])}
    if len(word) > 10:
        hour, minute, zone = int(word[11:13]), int(word[14:16]), word[16:].lstrip(":0123456789")
        if hour > 23 or minute > 59 or (zone not in ("", "z") and not zone.replace(":", "").endswith("00")):
            return ()
        fields |= {"minute": hour * 60 + minute} | ({"zone": _offset(zone)} if zone else {})
    return (("CALDATE", 1, fields),)


def _of_figures(first: int, second: int, year: int, slashed: bool) -> tuple[Tag, ...]:
    """18.11.2023 is day first; with slashes it may be month first, and where both could be, `swap` says so."""
    year += 2000 if year < 100 else 0
    if not 1900 <= year <= 2100:
        return ()
    if second > 12 and slashed:
        first, second = second, first
    swap = slashed and first <= 12 and first != second
    return (("CALDATE", 1, {"year": year, "month": second, "day": first, **({"swap": True} if swap else {})}),)


def _offset(zone: str) -> str:
    """An ISO offset in whole hours as a zone name; the sign turns round in the Etc names."""
    if zone == "z" or not zone.strip("+-0:"):
        return "UTC"
    hours = int(zone[:3])
    return f"Etc/GMT{-hours:+d}" if -12 <= hours <= 14 else "UTC"
