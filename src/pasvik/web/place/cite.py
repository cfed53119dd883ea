"""A view as a citation: plain words, BibTeX or CSL-JSON, with every clock and the ledger's position, so that it opens again to the same."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from pasvik.app import answer
from pasvik.terms.capture import Fault
from pasvik.terms.moment import Grain, Moment
from pasvik.terms.place import Crossing
from pasvik.web import page
from pasvik.web.asked import Asked, cited
from pasvik.web.dates import day_text
from pasvik.web.words import say


@dataclass(frozen=True, slots=True)
class Citation:
    """What is cited: title, whole address, ledger position, the day of knowledge (issued) and the day of citing (ISO)."""

    key: str
    title: str
    address: str
    basis: int
    issued: str
    accessed: str


def citation_of(request: Request, asked: Asked, crossing: Crossing | None) -> Citation:
    """The view of a crossing, or of the board (None), as it is asked here."""
    house = page.house_of(request)
    basis = house.ledger.basis() if asked.question.basis is None else asked.question.basis
    at = asked.question.at or Moment(asked.now, Grain.MINUTE)
    known = asked.question.known or Moment(asked.now, Grain.MINUTE)
    path = f"/crossing/{crossing.id}" if crossing else "/"
    name = crossing.name if crossing else say(page.WORDS, "board.title")
    title = say(page.WORDS, "cite.as_of", name=name, at=day_text(page.WORDS, at.local), known=day_text(page.WORDS, known.local))
    key = re.sub(r"[^a-z0-9]+", "-", f"pasvik-{crossing.id if crossing else 'board'}-{at.local:%Y-%m-%d}-{basis}")
    address = str(request.base_url).rstrip("/") + cited(asked, path, basis)
    return Citation(key, title, address, basis, f"{known.local:%Y-%m-%d}", f"{asked.now:%Y-%m-%d}")


def plain(one: Citation) -> str:
    """One sentence for a footnote."""
    return say(page.WORDS, "cite.plain", title=one.title, basis=one.basis, address=one.address, accessed=one.accessed)


def bibtex(one: Citation) -> str:
    """A BibTeX entry; what TeX would take for its own is escaped."""
    fields = {
        "author": "{Pasvik}", "title": f"{{{_tex(one.title)}}}", "year": one.issued[:4], "date": one.issued, "url": one.address.replace("%", r"\%"),
        "urldate": one.accessed, "note": f"Ledger position {one.basis}"}
    return f"@misc{{{one.key},\n" + ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items()) + "\n}\n"


def csl(one: Citation) -> str:
    """CSL-JSON, as reference managers read it."""
    def parts(day: str) -> dict[str, list[list[int]]]:
        return {"date-parts": [[int(part) for part in day.split("-")]]}

    return json.dumps([{
        "id": one.key, "type": "dataset", "title": one.title, "author": [{"literal": "Pasvik"}], "publisher": "Pasvik", "URL": one.address,
        "issued": parts(one.issued), "accessed": parts(one.accessed), "version": str(one.basis)}], ensure_ascii=False, indent=1) + "\n"


FORMS = {"txt": (plain, "text/plain"), "bib": (bibtex, "application/x-bibtex"), "json": (csl, "application/vnd.citationstyles.csl+json")}


def form(name: str) -> Callable[[Request], Response]:
    """`/cite.NAME?crossing=`: answers with the citation of a crossing's page, or of the board, at the clocks of the address."""
    made, media = FORMS[name]

    def cite(request: Request) -> Response:
        asked = page.asked_of(request)
        if isinstance(asked, Fault):
            return page.answer_fault(request, say(page.WORDS, "problem.bad_request"), asked.what, 400)
        words = request.query_params.get("crossing", "").strip()[:200]
        found = answer.find_crossing(page.house_of(request), words) if words else None
        if isinstance(found, Fault):
            return page.answer_fault(request, say(page.WORDS, "problem.crossing"), found.what, 404)
        told = made(citation_of(request, asked, found)).encode("utf-8", "replace")
        return Response(told, media_type=f"{media}; charset=utf-8", headers={"cache-control": page.ASK_AGAIN})

    return cite


def _tex(text: str) -> str:
    return re.sub(r"([&%$#_{}])", r"\\\1", text.replace("\\", " "))
