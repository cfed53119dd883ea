"""Who does what a verb says: the parties before it, past its helpers and asides, or whoever "he" and "it" stand for."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pasvik.reading.charge.party import ARTICLES, Party, Scene

HELPERS = frozenset({
    "has", "have", "had", "is", "are", "was", "were", "be", "been", "being", "on", "to", "continues", "continued", "continue",
    "do", "does", "did", "for", "days", "weeks", "months", "years",
    "also", "again", "already", "never", "always", "both", "all", "now", "then", "since", "later", "once", "even", "still", "too", "only",
    "long", "further", "soon", "earlier", "often", "itself", "themselves", "himself", "herself", "each"})
FINITE = frozenset({"has", "have", "had", "is", "are", "was", "were", "did", "does", "do", "will", "would"})
ASIDES = frozenset({
    "which", "who", "whose", "whom", "where", "like", "along", "together", "alongside", "through", "speaking", "in", "on", "at", "a", "an", "the",
    "as", "quoting", "citing", "for", "with", "itself", "however", "meanwhile", "too", "by", "after", "two", "three", "both", "meeting", "via",
    "its", "his", "her", "known", "this", "again", "all", "once", "following", "during", "writing", "asked", "visiting", "talking", "but", "not",
    "having", "he", "she", "it", "they", "says", "said"})
JOINED = frozenset({"like", "along", "together", "alongside", "with", "as"})        # "Estonia and Latvia, like Finland, have accused"
BEFORE = frozenset({
    "in", "from", "with", "to", "near", "at", "on", "against", "between", "into", "for", "towards", "toward", "over", "by", "about", "of", "like",
    "via", "across", "among", "around"})
BREAKS = frozenset({",", ";", ":", ".", '"', "-", "(", ")", "that", "and", "or", "but", "while", "as", "when", "which", "who", "after", "because"})
PRONOUNS = frozenset({"he", "she", "it", "they"})
ASIDE_LENGTH = 24                                               # words that an aside between two commas may hold


@dataclass(frozen=True, slots=True)
class Subject:
    """The parties that do a deed; first: the word where they begin. pronoun: "he", "it" where only that stands there."""

    parties: tuple[Party, ...]
    first: int
    pronoun: str = ""


def subject(scene: Scene, verb: int, floor: int | None = None) -> Subject | None:
    """The subject of the verb at this word; floor: the first word it may stand at. None where it is no party."""
    low = scene.s.lead if floor is None else floor
    start = _past_helpers(scene, verb - 1, low)
    at, joined = _past_asides(scene, start, low)
    if at >= low and scene.word(at) in ("which", "who", "that"):
        at -= 2 if scene.word(at - 1) == "," else 1
    if at < low:
        return Subject((), low, "both") if scene.word(low) == "both" else None
    if scene.word(at) in PRONOUNS:
        return Subject((), at, scene.word(at))
    head = _head(scene, at, low)
    if head is None:
        joint = at if scene.word(at) in ("and", "but") else start if scene.word(start) in (",", ";") else None
        return _shared(scene, joint, low) if joint is not None else None
    parties = _coordinated(scene, head, low)
    return Subject((*parties, *joined), min(p.first for p in parties))


def _shared(scene: Scene, joint: int, low: int) -> Subject | None:
    """"Belarus denied it and accused Lithuania": the second verb has the subject of the first."""
    for bead in scene.page.beads_in(low, joint, "say", "charge", "object", "act", "op", "stance", "watch"):
        if bead.forms & {"past", "s"} or bead.kind == "say" or (bead.kind == "op" and bead.value in ("deny", "decide")):
            found = subject(scene, bead.first, low)
            if found is not None:
                return found
    first = next((p for p in scene.parties if p.last <= joint and not p.owned), None)
    return Subject((first,), first.first) if first and first.first <= low + 2 else None


def _past_helpers(scene: Scene, at: int, low: int) -> int:
    while at >= low:
        bead = scene.cursor.bead(at)
        if bead and bead.kind == "time":
            at = bead.first - 1
        elif scene.word(at) in HELPERS or (scene.word(at).endswith("ly") and scene.at(at) is None):
            at -= 1
        else:
            break
    return at


def _past_asides(scene: Scene, at: int, low: int) -> tuple[int, tuple[Party, ...]]:
    """Step over ", which shares a border, " and the like; parties joined by the aside do the deed too."""
    joined: tuple[Party, ...] = ()
    for _ in range(2):
        if scene.word(at) != ",":
            break
        back = range(at - 1, max(low, at - ASIDE_LENGTH) - 1, -1)
        opens = next((i for i in back if scene.word(i) == "," and scene.word(i + 1) in ASIDES), None)
        if opens is None:
            return at - 1, joined
        if scene.word(opens + 1) in JOINED:
            joined = (*joined, *(p for p in scene.parties if opens < p.first < at and not p.owned))
        at = _past_helpers(scene, opens - 1, low)
    return at, joined


def _head(scene: Scene, at: int, low: int) -> Party | None:
    """The party whose noun phrase ends at this word: itself, or before "of the Murmansk region", "in Tallinn"."""
    for party in reversed([p for p in scene.parties if low <= p.first <= at]):
        gap = range(party.last, at + 1)
        if len(gap) > 6 or any(_breaks(scene, i) for i in gap):
            return None
        if party.owned and len(gap) == 0:
            return None
        if party.owned:
            continue
        before = scene.before(party)
        if before in BEFORE and before != "of":
            at = party.first - 1
            continue
        if before == "of":
            governor = next((p for p in scene.parties if p.last <= party.first and party.first - p.last <= 2 and not p.owned), None)
            if governor and governor.kind == "role":            # "press secretary of the President of Russia": Russia's
                return replace(party, first=governor.first)
            return governor or party
        return party
    return None


def _breaks(scene: Scene, index: int) -> bool:
    """Whether a word cannot stand inside a subject: a mark, a hinge, a verb."""
    word, bead = scene.word(index), scene.cursor.bead(index)
    if word in BREAKS:
        return True
    if bead is None:
        return False
    return bead.kind in ("say", "charge", "harm", "hinge") or (bead.kind == "act" and bool(bead.forms & {"s", "past"}))


def _coordinated(scene: Scene, head: Party, low: int) -> tuple[Party, ...]:
    """"Estonia and Latvia", "Warsaw, Vilnius and Riga": the parties joined to this one on its left."""
    found = [head]
    while True:
        at = scene.past_articles(found[0].first - 1)
        if at < low or scene.word(at) not in ("and", "&", ",", "or") or (scene.word(at) == "," and len(found) == 1):
            break
        at -= 1 if scene.word(at - 1) == "," else 0
        left = next((p for p in scene.parties if p.last == at and not p.owned), None)
        if left is None:
            break
        found.insert(0, left)
    return tuple(found)


def rightward(scene: Scene, head: Party, object_of_verb: bool = True) -> tuple[Party, ...]:
    """The parties joined to this one on its right: "accused Russia and Belarus of", but not "accused Russia, and Latvia said"."""
    found = [head]
    while True:
        at = found[-1].last
        if scene.word(at) not in ("and", "&", ","):
            break
        at += 1
        at += 1 if scene.word(at) == "and" else 0
        while scene.word(at) in ARTICLES:
            at += 1
        right = scene.at(at) if not (found[-1].first <= at < found[-1].last) else None
        right = right if right is not None and not right.owned else None
        if right is None:
            break
        ahead = scene.cursor.bead(right.last)
        verb = ahead is not None and ahead.kind in ("say", "charge", "act", "object")
        if object_of_verb and (verb or scene.word(right.last) in FINITE):
            break
        found.append(right)
    return tuple(found)


def codes_of(parties: tuple[Party, ...]) -> tuple[str, ...]:
    """The codes and names of parties, each once, in alphabetical order."""
    return tuple(sorted({code for party in parties for code in party.codes}))
