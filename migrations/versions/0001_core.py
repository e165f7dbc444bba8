"""The core schema: tenancy, organization, identity, procedures, engine, audit, files, law."""

from pathlib import Path

from alembic import op

revision = "0001"
down_revision = None

VIEWS = ("holders", "post_holders", "current_assignments")


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '3s'")
    for statement in Path(__file__).with_suffix(".sql").read_text().split("\n--;\n"):
        if any(line and not line.startswith("--") for line in statement.splitlines()):
            op.get_bind().exec_driver_sql(statement.replace("%", "%%"))


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '3s'")
    for view in VIEWS:
        op.execute(f"DROP VIEW {view}")
    for (table,) in op.get_bind().exec_driver_sql(
        "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version'"
    ).all():
        op.execute(f"DROP TABLE {table} CASCADE")
    op.execute("DROP FUNCTION keep_edition()")
    op.execute("DROP TYPE uuidrange")
