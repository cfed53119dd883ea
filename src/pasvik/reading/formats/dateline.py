"""The line of a text that says when it was published, where there is exactly one such date and it can be read in one way only."""

from __future__ import annotations

import re

from pasvik.terms.moment import Moment, moment

FIRST_LINES = 25                                                # a dateline stands at the top; below are the story's own dates
LONGEST_LINE = 100
LABEL = re.compile(
    r"(?:publication date|date of publication|published(?: on| at)?|date published|release date|posted(?: on)?"
    r"|julkaistu|julkaisupäivä|publisert|publicerad|avaldatud|publicēts|paskelbta|opublikowano|data publikacji"
    r"|veröffentlicht(?: am)?|publié le|опубликовано|дата публикации|опубліковано|апублікавана)"
    r"\s*[:\-–]?\s*(?P<rest>\S.*)", re.IGNORECASE)
# English, Norwegian, Finnish and Russian, as they stand in a date.
MONTHS = {name: number for number, names in enumerate((
    "january jan januar tammikuuta января", "february feb februar helmikuuta февраля", "march mar mars maaliskuuta марта",
    "april apr huhtikuuta апреля", "may mai toukokuuta мая", "june jun juni kesäkuuta июня", "july jul juli heinäkuuta июля",
    "august aug elokuuta августа", "september sep sept syyskuuta сентября", "october oct oktober okt lokakuuta октября",
    "november nov marraskuuta ноября", "december dec desember des joulukuuta декабря"), 1) for name in names.split()}
ISO = re.compile(r"(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})")
DOTTED = re.compile(r"(?P<d>\d{1,2})\.\s?(?P<m>\d{1,2})\.\s?(?P<y>\d{4})")
SLASHED = re.compile(r"(?P<d>\d{1,2})/(?P<m>\d{1,2})/(?P<y>\d{4})")
DAY_FIRST = re.compile(r"(?P<d>\d{1,2})(?:st|nd|rd|th|\.)?\s+(?P<m>[^\W\d_]{3,12})\.?,?\s+(?P<y>\d{4})(?:\s+г(?:ода|\.))?")
MONTH_FIRST = re.compile(r"(?P<m>[A-Za-z]{3,9})\.?\s+(?P<d>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<y>\d{4})")
WEEKDAY = re.compile(r"(?P<word>[^\W\d_]{4,15}),?\s+(?:den\s+)?(?=\d)")     # a word before the date that is no month
CLOCK = re.compile(
    r"[\sT,]*(?:at\s+|в\s+|klo\s+|kl\.?\s+|o\s+|um\s+)?(?P<h>[01]?\d|2[0-3])[.:](?P<min>[0-5]\d)(?::[0-5]\d(?:\.\d+)?)?"
    r"(?!\s*[ap]\.?m)\s*(?P<offset>Z\b|UTC|GMT|[+\-]\d\d:?\d\d)?", re.IGNORECASE)


def date_in_text(text: str, zone: str | None = None) -> Moment | None:
    """The date of a labelled line near the top ("Publication date 16.11.2023 18.30"), or None.

    zone: the IANA zone in which a time without an offset was written; None = not known, and then the day alone is kept.
    Two datelines that differ give None, and so does a date that can be read two ways (03/04/2024) or that no calendar has.
    """
    found = set()
    for line in text.split("\n", FIRST_LINES)[:FIRST_LINES]:
        said = LABEL.match(line.strip("\ufeff \t")) if len(line) <= LONGEST_LINE else None
        read = _moment(said["rest"], zone) if said else None
        if read:
            found.add(read)
    return found.pop() if len(found) == 1 else None


def told_moment(words: str, zone: str | None = None) -> Moment | None:
    """ISO 8601 words as a moment; a time without an offset is kept as its day unless the zone is known. None where it is no date."""
    words = words.strip()
    try:
        read = moment(words, zone or "UTC")
        if zone is None and len(words) > 10 and not _has_offset(words):
            return moment(words[:10], "UTC")
    except ValueError:
        return None
    return read if 1990 <= read.local.year <= 2100 else None


def _has_offset(words: str) -> bool:
    return bool(re.search(r"(?:Z|[+\-]\d\d(?::?\d\d)?)$", words[10:]))


def _moment(rest: str, zone: str | None) -> Moment | None:
    named = WEEKDAY.match(rest) or re.match(r"(?P<word>[A-Z][a-z]+day),?\s+", rest)
    rest = rest[named.end():] if named and named["word"].lower() not in MONTHS else rest
    for form in (ISO, DOTTED, SLASHED, DAY_FIRST, MONTH_FIRST):
        date = form.match(rest)
        if date:
            day = _day(date, slashed=form is SLASHED)
            clock = CLOCK.match(rest, date.end())
            return told_moment(day + _clock(clock), zone) if day else None
    return None


def _day(date: re.Match[str], slashed: bool) -> str:
    """The date as ISO text, or "" where it names no month or could be read two ways."""
    month = MONTHS.get(date["m"].lower(), 0) if date["m"].isalpha() else int(date["m"])
    day = int(date["d"])
    if slashed and day <= 12 and day != month:
        return ""
    return f"{date['y']}-{month:02d}-{day:02d}" if month else ""


def _clock(clock: re.Match[str] | None) -> str:
    if clock is None:
        return ""
    offset = (clock["offset"] or "").upper().replace("UTC", "Z").replace("GMT", "Z")
    return f"T{int(clock['h']):02d}:{clock['min']}{offset}"
