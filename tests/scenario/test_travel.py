"""How far people come in a day, where they stop, and what closing a road does to them: cases with one right answer."""

from __future__ import annotations

import pytest

from pasvik.scenario.flee.plan import Mode

LINE = """#name,region,country,lat,lon,type,conflict_date,pop
Start,r,Home,0,0,conflict_zone,0,10
Middle,r,Home,0,0,forwarding_hub,,
End,r,Away,0,0,camp,,0
"""
STILL = "move_rules:\n  max_move_speed: {speed}\n  camp_movechance: 0.0\n"


def line(first: str, second: str, speed: int = 360, days: int = 5, **more: str) -> dict[str, object]:
    """Start - Middle - End; 100 people stand in Start on day 1. Nobody can turn round at Middle: the road back is closed."""
    return {"days": days, "locations__csv": LINE, "routes__csv": f"Start,Middle,{first}\nMiddle,End,{second}\n", "simsetting__yml": STILL.format(speed=speed),
            "conflicts__csv": "#Day,Start\n" + "".join(f"{day},1\n" for day in range(days)),
            "source_data/data_layout__csv": "total,all.csv\nEnd,camp.csv\n",
            "source_data/camp__csv": "2024-01-01,0\n2024-01-02,100\n", "source_data/all__csv": "2024-01-01,0\n2024-01-02,100\n",
            "closures__csv": "#t,a,b,s,e,direction\nlink,Start,Middle,0,-1,back\n"} | more


@pytest.mark.parametrize(("first", "second", "arrive"), [
    ("100", "100", 1),                                          # two short legs, one day
    ("300", "350", 1),                                          # the second leg of a day has a whole day's distance, as in the peer
    ("360", "100", 2),                                          # arrival is strictly beyond the end: 360 km at 360 km a day is two days
    ("359", "100", 1),
    ("721", "100", 3),
])
def test_the_day_of_arrival(ran, first: str, second: str, arrive: int) -> None:
    outcome, at = ran(**line(first, second))
    there = [int(outcome.people[day, at["End"]]) for day in range(5)]
    assert there == [0 if day < arrive else 100 for day in range(5)]


@pytest.mark.parametrize(("policy", "start", "end"), [
    ("turn-back-now", [0, 0, 100, 0, 0], [0, 0, 0, 0, 0]),
    ("at-border", [0, 0, 0, 0, 0], [0, 0, 0, 100, 100]),        # it is open again when they come to its end
    ("wait", [0, 0, 0, 0, 0], [0, 0, 0, 100, 100]),
    ("orphaned", [0, 0, 0, 100, 0], [0, 0, 0, 0, 0]),           # the peer's way: sent back on the day of arrival though it is open again
])
def test_a_road_closes_behind_people_and_reopens(ran, policy: str, start: list[int], end: list[int]) -> None:
    """900 km at 360: under way from day 1, due on day 3; the road is closed on day 2 only."""
    files = line("900", "10", closures__csv="#t,a,b,s,e,direction\nlink,Start,Middle,2,3\nlink,Start,Middle,0,-1,back\n")
    outcome, at = ran(Mode(policy=policy), **files)
    assert [int(value) for value in outcome.people[:, at["Start"]]] == start
    assert [int(value) for value in outcome.people[:, at["End"]]] == end


def test_at_the_border_people_come_back_and_waiting_people_cross_when_it_opens(ran) -> None:
    """Closed on the day of arrival, day 3."""
    files = line("900", "10", days=6, closures__csv="#t,a,b,s,e,direction\nlink,Start,Middle,3,4\nlink,Start,Middle,0,-1,back\n")
    back, at = ran(Mode(policy="at-border"), **files)
    assert [int(value) for value in back.people[:, at["Start"]]] == [0, 0, 0, 100, 0, 0]
    waited, at = ran(Mode(policy="wait"), **files)
    assert [int(value) for value in waited.people[:, at["End"]]] == [0, 0, 0, 0, 100, 100]


def test_a_quota_holds_the_rest_back(ran) -> None:
    outcome, at = ran(**line("100", "100", closures__csv="#t,a,b,s,e,direction,share,quota\nlink,Middle,End,0,-1,forward,1,30\n"
                             "link,Start,Middle,0,-1,back\n"))
    assert [int(value) for value in outcome.people[:, at["End"]]] == [0, 30, 60, 90, 100]


def test_a_share_lets_about_so_many_through(ran) -> None:
    outcome, _ = ran(**line("100", "100", closures__csv="#t,a,b,s,e,direction,share\nlink,Middle,End,0,-1,forward,0.25\nlink,Start,Middle,0,-1,back,0\n"))
    first = int(outcome.people[1].tolist()[2])
    assert 10 <= first <= 42                                    # 100 at 0.25: five standard deviations on either side


def test_people_on_foot_in_their_first_leg(ran) -> None:
    files = line("100", "100")
    outcome, at = ran(**files | {"simsetting__yml": STILL.format(speed=360) + "  start_on_foot: true\n  max_walk_speed: 35\n"})
    assert [int(value) for value in outcome.people[:, at["End"]]] == [0, 0, 0, 100, 100]


def test_a_full_camp_draws_nobody(ran) -> None:
    camps = LINE.replace("End,r,Away,0,0,camp,,0", "End,r,Away,0,0,camp,,40")
    files = line("100", "100", locations__csv=camps)
    outcome, at = ran(Mode(compat="serial"), **files)
    assert 36 <= int(outcome.people[4, at["End"]]) <= 60


def test_a_redirection_sends_everybody_and_the_peer_nobody(ran) -> None:
    fork = LINE + "Other,r,Away,0,0,camp,,0\n"
    roads = "Start,Middle,100,\nMiddle,End,100,2\nMiddle,Other,1,\n"
    layout = {"source_data/data_layout__csv": "total,all.csv\nEnd,camp.csv\nOther,none.csv\n", "source_data/none__csv": "2024-01-01,0\n"}
    sent, at = ran(**line("1", "1") | layout | {"locations__csv": fork, "routes__csv": roads})
    assert (int(sent.people[4, at["End"]]), int(sent.people[4, at["Other"]])) == (100, 0)
    peer, at = ran(Mode(as_flee=True), **line("1", "1") | layout | {"locations__csv": fork, "routes__csv": roads, "closures__csv": ""})
    assert int(peer.people[4, at["Other"]]) > int(peer.people[4, at["End"]])


def test_people_who_look_two_hops_ahead_hold_their_route(ran) -> None:
    """With awareness 2 a route to End may be chosen in Start; who holds it leaves Middle with certainty."""
    town = LINE.replace("forwarding_hub", "town")
    files = line("350", "350", locations__csv=town)
    quiet = STILL.format(speed=360) + "  default_movechance: 0.0\n  awareness_level: 2\n"
    outcome, at = ran(**files | {"simsetting__yml": quiet})
    middle, end = (int(outcome.people[4, at[name]]) for name in ("Middle", "End"))
    assert middle + end == 100
    assert 25 <= end <= 75                                      # weights 1/(10+350) to 1/(10+700), so about a third go on
    blind, at = ran(**files | {"simsetting__yml": quiet.replace("awareness_level: 2", "awareness_level: 1")})
    assert int(blind.people[4, at["End"]]) == 0
