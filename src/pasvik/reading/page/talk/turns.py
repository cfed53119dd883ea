"""Who speaks in a transcript ("MINISTER: ...") and in an interview, where questions and answers stand on lines of their own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from pasvik.reading.page.actor import Actor
from pasvik.reading.page.cursor import Cursor
from pasvik.reading.page.page import Sentence
from pasvik.terms.statement import Speaker

Voice = tuple[int, int, Speaker]
LABEL = 12                                                      # words that a label before a colon may have
TURNS = 2                                                       # lines with labels that make a transcript
QUESTIONS = 3                                                   # lines that ask and are followed by an answer: an interview
INTRO = 5                                                       # sentences in which an interview says whom it is with
SPOKE = frozenset({
    "met", "meet", "meets", "talk", "talks", "talked", "talking", "spoke", "speak", "speaks", "answer", "answers", "answered", "asked", "interview",
    "interviewed", "questions", "conversation", "sat", "visited", "visit"})
PUT = frozenset({"to", "with", "by", "from"})


@dataclass(frozen=True, slots=True)
class Line:
    """The sentences of one line of text, and the actors of each."""

    sentences: tuple[Sentence, ...]
    actors: tuple[tuple[Actor, ...], ...]

    @property
    def asks(self) -> bool:
        """Whether the line ends with a question."""
        return self.sentences[-1].ask


def turn_voices(cursor: Cursor, text: str, sentences: tuple[Sentence, ...], actors: tuple[tuple[Actor, ...], ...]) -> tuple[Voice, ...]:
    """Every sentence of a turn with its speaker; whoever is not in office speaks for nobody, and gets no voice."""
    lines = [_line(list(group), actors) for _, group in groupby(sentences, key=lambda s: s.line)]
    return (*_transcript(cursor, text, lines), *_interview(cursor, text, lines))


def _line(group: list[Sentence], actors: tuple[tuple[Actor, ...], ...]) -> Line:
    return Line(tuple(group), tuple(actors[s.number] for s in group))


def _transcript(cursor: Cursor, text: str, lines: list[Line]) -> list[Voice]:
    """"Minister: ...", "INTERIOR MINISTER (in Riga): ...": the whole line is the minister's."""
    labelled = [(line, colon) for line in lines if (colon := _label(cursor, line)) is not None]
    shouted = [line for line, colon in labelled if text[line.sentences[0].start:cursor.words[colon][0]].strip().isupper()]
    if len(labelled) < TURNS and not shouted:
        return []
    found: list[Voice] = []
    for line, colon in labelled:
        actor = next((a for a in line.actors[0] if a.last <= colon and a.first <= line.sentences[0].lead + 1), None)
        if actor and actor.kind in ("role", "body", "office") and (line in shouted or len(labelled) >= TURNS):
            found += _spoken(cursor, line.sentences, colon + 1, actor.speaker)
    return found


def _label(cursor: Cursor, line: Line) -> int | None:
    """The colon that ends a label of few words at the head of a line: nothing in it but a name or title, and an aside in brackets."""
    s = line.sentences[0]
    colon = cursor.where(":", s.lead, min(s.lead + LABEL, s.last))
    if colon is None or colon == s.lead or colon + 1 >= s.last:
        return None
    stop = next((i for i in range(s.lead, colon) if cursor.word(i) == "("), colon)
    said = [cursor.bead(i) for i in range(s.lead, stop)]
    plain = not any(b and b.kind in ("act", "crossing", "say", "time", "number", "head", "op") for b in said)
    return colon if plain and stop - s.lead <= 6 else None


def _spoken(cursor: Cursor, sentences: Iterable[Sentence], first: int, speaker: Speaker) -> list[Voice]:
    """The sentences as this speaker's, from word `first` on."""
    return [(max(s.start, cursor.words[first][0]), s.end, speaker) for s in sentences if s.last > first]


def _interview(cursor: Cursor, text: str, lines: list[Line]) -> list[Voice]:
    """Answers between questions, where the opening of a text says with whom it speaks."""
    asked = [n for n, line in enumerate(lines[:-1]) if line.asks and not lines[n + 1].asks]
    if len(asked) < QUESTIONS:
        return []
    intro = [line for line in lines[: asked[0]] if line.sentences[0].number < INTRO]
    who = _guest(cursor, text, intro)
    if who is None:
        return []
    found: list[Voice] = []
    for line in lines[asked[0] + 1 :]:
        if not line.asks:
            found += _spoken(cursor, line.sentences, line.sentences[0].first, who)
    return found


def _guest(cursor: Cursor, text: str, intro: list[Line]) -> Speaker | None:
    """The one whom an interview is with: "we met the head of ...", "a commander talks about ...", or a line that begins with a title and has no verb."""
    for line in intro:
        for s, actors in zip(line.sentences, line.actors, strict=True):
            named = [a for a in actors if a.kind in ("role", "office", "body")]
            near = [a for a in named if any(cursor.word(i) in SPOKE for i in (*range(a.first - 8, a.first), *range(a.last, a.last + 6)))]
            title = [a for a in named if a.first <= s.lead + 1 and not text[s.start : s.end].rstrip().endswith(".") and cursor.word(a.last) == "on"]
            if near or title:
                return (near or title)[0].speaker
    return None
