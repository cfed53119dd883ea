"""Pasvik: the public record of a border. Start at `terms/claim.py`; ARCHITECTURE.md has the picture."""
