"""Deadlines on tasks: when one is due and when it warns; the inbox is ordered by urgency."""

from alembic import op

revision = "0002"
down_revision = "0001"

# The inbox has one index and not two, since every task that opens or closes writes it. A task without a deadline comes
# last: LEAST passes over null. COALESCE would say the same, but the planner does not take it for leakproof, and below row
# security it would only filter by it. The list of what somebody has done is paged by the moment and the id.
_UP = (
    "ALTER TABLE tasks ADD COLUMN due_at TIMESTAMP WITH TIME ZONE, ADD COLUMN warn_at TIMESTAMP WITH TIME ZONE",
    "DROP INDEX ix_tasks_inbox",
    """
    CREATE INDEX ix_tasks_inbox
        ON tasks (tenant_id, assignee_id, (LEAST(due_at, 'infinity'::timestamptz)), id)
     WHERE status = 'open'
    """,
    "DROP INDEX ix_tasks_closed_by",
    "CREATE INDEX ix_tasks_closed_by ON tasks (tenant_id, closed_by, closed_at, id) WHERE closed_by IS NOT NULL",
)

_DOWN = (
    "DROP INDEX ix_tasks_closed_by",
    "CREATE INDEX ix_tasks_closed_by ON tasks (tenant_id, closed_by, closed_at) WHERE closed_by IS NOT NULL",
    "DROP INDEX ix_tasks_inbox",
    "CREATE INDEX ix_tasks_inbox ON tasks (tenant_id, assignee_id, opened_at, id) WHERE status = 'open'",
    "ALTER TABLE tasks DROP COLUMN warn_at, DROP COLUMN due_at",
)


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '3s'")
    for statement in _UP:
        op.execute(statement)


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '3s'")
    for statement in _DOWN:
        op.execute(statement)
