"""Closures as rows beside the days on which a road is open, here and as the peer replays them."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pasvik.scenario.flee.closures import passage, passage_as_flee, roads_of
from pasvik.scenario.flee.folder import parse_folder

PLACES = """#name,region,country,lat,lon,type,conflict_date,pop
A,r,X,0,0,conflict_zone,0,10
B,r,X,0,0,town,,
C,r,Y,0,0,camp,,0
"""
HEAD = "#t,a,b,s,e,direction,share,quota\n"


def days(folder, closures: str, road: tuple[str, str], as_flee: bool = False, narrow: bool = False) -> str:
    """The days 0-9 of a road as text: o open, x closed."""
    instance, _ = parse_folder(folder(days=9, locations__csv=PLACES, routes__csv="A,B,10,\nB,C,10,\nA,C,10,\n", closures__csv=HEAD + closures,
                                      conflicts__csv="#Day,A\n" + "".join(f"{day},1\n" for day in range(9))))
    roads = roads_of(instance, as_flee)
    made = passage_as_flee(instance, roads) if as_flee else passage(instance, roads, narrow)
    at = [(one.start, one.end) for one in roads].index(road)
    return "".join("o" if row[at] else "x" for row in made.open)


CASES = [
    # rows, road, here, as the peer
    ("country,X,Y,2,5", ("B", "C"), "ooxxxoooo", "ooxxxoooo"),
    ("country,X,Y,2,5", ("C", "B"), "ooxxxoooo", "ooxxxoooo"),
    ("country,X,Y,2,5", ("A", "B"), "ooooooooo", "ooooooooo"),
    ("country,X,Y,2,-1", ("A", "C"), "ooxxxxxxx", "ooxxxxxxx"),
    ("link,B,C,2,5", ("B", "C"), "ooxxxoooo", "ooooooooo"),                 # the peer closes nothing
    ("link,B,C,2,5,forward", ("C", "B"), "ooooooooo", "ooooooooo"),
    ("link,B,C,2,5,back", ("C", "B"), "ooxxxoooo", "ooooooooo"),
    ("location,C,,0,8\ncountry,X,Y,3,5", ("B", "C"), "xxxxxxxxo", "xxxxxoooo"),     # closures stack; the peer's end opens everything
    ("country,X,Y,3,5\nlocation,C,,0,8", ("B", "C"), "xxxxxxxxo", "xxxxxoooo"),
    ("location,A,B,1,4", ("A", "C"), "oxxxooooo", "oxxxooooo"),
    ("location,A,,6,2", ("A", "C"), "ooooooxxx", "ooooooxxx"),
    ("location,A,,4,4", ("A", "C"), "ooooooooo", "ooooooooo"),
    ("location,A,,-3,4", ("A", "C"), "xxxxooooo", "ooooooooo"),
]


@pytest.mark.parametrize(("rows", "road", "here", "peer"), CASES)
def test_the_days_a_road_is_open(folder, rows: str, road: tuple[str, str], here: str, peer: str) -> None:
    assert days(folder, rows + "\n", road) == here
    assert days(folder, rows + "\n", road, as_flee=True) == peer


def test_the_narrow_reading_closes_one_road(folder) -> None:
    assert days(folder, "location,A,B,1,4\n", ("A", "B"), narrow=True) == "oxxxooooo"
    assert days(folder, "location,A,B,1,4\n", ("A", "C"), narrow=True) == "ooooooooo"


def test_shares_multiply_and_the_least_quota_holds(folder) -> None:
    instance, _ = parse_folder(folder(closures__csv=HEAD + "link,Birch,Camp,0,4,both,0.5\nlink,Birch,Camp,2,-1,both,0.5,30\nlink,Birch,Camp,3,-1,both,1,20\n"))
    roads = roads_of(instance, False)
    made = passage(instance, roads)
    at = [(one.start, one.end) for one in roads].index(("Birch", "Camp"))
    assert [row[at] for row in made.share] == [0.5, 0.5, 0.25, 0.25, 0.5, 0.5]
    assert [row[at] for row in made.quota] == [-1, -1, 30, 20, 20, 20]


ROWS = st.lists(st.tuples(st.sampled_from(("country,X,Y", "location,C,", "location,A,", "link,B,C", "link,A,B")), st.integers(-1, 9), st.integers(-1, 9)),
                max_size=5)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(rows=ROWS, more=ROWS)
def test_a_further_row_never_opens_a_road_and_order_does_not_matter(folder, rows, more) -> None:

    def text(chosen) -> str:
        return "".join(f"{what},{start},{end}\n" for what, start, end in chosen)
    for road in (("B", "C"), ("A", "B"), ("C", "A")):
        few, all_rows = days(folder, text(rows), road), days(folder, text(rows + more), road)
        assert all(after == "x" or before == "o" for before, after in zip(few, all_rows, strict=True))
        assert days(folder, text(more + rows), road) == all_rows
