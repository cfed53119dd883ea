"""Crossing phrases: the words that mean crossings, and which crossings they mean on the day, with a reason where nobody can tell.

In: words, beads and sentences, the Gazetteer, the day. Out: Phrases in order of place. Open `meaning.py` first, then `noun.py`.
"""
