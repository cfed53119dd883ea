"""What the moving parts of the pages ask for beside the pages themselves. Open `timeline.py` first.

In: a request. Out: small JSON.
"""
