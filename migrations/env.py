"""Alembic's environment: the connection is handed in by core.migration, already the owner's."""

from alembic import context

from core.tables import METADATA

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=METADATA, compare_type=True, transaction_per_migration=True)
with context.begin_transaction():
    context.run_migrations()
