"""Charges told by a verb or noun of their own: "X accused Y of", "Y was blamed by X", "accusations by X that Y"."""

from __future__ import annotations

from dataclasses import replace

from pasvik.reading.charge.owner import Owner, across, asserted, doer, last_voice, other_state, owner_of, reach
from pasvik.reading.charge.party import Party, Scene, is_state
from pasvik.reading.charge.subject import rightward, subject
from pasvik.reading.clause.clause import Clause
from pasvik.reading.clause.verb import BE
from pasvik.reading.finders.draft import Draft
from pasvik.reading.page.page import Bead
from pasvik.terms.claim import Accusation

VERBS = frozenset({"accuse", "blame", "suspect"})
AFTER_PASSIVE = frozenset({"of", "by", "for", "in", "over", "again"})
AGENT_LOOK = 14                                                 # words after "was accused" in which "by Finland" may stand
OBJECT_GAP = 6                                                  # words between "accused" and whom: "part of the Finnish leadership"
CHARGE_LENGTH = 90                                              # code points of a charge that are kept
NEIGHBOUR = frozenset({"NO", "FI", "EE"})                       # states whose "eastern neighbour" can only be Russia
FINITE = frozenset({"is", "are", "was", "were", "has", "have", "had"})
HOLDS = frozenset({"hold", "holds", "held", "holding", "consider", "considers", "considered", "see", "sees", "saw"})
CLAIMS = frozenset({"claim", "claims", "charge", "charges", "assertion", "assertions", "suspicion", "suspicions"})   # of other readers too: claims for asylum
LED = frozenset({"led", "prompted", "prompting", "prompts", "leads", "leading", "caused", "causing", "forced", "forcing", "moved", "drove", "pushed"})
GUILT = frozenset({"responsibility", "blame", "guilt", "fault"})
NOBODY = Owner((), None)


def accused_by_verb(scene: Scene, cut: list[Clause], bead: Bead, earlier: Scene | None) -> list[Draft]:
    """The accusations that one verb makes, one for each state accused."""
    if bead.value not in VERBS or bead.forms <= {"noun"} or not asserted(scene, cut, bead):
        return []
    caused = _caused(scene, bead)
    if caused is None and _only_near(scene, bead):
        return []
    helped = _be_before(scene, bead)
    relative = _relative(scene, bead)
    if relative:
        return relative
    targets = _objects(scene, bead)
    if "past" in bead.forms and (helped or (not targets and scene.word(bead.last) in ("of", "by", "for"))):
        return _passive(scene, bead)
    who = caused or (_participle(scene, bead) if bead.forms == {"ing"} and not helped else doer(scene, bead))
    if not targets:
        targets = _pointed_at(scene, bead, who or NOBODY, earlier)
    if who is None or not targets or not _says_what(scene, bead, targets) or _at_home(scene, who, targets):
        return []
    found = subject(scene, bead.first)
    who = _not_self(scene, who, targets)
    return _drafts(scene, bead, who, targets, min(found.first if found else bead.first, bead.first))


def held_responsible(scene: Scene, cut: list[Clause], bead: Bead) -> list[Draft]:
    """"Vilnius holds Minsk responsible for the balloons", "considers Russia to blame"."""
    accused = next((p for p in scene.parties if p.last == bead.first and is_state(p) and not p.owned), None) if bead.value == "fault" else None
    verb = scene.past_articles(accused.first - 1) if accused else -1
    if accused is None or scene.word(verb) not in HOLDS or not asserted(scene, cut, replace(bead, first=verb)):
        return []
    who = subject(scene, verb)
    return _drafts(scene, bead, owner_of(who.parties), (accused,), who.first) if who and who.parties else []


def blamed_on(scene: Scene, cut: list[Clause], bead: Bead, who: Owner | None) -> list[Draft]:
    """"The blame for the queue lies with Poland", in somebody's mouth. who: whose words these are."""
    noun = next((i for i in range(bead.first - 1, scene.s.lead - 1, -1) if scene.word(i) in GUILT), None)
    target = next((p for p in scene.parties if 0 <= p.first - bead.last <= 1 and is_state(p)), None)
    if bead.value != "rests" or noun is None or target is None or who is None or not asserted(scene, cut, bead):
        return []
    start = scene.past_articles(noun - 1) + 1
    said = " ".join(scene.page.cut(*scene.quote(start, target.last)).split())[:CHARGE_LENGTH]
    return _drafts(scene, bead, who, (target,), start, target.last, said)


def accused_by_noun(scene: Scene, bead: Bead) -> list[Draft]:
    """"Helsinki's accusation that Moscow ...", "accusations by Estonia against Russia", "amid accusations that Russia ..."."""
    hostile = any(b.first > bead.last and (b.kind == "harm" or b.value == "fault") for b in scene.beads("harm", "charge"))
    verb = any(p.last == bead.first and not p.owned for p in scene.parties)         # "Minsk claims that ..." is no noun
    claim = scene.word(bead.first) in CLAIMS and scene.word(bead.last) == "that" and hostile and not verb
    if scene.s.ask or not (bead.value == "noun" or claim):
        return []
    owners = [p for p in scene.parties if p.owned and 0 <= bead.first - p.last <= 3]
    after = [p for p in scene.parties if p.first >= bead.last]
    by = next((p for p in after if scene.before(p) in ("by", "from") and p.first - bead.last <= 3), None)
    look = bead.last + (12 if by else 4)
    at = next((p for p in after if p is not by and p.first <= look and scene.before(p) in ("against", "that", "at")), None)
    who = by or (owners[-1] if owners else None)
    at = at or _itself(scene, bead, who)
    if at is None or not is_state(at) or FINITE & set(scene.words(bead.last, at.first)) or (who is not None and set(who.codes) & set(at.codes)):
        return []
    denied = scene.beads("op", "charge")
    if who is None and any((b.kind == "op" and b.value == "deny") or b.value in ("reject", "null") for b in denied):
        return []                                               # "rejects accusations that it ...": nobody here is known to have made them
    start = who.first if who and who.last <= bead.first else bead.first
    return _drafts(scene, bead, Owner(who.codes, None) if who else NOBODY, (at,), start, _second_verb(scene, bead))


def _second_verb(scene: Scene, bead: Bead) -> int:
    """Where "the accusation that Russia is behind it" ends and "was repeated" begins; 0 where nothing follows."""
    verbs = [i for i in range(bead.last, scene.s.last) if scene.word(i) in FINITE and scene.word(i - 1) not in ("which", "who", "that", ",", "and")]
    return verbs[1] if len(verbs) > 1 and verbs[1] > verbs[0] + 2 else 0


def _itself(scene: Scene, bead: Bead, who: Party | None) -> Party | None:
    """"Moscow has denied Finland's accusation that it is steering migrants": "it" is whoever denies, if the accuser is named."""
    ahead = scene.words(bead.last, bead.last + 8)
    if who is None or "that" not in ahead or not set(ahead) & {"it", "its", "they", "their"}:
        return None
    return next((p for p in reversed(scene.parties) if p.last <= min(who.first, bead.first) and is_state(p) and not p.owned), None)


def _drafts(scene: Scene, bead: Bead, who: Owner, targets: tuple[Party, ...], start: int, stop: int = 0, said: str = "") -> list[Draft]:
    """One draft for each accused; the words run from the accuser to the end of the charge."""
    made = []
    last = stop or reach(scene, max(bead.last, *(p.last for p in targets)) - 1)
    said = said or _charge(scene, max(bead.last, *(p.last for p in targets)), last) or _charge(scene, bead.last, scene.past_articles(targets[0].first - 1))
    for target in targets if not said.startswith(("nothing", "no ")) else ():
        for code in target.codes:
            if code in who.codes:
                continue
            a, b = scene.quote(start, last)
            cue = f"accusation: {scene.page.low[bead.start:bead.end]}"
            made.append(Draft(Accusation(who.codes, code, said), a, b, who.speaker if who.codes else None, found_by=cue))
    return made


def _charge(scene: Scene, first: int, last: int) -> str:
    """What somebody is charged with, in the words of the text, without the "of" before them."""
    while first < last and scene.word(first) in ("of", "for", "that", "with", ","):
        first += 1
    if first >= last:
        return ""
    whole = " ".join(scene.page.cut(*scene.quote(first, last)).split())
    return whole if len(whole) <= CHARGE_LENGTH else whole[:CHARGE_LENGTH].rsplit(" ", 1)[0]


def _be_before(scene: Scene, bead: Bead) -> bool:
    """"was accused", "has been repeatedly accused", "is now accusing"."""
    at = bead.first - 1
    while scene.word(at).endswith("ly") or scene.word(at) in ("also", "again", "now", "already", "often", "once", "been", "being"):
        if scene.word(at) in BE:
            return True
        at -= 1
    return scene.word(at) in BE


def _caused(scene: Scene, bead: Bead) -> Owner | None:
    """"It led Helsinki to shut Salla and (to) accuse Moscow": who was led to it accuses."""
    before = scene.word(bead.first - 1)
    if not bead.forms & {"base"} or before not in ("to", "and") or (before == "to" and scene.word(bead.first - 2) in ("not", "refused", "declined")):
        return None
    for party in reversed([p for p in scene.parties if p.last < bead.first]):
        led = scene.word(scene.past_articles(party.first - 1)) in LED
        if led and not party.owned and scene.word(party.last) == "to" and not {"not", "without", "never"} & set(scene.words(party.last, bead.first)):
            return owner_of((party,))
    return None


def _only_near(scene: Scene, bead: Bead) -> bool:
    """"stopped short of accusing", "refrained from blaming", "declined to accuse": nobody is accused."""
    before, earlier = scene.word(bead.first - 1), scene.word(bead.first - 2)
    if bead.forms == {"ing"}:
        return before in ("of", "from", "without", "avoided", "avoid", "avoids", "than")
    return before == "to" and not earlier.startswith(("continue", "began", "went"))


def _relative(scene: Scene, bead: Bead) -> list[Draft]:
    """"The Kremlin, which Finland accuses of orchestrating the flow": the accused stands before "which"."""
    who = subject(scene, bead.first)
    if scene.word(bead.last) not in ("of", "for") or who is None or not who.parties or scene.word(who.first - 1) not in ("which", "whom", "that"):
        return []
    at = who.first - 2 if scene.word(who.first - 2) != "," else who.first - 3
    accused = scene.at(at)
    if accused is None or not is_state(accused):
        return []
    stop = next((i for i in range(bead.last, scene.s.last) if scene.word(i) in (",", ".", ";")), scene.s.last)
    return _drafts(scene, bead, owner_of(who.parties), (accused,), who.first, stop)


def _objects(scene: Scene, bead: Bead) -> tuple[Party, ...]:
    """Whom an active verb accuses."""
    for party in scene.parties:
        if party.first < bead.last:
            continue
        gap = scene.words(bead.last, party.first)
        if len(gap) > OBJECT_GAP or any(w in (",", "by", "that", ";", ":", "on") for w in gap) or (gap[:1] in (["of"], ["for"])):
            return ()
        if not party.owned:
            return rightward(scene, party) if is_state(party) else ()
    return ()


def _pointed_at(scene: Scene, bead: Bead, who: Owner, earlier: Scene | None) -> tuple[Party, ...]:
    """"blamed the rise on Moscow", "pointed the finger at", "accused it of", "accused its eastern neighbour of"."""
    if bead.value == "blame":
        for party in scene.parties:
            before = scene.before(party)
            if bead.last <= party.first <= bead.last + 12 and before in ("on", "at") and is_state(party) and not party.owned:
                return rightward(scene, party)
    word = scene.word(bead.last)
    if word in ("it", "him", "them") and scene.word(bead.last + 1) in ("of", "for"):
        found = other_state(scene, bead.first, who.codes, earlier)
        return (found,) if found else ()
    ahead = scene.words(bead.last, bead.last + 4)
    if word in ("its", "their") and set(ahead) & {"neighbour", "neighbor"} and who.codes and set(who.codes) <= NEIGHBOUR:
        at = bead.last + next(i for i, w in enumerate(ahead) if w.startswith("neighb"))
        return (Party(bead.last, at + 1, ("RU",), scene.parties[0].speaker, "country"),)
    return ()


def _not_self(scene: Scene, who: Owner, targets: tuple[Party, ...]) -> Owner:
    """"The governor accused Finland": governors are the other side's, where their state was only guessed and is the accused's own."""
    codes = {code for party in targets for code in party.codes}
    governor = who.speaker is not None and who.speaker.name.lower() == "governor"
    guessed = governor and len(who.codes) == 1 and set(who.codes) <= codes and who.codes[0] == scene.page.focus
    other = across(scene.page, who.codes[0]) if guessed else None
    return Owner((other,), replace(who.speaker, country=other)) if other and who.speaker else who


def _at_home(scene: Scene, who: Owner, targets: tuple[Party, ...]) -> bool:
    """An opposition that accuses its own government: politics at home, and nothing between states."""
    own = all(p.codes == (scene.page.focus,) and p.kind != "country" for p in targets)
    return own and not any(len(code) == 2 for code in who.codes)


def _says_what(scene: Scene, bead: Bead, targets: tuple[Party, ...]) -> bool:
    """Whether an "of" follows, as it must after "suspect"; a headline may leave it out after "accuse"."""
    if bead.value != "suspect":
        return True
    last = max(p.last for p in targets)
    return "of" in scene.words(last, last + 4)


def _passive(scene: Scene, bead: Bead) -> list[Draft]:
    """"Moscow was accused (by Finland) of ..."."""
    found = subject(scene, bead.first)
    if found is None or not found.parties or not all(is_state(p) for p in found.parties) or scene.word(bead.last) not in AFTER_PASSIVE:
        return []
    near = [p for p in scene.parties if 0 <= p.first - bead.last <= AGENT_LOOK and not p.owned]
    agents = [p for p in near if scene.before(p) == "by" and not _deep(scene, bead, p)]
    who = owner_of(rightward(scene, agents[0])) if agents else NOBODY
    said = _charge(scene, agents[0].last if agents else bead.last, reach(scene, bead.last))
    return _drafts(scene, bead, who, found.parties, found.first, said=said)


def _deep(scene: Scene, bead: Bead, by: Party) -> bool:
    """A "by" inside the charge ("accused of sending people by ...") names no accuser: another verb stands before it."""
    return any(word.endswith("ing") for word in scene.words(bead.last, by.first))


def _participle(scene: Scene, bead: Bead) -> Owner | None:
    """Who is "accusing": whoever speaks in the sentence, or its subject."""
    who = last_voice(scene.page, scene.s.start, bead.start)
    named = next((p for p in scene.parties if p.speaker == who), None)
    if who is not None and (named is None or named.kind != "outlet"):
        return Owner((who.country or who.name,), who)
    first = next((p for p in scene.parties if p.last <= bead.first and not p.owned and p.kind != "outlet"), None)
    beside = first is not None and scene.before(first) == "with" and bead.first - first.last <= 1      # "with Finnish officials accusing Moscow"
    return owner_of((first,)) if first and (beside or scene.before(first) not in ("in", "with", "to", "from", "at")) else None
