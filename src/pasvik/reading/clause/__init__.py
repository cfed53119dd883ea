"""What one clause says of a deed: whose, to what, how surely, from when, for whom. Shared by the finders.

In: a Page and a bead that names a deed. Out: a Clause, a Commitment, lanes, a span of time. Open `clause.py` first.
"""
