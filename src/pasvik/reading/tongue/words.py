"""The words of one language as its file lists them: what is done to a crossing, how surely, by whom, and when."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pasvik.reading.page.fold import fold, words_of
from pasvik.reading.when.words import TimeWords, make_words, with_shared

FORMS = {                                                       # what a table may hold: kind -> its forms
    "deed": frozenset({"is", "now", "did", "will", "to", "noun", "attr"}),
    "country": frozenset({"name", "of", "people"}),
    "say": frozenset({"verb", "before", "behind"}),
}
VALUES = {                                                      # kinds whose values the reader must know
    "deed": frozenset({"closed", "open", "restricted", "stopped", "runs", "accept", "refuse", "extend", "lift"}),
    "sense": frozenset({
        "no", "decide", "future", "plan", "may", "ready", "consider", "rule_out", "if", "if_needed", "stay", "past", "whether", "suppose", "deny",
        "call", "retract", "tale", "habit", "hearsay", "after", "partly"}),
    "point": frozenset({"one", "many", "border", "whole", "east", "it", "they"}),
    "many": frozenset({"all", "except", "other", "only", "last"}),
    "hinge": frozenset({"and", "that", "which"}),
    "lane": frozenset({
        "asylum", "pedestrian", "bicycle", "car", "bus", "truck", "vehicle", "rail_freight", "rail_passenger", "rail", "people", "traffic"}),
    "measure": frozenset({"words"}), "aside": frozenset({"words"}), "say": frozenset({"words"}), "skip": frozenset({"words"}),
}
FREE = frozenset({"number", "country", "body", "role"})         # kinds whose values are figures, countries or titles
STAR = "\ua66e"                                                 # a letter that no language of ours writes stands for "*" while words are cut
LEAST_STEM = 2                                                  # letters that a stem must have before its "*"


@dataclass(frozen=True, slots=True)
class Term:
    """A word or phrase of note. pieces: (letters it begins with, letters it ends with, whether it may be longer) of each of its words."""

    pieces: tuple[tuple[str, str, bool], ...]
    kind: str
    value: str
    form: str

    def fits(self, words: list[str], index: int) -> bool:
        """Whether words[index:] begin with this phrase."""
        if index + len(self.pieces) > len(words):
            return False
        return all(_fits(piece, words[index + at]) for at, piece in enumerate(self.pieces))


@dataclass(frozen=True, slots=True)
class Tongue:
    """All that is known of a language. exact: terms by their first word; stems: by the letters of their first word before its "*"."""

    language: str
    name: str
    exact: Mapping[str, tuple[Term, ...]]
    stems: Mapping[str, tuple[Term, ...]]
    heads: frozenset[str]                                       # the first letters of all stems: a quick look
    longest: int                                                # letters of the longest stem
    times: TimeWords | None
    noise: tuple[str, ...] = ()
    credit: tuple[str, ...] = ()
    short: frozenset[str] = frozenset()                         # words whose dot ends no sentence
    endings: tuple[str, ...] = ()                               # that names of other languages take, longest first
    home: str | None = None                                     # the state meant by "the border" where a text names none
    tells: Mapping[str, str] | None = None                      # script, letters, words: as in stopwords.toml

    def at(self, words: list[str], index: int) -> Term | None:
        """The term that begins at words[index]: the one of most words, then the one that is spelled out most; None = none."""
        word = words[index]
        known = self.exact.get(word, ())
        if not known and word[:LEAST_STEM] not in self.heads:
            return None
        found = [term for term in known if term.fits(words, index)]
        for size in range(min(len(word), self.longest), LEAST_STEM - 1, -1):
            found += [term for term in self.stems.get(word[:size], ()) if term.fits(words, index)]
        return max(found, key=lambda term: len(term.pieces)) if found else None


def is_tongue(table: Mapping[str, Any]) -> bool:
    """Whether a words file is that of another language: it says which."""
    return isinstance(table.get("language"), str)


def make_tongue(told: Mapping[str, Any], where: str, shared: str = "") -> Tongue:
    """The Tongue of a parsed words file. shared: the TOML of the patterns of time that all languages have.

    Raises ValueError, one sentence with the file's name, for a table or a form that the reader would not know what to do with.
    """
    terms = [term for kind, values in told.items() if isinstance(values, dict) and kind not in ("line", "tells", "when")
             for term in _terms(where, kind, values)]
    exact, stems = _by_first(terms, False), _by_first(terms, True)
    line = told.get("line", {})
    lists = {key: tuple(fold(phrase) for phrase in _split(line.get(key, ""))) for key in ("noise", "credit", "short")}
    try:
        times = make_words(with_shared(told["when"], tomllib.loads(shared))) if "when" in told else None
    except (KeyError, ValueError, TypeError, AttributeError) as bad:
        raise ValueError(f"words/{where} [when]: {bad}") from bad
    return Tongue(told["language"], told.get("name", told["language"]), exact, stems, frozenset(stem[:LEAST_STEM] for stem in stems),
                  max(map(len, stems), default=0), times,
                  lists["noise"], lists["credit"], frozenset(lists["short"]), _endings(told), told.get("home"), told.get("tells"))


def _endings(told: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(sorted(_split(told.get("name_endings", "")), key=len, reverse=True))


def plain_letters(low: str) -> str:
    """Folded text as the terms are kept: the Russian ё, which most people write as е, is one."""
    return low.replace("ё", "е")


def _terms(where: str, kind: str, values: Mapping[str, Any]) -> Iterable[Term]:
    if kind not in VALUES and kind not in FREE:
        raise ValueError(f"words/{where}: [{kind}] is no kind of word; there are {', '.join(sorted(VALUES.keys() | FREE))}")
    for value, forms in values.items():
        if not isinstance(forms, dict):
            raise ValueError(f'words/{where}: [{kind}.{value}] should hold form = "word, phrase" lines')
        if kind in VALUES and value not in VALUES[kind]:
            raise ValueError(f"words/{where}: [{kind}.{value}] is not known; {kind} may be {', '.join(sorted(VALUES[kind]))}")
        for form, listed in forms.items():
            if form not in FORMS.get(kind, {"words"}):
                raise ValueError(f"words/{where}: [{kind}.{value}] has no form {form!r}; it may be {', '.join(sorted(FORMS.get(kind, {'words'})))}")
            for phrase in _split(listed):
                yield _term(where, phrase, kind, value, form)


def _term(where: str, phrase: str, kind: str, value: str, form: str) -> Term:
    pieces = tuple(_piece(word) for part in phrase.split() for word in _pieces_of(part))
    begins, _, longer = pieces[0]
    if longer and len(begins) < LEAST_STEM:
        raise ValueError(f"words/{where}: {phrase!r} needs {LEAST_STEM} letters before its *")
    return Term(pieces, kind, value, form)


def _pieces_of(part: str) -> list[str]:
    """A part of a phrase as the reader's words, its "*" kept: "премьер-министр*" is three."""
    return [word.replace(STAR, "*") for _, _, word in words_of(plain_letters(fold(part.replace("*", STAR))))]


def _piece(word: str) -> tuple[str, str, bool]:
    begins, star, ends = word.partition("*")
    return begins, ends, bool(star)


def _fits(piece: tuple[str, str, bool], word: str) -> bool:
    begins, ends, longer = piece
    return (word.startswith(begins) and word.endswith(ends) and len(word) >= len(begins) + len(ends)) if longer else word == begins


def _by_first(terms: list[Term], stems: bool) -> dict[str, tuple[Term, ...]]:
    found: dict[str, list[Term]] = {}
    for term in terms:
        begins, _, longer = term.pieces[0]
        if longer is stems:
            found.setdefault(begins, []).append(term)
    return {word: tuple(some) for word, some in found.items()}


def _split(listed: str) -> list[str]:
    return [phrase.strip() for phrase in listed.replace("\n", ",").split(",") if phrase.strip()]
