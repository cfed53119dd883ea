"""One visit to a source or to one of its pages: what came, what it leads to, and how the source does."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

from pasvik.app.collect import keep
from pasvik.app.gather.bulk.run import read_archives
from pasvik.app.gather.lookout import Lookout
from pasvik.app.gather.rows import file_rows
from pasvik.app.gather.version import Taken, take
from pasvik.sources.catalogue import Card, How
from pasvik.sources.due import Health, Visits, after_failure, after_success, health, say_health
from pasvik.sources.fetch.fetch import Ask, Missed, Page
from pasvik.sources.leads.feed import read_feed
from pasvik.sources.leads.folder import letters, walk
from pasvik.sources.leads.gdelt import read_articles
from pasvik.sources.leads.lead import Found, Item, Lead, minute, page_key, sane
from pasvik.sources.leads.listing import read_listing
from pasvik.sources.state import Event, Seen
from pasvik.sources.tables.read import BY_PLACE, SOAP, questions, read_table
from pasvik.terms.capture import Fault, digest
from pasvik.terms.place import ZONES

RETRY = timedelta(hours=1)                                      # before a page that could not be fetched is tried again; doubled each time
GIVE_UP = 5
MOST_FAULTS = 10
FRESH = timedelta(days=2)                                       # an undated lead is dated by its first sight if we looked this lately


@dataclass(frozen=True, slots=True)
class Task:
    """Something to do: visit a source (page None), or read one page. place: which question of a table it is."""

    card: Card
    ask: Ask
    page: Seen | None = None
    place: str = ""


@dataclass(slots=True)
class Tally:
    """What a round brought, in numbers; faults are the sentences, most of which also stand among the events."""

    visits: int = 0
    fetched: int = 0
    unchanged: int = 0
    leads: int = 0
    documents: int = 0
    statements: int = 0
    edits: int = 0
    missed: int = 0
    faults: list[Fault] = field(default_factory=list)

    @property
    def sentence(self) -> str:
        """The same for people."""
        return (f"{self.visits} sources visited, {self.fetched} pages fetched ({self.unchanged} unchanged), {self.leads} new leads, "
                f"{self.documents} documents and {self.statements} statements added, {self.edits} edits, {self.missed} missed")


def tasks_of(lookout: Lookout, card: Card, seen: Visits) -> list[Task]:
    """What a visit to a source takes: one question, or one for each place of a table."""
    address = card.address.replace("{key}", lookout.key(card)) if card.needs else card.address
    ask = Ask(address, seen.etag, seen.modified, pause=card.pause, budget=card.budget, told=card.address if card.needs else "")
    if card.table not in BY_PLACE:
        return [Task(card, ask)]
    return [Task(card, replace(ask, etag="", modified="", method="POST", body=body, media_type="text/xml; charset=utf-8", more=SOAP), None, place)
            for place, body in questions(card, lookout.fetcher.clock.now())]


def page_task(card: Card, page: Seen) -> Task:
    """What it takes to read a page, or to look at it again."""
    return Task(card, Ask(page.url, page.etag, page.modified, pause=card.pause, budget=card.budget), page)


def visit(lookout: Lookout, task: Task, seen: Visits, tally: Tally, keep_going: Callable[[], bool] = lambda: True) -> list[Task]:
    """Go to a source, note how it went, and return the pages it leads to. keep_going: asked again and again while an archive is read."""
    card, now = task.card, lookout.fetcher.clock.now()
    tally.visits += 1
    if card.needs and not lookout.key(card):
        return missed(lookout, card, seen, Missed(f"{card.id} needs a key in the environment variable {card.needs}", card.address), tally)
    if card.how is How.WARC:
        _archive(lookout, card, seen, tally, keep_going, now)
        return []
    if card.is_local:
        _local(lookout, card, seen, tally, now)
        return []
    page = lookout.fetcher.get(task.ask)
    if isinstance(page, Missed):
        return missed(lookout, card, seen, page, tally)
    tally.fetched += 1
    if page.not_modified:
        tally.unchanged += 1
        _done(lookout, card, seen, now, ())
        return []
    told = replace(seen, etag=page.header("etag")[:500], modified=page.header("last-modified")[:100])
    if card.how is How.TABLE:
        _table(lookout, task, told, page, tally, now)
        return []
    if card.how is How.PAGE:
        _watched(lookout, card, told, page, tally, now)
        return []
    found = found_on(card, page, now)
    return _leads(lookout, card, told, found, tally, now)


def missed(lookout: Lookout, card: Card, seen: Visits, why: Missed, tally: Tally) -> list[Task]:
    """Note a visit that failed, and when to try again."""
    now = lookout.fetcher.clock.now()
    tally.missed += 1
    tally.faults.append(Fault(f"{card.id}: {why.what}", why.url))
    failures = seen.failures + (not why.ours)
    told = replace(seen, last_try=now, failures=failures, fault=why.what, next_due=after_failure(card, failures, now, lookout.dice(), why.again))
    _note(lookout, card, told, now)
    return []


def read_page(lookout: Lookout, task: Task, tally: Tally) -> None:
    """Read a page that a lead led to, or look whether it has changed, and note when to look again."""
    card, seen = task.card, task.page
    assert seen is not None
    now = lookout.fetcher.clock.now()
    page = lookout.fetcher.get(task.ask)
    if isinstance(page, Missed):
        tally.missed += 1
        failures = seen.failures + (page.again is None)
        again = None if page.gone or failures >= GIVE_UP else now + max(page.again or timedelta(0), RETRY * 2 ** max(failures - 1, 0))
        if page.gone and seen.words:
            lookout.state.tell(Event(now, card.id, "gone", f"{seen.url} is no longer there; what was read of it is kept"))
        elif again is None:
            lookout.state.tell(Event(now, card.id, "fault", f"{seen.url} could not be read: {page.what}"))
        tally.faults.append(Fault(f"{seen.url}: {page.what}", card.id))
        lookout.state.keep_page(replace(seen, next_visit=again, failures=failures))
        return
    tally.fetched += 1
    visits = seen.visits + 1
    left = card.revisit[visits - 1:]
    after = replace(seen, visits=visits, failures=0, etag=page.header("etag")[:500], modified=page.header("last-modified")[:100],
                    next_visit=seen.first_seen + left[0] if left else None)
    if page.not_modified:
        tally.unchanged += 1
        lookout.state.keep_page(replace(after, etag=seen.etag, modified=seen.modified))
        return
    _count(lookout, card, take(lookout, card, after, page.body, page.url, page.header("content-type"), now), tally, now)


def found_on(card: Card, page: Page, now: datetime) -> Found:
    """What a feed, an article list or a listing page shows."""
    if card.how is How.FEED:
        return read_feed(page.body, page.url, now, not card.follow, page.header("content-type"))
    if card.how is How.GDELT:
        return read_articles(page.body, page.url, now)
    return read_listing(page.body, page.url, card.links, now, ZONES.get(card.country, "UTC"))


def _leads(lookout: Lookout, card: Card, seen: Visits, found: Found, tally: Tally, now: datetime) -> list[Task]:
    """Note every wanted lead before the visit itself is noted: a process killed in between asks again and loses none."""
    _tell_some(lookout, card, found.faults, tally, now)
    for item in found.items:
        if card.wants(item.body.decode("utf-8", "replace"), item.url or ""):
            _item(lookout, card, item, tally, now)
    wanted = {page_key(lead.url): lead for lead in found.leads if card.wants(lead.title, lead.summary, lead.url)}
    known = lookout.state.known(list(wanted))
    fresh = [(key, lead) for key, lead in wanted.items() if key not in known]
    lately = seen.last_ok is not None and now - seen.last_ok < FRESH
    pages = [_pending(card, key, lead, number, lately, now) for number, (key, lead) in enumerate(fresh)]
    for page in pages:
        lookout.state.keep_page(page)
    tally.leads += len(pages)
    shown = (lead.published for lead in found.leads if sane(lead.published, now))
    newest = max((told.start for told in shown if told and told.start <= now), default=None)
    items = [at for at in (seen.last_item, newest, now if pages else None) if at]
    _done(lookout, card, replace(seen, last_item=max(items, default=None)), now, (found.shown,))
    return [page_task(card, page) for page in pages if page.next_visit is not None and page.next_visit <= now]


def _pending(card: Card, key: str, lead: Lead, number: int, lately: bool, now: datetime) -> Seen:
    """A page to be read: the first `most` now, the others at the next visits."""
    dated = lead.published or (minute(now) if lately and card.how is not How.GDELT else None)
    return Seen(key, lead.url, card.id, now, dated.iso() if dated else "", 0, now + card.every * (number // card.most))


def _table(lookout: Lookout, task: Task, seen: Visits, page: Page, tally: Tally, now: datetime) -> None:
    table = read_table(task.card, page.body, now, task.place)
    _tell_some(lookout, task.card, table.faults, tally, now)
    if not table.rows and table.faults:
        missed(lookout, task.card, seen, Missed(table.faults[0].what, task.ask.name), tally)
        return
    filed = file_rows(lookout.house, task.card, table, page.body, now, seen.memory)
    if filed.document is not None:
        added = keep(lookout.house, page.body, filed.document, filed.reading)
        tally.documents, tally.statements = tally.documents + 1, tally.statements + added.new
        seen = replace(seen, last_item=now)
    _done(lookout, task.card, replace(seen, memory=filed.memory), now, () if task.place else (len(table.rows),))


def _watched(lookout: Lookout, card: Card, seen: Visits, page: Page, tally: Tally, now: datetime) -> None:
    key = page_key(card.address)
    held = lookout.state.page(key) or Seen(key, card.address, card.id, now)
    taken = take(lookout, card, held, page.body, page.url, page.header("content-type"), now)
    changed = taken.seen.words != held.words
    _count(lookout, card, taken, tally, now)
    _done(lookout, card, replace(seen, last_item=now if changed else seen.last_item), now, ())


def _local(lookout: Lookout, card: Card, seen: Visits, tally: Tally, now: datetime) -> None:
    path = Path(card.address).expanduser()
    items: Iterator[Item | Fault] = walk(path) if card.how is How.FOLDER else letters(path, now)
    shown = 0
    for item in items:
        if isinstance(item, Fault):
            _tell(lookout, card, item, tally, now)
            continue
        shown += 1
        if card.wants(item.body.decode("utf-8", "replace")) and _item(lookout, card, item, tally, now):
            seen = replace(seen, last_item=now)
    _done(lookout, card, seen, now, ())


def _archive(lookout: Lookout, card: Card, seen: Visits, tally: Tally, keep_going: Callable[[], bool], now: datetime) -> None:
    """Read web archives in this process, shard by shard; what an earlier visit has read is not read again."""
    going = True

    def still() -> bool:
        nonlocal going
        going = going and keep_going()
        return going

    told = read_archives(lookout.house, lookout.state, lookout.house.settings, [Path(card.address).expanduser()], "inline", keep_going=still)
    _tell_some(lookout, card, told.faults, tally, now)
    tally.documents, tally.statements = tally.documents + told.documents, tally.statements + told.statements
    if going:                                                   # one that was stopped stays due, and goes on from there
        _done(lookout, card, replace(seen, last_item=now if told.documents else seen.last_item), now, ())


def _item(lookout: Lookout, card: Card, item: Item, tally: Tally, now: datetime) -> bool:
    """Keep words that came with their source, once; they are known again by their bytes. True where they were new."""
    key = f"{card.id}/{digest(item.body)}"
    if lookout.state.page(key):
        return False
    tally.leads += 1
    told = Seen(key, item.url or "", card.id, now, item.published.iso() if item.published else "", 1)
    _count(lookout, card, take(lookout, card, told, item.body, item.url or item.name if card.how is How.FEED else None, item.media_type
                            or _media(item.name), now), tally, now)
    return True


def _media(name: str) -> str:
    """A name's ending as a media type, where the bytes alone would not tell a page from a text."""
    return "text/plain" if name.lower().endswith((".txt", ".text", ".md")) else ""


def _count(lookout: Lookout, card: Card, taken: Taken, tally: Tally, now: datetime) -> None:
    if taken.fault:
        _tell(lookout, card, taken.fault, tally, now)
    if taken.edit:
        tally.edits += 1
        lookout.state.tell(Event(now, card.id, "edited", taken.edit))
    tally.documents += taken.kept
    tally.statements += taken.new
    lookout.state.keep_page(taken.seen)


def _tell_some(lookout: Lookout, card: Card, faults: Sequence[Fault], tally: Tally, now: datetime) -> None:
    """The first faults of a visit, and how many more there were: a broken page can hold thousands."""
    for fault in faults[:MOST_FAULTS]:
        _tell(lookout, card, fault, tally, now)
    if len(faults) > MOST_FAULTS:
        _tell(lookout, card, Fault(f"and {len(faults) - MOST_FAULTS} more faults of this visit", card.address), tally, now)


def _tell(lookout: Lookout, card: Card, fault: Fault, tally: Tally, now: datetime) -> None:
    tally.faults.append(Fault(f"{card.id}: {fault.what}", fault.where))
    lookout.state.tell(Event(now, card.id, "fault", fault.what))


def _done(lookout: Lookout, card: Card, seen: Visits, now: datetime, shown: tuple[int, ...]) -> None:
    told = replace(seen, last_try=now, last_ok=now, failures=0, fault="", found=(*seen.found, *shown),
                   next_due=after_success(card, now, lookout.dice()))
    _note(lookout, card, told, now)


def _note(lookout: Lookout, card: Card, seen: Visits, now: datetime) -> None:
    """Remember a visit, and tell it once where a source fell silent, drifts, fails or is well again."""
    told = health(card, seen, now)
    if told is not seen.health and not (seen.health is Health.NEW and told is Health.WELL):
        lookout.state.tell(Event(now, card.id, str(told), say_health(card, seen, told, now)))
    lookout.state.keep_visits(card.id, replace(seen, health=told))
