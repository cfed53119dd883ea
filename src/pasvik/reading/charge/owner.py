"""In whose name a charge is made: the voice that speaks the words, or whoever thinks or calls it so; never the publisher's own."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from pasvik.reading.charge.party import Party, Scene, is_state, scene_of
from pasvik.reading.charge.subject import Subject, codes_of, rightward, subject
from pasvik.reading.clause.clause import Clause, clauses
from pasvik.reading.page.page import Bead, Page, Sentence
from pasvik.terms.statement import Speaker

VIEWS = frozenset({"view", "opinion", "eyes", "assessment", "judgment", "judgement"})
MEMORY = 3                                                      # sentences over which "she" still means whoever spoke last
OPINIONS = frozenset({"hold", "call", "suspect"})
UNSURE = frozenset({"rumour", "no", "may", "signal", "if", "whether", "suppose", "future", "plan", "call", "rule_out", "deny", "consider", "ready"})
SUMMED = frozenset({"charge", "claim", "allegation", "accusation", "suggestion", "assertion", "move", "step"})    # "..., a charge the Kremlin denies"
STOPS = frozenset({";", ":", "while", "although", "though", "but", "whereas", "however"})
AFTER_COMMA = frozenset({
    "which", "who", "while", "but", "and", "as", "after", "when", "where", '"', "although", "with", "he", "she", "it", "they", "the", "has", "have",
    "is", "was", "were", "are", "had"})
NEAR = 40                                                       # crossing phrases that are looked at to see which border a text is about
UNDONE = frozenset({"hide", "doubt", "conceal", "disguise"})      # "do not hide that" is as good as saying it
THAT_LOOK = 9                                                   # words before "that" which may hold the cue that governs it


@dataclass(frozen=True, slots=True)
class Owner:
    """Who makes a charge: codes or names, and the speaker where it is one."""

    codes: tuple[str, ...]
    speaker: Speaker | None


def owner(scene: Scene, bead: Bead) -> Owner | None:
    """Who says what stands at this bead, or None where only the publisher does."""
    for verb in reversed(scene.beads("charge")):
        opinion = doer(scene, verb) if verb.value in OPINIONS and verb.last <= bead.first else None
        if opinion:
            return opinion
    viewed = _in_view_of(scene)
    if viewed is not None and viewed.last < bead.first:
        return owner_of((viewed,))
    voice = scene.page.speaker_at(bead.start, bead.end)
    if voice is None:
        return said_by(scene, bead)
    party = next((p for p in scene.parties if p.speaker == voice), None)
    return None if party and party.kind in ("outlet", "watchdog") else Owner((voice.country or voice.name,), voice)


def _in_view_of(scene: Scene) -> Party | None:
    """"In Warsaw's view, ...", "In the opinion of Moscow, ..."."""
    if scene.word(scene.s.lead) != "in":
        return None
    for party in scene.parties[:1]:
        owned = VIEWS & set(scene.words(party.last, party.last + 4)) and party.owned
        of = VIEWS & set(scene.words(scene.s.lead, party.first)) and scene.before(party) == "of"
        if party.first <= scene.s.lead + 5 and is_state(party) and (owned or of):
            return party
    return None


def said_by(scene: Scene, bead: Bead) -> Owner | None:
    """Whoever a verb of saying before these words has for its subject, where the page gives them no voice: "Nato says Russia is ..."."""
    for verb in scene.beads("say"):
        who = subject(scene, verb.first) if verb.value == "verb" and verb.last <= bead.first else None
        if who and who.parties and all(is_state(p) for p in who.parties):
            return owner_of(who.parties)
    return None


def doer(scene: Scene, verb: Bead) -> Owner | None:
    """The subject of a verb as an owner: its parties, or whoever "he" or "it" stands for."""
    who = subject(scene, verb.first)
    if who is None:
        return None
    if who.parties:
        return owner_of(who.parties)
    several = _several(scene, who.first) if who.pronoun in ("they", "both") else ()
    if several:
        return owner_of(several)
    voice = scene.page.speaker_at(verb.start, verb.end)
    began = scene.page.words[who.first][0]
    turn = any(v[0] <= began and scene.s.end <= v[1] and v[2] == voice for v in scene.page.voices_in[scene.s.number])
    if who.pronoun in ("it", "they") and turn and not _own_word(scene, who):
        return _they_speak_of(scene)                            # "MINISTER: It denies everything": nobody calls themselves "it"
    last = voice or _before_it(scene, who) or recent(scene.page, scene.s)
    return Owner((last.country or last.name,), last) if last else None


def _own_word(scene: Scene, who: Subject) -> bool:
    """Whether the voice over a sentence comes from a verb in it: "it said", "they told reporters"."""
    return any(b.first in range(who.first, who.first + 4) for b in scene.beads("say")) or any(not p.owned and scene.word(p.last) != ":" for p in scene.parties)


def _they_speak_of(scene: Scene) -> Owner | None:
    """The state whose body the sentence before began with, where somebody speaks of it as "it"."""
    its = scene.page.talk_at(scene.s).its
    return Owner((its,), Speaker(its, None, None, its)) if its else None


def _before_it(scene: Scene, who: Subject) -> Speaker | None:
    """What "it" stands for at the head of a sentence: the body or state that the sentence before began with."""
    if who.pronoun != "it" or not scene.s.number or any(not p.owned and p.last <= who.first for p in scene.parties):
        return None
    previous = scene_of(scene.page, scene.cursor, scene.page.sentences[scene.s.number - 1])
    first = next((p for p in previous.parties if not p.owned), None)
    return first.speaker if first and first.kind in ("body", "country") and first.first <= previous.s.lead + 2 else None


def _several(scene: Scene, before: int) -> tuple[Party, ...]:
    """The states that "they" and "both" stand for: those joined by "and" earlier in the sentence, or in the one before it."""
    previous = scene_of(scene.page, scene.cursor, scene.page.sentences[scene.s.number - 1]) if scene.s.number else None
    for view, end in ((scene, before), (previous, previous.s.last if previous else 0)):
        for party in view.parties if view else ():
            group = rightward(view, party, object_of_verb=False) if view and not party.owned and party.last <= end else ()
            if len(group) > 1 and all(is_state(p) for p in group):
                return group
    return ()


def owner_of(parties: tuple[Party, ...]) -> Owner:
    """Parties as the owner of a charge."""
    return Owner(codes_of(parties), parties[0].speaker if len(parties) == 1 else None)


def recent(page: Page, s: Sentence) -> Speaker | None:
    """Whoever spoke last, a few sentences back at most."""
    return last_voice(page, page.sentences[max(0, s.number - MEMORY)].start, s.start)


def last_voice(page: Page, start: int, end: int) -> Speaker | None:
    """The last to begin to speak between two code points."""
    at = bisect_left(page.voices, end, key=lambda voice: voice[0])
    return page.voices[at - 1][2] if at and page.voices[at - 1][0] >= start else None


def other_state(scene: Scene, before: int, but: tuple[str, ...], earlier: Scene | None) -> Party | None:
    """The state that "it" means in somebody's mouth: the last one named that is not their own."""
    here = [p for p in scene.parties if p.last <= before]
    for party in (*reversed(here), *reversed(earlier.parties if earlier else ())):
        if is_state(party) and not set(party.codes) & set(but):
            return party
    return None


def asserted(scene: Scene, cut: list[Clause], bead: Bead) -> bool:
    """Whether a verb is told as a fact: not denied, asked, supposed, planned or made to depend on anything.

    Cues count in the verb's own clause, and just before its "that" ("denied that", "asked whether").
    """
    clause = next((c for c in cut if c.first <= bead.first < c.last), None)
    if clause is None or scene.s.ask:
        return False
    if bead.forms == {"ing"} and scene.word(bead.first - 1) == ",":
        return True                                             # "closure possible, watching Finland"
    first = max(clause.first - (THAT_LOOK if clause.hinge == "that" else 1), scene.s.lead)
    ops = [b for b in scene.page.beads_in(first, bead.first, "op", "quant") if not _joins(scene, b.last, clause.first)]
    cues = [_cue(scene, b) for b in ops if scene.word(b.last) not in UNDONE]
    turned = any(b.value == "reject" for b in scene.page.beads_in(first, clause.first, "charge"))
    return not turned and not UNSURE & set(cues) and "would" not in scene.words(clause.first, bead.first)


def _cue(scene: Scene, bead: Bead) -> str:
    """The cue's value; "had" is a supposition only at the head of a sentence, "wants to" is as good as the deed."""
    word = scene.page.low[bead.start:bead.end]
    if bead.kind == "quant":
        return "no" if bead.value == "none" and word != "no" else ""
    if word == "had":
        return "suppose" if bead.first == scene.s.lead else ""
    if bead.value == "plan" and word.startswith(("want", "aim", "intention", "intend", "try", "tri", "seek", "sought", "striv", "working to", "wish")):
        return ""
    return "no" if word == "cannot" else bead.value


def _joins(scene: Scene, last: int, first: int) -> bool:
    """Whether an "and" parts a cue from the clause that begins at `first`: "measures are being prepared and that ..."."""
    return any(scene.word(i) in ("and", ",", "but") for i in range(last, first))


def cut_of(scene: Scene) -> list[Clause]:
    """The clauses of the scene's sentence."""
    return clauses(scene.page, scene.s)


def reach(scene: Scene, first: int) -> int:
    """The word after the last that belongs to what begins at this word: up to a semicolon, a new clause, or the end."""
    for index in range(first + 1, scene.s.last):
        word, ahead = scene.word(index), scene.word(index + 1)
        if word in STOPS or (word == '"' and scene.word(index - 1) in (",", ".")) or (word == "in" and ahead == "what"):
            return index
        if word == "," and (ahead in AFTER_COMMA or scene.at(index + 1) is not None or (ahead in ("a", "an") and scene.word(index + 2) in SUMMED)):
            return index
        if word == "and" and _speaks_on(scene, index + 1):
            return index
    return scene.s.last


def _speaks_on(scene: Scene, index: int) -> bool:
    """Whether a new verb of saying or charging begins here: "... and said"."""
    bead = scene.cursor.bead(index)
    return bead is not None and (bead.kind == "say" or (bead.kind == "charge" and bool(bead.forms & {"s", "past"})))


def across(page: Page, state: str) -> str | None:
    """The state on the other side of the border that a text is mostly about."""
    pairs = [phrase.border.split("-") for phrase in page.phrases[:NEAR] if phrase.border]
    others = [code for pair in pairs if state in pair for code in pair if code != state]
    return max(others, key=lambda code: (others.count(code), code)) if others else None
