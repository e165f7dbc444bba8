"""Alembic's environment for every plugin; core.migration.plugin hands in connection and schema."""

from alembic import context
from sqlalchemy import MetaData

from core.database import NAMING

settings = context.config.attributes
context.configure(
    connection=settings["connection"],
    version_table_schema=settings["schema"],
    target_metadata=MetaData(naming_convention=NAMING),
)
with context.begin_transaction():
    context.run_migrations()
