"""One round of collecting: every source that is due and every page that waits, host by host, so that one slow site holds nobody up."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from datetime import timedelta
from urllib.parse import urlsplit

from pasvik.app.gather.lookout import Lookout
from pasvik.app.gather.visit import Tally, Task, missed, page_task, read_page, tasks_of, visit
from pasvik.sources.catalogue import Card
from pasvik.sources.due import Visits, due
from pasvik.sources.fetch.fetch import Missed
from pasvik.sources.state import Event, Seen
from pasvik.terms.capture import Fault

# What libraries raise over a page that nobody foresaw. One such page must not stop the round; anything else is ours and must.
# (The parser of pages raises kinds of SyntaxError.)
ODD = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError, AssertionError, SyntaxError)
NAP = timedelta(seconds=20)                                     # between two looks whether to go on
TOO_LONG = timedelta(minutes=10)                                # a host that wants more quiet than this is left for a later round


def collect(lookout: Lookout, cards: Iterable[Card] | None = None, keep_going: Callable[[], bool] = lambda: True) -> Tally:
    """Visit the sources that are due (or just `cards`, due or not) and read the pages that wait. keep_going is asked before each step."""
    tally, now = Tally(), lookout.fetcher.clock.now()
    visits = lookout.state.visits()
    chosen = tuple(cards) if cards is not None else due(lookout.cards, visits, now)
    mine = {card.id: card for card in (chosen if cards is not None else lookout.cards) if cards is not None or visits.get(card.id, Visits()).is_on}
    waiting: dict[str, deque[Task]] = {}
    for card in chosen:
        _line_up(waiting, tasks_of(lookout, card, visits.get(card.id, Visits())))
    _line_up(waiting, [page_task(mine[page.source], page) for page in lookout.state.revisits(list(mine), now)])
    while waiting and keep_going():
        host = min(waiting, key=lambda name: lookout.fetcher.ready_at(waiting[name][0].ask))
        wait = lookout.fetcher.ready_at(waiting[host][0].ask) - lookout.fetcher.clock.now()
        if wait > TOO_LONG:
            del waiting[host]                                   # nothing of it is lost: it stays due, and its pages stay noted
            continue
        if wait > timedelta(0):
            lookout.fetcher.clock.sleep(min(wait, NAP).total_seconds())
            continue
        task = waiting[host].popleft()
        if not waiting[host]:
            del waiting[host]
        _line_up(waiting, _step(lookout, task, tally, keep_going))
        if host in lookout.fetcher.hosts.known:
            lookout.state.keep_host(host, lookout.fetcher.hosts.of(host))
    return tally


def _line_up(waiting: dict[str, deque[Task]], tasks: Iterable[Task]) -> None:
    for task in tasks:
        waiting.setdefault("" if task.card.is_local else _host(task.ask.url), deque()).append(task)


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def _step(lookout: Lookout, task: Task, tally: Tally, keep_going: Callable[[], bool]) -> list[Task]:
    """Do one thing. What a page breaks is told and noted, so that it is not broken again at once."""
    seen = lookout.state.visits().get(task.card.id, Visits()) if task.page is None else Visits()
    try:
        if task.page is None:
            return visit(lookout, task, seen, tally, keep_going)
        read_page(lookout, task, tally)
    except ODD as bad:
        why = f"{task.ask.name} broke our reader: {type(bad).__name__}: {bad}"[:400]
        if task.page is None:
            missed(lookout, task.card, seen, Missed(why, task.ask.name), tally)
        else:
            _give_up(lookout, task.card, task.page, why, tally)
    return []


def _give_up(lookout: Lookout, card: Card, page: Seen, why: str, tally: Tally) -> None:
    now = lookout.fetcher.clock.now()
    tally.faults.append(Fault(why, card.id))
    lookout.state.tell(Event(now, card.id, "fault", why))
    lookout.state.keep_page(Seen(page.key, page.url, page.source, page.first_seen, page.published, page.visits + 1, None, words=page.words,
                              document=page.document, failures=page.failures + 1))
