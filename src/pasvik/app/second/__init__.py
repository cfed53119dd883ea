"""The second reader's errand: a question to a language model's server, the budget for it, and the answers that are held.

In: Settings (off without PASVIK_MODEL_URL), a Document, the moment. Out: a Second (candidates, never claims of the house) or a Fault in words.
Open `read.py` first; `endpoint.py` is the only file that speaks to a server, `store.py` the only one that writes.
"""
