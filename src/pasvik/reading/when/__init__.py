"""When things are said to happen: words such as "from midnight on Friday" become spans of time.

In: a text, the words of its language (`knowledge/words/when_<language>.toml`), the moment of publication and the deciding country's zone.
Out: time hits with exact words, their role (point, from, until, range, duration, hours ...) and a Span.
Open `settle.py` (`find_times`) first, then `told.py` for the nouns, then `find.py`.
"""
