"""Denials: "X denied that", "Y rejected the accusation", "the claims are absurd, Z said", "it has nothing to do with us"."""

from __future__ import annotations

from pasvik.reading.charge.owner import Owner, asserted, doer, owner_of, reach, said_by
from pasvik.reading.charge.party import Scene
from pasvik.reading.charge.reply import asked_of, reply
from pasvik.reading.charge.subject import codes_of, subject
from pasvik.reading.clause.clause import Clause
from pasvik.reading.clause.verb import BE
from pasvik.reading.finders.draft import Draft
from pasvik.reading.page.page import Bead
from pasvik.terms.claim import Denial

# Nouns for what is denied. Other readers need these words for other things (claims for asylum), so they are told apart here by the verb beside them.
CHARGES = frozenset({
    "accusation", "accusations", "allegation", "allegations", "charge", "charges", "claim", "claims", "suggestion", "suggestions", "report", "reports",
    "rumour", "rumours", "rumor", "rumors", "assertion", "assertions", "insinuation", "insinuations", "criticism", "speculation", "statement",
    "talk", "words",
    "remarks", "comments", "suspicion", "suspicions", "statements",
    "inventions", "fabrications", "fantasies", "fables", "slander", "lies",
    "story", "stories", "notion", "idea", "version", "reproach", "reproaches", "blame", "responsibility", "involvement"})
VERBS = ("den", "refut", "dismiss", "reject")                    # how the verbs of denial begin that en.toml lists
SUCH = frozenset({"that", "this", "it", "them", "these", "all", "everything", "both", "any"})
PROPOSALS = frozenset({"application", "applications", "plan", "proposal", "request", "appeal", "bill", "idea"})
REFUSALS = frozenset({
    "entry", "access", "visa", "visas", "asylum", "permission", "boarding", "passage", "admission", "protection", "them", "him", "her", "people",
    "citizens", "travellers"})
NOUN_LOOK = 9                                                   # words between "rejected" and "the Finnish minister's latest accusations"
NULL_LOOK = 22                                                  # words between "allegations" and "are groundless"


def denied_by_verb(scene: Scene, cut: list[Clause], bead: Bead) -> list[Draft]:
    """"The Kremlin denied ...", "Moscow has rejected these accusations", "which Minsk denies"."""
    word = scene.word(bead.first)
    denies = bead.kind == "op" and bead.value == "deny" and word.startswith(VERBS)
    rejects = bead.kind == "charge" and bead.value == "reject" and not bead.forms <= {"noun"}
    if not (denies or rejects) or scene.s.ask or not _told(scene, cut, bead):
        return []
    if not (_of_a_charge(scene, bead) if rejects or word.startswith("dismiss") else _no_refusal(scene, bead)):
        return []
    if _passive(scene, bead):
        return _by_agent(scene, bead)
    who = doer(scene, bead) or (_speaker(scene, bead) if word.endswith("ing") else None)
    found = subject(scene, bead.first)
    return [_draft(scene, who, found.first if found else bead.first, reach(scene, bead.last), bead)] if who else []


def denied_by_word(scene: Scene, bead: Bead) -> list[Draft]:
    """"It calls the allegations invented", "rumours that ... are false, it said", "Moscow says it has nothing to do with it"."""
    if scene.s.ask:
        return []
    if bead.kind == "charge" and bead.value == "nothing":
        return _no_part(scene, bead)
    if (bead.kind == "op" and bead.value == "no" and scene.word(bead.first) in ("not", "n't", "never")) and _hostile(scene, bead):
        return _no_part(scene, bead)
    back = range(bead.first - 1, max(scene.s.lead, bead.first - NULL_LOOK) - 1, -1)
    noun = next((i for i in back if scene.word(i) in CHARGES and scene.word(i - 1) != "asylum"), None)
    untrue = bead.kind == "op" and bead.value == "deny" and not scene.word(bead.first).startswith(VERBS)
    if not untrue and not (bead.kind == "charge" and bead.value == "null"):
        return []
    verb = next((b for b in reversed(scene.beads("charge")) if b.value == "call" and b.last <= bead.first), None)
    if verb and (noun is not None or scene.word(verb.last) in SUCH):
        who = _called_by(scene, verb, bead) if scene.word(verb.first - 1) in BE else doer(scene, verb)
        found = subject(scene, verb.first)
        return [_draft(scene, who, found.first if found else verb.first, bead.last, bead)] if who else []
    if verb is not None and scene.word(verb.first - 1) in BE and scene.word(verb.first - 2) in SUCH and (who := _called_by(scene, verb, bead)):
        return [_draft(scene, who, verb.first - 2, bead.last, bead)]
    if noun is None and scene.word(bead.first - 1) in BE and scene.word(bead.first - 2) in SUCH:
        noun = bead.first - 2                                   # "Moscow says that is not true"
    if noun is None or not (BE | {"has", "have", "had"}) & set(scene.words(noun + 1, bead.first)):
        return []
    who = _speaker(scene, bead)
    return [_draft(scene, who, noun, bead.last, bead)] if who else []


def denied_by_noun(scene: Scene, bead: Bead) -> list[Draft]:
    """"Moscow's denial that", "despite denials by Minsk": taken for granted, also in a question."""
    if bead.kind != "charge" or bead.value != "reject" or not bead.forms <= {"noun"} or not scene.word(bead.first).startswith("denial"):
        return []
    at = bead.first - 2 if scene.words(bead.first - 2, bead.first) == ["'", "s"] else bead.first
    owner = next((p for p in scene.parties if p.last == at and (p.owned or at < bead.first)), None)
    by = next((p for p in scene.parties if scene.past_articles(p.first - 1) == bead.last), None) if scene.word(bead.last) in ("by", "from") else None
    party = owner or by
    if party is None or not party.codes:
        return []
    return [_draft(scene, Owner(party.codes, party.speaker), party.first, reach(scene, max(bead.last, party.last)), bead)]


def denied_in_reply(scene: Scene, earlier: Scene | None) -> list[Draft]:
    """"Minsk says it is not", after "Is Minsk to blame?" or after another answer to it."""
    said = reply(scene)
    if said is None or said[1]:
        return []
    who, _, verb = said
    asked = asked_of(earlier)
    spoken_of = earlier is not None and any(b.kind == "harm" or b.value in ("accuse", "blame", "fault") for b in earlier.beads("harm", "charge"))
    if not (set(asked.codes) & set(who.codes) if asked else spoken_of):
        return []
    return [_draft(scene, who, _begin(scene, verb), scene.s.last, verb)]


def _called_by(scene: Scene, verb: Bead, bead: Bead) -> Owner | None:
    """Who calls it so, where it "was called absurd in Moscow" or "was described as nonsense by the ministry"."""
    for party in scene.parties:
        near = party.first <= scene.s.lead + 2 or 0 <= party.first - bead.last <= 3
        if near and not party.owned and scene.before(party) in (("in", "by") if party.kind == "country" else ("by",)):
            return owner_of((party,))
    return None


def _draft(scene: Scene, who: Owner, first: int, last: int, bead: Bead) -> Draft:
    a, b = scene.quote(first, last)
    return Draft(Denial(who.codes[0]), a, b, who.speaker, found_by=f"denial: {scene.page.low[bead.start:bead.end]}")


def _begin(scene: Scene, verb: Bead) -> int:
    found = subject(scene, verb.first)
    return found.first if found else verb.first


def _told(scene: Scene, cut: list[Clause], bead: Bead) -> bool:
    """Whether it is told that somebody denies: not "did not deny", "would deny", "neither confirmed nor denied", "declined to deny"."""
    before = scene.words(bead.first - 4, bead.first)
    if before[-1] == "to" or ({"nor", "or"} & set(before) and {"confirm", "confirmed", "neither", "confirms"} & set(before)):
        return False
    return asserted(scene, cut, bead)


def _passive(scene: Scene, bead: Bead) -> bool:
    at = bead.first - 1
    while scene.word(at).endswith("ly") or scene.word(at) in ("been", "also", "immediately", "again"):
        at -= 1
    return not scene.word(bead.first).endswith("ing") and (scene.word(at) in BE or scene.word(bead.last) == "by")


def _by_agent(scene: Scene, bead: Bead) -> list[Draft]:
    """"The accusation was rejected by Moscow"."""
    if not any(scene.word(i) in CHARGES for i in range(scene.s.lead, bead.first)):
        return []
    for party in scene.parties:
        if 0 <= party.first - bead.last <= 4 and scene.before(party) in ("by", "in") and not party.owned:
            return [_draft(scene, owner_of((party,)), scene.s.lead, party.last, bead)]
    return []


def _of_a_charge(scene: Scene, bead: Bead) -> bool:
    """Whether what is rejected is a charge or a report, and no application, plan or lorry."""
    if bead.last - bead.first > 2:
        return True                                             # "brushed the charge aside", "waved it away": told by the words themselves
    if scene.word(bead.last) in SUCH and scene.word(bead.last + 1) not in PROPOSALS:
        near = scene.words(bead.last + 1, bead.last + 3)
        if not near[0] or set(near) & (CHARGES | {",", ".", ";", ":", "as", "and", "outright", "completely"}):
            return True
    for index in range(bead.last, min(bead.last + NOUN_LOOK, scene.s.last)):
        if scene.word(index) in (",", ";", ".", "for", "because"):
            break
        if scene.word(index) in CHARGES:
            by = scene.word(index + 1) == "by" and scene.at(index + 2) is None          # "claims by 30 people" are for asylum
            return scene.word(index + 1) != "for" and not by and scene.word(index - 1) not in ("asylum", "protection")
    ends = scene.word(bead.last) in ("", ".", ",", ";", "by", "as", "and")
    return ends and any(scene.word(i) in CHARGES for i in range(max(scene.s.lead, bead.first - NOUN_LOOK), bead.first))


def _no_refusal(scene: Scene, bead: Bead) -> bool:
    """"denied entry", "denied them visas", "denied asylum" refuse somebody something; they deny no charge."""
    that = "that" in (scene.word(bead.last - 1), scene.word(bead.last))
    return that or scene.word(bead.last) == "any" or not any(scene.word(i) in REFUSALS for i in range(bead.last, bead.last + 2))


def _no_part(scene: Scene, bead: Bead) -> list[Draft]:
    """"Moscow says it has nothing to do with the arrivals": who says so of themselves."""
    who = _speaker(scene, bead)
    subj = subject(scene, bead.first)
    if who is None or subj is None:
        return []
    own = subj.pronoun or set(who.codes) & set(codes_of(subj.parties))
    return [_draft(scene, who, subj.first, reach(scene, bead.last), bead)] if own else []


def _hostile(scene: Scene, no: Bead) -> bool:
    """"it is not sending anyone", "is not doing so": whether a charge is what is negated."""
    near = scene.page.beads_in(no.last, min(no.last + 3, scene.s.last))
    return any(b.kind == "harm" or (b.kind, b.value) == ("move", "transfer") for b in near) or scene.words(no.last, no.last + 2) == ["doing", "so"]


def _speaker(scene: Scene, bead: Bead) -> Owner | None:
    """Whoever's words hold this bead, newsrooms excepted."""
    voice = scene.page.speaker_at(bead.start, bead.end)
    party = next((p for p in scene.parties if p.speaker == voice), None)
    if voice is None:
        return said_by(scene, bead)
    return None if (party and party.kind == "outlet") else Owner((voice.country or voice.name,), voice)
