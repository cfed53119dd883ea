"""What a page says about itself to machines: its headline, publisher, address, language, and above all when it was published."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pasvik.reading.formats.dateline import told_moment
from pasvik.terms.moment import Moment

ARTICLES = {
    "Article", "NewsArticle", "ReportageNewsArticle", "AnalysisNewsArticle", "BackgroundNewsArticle", "LiveBlogPosting", "BlogPosting",
    "Report", "WebPage", "SpecialAnnouncement"}
DATE_NAMES = (
    "article:published_time", "og:published_time", "datepublished", "date.issued", "dc.date.issued", "dcterms.issued", "dcterms.created",
    "dc.date", "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime", "pubdate", "publishdate", "publish-date", "date")
MOST_ITEMS = 200
LONGEST_NAME = 300


@dataclass(frozen=True, slots=True)
class Facts:
    """What was found; None where the page does not say. published_by: json-ld, meta or time. live: it calls itself a live blog."""

    headline: str | None = None
    published: Moment | None = None
    published_by: str = ""
    publisher: str | None = None
    url: str | None = None
    language: str | None = None
    live: bool = False


def facts_of(tree: Any, zone: str | None = None) -> Facts:
    """Read the facts of a parsed page before anything is cut out of it; zone: of times without an offset, None = keep the day alone."""
    items = list(_items(tree))
    metas = _metas(tree)
    site = metas.get("og:site_name")
    headline = _headline(tree, metas, items, site)
    story = _story(items, headline)
    published, method = _published(tree, story, metas, zone)
    return Facts(
        headline, published, method,
        _publisher(story, items) or site,
        _address(tree, metas, story),
        _language(tree),
        story.get("@type") == "LiveBlogPosting")


def _items(tree: Any) -> Iterator[dict[str, Any]]:
    """The JSON-LD items of a page, those of a @graph too; broken ones are skipped, for a page may hold several."""
    for script in list(tree.iter("script"))[:MOST_ITEMS]:
        if "ld+json" not in (script.get("type") or ""):
            continue
        try:
            told = json.loads((script.text or "").strip().removesuffix(";"), strict=False)
        except (ValueError, RecursionError):
            continue
        for item in (told if isinstance(told, list) else [told])[:MOST_ITEMS]:
            if isinstance(item, dict):
                yield item
                graph = item.get("@graph")
                yield from (part for part in (graph if isinstance(graph, list) else [])[:MOST_ITEMS] if isinstance(part, dict))


def _metas(tree: Any) -> dict[str, str]:
    """The first content of each meta name, property or itemprop, in lower case."""
    found: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").strip().lower()
        content = _line(meta.get("content"))
        if name and content:
            found.setdefault(name, content)
    return found


def _line(words: Any) -> str | None:
    """Words as one line, or None where they are no text, empty, or absurdly long."""
    line = " ".join(words.split()) if isinstance(words, str) else ""
    return line if 0 < len(line) <= LONGEST_NAME else None


def _kinds(item: dict[str, Any]) -> set[str]:
    kinds = item.get("@type")
    return {kind.rpartition("/")[2] for kind in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(kind, str)}


def _story(items: list[dict[str, Any]], headline: str | None) -> dict[str, Any]:
    """The item that this page is about: an article of the same headline, else the first article with a date, else the first with one."""
    dated = [item for item in items if isinstance(item.get("datePublished"), str)]
    articles = [item for item in dated if _kinds(item) & ARTICLES]
    news = [item for item in articles if _kinds(item) != {"WebPage"}]
    same = [item for item in news if headline and _line(item.get("headline")) == headline]
    story = next(iter([*same, *news, *articles, *dated]), {})
    return {**story, "@type": "LiveBlogPosting"} if "LiveBlogPosting" in _kinds(story) else story


def _published(tree: Any, story: dict[str, Any], metas: dict[str, str], zone: str | None) -> tuple[Moment | None, str]:
    told = story.get("datePublished")
    found = told_moment(told, zone) if isinstance(told, str) else None
    if found:
        return found, "json-ld"
    for name in DATE_NAMES:
        found = told_moment(metas.get(name, ""), zone)
        if found:
            return found, "meta"
    found = _time_tag(tree, zone)
    return (found, "time") if found else (None, "")


def _time_tag(tree: Any, zone: str | None) -> Moment | None:
    """A time tag that says it is the publication date, else the only one (or the first, if in the story's header)."""
    tags = [tag for tag in tree.iter("time") if tag.get("datetime") and next(tag.iterancestors("aside", "footer", "nav"), None) is None]
    marked = [tag for tag in tags if tag.get("pubdate") is not None or tag.get("itemprop") == "datePublished"]
    heads = [tag for tag in tags if any(header.find(".//h1") is not None for header in tag.iterancestors("header"))]
    for tag in [*marked, *heads, *(tags if len(tags) == 1 else [])]:
        found = told_moment(tag.get("datetime"), zone)
        if found:
            return found
    return None


def _publisher(story: dict[str, Any], items: list[dict[str, Any]]) -> str | None:
    told = story.get("publisher")
    told = told[0] if isinstance(told, list) and told else told
    if isinstance(told, str):
        return _line(told)
    if not isinstance(told, dict):
        return None
    if "name" not in told and told.get("@id"):
        told = next((item for item in items if item.get("@id") == told["@id"] and "name" in item), told)
    return _line(told.get("name"))


def _address(tree: Any, metas: dict[str, str], story: dict[str, Any]) -> str | None:
    links = [link.get("href") for link in tree.iter("link") if "canonical" in (link.get("rel") or "").lower().split()]
    for told in (*links, metas.get("og:url"), story.get("url")):
        if isinstance(told, str) and re.match(r"https?://[^\s/]+", told.strip(), re.IGNORECASE):
            return told.strip()
    return None


def _language(tree: Any) -> str | None:
    """The language the page declares, as its first letters: en-GB is en, and Norway's nb and nn are no."""
    code: str = (tree.get("lang") or "").strip().lower().replace("_", "-").split("-")[0]
    if not re.fullmatch(r"[a-z]{2}", code):
        return None
    return "no" if code in ("nb", "nn") else code


def _headline(tree: Any, metas: dict[str, str], items: list[dict[str, Any]], site: str | None) -> str | None:
    """The headline that people see: the h1 closest to the page's title, else the title it gives to machines, without the site's name."""
    title = metas.get("og:title") or _line(tree.findtext(".//title"))
    shown = [line for line in (_line(h1.text_content()) for h1 in tree.iter("h1")) if line and line != site]
    if shown:
        wanted = set((title or "").casefold().split())
        return max(shown, key=lambda line: len(wanted & set(line.casefold().split())))
    told = next((line for line in (_line(item.get("headline")) for item in items) if line), None)
    if told or not title:
        return told
    return re.split(r"\s+[|–—»]\s+", title)[0] if site is None else re.sub(rf"\s*[|–—»-]\s*{re.escape(site)}$", "", title)
