"""Who or what a verb is said of: a crossing, what passes there, somebody who acts, or something that is no crossing at all."""

from __future__ import annotations

from pasvik.reading.clause.clause import RELATIVE, Clause
from pasvik.reading.clause.verb import HELPERS
from pasvik.reading.page.page import Bead, Page

INTO = frozenset(
    {"at", "in", "on", "of", "from", "with", "through", "via", "by", "near", "for", "to", "over", "across", "towards", "along", "between",
     "opposite", "beside", "behind", "during", "about", "around", "into", "under", "without", "within", "due", "despite", "against", "outside",
     "per"}
)
JOINING = frozenset({"since", "until", "after", "before", "as", "because", "while", "when"})  # these open a clause as well
LEADS = frozenset({"the", "a", "an", "its", "their", "his", "her", "our", "your", "this", "that", "these", "those", "all", "both", "some", "no"})
ASIDES = frozenset(
    {"meanwhile", "however", "too", "overnight", "thereafter", "anyway", "alone", "first", "later", "together", "likewise", "though", "tonight",
     "there", "here", "indeed", "perhaps", "far", "so", "much", "well", "long", "at", "least", "last", "next", "more", "less", "than", "or", "and",
     "both", "none", "each", "what", "nothing", "nobody", "which", "who", "that", "where", "s", "t", "up", "down", "back"}
)
SMALL = HELPERS | ASIDES | INTO | LEADS | JOINING
PASSING = frozenset({"thing", "way", "group", "order", "who", "head", "act"})
PASSED_OVER = frozenset({"time", "op", "skip", "hinge", "outlet", "number", "quant", "vague", "approx", "count", "change"})
FIRST_TOLD = frozenset({"country", "body", "office", "surname", "role", "party"})


def subject_kind(page: Page, clause: Clause, deed: Bead) -> str:
    """What stands nearest before a verb and is no part of a "at the crossing", "in the night".

    crossing, passing (traffic, lorries, it), actor (a state, a body, an office), other (something unknown: "a café", "officers"), or "" for nothing.
    """
    at = deed.first - 1
    while at >= clause.first and (page.word(at) in HELPERS or page.word(at).endswith("ly")) and page.phrase_over(at) is None:
        at -= 1
    if page.word(at) in ("and", "but") and any(not led_into(page, clause, p.first) for p in page.phrases_in(clause.first, at)):
        return "crossing"  # "the six crossings were no part of it, and have been closed"
    while at >= clause.first:
        at = _past_aside(page, clause, at)
        first, kind = _part(page, clause, at)
        if kind and not led_into(page, clause, first):
            return kind
        at = (_lead(page, clause, first) if kind else first) - 1
    return ""


def _past_aside(page: Page, clause: Clause, at: int) -> int:
    """From the comma that ends an aside to the name before it: "the point, through which people travel, operates"."""
    if page.word(at) != ",":
        return at
    if clause.hinge in RELATIVE:
        return clause.first - 1
    opens = [k for k in range(clause.first + 1, at) if page.word(k) == "," and (p := page.phrase_over(k - 1)) is not None and p.last == k]
    return opens[-1] - 1 if opens else at


def _part(page: Page, clause: Clause, at: int) -> tuple[int, str]:
    """(first word, kind) of the part of a clause that ends with this word; kind "" for what is no name or noun."""
    phrase, bead, word = page.phrase_over(at), page.bead_at(at), page.word(at)
    if phrase and phrase.first >= clause.first:
        return phrase.first, "crossing"
    if bead and bead.first >= clause.first and bead.kind != "say":
        if bead.kind in PASSED_OVER or (bead.kind == "act" and not bead.forms & {"noun"}):
            return bead.first, ""
        if bead.kind in FIRST_TOLD or (bead.kind == "who" and bead.value == "he"):
            return bead.first, "actor"
        return bead.first, "passing" if bead.kind in PASSING else "other"
    if word in ("we", "i", "you", "he", "she"):
        return at, "actor"
    if not word.isalpha() or len(word) == 1 or word in SMALL or word.endswith("ly") or (bead and bead.kind == "say"):
        return at, ""
    first = _noun(page, clause, at)
    if page.word(first - 1) in ("that", "which", "who"):
        return first, ""  # "the stretch that cuts through the woods": the verb of an aside
    listed = page.bead_at(first - 2) if page.word(first - 1) in ("and", "or") else None
    return first, "passing" if listed and listed.kind == "thing" else "other"  # "goods and animals"


def _noun(page: Page, clause: Clause, at: int) -> int:
    """The first word of a run of unknown words."""
    while at > clause.first and page.bead_at(at - 1) is None and page.word(at - 1).isalpha() and page.word(at - 1) not in SMALL:
        at -= 1
    return at


def _lead(page: Page, clause: Clause, first: int) -> int:
    """The word before which "at the", "in its", "in the far-northern" begins."""
    while first > clause.first:
        if page.word(first - 1) in LEADS or _adjective(page, first - 1):
            first -= 1
        elif first - 2 >= clause.first and page.word(first - 1) == "-" and page.words[first - 2][1] == page.words[first][0] - 1:
            first -= 2                                          # the two halves of one word
        else:
            break
    return first


def _adjective(page: Page, at: int) -> bool:
    bead = page.bead_at(at)
    return bead is not None and bead.kind in ("quant", "number", "country")


def led_into(page: Page, clause: Clause, first: int) -> bool:
    """Whether "at", "in", "of" and the like lead into what begins with this word."""
    lead = _lead(page, clause, first)
    bead = page.bead_at(lead - 1)
    led = page.word(lead - 1) in INTO or (bead is not None and bead.kind in ("way", "hinge") and page.word(lead - 1) in INTO)
    return lead > clause.first and led
