"""Runs what-ifs: opens the folders, hands texts, seeds and workers to `scenario`, and gives back values. Open `simulate.py` first."""
