"""The addresses of the formats that other systems read."""

from __future__ import annotations

from starlette.routing import BaseRoute, Route

from pasvik.web.public import feeds, ogc, stream

ROUTES: list[BaseRoute] = [
    Route("/feed.atom", feeds.atom_feed),
    Route("/feed.json", feeds.json_feed),
    Route("/calendar.ics", feeds.calendar),
    Route("/board.geojson", feeds.geojson),
    Route("/events", stream.events),
    Route("/ogc", ogc.landing),
    Route("/ogc/conformance", ogc.conformance),
    Route("/ogc/api", ogc.api),
    Route("/ogc/collections", ogc.collections),
    Route("/ogc/collections/crossings", ogc.collection),
    Route("/ogc/collections/crossings/items", ogc.items),
    Route("/ogc/collections/crossings/items/{id}", ogc.item),
]
