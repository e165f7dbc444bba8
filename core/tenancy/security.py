"""Row security and the app role's rights, as the SQL that migrations run.

The policy is exactly ground.md 4: never with an OR, and with NULLIF, because after one transaction with
set_config(..., true) the setting of a pooled connection is '' and no longer NULL.
"""

APP_ROLE = "langkah_app"
OWNER_ROLE = "langkah_owner"
SCOPE = "NULLIF(current_setting('langkah.tenant', true), '')::int"
READ_WRITE = "SELECT, INSERT, UPDATE, DELETE"


def secure(table: str, rights: str = READ_WRITE) -> tuple[str, ...]:
    """The statements that put `table` (schema-qualified where it needs to be) under tenancy.

    :param rights: what the app role may do, as SQL; a log is given `SELECT, INSERT` only.
    """
    return (
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
        f"CREATE POLICY tenant ON {table} USING (tenant_id = {SCOPE}) WITH CHECK (tenant_id = {SCOPE})",
        f"GRANT {rights} ON {table} TO {APP_ROLE}",
    )
