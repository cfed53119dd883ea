"""Public words, fetched or kept by hand: where they come from, and the bytes as they came.

In: the text of record files, source lists and pages. Out: documents, curated statements, leads, archived bytes, and faults.
Open `curated.py` first: it reads the record that people keep; the archive holds the pages of everything else.
"""
