"""The engine's hot path: every statement it runs, named, with the index that serves it.

Completing, returning, starting: the scope (core.tenancy.scope), one locking read, one data-modifying write
(ground.md 1; as one CTE through SQLAlchemy this runs as fast as bare psycopg, as an ORM flush at a seventh).
The case row is always locked first, so commands on one case queue up and cannot deadlock.
"""

from typing import Any

from sqlalchemy import ARRAY, Boolean, DateTime, Integer, LargeBinary, Text, Uuid
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.sql.elements import TextClause

from core.database import typed
from core.organization.secrecy import VISIBLE

_PARAMETERS: dict[str, Any] = {
    "tenant": Integer, "person": Uuid, "position": Uuid, "capacity": Text, "task": Uuid, "case": Uuid, "key": Text,
    "at": DateTime(timezone=True), "events": JSONB, "changes": JSONB, "opened": JSONB, "state": JSONB,
    "status": Text, "ended": Text, "head_seq": Integer, "head_mac": LargeBinary, "body_hash": LargeBinary,
    "response": JSONB, "procedure": Uuid, "edition": Uuid, "number": Text, "subject": Text, "answers": JSONB,
    "secrecy": Text, "code": Text, "year": Integer, "step": Text, "member": Text, "visit": Integer, "limit": Integer,
    "unit": Uuid, "receiver": Uuid,
    "covers": ARRAY(Uuid), "positions": ARRAY(Uuid), "read_all": Boolean, "assignee": Uuid,
    "assignees": ARRAY(Uuid), "draft": JSONB,
}  # fmt: skip


def _statement(sql: str) -> TextClause:
    return typed(sql, _PARAMETERS)


_CASE = """
    c.id AS case_id, c.edition_id, c.number, c.secrecy, c.state, c.head_seq, c.head_mac, c.opened_at AS case_opened_at
"""

# A set without members still shows, as [set, null, null]: the machine must tell an empty set from one not asked for.
_SETS = """
    (SELECT jsonb_agg(jsonb_build_array(r.set_id, u.id, coalesce(u.short, u.name)) ORDER BY m.sort, u.id)
       FROM edition_reaches r
       LEFT JOIN unit_set_members m ON m.tenant_id = r.tenant_id AND m.set_id = r.set_id
       LEFT JOIN units u ON u.tenant_id = m.tenant_id AND u.id = m.unit_id AND u.active
      WHERE r.tenant_id = {edition}.tenant_id AND r.edition_id = {edition}.{id} AND r.step_key = {step}) AS sets
"""

# The task (pk_tasks), its case (pk_cases) and the key's first answer (pk_idempotency_keys), locked case first.
LOCK_TASK = _statement(
    f"""
    SELECT t.id AS task_id, t.step_key, t.visit, t.member, t.status AS task_status, t.version, t.assignee_id,
           t.offered_to, t.opened_at, t.closed_at, t.closed_by, {_CASE},
           k.body_hash, k.response,
           (SELECT jsonb_object_agg(p.id, p.name) FROM people p
             WHERE p.tenant_id = t.tenant_id
               AND p.id IN (t.closed_by, t.offered_to, t.assignee_id)) AS names,
           {_SETS.format(edition="c", id="edition_id", step="t.step_key")}
      FROM tasks t
      JOIN cases c ON c.tenant_id = t.tenant_id AND c.id = t.case_id
      LEFT JOIN idempotency_keys k ON k.tenant_id = t.tenant_id AND k.person_id = :person AND k.key = :key
     WHERE t.tenant_id = :tenant AND t.id = :task
       FOR NO KEY UPDATE OF c, t
    """
)

# The case alone, for what is asked of it and not of a task.
LOCK_CASE = _statement(
    f"""
    SELECT {_CASE}, k.body_hash, k.response,
           {_SETS.format(edition="c", id="edition_id", step=":step")}
      FROM cases c
      LEFT JOIN idempotency_keys k ON k.tenant_id = c.tenant_id AND k.person_id = :person AND k.key = :key
     WHERE c.tenant_id = :tenant AND c.id = :case
       FOR NO KEY UPDATE OF c
    """
)

# What few commands need besides: whether he may see a case that is not an ordinary one (core.organization.secrecy), and
# the files in a form that takes some (ix_evidence_case); those of an earlier visit still count, so a returned task can
# be confirmed unchanged. It stands apart from the locking read: plan nodes cost their start even where they never run
# (0.3 ms of 0.43).
LOOK = _statement(
    f"""
    SELECT {VISIBLE} AS sees,
           (SELECT jsonb_object_agg(e.field, e.ids)
              FROM (SELECT f.field, jsonb_agg(f.id ORDER BY f.id) AS ids
                      FROM evidence f
                      JOIN tasks v ON v.tenant_id = f.tenant_id AND v.id = f.task_id
                     WHERE f.tenant_id = c.tenant_id AND f.case_id = c.id AND f.removed_at IS NULL
                       AND v.step_key = :step AND v.member = :member
                     GROUP BY f.field) e) AS evidence
      FROM cases c
     WHERE c.tenant_id = :tenant AND c.id = :case
    """
)

# After a wait for the lock, the key that was being written meanwhile (pk_idempotency_keys).
FIND_KEY = _statement(
    """
    SELECT body_hash, response FROM idempotency_keys
     WHERE tenant_id = :tenant AND person_id = :person AND key = :key
    """
)

# Whether the person a returned task was offered to still answers for it; asked only of another who would act.
STILL_HOLDS = _statement(
    """
    SELECT EXISTS (SELECT 1 FROM holders
                    WHERE tenant_id = :tenant AND assignee_id = :assignee AND person_id = :person) AS holds
    """
)

# Nobody else answers for the task today: segregation becomes a warning. Asked only where it would refuse.
ALONE = _statement(
    """
    SELECT NOT EXISTS (SELECT 1 FROM holders
                        WHERE tenant_id = :tenant AND assignee_id = :assignee AND person_id <> :person) AS alone
    """
)

# The branch rule (pk_position_branches): does the person stand above the desks that these assignees stand for?
# The head of a unit and the head of a team stand above its tasks themselves.
SUPERVISES = _statement(
    """
    WITH desks AS (
        SELECT p.id AS position_id, 1 AS least FROM positions p
         WHERE p.tenant_id = :tenant AND p.id = ANY (:assignees)
        UNION ALL
        SELECT p.id, 0 FROM positions p
         WHERE p.tenant_id = :tenant AND p.unit_id = ANY (:assignees) AND p.head AND p.active
        UNION ALL
        SELECT m.position_id, 0 FROM team_members m
         WHERE m.tenant_id = :tenant AND m.team_id = ANY (:assignees) AND m.head
        UNION ALL
        SELECT o.position_id, 1 FROM current_assignments o
         WHERE o.tenant_id = :tenant AND o.person_id = ANY (:assignees)),
    mine AS (SELECT position_id FROM current_assignments WHERE tenant_id = :tenant AND person_id = :person)
    SELECT EXISTS (
               SELECT 1 FROM desks d
                 JOIN position_branches b ON b.tenant_id = :tenant AND b.position_id = d.position_id
                 JOIN mine ON mine.position_id = b.superior_id
                WHERE b.distance >= d.least) AS supervises,
           EXISTS (
               SELECT 1 FROM current_assignments r
                 JOIN position_branches b ON b.tenant_id = r.tenant_id AND b.position_id = r.position_id
                 JOIN mine ON mine.position_id = b.superior_id
                WHERE r.tenant_id = :tenant AND r.person_id = :receiver) AS receiver_in_branch,
           EXISTS (
               SELECT 1 FROM people r
                WHERE r.tenant_id = :tenant AND r.id = :receiver AND r.active) AS receiver_active
    """
)

# Whether somebody read what a completion opened (uq_tasks_tenant_id_case_id...): it cannot be withdrawn then.
UNREAD = _statement(
    """
    SELECT NOT EXISTS (SELECT 1 FROM tasks o WHERE o.tenant_id = :tenant AND o.case_id = :case
                          AND o.status = 'open' AND o.opened_at >= :at AND o.read_at IS NOT NULL) AS unread
    """
)

# What happened to a task since a version of it: the last events that made a new one, newest first (pk_events).
CHANGES = _statement(
    """
    SELECT e.kind, p.name
      FROM events e
      LEFT JOIN people p ON p.tenant_id = e.tenant_id AND p.id = e.person_id
     WHERE e.tenant_id = :tenant AND e.case_id = :case
       AND e.kind IN ('task_started', 'evidence_attached', 'evidence_removed', 'task_reassigned')
       AND e.body ->> 'step' = :step AND coalesce(e.body ->> 'member', '') = :member
       AND (e.body ->> 'visit')::int = :visit
     ORDER BY e.seq DESC
     LIMIT :limit
    """
)

# The files attached in every step of a case, for a plugin that checks a completion (ix_evidence_case).
EVIDENCE_COUNTS = _statement(
    """
    SELECT t.step_key, t.member, e.field, count(*) AS files
      FROM evidence e
      JOIN tasks t ON t.tenant_id = e.tenant_id AND t.id = e.task_id
     WHERE e.tenant_id = :tenant AND e.case_id = :case AND e.removed_at IS NULL
     GROUP BY t.step_key, t.member, e.field
    """
)

# A unit that is to join an `each` late.
CANDIDATE = _statement(
    "SELECT id, coalesce(short, name) AS label FROM units WHERE tenant_id = :tenant AND id = :unit AND active"
)

# The running number of the procedure in the year; whoever starts the next one waits for this commit.
NEXT_NUMBER = _statement(
    """
    INSERT INTO case_counters AS n (tenant_id, procedure_id, year, last)
    SELECT p.tenant_id, p.id, :year, 1 FROM procedures p WHERE p.tenant_id = :tenant AND p.code = :code
        ON CONFLICT (tenant_id, procedure_id, year) DO UPDATE SET last = n.last + 1
    RETURNING procedure_id, last
    """
)

# The edition in force (pk_procedures, pk_editions) with the sets a start may open, and the key's first answer.
READ_START = _statement(
    f"""
    SELECT p.id AS procedure_id, p.effective_id AS edition_id, k.body_hash, k.response,
           {_SETS.format(edition="p", id="effective_id", step="''")}
      FROM procedures p
      LEFT JOIN idempotency_keys k ON k.tenant_id = p.tenant_id AND k.person_id = :person AND k.key = :key
     WHERE p.tenant_id = :tenant AND p.id = :procedure
    """
)

_LOG = """
    logged AS (
        INSERT INTO events (tenant_id, case_id, seq, kind, at, person_id, position_id, capacity, body,
                            payload_hash, prev_mac, mac)
        SELECT :tenant, :case, e.seq, e.kind, :at, :person, :position, :capacity, e.body,
               decode(e.payload_hash, 'hex'), decode(e.prev_mac, 'hex'), decode(e.mac, 'hex')
          FROM jsonb_to_recordset(:events)
               AS e(seq int, kind text, body jsonb, payload_hash text, prev_mac text, mac text)),
    explained AS (
        INSERT INTO event_payloads (tenant_id, case_id, seq, value, salt)
        SELECT :tenant, :case, e.seq, e.payload, decode(e.salt, 'hex')
          FROM jsonb_to_recordset(:events) AS e(seq int, payload jsonb, salt text)
         WHERE e.salt IS NOT NULL),
    opened AS (
        INSERT INTO tasks (tenant_id, id, case_id, step_key, member, visit, label, status, version,
                           assignee_kind, assignee_id, offered_to, opened_at, due_at, warn_at)
        SELECT :tenant, o.id, :case, o.step, o.member, o.visit, o.label, 'open', 1,
               o.assignee_kind, o.assignee_id, o.offered_to, :at, o.due_at, o.warn_at
          FROM jsonb_to_recordset(:opened)
               AS o(id uuid, step text, member text, visit int, label text, assignee_kind text, assignee_id uuid,
                    offered_to uuid, due_at timestamptz, warn_at timestamptz)),
    remembered AS (
        INSERT INTO idempotency_keys (tenant_id, person_id, key, body_hash, response, created_at)
        SELECT :tenant, :person, :key, :body_hash, :response, :at WHERE :key IS NOT NULL)
"""

# Everything one command changes, in one statement: events, payloads, tasks, key, the state. The tasks are looked up
# one by one (uq_tasks_tenant_id_case_id_step_key_member_visit) and changed by id: as a join, or by arrays of steps and
# visits before PostgreSQL 17, every visit the case ever had was read.
WRITE = _statement(
    f"""
    WITH {_LOG},
    changed AS (
        UPDATE tasks t
           SET status = coalesce(x.status, t.status),
               version = t.version + 1,
               started_at = coalesce(t.started_at, x.started_at),
               closed_at = coalesce(t.closed_at, x.closed_at),
               closed_by = coalesce(x.closed_by, t.closed_by),
               position_id = coalesce(x.position_id, t.position_id),
               capacity = coalesce(x.capacity, t.capacity),
               outcome = coalesce(x.outcome, t.outcome),
               reason = coalesce(x.reason, t.reason),
               answers = coalesce(x.answers, t.answers),
               draft = CASE WHEN x.closed_at IS NULL THEN t.draft END,
               assignee_kind = coalesce(x.assignee_kind, t.assignee_kind),
               assignee_id = coalesce(x.assignee_id, t.assignee_id),
               offered_to = CASE WHEN x.assignee_id IS NULL THEN t.offered_to END
          FROM jsonb_to_recordset(:changes)
               AS x(step text, member text, visit int, status text, started_at timestamptz, closed_at timestamptz,
                    closed_by uuid, position_id uuid, capacity text, outcome text, reason text, answers jsonb,
                    assignee_kind text, assignee_id uuid)
         WHERE t.tenant_id = :tenant
           AND t.id = ANY (ARRAY(
                   SELECT (SELECT i.id FROM tasks i
                            WHERE i.tenant_id = :tenant AND i.case_id = :case
                              AND i.step_key = y.step AND i.member = y.member AND i.visit = y.visit)
                     FROM jsonb_to_recordset(:changes) AS y(step text, member text, visit int)))
           AND t.step_key = x.step AND t.member = x.member AND t.visit = x.visit)
    UPDATE cases
       SET state = :state, status = :status, ended = :ended, head_seq = :head_seq, head_mac = :head_mac,
           updated_at = :at, closed_at = CASE WHEN :status <> 'open' THEN coalesce(closed_at, :at) END
     WHERE tenant_id = :tenant AND id = :case
    """
)

# A new case with its first events and tasks, in one statement.
WRITE_START = _statement(
    f"""
    WITH {_LOG}
    INSERT INTO cases (tenant_id, id, procedure_id, edition_id, number, subject, answers, status, ended, secrecy,
                       state, head_seq, head_mac, opened_at, opened_by, closed_at, updated_at)
    VALUES (:tenant, :case, :procedure, :edition, :number, :subject, :answers, :status, :ended, :secrecy,
            :state, :head_seq, :head_mac, :at, :person, CASE WHEN :status <> 'open' THEN :at END, :at)
    """
)

# A form as it is being typed: no event, no new version; a closed task keeps what it was closed with.
SAVE_DRAFT = _statement(
    """
    UPDATE tasks SET draft = :draft
     WHERE tenant_id = :tenant AND id = :task AND status = 'open'
    RETURNING version
    """
)

# The first look of one of its officials: after it, what opened the task cannot be withdrawn.
MARK_READ = _statement(
    """
    UPDATE tasks SET read_at = :at
     WHERE tenant_id = :tenant AND id = :task AND status = 'open' AND read_at IS NULL
    """
)
