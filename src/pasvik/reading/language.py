"""Which language a page is written in, told by its small words; a page too short to tell says so ("und")."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from pasvik.terms.capture import Fault

UNKNOWN = "und"                                                 # ISO 639-2: undetermined
SAMPLE = 4_000                                                  # code points looked at: enough to tell, and flat in cost
LEAST_WEIGHT = 1.5                                              # less evidence than this is no evidence
LEAST_LEAD = 1.15                                               # the best must beat the second by this factor
LETTER_WEIGHT = 0.5                                             # a word with one of the language's own letters, unless it counts already
TELLING = 0.12                                                  # and the small words must be this share of all words
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


@dataclass(frozen=True, slots=True)
class Profiles:
    """What tells the languages apart: word -> its languages, letter -> its languages, language -> script."""

    words: Mapping[str, frozenset[str]]
    letters: Mapping[str, frozenset[str]]
    scripts: Mapping[str, str]


def parse_profiles(text: str, where: str = "stopwords.toml", more: Mapping[str, Mapping[str, str]] | None = None) -> Profiles | Fault:
    """Read the TOML of small words: one table per ISO 639-1 code with `script`, `letters` and `words`.

    more: further such tables by code, which the words files of other languages bring along; they go before those of the text.
    """
    try:
        tables = {**tomllib.loads(text), **{code: dict(table) for code, table in (more or {}).items()}}
    except tomllib.TOMLDecodeError as bad:
        return Fault(f"this is not TOML: {bad}", where)
    for code, table in tables.items():
        if not isinstance(table, dict) or not all(isinstance(table.get(part), str) for part in ("script", "letters", "words")):
            return Fault(f"[{code}] needs script, letters and words, each a text", where)
    words = _turned({code: table["words"].split() for code, table in tables.items()})
    letters = _turned({code: list(table["letters"]) for code, table in tables.items()})
    return Profiles(words, letters, {code: table["script"] for code, table in tables.items()})


def _turned(table: Mapping[str, list[str]]) -> dict[str, frozenset[str]]:
    """language -> signs, turned round to sign -> languages."""
    found: dict[str, set[str]] = {}
    for code, signs in table.items():
        for sign in signs:
            found.setdefault(sign, set()).add(code)
    return {sign: frozenset(codes) for sign, codes in found.items()}


def language_of(text: str, profiles: Profiles) -> str:
    """The ISO 639-1 code of the language most of the text is in, or "und" where the words do not tell it clearly."""
    sample = unicodedata.normalize("NFC", text[:SAMPLE]).casefold()
    words = WORD.findall(sample)
    script = _script(words)
    scores = _scores(words, script, profiles)
    ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
    if not ranked or ranked[0][1] < max(LEAST_WEIGHT, TELLING * len(words)):
        return UNKNOWN
    if len(ranked) > 1 and ranked[0][1] < LEAST_LEAD * ranked[1][1]:
        return UNKNOWN
    return ranked[0][0]


def _script(words: list[str]) -> str:
    """cyrillic where most words start with a Cyrillic letter, else latin."""
    cyrillic = sum("\u0400" <= word[0] <= "\u052f" for word in words)
    return "cyrillic" if 2 * cyrillic > len(words) else "latin"


def _scores(words: list[str], script: str, profiles: Profiles) -> dict[str, float]:
    """How much each language of this script is spoken for; a sign that several share is shared out between them."""
    scores: dict[str, float] = {}
    for word in words:
        speaks_for = _of_script(profiles.words.get(word, frozenset()), script, profiles)
        for code in speaks_for:
            scores[code] = scores.get(code, 0.0) + 1 / len(speaks_for)
        told = {code for sign in set(word) for code in profiles.letters.get(sign, ())} - speaks_for
        lettered = _of_script(frozenset(told), script, profiles)
        for code in lettered:
            scores[code] = scores.get(code, 0.0) + LETTER_WEIGHT / len(lettered)
    return scores


def _of_script(codes: frozenset[str], script: str, profiles: Profiles) -> frozenset[str]:
    return frozenset(code for code in codes if profiles.scripts[code] == script)
