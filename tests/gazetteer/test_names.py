"""Which crossing does a word in a text mean, and where exactly does it stand?"""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pasvik.gazetteer.fold import fold
from pasvik.gazetteer.names import did_you_mean, find_names, lookup, spellings_of
from pasvik.gazetteer.table import Gazetteer

# A text => the names in it, each with its crossing; ? = counts near a border word, ?? = only beside a crossing word,
# +id = what it means where rail is said.
TEXTS = """
The Raja-Jooseppi crossing has remained open        => Raja-Jooseppi=raja-jooseppi
RAJA‑JOOSEPPI ja Raja Jooseppi                      => RAJA‑JOOSEPPI=raja-jooseppi Raja_Jooseppi=raja-jooseppi
Raja-Joosepissa, Raja-Joosepin rajanylityspaikka    => Raja-Joosepissa=raja-jooseppi Raja-Joosepin_rajanylityspaikka=raja-jooseppi
Raya-Jooseppi and Nijrala, as a translator has them => Raya-Jooseppi=raja-jooseppi Nijrala=niirala+niirala-rail
Vaalimaalla ja Vaalimaan, VAALIMAA, vaalimaa        => Vaalimaalla=vaalimaa Vaalimaan=vaalimaa VAALIMAA=vaalimaa vaalimaa=vaalimaa
the shuttered Salla border crossing                 => Salla=salla?
Salla-Alakurtti and Kelloselän                      => Salla-Alakurtti=salla Kelloselän=salla
Storskog" ("Borisoglebsky"), lies on the border     => Storskog=storskog Borisoglebsky=storskog
Borisoglebsk alone is a town too                    => Borisoglebsk=storskog?
МАПП Торфяновка, в Торфяновке, на «Брусничном»      => МАПП_Торфяновка=vaalimaa Торфяновке=vaalimaa Брусничном=nuijamaa
в Нарве и в Светогорске                             => Нарве=narva?+narva-rail Светогорске=imatra?+imatra-rail
Vaalimaa–Torfyanovka                                => Vaalimaa–Torfyanovka=vaalimaa
Narva-1 and Narva-2, not Narva-Jõesuu               => Narva-1=narva Narva-2=narva-2
at Narva 2 people waited                            => Narva=narva?+narva-rail
the Narva 2 crossing on foot                        => Narva_2_crossing=narva-2
Narva River, the Saatse Boot, Lake Inari, Wärtsilä  =>
Inari, Lapland                                      =>
Inari (Lieksa) was a timber point                   => Inari_(Lieksa)=inari-lieksa
Niirala railway and Imatrankoski-raja               => Niirala_railway=niirala-rail Imatrankoski-raja=imatra-rail
Głomno-Bagrationowsk                                => Głomno=glomno-rail Bagrationowsk=glomno-rail+glomno-rail
chop the wood at Chop                               => Chop=zahony??+zahony-rail
Mamonovo alone does not tell                        => Mamonovo=gronowo|grzechotki??+braniewo-rail
Grzechotkach i Bobrownikach, w Terespolu            => Grzechotkach=grzechotki Bobrownikach=bobrowniki? Terespolu=terespol?+terespol-rail
Kuźnica, w Kuźnicy                                  => Kuźnica=kuznica?+kuznica-rail Kuźnicy=kuznica?+kuznica-rail
Kuznica without its accent                          => Kuznica=kuznica?+kuznica-rail
Šalčininkuose ir Medininkų, SALCININKAI             => Šalčininkuose=salcininkai? Medininkų=medininkai? SALCININKAI=salcininkai?
Terehovā, Grebņevas, Pāterniekos                    => Terehovā=terehova Grebņevas=grebneva Pāterniekos=paternieki
Luhamaas ja Koidulas                                => Luhamaas=luhamaa Koidulas=koidula?+koidula-rail
Vyborg is a town; ЖДПП Выборг is a checkpoint       => ЖДПП_Выборг=vyborg-rail
Vartiusta, Vartiuksessa                             => Vartiusta=vartius+vartius-rail Vartiuksessa=vartius+vartius-rail
Sallanen, Imatranko, Narvake                        =>
"""
CASES = [[part.strip() for part in line.split("=>")] for line in TEXTS.strip().splitlines()]


def told(text: str, gazetteer: Gazetteer) -> str:
    marks = {"": "", "border": "?", "crossing": "??"}
    return " ".join(
        f"{hit.name.replace(' ', '_')}={'|'.join(hit.ids)}{marks[hit.needs]}{''.join('+' + id for id in hit.rail)}"
        for hit in find_names(text, gazetteer))


@pytest.mark.parametrize(("text", "wanted"), CASES, ids=[case[0] for case in CASES])
def test_names_in_a_text(text: str, wanted: str, gazetteer: Gazetteer) -> None:
    assert told(text, gazetteer) == wanted


def test_a_name_in_separate_accents_and_across_a_line_is_found(gazetteer: Gazetteer) -> None:
    assert told(unicodedata.normalize("NFD", "Näätämö"), gazetteer).endswith("=naatamo?")
    assert [hit.ids for hit in find_names("Kunichina\nGora and Raja\u00a0Jooseppi", gazetteer)] == [("koidula",), ("raja-jooseppi",)]


ANY = st.text(st.characters(exclude_categories=()), max_size=40)


@settings(max_examples=300, deadline=None)
@given(before=ANY, after=ANY, pick=st.integers(min_value=0))
@example(before="İẞǅŉ", after="\u0308İ", pick=0)
def test_offsets_are_exact_whatever_stands_around(before: str, after: str, pick: int, gazetteer: Gazetteer) -> None:
    certain = [spelling for spelling in gazetteer.names.spellings if spelling.ids and not spelling.needs]
    spelling = certain[pick % len(certain)]
    text = f"{before} || {spelling.name} || {after}"
    start = len(before) + 4
    hits = find_names(text, gazetteer)
    assert all(text[hit.start:hit.end] == hit.name for hit in hits)
    assert all(one.end <= other.start for one, other in pairwise(hits))
    assert [hit.ids for hit in hits if (hit.start, hit.end) == (start, start + len(spelling.name))] == [spelling.ids]


@settings(max_examples=500, deadline=None)
@given(st.text(st.characters(exclude_categories=())))
@example("İİ\ud800")
@example("".join(chr(code) for code in range(0x20, 0x3000)))
def test_folding_keeps_the_length_and_folds_once(text: str) -> None:
    once = fold(text)
    assert len(once) == len(text)
    assert fold(once) == once


def test_every_spelling_leads_back_to_its_crossing(gazetteer: Gazetteer) -> None:
    for spelling in gazetteer.names.spellings:
        hits = find_names(spelling.name, gazetteer)
        assert not spelling.ids or [hit.ids for hit in hits] == [spelling.ids], spelling
        assert spelling.ids or not hits, spelling


@pytest.mark.parametrize(("word", "id"), [
    ("salla", "salla"), ("Svetogorsk", "imatra"), ("Торфяновка", "vaalimaa"), ("pl-by", None), ("Mamonovo", None), ("NARVA", "narva"),
    ("niirala-rail", "niirala-rail"), (" Kuznica ", "kuznica"), ("Lake Inari", None)])
def test_lookup(word: str, id: str | None, gazetteer: Gazetteer) -> None:
    found = lookup(word, gazetteer)
    assert (found.id if found else None) == id


@pytest.mark.parametrize(("word", "first"), [
    ("Narwwa", "(narva)"), ("Valimma", "(vaalimaa)"), ("Storskogg", "(storskog)"), ("raja-josepi", "(raja-jooseppi)")])
def test_did_you_mean(word: str, first: str, gazetteer: Gazetteer) -> None:
    assert did_you_mean(word, gazetteer)[0].endswith(first)


def test_nothing_is_like_nonsense(gazetteer: Gazetteer) -> None:
    assert did_you_mean("qqqqqqqq", gazetteer) == []


def test_official_spellings_come_first(gazetteer: Gazetteer) -> None:
    kinds = [spelling.kind for spelling in spellings_of("vaalimaa", gazetteer)]
    assert kinds == sorted(kinds, key=lambda kind: kind != "official")
    assert "Vaalimaa" in gazetteer.crossings["vaalimaa"].aliases
