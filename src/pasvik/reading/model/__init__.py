"""The second reader: what a language model is asked about a text, and which of its answers stand up to the text's own words.

In: a Document with the first reader's page of it. Out: a request as JSON, and from the answer's text a Verified (never more than candidates).
Open `offer.py` first (what a model may choose from), then `verify.py` (what is dropped and why). Nothing here speaks to a server.
"""
