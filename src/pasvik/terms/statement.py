"""What somebody said about a crossing, in whose name, in which exact words."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from pasvik.terms.capture import Source, digest
from pasvik.terms.claim import Basis, Claim, Zone
from pasvik.terms.claim_json import claim_to_json

MODEL = "model: "                                               # found_by of what only a language model read begins so


@dataclass(frozen=True, slots=True)
class Speaker:
    """An office, a body or a person speaking in office; name as written. country: ISO 3166 alpha-2 or None."""

    name: str
    role: str | None = None
    body: str | None = None
    country: str | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """The exact words: text[start:end] == quote in the document of this digest (code points)."""

    start: int
    end: int
    quote: str
    zone: Zone = Zone.BODY

    def __post_init__(self) -> None:
        if not self.quote or self.end - self.start != len(self.quote):
            raise ValueError(f"no claim without its words: span {self.start}-{self.end} for {self.quote[:40]!r}")


@dataclass(frozen=True, slots=True)
class Statement:
    """One claim with its words, its speaker (None = the publisher's own voice) and where it was published.

    `id` is the hash of what is said, by whom, of what, when and in which words; never of the moment of fetching.
    """

    claim: Claim
    evidence: Evidence
    source: Source
    speaker: Speaker | None = None
    basis: Basis = Basis.STATED
    confidence: float = 0.9
    found_by: str = ""                                          # finder and cue words, for "why did the reader say this?"
    id: str = ""
    doubt: str | None = None                                    # what speaks against it, in plain words; kept with it, not in the id

    def __post_init__(self) -> None:
        if not self.id:
            object.__setattr__(self, "id", identity(self))

    @property
    def kind(self) -> str:
        """status, movement, count, accusation, denial, posture, watch, objection or background."""
        return self.claim.kind

    @property
    def by_model(self) -> bool:
        """Whether only a language model read it: such a statement is a candidate and never enters the ledger or a board."""
        return self.found_by.startswith(MODEL)


_PLAINLY = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def identity(statement: Statement, claim: dict[str, Any] | None = None) -> str:
    """The id of a statement: a hash that two machines reading the same words agree on. `claim`: as JSON, where the caller has it."""
    from_whom = statement.speaker.name if statement.speaker else ""
    published = statement.source.published.iso() if statement.source.published else ""
    what = {name: value for name, value in (claim or claim_to_json(statement.claim)).items() if value not in (None, [], "", False)}
    said = _PLAINLY.encode([what, from_whom, statement.source.publisher or "", published, statement.evidence.zone, statement.evidence.quote])
    return "s" + digest(said.encode("utf-8", "surrogatepass"))[:24]


@dataclass(frozen=True, slots=True)
class Puzzle:
    """Words that could not be resolved, kept with the reason; counted and shown, never guessed."""

    why: str
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader made of one document."""

    statements: tuple[Statement, ...]
    puzzles: tuple[Puzzle, ...] = ()
