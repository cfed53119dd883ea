"""What a verb is for: lorries, trains, all traffic, the barrier; and whether stopping or working then says anything of a crossing."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from pasvik.reading.clause.clause import Clause
from pasvik.reading.clause.modality import Force
from pasvik.reading.clause.subject import INTO
from pasvik.reading.page.page import Bead, Page, Phrase

STOPS = frozenset({"stop", "restrict"})
FLOWS = frozenset({"traffic", "rail", "rail_passenger", "rail_freight"})  # what comes to a stop by itself when a crossing does
STOPPED = FLOWS | {"vehicle", "car", "truck", "bus", "pedestrian", "bicycle"}
LEADS = ("at", "in", "near", "from", "with", "to", "between", "on", "about", "around")
SCHEDULES = frozenset({"hours", "schedule", "timetable", "regime", "routine"})
SAME = 12  # words round a name within which trains are spoken of, where the name is that of a rail point alone
LISTED = frozenset({",", "and", "or", "nor", "both", "also", "as", "well", "the", "for", "to", "all"})  # between two things of one list
AFTER = 4  # words after "suspends" within which the traffic must stand


def things_of(page: Page, clause: Clause, deed: Bead, how: Force) -> list[Bead]:
    """What the deed is for: "closed to cars and lorries", "goods trains via Vainikkala run"; not who happens to be named."""
    after = page.beads_in(deed.last, clause.last, "thing")
    before = page.beads_in(clause.first, deed.first, "thing")
    if after and page.low[deed.start : deed.end].startswith(("resum", "restor")) and after[0].first - deed.last <= 2:
        return [b for b in after[:1] if b.value != "traffic"] or after[:1]
    to = [b for b in after if _reached_by(page, deed.last, b, ("to", "for"))]
    if to:
        return _in_one_list(page, to)
    if deed.value == "stop":
        return _stopped(page, clause, deed, how)
    return before if deed.value in ("work", "open", "cover", "fall", "rise") and before and not page.phrases_in(clause.first, before[0].first) else []


def _stopped(page: Page, clause: Clause, deed: Bead, how: Force) -> list[Bead]:
    """The traffic that is stopped: before "is suspended" and "ends", after "suspends"; a car or thirty lorries stopped are no traffic."""
    rest = _past_times(page, deed.last, clause.last)
    after = [b for b in page.beads_in(rest, min(rest + AFTER + 1, clause.last), "thing") if not _counted(page, b)]
    before = [b for b in page.beads_in(clause.first, deed.first, "thing") if not _counted(page, b)]
    if how.passive:
        return before
    if after:
        return after
    rail = [b for b in page.beads_in(deed.last, clause.last, "thing") if b.value.startswith("rail")]
    return rail or [b for b in before if _by_itself(page, clause, deed) and (b.value in FLOWS or "traffic" in page.low[b.start : b.end])]


def _past_times(page: Page, at: int, last: int) -> int:
    """The word after the times that stand between a verb and what is stopped: "to suspend until further notice, as of Friday, traffic"."""
    start = at
    at += page.word(at) == ","
    while at < last:
        bead = page.bead_at(at)
        if bead is not None and bead.kind == "time":
            at = bead.last
        elif page.word(at) in (",", "as", "of", "from", "on") and at > start + 1:
            at += 1
        else:
            break
    return at if at > start + 1 else start


def _by_itself(page: Page, clause: Clause, deed: Bead) -> bool:
    """Whether nothing follows that the deed is done to: "traffic ends on Friday", not "controllers suspend flights"."""
    bead, word = page.bead_at(deed.last), page.word(deed.last)
    return deed.last >= clause.last or not word.isalpha() or word in INTO or word.endswith("ly") or (bead is not None and bead.kind in ("time", "op", "hinge"))


def _counted(page: Page, thing: Bead) -> bool:
    """ "a lorry", "thirty cars": some that were stopped, and no rule for all."""
    before = page.bead_at(thing.first - 1)
    return page.word(thing.first - 1) in ("a", "an", "one") or (before is not None and before.kind in ("number", "vague", "approx"))


def _reached_by(page: Page, first: int, thing: Bead, words: tuple[str, ...]) -> bool:
    """Whether "to" or "for" leads to a thing, over a list of things only: "closed to cars", "closes the Narva crossing for pedestrians"."""
    ends = {p.last for p in page.phrases_in(first, thing.first)} | {b.last for b in page.beads_in(first, thing.first, "time")}
    for index in range(first, thing.first):
        if page.word(index) in words and (index - first <= 3 or index in ends):
            return not any(b.kind in ("act", "crossing", "head") for b in page.beads_in(index, thing.first))
    return False


def _in_one_list(page: Page, things: list[Bead]) -> list[Bead]:
    """The things of the first list: "for pedestrians to protect people's health" is for pedestrians."""
    def apart(one: Bead, other: Bead) -> bool:
        return any(page.word(i) not in LISTED for i in range(one.last, other.first))

    return things[:next((i for i, (one, other) in enumerate(pairwise(things), start=1) if apart(one, other)), len(things))]


def is_of_traffic(page: Page, clause: Clause, deed: Bead, how: Force, targets: tuple[Phrase, ...], things: list[Bead]) -> bool:
    """Stopping and working say something of a crossing only with traffic, trains, work, or the crossing itself as their subject."""
    if deed.value in ("fall", "rise"):
        return _barrier(page, clause, deed)
    if deed.value == "hours":
        return any(page.word(i) in SCHEDULES for i in range(deed.last, min(deed.last + 2 * AFTER, clause.last)))
    if deed.value not in STOPS:
        subject = [p for p in targets if p.last <= deed.first]
        return bool(subject) or bool(things) or any(p.first - deed.last <= AFTER for p in targets)
    near = page.phrases_in(deed.last, clause.last)
    near = [p for p in near if not how.passive or page.word(p.first - 1) not in LEADS]  # not "a car was stopped at the crossing"
    if any(p.first - deed.last <= 3 and (p.ids or p.how == "set") and _is_point(page, p) for p in near):
        return True
    if (how.passive or how.stays) and "past" in deed.forms and targets and targets[0].last <= deed.first and page.word(targets[0].first - 1) not in LEADS:
        return True  # "the crossing was suspended"
    if deed.value == "restrict":
        first = clause.first if how.passive or "s" in deed.forms else deed.last
        things = page.beads_in(first, min(clause.last, deed.last + AFTER), "thing")
    worked = page.beads_in(clause.first if how.passive else deed.last, min(clause.last, deed.last + AFTER), "act")
    return any(b.value in STOPPED for b in things) or any(b.value == "work" for b in worked)


def by_rail(page: Page, clause: Clause, targets: tuple[Phrase, ...]) -> tuple[Phrase, ...]:
    """Where trains run that were not named in the clause itself: the rail points of the names spoken of last, or none."""
    if not targets or targets[0].first >= clause.first or any(id.endswith("-rail") for id in targets[0].ids):
        return targets
    if len(targets[0].ids) != 1:
        return ()  # "All checkpoints will close. Trains will not be halted": of road points nothing is said of trains
    named = [b for b in page.beads_in(targets[0].first, targets[0].last, "crossing") if b.rail]
    only_rail = any(b.kind == "thing" and b.value.startswith("rail") for b in page.beads_in(max(0, targets[0].first - SAME), targets[0].last + SAME))
    return (replace(targets[0], ids=named[0].rail),) if named else targets if only_rail else ()


def _barrier(page: Page, clause: Clause, deed: Bead) -> bool:
    """Whether it is a barrier or a gate that goes up or comes down."""
    heads = page.beads_in(clause.first, min(deed.last + AFTER, clause.last), "head")
    gate = any(page.word(i).startswith("gate") for b in heads for i in range(b.first, b.last))
    return gate or any(b.value == "barrier" for b in page.beads_in(clause.first, min(deed.last + AFTER, clause.last), "thing"))


def _is_point(page: Page, phrase: Phrase) -> bool:
    """Whether the phrase says "crossing", "checkpoint" and the like itself."""
    return any(b.value == "point" for b in page.beads_in(phrase.first, phrase.last, "head"))
