"""The post in which somebody acts, kept with his session and his token; a person's open sessions as a short range."""

from alembic import op

revision = "0003"
down_revision = "0002"

TABLES = ("sessions", "api_tokens")


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '3s'")
    for table in TABLES:
        op.execute(f"ALTER TABLE {table} ADD COLUMN position_id uuid")
        op.execute(
            f"ALTER TABLE {table} ADD CONSTRAINT fk_{table}_tenant_id_position_id "
            "FOREIGN KEY (tenant_id, position_id) REFERENCES positions (tenant_id, id) "
            "ON DELETE SET NULL (position_id)"
        )
        op.execute(
            f"CREATE INDEX ix_{table}_position ON {table} (tenant_id, position_id) WHERE position_id IS NOT NULL"
        )
    op.execute("DROP INDEX ix_sessions_person")
    op.execute("CREATE INDEX ix_sessions_person ON sessions (tenant_id, person_id, expires_at)")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '3s'")
    op.execute("DROP INDEX ix_sessions_person")
    op.execute("CREATE INDEX ix_sessions_person ON sessions (tenant_id, person_id)")
    for table in TABLES:
        op.execute(f"ALTER TABLE {table} DROP COLUMN position_id")
