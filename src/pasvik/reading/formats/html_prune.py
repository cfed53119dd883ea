"""What a reader of the page would not see, and what is not the story, is cut out of it; picture captions are marked to be found again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

NEVER_TEXT = {
    "script", "style", "noscript", "template", "iframe", "object", "svg", "select", "button", "dialog", "textarea", "head",
    "amp-ad", "amp-sidebar", "amp-consent"}
NEVER_STORY = {"nav", "aside", "footer", "form"}
WHOLE_PAGE = {"html", "body", "main", "article"}
# aria-hidden is not here: while a cookie dialog is open, pages set it on their whole story, which everybody can see behind it.
HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])|opacity\s*:\s*0(?:\.0+)?(?![.\d])"
    r"|text-indent\s*:\s*-\d{3}|(?:left|top)\s*:\s*-\d{3}|clip\s*:\s*rect\(\s*[01]|color\s*:\s*transparent", re.IGNORECASE)
HIDDEN_CLASS = re.compile(r"(?:^|\s)(?:sr-only|visually-?hidden|screen-?reader(?:-text)?|d-none)(?:\s|$)", re.IGNORECASE)
NOISE = re.compile(
    r"cookie|consent|gdpr|onetrust|didomi|related|recommend|most-?read|read-?(?:more|also|next)|see-?also|newsletter|breadcrumb"
    r"|paywall-|subscribe|share-|social-|advert|(?:^|\s)ad-|(?:^|\s)ads?(?:\s|$)", re.IGNORECASE)
CAPTION = re.compile(r"(?:^|[\s_-])(?:(?:img|image|photo|media|wp|picture|figure)[_-]?)?caption(?:[_-]text)?(?:$|\s)", re.IGNORECASE)
# Signs that no XML text may hold; lxml would refuse to write them back into the page.
NO_XML = dict.fromkeys([*range(9), 11, 12, *range(14, 32), *range(0x7F, 0xA0), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF])
SIMPLE_SELECTOR = re.compile(r"[.#][\w-]+")
MARK = re.compile(r"⟦[0-9a-f]{8}·\d+⟧")
LONGEST_CAPTION = 800
MOST_CAPTIONS = 300
MOST_CSS = 300_000


@dataclass(frozen=True, slots=True)
class Shape:
    """The size of a page: every element in the page's order, how deep the deepest lies, the letters under each, and who holds an h1."""

    elements: tuple[Any, ...]
    depth: int
    letters: dict[Any, int]
    titled: frozenset[Any]


def shape_of(tree: Any) -> Shape:
    """Measure the page in two passes (down for depth, up for letters), never by calling itself, so that no nesting is too deep."""
    elements = tuple(element for element in tree.iter() if isinstance(element.tag, str))
    depths: dict[Any, int] = {}
    for element in elements:
        depths[element] = depths.get(element.getparent(), 0) + 1
    letters: dict[Any, int] = dict.fromkeys(elements, 0)
    titled: set[Any] = set()
    for element in reversed(elements):
        letters[element] += len(element.text or "")
        parent = element.getparent()
        if element.tag == "h1" or element in titled:
            titled.update(holder for holder in (element, parent) if holder is not None)
        if parent in letters:
            letters[parent] += letters[element] + len(element.tail or "")
    return Shape(elements, max(depths.values(), default=0), letters, frozenset(titled))


def prune(tree: Any, shape: Shape) -> None:
    """Cut unseen and foreign parts out of the tree, in place. What holds the headline or half of the page's letters always stays."""
    selectors = hidden_selectors(element.text or "" for element in shape.elements if element.tag == "style")
    half = shape.letters.get(tree, 0) / 2
    for element in shape.elements:
        if element.getparent() is None:
            continue
        kept = element.tag in WHOLE_PAGE or element in shape.titled or shape.letters[element] > half
        if element.tag in NEVER_TEXT or (not kept and (_is_hidden(element, selectors) or _is_noise(element))):
            element.drop_tree()


def _is_hidden(element: Any, selectors: frozenset[str]) -> bool:
    names = element.get("class") or ""
    return bool(
        element.get("hidden") is not None
        or HIDING.search(element.get("style") or "")
        or HIDDEN_CLASS.search(names)
        or (selectors and any(name in selectors for name in _own_selectors(element, names))))


def _own_selectors(element: Any, names: str) -> Iterator[str]:
    yield from (f".{name}" for name in names.split())
    if element.get("id"):
        yield f"#{element.get('id')}"


def _is_noise(element: Any) -> bool:
    return element.tag in NEVER_STORY or bool(NOISE.search(f"{element.get('class') or ''} {element.get('id') or ''}"))


def hidden_selectors(sheets: Iterable[str]) -> frozenset[str]:
    """The single-class and single-id selectors which the page's own style sheets hide; rules inside @media and the like do not count."""
    found: set[str] = set()
    for prelude, body in _rules("\n".join(sheets)[:MOST_CSS]):
        if HIDING.search(body):
            found.update(part for part in map(str.strip, prelude.split(",")) if SIMPLE_SELECTOR.fullmatch(part))
    return frozenset(found)


def _rules(css: str) -> Iterator[tuple[str, str]]:
    """(selector list, declarations) of every rule outside of at-rules, in one walk over the braces."""
    begun, opened, depth, prelude = 0, 0, 0, ""
    for brace in re.finditer(r"[{}]", css):
        if brace[0] == "{":
            if depth == 0:
                prelude, opened = css[begun:brace.start()].strip(), brace.end()
            depth += 1
            continue
        depth = max(depth - 1, 0)
        if depth == 0:
            if prelude and not prelude.startswith("@"):
                yield prelude, css[opened:brace.start()]
            begun, prelude = brace.end(), ""


@dataclass(frozen=True, slots=True)
class Mark:
    """A caption's mark in the text, its words, and whether it stands in the same article as the headline."""

    sign: str
    words: str
    in_story: bool


def mark_captions(tree: Any, nonce: str) -> list[Mark]:
    """Put every caption into a paragraph of its own behind its picture, headed by its mark.

    The extractor that comes next throws figures away but keeps paragraphs; the marks hold a nonce that the page cannot know.
    """
    marks: list[Mark] = []
    taken: set[Any] = set()
    for element in list(tree.iter("figcaption", "p", "div", "span", "dd", "small")):
        if not (element.tag == "figcaption" or CAPTION.search(element.get("class") or "")):
            continue
        if any(holder in taken for holder in element.iterancestors()):
            continue
        words = " ".join(element.text_content().translate(NO_XML).split())
        if not words or len(words) > LONGEST_CAPTION:
            continue
        if len(marks) == MOST_CAPTIONS:
            break
        taken.add(element)
        story = next(element.iterancestors("article", "main"), None)
        mark = Mark(f"⟦{nonce}·{len(marks)}⟧", words, story is not None and story.find(".//h1") is not None)
        marks.append(mark)
        paragraph = element.makeelement("p")
        paragraph.text = f"{mark.sign} {words}"
        picture = next(element.iterancestors("figure"), element)
        picture.addnext(paragraph)
        element.drop_tree()
    return marks
