"""Who accuses whom of what, and who denies it: kept beside the facts with their owners, never scored true or false."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from pasvik.situation.authority import Rules, authority_of, plain
from pasvik.situation.utterance import LONG_AGO, told_at
from pasvik.terms.claim import Accusation, Denial
from pasvik.terms.moment import Moment
from pasvik.terms.statement import Speaker, Statement

ANSWERS_WITHIN = timedelta(days=14)                             # a denial that names no charge answers those made so shortly before
NOT_SAID = "not said"


@dataclass(frozen=True, slots=True)
class Charge:
    """One accuser against one accused: every statement of it, oldest first, and the denials that answer it.

    accuser, accused: ISO codes where known, else names as written; `not said` where the text names no accuser.
    charges: in the readers' short words, without repeats. border: None where no text tells.
    """

    accuser: str
    accused: str
    border: str | None
    charges: tuple[str, ...]
    statements: tuple[str, ...]
    first: Moment | None
    last: Moment | None
    denials: tuple[str, ...]


def matrix(statements: Iterable[Statement], book: Rules, border: str | None = None) -> tuple[Charge, ...]:
    """Accusations by accuser and accused, with what answers them; the pair that is oldest comes first."""
    ordered = sorted(statements, key=lambda s: (told_at(s) or LONG_AGO, s.id))
    denials = [s for s in ordered if isinstance(s.claim, Denial)]
    pairs: dict[tuple[str, str], list[Statement]] = {}
    for statement in ordered:
        claim = statement.claim
        if isinstance(claim, Accusation) and (border is None or claim.border in (None, border)):
            for accuser in claim.accusers or (NOT_SAID,):
                pairs.setdefault((country_of(accuser, book), country_of(claim.accused, book)), []).append(statement)
    return tuple(_charge(accuser, accused, said, denials, book) for (accuser, accused), said in pairs.items())


def _charge(accuser: str, accused: str, said: list[Statement], denials: list[Statement], book: Rules) -> Charge:
    claims = [s.claim for s in said if isinstance(s.claim, Accusation)]
    answers = tuple(d.id for d in denials if any(_answers(d, s, accused, book) for s in said))
    return Charge(
        accuser, accused, next((claim.border for claim in claims if claim.border), None),
        tuple(dict.fromkeys(claim.charge for claim in claims if claim.charge)), tuple(s.id for s in said),
        said[0].source.published, said[-1].source.published, answers)


def _answers(denial: Statement, accusation: Statement, accused: str, book: Rules) -> bool:
    """Whether a denial names the accusation, or comes from the accused soon after it and names none."""
    claim = denial.claim
    assert isinstance(claim, Denial)
    if claim.denies:
        return accusation.id in claim.denies
    if country_of(claim.denier, book) != accused:
        return False
    one, other = told_at(accusation), told_at(denial)
    if one is None or other is None:
        return denial.source.document == accusation.source.document
    return timedelta(0) <= other - one <= ANSWERS_WITHIN


def country_of(name: str, book: Rules) -> str:
    """The ISO code behind a code, a country's or a body's name ("Kremlin" -> RU); the name itself where none is known."""
    if len(name) == 2 and name.isupper():
        return name
    row = authority_of(Speaker(name), book)
    return row.country if row and row.country else " ".join(name.split()) if plain(name) else NOT_SAID
