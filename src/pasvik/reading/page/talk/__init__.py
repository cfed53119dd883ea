"""Who has the word: whose "the ministry" is, who speaks in interviews and transcripts, under a handle, and inside quotation marks.

In: the words, beads and sentences of a text. Out: a Talk for each sentence, Voices in order of place. Open `states.py` first, then `turns.py`.
"""
