"""What was told, to whom, and what still has to be told. Open `store.py` first.

In: events and the names of channels. Out: what is due, what was delivered, what nobody took. Never part of what was said of the border.
"""
