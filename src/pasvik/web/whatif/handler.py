"""`/whatif`: choose crossings to shut or open, what the other side does and the demand; see bands, the past, and where asylum can be asked for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from pasvik.app import answer
from pasvik.app.clocks import question
from pasvik.app.whatif.ask import KINDS, WHOLE, Words, asked
from pasvik.app.whatif.backtest import Backtest, verdict, warm, weigh
from pasvik.app.whatif.border import Asked, Consequence
from pasvik.app.whatif.shape import address, backtest_to_json, consequence_to_json, dates_of
from pasvik.app.wiring import House
from pasvik.scenario.border.bands import envelope
from pasvik.situation.board import lanes_served
from pasvik.terms.capture import Fault
from pasvik.terms.place import ROAD_LANES, Crossing, Lane
from pasvik.terms.status import Cell
from pasvik.web import page
from pasvik.web.whatif.chart import Chart, chart
from pasvik.web.words import carried, say

LONGEST, MOST_VALUES = 64, 60                                   # characters of a value, values in an address
MOST_FUTURES, MOST_DAYS = 1000, 30                              # for visitors; the command goes further
HOME_BORDER = "FI-RU"
LANES = (Lane.ASYLUM, Lane.CAR, Lane.TRUCK, Lane.BUS)
EXAMPLES = (
    ("last", "close=raja-jooseppi&from=2023-11-30&known=2023-11-27"),
    ("three", "close=salla&close=vartius&close=kuusamo&reopen=raja-jooseppi&from=2023-11-24&known=2023-11-21"),
    ("open", "reopen=vaalimaa&reopen=niirala&from=2023-12-14&known=2023-12-11"))


@dataclass(frozen=True, slots=True)
class Row:
    """A crossing one may move: what holds there, and what was chosen."""

    crossing: Crossing
    cell: Cell | None
    move: str
    steering: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """One crossing's drawing. away: kilometres from the moved ones, None where no road joins them; days: edges for the table."""

    crossing: Crossing
    away: float | None
    chart: Chart
    days: tuple[tuple[str, float, float, float, float], ...]


def whatif_page(request: Request) -> Response:
    """The form, and below it the answer where something is supposed."""
    house, words = page.house_of(request), read_words(request.query_params)
    if isinstance(words, Fault):
        return _refused(request, words)
    if "move" in request.query_params or "steering" in request.query_params:
        return _tidied(request, house, words)
    if not words.moves:
        border = words.border or HOME_BORDER
        rows = _rows(house, words, border)
        if isinstance(rows, Fault):
            return _refused(request, rows)
        warm(house)
        return page.answer_page(request, "whatif/whatif.html", words=words, rows=rows, border=border, borders=_borders(house), lanes=LANES,
                                examples=EXAMPLES, found=None, max_days=MOST_DAYS, json_address="/whatif.json")
    found = _found(request, house, words)
    if isinstance(found, Fault):
        return _refused(request, found)
    question, (consequence, tried) = found
    bounds_only, why = verdict(tried, question.lane)
    border = house.gazetteer.crossings[question.moves[0].crossing].border
    rows = _rows(house, words, border)
    assert not isinstance(rows, Fault)
    cite = address(replace(question, basis=consequence.manifest["basis"]))  # type: ignore[arg-type]
    return page.answer_page(
        request, "whatif/whatif.html", words=words, rows=rows, border=border, borders=_borders(house), lanes=LANES, examples=EXAMPLES,
        found=consequence, drawn=drawings(consequence, bounds_only), tried=tried, sums=tried.of(question.lane), bounds_only=bounds_only, why=why,
        cite=cite, json_address=address(question, "/whatif.json"), dates=dates_of(consequence), max_days=MOST_DAYS,
        official=tuple(dict.fromkeys(code for one in consequence.plan.network.crossings for code in one.countries)))


def whatif_json(request: Request) -> Response:
    """The answer as JSON, with the backtest beside it."""
    house, words = page.house_of(request), read_words(request.query_params)
    found = words if isinstance(words, Fault) else _found(request, house, words)
    if isinstance(found, Fault):
        return page.answer_fault(request, "", found.what, 404 if found.where == "crossing" else 400)
    question, (consequence, tried) = found
    bounds_only, why = verdict(tried, question.lane)
    return page.answer_json(request, {**consequence_to_json(consequence, bounds_only, why), "backtest": backtest_to_json(tried)})


def read_words(params: QueryParams) -> Words | Fault:
    """The words of an address, those of the form among them (move=close:salla, steering=salla:blocked)."""
    told = [(name, value.strip()) for name, value in params.multi_items() if value.strip()]
    if len(told) > MOST_VALUES:
        return Fault(f"{len(told)} values in one address are too many; at most {MOST_VALUES}", "address")
    for name, value in told:
        if len(value) > LONGEST:
            return Fault(f"{name[:20]}: {len(value)} characters are too many; at most {LONGEST}", name[:20])
    moves = [(name, *value.partition("@")[::2]) for name, value in told if name in KINDS]
    moves += [(kind, *rest.partition("@")[::2]) for kind, _, rest in (value.partition(":") for name, value in told if name == "move")]
    steer = [value.rpartition(":")[::2] for name, value in told if name in ("steer", "steering")]
    one = dict(told)
    numbers: dict[str, int] = {}
    for name, default, most in (("days", 10, MOST_DAYS), ("futures", MOST_FUTURES, MOST_FUTURES), ("seed", 0, 2**53), ("basis", -1, 10**15)):
        words = one.get(name, str(default))
        if not (words.removeprefix("-").isascii() and words.removeprefix("-").isdigit()) or not (-1 if name == "basis" else 0) <= int(words) <= most:
            return Fault(f"{name}: {words} is not a whole number from 0 to {most}", name)
        numbers[name] = int(words)
    return Words(
        tuple((kind, name, detail) for kind, name, detail in moves), one.get("from"), one.get("until"),
        tuple(one["lanes"].split(",")) if "lanes" in one else WHOLE, tuple((name, word) for name, word in steer), one.get("lane"), one.get("known"),
        None if numbers["basis"] < 0 else numbers["basis"], one.get("demand"), numbers["days"], numbers["futures"], numbers["seed"], one.get("border"))


def _found(request: Request, house: House, words: Words) -> tuple[Asked, tuple[Consequence, Backtest]] | Fault:
    question = asked(house, words)
    if isinstance(question, Fault):
        return question
    if not question.moves:
        return Fault("suppose something: close, reopen, restrict or hours of a crossing", "moves")
    found = weigh(house, question)
    return found if isinstance(found, Fault) else (question, found)


def _tidied(request: Request, house: House, words: Words) -> Response:
    """The form sends many empty fields; the address that one may cite holds only what was chosen."""
    language = carried()
    if not words.moves:
        told = {"border": (words.border or HOME_BORDER)[:LONGEST], **({"lang": language} if language else {})}
        return RedirectResponse(f"/whatif?{QueryParams(told)}", status_code=303)
    question = asked(house, replace(words, border=None))
    if isinstance(question, Fault):
        return _refused(request, question)
    return RedirectResponse(address(question) + (f"&lang={language}" if language else ""), status_code=303)


def _refused(request: Request, fault: Fault) -> Response:
    return page.answer_fault(request, say(page.WORDS, "problem.bad_request"), fault.what, 404 if fault.where == "crossing" else 400)


def _borders(house: House) -> tuple[str, ...]:
    """The borders on whose crossings something can be supposed: those that more than one road crosses."""
    roads = [one.border for one in house.gazetteer.crossings.values() if one.international and one.lanes & set(ROAD_LANES) and one.lat is not None]
    return tuple(border for border in page.borders_of(house) if border in roads and {"RU", "BY"} & set(border.split("-")))


def _rows(house: House, words: Words, border: str) -> tuple[Row, ...] | Fault:
    """The crossings of a border with what holds on the day before the move, as known then."""
    code = "-".join(sorted(border.upper().replace("_", "-").split("-")))
    if code not in _borders(house):
        return Fault(f"there is no border {border[:40]!r} to suppose something of; there are {', '.join(_borders(house))}", "border")
    question_at = question(house.now(), _day_before(words.start), words.known, words.basis, code, None, words.lane or "asylum")
    if isinstance(question_at, Fault):
        return question_at
    drawn = answer.board(house, question_at)
    cells = {} if isinstance(drawn, Fault) else {cell.crossing: cell for cell in drawn.cells if cell.direction == "both"}
    moves, steer = {name: kind for kind, name, _ in words.moves}, dict(words.steer)
    lane = question_at.lane or Lane.ASYLUM
    chosen = [one for one in house.gazetteer.crossings.values() if one.border == code and one.international and one.lanes & set(ROAD_LANES)
              and one.lat is not None and not one.member_of and lane in lanes_served(one)]
    return tuple(Row(one, cells.get(one.id), moves.get(one.id, ""), steer.get(one.id, "")) for one in sorted(chosen, key=lambda one: -(one.lat or 0.0)))


def _day_before(words: str | None) -> str | None:
    try:
        return (date.fromisoformat((words or "")[:10]) - timedelta(days=1)).isoformat()
    except (ValueError, OverflowError):
        return None


def drawings(found: Consequence, bounds_only: bool) -> tuple[Drawn, ...]:
    """The crossings at which anybody is taken in, as drawings."""
    made, drawn = found.plan, []
    moved = [made.network.ids.index(move.crossing) for move in made.asked.moves]
    for at, crossing in enumerate(made.network.crossings):
        wide, still = envelope(found.every, at), found.still.arrived[at]
        counted = [((one.first - made.first).days, one.people) for one in found.counted
                   if one.crossings == {crossing.id} and one.days == 1 and not one.partial]
        if at in moved or counted or any(high for _, high in wide) or any(edge[2] for edge in still):
            away = min(made.network.km[one][at] for one in moved)
            middles = [] if bounds_only else [(one.case.name, [edge[1] for edge in one.arrived[at]]) for one in found.every]
            days = tuple((day, *edge, was[0], was[2]) for day, edge, was in zip(dates_of(found), wide, still, strict=True))
            drawn.append(Drawn(crossing, away if away < float("inf") else None, chart(dates_of(found), wide, still, middles, counted), days))
    return tuple(drawn)
