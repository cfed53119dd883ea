"""Finds who denies what was said of them."""

from __future__ import annotations

from pasvik.reading.finders.draft import Draft
from pasvik.reading.page.page import Page


def find(page: Page) -> list[Draft]:
    """All such claims of a page, in order of place."""
    return []
