"""The crossings as OGC API - Features, Part 1: Core (OGC 17-069r4): any GIS program can open them, at any time and as known at any time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from pasvik.app import answer
from pasvik.app.public.features import Box, cells_by_crossing, feature, within
from pasvik.app.public.notice import CREDIT, NOT_OFFICIAL
from pasvik.terms.capture import Fault
from pasvik.web import page
from pasvik.web.asked import Asked, read_asked
from pasvik.web.public.feeds import base_of, packed, refuse

Json = dict[str, Any]
CORE = "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf"
CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
FIRST, MOST = 100, 1000                                         # features of one answer: when nothing is said, and at most
GEO = "application/geo+json"
OPENAPI = "application/vnd.oai.openapi+json;version=3.0"
EARLIEST = "2015-01-01T00:00:00Z"                               # the shipped record begins here


@dataclass(frozen=True, slots=True)
class Page:
    """Which part of the crossings is asked for."""

    limit: int
    offset: int
    box: Box | None


def landing(request: Request) -> Response:
    """`/ogc`: where everything else is."""
    base = base_of(request) + "ogc"
    links = [
        _link(base, "self", "application/json", "This document"), _link(f"{base}/api", "service-desc", OPENAPI, "The API"),
        _link(f"{base}/conformance", "conformance", "application/json", "What it conforms to"),
        _link(f"{base}/collections", "data", "application/json", "The collections")]
    return _json(request, {"title": "Pasvik", "description": NOT_OFFICIAL, "attribution": CREDIT, "links": links})


def conformance(request: Request) -> Response:
    """`/ogc/conformance`."""
    return _json(request, {"conformsTo": [f"{CORE}/core", f"{CORE}/oas30", f"{CORE}/geojson"]})


def collections(request: Request) -> Response:
    """`/ogc/collections`: one collection, the crossings."""
    base = base_of(request) + "ogc/collections"
    return _json(request, {"links": [_link(base, "self", "application/json", "This document")], "collections": [_collection(request)]})


def collection(request: Request) -> Response:
    """`/ogc/collections/crossings`."""
    return _json(request, _collection(request))


def items(request: Request) -> Response:
    """`/ogc/collections/crossings/items?limit=&offset=&bbox=&datetime=&known=&basis=&border=&lane=`, datetime being when it holds."""
    asked, wanted = _asked(request), _page(request)
    for part in (asked, wanted):
        if isinstance(part, Fault):
            return refuse(request, part)
    assert isinstance(asked, Asked) and isinstance(wanted, Page)
    house = page.house_of(request)
    drawn, chosen = answer.board(house, asked.question), answer.crossings_asked(house, asked.question)
    if isinstance(drawn, Fault):
        return refuse(request, drawn)
    assert not isinstance(chosen, Fault)                        # the board would have refused it
    held = cells_by_crossing(drawn, chosen)
    places = [name for name in held if wanted.box is None or within(house.gazetteer.crossings[name], wanted.box)]
    shown = places[wanted.offset:wanted.offset + wanted.limit]
    told: Json = {
        "type": "FeatureCollection", "features": [feature(house.gazetteer.crossings[name], held[name]) for name in shown],
        "numberMatched": len(places), "numberReturned": len(shown), "timeStamp": asked.now.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "links": _pages(request, wanted, len(places)), "attribution": CREDIT, "notice": NOT_OFFICIAL}
    return page.answer_bytes(request, packed(told), GEO, asked)


def item(request: Request) -> Response:
    """`/ogc/collections/crossings/items/{id}`: one crossing."""
    asked = _asked(request)
    if isinstance(asked, Fault):
        return refuse(request, asked)
    house = page.house_of(request)
    crossing = house.gazetteer.crossings.get(request.path_params["id"])
    if crossing is None:
        return refuse(request, Fault("there is no such crossing", "crossing"))
    drawn = answer.board(house, replace(asked.question, crossing=crossing.id, border=None))
    if isinstance(drawn, Fault):
        return refuse(request, drawn)
    base = base_of(request) + "ogc/collections/crossings"
    told = feature(crossing, drawn.cells)
    told["links"] = [_link(f"{base}/items/{crossing.id}", "self", GEO, crossing.name), _link(base, "collection", "application/json", "Crossings")]
    return page.answer_bytes(request, packed(told), GEO, asked)


def api(request: Request) -> Response:
    """`/ogc/api`: the description of these addresses in OpenAPI 3.0, as the standard asks."""
    def get(summary: str, *parameters: str) -> Json:
        asked = [{"name": name, "in": "query", "required": False, "schema": {"type": "string"}} for name in parameters]
        return {"get": {"summary": summary, "parameters": asked, "responses": {"200": {"description": summary}, "400": {"description": "Not answerable"}}}}

    clocks = ("datetime", "known", "basis")
    one = get("One crossing", *clocks)
    one["get"]["parameters"].append({"name": "id", "in": "path", "required": True, "schema": {"type": "string"}})
    one["get"]["responses"]["404"] = {"description": "No such crossing"}
    paths = {
        "/ogc": get("Landing page"), "/ogc/conformance": get("Conformance classes"), "/ogc/collections": get("Collections"),
        "/ogc/collections/crossings": get("The crossings"), "/ogc/collections/crossings/items/{id}": one,
        "/ogc/collections/crossings/items": get("Crossings with what holds there", "limit", "offset", "bbox", *clocks, "border", "lane")}
    told = {"openapi": "3.0.3", "info": {"title": "Pasvik, OGC API - Features", "version": "1", "description": NOT_OFFICIAL}, "paths": paths,
            "servers": [{"url": base_of(request).rstrip("/")}]}
    return page.answer_bytes(request, packed(told), OPENAPI)


def _asked(request: Request) -> Asked | Fault:
    """The question; `datetime` is the clock that the pages call `at`. Of an interval its end is taken, open ends mean now."""
    params = dict(request.query_params)
    when = params.pop("datetime", "").strip()
    params.pop("at", None)
    if when:
        end = when.rpartition("/")[2] if "/" in when else when
        params["at"] = "now" if end in ("", "..") else end.replace(" ", "+")
    house = page.house_of(request)
    found = read_asked(params, house.now(), page.borders_of(house))
    return Fault(found.what.replace("at:", "datetime:", 1), "datetime") if isinstance(found, Fault) and found.where == "at" else found


def _page(request: Request) -> Page | Fault:
    params = request.query_params
    numbers: dict[str, int] = {}
    for name, usual, least in (("limit", FIRST, 1), ("offset", 0, 0)):
        words = params.get(name, str(usual))
        if not (words.isascii() and words.isdigit() and len(words) < 9 and int(words) >= least):
            return Fault(f"{name}: {words[:40]!r} is not a whole number from {least}", name)
        numbers[name] = int(words)
    box = _box(params.get("bbox"))
    return box if isinstance(box, Fault) else Page(min(numbers["limit"], MOST), numbers["offset"], box)


def _box(words: str | None) -> Box | Fault | None:
    if not words:
        return None
    try:
        sides = [float(part) for part in words.split(",")]
    except ValueError:
        sides = []
    if len(sides) == 6:
        sides = [sides[0], sides[1], sides[3], sides[4]]        # a box with heights; ours lie on the ground
    if len(sides) != 4 or not all(-180 <= side <= 180 for side in sides) or not -90 <= sides[1] <= sides[3] <= 90:
        return Fault(f"bbox: {words[:60]!r} is not west,south,east,north in degrees", "bbox")
    return sides[0], sides[1], sides[2], sides[3]


def _pages(request: Request, wanted: Page, matched: int) -> list[Json]:
    base = base_of(request) + "ogc/collections/crossings"
    links = [_link(str(request.url), "self", GEO, "This page"), _link(base, "collection", "application/json", "Crossings")]
    for rel, offset in (("next", wanted.offset + wanted.limit), ("prev", wanted.offset - wanted.limit)):
        if (rel == "next" and offset < matched) or (rel == "prev" and wanted.offset > 0):
            kept = {**request.query_params, "limit": str(wanted.limit), "offset": str(max(0, offset))}
            links.append(_link(f"{base}/items?{urlencode(kept)}", rel, GEO, rel))
    return links


def _collection(request: Request) -> Json:
    house = page.house_of(request)
    base = base_of(request) + "ogc/collections/crossings"
    placed = [one for one in house.gazetteer.crossings.values() if one.lat is not None and one.lon is not None]
    lons, lats = [one.lon or 0.0 for one in placed], [one.lat or 0.0 for one in placed]
    box = [[min(lons), min(lats), max(lons), max(lats)]] if placed else []
    return {
        "id": "crossings", "title": "Border crossing points", "description": NOT_OFFICIAL, "attribution": CREDIT, "itemType": "feature",
        "crs": [CRS84], "extent": {"spatial": {"bbox": box, "crs": CRS84}, "temporal": {"interval": [[EARLIEST, None]]}},
        "links": [_link(base, "self", "application/json", "This document"), _link(f"{base}/items", "items", GEO, "The crossings")]}


def _link(href: str, rel: str, kind: str, title: str) -> Json:
    return {"href": href, "rel": rel, "type": kind, "title": title}


def _json(request: Request, told: Json) -> Response:
    return page.answer_bytes(request, packed(told), "application/json")
