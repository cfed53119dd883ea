"""Finds people who moved, are to be moved, or stay."""

from __future__ import annotations

from pasvik.reading.finders.draft import Draft
from pasvik.reading.page.page import Page


def find(page: Page) -> list[Draft]:
    """All such claims of a page, in order of place."""
    return []
