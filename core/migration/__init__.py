"""Migrations: the core schema, and a schema of its own for each plugin."""
