"""Rounds of collecting against sites on this machine: what is read once, what is told, and what one bad site may not do."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from starlette.testclient import TestClient

from pasvik.app.gather.run import collect
from pasvik.sources.due import Health
from pasvik.terms.claim import Count, State, Status
from pasvik.web.routes import create

CLOSED = "The Finnish Border Guard says the Vaalimaa border crossing point is closed until 14 December 2026."
OPEN = "The Niirala border crossing point is open, the Finnish Border Guard says."


def article(words: str, published: str = "2026-11-02T05:00:00+02:00", head: str = "") -> str:
    return (f'<!doctype html><html lang="en"><head><title>Border</title><meta property="article:published_time" content="{published}">{head}'
            f"</head><body><article><h1>Notice on border traffic</h1><p>{words}</p><p>The Border Guard will inform about changes on its "
            "website. Travellers are asked to follow the notices of the authorities.</p></article></body></html>")


def feed(*items: tuple[str, str], date: str = "Mon, 02 Nov 2026 05:00:00 GMT") -> str:
    told = "".join(f"<item><title>{title}</title><link>{link}</link><pubDate>{date}</pubDate></item>" for title, link in items)
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>{told}</channel></rss>'


def card(id: str, address: str, more: str = "", how: str = "feed", publisher: str = "Yle", every: str = "1 hour") -> str:
    return (f'[[source]]\nid = "{id}"\nhow = "{how}"\naddress = "{address}"\npublisher = "{publisher}"\ncountry = "FI"\nkind = "press"\n'
            f'every = "{every}"\npause = "1 second"\n{more}\n')


def claims(lookout: Any) -> list[Any]:
    return [held.statement for one in lookout.house.ledger.documents(500) for held in lookout.house.ledger.statements_of(one.document.id)]


def states(lookout: Any) -> set[tuple[tuple[str, ...], State]]:
    return {(said.claim.crossings, said.claim.state) for said in claims(lookout) if isinstance(said.claim, Status)}


def test_a_feed_is_followed_and_each_article_read_once(web: Any, lookout: Any, cards: Any, clock: Any) -> None:
    web.put("a.test", "/1", article(CLOSED))
    address = web.put("a.test", "/feed", feed(("Border closed", web.url("a.test", "/1")), ("Football", web.url("a.test", "/2"))))
    cards(lookout, card("yle", address, 'only = ["border"]\nrevisit = []'))
    first = collect(lookout)
    assert (first.visits, first.leads, first.documents, first.missed) == (1, 1, 1, 0), first.faults
    assert (("vaalimaa",), State.CLOSED) in states(lookout)
    assert web.count("a.test", "/2") == 0                       # nobody asked for football
    assert collect(lookout).visits == 0                            # not due yet
    clock.jump(hours=2)
    again = collect(lookout)
    assert (again.visits, again.documents, again.leads) == (1, 0, 0)
    assert web.count("a.test", "/1") == 1


def test_the_same_article_under_many_addresses_is_kept_once(web: Any, lookout: Any, cards: Any, clock: Any) -> None:
    links = [("Border", web.put("a.test", f"/story-{number}", article(CLOSED))) for number in range(15)]
    links += [("Border", web.url("a.test", f"/story-0?utm_source={number}&amp;fbclid=x#top")) for number in range(60)]
    cards(lookout, card("yle", web.put("a.test", "/feed", feed(*links)), "most = 100\nrevisit = []"))
    told = collect(lookout)
    assert told.leads == 15 and told.documents == 1
    assert len(lookout.house.ledger.documents(500)) == 1
    statements = claims(lookout)
    assert len({said.id for said in statements}) == len(statements)


def test_an_article_that_edits_itself_is_kept_in_both_versions(web: Any, lookout: Any, cards: Any, clock: Any) -> None:
    link = web.put("a.test", "/1", article(CLOSED))
    cards(lookout, card("yle", web.put("a.test", "/feed", feed(("Border", link))), 'revisit = ["2 hours"]', every="1 day"))
    collect(lookout)
    web.put("a.test", "/1", article(OPEN))
    clock.jump(hours=3)
    told = collect(lookout)
    assert told.edits == 1 and told.documents == 1
    assert {(("vaalimaa",), State.CLOSED), (("niirala",), State.OPEN)} <= states(lookout)
    late = next(said for said in claims(lookout) if isinstance(said.claim, Status) and said.claim.crossings == ("niirala",))
    assert late.source.published.start == clock.at.replace(second=0)     # what it says anew was public by now, not this morning
    event = lookout.state.events()[0]
    assert event.kind == "edited" and "statements new in it: 1, no longer in it: 1" in event.words
    assert not lookout.house.ledger.verify()
    clock.jump(days=2)
    assert collect(lookout).edits == 0


def test_an_edit_that_says_nothing_new_adds_no_statement(web: Any, lookout: Any, cards: Any, clock: Any) -> None:
    link = web.put("a.test", "/1", article(CLOSED))
    cards(lookout, card("yle", web.put("a.test", "/feed", feed(("Border", link))), 'revisit = ["2 hours"]', every="1 day"))
    collect(lookout)
    before = len(claims(lookout))
    web.put("a.test", "/1", article(CLOSED + " It snows in the south-east."))
    clock.jump(hours=3)
    told = collect(lookout)
    assert told.edits == 1 and told.statements <= 1 and len(claims(lookout)) == before


def test_a_page_is_watched_for_change(web: Any, lookout: Any, cards: Any, clock: Any) -> None:
    address = web.put("a.test", "/now", article(CLOSED, ""))
    cards(lookout, card("guard", address, how="page", publisher="Finnish Border Guard"))
    assert collect(lookout).documents == 1
    assert [held.document.published for held in lookout.house.ledger.documents()] == [None]     # nobody knows since when it says so
    clock.jump(hours=2)
    assert collect(lookout).documents == 0
    web.put("a.test", "/now", article(OPEN, ""))
    clock.jump(hours=2)
    assert collect(lookout).edits == 1
    newest = lookout.house.ledger.documents()[0].document
    assert newest.published is not None and newest.published.start == clock.at.replace(second=0, microsecond=0)


def test_a_listing_of_notices(web: Any, lookout: Any, cards: Any) -> None:
    web.put("a.test", "/news/closed", article(CLOSED, ""))
    page = '<html><body><nav><a href="/about">About</a></nav><ul><li><time datetime="2026-11-01">1.11.</time><a href="/news/closed">Closed</a></li>' \
           '<li><a href="javascript:alert(1)">x</a><a href="http://10.0.0.1/news/x">inside</a></li></ul></body></html>'
    cards(lookout, card("guard", web.put("a.test", "/news", page), 'links = "/news/."', how="listing", publisher="Finnish Border Guard"))
    told = collect(lookout)
    assert told.leads == 2 and told.documents == 1
    assert lookout.house.ledger.documents()[0].document.published.iso() == "2026-11-01"


def test_one_bad_source_never_stops_the_rest(web: Any, lookout: Any, cards: Any, clock: Any, monkeypatch: Any) -> None:
    def shut(_: Any, handler: Any) -> None:
        handler.connection.close()

    bad = {
        "down": web.put("down.test", "/f", web.say(raw=shut)), "gone": web.url("gone.test", "/f"), "nowhere": "http://nowhere.invalid/f",
        "inside": web.put("inside.test", "/f", web.say(status=302, headers={"Location": "http://10.1.2.3/"})),
        "ring": web.put("ring.test", "/f", web.say(status=302, headers={"Location": "/f"})), "empty": web.put("empty.test", "/f", ""),
        "broken": web.put("broken.test", "/f", "<rss><channel><item><title>x</title><link>" + web.url("a.test", "/9")),
        "bomb": web.put("bomb.test", "/f", '<!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><rss><channel><item>&b;</item></channel></rss>'),
        "noise": web.put("noise.test", "/f", bytes(range(256)) * 50), "json": web.put("json.test", "/f", '{"items": 7}'),
        "html": web.put("html.test", "/f", "<!doctype html><p>Just a page</p>")}
    web.put("a.test", "/1", article(CLOSED))
    good = card("zz-good", web.put("a.test", "/feed", feed(("Border", web.url("a.test", "/1")))), "revisit = []")
    cards(lookout, "".join(card(name, address) for name, address in bad.items()) + good)
    told = collect(lookout)
    assert told.visits == len(bad) + 1 and (("vaalimaa",), State.CLOSED) in states(lookout)
    visits = lookout.state.visits()
    assert visits["down"].failures == visits["gone"].failures == visits["inside"].failures == visits["nowhere"].failures == 1
    assert all(host not in ("10.1.2.3",) for host, _, _ in web.asked)

    def broken_reader(*_: object, **__: object) -> None:
        raise ZeroDivisionError("a page that nobody foresaw")

    monkeypatch.setattr("pasvik.app.gather.visit.read_feed", broken_reader)
    clock.jump(days=2)
    told = collect(lookout)
    assert any("broke our reader" in fault.what for fault in told.faults) and told.visits == len(bad) + 1


def test_dates_that_cannot_be_are_not_believed(web: Any, lookout: Any, cards: Any) -> None:
    first, second = web.put("a.test", "/1", article(CLOSED, "2099-01-01T00:00:00Z")), web.put("a.test", "/2", article(OPEN, "1970-01-01T00:00:00Z"))
    cards(lookout, card("one", web.put("a.test", "/f", feed(("a", first), ("b", second), date="Thu, 01 Jan 1970 00:00:00 GMT")), "revisit = []"))
    collect(lookout)
    assert [held.document.published for held in lookout.house.ledger.documents()] == [None, None]
    third = web.put("b.test", "/3", article(CLOSED, "2099-01-01T00:00:00Z"))
    cards(lookout, card("two", web.put("b.test", "/f", feed(("c", third))), "revisit = []"))
    collect(lookout)
    assert lookout.house.ledger.documents()[0].document.published.iso() == "2026-11-02T05:00+00:00"


def test_a_feed_of_very_many_entries_is_read_from_the_top(web: Any, lookout: Any, cards: Any) -> None:
    lookout.fetcher.caps = lookout.fetcher.caps.__class__(seconds=20, bytes_sent=30_000_000, bytes_unpacked=20_000_000)
    entries = "<item><title>t</title></item>" * 120_000
    address = web.put("a.test", "/f", f"<rss version='2.0'><channel>{entries}</channel></rss>")
    cards(lookout, card("many", address))
    told = collect(lookout)
    assert any("120,000 entries; the first 300 are read" in fault.what for fault in told.faults), told.faults


def test_a_folder_a_mailbox_and_entries_told_in_full(web: Any, lookout: Any, cards: Any, tmp_path: Any, clock: Any) -> None:
    folder = tmp_path / "notices"
    folder.mkdir()
    (folder / "a.txt").write_text(CLOSED)
    (folder / "b.png").write_bytes(b"\x89PNG")
    (tmp_path / "secret.txt").write_text(OPEN)
    (folder / "link.txt").symlink_to(tmp_path / "secret.txt")
    box = tmp_path / "letters.mbox"
    letter = f"From a@b Mon Nov  2 05:00:00 2026\nFrom: Somebody Private <s@p.test>\nSubject: x\nDate: Mon, 02 Nov 2026 05:00:00 +0000\n\n{OPEN}\n\n"
    box.write_text(letter * 2)
    cards(lookout, card("folder", str(folder), how="folder") + card("box", str(box), how="mailbox", publisher="Finnish Border Guard"))
    told = collect(lookout)
    assert told.documents == 2 and not told.faults
    assert {(("vaalimaa",), State.CLOSED), (("niirala",), State.OPEN)} <= states(lookout)
    kept = [held.document for held in lookout.house.ledger.documents()]
    assert not any("Private" in document.text for document in kept)
    assert b"Private" not in b"".join(lookout.house.archive.get(name) or b"" for name in lookout.house.archive.names())
    clock.jump(hours=2)
    assert collect(lookout).documents == 0
    entry = f"<title>Notice</title><link>{web.url('a.test', '/n')}</link><pubDate>Mon, 02 Nov 2026 05:00:00 GMT</pubDate>"
    entry += f"<description>{CLOSED} It is decided.</description>"
    whole = web.put("a.test", "/f", f'<rss version="2.0"><channel><item>{entry}</item></channel></rss>')
    cards(lookout, card("whole", whole, "follow = false"))
    assert collect(lookout).documents == 1 and web.count("a.test", "/n") == 0
    clock.jump(hours=2)
    assert collect(lookout).documents == 0


def test_gdelt_and_json_feed_lead_to_articles(web: Any, lookout: Any, cards: Any) -> None:
    first, second = web.put("a.test", "/1", article(CLOSED)), web.put("b.test", "/2", article(OPEN))
    gdelt = web.put("g.test", "/doc", f'{{"articles": [{{"url": "{first}", "title": "x", "seendate": "20261102T040000Z"}}, 7, {{"url": "ftp://x"}}]}}')
    told = web.put("b.test", "/feed.json", f'{{"version": "https://jsonfeed.org/version/1.1", "items": [{{"id": "1", "url": "{second}", '
                                           '"date_published": "2026-11-02T05:00:00Z"}]}')
    cards(lookout, card("gdelt", gdelt, 'revisit = []', how="gdelt").replace('"press"', '"aggregator"') + card("json", told, "revisit = []"))
    assert collect(lookout).documents == 2
    assert {held.document.publisher for held in lookout.house.ledger.documents()} == {"Yle", "a.test"}


def test_weeks_pass_without_a_crash_a_leak_or_a_repeat(web: Any, lookout: Any, cards: Any, clock: Any) -> None:
    begun = clock.at

    def news(sent: dict[str, str]) -> Any:
        """A feed whose ids, addresses and dates change at every visit, busy every ninth time and unchanged every third."""
        hour = int((clock.at - begun) / timedelta(hours=1))
        if hour % 9 == 8:
            return web.say(status=429, headers={"Retry-After": "60"})
        if hour % 3 == 2 and sent.get("if-none-match"):
            return web.say(status=304)
        day = hour // 24
        links = [("Border", web.url("a.test", f"/story/{one}?session={hour}&amp;utm_id={hour}")) for one in range(day, max(day - 5, -1), -1)]
        return web.say(feed(*links, date=f"{clock.at:%a, %d %b %Y %H:%M:%S} GMT"), headers={"ETag": f'"{hour // 3}"'})

    for day in range(22):
        words = article(f"The {'Vaalimaa' if day % 2 else 'Niirala'} border crossing point is closed on {2 + day} November 2026.",
                        f"2026-11-{2 + day:02}T05:00:00Z")
        for hour in range(24 * 22):
            web.pages["a.test", f"/story/{day}?session={hour}"] = web.say(words)
    lookout.fetcher.caps = lookout.fetcher.caps.__class__(seconds=5)
    address = web.put("a.test", "/feed", news)
    cards(lookout, card("yle", address, 'revisit = ["1 day"]\nexpect = "1 in 1 day"'))
    silent = web.put("b.test", "/feed", feed(("Border", web.url("b.test", "/x"))))
    cards(lookout, card("quiet", silent, 'expect = "1 in 2 days"'))
    for _ in range(21 * 3):
        collect(lookout)
        clock.jump(hours=8)
    documents = lookout.house.ledger.documents(1000)
    assert 18 <= len(documents) <= 22                           # one for each day's story, however often it was met
    assert lookout.state.visits()["quiet"].health is Health.SILENT
    told = [event for event in lookout.state.events(500) if event.kind == "silent" and event.source == "quiet"]
    assert len(told) == 1                                       # said once, not every six hours
    assert not [event for event in lookout.state.events(500) if event.kind == "edited"]
    assert not lookout.house.ledger.verify()


def test_a_source_whose_page_was_rebuilt_drifts(web: Any, lookout: Any, cards: Any, clock: Any) -> None:
    links = "".join(f'<a href="/news/{number}">x</a>' for number in range(12))
    address = web.put("a.test", "/news", f"<html><body>{links}</body></html>")
    cards(lookout, card("guard", address, 'links = "/news/."\nonly = ["never"]', how="listing"))
    for number in range(9):
        if number == 6:
            web.put("a.test", "/news", "<html><body><div id='app'></div></body></html>")
        collect(lookout)
        clock.jump(hours=2)
    events = [event for event in lookout.state.events() if event.kind == "drifting"]
    assert len(events) == 1 and "shows 0 entries where it used to show 12" in events[0].words


def test_waiting_times_become_counts_and_closed_lanes_become_claims(web: Any, lookout: Any, cards: Any, clock: Any) -> None:
    def table(wait: str) -> str:
        return ("Customs Office;; Location;; Last updated;; Commercial Flow - Canada bound;; Commercial Flow - U.S. bound;; "
                f"Travellers Flow - Canada bound;; Travellers Flow - U.S. bound;;\nPeace Bridge;; Fort Erie, ON;; 2026-11-02 00:40 EST;; "
                f"{wait};; Not Applicable;; Closed;; --;;\n")

    address = web.put("cbsa.test", "/bwt.csv", table("15 minutes"))
    made = cards(lookout, card("ca-cbsa", address, 'table = "ca-cbsa"', how="table", publisher="Canada Border Services Agency").replace('"FI"', '"CA"'))
    assert collect(lookout).statements == 2
    waits = [said for said in claims(lookout) if isinstance(said.claim, Count)]
    assert (waits[0].claim.people.count, waits[0].claim.unit, waits[0].claim.lanes, waits[0].claim.into) == (15, "minutes", ("truck",), "CA")
    assert waits[0].claim.crossings == ("ca-cbsa:peace-bridge",) and "15 minutes" in waits[0].evidence.quote
    assert states(lookout) == {(("ca-cbsa:peace-bridge",), State.CLOSED)}
    with TestClient(create(lookout.house)) as client:              # a crossing that no gazetteer knows breaks no page
        page = client.get(f"/evidence/{waits[0].source.document}")
        assert page.status_code == 200 and "ca-cbsa:peace-bridge" in page.text and "15 minutes" in page.text
        assert client.get("/").status_code == 200
    clock.jump(hours=1.5)
    assert collect(lookout).statements == 0                        # nothing changed, so nothing is news
    web.put("cbsa.test", "/bwt.csv", table("25 minutes"))
    clock.jump(hours=1.5)
    assert collect(lookout).statements == 1
    web.put("cbsa.test", "/bwt.csv", "<html>503</html>")
    clock.jump(hours=1.5)
    assert collect(lookout).missed == 1 and lookout.state.visits()[made[0].id].failures == 1
