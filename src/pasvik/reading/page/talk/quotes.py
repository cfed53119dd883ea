"""Speech in quotation marks that runs over several sentences, or stands alone beside a sentence that tells whose it is."""

from __future__ import annotations

from itertools import groupby

from pasvik.reading.page.actor import NEWSROOM, Actor
from pasvik.reading.page.cursor import Cursor
from pasvik.reading.page.page import Bead, Sentence
from pasvik.terms.statement import Speaker

Voice = tuple[int, int, Speaker]
SHORT = 4                                                       # words of a quotation that is only somebody's word for a thing
ENDED = frozenset({",", ".", "?", "!"})
ARTICLES = frozenset({"the", "a", "an"})
PEOPLE = frozenset({"office", "role", "body"})


def quote_voices(
    cursor: Cursor, sentences: tuple[Sentence, ...], actors: tuple[tuple[Actor, ...], ...], told: list[Voice]
) -> tuple[Voice, ...]:
    """Voices of quotations that no verb of saying governs by itself. told: the voices known so far."""
    found: list[Voice] = []
    for _, group in groupby(sentences, key=lambda s: s.line):
        line = list(group)
        found += _in_line(cursor, line, actors, told)
    return tuple(found)


def _in_line(
    cursor: Cursor, line: list[Sentence], actors: tuple[tuple[Actor, ...], ...], told: list[Voice]
) -> list[Voice]:
    found: list[Voice] = []
    last: Speaker | None = None
    for first, stop in _quotations(cursor, line):
        start, end = cursor.words[first][0], cursor.words[stop - 1][1]
        inside = [v for v in told if v[0] < end and start < v[1] and v[2].role != NEWSROOM]
        after = _named_after(cursor, line, actors, stop)
        whole = inside[-1][2] if inside else after or (last if _alone(cursor, line, first, stop) else None)
        if whole is not None and not any(v[0] <= start and end <= v[1] for v in inside):
            found.append((start, end, whole))
        last = whole if whole is not None else last if _alone(cursor, line, first, stop) else None
    return found


def _quotations(cursor: Cursor, line: list[Sentence]) -> list[tuple[int, int]]:
    """The quotations of a line as words first..last without their marks: those that begin a sentence or follow a colon or comma."""
    marks = [i for i, (_, _, word) in enumerate(cursor.words[line[0].first : line[-1].last], line[0].first) if word == '"']
    opens = {s.lead for s in line}
    pairs = zip(marks[::2], marks[1::2], strict=False) if len(marks) % 2 == 0 else ()
    return [
        (a + 1, b) for a, b in pairs
        if b - a > SHORT and (a in opens or cursor.word(a - 1) in (":", ",") or a == line[0].first or cursor.word(a - 1) in ("-", "."))]


def _named_after(
    cursor: Cursor, line: list[Sentence], actors: tuple[tuple[Actor, ...], ...], stop: int
) -> Speaker | None:
    """"..., the minister began": whoever stands right after the closing mark, before a verb that the words do not know."""
    s = next((x for x in line if x.first <= stop < x.last), None)
    if s is None or cursor.word(stop - 1) not in ENDED:
        return None
    at = stop + 1
    at += cursor.word(at) in ARTICLES
    actor = next((a for a in actors[s.number] if a.first in (at, at - 1) and a.kind in PEOPLE), None)
    return actor.speaker if actor and actor.last < s.last and cursor.word(actor.last).isalpha() else None


def said_after_quotes(cursor: Cursor, s: Sentence, actors: list[Actor]) -> list[Bead]:
    """The verbs of "..., the minister began", "..., he went on", "..., concluded the governor", which no list of verbs can hold."""
    found: list[Bead] = []
    if cursor.where('"', s.lead + 1, s.last - 2) is None:
        return found
    for close in range(s.lead + 1, s.last - 2):
        if cursor.word(close) != '"' or cursor.word(close - 1) not in ENDED:
            continue
        at = close + 1 + (cursor.word(close + 1) in ARTICLES)
        beside = (at, at - 1, at + 1, at + 2) if cursor.word(at + 1) in ARTICLES else (at, at - 1, at + 1)
        actor = next((a for a in actors if a.first in beside and a.kind in PEOPLE), None)
        verb = at + 1 if cursor.word(at) in ("he", "she") else actor.last if actor and actor.first <= at else at if actor else None
        if verb is not None and verb < s.last and cursor.word(verb).isalpha() and (cursor.bead(verb) is None or _turn_of_speech(cursor, verb)):
            start, end, _ = cursor.words[verb]
            found.append(Bead("say", "verb", verb, verb + 1, start, end, frozenset({"past"})))
    return found


def _turn_of_speech(cursor: Cursor, verb: int) -> bool:
    """Verbs that mean something else elsewhere ("began", "continued", "ended")."""
    bead = cursor.bead(verb)
    return bead is not None and bead.kind in ("act", "op", "move", "object", "charge", "stance", "harm") and cursor.word(verb).endswith(("ed", "an", "ent"))


def _alone(cursor: Cursor, line: list[Sentence], first: int, stop: int) -> bool:
    """Whether a quotation fills its sentences: nobody else is named as its speaker."""
    opens = any(s.lead <= first - 1 <= s.lead + 1 for s in line)
    ends = {s.last for s in line}
    return opens and (stop + 1 in ends or stop + 2 in ends or stop in ends)
