"""The places: every official crossing, every spelling of its name, and what the press means by "its eight crossings".

In: the text of knowledge/crossings.csv, names.csv and sets.toml. Out: a `Gazetteer`, and answers about names, rosters and sets.
Open `build.py` to make one, then `table.py` for what it holds.
"""
