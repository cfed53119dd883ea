"""Who speaks which words: "X said that ...", "..., X said", "according to X", "X: ...", and he or she who spoke before."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace

from pasvik.reading.page.actor import NEWSROOM, Actor, find_actors
from pasvik.reading.page.cursor import Cursor
from pasvik.reading.page.page import Bead, Sentence, Talk
from pasvik.reading.page.talk.posts import post_voices
from pasvik.reading.page.talk.quotes import quote_voices, said_after_quotes
from pasvik.reading.page.talk.turns import turn_voices
from pasvik.terms.claim import Zone
from pasvik.terms.statement import Speaker

__all__ = ["NEWSROOM", "read_voices"]
Voice = tuple[int, int, Speaker]
OPENING = frozenset({
    "as", "in", "on", "at", "and", "but", "meanwhile", ",", "for", "its", "part", "however", "also", "later", "now", "then", "the", "from", "over", "earlier",
    "moreover", "still", "already", "speaking", "a", "day", "after", "so", "far", "to"})  # words before a speaker that say nothing by themselves
SUBJECT_GAP = 14  # words that may stand between a speaker and the verb ("X, who ..., said")
BESIDE = frozenset(
    {"has", "have", "had", "also", "later", "only", "then", "again", "further", "even", "too", "just"}
)  # between "he" and "said"
BE = frozenset({"is", "are", "was", "were", "be", "been", "being"})
SAYING = frozenset({"rule_out", "consider", "signal", "decide", "deny"})        # senses that may give somebody the word
TOLD = frozenset({"accuse", "blame", "reject", "hold"})  # charges that are told in the name of whoever makes them
PREPOSITIONS = frozenset({"with", "to", "from", "between", "against", "for", "in", "into", "of", "by", "towards", "on"})
NOUNS = frozenset({"decision", "decisions", "decision to", "order to", "orders", "resolution", "decree", "voted", "by order of"})


def read_voices(cursor: Cursor, text: str, sentences: tuple[Sentence, ...], talk: tuple[Talk, ...]) -> tuple[Voice, ...]:
    """Every stretch of text that somebody in office speaks, in order of place. The rest is the publisher's own voice."""
    actors = tuple(tuple(find_actors(cursor, text, s, talk[s.number])) for s in sentences)
    found: list[Voice] = list(post_voices(cursor, text, sentences, talk[0].state if talk else None))
    turns = turn_voices(cursor, text, sentences, actors)
    found += turns
    in_turn = {_holder(sentences, start) for start, _, _ in turns}  # there "he said" is somebody else
    last: Speaker | None = None
    for sentence in sentences:
        here = list(actors[sentence.number])
        voices, spoke = _sentence_voices(cursor, text, sentence, here, None if sentence.number in in_turn else last)
        found += voices
        named = next((a.speaker for a in reversed(here) if a.kind == "office" or (a.kind == "role" and a.first <= sentence.lead + 1)), None)
        last = spoke or named or last
    found += quote_voices(cursor, sentences, actors, found)
    return tuple(sorted((voice for voice in found if voice[0] < voice[1]), key=lambda voice: voice[:2]))


def _holder(sentences: tuple[Sentence, ...], start: int) -> int:
    """The number of the sentence that holds a code point."""
    return bisect_right(sentences, start, key=lambda s: s.start) - 1


def _sentence_voices(
    cursor: Cursor, text: str, s: Sentence, actors: list[Actor], last: Speaker | None
) -> tuple[list[Voice], Speaker | None]:
    voices: list[Voice] = []
    spoke: Speaker | None = None
    says = [b for b in (_as_say(cursor, b) for b in _beads(cursor, s)) if b]
    says += [b for b in said_after_quotes(cursor, s, actors) if not any(o.first == b.first for o in says)]
    colon = _colon_speaker(cursor, s, actors)
    if colon:
        voices.append((cursor.words[colon.last - 1][1], _till(cursor, s, actors), colon.speaker))
        spoke = colon.speaker
    closing = actors[-1] if actors and actors[-1].kind in ("outlet", "body", "role", "office") else None
    if closing and closing.last >= s.last - 1 and cursor.word(closing.first - 1) == "-":
        voices.append((s.start, s.end, closing.speaker))  # "Finland to shut its border - Yle"
        spoke = closing.speaker
    for bead in says:
        who = _speaker_of(cursor, s, bead, actors, last)
        if who is None:
            continue
        spoke = who[0]
        start, end = _reach(cursor, s, bead, who[1], who[2])
        half = _till(cursor, s, actors)
        end = min(end, half) if start < half else end
        if who[0].role == NEWSROOM:
            voices.append((start, end, who[0]))  # gives way below to whoever it quotes
            continue
        if bead.value != "decide":
            voices = [v for v in voices if not (start <= v[0] and v[1] <= end)]
        elif any(v[0] <= start and end <= v[1] for v in voices):
            continue
        voices.append((start, end, who[0]))
    if any(v[2].role != NEWSROOM for v in voices):  # "..., the minister said, Reuters reports": the minister's words
        voices = [v for v in voices if v[2].role != NEWSROOM]
        spoke = voices[-1][2]
    return voices, spoke


def _as_say(cursor: Cursor, bead: Bead) -> Bead | None:
    """A bead that gives somebody the word: saying, and deciding, which is told in the decider's name."""
    if bead.kind == "say":
        return bead
    if bead.kind not in ("op", "act", "charge"):
        return None
    if bead.kind == "op" and bead.value not in SAYING:
        return None
    words = " ".join(cursor.word(i) for i in range(bead.first, bead.last))
    excludes = bead.kind == "op" and bead.value in ("rule_out", "consider") and ("rul" in words or "exclud" in words)
    if excludes and cursor.word(bead.first - 1) not in BE:
        return replace(bead, kind="say", value="verb")  # "The ministry rules out closing Salla"
    if bead.kind == "op" and bead.value == "signal":
        return replace(bead, kind="say", value="verb")
    if (bead.kind == "op" and bead.value == "decide" and words not in NOUNS) or (
        bead.kind == "act" and bead.value in ("extend", "lift") and bead.forms >= {"past"}
    ):
        return replace(bead, kind="say", value="decide")
    if bead.kind == "charge" and bead.value in TOLD and bead.forms & {"s", "past"}:
        return replace(bead, kind="say", value="verb" if bead.value == "hold" else "charge")
    if bead.kind == "op" and bead.value == "deny" and words.startswith(("den", "refut")):
        return replace(bead, kind="say", value="charge")
    return None


def _beads(cursor: Cursor, s: Sentence) -> list[Bead]:
    return list(cursor.run(s.first, s.last))


def _colon_speaker(cursor: Cursor, s: Sentence, actors: list[Actor]) -> Actor | None:
    """ "Interior Minister Mari Rantanen on her way into the meeting: ..." or "VSAT: ..."."""
    upto = min(s.lead + 20, s.last)
    colon = cursor.where(":", s.lead, upto)
    while colon is not None and cursor.word(colon + 1).isdigit():
        colon = cursor.where(":", colon + 1, upto)
    if colon is None:
        return None
    leading = [a for a in actors if a.last <= colon and (a.first <= s.lead + 3 or (a.last == colon and a.kind != "country"))]
    actor = next((a for a in leading if a.last == colon), leading[0] if leading else None)
    if actor is None or (actor.kind == "country" and actor.last != colon):
        return None
    between = [cursor.bead(i) for i in range(actor.last, colon)]
    return actor if not any(b and b.kind in ("act", "crossing", "say") for b in between) else None


def _speaker_of(cursor: Cursor, s: Sentence, say: Bead, actors: list[Actor], last: Speaker | None) -> tuple[Speaker, int, int] | None:
    """(speaker, first word, last word) of the subject of a verb of saying."""
    if say.value == "accord":
        if cursor.word(say.last) in ("him", "her", "them", "it"):
            return (last, say.first, say.last + 1) if last else None
        if cursor.word(say.last - 1) == "words":  # "in his words"
            return (last, say.first, say.last) if last else None
        after = next((a for a in actors if 0 <= a.first - say.last <= 4), None)
        after = None if after and any(cursor.word(i) == "," for i in range(say.last, after.first)) else after
        return (after.speaker, after.first, after.last) if after else None
    if _passive(cursor, say):
        by = next((a for a in actors if 0 < a.first - say.last <= 3 and cursor.word(a.first - 1) in ("by", "the")), None)
        return (by.speaker, by.first, by.last) if by and cursor.word(say.last) == "by" else None
    follows = _past_times(cursor, say.last)
    after = next((a for a in actors if 0 <= a.first - follows <= 1 and not a.possessive), None)
    if after and _inverted(cursor, s, say, after):
        return after.speaker, after.first, after.last
    before = [a for a in actors if a.last <= say.first and say.first - a.last <= SUBJECT_GAP and not a.possessive]
    at = say.first - 1
    while cursor.word(at) in BESIDE or cursor.word(at).endswith("ly"):
        at -= 1
    if cursor.word(at) in ("he", "she", "it", "they") and last:
        return last, say.first - 1, say.first
    for actor in reversed(before):
        if actor.kind == "country" and cursor.word(actor.first - 1) in PREPOSITIONS:
            continue
        if _subject(cursor, actor, say):
            return actor.speaker, actor.first, actor.last
    return None


def _past_times(cursor: Cursor, at: int) -> int:
    """The word after a time, for "declared on Thursday the minister"."""
    bead = cursor.bead(at)
    return bead.last if bead and bead.kind == "time" else at


def _passive(cursor: Cursor, say: Bead) -> bool:
    """ "was accused", "it was announced", "has been told": the subject does not speak."""
    return any(
        cursor.word(i) in ("was", "were", "been", "being", "is", "are") for i in range(max(say.first - 2, 0), say.first)
    ) and not cursor.word(say.first).endswith("ing")


def _inverted(cursor: Cursor, s: Sentence, say: Bead, after: Actor) -> bool:
    """ "..., says Minister X" and "told the prime minister": the verb stands before its subject, near the sentence's end or after a comma."""
    comma = cursor.word(say.first - 1) in (",", '"', "'") or say.first == s.lead
    return comma and (after.kind in ("office", "role", "body") or "name" in after.kind or after.last >= s.last - 2)


def _subject(cursor: Cursor, actor: Actor, say: Bead) -> bool:
    """Between a subject and its verb stand adverbs and asides, but no other verb of saying and no open clause."""
    commas = 0
    for index in range(actor.last, say.first):
        bead, word = cursor.bead(index), cursor.word(index)
        if word == ",":
            commas += 1
        if word in (";", ":", "."):
            return False
        if bead and bead.kind in ("say", "act") and commas == 0:
            return bead.kind == "say" and cursor.word(say.first - 1) in ("and",)
        if word in ("that", "which") and commas == 0:
            return False
    return commas != 1 or cursor.word(say.first - 1) in ("and", "has", "have") or say.first - actor.last < 4


def _reach(cursor: Cursor, s: Sentence, say: Bead, first: int, last: int) -> tuple[int, int]:
    """The words a verb of saying governs: those after it, or, where it closes the sentence, those before it."""
    end_of_say = max(say.last, last)
    tail = [i for i in range(end_of_say, s.last) if cursor.word(i) not in (".", '"', "'", ",")]
    rest = [i for i in tail if (b := cursor.bead(i)) is None or b.kind not in ("time",)]
    start_of_say = min(say.first, first)
    heads = [i for i in range(s.lead, start_of_say) if cursor.word(i) not in ('"', "'")]
    if say.value == "accord":
        return (s.start, s.end)
    if say.value == "charge":
        return (cursor.words[start_of_say][0], s.end)  # "which the Kremlin denies": what stands before is not the Kremlin's
    announced = any(_claims(cursor, i) for i in heads) and not any(_claims(cursor, i) for i in rest)
    if say.value == "decide" and announced:
        return (s.start, s.end)  # "Salla will be closed, the minister announced at a press conference in Helsinki"
    if say.value == "decide" and (not heads or len(rest) > 4):
        return (cursor.words[start_of_say][0], s.end)
    short = len(rest) <= 4 and not any((b := cursor.bead(i)) and b.kind == "act" for i in rest)
    if heads and not _opener(cursor, heads) and (short or (cursor.word(start_of_say - 1) == "," and say.first > first and not _that(cursor, say))):
        goes_on = any(cursor.word(i) == "," for i in range(end_of_say, min(end_of_say + 4, s.last)))  # "Russia, he told parliament, was ..."
        return (s.start, s.end) if short or goes_on else (s.start, cursor.words[end_of_say - 1][1])
    return (cursor.words[start_of_say][0], s.end)


def _claims(cursor: Cursor, index: int) -> bool:
    """Whether a word says something of a crossing or its traffic."""
    bead = cursor.bead(index)
    return bead is not None and bead.kind in ("act", "crossing", "head", "folk", "thing")


def _till(cursor: Cursor, s: Sentence, actors: list[Actor]) -> int:
    """The end of a sentence, or of its first half where somebody else begins the second: "Moscow claims 300 wait; the Border Guard saw nobody"."""
    half = next((i for i in range(s.lead, s.last) if cursor.word(i) == ";"), None)
    turns = half is not None and (s.zone is Zone.HEADLINE or any(half < a.first <= half + 2 for a in actors))
    return cursor.words[half][0] if half is not None and turns else s.end


def _opener(cursor: Cursor, heads: list[int]) -> bool:
    """"And in Norway, police say ...", "On Friday, ...": words before the speaker that claim nothing by themselves."""
    marked = [(cursor.word(i), cursor.bead(i)) for i in heads]
    return all(word in OPENING or (b is not None and b.kind in ("time", "country", "region")) for word, b in marked)


def _that(cursor: Cursor, say: Bead) -> bool:
    return cursor.word(say.last) == "that"
