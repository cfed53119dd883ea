"""A web page becomes its headline, its story and its picture captions, without menus, banners, hidden words or related headlines."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from html import unescape
from typing import Any

from pasvik.reading.formats.dateline import date_in_text, told_moment
from pasvik.reading.formats.html_facts import facts_of
from pasvik.reading.formats.html_prune import MARK, NO_XML, Mark, mark_captions, prune, shape_of
from pasvik.reading.formats.html_strip import strip_tags
from pasvik.reading.language import UNKNOWN
from pasvik.terms.capture import Document, Fault, digest

MAX_DEPTH = 150                                                 # deeper pages are no news pages; the extractor would call itself as often
MAX_ELEMENTS = 60_000                                           # of the whole page
MAX_STORY = 10_000                                              # left after pruning: the extractor slows with their square
MOST_BROKEN = 0.005                                             # share of letters that could not be decoded
SNIFFED = 2_048
LATEST = "2100-12-31"                                           # the date finder would ask the clock for its own limit
DECLARED = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_\-]{2,20})""", re.IGNORECASE)
ENCODINGS = re.compile(r"utf-8|utf-16(?:-[lb]e)?|ascii|cp125\d|cp866|iso8859-\d+|koi8-[ru]|mac-cyrillic|gb\w+|big5|shift_jis|euc_\w+")
NUMBERED = re.compile(r"&#(?:x0*([0-9a-f]{1,6})|0*([0-9]{1,7}));?", re.IGNORECASE)
TAG = re.compile(rb"<(?:!doctype\s+html|html|head|body|article|main|div|p|h1|meta|title|script)\b", re.IGNORECASE)
# Zero-width signs, soft hyphens, direction marks and tag characters: invisible, and able to split a word or to hide words in one.
UNSEEN = dict.fromkeys([
    0xAD, 0x34F, 0x61C, 0x180E, 0xFEFF, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), *range(0xE0000, 0xE0080)])


@dataclass(frozen=True, slots=True)
class Story:
    """The lines of a page's story in order, and which of them (by number) are captions."""

    lines: tuple[str, ...]
    captions: frozenset[int] = frozenset()


def looks_like_html(data: bytes) -> bool:
    """Whether the bytes begin as a web page does: with a tag, after white space, byte order mark, XML declaration or comments."""
    start = re.sub(rb"^(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>|<!--.*?-->|\s+)*", b"", data[:SNIFFED], flags=re.DOTALL)
    return TAG.match(start) is not None


def decode_html(data: bytes, charset: str | None = None, where: str = "") -> str | Fault:
    """The page's text, tags and all: by its byte order mark, else the server's charset, else the page's own, else UTF-8.

    A few broken bytes are common in good pages and become U+FFFD; more than one letter in two hundred is a fault.
    """
    marks = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
    marked = next((name for mark, name in marks.items() if data.startswith(mark)), None)
    declared = DECLARED.search(data[:SNIFFED])
    told = (marked, charset, declared[1].decode("ascii") if declared else None)
    encoding = next((known for known in map(_encoding, told) if known), "utf-8")
    text = data.decode(encoding, "replace")
    if text.count("\ufffd") > MOST_BROKEN * len(text):
        why = "as it was declared to be" if any(told) else "and it declares no other encoding"
        return Fault(f"this page is not {encoding} text, {why}", where)
    # A page may also spell such signs as references; those are cut out before the parser writes them into its tree.
    return NUMBERED.sub(_reference, text.translate(NO_XML))


def _reference(found: re.Match[str]) -> str:
    """A numbered reference as it may stay; old pages mean the Windows-1252 dash by &#150;, and browsers show it so."""
    number = int(found[1], 16) if found[1] else int(found[2])
    if 0x80 <= number < 0xA0:
        return unescape(found[0]).translate(NO_XML)
    return "" if number in NO_XML else found[0]


def _encoding(label: str | None) -> str | None:
    """Python's name for a charset label, or None where it is unknown or no encoding of text. Browsers read Latin-1 as Windows-1252."""
    try:
        name = codecs.lookup(label).name if label else ""
    except LookupError:
        return None
    return {"iso8859-1": "cp1252", "ascii": "cp1252"}.get(name, name) if ENCODINGS.fullmatch(name) else None


def read_html(data: bytes, where: str = "", charset: str | None = None, zone: str | None = None) -> Document | Fault:
    """Read a page into a document whose first line is its headline; zone: IANA zone of times without an offset, None = keep the day."""
    markup = decode_html(data, charset, where)
    if isinstance(markup, Fault):
        return markup
    tree = _parse(markup)
    if tree is None:
        return Fault("this page holds no words", where)
    facts = facts_of(tree, zone)
    headline = facts.headline.translate(UNSEEN) if facts.headline else None
    story = _story(tree, markup, facts.live, nonce=digest(data)[:8])
    document = _laid_out(headline, story)
    if not document.text:
        return Fault("this page holds no words", where)
    published, method = facts.published, facts.published_by
    if published is None:
        published = date_in_text(document.text, zone)
        method = "text" if published else ""
    if published is None:
        published = told_moment(_searched_date(markup) if len(markup) < 2_000_000 else "")
        method = "htmldate" if published else ""
    return Document(
        document.text, headline, published, facts.publisher, facts.url, facts.language or UNKNOWN, media_type="text/html",
        published_by=method, captions=document.captions, headline=document.headline)


def _parse(markup: str) -> Any:
    # lxml, trafilatura and htmldate are imported where they are needed: they take longer to load than a plain text takes to read.
    from lxml import etree, html  # type: ignore[import-untyped]

    # Bytes again: lxml refuses decoded text that still bears an XML declaration.
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        return html.document_fromstring(markup.encode("utf-8", "replace"), parser=parser)
    except etree.ParserError:                                   # nothing but comments or white space
        return None


def _story(tree: Any, markup: str, live: bool, nonce: str) -> Story:
    shape = shape_of(tree)
    if shape.depth > MAX_DEPTH or len(shape.elements) > MAX_ELEMENTS:
        return Story(tuple(line.translate(UNSEEN) for line in strip_tags(markup)))
    prune(tree, shape)
    marks = mark_captions(tree, nonce)
    if live:
        _join_updates(tree)
    return _placed(_main_lines(tree) or strip_tags(_markup(tree)), marks)


def _join_updates(tree: Any) -> None:
    """A live blog keeps each update in an article of its own, and the extractor would take the first for the whole story."""
    for article in tree.iter("article"):
        article.tag = "div"


def _markup(tree: Any) -> str:
    from lxml import html

    written: str = html.tostring(tree, encoding="unicode")
    return written


def _main_lines(tree: Any) -> list[str]:
    """The lines of the page's story; none where the extractor finds no story, or would take too long over so many elements."""
    if sum(1 for _ in tree.iter()) > MAX_STORY:
        return []
    from trafilatura import extract

    text = extract(tree, fast=True, include_comments=False, include_tables=True, include_images=False, include_links=False)
    # Rows of dashes only rule a table off.
    return [line for line in text.split("\n") if line.strip("|-: ")] if text else []


def _placed(lines: list[str], marks: list[Mark]) -> Story:
    """Lines with the marks of captions taken out again and remembered; a story's caption that the extractor left out stands first."""
    signs = {mark.sign for mark in marks}
    kept: list[tuple[str, bool]] = []
    seen: set[str] = set()
    for line in lines:
        here = [sign for sign in MARK.findall(line) if sign in signs]
        seen.update(here)
        kept.append((MARK.sub(lambda found: "" if found[0] in signs else found[0], line), bool(here)))
    missing = [(mark.words, True) for mark in marks if mark.in_story and mark.sign not in seen]
    clean = [(" ".join(words.translate(UNSEEN).split()), caption) for words, caption in (*missing, *kept)]
    told = [(words, caption) for words, caption in clean if words]
    return Story(tuple(words for words, _ in told), frozenset(number for number, (_, caption) in enumerate(told) if caption))


def _laid_out(headline: str | None, story: Story) -> Document:
    """The text, an empty line between its paragraphs, with the spans of headline and captions in it."""
    same = headline.casefold() if headline else None
    pieces = [headline] if headline else []
    captions: list[tuple[int, int]] = []
    length = len(headline) if headline else 0
    for number, line in enumerate(story.lines):
        if line.casefold() == same:
            continue
        gap = ("\n" if _is_row(line) and _is_row(pieces[-1]) else "\n\n") if pieces else ""
        length += len(gap)
        if number in story.captions:
            captions.append((length, length + len(line)))
        pieces.append(gap + line)
        length += len(line)
    return Document("".join(pieces), captions=tuple(captions), headline=(0, len(headline)) if headline else None)


def _is_row(line: str) -> bool:
    """A row of a table or an item of a list: such lines belong together."""
    return line.lstrip("\n").startswith(("- ", "|"))


def _searched_date(markup: str) -> str:
    """What a date finder makes of the page's markup (day), without searching the story itself: a date told there is not the page's."""
    from htmldate import find_date

    return find_date(markup, extensive_search=False, original_date=True, min_date="1995-01-01", max_date=LATEST) or ""
