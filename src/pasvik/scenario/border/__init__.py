"""One border when a point shuts or opens: groups of people before closed gates, the roads between the gates, and what each steering makes of it.

In: places, who may cross where on which day, counted demand, assumptions, a seed. Out: bands per crossing and day, never one smooth curve.
Open `flow.py` first (one future, day by day), then `assume.py` (what is assumed) and `trial.py` (how it did against the past).
"""
