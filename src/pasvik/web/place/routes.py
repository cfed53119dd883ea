"""The addresses that belong to a place beside its page."""

from __future__ import annotations

from starlette.routing import Route

from pasvik.web.place import cite

ROUTES = tuple(Route(f"/cite.{form}", cite.form(form)) for form in cite.FORMS)
