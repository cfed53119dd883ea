"""Looks an instance over before it runs: closures that shut a source in or name nobody, rows that do nothing, places out of reach."""

from __future__ import annotations

from collections.abc import Mapping

from pasvik.scenario.flee.closures import CAMP_KINDS, REDIRECTION, ROAD_KINDS, misapplied, roads_of, touched
from pasvik.scenario.flee.folder import CLOSURES, LOCATIONS, ROUTES, Closure, Instance
from pasvik.scenario.flee.plan import camp_names
from pasvik.scenario.flee.rows import ERROR, WARNING, Finding, nearest

KINDS = (*ROAD_KINDS, *CAMP_KINDS, REDIRECTION)
UNREAD = ("major_routes.csv", "region_attributes_IPC.csv", "flood_level.csv")
PERSONS = ("demographics_", "tribes", "religion")


def lint(instance: Instance, texts: Mapping[str, str]) -> list[Finding]:
    """Everything that deserves a word, beyond what the parser found."""
    found = [Finding(WARNING, name, 0, "is not read: no published instance needs it") for name in UNREAD if name in texts]
    found += [Finding(WARNING, name, 0, "describes persons and is not read") for name in sorted(texts)
              if any(word in name.rpartition("/")[2] for word in PERSONS)]
    if "agents.csv" in texts and not instance.settings.spawn.read_from_agents_csv_file:
        found.append(Finding(WARNING, "agents.csv", 0, "is not read: spawn_rules.read_from_agents_csv_file is not set"))
    for closure in instance.closures:
        found += _closure(closure, instance)
    found += _sealed(instance)
    found += _redirections(instance)
    found += _reach(instance)
    found += _camps(instance)
    return found


def _closure(closure: Closure, instance: Instance) -> list[Finding]:
    """What is odd about one row of closures.csv."""
    found: list[Finding] = []
    places, countries = {place.name for place in instance.places}, {place.country for place in instance.places}

    def say(what: str, *readings: str, level: str = WARNING) -> None:
        found.append(Finding(level, CLOSURES, closure.line, what, readings))

    if closure.kind not in KINDS:
        say(f"closure type {closure.kind!r} is unknown and closes nothing{nearest(closure.kind, KINDS)}", level=ERROR)
        return found
    known = countries if closure.kind == "country" else places
    for name in (closure.first, closure.second) if closure.kind in ("country", "link", REDIRECTION) else (closure.first,):
        if name not in known:
            what = "country" if closure.kind == "country" else "place"
            say(f"{what} {name!r} is not in {LOCATIONS}{nearest(name, known)}", level=ERROR)
    if closure.kind == "link":
        say("a link closure", "closes the road both ways", "the peer closes nothing and says so only on its error stream")
    elif misapplied(closure, instance):
        count = len(touched(closure, roads_of(instance, False), {}, False)) // 2
        say(f"a location closure that names a neighbouring place: all {count} roads of {closure.first} close, not only the one to {closure.second}",
            f"all roads of {closure.first} (as written; the peer's reading)", f"only the road {closure.first} - {closure.second} (--narrow)")
    elif closure.kind == "location" and closure.second:
        say(f"{closure.second!r} is not used: a location closure closes all roads of {closure.first}")
    found += _span(closure, instance)
    return found


def _span(closure: Closure, instance: Instance) -> list[Finding]:
    """What is odd about the days of a closure."""
    said = []
    if closure.start >= instance.length:
        said.append(f"begins on day {closure.start}, after the run of {instance.length} days, and closes nothing")
    if closure.start < 0:
        said.append(f"begins on day {closure.start}: it holds from the first day (the peer never closes it)")
    if closure.end == closure.start:
        said.append("ends on the day it begins and closes nothing")
    elif 0 < closure.raw_end < closure.start:
        said.append(f"ends on day {closure.raw_end}, before it begins on day {closure.start}: it is read as never ending")
    return [Finding(WARNING, CLOSURES, closure.line, what) for what in said]


def _sealed(instance: Instance) -> list[Finding]:
    """Conflict places whose every road is closed by a row, so that whoever flees there cannot leave."""
    roads, country = roads_of(instance, False), {place.name: place.country for place in instance.places}
    sources = {place.name for place in instance.places if place.kind == "conflict"}
    found = []
    for closure in instance.closures:
        if closure.kind not in ROAD_KINDS or closure.share > 0:
            continue
        shut = set(touched(closure, roads, country, False))
        for source in sorted(sources):
            ways = {index for index, road in enumerate(roads) if road.start == source}
            if ways and ways <= shut and closure.end != closure.start:
                until = f"day {closure.end}" if closure.end is not None else "the end"
                found.append(Finding(WARNING, CLOSURES, closure.line, f"shuts in the conflict place {source} from day {closure.start} to {until}: "
                                     "nobody who is displaced there can leave"))
    return found


def _redirections(instance: Instance) -> list[Finding]:
    """Forced redirections, which the peer reads and never follows."""
    found = []
    for route in instance.routes:
        if route.redirect:
            first, last = (route.start, route.end) if route.redirect == 2 else (route.end, route.start)
            found.append(Finding(WARNING, ROUTES, route.line, f"forced redirection {route.redirect}", (
                f"everybody who leaves {first} is sent to {last} while it has room (the documentation's reading)",
                "the peer since version 3 sends nobody" + (", and lays this road twice" if route.redirect == 1 else ""))))
    return found


def _reach(instance: Instance) -> list[Finding]:
    """Places that no road joins, and a network in pieces."""
    near: dict[str, set[str]] = {place.name: set() for place in instance.places}
    for route in instance.routes:
        near[route.start].add(route.end)
        near[route.end].add(route.start)
    lines = {place.name: place.line for place in instance.places}
    found = [Finding(WARNING, LOCATIONS, lines[name], f"{name} has no road") for name, others in near.items() if not others]
    left = {name for name, others in near.items() if others}
    pieces = []
    while left:
        piece, edge = set(), [min(left)]
        while edge:
            name = edge.pop()
            if name not in piece:
                piece.add(name)
                edge += near[name]
        pieces.append(sorted(piece))
        left -= piece
    if len(pieces) > 1:
        small = min(pieces, key=len)
        found.append(Finding(WARNING, ROUTES, 0, f"the network is in {len(pieces)} pieces; the smallest holds {', '.join(small[:5])}"))
    return found


def _camps(instance: Instance) -> list[Finding]:
    """Camps without a register, registers without a camp, and capacities that mean no limit."""
    camps, registered = camp_names(instance), instance.register.camps
    lines = {place.name: place for place in instance.places}
    found = [Finding(WARNING, LOCATIONS, lines[camp].line, f"{camp} has no row in data_layout.csv: it is left out of the error") for camp in camps
             if camp not in registered and registered]
    found += [Finding(WARNING, "source_data/data_layout.csv", 0, f"{name!r} is no camp of {LOCATIONS}{nearest(name, camps)}: its people are displaced, "
                      "and it is left out of the error") for name in registered if name not in camps]
    found += [Finding(WARNING, LOCATIONS, lines[camp].line, f"{camp} has capacity 0", ("no limit, as the peer reads it", "full, as its documentation says"))
              for camp in camps if lines[camp].amount == 0]
    return found
