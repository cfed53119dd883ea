"""Runs the steps over the connection it is handed, under a version table of the desk's own; the caller commits."""

from __future__ import annotations

from alembic import context

from pasvik.desk.tables import VERSIONS

context.configure(connection=context.config.attributes["connection"], version_table=VERSIONS)
context.run_migrations()
