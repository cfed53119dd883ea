"""Border packs in the terminal: look one over, add it, list them. Open `packs.py` first.

In: a folder. Out: its faults by file and line, or the packs of this house.
"""
