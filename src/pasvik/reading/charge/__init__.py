"""Who charges whom: states, bodies and offices as parties to a dispute, the subjects of verbs, and the deeds one state lays at another's door.

In: a Page. Out: Parties, owners of words, Drafts of accusations. Open `party.py` first, then `subject.py`, `accuse.py` and `deed.py`.
"""
