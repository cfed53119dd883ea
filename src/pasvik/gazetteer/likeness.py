"""A name spelled by ear or by a machine ("Raya-Josepi", "Nijrala") is known by its skeleton: the sounds without the fashions of writing them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from pasvik.gazetteer.fold import fold

# Several ways of writing one sound, the longest first; what is left of a name after them is alike in all of them.
SOUNDS = (
    ("shch", "s"), ("sch", "s"), ("kh", "h"), ("zh", "z"), ("sh", "s"), ("sz", "s"), ("ch", "c"), ("cz", "c"), ("ts", "c"), ("tz", "c"),
    ("ck", "k"), ("ph", "f"), ("x", "ks"), ("w", "v"), ("q", "k"), ("j", "i"), ("y", "i"))
SHORT = 4                                                       # a shorter skeleton is like too many words
LONG = 7                                                        # from this length on one letter may be wrong
_MARKS = re.compile(r"[^a-z]+")
_TWICE = re.compile(r"(.)\1+")


def skeleton(name: str) -> str:
    """The letters a to z of a name, with one letter for one sound and none twice in a row; "" where too few are left."""
    bare = _MARKS.sub("", fold(name))
    for written, sound in SOUNDS:
        bare = bare.replace(written, sound)
    bare = _TWICE.sub(r"\1", bare)
    return bare if len(bare) >= SHORT else ""


def skeletons(names: Iterable[tuple[str, tuple[str, ...]]]) -> dict[str, tuple[str, ...]]:
    """The ids that each skeleton stands for, out of (name, ids); several names of one skeleton share their ids."""
    found: dict[str, dict[str, None]] = {}
    for name, ids in names:
        bones = skeleton(name)
        if bones and ids:
            found.setdefault(bones, {}).update(dict.fromkeys(ids))
    return {bones: tuple(ids) for bones, ids in found.items()}


def alike(name: str, known: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The ids of the one name that this could be: of the same skeleton, or of one that differs by a letter; empty where none or several."""
    bones = skeleton(name)
    if not bones:
        return ()
    if bones in known:
        return known[bones]
    if len(bones) < LONG:
        return ()
    near = {known[other] for other in _one_off(bones) if other in known}
    return next(iter(near)) if len(near) == 1 else ()


def _one_off(bones: str) -> Iterable[str]:
    """Every skeleton with one letter more, less or other; the first letter stands fast."""
    letters = "abcdefghiklmnoprstuvz"
    for at in range(1, len(bones) + 1):
        yield from (bones[:at] + letter + bones[at:] for letter in letters)
        if at < len(bones):
            yield bones[:at] + bones[at + 1:]
            yield from (bones[:at] + letter + bones[at + 1:] for letter in letters)
