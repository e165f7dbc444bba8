"""What the database's own catalogue says of row security on the core's tables."""

from collections.abc import Collection

from sqlalchemy import ARRAY, Connection, Text, bindparam, text

# The policy of core.tenancy.security, as PostgreSQL gives it back.
POLICY = "(tenant_id = (NULLIF(current_setting('langkah.tenant'::text, true), ''::text))::integer)"

_UNGUARDED = text(
    """
    SELECT c.relname
      FROM pg_class c
      LEFT JOIN LATERAL (
           SELECT count(*) AS policies,
                  bool_and(p.permissive = 'PERMISSIVE' AND p.cmd = 'ALL' AND p.roles = '{public}'
                           AND p.qual = :policy AND p.with_check = :policy) AS exact
             FROM pg_policies p
            WHERE p.schemaname = 'public' AND p.tablename = c.relname) found ON true
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND c.relname <> ALL (:exempt)
       AND NOT (c.relrowsecurity AND c.relforcerowsecurity AND found.policies = 1 AND found.exact)
     ORDER BY c.relname
    """
).bindparams(bindparam("exempt", type_=ARRAY(Text)), bindparam("policy", type_=Text))


def unguarded(connection: Connection, exempt: Collection[str]) -> list[str]:
    """The core's tables without exactly the forced policy of ground.md 4, save the exempt ones, by name."""
    return list(connection.scalars(_UNGUARDED, {"policy": POLICY, "exempt": list(exempt)}))
