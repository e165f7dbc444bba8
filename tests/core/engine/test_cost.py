"""What a command costs: how many statements it sends, and that a long history makes none of them dearer."""

import json
from contextlib import contextmanager
from datetime import UTC, datetime

import psycopg
import pytest
from sqlalchemy import text

from core.audit import chain
from core.database import new_id
from core.engine import desk, rows
from core.engine.events import Commented
from core.engine.service import Completion, Request
from core.tenancy.scope import tenant_transaction
from tests.core.engine.procedures import EDARAN
from tests.statements import counted
from tests.world import LOG_KEY, OPD

pytestmark = pytest.mark.database


@contextmanager
def cost(world, name):
    """The statements of one command by that person, the scope's included, as (session, request, sent)."""
    actor = world.actor(name)
    with counted(world.database) as sent, tenant_transaction(world.database, world.slug) as session:
        yield session, Request(actor, datetime.now(UTC), str(new_id())), sent


def completion(run, by, step, member="", **how):
    """How many statements finishing that task sends."""
    task = run.task(step, member).id
    with cost(run.world, by) as (session, request, sent):
        run.engine.complete(session, request, task, Completion(**how))
        return len(sent)


def test_starting_sends_four_statements(world, edaran):
    with cost(world, "ani") as (session, request, sent):
        world.engine.start(session, request, "edaran", {"perihal": "Upacara"})
    assert len(sent) == 4


def test_completing_sends_three_whatever_it_opens_and_returning_too(edaran):
    assert completion(edaran, "ani", "konsep", answers={"isi": "ada"}) == 3
    assert completion(edaran, "budi", "periksa", outcome="dikembalikan", reason="kurang") == 3
    assert completion(edaran, "ani", "konsep", answers={"isi": "ada"}) == 3
    assert completion(edaran, "budi", "periksa") == 3
    for unit, name in zip(OPD, ("dewi", "eko", "lila"), strict=True):
        assert completion(edaran, name, "data", unit, answers={"jawaban": "ada"}) == 3
    members = (edaran.world.member("dinkes"),)
    assert completion(edaran, "ani", "rekap", outcome="dikembalikan", reason="kurang", members=members) == 3
    assert completion(edaran, "dewi", "data", "dinkes", answers={"jawaban": "ada"}) == 3
    assert completion(edaran, "ani", "rekap") == 3
    assert completion(edaran, "hadi", "tetapkan") == 3
    assert edaran.row.status == "done"


def test_a_case_that_is_not_for_everybody_costs_one_more(world):
    world.put_in_force(EDARAN.replace("start:", "secrecy: rahasia\nstart:", 1))
    run = world.start("ani", "edaran", perihal="Mutasi")
    assert completion(run, "ani", "konsep", answers={"isi": "ada"}) <= 4


def test_beginning_sends_three(world, edaran):
    task = edaran.task("konsep").id
    with cost(world, "ani") as (session, request, sent):
        world.engine.begin(session, request, task)
    assert len(sent) == 3


def test_the_inbox_is_one_statement_beside_the_scope(world, edaran):
    with cost(world, "ani") as (session, request, sent):
        assert len(desk.page(session, request.actor, desk.Asked(request.now))) == 1
    assert len(sent) == 2


@pytest.mark.parametrize("which", desk.LISTS)
def test_so_is_every_list_and_so_are_their_sums(world, edaran, which):
    edaran.complete("ani", "konsep", isi="ada")
    with cost(world, "budi") as (session, request, sent):
        desk.page(session, request.actor, desk.Asked(request.now, which, text="cuti"))
        desk.tally(session, request.actor, request.now)
    assert len(sent) == 3


READ = text(
    """
    SELECT coalesce(sum(coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0)), 0)::int AS rows
      FROM pg_stat_xact_user_tables
    """
)


def effort(run, by, step, **how):
    """(statements, rows the server read) of finishing that task."""
    task = run.task(step).id
    with cost(run.world, by) as (session, request, sent):
        before, counting = session.execute(READ).scalar_one(), len(sent)
        run.engine.complete(session, request, task, Completion(**how))
        return len(sent) - counting, session.execute(READ).scalar_one() - before


def round_trip(run):
    """One paper written and read again."""
    return effort(run, "ani", "tulis"), effort(run, "budi", "baca", outcome="ulang", reason="lagi")


def test_finishing_a_task_costs_the_same_at_event_ten_and_at_event_five_thousand(busy, busy_addresses):
    run = busy.start("ani", "bolak")
    round_trip(run)
    assert 5 < run.row.head_seq <= 10
    young = round_trip(run)
    # PostgreSQL 18 reads 37 and 39 rows here, 15 reads 38 and 41: keys, not the 20,000 tasks busy has behind it.
    assert all(read < 60 for _, read in young)
    _grow(run, 5_000)
    with psycopg.connect(busy_addresses.owner, autocommit=True) as owner:
        owner.execute("ANALYZE")
    assert run.row.head_seq >= 5_000
    assert round_trip(run) == young


def _grow(run, until):
    """Lets the case be commented on, and its tasks redone, for years: rows as the engine writes them."""
    world, row = run.world, run.row
    stamp = chain.Stamp(world.id, run.id, row.updated_at, world.people["ani"], None, None)
    happened = [(Commented.kind, {}, {"teks": "lagi"})] * (until - row.head_seq)
    links, head = chain.append(LOG_KEY, stamp, chain.Head(row.head_seq, bytes(row.head_mac)), happened)
    shared = {"case": run.id, "at": stamp.at, "person": stamp.person, "seq": head.seq, "mac": head.mac}
    with world.scope() as session:
        for statement in _GROWTH:
            session.execute(text(statement), {"events": json.dumps(rows.logged(links)), **shared})


_GROWTH = (
    """
    INSERT INTO events (tenant_id, case_id, seq, kind, at, person_id, body, payload_hash, prev_mac, mac)
    SELECT c.tenant_id, c.id, e.seq, e.kind, :at, :person, e.body, decode(e.payload_hash, 'hex'),
           decode(e.prev_mac, 'hex'), decode(e.mac, 'hex')
      FROM cases c, jsonb_to_recordset(CAST(:events AS jsonb))
           AS e(seq int, kind text, body jsonb, payload_hash text, prev_mac text, mac text)
     WHERE c.id = :case
    """,
    """
    INSERT INTO event_payloads (tenant_id, case_id, seq, value, salt)
    SELECT c.tenant_id, c.id, e.seq, e.payload, decode(e.salt, 'hex')
      FROM cases c, jsonb_to_recordset(CAST(:events AS jsonb)) AS e(seq int, payload jsonb, salt text)
     WHERE c.id = :case
    """,
    """
    INSERT INTO tasks
    SELECT copy.* FROM tasks t, generate_series(1, 1000) n,
           LATERAL jsonb_populate_record(t, jsonb_build_object('id', md5(t.id::text || n), 'visit', -n)) AS copy
     WHERE t.case_id = :case AND t.visit = 1
    """,
    "UPDATE cases SET head_seq = :seq, head_mac = :mac WHERE id = :case",
)
