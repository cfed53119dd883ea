"""Waiting times and lane states as authorities publish them: exact parsers, one file for each publisher.

In: the bytes of a table and when they were fetched. Out: rows with the publisher's own words, waits as numbers with units, and faults.
A dash is no value, "N/A" is never zero, a closed lane is that authority's word. Open `row.py` first; `read.py` lists the parsers.
"""
