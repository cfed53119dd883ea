"""Drawing a board quickly and always alike: what was heard and settled once is remembered while it holds.

In: crossings, a question, the ledger and the rules. Out: cells by crossing. Open `drawn.py`.
"""
