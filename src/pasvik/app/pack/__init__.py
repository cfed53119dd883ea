"""Border packs: a folder of text that adds a border to the house, without code. Open `join.py` first, then `check.py`.

In: a folder of rows, words, sources and record lines. Out: the joined knowledge, or every fault by file and line.
"""
