"""Reads a page of links into leads: the notices of an authority that has no feed."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from pasvik.sources.leads.lead import Found, Lead, canonical, sane
from pasvik.terms.capture import Fault
from pasvik.terms.moment import Moment, moment

MOST = 200
UPWARDS = 4                                                     # how far above a link its date may stand


def read_listing(data: bytes, base: str, links: str, now: datetime, zone: str = "UTC") -> Found:
    """The links of a page whose address fits `links` (a regular expression; "" = every page below this one), in order, each once.

    A lead's date is that of a `<time datetime>` beside the link, local to `zone`. No link at all is a fault: the page has changed.
    """
    tree = parsed(data)
    if tree is None:
        return Found(faults=(Fault("this page cannot be read", base),))
    wanted = re.compile(links) if links else None
    here, leads = urlsplit(base), dict[str, Lead]()
    for link in tree.iter("a"):
        url = canonical(str(link.get("href") or ""), base)
        if url is None or url in leads or not _fits(url, wanted, here.netloc, here.path, base):
            continue
        told = _date_beside(link, zone)
        leads[url] = Lead(url, " ".join(link.text_content().split())[:500], "", told if sane(told, now) else None)
        if len(leads) == MOST:
            break
    faults = () if leads else (Fault("this page shows none of the links it should", base),)
    return Found(tuple(leads.values()), (), faults, len(leads))


def parsed(data: bytes) -> Any:
    """The tree of a page, or None where there is none. What is good UTF-8 is read as such, whatever the page declares or leaves out."""
    from lxml import etree, html  # type: ignore[import-untyped]

    try:
        data.decode("utf-8")
        encoding = "utf-8"
    except UnicodeDecodeError:
        encoding = None
    try:
        return html.document_fromstring(data, parser=html.HTMLParser(remove_comments=True, remove_pis=True, encoding=encoding))
    except (etree.LxmlError, ValueError, AssertionError):
        return None


def _fits(url: str, wanted: re.Pattern[str] | None, host: str, path: str, base: str) -> bool:
    parts = urlsplit(url)
    if wanted is not None:
        return bool(wanted.search(url))
    return parts.netloc == host and parts.path.startswith(path.rstrip("/") + "/") and url != base


def _date_beside(link: Any, zone: str) -> Moment | None:
    around = link
    for _ in range(UPWARDS):
        for tag in around.iter("time"):
            try:
                return moment(str(tag.get("datetime") or ""), zone)
            except ValueError:
                continue
        around = around.getparent()
        if around is None or len(list(around.iter("a"))) > 3:   # a date beside many links belongs to none of them
            return None
    return None
