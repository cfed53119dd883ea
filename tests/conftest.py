"""For all tests: a law is true or false, however slow or busy the machine is, so no example has a deadline."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("pasvik", deadline=None)
settings.load_profile("pasvik")
