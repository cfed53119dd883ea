"""What the address asks: which crossings, which kind of traffic, and where the clocks stand."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

from pasvik.app.clocks import EARLIEST, HOME_ZONE, LATEST, instant, question
from pasvik.terms.capture import Fault
from pasvik.terms.claim import State
from pasvik.terms.moment import Moment, moment
from pasvik.terms.question import Question
from pasvik.web.words import carried

CLOCKS = ("at", "known", "basis")
FILTERS = ("border", "lane", "state", "since")
FILTERED = ("/", "/board.json", "/timeline.json", "/changes", "/changes.json", "/follow", "/follow.json", "/claims", "/claims.json")
LONGEST = 64                                                    # characters of one value in an address
# The days a newcomer should see, by the key of their label: (key, holds at, known by).
PRESETS = (
    ("first", "2023-11-20", "2023-11-20"), ("story", "2023-11-25", "2023-11-25"),
    ("whole", "2023-11-30", "2023-11-30"), ("two", "2023-12-15", "2023-12-15"))

# Stretches of time that the timeline offers, by the key of their label; it adds the whole record and the last months itself.
STRETCHES = (("autumn", "2023-10-15", "2024-02-15"),)


@dataclass(frozen=True, slots=True)
class Asked:
    """A read address: `question` for app, `written` as the person wrote it (for links), and filters that only pages have.

    state and since: filters of the page alone; mode: replay, hindsight, ahead or today; now: the moment of asking.
    """

    question: Question
    written: Mapping[str, str]
    now: datetime
    state: State | None = None
    since: Moment | None = None
    mode: str = "today"

    def instant(self, zone: str = HOME_ZONE) -> datetime:
        """The instant (UTC) that "holds at" means at a place."""
        return instant(self.question.at, zone) or self.now


def read_asked(params: Mapping[str, str], now: datetime, borders: Collection[str]) -> Asked | Fault:
    """The question in an address, or one plain sentence that says what cannot be. borders: those of the gazetteer."""
    written = {name: params[name].strip() for name in (*CLOCKS, *FILTERS) if params.get(name, "").strip()}
    for name, value in written.items():
        if len(value) > LONGEST:
            return Fault(f"{name}: {len(value)} characters are too many; at most {LONGEST}", name)
    place = _place(written.get("border"), borders)
    basis = _basis(written.get("basis"))
    state = _state(written.get("state"))
    since = _since(written.get("since"))
    for part in (place, basis, state, since):
        if isinstance(part, Fault):
            return part
    assert not isinstance(place, Fault)
    assert not isinstance(basis, Fault)
    assert not isinstance(state, Fault)
    assert not isinstance(since, Fault)
    asking = question(now, written.get("at"), written.get("known"), basis, place, None, written.get("lane"))
    if isinstance(asking, Fault):
        return asking
    return Asked(asking, written, now, state, since, _mode(asking, written, now))


def address(asked: Asked | None, path: str, **changes: str | None) -> str:
    """A path with the clocks of this address (and, on pages that have them, its filters); a change of None takes a value away."""
    kept = dict(asked.written) if asked else {}
    if path not in FILTERED:
        kept = {name: value for name, value in kept.items() if name in CLOCKS}
    for name, value in changes.items():
        kept.pop(name, None)
        if value:
            kept[name] = value
    language = carried()
    if language:
        kept.setdefault("lang", language)
    return f"{path}?{urlencode(kept)}" if kept else path


def day_of(asked: Asked, clock: str) -> str:
    """The day a clock stands on, as 2023-11-25, for a date field; empty where the clock is left out or stands at now."""
    if clock not in asked.written or asked.written[clock].lower() in ("now", "today"):
        return ""
    told = asked.question.at if clock == "at" else asked.question.known
    return f"{told.local:%Y-%m-%d}" if told else ""


def stepped(asked: Asked, path: str, days: int) -> str | None:
    """The same page with every clock that is set moved by whole days; None at the edge of the calendar or when no clock is set."""
    moved: dict[str, str | None] = {}
    for clock in ("at", "known"):
        day = day_of(asked, clock)
        if day:
            there = datetime.fromisoformat(day) + timedelta(days=days)
            if not EARLIEST <= there.year <= LATEST:
                return None
            moved[clock] = f"{there:%Y-%m-%d}"
    return address(asked, path, basis=None, **moved) if moved else None


def cited(asked: Asked, path: str, basis: int) -> str:
    """The address under which this very view can be opened again: every clock is named, the ledger's position too."""
    at = asked.question.at.iso() if asked.question.at else None
    known = asked.question.known.iso() if asked.question.known else None
    return address(asked, path, at=at, known=known, basis=str(basis if asked.question.basis is None else asked.question.basis))


def fixed_for_ever(asked: Asked) -> bool:
    """Whether the address names a ledger position and fixed moments, so that its answer can never change."""
    fluid = ("now", "today")
    return (asked.question.basis is not None and asked.written.get("at", "now").lower() not in fluid
            and asked.written.get("known", "").lower() not in fluid)


def _mode(asking: Question, written: Mapping[str, str], now: datetime) -> str:
    if asking.known is not None and asking.known.start < now - timedelta(days=1):
        return "replay"
    if written.get("at", "now").lower() in ("now", "today") or asking.at is None:
        return "today"
    there = asking.at.local.date()
    today = now.astimezone(UTC).date()
    return "today" if abs((there - today).days) < 1 else "hindsight" if there < today else "ahead"


def _place(words: str | None, borders: Collection[str]) -> str | Fault | None:
    """A border (FI-RU) or a country (FI) of the gazetteer."""
    if not words:
        return None
    code = "-".join(sorted(words.upper().replace("_", "-").split("-")))
    if code in borders or code in {country for border in borders for country in border.split("-")}:
        return code
    return Fault(f"there is no border {words!r} in the gazetteer; there are {', '.join(sorted(borders))}", "border")


def _basis(words: str | None) -> int | Fault | None:
    if words is None:
        return None
    if not (words.isascii() and words.isdigit() and len(words) <= 15):
        return Fault(f"basis: {words!r} is not a position in the ledger (a whole number)", "basis")
    return int(words)


def _state(words: str | None) -> State | Fault | None:
    if words is None:
        return None
    if words.lower() not in list(State):
        return Fault(f"there is no state {words!r}; the states are {', '.join(State)}", "state")
    return State(words.lower())


def _since(words: str | None) -> Moment | Fault | None:
    if words is None:
        return None
    try:
        return moment(words, HOME_ZONE)
    except ValueError as bad:
        return Fault(f"since: {bad}", "since")
