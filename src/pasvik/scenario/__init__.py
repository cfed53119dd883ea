"""What happens if the next one shuts: counts of people on a network of places and roads, pushed through rules and dice that are handed in.

In: a network, closures, demand, rules, a seed. Out: counts per place and day, with errors beside a dumb baseline. Nothing here opens a file.
Open `cohort/core.py` first (one day, on counts), then `flee/folder.py` (the folders of the peer model that it reads).
"""
