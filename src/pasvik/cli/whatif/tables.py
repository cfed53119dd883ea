"""A what-if and its backtest as lines for the terminal."""

from __future__ import annotations

from pasvik.app.whatif.backtest import Backtest, Summary
from pasvik.app.whatif.border import Access, Consequence
from pasvik.app.whatif.shape import address, dates_of
from pasvik.scenario.border.bands import Edges, envelope
from pasvik.scenario.border.trial import ENGINE
from pasvik.terms.place import Lane

NOTE = "The ranges were written by people who knew how the winter of 2023 went: this is a trial, not a blind test."


def consequence_lines(found: Consequence, bounds_only: bool, why: str) -> list[str]:
    """What was supposed, the range at each crossing beside doing nothing, what becomes of the others, and where asylum can be asked for."""
    made = found.plan
    lines = [*_supposed(found), ""]
    width = max(len(name) for name in made.network.ids)
    lines.append(f"People taken in a day, lowest and highest of nine tenths of {made.asked.futures} futures; in brackets: doing nothing")
    lines.append(" " * (width + 2) + "  ".join(f"{day[5:]:>13}" for day in dates_of(found)))
    for at, crossing in enumerate(made.network.ids):
        wide, still = envelope(found.every, at), found.still.arrived[at]
        if any(high for _, high in wide) or any(high for _, _, high in still):
            cells = [f"{low:.0f}-{high:.0f} ({was[0]:.0f}-{was[2]:.0f})" for (low, high), was in zip(wide, still, strict=True)]
            lines.append(f"  {crossing:<{width}}" + "  ".join(f"{cell:>13}" for cell in cells))
    lines += ["", "By what the other side does, all days together:"]
    for one in (found.still, *found.every):
        lines.append(f"  {one.case.name + ':':<28} {_span((one.total,), bounds_only)} taken in; on the last day {_span(one.waiting[-1:], bounds_only)} wait"
                     f" or are under way, {_span(one.gave_up[-1:], bounds_only)} gave up, {_span(one.elsewhere[-1:], bounds_only)} took another way")
    lines += ["", *_access(found), "", *_basis(found), "", why[0].upper() + why[1:] + ".", f"Again: {address(made.asked)}"]
    return lines


def _supposed(found: Consequence) -> list[str]:
    made = found.plan
    told = [f"{move.kind} {move.crossing}" + (f" ({move.hours})" if move.hours else "") + (f" (lets {move.share:.0%} through)" if move.share < 1 else "")
            for move in made.asked.moves]
    known = made.asked.known
    return [f"Supposed, said by nobody: {', '.join(told) or 'nothing'}, from {made.first.isoformat()}, {made.asked.days} days; "
            + (f"by what was published until {known.iso()}" if known else "by all that is published")]


def _span(days: Edges, bounds_only: bool) -> str:
    low, middle, high = days[0]
    return f"{low:.0f}-{high:.0f}" if bounds_only else f"{middle:.0f} ({low:.0f}-{high:.0f})"


def _access(found: Consequence) -> list[str]:
    lines = [f"Where a person can still apply for asylum on {found.plan.first.isoformat()}:"]
    open_ones = [one for one in found.access if one.after.share > 0]
    lines += [f"  {_place(one)}" for one in open_ones] or ["  nowhere at these crossings, as far as anybody has said"]
    lost = [one.crossing.id for one in found.access if one.before.share > 0 and one.after.share <= 0]
    lines += [f"  no longer: {', '.join(lost)}"] if lost else []
    unknown = "nobody has said whether applications are taken at"
    lines += [f"  {unknown} {found.unknown_access} of {len(found.access)} crossings; unknown is not taken for open"] if found.unknown_access else []
    return lines


def _place(one: Access) -> str:
    km = "" if one.km is None else f"{one.km:.0f} km by the far side's roads, " if one.km else ""
    by = "people were counted there lately, but nobody has said so" if str(one.after.cell.state) == "unknown" else str(one.after.cell.by_word_of)
    return f"{one.crossing.name}: {km}{one.after.hours:g} hours a day, by word of {by}{' (inferred)' if one.after.cell.inferred else ''}" \
        + (f"; {one.winter}" if one.winter else "")


def _basis(found: Consequence) -> list[str]:
    made, demand = found.plan, found.plan.demand
    if made.asked.demand is not None:
        lines = [f"Demand as supposed: {made.asked.demand:g} people a day"]
    elif demand.last is None:
        lines = ["No count is held that tells the demand; suppose one with --demand"]
    else:
        lines = [f"Demand: {demand.total:.0f} people a day by the counts up to {demand.last.isoformat()}"]
    lines += [f"  {doubt}" for doubt in demand.doubts]
    lines += [f"  not counted: {', '.join(demand.uncounted)}"] if demand.uncounted else []
    lines += [f"Nobody has said what holds for this traffic at {', '.join(made.unknown)}: never taken for open"
              + (f" (but people were counted lately at {', '.join(made.carried)}, and are taken to come on as they did)" if made.carried else "")] \
        if made.unknown else []
    lines += [f"No main road of the table leads on from {', '.join(made.roadless)}: nobody can be followed from there"] if made.roadless else []
    lines += [f"  counted on these days: {one.people} at {' and '.join(sorted(one.crossings))}, {one.first.isoformat()}"
              + (f" to {one.last.isoformat()}" if one.last > one.first else "") for one in found.counted]
    return [*lines, f"Distances are road kilometres derived by a factor on the crow's flight ({made.assumed.detour:g}, ±{made.assumed.road_doubt:.0%})"]


def backtest_lines(tried: Backtest) -> list[str]:
    """Every step with its counts and scores, then the sums."""
    lines = []
    for one in tried.tried:
        lines.append(one.told.name)
        lines += [f"    not tried: {one.missing}"] if one.missing else []
        for each in one.judged:
            day = each.target.first.isoformat() + (f" to {each.target.last.isoformat()}" if each.target.last > each.target.first else "")
            where = "+".join(each.target.crossings) if len(each.target.crossings) <= 3 else f"all {len(each.target.crossings)}"
            scores = dict(each.scores)
            told = ", ".join(f"{name} {score.crps:.1f}" for name, score in each.scores if name != ENGINE)
            mine = scores[ENGINE]
            lines.append(f"    {day} {where}: {each.target.people} came; engine {mine.low:.0f}-{mine.high:.0f}, CRPS {mine.crps:.1f} ({told})")
    for name, lane, sums in (("Asylum", Lane.ASYLUM, tried.asylum), ("Travellers", Lane.CAR, tried.travellers)):
        lines += ["", f"{name}: mean over {sums[0].counts if sums else 0} counts"]
        lines += [f"  {_sum(one)}" for one in tried.of(lane)]
    return [*lines, "", NOTE]


def _sum(one: Summary) -> str:
    return (f"{one.name:<30} CRPS {one.crps:7.1f} people   log score {one.log:6.2f}   inside the middle half {one.half:4.0%}"
            f"   inside nine tenths {one.nine_tenths:4.0%}")
