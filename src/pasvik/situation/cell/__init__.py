"""From a settled decision to the cell that people read: its hours, its reasons in words, what may come, what the law presumes. Pure.

In: utterances, decisions and findings of `situation`. Out: `Cell`. Open `make.py` first.
"""
