"""What happened over time: changes between boards, spells of a state, announcements that came true, postures, undated texts. Pure.

In: boards, hearings or statements, with the rules. Out: changes, spells, matches, ladders, windows. Open `changes.py` first.
"""
