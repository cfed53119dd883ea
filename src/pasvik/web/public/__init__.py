"""The board for other machines: feeds, calendar, map layer, OGC API, a stream of news. Open `routes.py` first.

In: an address. Out: the format that the address names, from the same board as the pages.
"""
