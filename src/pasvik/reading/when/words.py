"""The time words of one language, read from its text file and made ready: phrases, patterns, and what stands around them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

from pasvik.reading.when.tokens import words_of

Fields = dict[str, Any]
Trie = dict[str, Any]
END = ""                                                        # the key that marks a pattern's end in a Trie
MARKS = {"NIGHTBETWEEN", "NIGHTINTO", "OPENEND", "ATONCE"}      # phrases that need no pattern


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


Tag = tuple[str, int, Mapping[str, Any]]                        # category, length in tokens, values it gives
NUMBERS = {"NUM", "DAY", "NUMDAY", "HOUR", "YEAR", "HHMM", "CLOCK", "CALDATE", "DAYMONTH"}      # what figures are, in every language


@dataclass(frozen=True, slots=True)
class Entry:
    """What may begin with one word: the tags of the word alone, and longer phrases by their second word, longest first.

    heads: whether any of them can begin an expression.
    """

    alone: tuple[Tag, ...]
    longer: Mapping[str, tuple[Lexeme, ...]]
    heads: bool


@dataclass(frozen=True, slots=True)
class TimeWords:
    """All that find() needs to know of a language. Roles and verbs are keyed by their last word, roles behind by their first."""

    entries: Mapping[str, Entry]
    date: Trie
    time: Trie
    duration: Trie
    roles: Mapping[str, tuple[Role, ...]]
    behind: Mapping[str, tuple[Role, ...]]
    verbs: Mapping[str, tuple[Role, ...]]
    joins: Mapping[str, tuple[tuple[str, ...], ...]]            # day_clock clock_day hour_day to and dash night, longest first
    lists: Mapping[str, frozenset[str]]                         # capital counted opening spoilers stretching not_after ...
    joiners: frozenset[str]                                     # first words of all that can join two ends


def parse_words(text: str) -> TimeWords:
    """Read a when_<language>.toml. Raises ValueError (tomllib's or a plain sentence) for a file that does not parse."""
    return make_words(tomllib.loads(text))


def make_words(told: dict[str, Any]) -> TimeWords:
    """The same from a table that is parsed already. Raises ValueError or KeyError where a part is wrong or missing."""
    grammar: dict[str, list[str]] = told["grammar"]
    literals = {word for patterns in grammar.values() for pattern in patterns for item in pattern.split()
                for word in words_of(item.removesuffix("?")) if not item[:1].isupper()}
    rows = _lexemes(told, literals)
    categories = {row.category for row in rows} | NUMBERS
    tries = {name.lower(): _trie(name, grammar, categories) for name in ("DATE", "TIME", "DURATION")}
    joins = {
        "day_clock": _longest(told["join"]["day_clock"]), "clock_day": _longest(told["join"]["clock_day"]),
        "hour_day": _longest(told["join"].get("hour_day", [])),
        "to": _longest(told["range"]["to"]), "and": _longest(told["range"]["and"]),
        "dash": _longest(told["range"]["dash"]), "night": _longest(told["night"]["to"])}
    heads = {head for trie in tries.values() for head in trie} | MARKS | {"HOUR"}
    return TimeWords(
        entries=_entries(rows, heads), **tries, joins=joins,
        joiners=frozenset(join[0] for some in joins.values() for join in some if join),
        roles=_roles(told, "role", -1), behind=_roles(told, "role_behind", 0), verbs=_roles(told, "verb", -1),
        lists={name: frozenset(told.get(name, ())) for name in
               ("capital", "counted", "opening", "spoilers", "stretching", "not_after", "not_before", "clock_leads", "no_part_of", "hour_marks")})


def with_shared(told: dict[str, Any], shared: dict[str, Any]) -> dict[str, Any]:
    """A language's own tables of time laid over the patterns that all languages share; shared patterns whose words it lacks are left out."""
    merged = _laid_over(told, shared)
    grammar: dict[str, list[str]] = merged["grammar"]
    known = {category for category in merged if category.isupper()} | NUMBERS
    while True:                                                 # a pattern that names an emptied pattern goes too
        names = known | {name for name, patterns in grammar.items() if patterns}
        kept = {name: [pattern for pattern in patterns if _names(pattern) <= names] for name, patterns in grammar.items()}
        if kept == grammar:
            return merged
        grammar = merged["grammar"] = kept


def _laid_over(told: dict[str, Any], shared: dict[str, Any]) -> dict[str, Any]:
    merged = dict(shared)
    for key, value in told.items():
        held = merged.get(key)
        if held is not None and type(held) is not type(value):
            raise ValueError(f"{key} should be {'a list' if isinstance(held, list) else 'a table'}")
        if isinstance(held, dict) and isinstance(value, dict):
            merged[key] = _laid_over(value, held)
        else:
            merged[key] = [*held, *value] if isinstance(held, list) and isinstance(value, list) else value
    return merged


def _names(pattern: str) -> set[str]:
    return {item.removesuffix("?") for item in pattern.split() if item[:1].isupper()}


def _lexemes(told: dict[str, Any], literals: set[str]) -> list[Lexeme]:
    rows = [Lexeme((word,), word, {}) for word in literals]
    for category, table in told.items():
        if category.isupper():
            for phrase, value in table["words"].items():
                rows.append(Lexeme(words_of(phrase), category, value if isinstance(value, dict) else {table["field"]: value}))
    marks = {
        "NIGHTBETWEEN": told["night"]["between"], "NIGHTINTO": told["night"]["into"],
        "OPENEND": told["said"]["open_end"], "DAILY": told["said"]["daily"], "ATONCE": told["said"]["at_once"]}
    return rows + [Lexeme(words_of(phrase), category, {}) for category, phrases in marks.items() for phrase in phrases]


def _entries(rows: list[Lexeme], heads: set[str]) -> dict[str, Entry]:
    alone: dict[str, list[Tag]] = {}
    longer: dict[str, dict[str, list[Lexeme]]] = {}
    for row in sorted(rows, key=lambda row: (-len(row.words), row.category)):
        first = row.words[0]
        alone.setdefault(first, [])
        if len(row.words) == 1:
            alone[first].append((row.category, 1, row.fields))
        else:
            longer.setdefault(first, {}).setdefault(row.words[1], []).append(row)
    heading = {row.words[0] for row in rows if row.category in heads}
    return {first: Entry(tuple(tags), {second: tuple(found) for second, found in longer.get(first, {}).items()}, first in heading)
            for first, tags in alone.items()}


def _trie(name: str, grammar: dict[str, list[str]], categories: set[str]) -> Trie:
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


def _roles(told: dict[str, Any], name: str, key: int) -> dict[str, tuple[Role, ...]]:
    rows = [Role(words_of(phrase), row["role"], row.get("bias")) for row in told.get(name, ()) for phrase in row["words"]]
    table: dict[str, list[Role]] = {}
    for row in sorted(rows, key=lambda row: -len(row.words)):
        table.setdefault(row.words[key], []).append(row)
    return {word: tuple(found) for word, found in table.items()}


def _longest(phrases: list[str]) -> tuple[tuple[str, ...], ...]:
    return tuple(sorted((words_of(phrase) for phrase in phrases), key=len, reverse=True))
