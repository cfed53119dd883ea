"""A hostile web: slow, endless, packed, looping, lying; each ends as one sentence, soon, and nothing private is ever reached."""

from __future__ import annotations

import gzip
from datetime import timedelta
from typing import Any

import pytest

from pasvik.sources.fetch.address import Guard, Refused, checked
from pasvik.sources.fetch.fetch import Ask, Fetcher, Missed, Page, retry_after
from pasvik.sources.fetch.wire import Caps

ASK = timedelta(0)


def get(fetcher: Fetcher, url: str, **more: Any) -> Page | Missed:
    return fetcher.get(Ask(url, **{"pause": ASK, **more}))


def missed(fetcher: Fetcher, url: str, **more: Any) -> str:
    found = get(fetcher, url, **more)
    assert isinstance(found, Missed), found
    return found.what


def test_a_page_comes_whole_with_our_name_told(web: Any, fetcher: Fetcher) -> None:
    found = get(fetcher, web.put("a.test", "/p", "<p>hello"))
    assert isinstance(found, Page) and found.body == b"<p>hello"
    sent = web.asked[-1][2]
    assert sent["user-agent"].startswith("pasvik/") and "desk@pasvik.test" in sent["user-agent"] and "cookie" not in sent


def test_packed_pages_are_unpacked_and_bombs_are_not(web: Any, fetcher: Fetcher) -> None:
    packed = {"Content-Encoding": "gzip"}
    found = get(fetcher, web.put("a.test", "/ok", web.say(gzip.compress(b"x" * 1000), headers=packed)))
    assert isinstance(found, Page) and found.body == b"x" * 1000
    bomb = gzip.compress(b"\0" * 100_000_000)
    assert len(bomb) < 300_000
    assert "unpacks to more than" in missed(fetcher, web.put("a.test", "/bomb", web.say(bomb, headers=packed)))
    twice = gzip.compress(bomb)
    found = get(fetcher, web.put("a.test", "/twice", web.say(twice, headers=packed)))
    assert isinstance(found, Page) and found.body == bomb       # packed twice is unpacked once
    assert "badly packed" in missed(fetcher, web.put("a.test", "/lie", web.say(b"not packed at all", headers=packed)))
    assert "cut off" in missed(fetcher, web.put("a.test", "/cut", web.say(gzip.compress(b"abc" * 9000)[:40], headers=packed)))
    assert "not asked for" in missed(fetcher, web.put("a.test", "/br", web.say(b"x", headers={"Content-Encoding": "br"})))


def test_slow_and_endless_answers_end(web: Any, fetcher: Fetcher) -> None:
    def drip(_: Any, handler: Any) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
        while not web.up.wait(0.05):
            handler.wfile.write(b"x")

    def flood(_: Any, handler: Any) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
        while not web.up.is_set():
            handler.wfile.write(b"x" * 65536)

    def headers(_: Any, handler: Any) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
        while not web.up.is_set():
            handler.wfile.write(b"X-More: " + b"x" * 4000 + b"\r\n")

    def silent(_: Any, __: Any) -> None:
        web.up.wait(30)

    fetcher.caps = Caps(seconds=0.4, bytes_sent=300_000, bytes_unpacked=600_000)
    assert "within 0.4 seconds" in missed(fetcher, web.put("a.test", "/drip", web.say(raw=drip)))
    assert "within 0.4 seconds" in missed(fetcher, web.put("a.test", "/silent", web.say(raw=silent)))
    fetcher.caps = Caps(seconds=20, bytes_sent=300_000, bytes_unpacked=600_000)
    assert "larger than 300 kB" in missed(fetcher, web.put("a.test", "/flood", web.say(raw=flood)))
    assert "no proper HTTP" in missed(fetcher, web.put("a.test", "/headers", web.say(raw=headers)))
    assert "no proper HTTP" in missed(fetcher, web.put("a.test", "/noise", web.say(raw=lambda _, h: h.wfile.write(b"SSH-2.0-nope\r\n\r\n"))))
    assert "disconnected" in missed(fetcher, web.put("a.test", "/shut", web.say(raw=lambda _, h: h.connection.close())))


@pytest.mark.parametrize("target", [
    "http://10.0.0.1/", "http://127.0.0.1.test2/", "http://[::1]/", "http://169.254.169.254/latest/meta-data/", "file:///etc/passwd",
    "gopher://x.test/", "http://user:secret@a.test/", "http://0x7f.1/", "http://2130706433/", "http://[::ffff:10.0.0.1]/",
    "http://[64:ff9b::10.0.0.1]/", "http://inside.test/", "http://both.test/", "http://nowhere.invalid/", "http://[fe80::1%25eth0]/",
    "http://224.0.0.1/", "http://100.64.0.1/", "//", "http://", "http://a.test:22/"])
def test_no_private_place_is_reached_also_not_by_redirect(web: Any, fetcher: Fetcher, target: str) -> None:
    web.names = {"inside.test": "192.168.1.1", "both.test": "93.184.216.34 10.0.0.1", "127.0.0.1.test2": "127.0.0.1"}
    plain = {"0x7f.1": "127.0.0.1", "2130706433": "127.0.0.1"}
    strict = Fetcher(Guard(lambda host, port: (plain[host],) if host in plain else _as_literal(web, host, port)), fetcher.clock, "pasvik/1")
    assert isinstance(get(strict, target), Missed)
    here = web.put("a.test", "/go", web.say(status=302, headers={"Location": target}))
    open_here = Fetcher(Guard(lambda host, port: ("127.0.0.1",) if host == "a.test" and port == web.port else strict.guard.resolve(host, port),
                              loopback=True), fetcher.clock, "pasvik/1")
    if "127.0.0.1" not in target and not any(name in target for name in (*plain, "::1")) and ":22" not in target and target != "//":
        assert isinstance(get(open_here, here), Missed)
    assert all(host == "a.test" for host, _, _ in web.asked)


def test_redirects_are_followed_and_loops_are_not(web: Any, fetcher: Fetcher) -> None:
    web.put("b.test", "/there", "words")
    found = get(fetcher, web.put("a.test", "/here", web.say(status=301, headers={"Location": web.url("b.test", "/there")})))
    assert isinstance(found, Page) and found.url == web.url("b.test", "/there") and found.body == b"words"
    web.put("a.test", "/ring", web.say(status=302, headers={"Location": "/ring"}))
    assert "redirects" in missed(fetcher, web.url("a.test", "/ring"))
    with pytest.raises(Refused, match="from https to http"):
        checked("http://a.test/", fetcher.guard, came_from="https://a.test/")


def test_robots_are_asked_first_and_obeyed(web: Any, fetcher: Fetcher, clock: Any) -> None:
    web.put("a.test", "/robots.txt", "User-agent: *\nDisallow: /private\nCrawl-delay: 7\n\nUser-agent: other\nDisallow: /")
    web.put("a.test", "/private/x", "secret")
    assert "asks robots not to" in missed(fetcher, web.url("a.test", "/private/x"))
    assert web.count("a.test", "/private/x") == 0
    assert isinstance(get(fetcher, web.put("a.test", "/open", "x")), Page)
    before = clock.slept
    assert isinstance(get(fetcher, web.url("a.test", "/open")), Page)
    assert clock.slept - before == 7
    assert web.count("a.test", "/robots.txt") == 1              # asked once a day
    web.put("b.test", "/robots.txt", web.say(status=500))
    found = get(fetcher, web.put("b.test", "/x", "x"))
    assert isinstance(found, Missed) and "could not tell its rules" in found.what and "status 500" in found.what and found.again == timedelta(hours=1)
    web.put("b.test", "/robots.txt", "")
    clock.jump(hours=2)
    assert isinstance(get(fetcher, web.url("b.test", "/x")), Page)
    away = web.put("c.test", "/go", web.say(status=302, headers={"Location": web.url("a.test", "/private/x")}))
    assert "asks robots not to" in missed(fetcher, away)


def test_only_what_is_new_is_asked_for(web: Any, fetcher: Fetcher) -> None:
    def page(sent: dict[str, str]) -> Any:
        return web.say(status=304) if sent.get("if-none-match") == '"v1"' else web.say(b"words", headers={"ETag": '"v1"'})

    url = web.put("a.test", "/p", page)
    first = get(fetcher, url)
    assert isinstance(first, Page) and first.header("etag") == '"v1"'
    again = get(fetcher, url, etag='"v1"')
    assert isinstance(again, Page) and again.not_modified and again.body == b""
    assert "do not hold" in missed(fetcher, web.put("a.test", "/odd", web.say(status=304)))


def test_pause_and_budget_hold(web: Any, fetcher: Fetcher, clock: Any) -> None:
    url = web.put("a.test", "/p", "x")
    get(fetcher, url, pause=timedelta(seconds=30))
    begun = clock.at
    get(fetcher, url, pause=timedelta(seconds=30))
    assert clock.at - begun == timedelta(seconds=30)
    assert "budget of 3 requests" in missed(fetcher, url, budget=3)
    clock.jump(days=1)
    assert isinstance(get(fetcher, url, budget=3), Page)


def test_a_busy_server_is_left_in_peace(web: Any, fetcher: Fetcher, clock: Any) -> None:
    url = web.put("a.test", "/p", web.say(status=429, headers={"Retry-After": "1800"}))
    found = get(fetcher, url)
    assert isinstance(found, Missed) and found.again == timedelta(minutes=30)
    asked = len(web.asked)
    found = get(fetcher, web.put("a.test", "/q", "x"))
    assert isinstance(found, Missed) and "asked for quiet" in found.what and len(web.asked) == asked
    clock.jump(minutes=31)
    assert isinstance(get(fetcher, web.url("a.test", "/q")), Page)


def test_a_stumbling_gateway_is_asked_again_and_a_broken_one_told(web: Any, fetcher: Fetcher) -> None:
    answers = iter([web.say(status=503), web.say(b"well")])
    found = get(fetcher, web.put("a.test", "/p", lambda _: next(answers)))
    assert isinstance(found, Page) and found.body == b"well"
    assert "status 500" in missed(fetcher, web.put("a.test", "/q", web.say(status=500)))
    assert web.count("a.test", "/q") == 1
    gone = get(fetcher, web.url("a.test", "/never"))
    assert isinstance(gone, Missed) and gone.gone


@pytest.mark.parametrize(("told", "seconds"), [
    ("120", 120), ("Mon, 02 Nov 2026 06:10:00 GMT", 600), ("Sun, 01 Nov 2026 06:00:00 GMT", 0), ("soon", None), ("", None), ("-5", None),
    ("999999999999", 604800), ("Mon, 02 Nov 2099 06:10:00 GMT", 604800)])
def test_retry_after(told: str, seconds: int | None, clock: Any) -> None:
    assert retry_after(told, clock.now()) == (None if seconds is None else timedelta(seconds=seconds))


def _as_literal(web: Any, host: str, port: int) -> tuple[str, ...]:
    bare = host.strip("[]")
    return (bare,) if (bare[:1].isdigit() and bare.count(".") == 3 and bare.replace(".", "").isdigit()) or ":" in bare else web.resolve(host, port)

