"""The board, the crossings and the evidence as web pages and JSON. Open `routes.py` first: every address stands there.

In: an address (which crossing, which clocks). Out: a page that works without JavaScript, or the same answer as JSON.
"""
