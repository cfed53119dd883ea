"""The reader: one document in, the claims it makes out, each with its exact words, its speaker and how far it has gone.

In: a Document, the Gazetteer, the Lexicon (words as text). Out: a Reading (statements and puzzles), always the same for the same values.
Open `read.py` first (the whole road on one page), then `page/page.py` (what is known of a text before any claim is sought).
"""
