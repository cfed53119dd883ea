"""What a site asks of robots, read as RFC 9309 has it: the longest rule that fits wins, and `*` and `$` mean something."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, unquote_to_bytes

MOST_BYTES = 512_000                                            # the RFC lets us stop reading there
LINE = re.compile(r"^\s*([A-Za-z-]+)\s*:\s*([^#]*)")
SAFE = "/%?=&*$:@!',;+-._~()[]#"


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules for us: (pattern, allowed), and the pause asked for in seconds. No rules = all may be fetched."""

    rules: tuple[tuple[str, bool], ...] = ()
    pause_seconds: float | None = None

    def allows(self, path: str) -> bool:
        """Whether a path (with its query) may be fetched. Of two rules of one length the allowing one wins."""
        if path.split("?")[0] == "/robots.txt":
            return True
        asked = _plain(path)
        fits = [(len(pattern), allowed) for pattern, allowed in self.rules if _fits(pattern, asked)]
        return max(fits)[1] if fits else True


def parse(data: bytes, agent: str) -> Robots:
    """The rules of a robots.txt for this product name: those of every group that names it, else those for `*`."""
    groups: dict[str, list[tuple[str, bool]]] = {}
    pauses: dict[str, float] = {}
    names: list[str] = []
    in_rules = False
    for line in data[:MOST_BYTES].decode("utf-8", "replace").lstrip("\ufeff").splitlines():
        found = LINE.match(line)
        if not found:
            continue
        field, value = found[1].lower(), found[2].strip()
        if field == "user-agent":
            names = [*names, value.lower()] if not in_rules else [value.lower()]
            in_rules = False
            groups.setdefault(value.lower(), [])
        elif field in ("allow", "disallow"):
            in_rules = True
            for name in names if value else ():
                groups[name].append((_plain(value), field == "allow"))
        elif field == "crawl-delay":
            in_rules = True
            told = _seconds(value)
            pauses |= dict.fromkeys(names, told) if told is not None else {}
    mine = next((name for name in groups if name != "*" and name == agent.lower()), "*")
    return Robots(tuple(groups.get(mine, ())), pauses.get(mine))


def _seconds(value: str) -> float | None:
    try:
        told = float(value)
    except ValueError:
        return None
    return min(told, 3600.0) if told >= 0 else None


def _plain(path: str) -> str:
    """Paths are compared percent-encoded in one way, so that %7E is ~ and å is %C3%A5."""
    return quote(unquote_to_bytes(path.replace("%2F", "%252F").replace("%2f", "%252F")), safe=SAFE)


def _fits(pattern: str, path: str) -> bool:
    """Whether a pattern fits from the start, without a regular expression that a hostile file could make slow."""
    anchored = pattern.endswith("$")
    parts = pattern.removesuffix("$").split("*")
    if not path.startswith(parts[0]):
        return False
    at = len(parts[0])
    for part in parts[1:-1]:
        found = path.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    if len(parts) == 1:
        return at == len(path) if anchored else True
    last = parts[-1]
    if anchored:
        return path.endswith(last) and len(path) - len(last) >= at
    return path.find(last, at) >= 0
