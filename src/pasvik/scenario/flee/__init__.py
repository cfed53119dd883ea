"""Reads FLEE's input folders unchanged and writes its out.csv: texts in, values and named faults out.

Open `folder.py` first. Rules of the peer are kept; its faults are corrected, and brought back only by `as_flee`.
"""
