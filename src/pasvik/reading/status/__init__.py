"""Status claims: who says that a crossing is, will be or may be open, closed or restricted, for whom and from when.

In: a Page. Out: a list of Drafts. Open `find.py` first; `deed.py` opens and closes, `passage.py` lets through, `order.py` extends and ends.
"""
