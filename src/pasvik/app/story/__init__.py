"""What happened over time, asked of an open house: what came of announcements, who accuses whom, how governments moved.

In: a house and a question with its three clocks. Out: values of `situation.story` with the statements behind them. Open `follow.py` first.
"""
