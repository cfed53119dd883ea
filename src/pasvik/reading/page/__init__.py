"""What is known of a text before any claim is sought: zones, sentences, words of note, crossings meant, who speaks, when.

In: a Document, the Gazetteer, the Lexicon. Out: a Page of frozen layers over one immutable text. Open `page.py` first.
"""
