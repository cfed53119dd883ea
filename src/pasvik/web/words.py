"""The words of the pages, looked up by key in the message file of a language, so that a new language needs no new code."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from pasvik.terms.place import RAIL_LANES, ROAD_LANES, Lane

MESSAGES = Path(__file__).parent / "messages"
LANGUAGES = ("en", "nb", "fi", "ru")
KIN = {"no": "nb", "nn": "nb", "da": "nb"}                      # who asks for these reads that sooner than English
# The language of the request that is being answered, and whether its address named it (then links carry it on).
_ASKED: ContextVar[tuple[str, bool]] = ContextVar("language", default=(LANGUAGES[0], False))


@dataclass(frozen=True, slots=True)
class Words:
    """The message file of one language, or (fixed None) of the language in which the present request is answered."""

    fixed: str | None = None

    @property
    def language(self) -> str:
        """ISO 639 code."""
        return self.fixed or _ASKED.get()[0]

    @property
    def table(self) -> dict[str, Any]:
        """The texts by section and key; what the language lacks is in English."""
        return _table(self.language)


SPOKEN = Words()


def words_of(language: str = "en") -> Words:
    """The words of a language that we ship; raises FileNotFoundError for one that we do not."""
    _table(language)
    return Words(language)


def answer_in(named: str | None, accepted: str | None) -> None:
    """Settle the language of this request: the one its address names, else the first that the browser accepts, else English."""
    chosen = _known(named or "")
    _ASKED.set((chosen, True) if chosen else (_accepted(accepted or ""), False))


def carried() -> str | None:
    """The language that links must carry on, because the address of this page names it."""
    language, is_named = _ASKED.get()
    return language if is_named else None


def _known(code: str) -> str | None:
    plain = code.strip().lower().replace("_", "-").partition("-")[0]
    plain = KIN.get(plain, plain)
    return plain if plain in LANGUAGES else None


def _accepted(header: str) -> str:
    """The best of an Accept-Language header, such as `nb-NO,nb;q=0.9,en;q=0.8`."""
    wanted: list[tuple[float, str]] = []
    for part in header[:500].split(","):
        code, _, rest = part.partition(";")
        known_code, weight = _known(code), rest.strip().removeprefix("q=")
        if known_code:
            wanted.append((float(weight) if weight.replace(".", "", 1).isdecimal() and weight.isascii() else 1.0, known_code))
    return max(wanted, key=lambda one: one[0])[1] if wanted else LANGUAGES[0]


@lru_cache(maxsize=8)
def _table(language: str) -> dict[str, Any]:
    own = tomllib.loads((MESSAGES / f"{language}.toml").read_text(encoding="utf-8"))
    return own if language == LANGUAGES[0] else _over(_table(LANGUAGES[0]), own)


def _over(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    """The tables laid over each other, section by section: what is above hides what is below."""
    return below | {key: _over(below[key], value) if isinstance(value, dict) and key in below else value for key, value in above.items()}


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
    """A number with its noun, in the form that the number asks for."""
    forms = words.table["plural"][key]
    form = _form(words.language, n)
    return str(forms[form if form in forms else "other"]).format(n=n)


def _form(language: str, n: int) -> str:
    """The plural form after Unicode CLDR: one and other; Russian has one, few and other."""
    if language == "ru":
        last, teens = n % 10, n % 100
        return "one" if last == 1 and teens != 11 else "few" if last in (2, 3, 4) and teens not in (12, 13, 14) else "other"
    return "one" if n == 1 else "other"


def digits(words: Words, n: int) -> str:
    """A whole number with its thousands apart, as the language writes them."""
    return f"{n:,}".replace(",", str(words.table["months"]["thousands"]))


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
