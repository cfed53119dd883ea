"""Crossing-days right when it mattered: the texts go one by one into an empty house, and each day's board is held against what was so.

usage: python evals/days.py [--errors] [--window DAYS] [FOLDER ...]

Asked are the days near a real change of a cell (tests/cases/crossing_days*.txt and timelines.txt): the board at noon, from what had
been published by nine that evening. Beside it stand plain ways to do the same, and what a planted false report would cost: nothing, or the
exit code is 1.
"""

from __future__ import annotations

import argparse
import json
import re
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from pasvik.app import answer, collect
from pasvik.app.settings import Settings
from pasvik.app.wiring import House, open_house, read_record
from pasvik.gazetteer.names import find_names
from pasvik.terms.capture import Fault
from pasvik.terms.claim import Commitment, Status
from pasvik.terms.moment import Grain, Moment, moment, zone_info
from pasvik.terms.place import Lane, lanes_of
from pasvik.terms.question import Question
from pasvik.terms.statement import Statement

HERE = Path(__file__).parent
CASES = HERE.parent / "tests" / "cases"
DAY = timedelta(days=1)
SURE = ("right", "near", "wrong", "unknown")
SHUT = re.compile(r"\b(clos(?:ed|es|ing|ure)|shut(?:s|ting)?|shuttered|suspended)\b", re.IGNORECASE)
OPEN = re.compile(r"\b(open(?:ed|s)?|reopen(?:ed|s)?)\b", re.IGNORECASE)
SENTENCE = re.compile(r"[^.!?\n]+")
PLANTED = (
    "The government has decided to {deed} all border crossing points with Russia with immediate effect, the interior ministry said. "
    "{names} {are} as of today.")
Cell = tuple[str, Lane]
Truth = dict[Cell, dict[date, str]]


@dataclass(frozen=True, slots=True)
class Text:
    """One text of the corpus with when and by whom it was published."""

    name: str
    data: bytes
    published: str
    publisher: str | None


def truth() -> Truth:
    """What was so at noon of each day, from the hand-made cases of the tests."""
    found: Truth = {}
    for name, lane in (("crossing_days.txt", Lane.CAR), ("crossing_days_asylum.txt", Lane.ASYLUM)):
        for crossing, first, last, state in (line.split() for line in _lines(name)):
            day, end = date.fromisoformat(first), date.fromisoformat(last)
            for step in range((end - day).days + 1):
                found.setdefault((crossing, lane), {})[day + step * DAY] = state
    for line in _lines("timelines.txt"):
        crossing, told_lane, known, end_day, *rest = line.split()
        cell = crossing, Lane(told_lane)
        if known != "-" or cell in found:
            continue
        turns = [(datetime.fromisoformat(at), state) for state, at in (turn.split() for turn in " ".join(rest).split(", "))]
        day = turns[0][0].date() + (DAY if turns[0][0].time() > time(12) else timedelta(0))
        while day < date.fromisoformat(end_day):
            noon = datetime.combine(day, time(12))
            found.setdefault(cell, {})[day] = [state for at, state in turns if at <= noon][-1]
            day += DAY
    return found


def _lines(name: str) -> list[str]:
    return [line for line in (CASES / name).read_text(encoding="utf-8").splitlines() if line.strip() and not line.startswith("#")]


def near_changes(so: Truth, window: int) -> dict[date, list[Cell]]:
    """The cells asked of each day: within `window` days of a change of their own."""
    asked: dict[date, set[Cell]] = {}
    for cell, days in so.items():
        for day, state in days.items():
            if days.get(day - DAY, state) != state:
                for step in range(-window, window + 1):
                    if day + step * DAY in days:
                        asked.setdefault(day + step * DAY, set()).add(cell)
    return {day: sorted(cells) for day, cells in sorted(asked.items())}


def texts(folders: Iterable[Path]) -> list[Text]:
    """The dated texts, oldest first."""
    found = []
    for path in (one for folder in folders for one in sorted(folder.glob("*.gold.json"))):
        gold = json.loads(path.read_text(encoding="utf-8"))
        if gold.get("published"):
            text = path.with_name(path.name.replace(".gold.json", ".txt"))
            found.append(Text(text.name, text.read_bytes(), gold["published"], gold.get("publisher")))
    return sorted(found, key=lambda text: (moment(text.published).start, text.name))


def planted(house: House, so: Truth) -> list[Text]:
    """False reports of one outlet that nobody knows: on the day after each change, the opposite of what is so."""
    found = []
    for cell, days in so.items():
        for day, state in days.items():
            if days.get(day - DAY, state) != state and state in ("open", "closed"):
                name = house.gazetteer.crossings[cell[0]].side_a.name
                deed, are = ("reopen", "is open") if state == "closed" else ("close", "is closed")
                words = PLANTED.format(deed=deed, names=name, are=are)
                found.append(Text(f"planted-{cell[0]}-{day}.txt", words.encode(), f"{day + DAY}T08:00+02:00", "The Planted Post"))
    return found


def house_of(corpus: Iterable[Text], home: Path) -> House:
    """An empty house into which the texts were read one by one."""
    house = open_house(Settings(home=home, record=False, now="2026-11-25T12:00+00:00"), keep=True)
    for text in corpus:
        told = collect.add(house, text.data, text.name, text.published, text.publisher)
        if isinstance(told, Fault):
            print(f"{text.name}: {told.what}")
    return house


def by_board(house: House) -> Callable[[date], dict[Cell, str]]:
    """The board's own states of a day."""
    def states(day: date) -> dict[Cell, str]:
        drawn = answer.board(house, Question(_at(day, 12), _at(day, 21)))
        assert not isinstance(drawn, Fault), drawn
        return {(cell.crossing, cell.lane): str(cell.state) for cell in drawn.cells if cell.direction == "both"}
    return states


def by_latest_mention(house: House) -> Callable[[date], dict[Cell, str]]:
    """Whatever the newest text says of a crossing is believed, whoever says it and however firmly it is put."""
    said = [one.statement for one in house.ledger.by_kind("status", curated=False)]
    said = sorted((one for one in said if one.source.published), key=lambda one: (_told(one), one.id))

    def states(day: date) -> dict[Cell, str]:
        found: dict[Cell, str] = {}
        for one in said:
            claim = one.claim
            if isinstance(claim, Status) and _told(one) <= _at(day, 21).start:
                found.update({(name, lane): str(claim.state) for name in claim.crossings for lane in lanes_of(claim.lanes)})
        return found
    return states


def by_keyword(house: House, corpus: Iterable[Text]) -> Callable[[date], dict[Cell, str]]:
    """A name of the gazetteer and a word for open or shut in one sentence; the newest counts, for cars and for asylum alike."""
    said: list[tuple[datetime, str, str]] = []
    for text in corpus:
        for sentence in SENTENCE.findall(text.data.decode("utf-8", "replace")):
            word = "closed" if SHUT.search(sentence) else "open" if OPEN.search(sentence) else ""
            names = {name for hit in find_names(sentence, house.gazetteer) for name in hit.ids} if word else set()
            said += [(moment(text.published).start, name, word) for name in sorted(names)]
    said.sort(key=lambda one: one[0])

    def states(day: date) -> dict[Cell, str]:
        return {(name, lane): word for told, name, word in said if told <= _at(day, 21).start for lane in Lane}
    return states


def score(asked: dict[date, list[Cell]], so: Truth, states: Callable[[date], dict[Cell, str]], show: bool = False) -> dict[tuple[date, Cell], str]:
    """The verdict on every asked day of every cell."""
    found = {}
    for day, cells in asked.items():
        said = states(day)
        for cell in cells:
            want, got = so[cell][day], said.get(cell, "unknown")
            found[day, cell] = verdict(want, got)
            if show and found[day, cell] in ("wrong", "unknown"):
                print(f"{day} {cell[0]} {cell[1]}: {got}, not {want}")
    return found


def verdict(want: str, got: str) -> str:
    """right, near (open against restricted), wrong, or unknown (lapsed too: it claims nothing)."""
    if want == got:
        return "right"
    if got in ("unknown", "lapsed"):
        return "unknown"
    return "near" if {want, got} == {"open", "restricted"} else "wrong"


def hours_late(house: House, corpus: Iterable[Text], so: Truth) -> str:
    """How long after the first official notice of a change (as our record by hand has it) a text came from which the board knew of it.

    The board of the first noon after the change is asked as of each text's publication. A notice of which only the day is kept counts
    from its midnight. Changes that the board did not know of within a week are counted apart.
    """
    notices = _notices()
    told = sorted({moment(text.published).start for text in corpus})
    late, never, unnoted = [], 0, 0
    for cell, days in so.items():
        for day in (day for day, state in days.items() if days.get(day - DAY, state) != state):
            notice = notices.get((cell, day))
            if notice is None:
                unnoted += 1
                continue
            seen = next((at for at in told if notice - DAY <= at <= notice + 14 * DAY and at <= _at(day + 7 * DAY, 12).start
                         and _state(house, cell, day, at) == days[day]), None)
            never += seen is None
            late += [max(0.0, (seen - notice).total_seconds() / 3600)] if seen else []
    late.sort()
    middle = f"{late[len(late) // 2]:.0f} h in the middle, {late[-1]:.0f} h at most" if late else "none"
    return f"from the first official notice to the board: {middle} ({len(late)} changes seen, {never} never, {unnoted} without a notice on record)"


def _notices() -> dict[tuple[Cell, date], datetime]:
    """When each change was first published: by cell and the first day at whose noon it held, from the record kept by hand."""
    found: dict[tuple[Cell, date], datetime] = {}
    for _, statement in read_record(Settings(home=HERE))[0]:
        claim, published = statement.claim, statement.source.published
        if isinstance(claim, Status) and published and claim.span.start and claim.commitment is Commitment.ORDERED:
            begins = claim.span.start.local
            day = begins.date() + (DAY if begins.time() > time(12) else timedelta(0))
            # Who shuts the road shuts it for asylum too.
            lanes = {*lanes_of(claim.lanes), *([Lane.ASYLUM] if "all" in claim.lanes else [])}
            for key in (((name, lane), day) for name in claim.crossings for lane in lanes):
                found[key] = min(found.get(key, published.start), published.start)
    return found


def _state(house: House, cell: Cell, day: date, known: datetime) -> str:
    drawn = answer.board(house, Question(_at(day, 12), Moment(known), crossing=cell[0], lane=cell[1]))
    assert not isinstance(drawn, Fault), drawn
    return next((str(one.state) for one in drawn.cells if one.direction == "both"), "unknown")


def _at(day: date, hour: int) -> Moment:
    zone = "Europe/Helsinki"
    return Moment(datetime.combine(day, time(hour), zone_info(zone)), Grain.MINUTE, zone)


def _told(statement: Statement) -> datetime:
    assert statement.source.published
    return statement.source.published.start


def main() -> None:
    """Print one line for the board, one for each plain way, and what the planted reports cost."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="*", type=Path, default=[HERE / "texts"])
    parser.add_argument("--window", type=int, default=7)
    parser.add_argument("--errors", action="store_true")
    chosen = parser.parse_args()
    corpus, so = texts(chosen.folder), truth()
    asked = near_changes(so, chosen.window)
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as two:
        house = house_of(corpus, Path(one))
        board = score(asked, so, by_board(house), chosen.errors)
        commonest = Counter(so[cell][day] for day, cells in asked.items() for cell in cells).most_common(1)[0][0]
        ways = {
            "board": board,
            f"constant: always {commonest}": score(asked, so, lambda day: dict.fromkeys(so, commonest)),
            "persistence: yesterday's truth": score(asked, so, lambda day: {cell: days.get(day - DAY, "unknown") for cell, days in so.items()}),
            "latest mention wins": score(asked, so, by_latest_mention(house)),
            "keyword and gazetteer": score(asked, so, by_keyword(house, corpus))}
        print(f"{len(corpus)} texts, {len(board)} crossing-days within {chosen.window} days of a change\n")
        for name, found in ways.items():
            tally = Counter(found.values())
            print(f"{name:34}" + "  ".join(f"{word} {tally[word] / len(found):.3f}" for word in SURE))
        print(f"\n{hours_late(house, corpus, so)}")
        lies = planted(house, so)
        worse = score(asked, so, by_board(house_of(sorted([*corpus, *lies], key=lambda text: moment(text.published).start), Path(two))))
        cost = sum(board[key] == "right" and worse[key] != "right" for key in board)
        print(f"{len(lies)} planted false reports of one unknown outlet cost {cost} crossing-days")
    if cost:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
