"""The order desk: an authority's decision as a small file, checked, published in plain words, signed, and taken in elsewhere.

Open `order.py` first. In: a TOML or JSON file. Out: faults, notices in four languages, and a signed bundle that `pasvik add` takes.
"""
