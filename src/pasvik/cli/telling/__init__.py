"""The commands that carry the board to others: dumps, news, deliveries, orders. Open `dump.py` first.

In: options. Out: files in a folder, or text on standard output.
"""
