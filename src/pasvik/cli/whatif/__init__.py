"""Commands that suppose something: `pasvik whatif` and FLEE's folders on counts. Open `commands.py` first."""
