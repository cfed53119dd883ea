"""The desk at the entrance: who may review and add, how they prove it, and which keys their programs hold.

In: names, roles, passwords, and the moment of asking. Out: a person with scopes, or nobody. It keeps its own tables beside the
ledger, because people come and go while the ledger never changes. Open `people.py` first, then `store.py`.
"""
