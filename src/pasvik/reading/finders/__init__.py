"""Finders: each reads one kind of claim out of a prepared page and knows nothing of the others' order.

In: a Page. Out: a list of Drafts. Open `draft.py` first, then `status.py`.
"""
