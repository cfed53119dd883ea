"""How many, who, did what, where from and to: what counts and movements have in common, before either makes a claim of it.

In: a Page. Out: Frames, each one deed done by or to one number of people. Open `frame.py` first, then `amount.py` and `event.py`.
"""
