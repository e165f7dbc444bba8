"""Alembic for the core; each plugin has migrations, a schema and a version table of its own."""
