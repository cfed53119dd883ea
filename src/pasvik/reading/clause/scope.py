"""How far a "not", an "all" or a question asked reaches over a deed: advice to readers, leave given, answers that turn a thing down."""

from __future__ import annotations

from pasvik.reading.clause.clause import Clause
from pasvik.reading.page.page import Bead, Page, Sentence

BIDS = frozenset({"so", "please", "kindly", "and", "but", "therefore", "then", '"'})
LEAVE = ("allow", "permit", "let")  # how the words begin that give leave


def permits(page: Page, at: int, deed: Bead) -> bool:
    """ "does not ALLOW Storskog TO be crossed": whether the word here gives or refuses leave for the deed."""
    allow = page.bead_at(at)
    if allow is None or (allow.kind, allow.value) != ("act", "admit") or allow.last > deed.first:
        return False
    return page.word(at).startswith(LEAVE) and deed.value == "admit" and "to" in [page.word(i) for i in range(at + 1, deed.first)]


def answered_no(page: Page, s: Sentence, deed: Bead) -> bool:
    """Whether what somebody was asked about is turned down in the same sentence: not on the table, out of the question, no such plans."""
    if not any(page.word(i) == "asked" for i in range(s.lead, deed.first)):
        return False
    says = next((b.first for b in page.beads_in(deed.last, s.last, "say")), s.last)
    for bead in page.beads_in(says, s.last, "op"):
        denied = any(page.word(i) in ("not", "no", "never", "n't", "t") for i in range(max(says, bead.first - 3), bead.first))
        if bead.value == "rule_out" or (bead.value in ("consider", "plan") and denied):
            return not page.beads_in(says, bead.first, "act", "hinge") or bead.value == "rule_out"
    return False


def is_and_will(page: Page, clause: Clause, deed: Bead) -> bool:
    """ "Is and will remain open", "is, and will stay, shut": it is so already."""
    first = next((i for i in range(clause.first, deed.first) if page.word(i) in ("will", "shall")), clause.first)
    words = [w for w in (page.word(i) for i in range(max(0, first - 4), first)) if w not in (",", "-")]
    return words[-1:] == ["and"] and words[-2:-1] in (["is"], ["are"])


def not_all(page: Page, clause: Clause, deed: Bead) -> bool:
    """ "Hardly all eight would be opened", "not every crossing is shut": which of them, nobody says."""
    alls = [b for b in page.beads_in(clause.first, deed.first, "quant") if b.value == "all" and page.low[b.start : b.start + 3] in ("all", "eve")]
    phrases = [p.first for p in page.phrases_in(clause.first, deed.first)]
    return any(page.word(i - 1) in ("not", "hardly", "scarcely") for i in [*(b.first for b in alls), *(i for i in phrases if page.word(i) in ("all", "every"))])


def forbidden(page: Page, s: Sentence, clause: Clause, deed: Bead) -> bool:
    """ "So do not plan to walk over", "please don't come by Salla": advice to whoever reads it, and no rule."""
    first = next((i for i in range(clause.first, deed.first) if page.word(i) in ("do", "don") and page.word(i + 1) in ("not", "n't", "'", "t")), None)
    if first is None:
        return False
    at = first - 1
    while at >= s.lead and page.word(at) in BIDS:
        at -= 1
    return at < s.lead or (page.word(at) == "," and page.word(s.lead) in ("if", "when", "should", "unless"))
