"""The core on counts: cohorts of people who are alike, moved day by day with multinomial splits; never one record per person.

In: a `Model` (network, days, rules). Out: an `Outcome` (counts per place and day, flows per road). Open `core.py` first.
"""
