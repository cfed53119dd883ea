"""The words a reader knows: verbs of opening and closing, who speaks, how surely; all of it text that people can tune."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pasvik.reading.office import Office, spellings, surnames
from pasvik.reading.page.fold import fold, words_of
from pasvik.reading.tongue.words import Tongue, is_tongue, make_tongue
from pasvik.reading.when.words import TimeWords, parse_words


@dataclass(frozen=True, slots=True)
class Entry:
    """A word or phrase of note. kind: act, op, head, quant, who, country, body, office, say ...; value and forms: see words/en.toml.

    offices: for a person's name (kind office) or surname (kind surname), every term of office under that name.
    """

    words: tuple[str, ...]
    kind: str
    value: str
    forms: frozenset[str]
    offices: tuple[Office, ...] = ()


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What may begin with a word: phrases by their second word, longest first, and the word by itself;

    `noise`: openings of lines that say nothing about the border. `tongues`: the words of other languages than English, by ISO 639-1 code."""

    starts: Mapping[str, tuple[Mapping[str, tuple[Entry, ...]], Entry | None]] = field(default_factory=dict)
    noise: tuple[str, ...] = ()
    credit: tuple[str, ...] = ()
    fiction: tuple[str, ...] = ()
    times: TimeWords | None = None
    tongues: Mapping[str, Tongue] = field(default_factory=dict)
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sets: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def list_of(self, name: str) -> tuple[str, ...]:
        """A list of words/en_lists.toml as written, in its order; () where the words hold none of this name."""
        return self.lists.get(name, ())

    def set_of(self, name: str) -> frozenset[str]:
        """The same as a set."""
        return self.sets.get(name, frozenset())

    def at(self, words: list[str], index: int) -> Entry | None:
        """The longest entry that starts at words[index], or None. words ends with an empty word."""
        start = self.starts.get(words[index])
        if start is None:
            return None
        for entry in start[0].get(words[index + 1], ()):
            size = len(entry.words)
            if size == 2 or tuple(words[index : index + size]) == entry.words:
                return entry
        return start[1]


def parse_lexicon(texts: Mapping[str, str], offices: Iterable[Office] = ()) -> Lexicon:
    """A lexicon out of TOML texts by file name: `[kind.value]` tables of form = "word, phrase, phrase".

    when_en.toml holds the words of the calendar; stopwords.toml belongs to language.py and is left alone. A file that says
    `language = "fi"` holds all words of that language (tongue/words.py), with the patterns of time of when_shared.toml under its own.
    Raises ValueError (a plain sentence with the file's name) for text that is not TOML of that shape.
    """
    found: dict[tuple[str, ...], Entry] = {}
    times: TimeWords | None = None
    tongues: dict[str, Tongue] = {}
    plain: dict[str, tuple[str, ...]] = {}
    lists: dict[str, tuple[str, ...]] = {"noise": (), "credit": (), "fiction": ()}
    for name in sorted(texts):
        if name.startswith(("when", "stopwords")):
            times = parse_words(texts[name]) if name == "when_en.toml" else times
            continue
        try:
            tables = tomllib.loads(texts[name])
        except tomllib.TOMLDecodeError as bad:
            raise ValueError(f"words/{name}: {bad}") from bad
        if is_tongue(tables):
            tongue = make_tongue(tables, name, texts.get("when_shared.toml", ""))
            tongues[tongue.language] = tongue
            continue
        for kind, values in tables.items():
            if kind == "list":
                if not all(isinstance(words, list) for words in values.values()):
                    raise ValueError(f'words/{name}: [list] should hold name = ["word", "phrase"] lines')
                plain |= {key: (*plain.get(key, ()), *words) for key, words in values.items()}
                continue
            if kind == "line":
                for key in lists:
                    lists[key] += tuple(fold(w) for w in _split(values.get(key, "")))
                continue
            for entry in _entries(name, kind, values):
                _add(found, entry)
    for entry in _people(offices):
        _add(found, entry)
    return Lexicon(_by_first(found.values()), lists["noise"], lists["credit"], lists["fiction"], times, tongues,
                   plain, {name: frozenset(words) for name, words in plain.items()})


def _entries(name: str, kind: str, values: Any) -> Iterable[Entry]:
    for value, forms in values.items():
        if not isinstance(forms, dict):
            raise ValueError(f'words/{name}: [{kind}.{value}] should hold form = "word, phrase" lines')
        for form, listed in forms.items():
            for phrase in _split(listed):
                yield Entry(tokens(phrase), kind, value, frozenset({form}))


def _people(offices: Iterable[Office]) -> Iterable[Entry]:
    """Names of office-holders; surnames come last, so that a surname never takes the place of a word."""
    held = tuple(offices)
    for kind, spelled in (("office", spellings), ("surname", surnames)):
        for office in held:
            for name in spelled(office):
                yield Entry(tokens(name), kind, office.country or "XX", frozenset(), (office,))


def _add(found: dict[tuple[str, ...], Entry], entry: Entry) -> None:
    """Keep one entry for one spelling; a verb form spelled alike ("shut" now and then) gathers its forms, a name its offices."""
    held = found.get(entry.words)
    if not entry.words:
        return
    if held and held.kind == entry.kind and (held.value == entry.value or entry.offices):
        entry = Entry(held.words, held.kind, held.value, held.forms | entry.forms, (*held.offices, *entry.offices))
    elif held:
        return  # first come, first kept: files are read in the order of their names
    found[entry.words] = entry


def tokens(phrase: str) -> tuple[str, ...]:
    """A phrase as the reader's words."""
    return tuple(word for _, _, word in words_of(fold(phrase)))


def _split(listed: str) -> list[str]:
    return [phrase.strip() for phrase in listed.replace("\n", ",").split(",") if phrase.strip()]


def _by_first(entries: Iterable[Entry]) -> dict[str, tuple[dict[str, tuple[Entry, ...]], Entry | None]]:
    """What may begin with each word: phrases by their second word, longest first, and the word alone."""
    longer: dict[str, dict[str, list[Entry]]] = {}
    alone: dict[str, Entry] = {}
    for entry in entries:
        seconds = longer.setdefault(entry.words[0], {})
        if len(entry.words) == 1:
            alone[entry.words[0]] = entry
        else:
            seconds.setdefault(entry.words[1], []).append(entry)
    return {
        first: ({second: tuple(sorted(found, key=lambda e: -len(e.words))) for second, found in seconds.items()}, alone.get(first))
        for first, seconds in longer.items()
    }
