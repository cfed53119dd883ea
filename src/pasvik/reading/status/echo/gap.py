"""Clauses that leave their verb to the one before: "Salla closed on Friday, Vartius on Saturday", "and Pededze is not", "no plans to do so"."""

from __future__ import annotations

from dataclasses import replace

from pasvik.reading.clause.clause import Clause
from pasvik.reading.clause.lane import lanes_of
from pasvik.reading.clause.timing import Timing, timing
from pasvik.reading.finders.draft import Draft, trim
from pasvik.reading.page.page import Bead, Page, Phrase, Sentence
from pasvik.terms.claim import Basis, Commitment, State, Status
from pasvik.terms.moment import Span

FOLLOW = frozenset({"followed", "follow", "follows", "too", "likewise"})
SO = frozenset({"so", "as", "is", "are", "was", "were", "do", "does", "has", "have", "and"})
MORE = 4  # words that a clause without a verb of its own may hold beside a name and a time
FLIPPED = {State.OPEN: State.CLOSED, State.CLOSED: State.OPEN}
ECHOES = frozenset(
    {
        ("do", "so"),
        ("do", "it"),
        ("do", "that"),
        ("do", "this"),
        ("make", "it"),
        ("such", "plans"),
        ("such", "a"),
        ("such", "step"),
        ("to", "change"),
        ("change", "that"),
        ("change", "this"),
        ("change", "it"),
        ("that", "kind"),
        ("this", "kind"),
        ("that", "sort"),
        ("this", "step"),
        ("that", "step"),
    }
)


def gap_claim(page: Page, s: Sentence, clause: Clause, before: list[Draft]) -> list[Draft]:
    """The claim before, told again of other crossings with their own time; nothing where the clause has a deed of its own."""
    draft, pattern = _pattern(before)
    phrases = [p for p in page.phrases_in(clause.first, clause.last) if p.how == "named" or (p.ids and p.how == "set" and _is_not(page, clause, p))]
    if draft is None or pattern is None or len(phrases) != 1 or _speaks_for_itself(page, clause) or phrases[0].ids == pattern.crossings:
        return []
    phrase = phrases[0]
    told = timing(page, phrase.last, clause.last, True)
    denied = _is_not(page, clause, phrase)
    if denied:
        if pattern.state not in FLIPPED or pattern.commitment is not Commitment.IN_EFFECT:
            return []
        pattern = replace(pattern, state=FLIPPED[pattern.state])
    if not _fits(page, clause, phrase, told, denied):
        return []
    claim = _retold(pattern, phrase, told)
    start, end = trim(page, phrase.start, page.words[clause.last - 1][1])
    return [Draft(claim, start, end, page.speaker_at(start, end), phrase.basis, 0.75, "status: as the clause before")]


def _pattern(before: list[Draft]) -> tuple[Draft | None, Status | None]:
    for draft in reversed(before):
        if isinstance(draft.claim, Status):
            return draft, draft.claim
    return None, None


def _speaks_for_itself(page: Page, clause: Clause) -> bool:
    """Whether the clause has a deed, a word of saying or a cue of its own (but a "not" that closes it)."""
    marks = page.beads_in(clause.first, clause.last, "act", "say", "op")
    closing = page.beads_in(clause.last - 2, clause.last, "op")
    return any(b.value != "no" or not closing for b in marks)


def _fits(page: Page, clause: Clause, phrase: Phrase, told: Timing, denied: bool) -> bool:
    """Whether the clause is nothing but a name with its time, "so is NAME", or "NAME followed"."""
    between = {page.word(i) for i in range(clause.first, phrase.first)}
    so = between <= SO
    follows = page.word(phrase.last) in FOLLOW
    as_well = so and phrase.first > clause.first and (clause.hinge in ("so", "as") or page.word(clause.first) in ("so", "as"))
    leading = (phrase.first - clause.first <= 2 or so) and (follows or denied or not _has_more(page, clause, phrase))
    return leading and bool(follows or as_well or denied or told.span.start or told.hours)


def _has_more(page: Page, clause: Clause, phrase: Phrase) -> bool:
    """ "The Bobrowniki crossing is one of the major points and was a hotspot in 2021": more than a name and a time."""
    known = {i for b in page.beads_in(phrase.last, clause.last, "time") for i in range(b.first, b.last)}
    rest = [i for i in range(phrase.last, clause.last) if i not in known and page.word(i).isalpha()]
    verb = any(page.word(i).endswith("ed") and page.word(i) not in FOLLOW and page.bead_at(i) is None for i in rest)
    return verb or len(rest) > MORE or bool(page.beads_in(phrase.last, clause.last, "thing", "group", "folk"))


def _is_not(page: Page, clause: Clause, phrase: Phrase) -> bool:
    """Whether the clause is "... and Pededze is not."."""
    tail = [page.word(i) for i in range(phrase.last, clause.last)]
    return tail[:2] in (["is", "not"], ["are", "not"], ["does", "not"], ["do", "not"]) and len(tail) <= 3


def _retold(pattern: Status, phrase: Phrase, told: Timing) -> Status:
    """The claim before with these crossings and times."""
    said, span = pattern.commitment, told.span
    if told.future and said is Commitment.IN_EFFECT:
        if pattern.span.start:  # told as past: "... on the 24th, Salla on the 30th"
            span = Span(None, span.until)
        else:
            said = Commitment.ORDERED
    return replace(pattern, crossings=phrase.ids, border=phrase.border, span=span, hours=told.hours, commitment=said)


def echo_claim(page: Page, s: Sentence, clause: Clause, said: list[Draft]) -> list[Draft]:
    """ "The government has no plans to do so": the closing spoken of before, ruled out."""
    ops = [b.value for b in page.beads_in(clause.first, clause.last, "op")]
    if s.ask or "plan" not in ops or ops.count("no") != 1 or "if" in ops:
        return []
    draft, pattern = _pattern(said)
    pairs = {(page.word(i), page.word(i + 1)) for i in range(clause.first, clause.last - 1)}
    if draft is None or pattern is None or not pairs & ECHOES:
        return []
    if pattern.commitment in (Commitment.IN_EFFECT, Commitment.ENDED) and pattern.state is not State.OPEN:
        return []
    here = [p for p in page.phrases_in(s.first, clause.last) if p.how == "named"]
    if here and (set(here[-1].ids) != set(pattern.crossings) or pattern.commitment is Commitment.IN_EFFECT):
        pattern = Status(here[-1].ids, here[-1].border, State.CLOSED, Commitment.RULED_OUT)
    elif any("change" in pair for pair in pairs):
        pattern = replace(pattern, state=FLIPPED.get(pattern.state, pattern.state))
    elif pattern.commitment in (Commitment.IN_EFFECT, Commitment.ORDERED) and pattern.state is State.OPEN:
        return []  # what is so is not ruled out: "such a plan" is another one
    start, end = trim(page, page.words[clause.first][0], page.words[clause.last - 1][1])
    claim = Status(pattern.crossings, pattern.border, pattern.state, Commitment.RULED_OUT, pattern.lanes)
    return [Draft(claim, start, end, page.speaker_at(start, end), draft.basis, 0.75, "status: no plans for it")]


GIVEN = frozenset({"since", "after", "following", "despite", "amid", "given", "of", "to"})
LED_BY = {"of": frozenset({"because", "result", "wake", "account", "light", "view", "consequence"}), "to": frozenset({"due", "owing", "response", "reaction"})}
LED_TO = frozenset({"has", "have", "had", "led", "forced", "caused", "left", "pushed", "took", "hit", "cost", "drew", "sent", "made"})
UNSURE = frozenset({"plan", "consider", "may", "if", "suppose", "rule_out", "call", "propose", "ready", "signal", "deny", "whether", "retract"})
GRANTED = {"close": State.CLOSED, "stop": State.CLOSED, "open": State.OPEN}


def granted_claim(page: Page, s: Sentence, clause: Clause, noun: Bead) -> Draft | None:
    """ "Since the closure of P", "the shutdown of P has lengthened the queues": told in passing, as a thing that everybody knows."""
    near = page.phrases_in(noun.last, min(noun.last + 14, clause.last))
    unsure = UNSURE & {b.value for b in page.beads_in(clause.first, noun.first, "op")}
    if s.ask or unsure or noun.value not in GRANTED or page.word(noun.last) != "of" or not near or near[0].first - noun.last > 2 or not near[0].ids:
        return None
    phrase = near[0]
    lead = _definite(page, clause, noun)
    if lead is None or not (_given(page, lead) or page.word(phrase.last) in LED_TO):
        return None
    upto = next((i for i in range(phrase.last, clause.last) if page.word(i) == ","), clause.last)
    told = timing(page, phrase.last, upto, True)
    start, end = trim(page, page.words[lead + 1][0], max(phrase.end, *(b.end for b in page.beads_in(phrase.last, upto, "time")), phrase.end))
    said = Commitment.ORDERED if told.future else Commitment.IN_EFFECT
    claim = Status(phrase.ids, phrase.border, GRANTED[noun.value], said, span=told.span)
    return Draft(claim, start, end, page.speaker_at(start, end), Basis.PRESUPPOSED, 0.75, "status: told in passing")


def _definite(page: Page, clause: Clause, noun: Bead) -> int | None:
    """The word before "the (temporary) closure", or None where no "the" stands before it."""
    at = noun.first - 1
    while at >= clause.first and noun.first - at <= 3 and page.word(at) not in ("the", "its", "their"):
        at -= 1
    return at - 1 if at >= clause.first and page.word(at) in ("the", "its", "their") else None


def _given(page: Page, lead: int) -> bool:
    word = page.word(lead)
    return word in GIVEN and (word not in LED_BY or page.word(lead - 1) in LED_BY[word])


GOES_ON = ("continue", "goes on", "go on", "went on")
PLACED = frozenset({"at", "through", "via", "over", "across", "as", "all"})
TRAFFIC = frozenset({"traffic", "rail", "rail_freight", "rail_passenger", "vehicle", "car", "truck", "bus", "pedestrian"})


def flow_claim(page: Page, s: Sentence, clause: Clause) -> list[Draft]:
    """ "Freight train traffic at Vainikkala will continue": what goes on goes on there now."""
    ops = page.beads_in(clause.first, clause.last, "op")
    goes = next((b for b in ops if b.value == "stay" and page.low[b.start : b.end].startswith(GOES_ON)), None)
    phrases = [p for p in page.phrases_in(clause.first, clause.last) if p.ids and p.how != "border"]
    if goes is None or s.ask or not phrases or page.beads_in(clause.first, clause.last, "act", "say") or {b.value for b in ops} - {"stay", "future"}:
        return []
    things = [b for b in page.beads_in(clause.first, goes.first, "thing") if b.value in TRAFFIC]
    follows = page.word(goes.last)
    ends = goes.last >= clause.last or not follows.isalpha() or page.bead_at(goes.last) is not None or follows in PLACED
    if not things or not ends or follows == "to":
        return []
    start, end = trim(page, page.words[clause.first][0], page.words[clause.last - 1][1])
    claim = Status(phrases[-1].ids, phrases[-1].border, State.OPEN, Commitment.IN_EFFECT, lanes_of(things))
    return [Draft(claim, start, end, page.speaker_at(start, end), phrases[-1].basis, 0.8, "status: traffic goes on")]


def idle_claim(page: Page, s: Sentence, clause: Clause) -> list[Draft]:
    """ "Nothing has moved at Raigardas since 1 March": so it is shut."""
    if none := _no_traffic(page, s, clause):
        return none
    nobody = next((b for b in page.beads_in(clause.first, clause.last, "op") if page.low[b.start : b.end] in ("nothing", "nobody", "no one")), None)
    phrases = [p for p in page.phrases_in(clause.first, clause.last) if p.ids and p.how != "border"]
    if nobody is None or s.ask or not phrases or len({b.value for b in page.beads_in(clause.first, clause.last, "op")}) > 1:
        return []
    verb = [page.word(i) for i in range(nobody.last, min(nobody.last + 3, clause.last))]
    if not ({"moves", "passes"} & set(verb) or ({"has", "is"} & set(verb) and {"moved", "moving", "passed", "passing"} & set(verb))):
        return []
    told = timing(page, clause.first, clause.last, True)
    start, end = trim(page, page.words[clause.first][0], page.words[clause.last - 1][1])
    claim = Status(phrases[0].ids, phrases[0].border, State.CLOSED, Commitment.IN_EFFECT, span=told.span)
    return [Draft(claim, start, end, page.speaker_at(start, end), phrases[0].basis, 0.75, "status: nothing moves")]


def _no_traffic(page: Page, s: Sentence, clause: Clause) -> list[Draft]:
    """ "There is no traffic at Terespol": so it is shut; not "no traffic jams", and not what is only thought of."""
    things = [b for b in page.beads_in(clause.first, clause.last, "thing") if b.value == "traffic" and page.word(b.first - 1) == "no"]
    places = [p for p in page.phrases_in(things[0].last, clause.last) if p.ids and p.how != "border"] if things else []
    placed = things and page.word(things[0].last) in PLACED
    there = placed and page.word(things[0].first - 2) in ("is", "are") and page.word(things[0].first - 3) in ("there", "currently", "still", "now")
    if s.ask or not there or not places or places[0].first - things[0].last > 2 or len(page.beads_in(clause.first, clause.last, "op")) > 1:
        return []
    told = timing(page, clause.first, clause.last, True)
    start, end = trim(page, page.words[clause.first][0], page.words[clause.last - 1][1])
    claim = Status(places[0].ids, places[0].border, State.CLOSED, Commitment.IN_EFFECT, span=told.span)
    return [Draft(claim, start, end, page.speaker_at(start, end), places[0].basis, 0.75, "status: no traffic")]
