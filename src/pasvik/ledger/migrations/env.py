"""Runs the steps over the connection it is handed: the caller holds the writers' lock and commits, or nothing has happened."""

from __future__ import annotations

from alembic import context

context.configure(connection=context.config.attributes["connection"])
context.run_migrations()
