"""How long a word is believed, how near in time two words are one, and how many strangers make a witness."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Policy:
    """What knowledge/policy.toml tunes. All times are spans of time; `agreeing_outlets` counts different publishers.

    asylum_presumed: countries (ISO) on whose side an open point is presumed to take applications for asylum where nobody told
    otherwise, each with the first day (ISO) on which that no longer holds, "" = it still does.
    """

    report_ages: timedelta = timedelta(days=365)
    pending_ages: timedelta = timedelta(days=60)
    late: timedelta = timedelta(days=14)
    echo_window: timedelta = timedelta(hours=72)
    start_window: timedelta = timedelta(hours=12)
    retold: timedelta = timedelta(hours=36)
    short: timedelta = timedelta(days=7)
    presumed: timedelta = timedelta(days=21)
    same_day: timedelta = timedelta(hours=12)
    low_confidence: float = 0.5
    agreeing_outlets: int = 2
    curated_is_known: bool = True
    asylum_presumed: Mapping[str, str] = field(default_factory=dict)


def parse_policy(text: str) -> Policy:
    """The policy told by policy.toml; what it leaves out keeps its default. Raises ValueError (a plain sentence)."""
    try:
        told = tomllib.loads(text)
    except tomllib.TOMLDecodeError as bad:
        raise ValueError(f"policy.toml cannot be read: {bad}") from bad
    ages, echo, orders, trust, asylum = (told.get(part, {}) for part in ("ages", "echo", "orders", "trust", "asylum"))
    usual = Policy()
    return Policy(
        report_ages=_time(ages, "report_days", usual.report_ages),
        pending_ages=_time(ages, "pending_days", usual.pending_ages),
        late=_time(ages, "late_days", usual.late),
        echo_window=_time(echo, "window_hours", usual.echo_window),
        start_window=_time(echo, "start_hours", usual.start_window),
        retold=_time(echo, "retold_hours", usual.retold),
        short=_time(orders, "short_days", usual.short),
        presumed=_time(orders, "presumed_days", usual.presumed),
        same_day=_time(orders, "same_day_hours", usual.same_day),
        low_confidence=float(trust.get("low_confidence", usual.low_confidence)),
        agreeing_outlets=max(2, int(trust.get("agreeing_outlets", usual.agreeing_outlets))),
        curated_is_known=bool(trust.get("curated_is_known", usual.curated_is_known)),
        asylum_presumed=_days(asylum.get("presumed_until", {})))


def _days(told: object) -> dict[str, str]:
    """Country to ISO day or ""; raises ValueError (a plain sentence) for anything else."""
    if not isinstance(told, dict) or not all(isinstance(day, str) and re.fullmatch(r"(\d{4}-\d\d-\d\d)?", day) for day in told.values()):
        raise ValueError("policy.toml: [asylum] presumed_until takes a day such as \"2024-07-22\", or \"\", for each country")
    return {str(country): str(day) for country, day in told.items()}


def _time(part: dict[str, object], name: str, usual: timedelta) -> timedelta:
    """A length told in days or hours, as the name says; raises ValueError for what is no number or below nought."""
    told = part.get(name)
    if told is None:
        return usual
    if not isinstance(told, (int, float)) or isinstance(told, bool) or told < 0:
        raise ValueError(f"policy.toml: {name} = {told!r} is not a length of time in {name.rsplit('_', 1)[1]}")
    return timedelta(hours=told) if name.endswith("_hours") else timedelta(days=told)
