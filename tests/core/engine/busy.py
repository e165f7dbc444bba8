"""A tenant in its fifth year: one real case copied some thousand times by SQL, and statistics as autovacuum keeps them.

Of its tasks twenty thousand are open, and every other one of these has a deadline: some weeks past, or some ahead.

Copies are no chained logs; they are there to be passed by.
"""

import psycopg
from sqlalchemy import text

from tests.world import World

CASES = 5_000

# Every desk but the real ones is invented; five hundred of them share the open tasks.
_COPIES = (
    """
    INSERT INTO cases SELECT copy.* FROM cases c, generate_series(1, :count) n, LATERAL jsonb_populate_record(
        c, jsonb_build_object('id', md5('c' || n), 'number', c.number || '-' || n)) AS copy
     WHERE c.id = :case
    """,
    """
    INSERT INTO tasks SELECT copy.* FROM tasks t, generate_series(1, :count) n, LATERAL jsonb_populate_record(
        t, jsonb_build_object('id', md5(t.id::text || n), 'case_id', md5('c' || n), 'assignee_id', md5('p' || n % 500)))
        AS copy
     WHERE t.case_id = :case
    """,
    """
    INSERT INTO tasks SELECT copy.* FROM tasks t, generate_series(1, :count) n, generate_series(1, 3) part,
           LATERAL jsonb_populate_record(t, jsonb_build_object(
               'id', md5(t.id::text || n || '/' || part), 'case_id', md5('c' || n), 'visit', t.visit + part,
               'assignee_id', md5('p' || (n + part) % 500))) AS copy
     WHERE t.case_id = :case AND t.status = 'open'
    """,
    """
    UPDATE tasks SET due_at = now() + (hashtext(id::text) % 500) * interval '1 hour'
     WHERE status = 'open' AND case_id <> :case AND hashtext(id::text) % 2 = 0
    """,
    """
    INSERT INTO events SELECT copy.* FROM events e, generate_series(1, :count) n, LATERAL jsonb_populate_record(
        e, jsonb_build_object('case_id', md5('c' || n))) AS copy
     WHERE e.case_id = :case
    """,
    """
    INSERT INTO event_payloads SELECT copy.* FROM event_payloads e, generate_series(1, :count) n,
           LATERAL jsonb_populate_record(e, jsonb_build_object('case_id', md5('c' || n))) AS copy
     WHERE e.case_id = :case
    """,
    """
    INSERT INTO idempotency_keys SELECT copy.* FROM idempotency_keys k, generate_series(1, :count * 4) n,
           LATERAL jsonb_populate_record(k, jsonb_build_object('key', 'k' || n)) AS copy
    """,
)


def grow(world: World, owner_url: str) -> None:
    """Fills the tenant: 5,000 cases with 7 tasks, four of them open, and 7 events each, 20,000 keys."""
    run = world.start("ani", "edaran", key="kunci", perihal="Cuti bersama")
    run.complete("ani", "konsep", isi="ada")
    run.give_back("budi", "periksa")
    run.complete("ani", "konsep", isi="ada lagi")
    assert len(run.tasks()) == 4
    with world.scope() as session:
        for statement in _COPIES:
            session.execute(text(statement), {"case": run.id, "count": CASES})
    with psycopg.connect(owner_url, autocommit=True) as owner:
        owner.execute("VACUUM ANALYZE")
