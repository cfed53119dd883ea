"""The words of the pages, looked up by key in the message file of a language, so that a new language needs no new code."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from pasvik.terms.place import RAIL_LANES, ROAD_LANES, Lane

MESSAGES = Path(__file__).parent / "messages"


@dataclass(frozen=True, slots=True)
class Words:
    """The message file of one language; `table` is its TOML."""

    language: str
    table: dict[str, Any]


@lru_cache(maxsize=8)
def words_of(language: str = "en") -> Words:
    """The words of a language that we ship; raises FileNotFoundError for one that we do not."""
    return Words(language, tomllib.loads((MESSAGES / f"{language}.toml").read_text(encoding="utf-8")))


def say(words: Words, key: str, **fill: object) -> str:
    """The text of a dotted key with its values filled in. Raises KeyError for a key that the language lacks: a defect, not bad input."""
    found: Any = words.table
    for part in key.split("."):
        found = found[part]
    return str(found).format(**fill) if fill else str(found)


def known(words: Words, section: str, key: str) -> str:
    """The text of a key that may come from outside (a country, a fate); the key itself where the language has no word for it."""
    return str(words.table[section].get(key, key.replace("_", " ")))


def count(words: Words, key: str, n: int) -> str:
    """A number with its noun. English has two forms; a language with more gives its own file more keys and a rule here."""
    return say(words, f"plural.{key}.{'one' if n == 1 else 'other'}", n=n)


def age(words: Words, days: int | None) -> str:
    """How old a word is, as coarsely as a person would say it."""
    if days is None:
        return say(words, "age.ahead")
    if days == 0:
        return say(words, "age.same")
    if days < 60:
        return count(words, "days", days)
    return count(words, "months", round(days / 30.44)) if days < 730 else count(words, "years", days // 365)


def border_name(words: Words, border: str) -> str:
    """FI-RU as "Finland – Russia": the covered side first, Russia and Belarus last."""
    one, _, other = border.partition("-")
    if one in ("RU", "BY") and other not in ("RU", "BY"):
        one, other = other, one
    return " – ".join(known(words, "country", code) for code in (one, other) if code)


def lanes_text(words: Words, lanes: Iterable[str], served: frozenset[Lane] = frozenset()) -> str:
    """The kinds of traffic in words; the whole of what a crossing serves by road (or rail) is said as such."""
    left = [lane for lane in Lane if str(lane) in set(lanes)]
    named = [say(words, "lane.all")] if "all" in lanes else []
    for key, group in (("road", ROAD_LANES), ("rail", RAIL_LANES)):
        whole = [lane for lane in group if lane in (served or set(group))]
        if len(whole) > 1 and all(lane in left for lane in whole):
            named.append(say(words, f"lane.{key}"))
            left = [lane for lane in left if lane not in whole]
    named += [say(words, f"lane.{lane}") for lane in left]
    return ", ".join(named[:1] + [name[0].lower() + name[1:] for name in named[1:]])


def official_of(words: Words, countries: Iterable[str]) -> tuple[dict[str, str], ...]:
    """The authorities to ask, by country, each with name, host and address; those we know, in the order given."""
    table: dict[str, dict[str, str]] = words.table["official"]
    return tuple(
        {"country": code, "host": table[code]["url"].split("/")[2].removeprefix("www."), **table[code]}
        for code in dict.fromkeys(countries) if code in table)
