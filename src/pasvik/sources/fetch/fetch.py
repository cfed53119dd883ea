"""Fetches one page as a good guest: asks robots.txt first, waits between requests, asks only for what is new, checks every redirect."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Protocol
from urllib.parse import urljoin

from pasvik.sources.fetch import robots
from pasvik.sources.fetch.address import Guard, Refused, checked
from pasvik.sources.fetch.hosts import SLOWEST, Hosts
from pasvik.sources.fetch.wire import Answer, Broken, Caps, exchange

HOPS = 5
TRIES = 3
MOVED = (301, 302, 303, 307, 308)
BUSY = (502, 503, 504)
LONGEST_WAIT = timedelta(days=7)
ROBOTS_KEPT, ROBOTS_RETRIED = timedelta(days=1), timedelta(hours=1)
ROBOTS_CAPS = Caps(seconds=20, bytes_sent=600_000, bytes_unpacked=2_000_000)
ACCEPT = "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,application/feed+json,application/xml;q=0.9,*/*;q=0.5"


class Clock(Protocol):
    """The time, and waiting; tests hand in one that jumps."""

    def now(self) -> datetime: ...
    def sleep(self, seconds: float) -> None: ...


@dataclass(frozen=True, slots=True)
class Ask:
    """What to ask for. etag, modified: of the version we hold. told: the address as it may be shown (a key left out)."""

    url: str
    etag: str = ""
    modified: str = ""
    method: str = "GET"
    body: bytes = b""
    media_type: str = ""
    pause: timedelta = timedelta(seconds=5)
    budget: int = 200
    told: str = ""
    more: tuple[tuple[str, str], ...] = ()                      # further headers

    @property
    def name(self) -> str:
        """The address for people."""
        return self.told or self.url


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it came. url: where it was in the end; at: when (UTC); not_modified: the version we hold is still the newest."""

    url: str
    at: datetime
    status: int
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    not_modified: bool = False

    def header(self, name: str) -> str:
        """The first header of this name, "" where there is none."""
        return next((value for key, value in self.headers if key == name), "")


@dataclass(frozen=True, slots=True)
class Missed:
    """Why there is no page, in one sentence. again: how long to stay away; gone: the page is no more; ours: our own pause or budget."""

    what: str
    url: str
    again: timedelta | None = None
    gone: bool = False
    ours: bool = False


@dataclass(slots=True)
class Fetcher:
    """Fetches pages, and remembers for each host its rules and when it was last asked. keep: told of every answer, for a capture log."""

    guard: Guard
    clock: Clock
    agent: str
    caps: Caps = field(default_factory=Caps)
    hosts: Hosts = field(default_factory=Hosts)
    keep: Callable[[Ask, Page], None] | None = None
    rules: dict[str, tuple[robots.Robots, datetime, str]] = field(default_factory=dict)

    def get(self, ask: Ask) -> Page | Missed:
        """The page at an address, or why not. Never raises for what the world does."""
        try:
            return self._follow(ask)
        except Refused as bad:
            return Missed(str(bad), ask.name)
        except _Later as bad:
            return Missed(bad.what, ask.name, bad.again, ours=True)
        except Broken as bad:
            return Missed(str(bad), ask.name)

    def ready_at(self, ask: Ask) -> datetime:
        """The first instant (UTC) at which the host of this address may be asked; now for an address that nobody can ask."""
        now = self.clock.now()
        try:
            url = checked(ask.url, self.guard)
        except Refused:
            return now
        held = self.rules.get(str(url.copy_with(raw_path=b"")).rstrip("/"))
        asked = timedelta(seconds=held[0].pause_seconds or 0) if held else timedelta(0)
        return max(now, self.hosts.ready_at(url.host, max(ask.pause, asked), now))

    def _follow(self, ask: Ask) -> Page | Missed:
        at, came_from = ask.url, ""
        for _ in range(HOPS + 1):
            url = checked(at, self.guard, came_from)
            rules, why = self._rules(str(url.copy_with(raw_path=b"/robots.txt")), ask)
            if why:
                return Missed(f"{url.host} could not tell its rules for robots, so it is left alone: {why}", ask.name, ROBOTS_RETRIED)
            if not rules.allows(url.raw_path.decode("ascii")):
                return Missed(f"{url.host} asks robots not to fetch this", ask.name)
            answer = self._tried(ask, str(url), rules.pause_seconds)
            if answer.status not in MOVED or not answer.header("location"):
                return self._read(ask, str(url), answer)
            if ask.method != "GET":
                return Missed("a question sent by POST is sent elsewhere", ask.name)
            came_from, at = str(url), urljoin(str(url), answer.header("location"))
        return Missed(f"more than {HOPS} redirects", ask.name)

    def _read(self, ask: Ask, url: str, answer: Answer) -> Page | Missed:
        now = self.clock.now()
        page = Page(url, now, answer.status, answer.headers, answer.body, answer.status == 304)
        if self.keep:
            self.keep(ask, page)
        if answer.status in (429, *BUSY):
            again = retry_after(answer.header("retry-after"), now) or timedelta(hours=1)
            self.hosts.hush(checked(url, self.guard).host, now + again)
            return Missed(f"the server is busy (status {answer.status})", ask.name, again)
        if answer.status in (404, 410):
            return Missed(f"there is no such page (status {answer.status})", ask.name, gone=True)
        if answer.status == 304 and not (ask.etag or ask.modified):
            return Missed("the server says \"not modified\" of a page we do not hold", ask.name)
        if answer.status not in (200, 203, 304):
            return Missed(f"the server answered with status {answer.status}", ask.name)
        return page

    def _rules(self, address: str, ask: Ask) -> tuple[robots.Robots, str]:
        """The rules of a host, asked once a day. No robots.txt means all may be fetched; a broken one means nothing may, for an hour: why."""
        origin = address.rsplit("/", 1)[0]
        held = self.rules.get(origin)
        if held and held[1] > self.clock.now():
            return held[0], held[2]
        found, why = robots.Robots(), ""
        try:
            answer = self._robots_file(ask, address)
            if answer.status in (200, 203):
                found = robots.parse(answer.body, self.agent.split("/")[0])
            elif not 400 <= answer.status < 500 or answer.status == 429:
                why = f"the server answered with status {answer.status}"
        except Broken as bad:
            why = str(bad)
        self.rules[origin] = (found, self.clock.now() + (ROBOTS_RETRIED if why else ROBOTS_KEPT), why)
        return found, why

    def _robots_file(self, ask: Ask, address: str) -> Answer:
        at, came_from = address, ""
        for _ in range(HOPS + 1):
            url = checked(at, self.guard, came_from)
            answer = self._once(replace(ask, etag="", modified="", method="GET", body=b""), str(url), None, ROBOTS_CAPS)
            if answer.status not in MOVED or not answer.header("location"):
                return answer
            came_from, at = str(url), urljoin(str(url), answer.header("location"))
        return Answer(404, (), b"")                             # the RFC: too many redirects count as no file

    def _tried(self, ask: Ask, url: str, pause_seconds: float | None) -> Answer:
        """Ask, and once or twice again where a connection broke or a gateway stumbled."""
        import stamina

        answer: Answer | None = None
        for attempt in stamina.retry_context(_worth_again, attempts=TRIES, timeout=120, wait_initial=2, wait_max=20, wait_jitter=3):
            with attempt:
                answer = self._once(ask, url, pause_seconds, self.caps)
                if answer.status in BUSY and not answer.header("retry-after") and attempt.num < TRIES:
                    raise Broken(f"the server answered with status {answer.status}", again=True)
        assert answer is not None
        return answer

    def _once(self, ask: Ask, url: str, pause_seconds: float | None, caps: Caps) -> Answer:
        target = checked(url, self.guard)
        pause = max(ask.pause, timedelta(seconds=pause_seconds or 0))
        now = self.clock.now()
        wait = self.hosts.ready_at(target.host, pause, now) - now
        if wait > SLOWEST:
            raise _Later(f"{target.host} asked for quiet", wait)
        if not self.hosts.has_budget(target.host, ask.budget, now):
            raise _Later(f"today's budget of {ask.budget} requests for {target.host} is spent", timedelta(hours=6))
        if wait > timedelta(0):
            self.clock.sleep(wait.total_seconds())
        self.hosts.count(target.host, self.clock.now())
        return exchange(ask.method, target, self._headers(ask), ask.body, self.guard, caps)

    def _headers(self, ask: Ask) -> dict[str, str]:
        sent = {"User-Agent": self.agent, "Accept": ACCEPT, "Accept-Encoding": "gzip, deflate"}
        if ask.media_type:
            sent["Content-Type"] = ask.media_type
        sent |= dict(ask.more)
        sent |= {"If-None-Match": ask.etag} if ask.etag else {}
        sent |= {"If-Modified-Since": ask.modified} if ask.modified else {}
        return sent


class _Later(Exception):
    """Not now: the pause or the budget of a host does not allow it."""

    def __init__(self, what: str, again: timedelta) -> None:
        super().__init__(what)
        self.what, self.again = what, again


def _worth_again(bad: Exception) -> bool:
    return isinstance(bad, Broken) and bad.again


def retry_after(told: str, now: datetime) -> timedelta | None:
    """How long a server asks us to wait: seconds or a date; None where it does not say so properly, a week at most."""
    told = told.strip()
    if told.isascii() and told.isdigit():
        return min(timedelta(seconds=int(told[:9])), LONGEST_WAIT)
    try:
        until = parsedate_to_datetime(told)
    except (ValueError, TypeError, IndexError):
        return None
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return min(max(until - now, timedelta(0)), LONGEST_WAIT)
