"""What signed-in people do to the record: verdicts on what was read, and texts that they keep. Open `review.py` first."""
