"""Which states, bodies and groups a sentence names as parties to a dispute, and the code or name each goes by."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pasvik.reading.finders.draft import trim
from pasvik.reading.page.actor import ABROAD, Actor, find_actors
from pasvik.reading.page.cursor import Cursor
from pasvik.reading.page.page import Bead, Page, Sentence
from pasvik.terms.statement import Speaker

PEOPLES = frozenset({
    "russians", "belarusians", "finns", "norwegians", "estonians", "latvians", "lithuanians", "poles", "swedes", "ukrainians"})
ARTICLES = frozenset({"the", "a", "an", "both", "neighbouring", "neighboring"})
SOLDIERS = frozenset({"soldiers", "servicemen", "troops", "officers", "policemen", "guards"})      # marked as things to count by another reader
ALLIANCES = frozenset({"NATO", "West"})
COVERED = ("NO", "FI", "EE", "LV", "LT", "PL")


@dataclass(frozen=True, slots=True)
class Party:
    """Words first..last that name a party. codes: ISO codes, or the name as written where it belongs to no state.

    owned: only an owner or an adjective ("Latvia's", "Russian"); kind: office, body, role, country, outlet, watchdog or circle.
    """

    first: int
    last: int
    codes: tuple[str, ...]
    speaker: Speaker
    kind: str
    owned: bool = False


@dataclass(frozen=True, slots=True)
class Scene:
    """One sentence and its parties, left to right."""

    page: Page
    cursor: Cursor
    s: Sentence
    parties: tuple[Party, ...]

    def word(self, index: int) -> str:
        """The folded word of this number, "" outside the sentence."""
        return self.page.word(index) if self.s.first <= index < self.s.last else ""

    def at(self, index: int) -> Party | None:
        """The party that holds this word."""
        return next((p for p in self.parties if p.first <= index < p.last), None)

    def words(self, first: int, last: int) -> list[str]:
        """The folded words first..last of the sentence, last not counted."""
        return [self.word(index) for index in range(first, last)]

    def marked(self, index: int, kind: str, value: str = "") -> bool:
        """Whether this word belongs to a bead of this kind (and value)."""
        bead = self.cursor.bead(index) if self.s.first <= index < self.s.last else None
        return bead is not None and bead.kind == kind and (not value or bead.value == value)

    def past_articles(self, index: int) -> int:
        """The number of the first word at or before this one that is no article: the word before "the Belarusian side"."""
        while self.word(index) in ARTICLES:
            index -= 1
        return index

    def before(self, party: Party) -> str:
        """The word before a party, past its article."""
        return self.word(self.past_articles(party.first - 1))

    def quote(self, first: int, last: int) -> tuple[int, int]:
        """The words first..last as code points, without blanks and marks at their ends."""
        return trim(self.page, self.page.words[first][0], self.page.words[last - 1][1])

    def beads(self, *kinds: str) -> list[Bead]:
        """The beads of these kinds in the sentence proper."""
        return self.page.beads_in(self.s.lead, self.s.last, *kinds)


def scene_of(page: Page, cursor: Cursor, s: Sentence) -> Scene:
    """A sentence with its parties, looked at once for all finders."""
    return page.once(("scene", s.number), lambda: _scene(page, cursor, s))


def _scene(page: Page, cursor: Cursor, s: Sentence) -> Scene:
    found = [_party(page, cursor, actor) for actor in find_actors(cursor, page.text, s, page.talk_at(s))]
    for bead in page.beads_in(s.first, s.last, "party", "circle"):
        if not any(p.first <= bead.first < p.last for p in found):
            found.append(_named(page, bead))
    return Scene(page, cursor, s, tuple(_placed(page, cursor, _joined(sorted(found, key=lambda p: p.first)))))


def _placed(page: Page, cursor: Cursor, parties: list[Party]) -> list[Party]:
    """"the authorities in Minsk", "the foreign ministry in Riga": where a body sits tells whose it is, better than a guess."""
    made: list[Party] = []
    for party in parties:
        before = made[-1] if made else None
        if before and before.kind in ("body", "role") and party.kind == "country" and page.word(before.last) == "in" and party.first == before.last + 1:
            named = any((b := cursor.bead(i)) and b.value != "XX" and b.kind in ("country", "body", "office") for i in range(before.first, before.last))
            if page.word(before.last - 1).startswith(ABROAD) and not party.owned:
                made[-1] = replace(before, last=party.last)     # "the embassy in Oslo": of the state that sent it
                continue
            if not named and not party.owned:
                speaker = replace(before.speaker, country=party.speaker.country)
                made[-1] = replace(before, last=party.last, codes=party.codes, speaker=speaker)
                continue
        made.append(party)
    return made


def _joined(parties: list[Party]) -> list[Party]:
    """"Nato Secretary General ...": an office of no state speaks for the alliance named before it."""
    made: list[Party] = []
    for party in parties:
        before = made[-1] if made else None
        if before and party.kind in ("office", "role") and not party.speaker.country and before.last == party.first and is_state(before):
            party = replace(party, first=before.first, codes=before.codes)
            made.pop()
        made.append(party)
    return made


def _party(page: Page, cursor: Cursor, actor: Actor) -> Party:
    """An actor as a party: "Russian" alone is an adjective, "Russian secret services" and "the Russians" are Russia."""
    code = actor.speaker.country or actor.speaker.name
    bead = cursor.bead(actor.first)
    kind = "watchdog" if any((b := cursor.bead(i)) and "watchdog" in b.forms for i in range(actor.first, actor.last)) else actor.kind
    party = Party(actor.first, actor.last, (code,), actor.speaker, kind, actor.possessive)
    if not actor.possessive or bead is None:
        return party
    if page.word(actor.last - 1) in PEOPLES:
        return replace(party, owned=page.word(actor.last) == "'")
    after = actor.last + 2 if page.word(actor.last) == "'" else actor.last
    last = next((i + 1 for i in range(after, after + 3) if page.word(i) in SOLDIERS or _ends_power(cursor, i)), None)
    if last is None:
        return party
    name = page.text[page.words[actor.first][0]:page.words[last - 1][1]]
    return Party(actor.first, last, (code,), Speaker(name, None, None, actor.speaker.country), "body", page.word(last) == "'")


def _ends_power(cursor: Cursor, index: int) -> bool:
    """Whether this word is the last of "secret services", "leadership" and the like."""
    bead = cursor.bead(index)
    return bead is not None and bead.kind == "power" and bead.last == index + 1


def _named(page: Page, bead: Bead) -> Party:
    """NATO, Washington, the Baltic states; "members of the opposition", as written."""
    name = page.text[bead.start:bead.end]
    if bead.kind == "party":
        codes = tuple(bead.value.split("-"))
        country = codes[0] if len(codes) == 1 and len(codes[0]) == 2 else None
        return Party(bead.first, bead.last, codes, Speaker(name, None, None, country), "country", page.word(bead.last) == "'")
    return Party(bead.first, bead.last, (name,), Speaker(name), "watchdog" if bead.value in ("rights", "law") else "circle")


def is_state(party: Party) -> bool:
    """Whether a party stands for a state, an alliance or their bodies: only such are accused."""
    return all(len(code) == 2 or code in ALLIANCES for code in party.codes)
