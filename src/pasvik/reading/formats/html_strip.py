"""The plainest way to get words out of a page: its tags are taken off, a line for each block. For pages too deep or too broken for more."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from pasvik.reading.formats.html_prune import HIDING

BLOCKS = {
    "address", "article", "blockquote", "br", "caption", "dd", "div", "dl", "dt", "figcaption", "figure", "h1", "h2", "h3", "h4", "h5",
    "h6", "header", "hr", "li", "main", "ol", "p", "pre", "section", "table", "td", "th", "tr", "ul"}
SKIPPED = {"script", "style", "noscript", "template", "head", "svg", "iframe", "nav", "footer", "aside", "form", "button", "select"}
EMPTY = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
# No < inside a tag: so a page of nothing but < is walked once, not once for each of them.
TAG = re.compile(r"<(?P<close>/?)(?P<name>[A-Za-z][A-Za-z0-9-]*)(?P<rest>[^<>]*)>|<!--|<[!?][^<>]*>")
MOST_ATTRIBUTES = 2_000


def strip_tags(markup: str) -> list[str]:
    """The lines of a page's markup, without scripts, menus and parts that say they are hidden; linear in its length at any depth."""
    return [line for line in (" ".join(unescape(line).split()) for line in "".join(_pieces(markup)).split("\n")) if line]


def _pieces(markup: str) -> Iterator[str]:
    done, skipping, open_inside = 0, "", 0
    while tag := TAG.search(markup, done):
        if not skipping:
            yield markup[done:tag.start()].replace("\n", " ")
        done = tag.end()
        if tag[0] == "<!--":
            end = markup.find("-->", done)
            done = end + 3 if end >= 0 else len(markup)
            continue
        name = (tag["name"] or "").lower()
        if skipping:
            # Only tags of the skipped part's own name are counted, so that other tags left open in it do not swallow the page.
            if name == skipping:
                open_inside += -1 if tag["close"] else 1
                skipping = skipping if open_inside else ""
        elif not tag["close"] and name not in EMPTY and (name in SKIPPED or _is_hidden(tag["rest"] or "")):
            skipping, open_inside = name, 1
        elif name in BLOCKS:
            yield "\n"
    if not skipping:
        yield markup[done:].replace("\n", " ")


def _is_hidden(attributes: str) -> bool:
    told = attributes[:MOST_ATTRIBUTES]
    return bool(HIDING.search(told) or re.search(r"\shidden(?:[\s=/]|$)", told))
