"""What the catalogue of the database says of a plugin's schema after its migrations."""

from sqlalchemy import Connection, text

# Tables of the schema that are not behind the wall, each once: row security off or not forced, or a policy
# other than the core's own; a unique or foreign key that the tenant does not lead; a foreign key into the
# schema of another plugin.
_UNGUARDED = text(
    """
    WITH mine AS (
        SELECT c.oid, c.relname AS name, c.relrowsecurity AND c.relforcerowsecurity AS forced
          FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
         WHERE n.nspname = :schema AND c.relkind IN ('r', 'p') AND c.relname <> 'alembic_version'
    ), policies AS (
        SELECT schemaname, tablename,
               array_agg(concat_ws(' ', permissive, roles, cmd, qual, with_check)) AS whole
          FROM pg_policies
         GROUP BY schemaname, tablename
    )
    SELECT name FROM mine
     WHERE NOT forced
        OR (SELECT p.whole FROM policies p WHERE p.schemaname = :schema AND p.tablename = name) IS DISTINCT FROM
           (SELECT p.whole FROM policies p WHERE p.schemaname = 'public' AND p.tablename = 'cases')
    UNION
    SELECT name FROM mine
      JOIN pg_index i ON i.indrelid = mine.oid AND i.indisunique
      LEFT JOIN pg_attribute a ON a.attrelid = mine.oid AND a.attnum = i.indkey[0]
     WHERE a.attname IS DISTINCT FROM 'tenant_id'
    UNION
    SELECT name FROM mine
      JOIN pg_constraint f ON f.conrelid = mine.oid AND f.contype = 'f'
      JOIN pg_attribute a ON a.attrelid = mine.oid AND a.attnum = f.conkey[1]
      JOIN pg_class target ON target.oid = f.confrelid
      JOIN pg_namespace n ON n.oid = target.relnamespace
     WHERE a.attname <> 'tenant_id' OR n.nspname NOT IN (:schema, 'public')
    ORDER BY name
    """
)

# Tables, views and sequences that stand anywhere but in the schema.
_ELSEWHERE = text(
    r"""
    SELECT n.nspname || '.' || c.relname
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname NOT IN (:schema, 'pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg\_t%'
       AND c.relkind IN ('r', 'p', 'v', 'm', 'S')
    """
)


def unguarded(connection: Connection, schema: str) -> list[str]:
    """The schema's tables that another tenant could see into or point into, by name."""
    return list(connection.scalars(_UNGUARDED, {"schema": schema}))


def elsewhere(connection: Connection, schema: str) -> set[str]:
    """Everything outside the schema, as schema.name."""
    return set(connection.scalars(_ELSEWHERE, {"schema": schema}))
