"""The order desk in the terminal: check an order file, publish it. Open `desk.py` first.

In: a TOML or JSON file. Out: what is wrong with it, or the published forms in a folder.
"""
