"""What was read and what people make of it: the evidence page, verdicts, and a text read before it is kept. Open `routes.py` first."""
