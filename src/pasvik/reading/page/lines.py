"""Which lines are headline, caption, text or litter, and where each sentence ends."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from pasvik.reading.page.page import Sentence
from pasvik.terms.capture import Document
from pasvik.terms.claim import Zone

HEAD_LINES = 6  # a headline stands among the first lines or not at all
HEAD_LENGTH = 170  # code points; a longer line is text
PARAGRAPH = 100  # code points; a longer line that ends in a stop is text, whatever stands above it
LONGEST = 400  # words; what runs on beyond is no sentence that anybody can read
_END = re.compile(r"[.!?]+[\"')\]]*(?=\s|$)|[;](?=\s*$)")
_LABEL = re.compile(
    r"\s*(press release|publication date|published|issued|by:|by our|updated|last update|subject:|update\b|\d{1,2}[./]\d{1,2}[./]\d{4})",
    re.I,
)
_LEAD = re.compile(
    r"\s*(?:@\w+\s*[^\w\s]\s*[^\n]*|(?:\d{1,2}[:.]\d{2}|\d+/\d+|\d+[.)]|[-*•])\s+|(?:update|live|breaking|correction|notice|subject)\b[\s\d.:]*[:.|]\s*)+",
    re.I,
)
_CREDITED = re.compile(r"[.!?\])]\s*\(?(?:photo|image|picture|foto):\s*[^.]{2,40}$")
_NUMBERED = re.compile(r"\d+\s*[/.)]")
_DATELINE = re.compile(r"[^\W\d_][^\n(.]{1,40}(?:\([^)\n]{2,40}\))?\s+-\s+(?=[^\W\d_])")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text. kind: headline, caption, body, label or noise."""

    start: int
    end: int
    kind: str


def read_lines(document: Document, low: str, noise: tuple[str, ...], credit: tuple[str, ...]) -> list[Line]:
    """The lines of a text with what they are. low: folded text."""
    raw = _split(low)
    lines: list[Line] = []
    head_open, litter, has_head = True, False, False
    for place, (start, end) in enumerate(raw):
        words = low[start:end].strip()
        if not words:
            litter = False
            continue
        ended = bool(re.search(r"[.!?:;,\"')]$", words))
        litter = litter and not (ended and len(words) > PARAGRAPH)  # link titles run on under "Advertisement", a paragraph does not
        near = [low[s:e].strip() for s, e in (*raw[max(0, place - 1) : place], *raw[place + 1 : place + 2])]
        kind, shown = "body", _CREDITED.search(words) is not None
        if _is(document.headline, start, end):
            kind = "headline"
        elif (
            any(_is(span, start, end) for span in document.captions)
            or words.startswith(("[photo]", "caption:"))
            or (shown and len(words) > 40)
        ):
            kind = "caption"
        elif (
            litter or _starts(words, noise) or (len(words) < 40 and any(words == c or words.startswith((c + " ", c + "/")) for c in credit))
        ):
            kind, litter = "noise", litter or (_starts(words, noise) and not ended and len(words) < 40)
        elif _LABEL.match(words) and not ended and not words.startswith(("subject", "update")):
            kind = "label"
        elif not ended and any(n in credit for n in near) and has_head:
            kind = "caption"
        elif (
            head_open
            and not ended
            and len(words) <= HEAD_LENGTH
            and len(lines) < HEAD_LINES
            and len(raw) > 1
            and words[0] not in "@-*•"
            and not _NUMBERED.match(words)
        ):
            kind = "headline"
        if kind == "body" and (ended or len(words) > HEAD_LENGTH):
            head_open = False
        has_head = has_head or kind == "headline"
        lines.append(Line(start, end, kind))
    return lines


def _is(span: tuple[int, int] | None, start: int, end: int) -> bool:
    return span is not None and span[0] <= start and end <= span[1] + 1


def _starts(words: str, openings: tuple[str, ...]) -> bool:
    """Whether a line opens with a phrase of litter: the phrase alone, or before a colon or a bar, or a short line."""
    for phrase in openings:
        if words.startswith(phrase):
            rest = words[len(phrase) :].lstrip()
            if not rest or rest[0] in ":|?!.-/" or (len(words) < 60 and not words.endswith(".")):
                return True
    return False


def _split(low: str) -> list[tuple[int, int]]:
    found, at = [], 0
    for piece in low.split("\n"):
        found.append((at, at + len(piece)))
        at += len(piece) + 1
    return found


def read_sentences(
    low: str, text: str, lines: list[Line], words: tuple[tuple[int, int, str], ...], short: frozenset[str]
) -> list[Sentence]:
    """Sentences of all lines but litter and labels, in order; text is plain but in its own case. A sentence never crosses a line.

    short: words whose dot ends no sentence.
    """
    starts = [start for start, _, _ in words]
    found: list[Sentence] = []
    for number, line in enumerate(lines):
        if line.kind in ("noise", "label"):
            continue
        zone = {"headline": Zone.HEADLINE, "caption": Zone.CAPTION}.get(line.kind, Zone.BODY)
        lead = _lead_end(low, text, line)
        for start, end in _ends(low, text, line.start, line.end, lead, short):
            first, last = bisect_left(starts, start), bisect_left(starts, end)
            last = min(last, first + LONGEST)
            if first < last:
                ask = low[start:end].rstrip("\"')] ").endswith("?")
                begins = bisect_left(starts, lead) if start <= lead < end else first
                found.append(Sentence(len(found), first, last, start, end, zone, number, ask, begins))
    return found


def _lead_end(low: str, text: str, line: Line) -> int:
    """Where a line's own words begin, after a time, a bullet, a number or a dateline."""
    at = line.start
    found = _LEAD.match(low, at, line.end)
    if found and found.end() < line.end:
        at = found.end()
    dateline = _DATELINE.match(text, at, min(line.end, at + 80))
    city = re.split(r"[\s,.-]", dateline.group(), maxsplit=1)[0] if dateline else ""
    return dateline.end() if dateline and city.isupper() and dateline.end() < line.end else at


def _ends(low: str, text: str, start: int, end: int, lead: int, short: frozenset[str]) -> list[tuple[int, int]]:
    cuts, at = [], start
    for found in _END.finditer(low, max(start, lead), end):
        if not (_is_abbreviation(low, found.start(), found.end(), short) or _is_ordinal(text, found.start(), found.end())):
            cuts.append((at, found.end()))
            at = found.end()
    if low[at:end].strip():
        cuts.append((at, end))
    return cuts


def _is_abbreviation(low: str, dot: int, after: int, short: frozenset[str]) -> bool:
    """A dot after "No", "i.e", "14" at the head of a list, or a single letter does not end a sentence."""
    if low[dot:after].startswith("...."):
        return True  # "Terespol ...... open": dots that lead to the next column
    if low[dot:after] != ".":
        return False
    word = re.search(r"[\w.]*$", low[max(0, dot - 8) : dot])
    said = word.group() if word else ""
    if said in ("no", "nos", "nr", "art", "sec"):
        return low[after : after + 2].strip().isdigit()
    return said in short or (len(said) == 1 and said.isalpha())


def _is_ordinal(text: str, dot: int, after: int) -> bool:
    """The dot of "18. november" or "18. marraskuuta": one or two figures, and then a small letter."""
    return after - dot == 1 and text[dot - 1 : dot].isdigit() and not text[max(0, dot - 3) : dot].isdigit() and text[after + 1 : after + 2].islower()
