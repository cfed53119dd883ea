"""Who may close what, and whose pages we know: the standing of a speaker and of the outlet that carries the words."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from pasvik.situation.policy import Policy
from pasvik.terms.capture import Origin
from pasvik.terms.claim import Basis, Status, Zone
from pasvik.terms.place import RAIL_LANES
from pasvik.terms.statement import Speaker, Statement

WORD = re.compile(r"\w+")
RAIL = frozenset(map(str, RAIL_LANES))
KNOWN_KINDS = ("authority", "press", "agency")
DECIDES, REPORTS, HEARSAY, NOTHING = 3, 2, 1, 0                 # the weights of a word


@dataclass(frozen=True, slots=True)
class Authority:
    """One row of authorities.csv. may_decide: all, operations, own_transport or nothing; offices and aliases as written."""

    country: str
    body: str
    level: str
    may_decide: str
    aliases: tuple[str, ...] = ()
    offices: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    keys: tuple[str, ...] = ()                                  # Ed25519 public keys (hex) with which its orders are signed


@dataclass(frozen=True, slots=True)
class Outlet:
    """One row of outlets.csv. kind: authority, state_media, press, agency, aggregator or unknown."""

    name: str
    country: str
    kind: str
    state_media: bool = False
    reprint: bool = False
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """The weight of a word on one crossing (3 decides, 2 reports, 1 hearsay, 0 nothing) and why.

    side: the country whose official speaks, None where none is quoted. speaks: the official's body may decide on that side,
    however weak the outlet that quotes it.
    """

    weight: int
    side: str | None
    speaks: bool
    why: str


@dataclass(frozen=True, slots=True, eq=False)
class Rules:
    """All that people tune about weighing: the policy, who may decide, which outlets are known. Compared by identity."""

    policy: Policy = field(default_factory=Policy)
    authorities: tuple[Authority, ...] = ()
    outlets: tuple[Outlet, ...] = ()
    bodies: dict[str, tuple[Authority, ...]] = field(default_factory=dict, repr=False)
    publishers: dict[str, Outlet] = field(default_factory=dict, repr=False)


def rules(policy: Policy, authorities: Iterable[Authority], outlets: Iterable[Outlet]) -> Rules:
    """The rules with their look-up tables: every name and alias of a body, every name and domain of an outlet."""
    who, whose = tuple(authorities), tuple(outlets)
    bodies: dict[str, tuple[Authority, ...]] = {}
    for authority in who:
        for name in (authority.body, *authority.aliases):
            bodies[plain(name)] = (*bodies.get(plain(name), ()), authority)
    publishers: dict[str, Outlet] = {}
    for outlet in whose:
        for name in (outlet.name, *outlet.aliases):
            publishers.setdefault(plain(name), outlet)
    return Rules(policy, who, whose, bodies, publishers)


def parse_authorities(text: str) -> tuple[Authority, ...]:
    """The rows of authorities.csv (lines starting with # are remarks). Raises ValueError naming the line."""
    found = []
    for number, row in _rows(text):
        if not row.get("body") or row.get("may_decide") not in ("all", "operations", "own_transport", "nothing"):
            raise ValueError(f"authorities.csv line {number}: a body and what it may decide (all, operations, own_transport, nothing)")
        found.append(Authority(
            row.get("country", ""), row["body"], row.get("level", ""), row["may_decide"], _list(row.get("aliases")),
            _list(row.get("offices")), row.get("from", ""), row.get("until", ""), _list(row.get("keys"))))
    return tuple(found)


def parse_outlets(text: str) -> tuple[Outlet, ...]:
    """The rows of outlets.csv (lines starting with # are remarks). Raises ValueError naming the line."""
    found = []
    for number, row in _rows(text):
        name = row.get("publisher") or row.get("name") or row.get("outlet") or ""
        if not name:
            raise ValueError(f"outlets.csv line {number}: an outlet without a name")
        kind = row.get("kind") or "unknown"
        found.append(Outlet(
            name, row.get("country", ""), kind, _yes(row.get("state_media")) or kind == "state_media", _yes(row.get("reprint")),
            (*_list(row.get("aliases")), *_list(row.get("domains")), *_list(row.get("domain")))))
    return tuple(found)


@lru_cache(maxsize=8192)
def plain(name: str) -> str:
    """A name as it is compared: small letters, no article, no www."""
    words = " ".join(name.casefold().split())
    return words.removeprefix("the ").removeprefix("www.")


def outlet_of(publisher: str | None, book: Rules) -> Outlet | None:
    """The listed outlet of this name, alias or domain; a subdomain belongs to its domain."""
    if not publisher:
        return None
    name = plain(publisher)
    while name:
        if name in book.publishers:
            return book.publishers[name]
        if " " in name or name.count(".") < 2:
            return None
        name = name.partition(".")[2]
    return None


def authority_of(speaker: Speaker, book: Rules) -> Authority | None:
    """The body behind a speaker: by its name, its body, or its office in its country; None where no row fits."""
    for name in (speaker.body, speaker.name):
        found = [row for row in book.bodies.get(plain(name or ""), ()) if speaker.country in (None, row.country)]
        if found:
            return found[0]
    if not speaker.country:
        return None
    home = [row for row in book.authorities if row.country == speaker.country]
    return _by_office(plain(speaker.role or ""), home) or _by_office(plain(speaker.name), home) or _by_words(speaker.name, home)


def standing(statement: Statement, countries: tuple[str, str], book: Rules) -> Standing:
    """How much a status statement weighs on a crossing between these countries: who speaks, who carries it, how firmly it is put."""
    claim = statement.claim
    curated = book.policy.curated_is_known and statement.source.origin is Origin.CURATED
    rail = isinstance(claim, Status) and RAIL.issuperset(claim.lanes)
    base = _bearing(statement.speaker, statement.source.publisher, countries, curated, rail, book)
    weight, why = base.weight, base.why
    if weight > HEARSAY and statement.evidence.zone is Zone.HEADLINE:
        weight, why = weight - 1, f"{why}, only in a headline"
    if weight > REPORTS and statement.basis is Basis.PRESUPPOSED:
        weight, why = REPORTS, f"{why}, taken for granted in passing"
    if weight > HEARSAY and statement.confidence < book.policy.low_confidence:
        weight, why = HEARSAY, f"{why}, doubtful"
    return base if weight == base.weight else Standing(weight, base.side, base.speaks, why)


@lru_cache(maxsize=16384)
def _bearing(
    speaker: Speaker | None, publisher: str | None, countries: tuple[str, str], curated: bool, rail: bool, book: Rules) -> Standing:
    """The standing of a speaker through an outlet, before how firmly it is put. A pure look-up, remembered because rows repeat."""
    teller = _teller(publisher, None, curated, book)
    if speaker is None:
        own = book.bodies.get(plain(publisher or ""), ())
        if not own:
            return Standing(teller, None, False, "a known outlet" if teller > HEARSAY else "an outlet that is not on the list")
        author: Authority | None = next((row for row in own if row.country in countries), own[0])
    else:
        quoted = outlet_of(speaker.name, book)
        if quoted is not None and quoted.kind != "authority":
            return Standing(min(teller, _teller(speaker.name, None, False, book)), None, False, f"{speaker.name}, as quoted")
        author = authority_of(speaker, book)
    if author is None:
        if speaker and speaker.country not in (None, *countries):
            return Standing(NOTHING, None, False, "a speaker of another country")
        return Standing(teller, speaker.country if speaker else None, False, "a speaker whose office is not on the list")
    if author.country not in countries:
        return Standing(HEARSAY if speaker is None else NOTHING, None, False, f"{author.body}: another country's authority")
    if author.may_decide == "nothing" or (author.may_decide == "own_transport" and not rail):
        return Standing(NOTHING, author.country, False, f"{author.body}: decides on no crossing")
    if _teller(publisher, author.country, curated, book) > HEARSAY:
        return Standing(DECIDES, author.country, True, f"{author.body}, which may decide")
    return Standing(HEARSAY, author.country, True, f"{author.body}, as told by an outlet that is not on the list")


def _teller(publisher: str | None, quoted: str | None, curated: bool, book: Rules) -> int:
    """The weight of an outlet: REPORTS for a known one, HEARSAY for an unlisted or reprinting one.

    State media are believed when they quote their own country's authorities (`quoted`), and not on anybody else's.
    """
    if curated or book.bodies.get(plain(publisher or "")):
        return REPORTS
    outlet = outlet_of(publisher, book)
    if outlet is None or outlet.reprint:
        return HEARSAY
    if outlet.state_media:
        return REPORTS if quoted == outlet.country else HEARSAY
    return REPORTS if outlet.kind in KNOWN_KINDS else HEARSAY


def _by_office(role: str, home: list[Authority]) -> Authority | None:
    """The row whose longest office stands in the role; none where rows of different power share that office."""
    if not role:
        return None
    fits = [(len(office), row) for row in home for office in row.offices if re.search(rf"\b{re.escape(plain(office))}\b", role)]
    best = [row for size, row in fits if size == max(size for size, _ in fits)]
    return best[0] if best and len({row.may_decide for row in best}) == 1 else None


def _by_words(name: str, home: list[Authority]) -> Authority | None:
    """The first row one of whose names holds all words of a shortened one ("Border Guard" for "Finnish Border Guard")."""
    words = set(WORD.findall(plain(name)))
    if not words:
        return None
    for row in home:
        if any(words <= set(WORD.findall(plain(alias))) for alias in (row.body, *row.aliases)):
            return row
    return None


def _rows(text: str) -> list[tuple[int, dict[str, str]]]:
    lines = [(number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip() and not line.startswith("#")]
    if not lines:
        return []
    read = csv.DictReader([line for _, line in lines])
    return [(lines[index][0], {name: (value or "").strip() for name, value in row.items() if name and not isinstance(value, list)})
            for index, row in enumerate(read, 1)]


def _list(told: str | None) -> tuple[str, ...]:
    return tuple(part.strip() for part in (told or "").split("|") if part.strip())


def _yes(told: str | None) -> bool:
    return (told or "").strip().lower() in ("yes", "true", "1", "x", "y")
