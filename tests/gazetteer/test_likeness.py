"""A name spelled by ear is known by its skeleton, and a name of nothing is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pasvik.gazetteer.likeness import alike, skeleton, skeletons
from pasvik.gazetteer.names import find_alike, find_names
from pasvik.gazetteer.table import Gazetteer

KNOWN = skeletons([("Raja-Jooseppi", ("raja-jooseppi",)), ("Šalčininkai", ("salcininkai",)), ("Niirala", ("niirala",)), ("Salla", ("salla",)),
                   ("Terehova", ("terehova",)), ("Terehovo", ("terehovo",))])


@pytest.mark.parametrize(("spelled", "ids"), [
    ("Raya-Josepi", ("raja-jooseppi",)), ("Raia Jooseppi", ("raja-jooseppi",)), ("Shalchininkai", ("salcininkai",)), ("Nijrala", ("niirala",)),
    ("Sala", ("salla",)), ("Raja-Josephi", ("raja-jooseppi",)), ("Šalčininkay", ("salcininkai",)),
    ("Sall", ()), ("Vilnius", ()), ("Helsinki", ()), ("Terehovu", ()), ("", ()), ("Ї", ())])
def test_a_name_by_ear(spelled: str, ids: tuple[str, ...]) -> None:
    assert alike(spelled, KNOWN) == ids


@given(st.text())
def test_a_skeleton_is_its_own_skeleton(name: str) -> None:
    bones = skeleton(name)
    assert all("a" <= letter <= "z" for letter in bones)
    assert len(bones) <= 2 * len(name) + 1


@pytest.mark.parametrize(("text", "names"), [
    ("The Koidulla checkpoint is closed.", ["Koidulla"]),
    ("Traffic at Niirala and Vartiuss stopped.", ["Vartiuss"]),
    ("We met in Koidulla at noon.", []),
    ("The Russian checkpoint and the Finnish border crossing are closed.", []),
    ("The checkpoint of Raia Josepi stays open.", ["Raia Josepi"])])
def test_odd_spellings_count_only_where_a_name_would_stand(gazetteer: Gazetteer, text: str, names: list[str]) -> None:
    def beside(start: int, end: int) -> bool:
        return "checkpoint" in text[max(0, start - 15):end + 12] or "crossing" in text[end:end + 17]

    found = find_alike(text, find_names(text, gazetteer), gazetteer, beside)
    assert [hit.name for hit in found] == names
    assert all(text[hit.start:hit.end] == hit.name for hit in found)
