"""What a crossing's page shows over time: states and orders as bars, counts as points, and how to cite the view. Open `bars.py` first.

In: values of `app.story.film` and statements. Out: positions in per cent and texts that the template sets down.
"""
