"""One handler per page: what it asks of `app` and what it hands to its template.

In: a request. Out: a response. Open `board.py` first.
"""
