"""The addresses of the formats that other systems read."""

from __future__ import annotations

from starlette.routing import BaseRoute, Route

from pasvik.web.access.form import posting
from pasvik.web.public import deliveries, feeds, ogc, stream

ROUTES: list[BaseRoute] = [
    Route("/feed.atom", feeds.atom_feed),
    Route("/feed.json", feeds.json_feed),
    Route("/calendar.ics", feeds.calendar),
    Route("/board.geojson", feeds.geojson),
    Route("/events", stream.events),
    Route("/deliveries", deliveries.deliveries_page, methods=["GET"]),
    Route("/deliveries", posting(deliveries.try_again), methods=["POST"]),
    Route("/deliveries.json", deliveries.deliveries_json),
    Route("/ogc", ogc.landing),
    Route("/ogc/conformance", ogc.conformance),
    Route("/ogc/api", ogc.api),
    Route("/ogc/collections", ogc.collections),
    Route("/ogc/collections/crossings", ogc.collection),
    Route("/ogc/collections/crossings/items", ogc.items),
    Route("/ogc/collections/crossings/items/{id}", ogc.item),
]
