"""The library of SOPs: the newest cases of a SOP by status, so that counting those that run passes over no history."""

from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '3s'")
    op.execute("DROP INDEX ix_cases_procedure")
    op.execute("CREATE INDEX ix_cases_procedure ON cases (tenant_id, procedure_id, status, opened_at, id)")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '3s'")
    op.execute("DROP INDEX ix_cases_procedure")
    op.execute("CREATE INDEX ix_cases_procedure ON cases (tenant_id, procedure_id, opened_at, id)")
