"""Whose word weighs what, and which outlets are known: cases as text; files with mistakes are told by line."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from pasvik.situation.authority import Rules, authority_of, outlet_of, parse_authorities, parse_outlets, rules, standing
from pasvik.situation.policy import Policy, parse_policy
from pasvik.terms.capture import Origin, Source
from pasvik.terms.claim import Basis, Commitment, State, Status, Zone
from pasvik.terms.statement import Evidence, Speaker, Statement

KNOWLEDGE = Path(__file__).parents[2] / "src" / "pasvik" / "knowledge"


@pytest.fixture(scope="module")
def book() -> Rules:
    policy, authorities, outlets = (
        (KNOWLEDGE / name).read_text(encoding="utf-8") for name in ("policy.toml", "authorities.csv", "outlets.csv"))
    return rules(parse_policy(policy), parse_authorities(authorities), parse_outlets(outlets))


# NAME / role / body / country -> the body behind it and what it may decide
SPEAKERS = """
Finnish government / / / FI -> Finnish Government all
the Finnish Government / / / FI -> Finnish Government all
Helsinki / / / FI -> Finnish Government all
Government / / / FI -> Finnish Government all
Border Guard / / / FI -> Finnish Border Guard operations
Rajavartiolaitos / / / FI -> Finnish Border Guard operations
A Person / / Finnish Customs / FI -> Finnish Customs operations
A Person / governor / Murmansk Region / RU -> Murmansk Region nothing
A Person / defence minister / / FI -> Finnish Ministry of Defence nothing
Kremlin / / / RU -> Kremlin all
Police and Border Guard Board / / / EE -> Estonian Police and Border Guard Board operations
VSAT / / / LT -> Lithuanian State Border Guard Service operations
State Border Committee / / / BY -> State Border Committee of Belarus operations
A Person / beekeeper / / FI -> nobody
A Person / / / - -> nobody
"""


@pytest.mark.parametrize("line", [line for line in SPEAKERS.splitlines() if line.strip()])
def test_who_is_behind_a_speaker(line: str, book: Rules) -> None:
    told, _, expected = line.partition(" -> ")
    name, role, body, country = (part.strip() for part in told.split("/"))
    found = authority_of(Speaker(name, role or None, body or None, None if country == "-" else country), book)
    assert (f"{found.body} {found.may_decide}" if found else "nobody") == expected


# OUTLET | speaker (country) | zone basis confidence origin -> weight side, on a crossing between Finland and Russia
WEIGHTS = """
Finnish Border Guard | - | -> 3 FI
raja.fi | Finnish Government (FI) | -> 3 FI
yle.fi | Finnish Government (FI) | -> 3 FI
www.yle.fi | Finnish Government (FI) | -> 3 FI
Yle | - | -> 2 None
Yle | Russian Government (RU) | -> 3 RU
Yle | Murmansk Region (RU) | -> 0 RU
Yle | Estonian Government (EE) | -> 0 None
Yle | a beekeeper (FI) | -> 2 FI
Yle | Finnish Government (FI) | headline -> 2 FI
Yle | Finnish Government (FI) | presupposed -> 2 FI
Yle | Finnish Government (FI) | 0.3 -> 1 FI
TASS | Finnish Government (FI) | -> 1 FI
TASS | Russian Government (RU) | -> 3 RU
TASS | - | -> 1 None
The Village Lantern | - | -> 1 None
The Village Lantern | Finnish Government (FI) | -> 1 FI
The Village Lantern | Finnish Government (FI) | curated -> 3 FI
- | - | -> 1 None
Police and Border Guard Board | - | -> 1 None
"""


@pytest.mark.parametrize("line", [line for line in WEIGHTS.splitlines() if line.strip()])
def test_what_a_word_weighs(line: str, book: Rules) -> None:
    told, _, expected = line.rpartition("-> ")
    outlet, who, how = (part.strip() for part in told.split("|"))
    name, _, country = who.rstrip(")").partition(" (")
    said = Statement(
        Status(("salla",), "FI-RU", State.CLOSED, Commitment.ORDERED),
        Evidence(0, 5, "words", Zone.HEADLINE if how == "headline" else Zone.BODY),
        Source("d", "d", None if outlet == "-" else outlet, origin=Origin.CURATED if how == "curated" else Origin.READ),
        None if who == "-" else Speaker(name, country=country), Basis.PRESUPPOSED if how == "presupposed" else Basis.STATED,
        float(how) if how.startswith("0") else 0.9)
    found = standing(said, ("FI", "RU"), book)
    assert f"{found.weight} {found.side}" == expected, found.why


def test_a_subdomain_belongs_to_its_domain(book: Rules) -> None:
    assert outlet_of("news.err.ee", book) is not None
    assert outlet_of("err.ee.example.org", book) is None
    assert outlet_of("", book) is None


def test_mistakes_are_told_by_line() -> None:
    with pytest.raises(ValueError, match=r"authorities.csv line 4: a body and what it may decide"):
        parse_authorities("# remark\ncountry,body,may_decide\nFI,Finnish Government,all\nFI,Finnish Customs,everything\n")
    with pytest.raises(ValueError, match=r"outlets.csv line 3: an outlet without a name"):
        parse_outlets("name,country,kind\nYle,FI,press\n,FI,press\n")
    assert parse_authorities("# nothing yet\n") == ()


def test_policy_is_text() -> None:
    assert parse_policy("") == Policy()
    assert parse_policy("[ages]\nreport_days = 30\n").report_ages == timedelta(days=30)
    assert parse_policy("[trust]\nagreeing_outlets = 1\n").agreeing_outlets == 2, "one alone never settles"
    shipped = parse_policy((KNOWLEDGE / "policy.toml").read_text(encoding="utf-8"))
    assert replace(shipped, asylum_presumed={}) == Policy()
    assert not {"RU", "BY"} & set(shipped.asylum_presumed), "never presumed on the far side"
    with pytest.raises(ValueError, match=r"presumed_until takes a day"):
        parse_policy('[asylum]\npresumed_until = { FI = "soon" }\n')
    with pytest.raises(ValueError, match=r"report_days = -1 is not a length of time in days"):
        parse_policy("[ages]\nreport_days = -1\n")
    with pytest.raises(ValueError, match=r"policy.toml cannot be read"):
        parse_policy("[ages\n")
