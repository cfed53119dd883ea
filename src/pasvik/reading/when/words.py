"""The time words of one language, read from its text file and made ready: phrases, patterns, and what stands around them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

from pasvik.reading.when.tokens import words_of

Fields = dict[str, Any]
Trie = dict[str, Any]
END = ""                                                        # the key that marks a pattern's end in a Trie


@dataclass(frozen=True, slots=True)
class Lexeme:
    """A word or phrase, the category it belongs to, and the values it gives to what is told."""

    words: tuple[str, ...]
    category: str
    fields: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Role:
    """What words before an expression make of it, and which side of the day of publication they lean to."""

    words: tuple[str, ...]
    role: str
    bias: str | None = None


@dataclass(frozen=True, slots=True)
class TimeWords:
    """All that find() needs to know of a language. Tables of phrases are keyed by first word (lexemes) or last word (the others)."""

    lexemes: Mapping[str, tuple[Lexeme, ...]]
    date: Trie
    time: Trie
    duration: Trie
    roles: Mapping[str, tuple[Role, ...]]
    verbs: Mapping[str, tuple[Role, ...]]
    joins: Mapping[str, tuple[tuple[str, ...], ...]]            # day_clock clock_day to and dash night, longest first
    lists: Mapping[str, frozenset[str]]                         # capital counted opening spoilers stretching not_after


def parse_words(text: str) -> TimeWords:
    """Read a when_<language>.toml. Raises ValueError (tomllib's or a plain sentence) for a file that does not parse."""
    told = tomllib.loads(text)
    grammar: dict[str, list[str]] = told["grammar"]
    literals = {word for patterns in grammar.values() for pattern in patterns for item in pattern.split()
                for word in words_of(item.removesuffix("?")) if not item[:1].isupper()}
    known = _lexemes(told, literals)
    return TimeWords(
        lexemes=known, **{name.lower(): _trie(name, grammar, known) for name in ("DATE", "TIME", "DURATION")},
        roles=_by_last(Role(words_of(phrase), row["role"], row.get("bias")) for row in told["role"] for phrase in row["words"]),
        verbs=_by_last(Role(words_of(phrase), row["role"], row.get("bias")) for row in told["verb"] for phrase in row["words"]),
        joins={
            "day_clock": _longest(told["join"]["day_clock"]), "clock_day": _longest(told["join"]["clock_day"]),
            "to": _longest(told["range"]["to"]), "and": _longest(told["range"]["and"]),
            "dash": _longest(told["range"]["dash"]), "night": _longest(told["night"]["to"])},
        lists={name: frozenset(told.get(name, ())) for name in
               ("capital", "counted", "opening", "spoilers", "stretching", "not_after")})


def _lexemes(told: dict[str, Any], literals: set[str]) -> dict[str, tuple[Lexeme, ...]]:
    rows = [Lexeme((word,), word, {}) for word in literals]
    for category, table in told.items():
        if category.isupper():
            for phrase, value in table["words"].items():
                rows.append(Lexeme(words_of(phrase), category, value if isinstance(value, dict) else {table["field"]: value}))
    marks = {
        "NIGHTBETWEEN": told["night"]["between"], "NIGHTINTO": told["night"]["into"],
        "OPENEND": told["said"]["open_end"], "DAILY": told["said"]["daily"], "ATONCE": told["said"]["at_once"]}
    rows += [Lexeme(words_of(phrase), category, {}) for category, phrases in marks.items() for phrase in phrases]
    table_of: dict[str, list[Lexeme]] = {}
    for row in sorted(rows, key=lambda row: (-len(row.words), row.category)):
        table_of.setdefault(row.words[0], []).append(row)
    return {first: tuple(found) for first, found in table_of.items()}


def _trie(name: str, grammar: dict[str, list[str]], known: Mapping[str, tuple[Lexeme, ...]]) -> Trie:
    categories = {row.category for rows in known.values() for row in rows} | {"CLOCK", "CALDATE", "YEAR", "HHMM", "NUMDAY"}
    root: Trie = {}
    for sequence in _expand(name, grammar):
        node = root
        for symbol in sequence:
            if symbol not in categories:
                raise ValueError(f"the pattern {' '.join(sequence)!r} under {name} uses {symbol!r}, which nothing names")
            node = node.setdefault(symbol, {})
        node[END] = True
    return root


def _expand(name: str, grammar: dict[str, list[str]]) -> list[tuple[str, ...]]:
    """Every sequence of categories and small words that a named pattern stands for."""
    found: list[tuple[str, ...]] = []
    for pattern in grammar[name]:
        choices: list[list[tuple[str, ...]]] = []
        for item in pattern.split():
            symbol = item.removesuffix("?")
            own = _expand(symbol, grammar) if symbol in grammar else [(symbol,) if symbol.isupper() else words_of(symbol)]
            choices.append([*own, ()] if item.endswith("?") else own)
        found += [tuple(part for piece in pick for part in piece) for pick in product(*choices)]
    return found


def _by_last(rows: Iterable[Role]) -> dict[str, tuple[Role, ...]]:
    table: dict[str, list[Role]] = {}
    for row in sorted(rows, key=lambda row: -len(row.words)):
        table.setdefault(row.words[-1], []).append(row)
    return {last: tuple(found) for last, found in table.items()}


def _longest(phrases: list[str]) -> tuple[tuple[str, ...], ...]:
    return tuple(sorted((words_of(phrase) for phrase in phrases), key=len, reverse=True))
