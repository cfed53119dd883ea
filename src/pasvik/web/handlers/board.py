"""The front page: every crossing by border, its state for each kind of traffic, who says so, and what may come."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from pasvik.app import answer
from pasvik.app.clocks import age_days
from pasvik.app.wiring import House
from pasvik.terms.capture import Fault
from pasvik.terms.claim import State
from pasvik.terms.moment import Moment
from pasvik.terms.place import Crossing, Lane
from pasvik.terms.status import Board, Cell, board_to_json
from pasvik.web import page
from pasvik.web.asked import CLOCKS, PRESETS, Asked, cited, stepped
from pasvik.web.place.cite import citation_of, plain
from pasvik.web.words import say


@dataclass(frozen=True, slots=True)
class Line:
    """Kinds of traffic of which the same is said; `cell` speaks for all of them. age_days: of the last word, None if it came later."""

    lanes: tuple[Lane, ...]
    cell: Cell
    age_days: int | None


@dataclass(frozen=True, slots=True)
class Row:
    """One crossing with its lines; `unstated`: kinds of traffic that nobody has spoken of."""

    crossing: Crossing
    lines: tuple[Line, ...]
    unstated: tuple[Lane, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """One border: rows with something on record, crossings with nothing, and how many stand in which state."""

    border: str
    rows: tuple[Row, ...]
    silent: tuple[Crossing, ...]
    tally: tuple[tuple[State, int], ...]


def board_page(request: Request) -> Response:
    """`/`: the board as a page. Without clocks in the address it opens where the front door was told to open."""
    landing: str = request.app.state.landing
    if landing and not any(clock in request.query_params for clock in CLOCKS):
        more = f"&{request.url.query}" if request.url.query else ""
        return RedirectResponse(f"/?{landing}{more}", status_code=302)
    asked = page.asked_of(request)
    if isinstance(asked, Fault):
        return page.answer_fault(request, say(page.WORDS, "problem.bad_request"), asked.what, 400)
    house = page.house_of(request)
    board = answer.board(house, asked.question)
    if isinstance(board, Fault):
        return page.answer_fault(request, say(page.WORDS, "problem.bad_request"), board.what, 400)
    groups = groups_of(board, house, asked)
    borders = page.borders_of(house)
    seen = countries_of(group.border for group in groups) if asked.question.border else ()
    return page.answer_page(
        request, "board.html", asked, groups=groups, borders=borders, countries=countries_of(borders), newest=newest(board.cells),
        citation=plain(citation_of(request, asked, None)), lanes=tuple(Lane), states=tuple(State), presets=PRESETS, official=seen,
        back=stepped(asked, "/", -1), ahead=stepped(asked, "/", 1), cite=cited(asked, "/", house.ledger.basis()))


def board_json(request: Request) -> Response:
    """`/board.json`: the board as docs/board.md has it; `border`, `crossing` and `lane` narrow it."""
    asked = page.asked_of(request)
    if isinstance(asked, Fault):
        return page.answer_fault(request, "", asked.what, 400)
    board = answer.board(page.house_of(request), asked.question)
    if isinstance(board, Fault):
        return page.answer_fault(request, "", board.what, 400)
    return page.answer_json(request, board_to_json(board), asked)


def groups_of(board: Board, house: House, asked: Asked) -> tuple[Group, ...]:
    """The cells as rows by border, after the filters of the page, each border from north to south."""
    crossings = house.gazetteer.crossings
    cells: dict[str, list[Cell]] = {}
    for cell in board.cells:
        cells.setdefault(cell.crossing, []).append(cell)
    by_border: dict[str, list[Crossing]] = {}
    for name in cells:
        by_border.setdefault(crossings[name].border, []).append(crossings[name])
    order = [border for border in page.borders_of(house) if border in by_border]
    groups = (group_of(border, by_border[border], cells, asked) for border in order)
    return tuple(group for group in groups if group.rows or group.silent)


def group_of(border: str, crossings: Iterable[Crossing], cells: dict[str, list[Cell]], asked: Asked) -> Group:
    """One border. With a filter on state or change, only what fits it is shown, and crossings with nothing fitting go."""
    rows: list[Row] = []
    silent: list[Crossing] = []
    tally: Counter[State] = Counter()
    for crossing in sorted(crossings, key=lambda c: (-(c.lat if c.lat is not None else -90.0), c.name)):
        row = row_of(crossing, cells[crossing.id], asked)
        tally[row.lines[0].cell.state if row.lines else State.UNKNOWN] += 1
        lines = tuple(line for line in row.lines if fits(line, asked))
        if lines:
            rows.append(Row(crossing, lines, () if asked.state or asked.since else row.unstated))
        elif not row.lines and asked.state in (None, State.UNKNOWN) and asked.since is None:
            silent.append(crossing)
    return Group(border, tuple(rows), tuple(silent), tuple((state, tally[state]) for state in State if tally[state]))


def row_of(crossing: Crossing, cells: Sequence[Cell], asked: Asked) -> Row:
    """The cells of one crossing with those of which the same is said drawn together."""
    at = asked.instant(crossing.zone)
    ordered = sorted(cells, key=lambda cell: tuple(Lane).index(cell.lane))
    spoken = spoken_of(ordered)
    alike: dict[tuple[object, ...], list[Cell]] = {}
    for cell in spoken:
        alike.setdefault(said_of(cell), []).append(cell)
    lines = tuple(Line(tuple(c.lane for c in same), same[0], age_days(same[0].last_confirmed, at)) for same in alike.values())
    told = {cell.lane for cell in spoken}
    return Row(crossing, lines, tuple(dict.fromkeys(cell.lane for cell in ordered if cell.lane not in told)))


def spoken_of(cells: Sequence[Cell]) -> list[Cell]:
    """The cells worth a line: of those where nobody has said what holds, only such as bring a pending change or a note not yet shown."""
    cells = [cell for cell in cells if cell.direction == "both" or not any(same_both_ways(cell, other) for other in cells)]
    kept = [cell for cell in cells if cell.state is not State.UNKNOWN or cell.supports or cell.against or cell.unconfirmed]
    shown = {about for cell in kept for about in asides(cell)}
    for cell in cells:
        if cell not in kept and not asides(cell) <= shown:
            kept.append(cell)
            shown |= asides(cell)
    return [cell for cell in cells if cell in kept]


def same_both_ways(cell: Cell, other: Cell) -> bool:
    """Whether a cell of one direction only repeats what the cell of both directions says."""
    return other.direction == "both" and other.lane is cell.lane and said_of(other)[1:] == said_of(cell)[1:]


def asides(cell: Cell) -> set[str]:
    """What is pending or noted beside the state."""
    return {*cell.notes, *(one.statement for one in cell.pending)}


def countries_of(borders: Iterable[str]) -> tuple[str, ...]:
    """The countries of these borders, each once, in their order."""
    return tuple(dict.fromkeys(code for border in borders for code in border.split("-")))


def said_of(cell: Cell) -> tuple[object, ...]:
    """What a reader of the board would see of it, besides the kind of traffic."""
    return (cell.direction, cell.state, cell.since, cell.until, cell.until_further_notice, cell.hours, cell.decided_by,
            cell.by_word_of, cell.last_confirmed, cell.inferred, cell.exceptions, cell.pending, cell.against, cell.unconfirmed, cell.notes)


def fits(line: Line, asked: Asked) -> bool:
    """Whether a line passes the filters of the page."""
    if asked.state is not None and line.cell.state is not asked.state:
        return False
    return asked.since is None or (line.cell.since is not None and line.cell.since.start >= asked.since.start)


def newest(cells: Iterable[Cell]) -> Moment | None:
    """The newest word that confirms anything on this board."""
    return max((cell.last_confirmed for cell in cells if cell.last_confirmed), key=lambda told: told.start, default=None)
