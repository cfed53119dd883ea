"""Short answers to a question just asked: "Is Minsk to blame? The government says it is. Minsk says it is not."."""

from __future__ import annotations

from pasvik.reading.charge.owner import Owner, doer
from pasvik.reading.charge.party import Party, Scene, is_state, scene_of
from pasvik.reading.charge.subject import subject
from pasvik.reading.page.cursor import Cursor
from pasvik.reading.page.page import Bead, Page

YES = (("it", "is"), ("it", "was"), ("it", "does"), ("it", "did"), ("so",), ("yes",), ("they", "are"), ("they", "do"))
ANSWERS = 2                                                     # answers to one question that may follow each other
ENDS = frozenset({"", ".", ",", ";", "and", "but", "-", '"', "though", "while"})
NO = frozenset({"not", "no", "n't", "isn", "doesn", "wasn"})


def scene_before(page: Page, cursor: Cursor, number: int) -> Scene | None:
    """The sentence before this one, past sentences that only answer: both "it is" and "it is not" look back to the question."""
    back = number - 1
    while back >= 0:
        scene = scene_of(page, cursor, page.sentences[back])
        if back == number - 1 - ANSWERS or reply(scene) is None:
            return scene
        back -= 1
    return None


def asked_of(question: Scene | None) -> Party | None:
    """The state of whom a question asks whether it did something hostile, or is to blame."""
    if question is None or not question.s.ask:
        return None
    for bead in question.beads("charge", "harm"):
        if bead.kind == "harm" or bead.value == "fault":
            who = subject(question, bead.first)
            if who and len(who.parties) == 1 and is_state(who.parties[0]):
                return who.parties[0]
    return None


def reply(scene: Scene) -> tuple[Owner, bool, Bead] | None:
    """(who answers, yes or no, the verb of saying) of a sentence that only answers; None for any other sentence."""
    for said in scene.beads("say"):
        words = [scene.word(i) for i in range(said.last, min(said.last + 3, scene.s.last))]
        said_no = words[:1] == ["no"]
        size = 1 if said_no else max((len(yes) for yes in YES if tuple(words[:len(yes)]) == yes), default=0)
        agrees = not said_no and not any(w in NO for w in words[size:size + 1])
        if not size or scene.word(said.last + size + (0 if agrees or said_no else 1)) not in ENDS:
            continue
        who = doer(scene, said)
        return (who, agrees, said) if who else None
    return None
