"""The board in the formats that other systems read. Open `items.py` first: one piece of news; the other files write it down.

In: an open house and a question. Out: feeds, calendars, alerts, maps and tables as text, each in its public standard.
"""
