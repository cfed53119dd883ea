"""Fills a template with values and sends it, or the same answer as JSON, with a tag by which a browser may keep it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import Response

from pasvik.app.wiring import House
from pasvik.terms.capture import Fault
from pasvik.terms.place import Crossing
from pasvik.web import claims, dates, words
from pasvik.web.asked import STRETCHES, Asked, address, day_of, fixed_for_ever, read_asked

TEMPLATES = Path(__file__).parent / "templates"
FOR_EVER = "public, max-age=31536000, immutable"
ASK_AGAIN = "no-cache"
OWN = "private, no-cache"
WORDS = words.SPOKEN                                            # each page is in the language of whoever asks


def house_of(request: Request) -> House:
    """The opened house that this server answers from."""
    house: House = request.app.state.house
    return house


def asked_of(request: Request) -> Asked | Fault:
    """The question in this request's address."""
    house = house_of(request)
    return read_asked(request.query_params, house.now(), borders_of(house))


def borders_of(house: House) -> tuple[str, ...]:
    """The borders of the gazetteer from north to south; those with Russia or Belarus first."""
    north: dict[str, float] = {}
    for crossing in house.gazetteer.crossings.values():
        north[crossing.border] = max(north.get(crossing.border, -90.0), crossing.lat if crossing.lat is not None else -90.0)
    return tuple(sorted(north, key=lambda border: (not set(border.split("-")) & {"RU", "BY"}, -north[border])))


def is_json(request: Request) -> bool:
    """Whether the address asks for JSON."""
    return request.url.path.endswith(".json")


def answer_page(request: Request, template: str, asked: Asked | None = None, status: int = 200, **values: Any) -> Response:
    """A page. `official` in values: ISO codes of the countries whose authorities are linked (all of them if left out)."""
    codes = values.pop("official", None) or tuple(WORDS.table["official"])
    html = _environment().get_template(template).render(
        asked=asked, visitor=getattr(request.state, "visitor", None), path=request.url.path, link=partial(address, asked),
        day_of=partial(day_of, asked) if asked else (lambda _: ""),
        place=_place_names(house_of(request)), language=WORDS.language, month_names=WORDS.table["months"]["names"],
        lang=words.carried(), languages=_languages(request),
        official=words.official_of(WORDS, codes), **values)
    # A text may hold half of a surrogate pair, which no encoding can carry; a page shows a question mark in its place.
    return _sent(request, html.encode("utf-8", "replace"), "text/html; charset=utf-8", asked, status)


def answer_json(request: Request, value: object, asked: Asked | None = None, status: int = 200) -> Response:
    """The same answer as JSON, UTF-8."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return _sent(request, text.encode("utf-8", "backslashreplace"), "application/json", asked, status)


def answer_bytes(request: Request, body: bytes, media: str, asked: Asked | None = None, status: int = 200) -> Response:
    """Any other format, ready made."""
    return _sent(request, body, media, asked, status)


def answer_fault(request: Request, title: str, what: str, status: int, similar: tuple[Crossing, ...] = ()) -> Response:
    """What cannot be answered, in one sentence, as the page or the JSON that was asked for."""
    if is_json(request):
        return answer_json(request, {"fault": what, "similar": [crossing.id for crossing in similar]}, status=status)
    return answer_page(request, "problem.html", status=status, title=title, what=what, similar=similar)


@dataclass(frozen=True, slots=True)
class Shown:
    """A moment ready to be shown: as text, in UTC for the hover, as ISO for machines, with its clock's short name and the UTC time beside."""

    text: str
    utc: str
    iso: str
    zone: str
    beside: str


def shown(told: Any, zone: str | None = None) -> Shown | None:
    """A Moment on the clocks of `zone`; None stays None."""
    if told is None:
        return None
    return Shown(dates.moment_text(WORDS, told, zone), dates.utc_text(WORDS, told), told.iso(), dates.zone_text(told, zone), dates.utc_clock(WORDS, told, zone))


def web_link(url: str | None) -> str | None:
    """The address if a browser may open it (http or https), else None: a source may hold any text."""
    if not url:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None


@lru_cache(maxsize=1)
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
        auto_reload=False)
    made.globals.update(
        t=partial(words.say, WORDS), known=partial(words.known, WORDS), count=partial(words.count, WORDS), age=partial(words.age, WORDS),
        border_name=partial(words.border_name, WORDS), lanes_text=partial(words.lanes_text, WORDS),
        claim_text=partial(claims.claim_text, WORDS), where_text=partial(claims.where_text, WORDS),
        act_text=partial(claims.act_text, WORDS), speaker_text=partial(claims.speaker_text, WORDS),
        lower=claims.lower, day_text=partial(dates.day_text, WORDS), digits=partial(words.digits, WORDS), shown=shown, web_link=web_link, stretches=STRETCHES)
    return made


def _languages(request: Request) -> list[tuple[str, str, str]]:
    """Code, own name and this very address in each language; a form that was sent leads to its page."""
    rest = [(name, value) for name, value in request.query_params.multi_items() if name != "lang"]
    return [(code, words.words_of(code).table["language"], f"{request.url.path}?{urlencode([*rest, ('lang', code)])}") for code in words.LANGUAGES]


def _place_names(house: House) -> Callable[[str], str]:
    def name(words_or_id: str) -> str:
        crossing = house.gazetteer.crossings.get(words_or_id)
        return crossing.name if crossing else words_or_id

    return name


def _sent(request: Request, body: bytes, media: str, asked: Asked | None, status: int) -> Response:
    tag = f'"{hashlib.sha256(body).hexdigest()[:24]}"'
    is_fixed = asked is not None and status == 200 and fixed_for_ever(asked)
    # What a signed-in person sees bears a name and may be closed to others: no cache between us may keep it.
    keep = OWN if getattr(request.state, "visitor", None) else FOR_EVER if is_fixed else ASK_AGAIN
    headers = {"cache-control": keep, "etag": tag, "vary": "Accept-Language, Cookie, Authorization"}
    if status == 200 and tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(body, status_code=status, headers=headers, media_type=media)
