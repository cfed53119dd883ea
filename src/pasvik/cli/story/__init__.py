"""The commands about what happened over time: follow, claims, posture, watch.

In: words a person typed. Out: text or JSON. Open `follow.py` first.
"""
