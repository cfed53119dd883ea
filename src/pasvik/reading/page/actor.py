"""Who is named in a text that could speak for a state: offices with their holders, bodies, governments; never a private person."""

from __future__ import annotations

from dataclasses import dataclass

from pasvik.reading.page.cursor import Cursor
from pasvik.reading.page.page import Bead, Sentence, Talk
from pasvik.terms.statement import Speaker

BESIDE = frozenset({"with", "to", "from", "into", "against", "between", "and", "of", "in", "for"})
OWNERS = frozenset({"his", "her", "their", "its"})
EAST = frozenset({"RU", "BY"})
NORTH = frozenset({"NO", "FI", "EE"})                           # states without governors whose only neighbour to the east is Russia
LOCAL = ("police", "customs", "border")                          # how the names of bodies begin that speak for the crossing where they work
ABROAD = ("embassy", "ambassador", "consul")                     # how the words begin for those who stand in another state
NEWSROOM = "newsroom"
NOT_NAMES = frozenset({"the", "of", "for", "on", "in", "at", "to", "and", "said", "a"})


@dataclass(frozen=True, slots=True)
class Actor:
    """Words first..last that name an office, a body or a government, and the speaker they make."""

    first: int
    last: int
    speaker: Speaker
    kind: str  # office, body, country, role
    possessive: bool = False  # "Norway's", "Finnish": an owner, not a speaker


def find_actors(cursor: Cursor, text: str, sentence: Sentence, talk: Talk) -> list[Actor]:
    """All actors of a sentence, left to right; titles, countries and names beside each other are one actor."""
    found: list[Actor] = []
    index = sentence.first
    for bead in cursor.run(sentence.first, sentence.last):
        if bead.first < index or bead.kind not in ("country", "body", "role", "office", "outlet", "region"):
            continue
        actor = _actor(cursor, text, sentence, bead, talk, found)
        if actor:
            found.append(actor)
            index = actor.last
    return found


def _actor(cursor: Cursor, text: str, sentence: Sentence, first: Bead, talk: Talk, before: list[Actor]) -> Actor | None:
    """Read on over "Estonian | Interior Minister | Lauri Laanemets" and "spokeswoman for the | Police Board"."""
    country = "" if first.value == "XX" else first.value
    role = first if first.kind == "role" else None
    body = first if first.kind == "body" else None
    office = first if first.kind == "office" else None
    last, named = first.last, ""
    while last < sentence.last:
        ahead = _past_glue(cursor, last, sentence.last)
        bead = cursor.bead(ahead)
        if (
            not bead
            or bead.kind not in ("country", "body", "role", "office", "region")
            or (ahead > last and not _glued(cursor, last, ahead, bead, role, body, first))
        ):
            break
        if first.kind == "country" and "name" in first.forms and ahead == last and bead.kind != "role" and not _is_possessive(cursor, last):
            break                                               # but "Norway PM: ..." is one actor
        country = country or ("" if bead.value == "XX" else bead.value)
        role, body, office = (
            (bead if bead.kind == "role" and not role else role),
            (bead if bead.kind == "body" and not body else body),
            office or (bead if bead.kind == "office" else None),
        )
        last = bead.last
    if first.kind == "region" and not (role or body or office):
        return None                                             # a town by itself speaks for nobody
    if role and not office:
        last, named = _titled_name(cursor, text, last, sentence.last)
    kind = "office" if office or named else "body" if body else "role" if role else "outlet" if first.kind == "outlet" else "country"
    possessive = kind == "country" and ("people" in first.forms or cursor.word(last) == "'")
    name = _written(text, cursor, office) if office else named or _written(text, cursor, body or role or first)
    if kind == "body" and first.kind == "country" and body:
        name = text[cursor.words[first.first][0] : cursor.words[body.last - 1][1]]
    country = country or (office.value if office else "") or _whose(cursor, text, sentence, (first.first, last), role or body, talk, before)
    title = (
        NEWSROOM
        if kind == "outlet"
        else _written(text, cursor, role)
        if role
        else (office.offices[0].role if office and office.offices else None)
    )
    return Actor(
        first.first,
        last,
        Speaker(
            _bare(name),
            title or None,
            _written(text, cursor, body) if body and kind == "office" else None,
            country if country not in ("", "XX") else None,
        ),
        kind,
        possessive,
    )


def _whose(
    cursor: Cursor, text: str, s: Sentence, span: tuple[int, int], noun: Bead | None, talk: Talk, before: list[Actor]
) -> str:
    """The state of a body or office that names none; "" where nobody can tell."""
    first, last = span
    said = _written(text, cursor, noun).lower() if noun else ""
    there = cursor.bead(last + 1) if cursor.word(last) == "in" and last + 1 < s.last else None
    if there and said.startswith(ABROAD):
        abroad = _first_state(cursor, before, first) or talk.other or ""
        return abroad if abroad != there.value else ""              # "the embassy in Oslo" is never Norway's
    if there and there.kind in ("country", "region") and "people" not in there.forms:
        return there.value                                      # "a police spokesman in Kirkenes", "the foreign ministry in Riga"
    here = _first_state(cursor, before, first)
    owner = cursor.word(first - 1)
    if owner in OWNERS:                                         # "His Foreign Ministry denies it", "its duty officer said"
        return here or (talk.his if owner in ("his", "her") else talk.its or talk.his) or ""
    if cursor.word(last) == "there":
        return here or talk.other or ""                         # "Minsk is cross. The border committee there ..."
    if said.startswith("governor"):
        return here if here in EAST else "RU" if talk.state in NORTH else talk.state if talk.state in EAST else ""
    if said.startswith(LOCAL) and here in EAST and any(cursor.word(i) == ";" for i in range(s.lead, first)):
        return talk.side or talk.state or ""                    # "Moscow claims it is open; the Border Guard says it is shut"
    if said.startswith(LOCAL) and talk.side:
        return here or talk.side
    return here or talk.state or ""


def _glued(cursor: Cursor, last: int, ahead: int, bead: Bead, role: Bead | None, body: Bead | None, first: Bead) -> bool:
    """Whether "of", "of the", a comma or a possessive joins the next part to the same actor."""
    glue = [cursor.word(i) for i in range(last, ahead)]
    if glue and glue[0] == "'":
        return first.kind in ("country", "body", "region") and bead.kind in ("role", "body", "office")
    if first.kind == "office" and glue in ([","], [",", "the"]):
        return bead.kind == "role" or (bead.kind == "country" and (after := cursor.bead(bead.last)) is not None and after.kind == "role")
    if "," in glue:
        return bead.kind == "office" and (role is not None or body is not None) and glue == [","]
    if first.kind == "office" and glue and glue[0] == "of":
        return bead.kind in ("body", "region")
    return (role is not None and bead.kind in ("body", "country", "office", "region")) or (body is not None and bead.kind in ("country", "region"))


def _past_glue(cursor: Cursor, at: int, end: int) -> int:
    while at < end and cursor.word(at) in ("of", "the", "for", "'", "s", ",", "region", "oblast", "county") and at < end:
        at += 1
    return at


def _is_possessive(cursor: Cursor, at: int) -> bool:
    return cursor.word(at) == "'"


def _titled_name(cursor: Cursor, text: str, at: int, end: int) -> tuple[int, str]:
    """Up to three capitalised words after a title: a person speaking in an office that the table does not know."""
    last = at
    while last < end and last - at < 3 and cursor.bead(last) is None:
        start, _, word = cursor.words[last]
        if not text[start].isupper() or word in NOT_NAMES or not word.isalpha():
            break
        last += 1
    return last, text[cursor.words[at][0] : cursor.words[last - 1][1]] if last > at else ""


def _written(text: str, cursor: Cursor, bead: Bead) -> str:
    return text[cursor.words[bead.first][0] : cursor.words[bead.last - 1][1]]


def _bare(name: str) -> str:
    """A name without its article."""
    for article in ("the ", "The ", "a ", "A "):
        if name.startswith(article):
            return name[len(article) :]
    return name


def _first_state(cursor: Cursor, before: list[Actor], here: int) -> str:
    """The state that the sentence is about: the first it names, but not as a neighbour ("with Belarus") nor inside what "the minister" is quoted for."""
    named = [a for a in before if a.speaker.country and cursor.word(a.first - 1) not in BESIDE and not _across_quote(cursor, a.last, here)]
    return (named[0].speaker.country or "") if named else ""


def _across_quote(cursor: Cursor, last: int, here: int) -> bool:
    """Whether a quotation opens or ends between two words."""
    return sum(cursor.word(i) == '"' for i in range(last, here)) % 2 == 1
