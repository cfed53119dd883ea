"""Numbers that no deed of their sentence takes: what they count is told before them, above them, or in a question just asked.

In: a Page, a Scene with an amount that is left over. Out: a Draft of a count, or None. Open `loose.py` first.
"""
