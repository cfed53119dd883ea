"""Says what a word counts: people, asylum seekers, vehicles, applications, journeys, attempts; or nothing that is counted here."""

from __future__ import annotations

from pasvik.reading.page.cursor import Cursor
from pasvik.reading.page.page import Bead, Page

VEHICLES = frozenset({"car", "truck", "vehicle", "bus", "bicycle"})
PEOPLE = frozenset({"people", "pedestrian"})
# No noun phrase runs over these.
STOPS = frozenset({
    "at", "to", "in", "from", "through", "via", "on", "were", "was", "is", "are", "have", "had", "has", "did", "who", "of", "for",
    "with", "by", "into", "and", "or", "that", "which", "will", "would", "the", "a", "an", "per", "as", "than", "but", "be", "been",
    "not", "can", "could", "may", "might", "where", "when", "while"
})
SEEKERS = frozenset({"seekers", "seeker", "applicants", "applicant"})
CLAIMS = frozenset({"applications", "claims", "requests", "application"})
TRAVEL = frozenset({"tourists", "tourist", "citizens", "citizen", "foreigners", "nationals", "visitors"})
BY_FOLK = {"passage": "crossing", "nation": "people", "migrant": "asylum"}      # kinds of [folk] in words/en_people.toml that mean another


def noun_of(page: Page, cursor: Cursor, index: int) -> str:
    """What kind of thing the word at `index` counts: people, asylum, vehicle, application, crossing, arrival, attempt, group; or ""."""
    bead = cursor.bead(index)
    if bead is None:
        return ""
    words = page.low[bead.start:bead.end]
    if bead.kind == "thing":
        return _thing(bead, words, cursor.word(bead.last))
    if bead.kind == "folk":
        return "asylum" if words.startswith("asylum") and bead.value == "people" else BY_FOLK.get(bead.value, bead.value)
    if bead.kind == "country":
        return "people" if words.endswith("s") and "people" in bead.forms else ""
    return "people" if bead.kind == "group" and words.split()[-1] in TRAVEL else ""


def _thing(bead: Bead, words: str, after: str) -> str:
    """What a word of en.toml's [thing] counts; "asylum" alone counts what the next word says."""
    if bead.value == "asylum":
        if words in ("asylum", "international protection"):
            return "asylum" if after in SEEKERS else "application" if after in CLAIMS else ""
        return "application"
    if bead.value == "traffic":
        return {"arrivals": "arrival", "entries": "crossing", "departures": "crossing"}.get(words, "")
    if bead.value in PEOPLE:
        return "" if "foot" in words else "people"
    return "vehicle" if bead.value in VEHICLES else ""


def joined(noun: str, more: str) -> str:
    """What two nouns beside each other count: "asylum | seekers" are asylum seekers, "foreign | citizens" are people."""
    if noun == "application" and more in ("people", "asylum"):
        return "asylum"
    return noun if more == "people" else more


def is_adjective(cursor: Cursor, index: int) -> bool:
    """Whether a word may stand between a number and its noun: Somali, undocumented, more, asylum."""
    bead, word = cursor.bead(index), cursor.word(index)
    if bead is None:
        return word not in STOPS and (word[:1].isalpha() or word in ("-", '"'))
    if bead.kind in ("country", "quant"):
        return "people" in bead.forms or bead.value in ("kind", "other", "same", "all")
    return bead.kind in ("group", "way") or (bead.kind, bead.value) in (("thing", "asylum"), ("approx", "plain")) or word == "more"
