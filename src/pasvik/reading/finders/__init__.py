"""Finders: each reads one kind of claim out of a prepared page."""
