"""The page on which one supposes that a crossing shuts or opens: its address, its charts, its JSON. Open `handler.py` first."""
