"""One document with every quoted word marked in its place, and beside it what was read from it."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from pasvik.app import answer
from pasvik.terms.capture import Fault
from pasvik.terms.interchange import reading_to_json
from pasvik.terms.statement import Puzzle, Reading, Statement
from pasvik.web import page
from pasvik.web.marks import Mark, Piece, pieces
from pasvik.web.words import say

MOST_DOCUMENTS = 200


def evidence_page(request: Request) -> Response:
    """`/evidence/{id}`: the text as text, never as HTML, with its marks."""
    asked = page.asked_of(request)
    if isinstance(asked, Fault):
        return page.answer_fault(request, say(page.WORDS, "problem.bad_request"), asked.what, 400)
    found = answer.document_page(page.house_of(request), request.path_params["id"])
    if isinstance(found, Fault):
        return page.answer_fault(request, say(page.WORDS, "problem.document"), found.what, 404)
    statements = in_order(found.statements)
    return page.answer_page(
        request, "evidence.html", asked, document=found.document, statements=statements, puzzles=found.puzzles,
        pieces=marked(found.document.text, statements, found.puzzles), numbers=numbers_of(statements))


def evidence_json(request: Request) -> Response:
    """`/evidence/{id}.json`: document, text, statements and puzzles."""
    found = answer.document_page(page.house_of(request), request.path_params["id"])
    if isinstance(found, Fault):
        return page.answer_fault(request, "", found.what, 404)
    told = reading_to_json(found.document, Reading(in_order(found.statements), found.puzzles))
    told["document"]["text"] = found.document.text
    return page.answer_json(request, told)


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
