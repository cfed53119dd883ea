"""Reads an article list of the GDELT project (mode ArtList, format json) into leads."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime

from pasvik.sources.leads.lead import Found, Lead, canonical, minute, sane
from pasvik.terms.capture import Fault
from pasvik.terms.moment import Moment

SEEN = re.compile(r"(\d{8})T?(\d{6})Z?")


def read_articles(data: bytes, base: str, now: datetime) -> Found:
    """Articles with address, title and when GDELT saw them: an article was public by then, though it may be older.

    Source: GDELT DOC 2.0 API, fields url, title, seendate, domain, language, sourcecountry.
    """
    try:
        told = json.loads(data)
        listed = told.get("articles", [])
    except (ValueError, AttributeError, RecursionError) as bad:
        return Found(faults=(Fault(f"this is no GDELT article list: {bad}", base),))
    leads: dict[str, Lead] = {}
    for one in listed if isinstance(listed, list) else []:
        url = canonical(str(one.get("url") or "")) if isinstance(one, dict) else None
        if url:
            seen = _seen(str(one.get("seendate") or ""))
            leads.setdefault(url, Lead(url, str(one.get("title") or "")[:500], "", seen if sane(seen, now) else None))
    return Found(tuple(leads.values()), shown=len(leads))


def _seen(words: str) -> Moment | None:
    found = SEEN.fullmatch(words.strip())
    try:
        return minute(datetime.strptime(found[1] + found[2], "%Y%m%d%H%M%S").replace(tzinfo=UTC)) if found else None
    except ValueError:
        return None
