"""Addresses, rules for robots and lists of links as text, and what is made of them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pasvik.sources.fetch.robots import parse
from pasvik.sources.leads.feed import read_feed
from pasvik.sources.leads.gdelt import read_articles
from pasvik.sources.leads.lead import canonical, page_key, sane
from pasvik.sources.leads.listing import read_listing
from pasvik.terms.moment import moment

NOW = datetime(2026, 11, 2, 6, 0, tzinfo=UTC)


@pytest.mark.parametrize(("written", "read"), [
    ("https://a.test/x?utm_source=y&b=2&a=1#top", "https://a.test/x?a=1&b=2"), ("http://A.TEST:80", "http://a.test/"), ("//b.test/y", "http://b.test/y"),
    ("../z", "http://base.test/z"), (" /sp ace ", "http://base.test/sp ace"), ("javascript:alert(1)", None), ("mailto:a@b", None), ("http://", "http://base.test/dir/page"),
    ("http://user:pw@a.test/", None), ("http://[::1", None), ("http://a.test:99999/", None), ("http://a.test/" + "x" * 3000, None)])
def test_addresses(written: str, read: str | None) -> None:
    assert canonical(written, "http://base.test/dir/page") == read


@given(st.text(max_size=60))
def test_an_address_read_twice_is_read_once(words: str) -> None:
    once = canonical(words, "https://a.test/x/")
    assert once is None or (canonical(once) == once and page_key(once) == page_key(once.replace("https://", "http://www.", 1)))


@pytest.mark.parametrize(("rules", "path", "allowed"), [
    ("User-agent: *\nDisallow: /", "/x", False), ("", "/x", True), ("User-agent: *\nDisallow:", "/x", True),
    ("User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b/c", True), ("User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/c", False),
    ("User-agent: *\nAllow: /p\nDisallow: /p", "/p", True),     # of two of one length the allowing one wins
    ("User-agent: *\nDisallow: /*.pdf$", "/x/y.pdf", False), ("User-agent: *\nDisallow: /*.pdf$", "/x/y.pdf?z", True),
    ("User-agent: *\nDisallow: /*?print=", "/x?print=1", False), ("User-agent: *\nDisallow: *private", "/very/private/x", False),
    ("User-agent: PASVIK\nDisallow: /x\n\nUser-agent: *\nDisallow: /", "/y", True), ("User-agent: other\nDisallow: /", "/x", True),
    ("User-agent: other\nUser-agent: pasvik\nDisallow: /x", "/x", False), ("User-agent: *\nDisallow: /\n", "/robots.txt", True),
    ("User-agent: *\nDisallow: /%7Ejoe", "/~joe/x", False),
    ("User-agent: *\nDisallow: /å", "/%C3%A5", False), ("User-agent: *\nDisallow: /a%2Fb", "/a/b", True),
    ("\ufeffUser-agent: * # all\nDisallow: /x # not this", "/x", False), ("Disallow: /x", "/x", True), ("<html>404</html>", "/x", True)])
def test_rules_for_robots(rules: str, path: str, allowed: bool) -> None:
    assert parse(rules.encode(), "pasvik").allows(path) is allowed


def test_the_pause_that_a_site_asks_for() -> None:
    assert parse(b"User-agent: *\nCrawl-delay: 2.5\nUser-agent: x\nCrawl-delay: 9", "pasvik").pause_seconds == 2.5
    assert parse(b"User-agent: *\nCrawl-delay: soon", "pasvik").pause_seconds is None
    assert parse(b"User-agent: *\nCrawl-delay: 99999999", "pasvik").pause_seconds == 3600


@given(st.binary(max_size=200), st.text("/ab*$%?", max_size=20))
def test_no_rules_break_the_reader(data: bytes, path: str) -> None:
    parse(b"User-agent: *\nDisallow: " + data, "pasvik").allows("/" + path)


def test_a_listing_takes_only_what_it_should() -> None:
    page = ('<p><a href="/news/1">One</a> <time datetime="2026-10-30T12:00">x</time></p><p><a href="/news/1#c">One again</a></p>'
            '<p><a href="/about">About</a><a href="http://else.test/news/2">Else</a></p><p><a href="/news/3">Three</a><time datetime="2099-01-01"></time></p>')
    found = read_listing(page.encode(), "http://a.test/news", "", NOW, "Europe/Helsinki")
    assert [(lead.url, lead.published.iso() if lead.published else None) for lead in found.leads] == [
        ("http://a.test/news/1", "2026-10-30T12:00+02:00"), ("http://a.test/news/3", None)]
    assert [lead.url for lead in read_listing(page.encode(), "http://a.test/news", r"else\.test", NOW).leads] == ["http://else.test/news/2"]
    for empty in (b"", b"<p>no links", b"\x00\x01", b"%PDF-1.4"):
        assert read_listing(empty, "http://a.test/news", "", NOW).faults


@given(st.binary(max_size=300))
def test_no_bytes_break_the_readers_of_lists(data: bytes) -> None:
    for told in (read_feed(data, "http://a.test/", NOW), read_articles(data, "http://a.test/", NOW), read_listing(data, "http://a.test/", "", NOW)):
        assert told.leads == () or all(lead.url.startswith("http") for lead in told.leads)


def test_a_feed_never_opens_a_file_or_another_address() -> None:
    for data in (b"/etc/passwd", b"http://127.0.0.1:1/feed", b"file:///etc/passwd"):
        assert read_feed(data, "http://a.test/", NOW).leads == ()


def test_dates_that_can_be() -> None:
    assert [sane(moment(day), NOW) for day in ("1970-01-01", "2026-11-02", "2026-11-03", "2026-11-05", "2099-01-01")] == [False, True, True, False, False]
    assert not sane(None, NOW)
