"""Other languages than English: one reader for all of them, and one words file for each (`knowledge/words/<code>.toml`).

In: a Document, the Gazetteer, the Tongue of its language. Out: a Page and Drafts of status claims. Nothing here knows a word of any language.
Open `find.py` first, then `words.py` (what a words file may hold); `docs/languages.md` tells how to add a language.
"""
