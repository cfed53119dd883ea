"""Finds how many people, vehicles or applications came, wait or were turned back."""

from __future__ import annotations

from pasvik.reading.finders.draft import Draft
from pasvik.reading.page.page import Page


def find(page: Page) -> list[Draft]:
    """All such claims of a page, in order of place."""
    return []
