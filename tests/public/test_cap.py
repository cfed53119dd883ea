"""Alert drafts against the Common Alerting Protocol's own shape."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree

import pytest
import xmlschema

from pasvik.app.clocks import question
from pasvik.app.public.cap import CAP, cap_alert
from pasvik.app.public.items import Item, news
from pasvik.app.wiring import House
from pasvik.terms.question import Question

SCHEMA = xmlschema.XMLSchema(Path(__file__).parent / "cap-1.2.xsd")
SENT = datetime(2023, 11, 25, 10, tzinfo=UTC)


@pytest.fixture(scope="module")
def items(house: House) -> tuple[Item, ...]:
    asked = question(house.now(), "2023-11-25", "2023-11-25")
    assert isinstance(asked, Question)
    told = news(house, asked)
    assert isinstance(told, tuple)
    return told


def text(alert: bytes, path: str) -> list[str]:
    return [one.text or "" for one in ElementTree.fromstring(alert).iter(f"{{{CAP}}}{path}")]


def test_every_piece_of_news_makes_a_draft_that_fits_the_schema(house: House, items: tuple[Item, ...]) -> None:
    assert len(items) > 5
    for item in items:
        draft = cap_alert(item, house.gazetteer.crossings, "desk@board.example", SENT)
        SCHEMA.validate(draft.decode())
        assert text(draft, "status") == ["Draft"]
        assert text(draft, "severity") == ["Unknown"]
        assert text(draft, "areaDesc") == [house.gazetteer.crossings[place].name for place in item.places]


def test_a_plan_is_never_told_as_observed(house: House, items: tuple[Item, ...]) -> None:
    plans = [item for item in items if item.kind == "announced"]
    assert plans
    for item in plans:
        assert text(cap_alert(item, house.gazetteer.crossings, "desk", SENT), "certainty") != ["Observed"]


def test_a_rumour_says_that_it_is_one(house: House, items: tuple[Item, ...]) -> None:
    draft = cap_alert(items[0], house.gazetteer.crossings, "desk", SENT, rumour=True)
    SCHEMA.validate(draft.decode())
    assert text(draft, "certainty") == ["Unknown"]
    assert text(draft, "headline")[0].startswith("Unconfirmed: ")


@pytest.mark.parametrize("sender", ["", "a desk", "a,b", "a<b", "a&b"])
def test_a_sender_that_cap_forbids_is_refused(house: House, items: tuple[Item, ...], sender: str) -> None:
    with pytest.raises(ValueError, match="CAP sender"):
        cap_alert(items[0], house.gazetteer.crossings, sender, SENT)
