"""One document with every quoted word marked in its place, and beside it what was read from it and what reviewers said of that."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response

from pasvik.app import answer
from pasvik.app.access.echoes import echoes_of
from pasvik.app.access.review import STATES, Verdict, review_of
from pasvik.desk.people import Scope
from pasvik.terms.capture import Fault
from pasvik.terms.claim import Commitment
from pasvik.terms.interchange import reading_to_json, statement_to_json
from pasvik.terms.place import ALL, Lane
from pasvik.terms.statement import Puzzle, Reading, Statement
from pasvik.web import page
from pasvik.web.access.form import visitor_of
from pasvik.web.marks import Mark, Piece, pieces
from pasvik.web.words import say

MOST_DOCUMENTS = 200


def evidence_page(request: Request) -> Response:
    """`/evidence/{id}`: the text as text, never as HTML, with its marks."""
    return show(request, request.path_params["id"])


def show(request: Request, document: str, problem: str | None = None, typed: Mapping[str, str] | None = None, status: int = 200) -> Response:
    """The page; problem and typed: what a reviewer sent that could not be done, kept in their form (`typed["statement"]` says which)."""
    asked = page.asked_of(request)
    if isinstance(asked, Fault):
        return page.answer_fault(request, say(page.WORDS, "problem.bad_request"), asked.what, 400)
    house = page.house_of(request)
    found = answer.document_page(house, document)
    if isinstance(found, Fault):
        return page.answer_fault(request, say(page.WORDS, "problem.document"), found.what, 404)
    reviewed = review_of(house, document)
    statements = in_order((*found.statements, *reviewed.aside))
    visitor = visitor_of(request)
    return page.answer_page(
        request, "review/evidence.html", asked, status=status, document=found.document, statements=statements, puzzles=found.puzzles,
        pieces=marked(found.document.text, statements, found.puzzles), numbers=numbers_of(statements), verdicts=reviewed.verdicts,
        aside={one.id for one in reviewed.aside}, echoes=echoes_of(house, found.statements),
        may_review=visitor is not None and visitor.may(Scope.WRITE), problem=problem, typed=typed or {"statement": ""}, states=STATES,
        commitments=tuple(Commitment), lanes=(ALL, *Lane))


def evidence_json(request: Request) -> Response:
    """`/evidence/{id}.json`: document, text, statements, puzzles, verdicts, and what verdicts have set aside."""
    house = page.house_of(request)
    found = answer.document_page(house, request.path_params["id"])
    if isinstance(found, Fault):
        return page.answer_fault(request, "", found.what, 404)
    told = reading_to_json(found.document, Reading(in_order(found.statements), found.puzzles))
    told["document"]["text"] = found.document.text
    reviewed = review_of(house, found.document.id)
    told["verdicts"] = [verdict_to_json(one) for given in reviewed.verdicts.values() for one in given]
    told["set_aside"] = [statement_to_json(one) for one in reviewed.aside]
    return page.answer_json(request, told)


def verdict_to_json(verdict: Verdict) -> dict[str, str | None]:
    """A verdict as JSON; recorded in UTC."""
    return {"id": verdict.id, "statement": verdict.statement, "verdict": str(verdict.word), "by": verdict.by, "why": verdict.why,
            "recorded": verdict.recorded.isoformat(), "after": verdict.after, "instead": verdict.instead}


def sources_page(request: Request) -> Response:
    """`/sources`: the newest documents, and those without a date apart."""
    house = page.house_of(request)
    return page.answer_page(
        request, "sources.html", documents=answer.documents(house, MOST_DOCUMENTS), undated=answer.undated(house))


def marked(text: str, statements: tuple[Statement, ...], puzzles: tuple[Puzzle, ...]) -> tuple[Piece, ...]:
    """The text cut for marking: claims by their statement's id, puzzles by p1, p2 ... in the order given."""
    claims = [Mark(s.evidence.start, s.evidence.end, s.id) for s in statements]
    return pieces(text, [*claims, *(Mark(p.start, p.end, f"p{n}", "puzzle") for n, p in enumerate(puzzles, 1))])


def in_order(statements: tuple[Statement, ...]) -> tuple[Statement, ...]:
    """As they stand in the text."""
    return tuple(sorted(statements, key=lambda s: (s.evidence.start, s.evidence.end, s.id)))


def numbers_of(statements: tuple[Statement, ...]) -> dict[str, int]:
    """The number by which page and list tie a claim to its words."""
    return {statement.id: number for number, statement in enumerate(statements, 1)}
