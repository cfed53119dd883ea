"""Whether a deed is told as past, present or to come, and whether somebody does it or it is done."""

from __future__ import annotations

from dataclasses import dataclass

from pasvik.reading.clause.clause import Clause
from pasvik.reading.page.page import Bead, Page

BE = frozenset({"is", "are", "was", "were", "be", "been", "being", "am", "gets", "get", "got"})
HAVE = frozenset({"has", "have", "had"})
MODALS = frozenset({"could", "may", "might", "must"})
PAST_BE = frozenset({"was", "were", "been"})
ADVERBS = frozenset(
    {
        "partly",
        "partially",
        "also",
        "again",
        "now",
        "then",
        "still",
        "already",
        "soon",
        "not",
        "fully",
        "completely",
        "temporarily",
        "currently",
        "both",
        "all",
        "to",
        "as",
        "ever",
        "only",
        "immediately",
        "just",
        "never",
        "always",
        "permanently",
        "effectively",
        "entirely",
        "gradually",
        "simply",
        "once",
        "therefore",
        "yet",
        "no",
        "longer",
        "be",
        "instead",
        "today",
        "thus",
        "even",
        "either",
        "officially",
        "reportedly",
        "t",
        "'",
    }
)
PAST_STAYS = frozenset({"kept", "remained", "stayed", "continued to"})
HELPERS = ADVERBS | BE | HAVE | MODALS | {"will", "would", "shall", "can", "cannot", "did", "does", "do", "ll"}
LOOK = 8  # how far before a deed its helping verbs may stand


@dataclass(frozen=True, slots=True)
class Verb:
    """tense: past, present or future. finite: it has a helping verb of its own. progressive: "is closing"."""

    tense: str
    passive: bool
    progressive: bool
    finite: bool
    perfect: bool = False  # "has been closed": begun in the past and still so


def read_verb(page: Page, clause: Clause, deed: Bead, values: list[str]) -> Verb:
    """The helping verbs before a deed, back to the first word that is none."""
    before = _helpers(page, clause, deed)
    headless = deed.first == clause.first and deed.forms == {"past"}  # "Salla: closed from Friday"
    be = any(word in BE for word in before) or page.word(deed.first) == "be" or headless
    ing, past = "ing" in deed.forms, "past" in deed.forms
    passive = be and not deed.forms <= {"ing"}
    progressive = be and (deed.forms <= {"ing"} or "being" in before)  # "is closing", "is being closed"
    stays = any(b.value == "stay" and b.last >= deed.first - 4 for b in page.beads_in(clause.first, deed.first, "op"))
    if not before and deed.forms >= {"base", "past"} and _one_subject(page, clause, deed):
        return Verb("past", False, False, False)  # "Poland shut all crossings": present would be "shuts"
    kept = next((b for b in page.beads_in(clause.first, deed.first, "op") if page.low[b.start : b.end] in PAST_STAYS), None)
    if kept and not before:  # "kept its border with Belarus closed"
        had = page.word(kept.first - 1)
        return Verb("past", passive, progressive, False, had in ("has", "have"))
    return Verb(
        _tense(deed, before, values, passive, stays),
        passive,
        progressive,
        bool(before) and not (ing and not be and past),
        bool({"has", "have"} & set(before)),
    )


def _one_subject(page: Page, clause: Clause, deed: Bead) -> bool:
    """Whether one state, body or office stands right before the deed."""
    before = page.bead_at(deed.first - 1)
    return before is not None and before.first >= clause.first and before.kind in ("country", "office") and "people" not in before.forms


def _tense(deed: Bead, before: list[str], values: list[str], passive: bool, stays: bool) -> str:
    obliged = "had" in before and bool({"to", "will"} & set(before))  # "had to be closed"
    if obliged:
        return "past"
    if any(word in ("will", "shall", "ll") for word in before) or "future" in values:
        return "future"
    if before and not stays and (before[0] == "to" or (before[1:2] == ["to"] and before[0] in ("partly", "partially"))):
        return "future"
    if "would" in before and not any(word in HAVE for word in before):
        return "future"
    if any(word in PAST_BE | HAVE for word in before):
        return "past"
    if deed.forms & {"past"} and not passive and not deed.forms & {"base", "adj"} and not stays:
        return "past"
    if any(word in ("did", "remained", "stayed", "kept") for word in before):
        return "past"
    return "present"


def _helpers(page: Page, clause: Clause, deed: Bead) -> list[str]:
    """Helping verbs and adverbs just before the deed, nearest first. "is going to" counts as "will", "to be" as "will be"."""
    before: list[str] = []
    index = deed.first - 1
    while index >= max(clause.first, deed.first - LOOK):
        word, bead = page.word(index), page.bead_at(index)
        if bead is not None and bead.kind == "op" and bead.value == "future":
            before += ["be", "will"] if word == "be" else ["will"]
            index = bead.first - 1
        elif bead is not None and bead.kind == "op" and bead.value == "force":  # "was forced to close": it did
            index = bead.first - 1
            while page.word(index) in BE | HAVE:
                before += {"was": ["did"], "were": ["did"], "been": [], "be": []}.get(page.word(index), [page.word(index)] if page.word(index) in HAVE else [])
                index -= 1
        elif word in HELPERS or (bead is not None and bead.kind == "op" and bead.value in ("stay", "no")):
            before.append(word)
            index -= 1
        else:
            break
    return before
