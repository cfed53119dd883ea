"""From what was said to what holds, and why. Pure.

In: crossings, statements already cut to what was held and known, an instant, and the rules (policy, authorities, outlets).
Out: cells and boards with their reasons. Open `settle.py` first; then `utterance.py` (echoes) and `order.py` (decision chains).
"""
