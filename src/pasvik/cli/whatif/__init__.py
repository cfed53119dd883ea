"""Commands that suppose something: FLEE's folders on counts. Open `flee.py` first."""
