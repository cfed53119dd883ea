"""The nouns that every room shares: moments, places, captures, claims, statements, cells, questions. Standard library only.

In: nothing. Out: frozen values that cannot be built wrong. Open `claim.py` first, then `statement.py`.
"""
