"""Public words, fetched or kept by hand: where they come from, and the bytes as they came.

In: the text of record files, source lists and pages. Out: documents, curated statements, leads, archived bytes, and faults.
Open `catalogue.py` first: the cards of the sources; `fetch/` gets a page politely, `leads/` finds what to read next, `tables/` reads
waiting times, `warc.py` reads web archives, `state.py` remembers what was fetched, `curated.py` reads the record people keep by hand.
"""
