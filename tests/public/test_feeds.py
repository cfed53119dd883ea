"""The feeds as a reader's own library reads them, and the calendar as a calendar's."""

from __future__ import annotations

from datetime import UTC, date, datetime

import feedparser
import icalendar
import pytest
from starlette.testclient import TestClient

from pasvik.app.clocks import question
from pasvik.app.public.items import news
from pasvik.app.wiring import House
from pasvik.terms.question import Question

CLOCKS = "at=2023-11-25&known=2023-11-25"


def test_a_feed_reader_finds_the_closing_of_24_november(client: TestClient) -> None:
    read = feedparser.parse(client.get(f"/feed.atom?{CLOCKS}&border=FI-RU").content)
    assert not read.bozo, read.bozo_exception
    assert read.version == "atom10"
    closing = [one for one in read.entries if "open → closed" in one.title and "Salla" in one.title and "24 Nov 2023" in one.title]
    assert len(closing) == 1, [one.title for one in read.entries]
    assert {"FI-RU", "salla", "closed", "car"} <= {tag.term for tag in closing[0].tags}
    assert closing[0].id.startswith("tag:pasvik,2026:")
    assert "not an official source" in read.feed.subtitle


def test_both_feeds_tell_the_same_news_with_ids_of_their_own(client: TestClient) -> None:
    atom = feedparser.parse(client.get(f"/feed.atom?{CLOCKS}").content)
    feed = client.get(f"/feed.json?{CLOCKS}").json()
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert [one.id for one in atom.entries] == [one["id"] for one in feed["items"]]
    assert len({one["id"] for one in feed["items"]}) == len(feed["items"]) > 5
    for one in feed["items"]:
        assert one["url"].startswith("http://board.example/")
        assert one["content_text"] and one["title"]
        assert datetime.fromisoformat(one["date_published"])


def test_a_plan_is_told_as_a_plan(client: TestClient) -> None:
    items = client.get(f"/feed.json?{CLOCKS}&crossing=Storskog").json()["items"]
    plans = [one["_pasvik"] for one in items if one["_pasvik"]["kind"] == "announced"]
    assert plans
    assert all(one["commitment"] == "considering" and "closure considered" in one["title"] for one in plans)
    assert not [one for one in items if one["_pasvik"]["after"] == "closed" and one["_pasvik"]["kind"] == "change"]


def test_news_is_newest_first_and_keeps_its_id_when_asked_later(house: House) -> None:
    def asked(at: str) -> Question:
        made = question(house.now(), at, "2023-12-20")
        assert isinstance(made, Question)
        return made

    since = datetime(2023, 11, 1, tzinfo=UTC)
    early, late = news(house, asked("2023-12-01"), since), news(house, asked("2023-12-20"), since)
    assert isinstance(early, tuple) and isinstance(late, tuple)
    assert [one.told for one in late] == sorted((one.told for one in late), reverse=True)
    changes = {one.id for one in early if one.kind == "change"}
    assert changes and changes <= {one.id for one in late}


def test_since_cuts_what_is_told(client: TestClient) -> None:
    items = client.get(f"/feed.json?{CLOCKS}&since=2023-11-23").json()["items"]
    assert {one["_pasvik"]["at"][:10] for one in items if one["_pasvik"]["kind"] == "change"} == {"2023-11-23"}     # midnight of the 24th there


@pytest.mark.parametrize(("address", "status"), [
    ("/feed.atom?border=XX-YY", 400), ("/feed.json?crossing=Atlantis", 404), ("/calendar.ics?at=never", 400), ("/board.geojson?lane=broom", 400)])
def test_what_cannot_be_answered_is_one_sentence(client: TestClient, address: str, status: int) -> None:
    told = client.get(address)
    assert told.status_code == status
    assert told.json()["fault"]


def test_the_calendar_holds_announced_changes_and_ends(client: TestClient) -> None:
    told = client.get("/calendar.ics?at=2023-12-13&known=2023-12-13&border=FI-RU")
    assert told.headers["content-type"].startswith("text/calendar")
    read = icalendar.Calendar.from_ical(told.content)
    events = list(read.walk("VEVENT"))
    ends = [one for one in events if "announced end of: closed" in str(one["summary"])]
    assert ends
    assert {str(one["status"]) for one in events} <= {"CONFIRMED", "TENTATIVE"}
    assert all(one.decoded("dtstart") >= date(2023, 12, 13) for one in events if type(one.decoded("dtstart")) is date)
    assert len({str(one["uid"]) for one in events}) == len(events)


def test_the_same_news_is_not_sent_twice_to_a_reader_that_has_it(client: TestClient) -> None:
    first = client.get(f"/feed.atom?{CLOCKS}")
    assert client.get(f"/feed.atom?{CLOCKS}", headers={"if-none-match": first.headers["etag"]}).status_code == 304
