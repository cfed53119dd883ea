"""What notices, tables and lists say of crossings without a sentence: "Narva: pedestrians only", "Open: Salla, Vartius", rows under a heading.

In: a Page and a sentence. Out: Drafts. Open `label.py` (the name first) and then `heading.py` (the state first).
"""
