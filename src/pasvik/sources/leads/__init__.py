"""What a page of a source leads to: the articles of a feed, the notices of a listing, the files of a folder, the letters of a mailbox.

In: bytes (or a path on this machine) and the card of the source. Out: leads, or items with their own bytes, and faults. Open `lead.py` first.
"""
