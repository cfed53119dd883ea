"""The ledger: everything Pasvik was ever told, in order, with nothing changed and nothing removed.

In: documents with their statements and puzzles, retractions, verdicts, forecasts, and the moment of recording.
Out: what was held at a position (basis) of what had been published by a moment (known). Open `contract.py` first,
then `tables.py`; the SQL is in `queries.py`, the door is `open_ledger` in `sql.py`.
"""
