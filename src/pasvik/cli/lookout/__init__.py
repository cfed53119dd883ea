"""Commands of those who keep the watch: which sources are on, and collecting from them. Open `collect.py` first."""
