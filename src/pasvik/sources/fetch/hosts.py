"""How often one host is asked: a pause between two requests, a budget for the day, and quiet when it says it is busy."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

SLOWEST = timedelta(minutes=2)                                  # the longest pause waited out inside one fetch; a longer one means: not now


@dataclass(slots=True)
class Host:
    """What is remembered of a host: requests made on `day`, when the last was made and until when it wants quiet (UTC)."""

    day: date | None = None
    requests: int = 0
    last: datetime | None = None
    quiet_until: datetime | None = None


@dataclass(slots=True)
class Hosts:
    """The hosts asked so far, by name."""

    known: dict[str, Host] = field(default_factory=dict)

    def of(self, name: str) -> Host:
        """What is remembered of a host."""
        return self.known.setdefault(name, Host())

    def ready_at(self, name: str, pause: timedelta, now: datetime) -> datetime:
        """The first instant (UTC) at which this host may be asked again."""
        host = self.of(name)
        ready = host.last + pause if host.last else now
        return max(ready, host.quiet_until or ready)

    def has_budget(self, name: str, budget: int, now: datetime) -> bool:
        """Whether today's requests to this host leave room for one more."""
        host = self.of(name)
        return host.day != now.date() or host.requests < budget

    def count(self, name: str, now: datetime) -> None:
        """Note that the host is asked now."""
        host = self.of(name)
        if host.day != now.date():
            host.day, host.requests = now.date(), 0
        host.requests += 1
        host.last = now

    def hush(self, name: str, until: datetime) -> None:
        """Note that the host asked for quiet until then."""
        host = self.of(name)
        host.quiet_until = max(until, host.quiet_until or until)
