"""Tries a source without keeping anything: does it answer, and does its page hold what its card says?"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pasvik.app.collect import read_bytes
from pasvik.app.gather.lookout import Lookout
from pasvik.app.gather.visit import found_on, tasks_of
from pasvik.sources.catalogue import Card, How
from pasvik.sources.due import Visits
from pasvik.sources.fetch.fetch import Missed
from pasvik.sources.leads.folder import letters, walk
from pasvik.sources.leads.lead import Item
from pasvik.sources.tables.read import read_table
from pasvik.terms.capture import Fault


@dataclass(frozen=True, slots=True)
class Trial:
    """What a source showed: a sentence, examples of what it would lead to, and what was wrong."""

    good: bool
    words: str
    examples: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()


def try_source(lookout: Lookout, card: Card) -> Trial:
    """Ask a source once (a table that is asked place by place: its first place) and say what came."""
    if card.needs and not lookout.key(card):
        return Trial(False, f"{card.id} needs a key in the environment variable {card.needs}")
    if card.is_local:
        return _local(lookout, card)
    task = tasks_of(lookout, card, Visits())[0]
    page = lookout.fetcher.get(task.ask)
    if isinstance(page, Missed):
        return Trial(False, f"{card.id} did not answer as it should: {page.what}")
    now = lookout.fetcher.clock.now()
    if card.how is How.TABLE:
        table = read_table(card, page.body, now, task.place)
        return Trial(bool(table.rows), f"{card.id} shows {len(table.rows)} rows", tuple(row.words for row in table.rows[:5]), table.faults)
    if card.how is How.PAGE:
        told = read_bytes(lookout.house.reader, page.body, page.url, None, card.publisher, page.url)
        if isinstance(told, Fault):
            return Trial(False, f"{card.id} cannot be read: {told.what}")
        quotes = tuple(one.evidence.quote for one in told[1].statements[:5])
        return Trial(True, f"{card.id} holds {len(told[0].text)} signs of text and {len(told[1].statements)} statements", quotes)
    found = found_on(card, page, now)
    wanted = [lead for lead in found.leads if card.wants(lead.title, lead.summary, lead.url)]
    examples = tuple(f"{lead.published.iso() if lead.published else 'no date'}  {lead.title or lead.url}" for lead in wanted[:5])
    return Trial(bool(found.shown), f"{card.id} shows {found.shown} entries, {len(wanted) + len(found.items)} of them wanted", examples, found.faults)


def _local(lookout: Lookout, card: Card) -> Trial:
    path = Path(card.address).expanduser()
    if card.how is How.WARC:
        return Trial(path.exists(), f"{path} {'is there' if path.exists() else 'is not there'}")
    items = list(walk(path) if card.how is How.FOLDER else letters(path, lookout.fetcher.clock.now()))
    good = [item for item in items if isinstance(item, Item)]
    return Trial(bool(good), f"{card.id} holds {len(good)} texts", tuple(item.name for item in good[:5]),
                 tuple(item for item in items if isinstance(item, Fault)))
