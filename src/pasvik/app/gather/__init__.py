"""Collecting by itself: from the cards of the sources to new statements in the ledger, politely, on a timetable, once each.

In: the open house, the cards that are turned on, the clock. Out: a tally of what came in, and events for the coverage page.
Open `run.py` first: one round. `lookout.py` opens what it needs, `visit.py` goes to a source, `version.py` reads a page and its later
versions, `rows.py` files waiting times, `watch.py` goes round and round with a lease, `bulk/` reads whole web archives.
"""
