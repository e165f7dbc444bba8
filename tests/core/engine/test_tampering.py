"""Somebody with the owner role changes the log: `langkah audit verify` names the case and the event."""

import psycopg
import pytest
from psycopg.types.json import Jsonb
from sqlalchemy import update

from core.engine import verification
from core.engine.models import EventPayload
from tests.world import LOG_KEY

pytestmark = pytest.mark.database

CHANGED = "catatan diubah atau tidak dibuat oleh aplikasi"
PAYLOAD = "isi catatan (teks atau isian) diubah"
LOST = "catatan hilang dari log"
CUT = "akhir log terpotong: pelaksanaan mencatat lebih banyak kejadian"
STATE = "keadaan pelaksanaan berbeda dari yang dihasilkan lognya"
UNPLAYABLE = "log tidak dapat dijalankan ulang"


@pytest.fixture
def owner(world, edaran, addresses):
    """The owner role in the tenant's scope, since row security is forced upon him too; `tamper(sql, …)` commits."""
    edaran.complete("ani", "konsep", isi="Isi yang asli")
    edaran.comment("dewi", "Komentar terakhir")

    def tamper(statement, *values):
        with psycopg.connect(addresses.owner) as connection:
            connection.execute("SELECT set_config('langkah.tenant', %s, true)", (str(world.id),))
            changed = connection.execute(statement, values).rowcount
            assert changed > 0, "nothing was tampered with"

    return tamper


def found(run):
    """(seq, problem) of the case's findings; every one names the case."""
    findings = run.world.findings()
    assert {finding.case for finding in findings} <= {run.row.number}
    return [(finding.seq, finding.problem) for finding in findings]


def seal(world):
    with world.scope() as session:
        return verification.seal(session, LOG_KEY, world.request(session, "ani").now)


def test_an_untouched_log_is_clean(world, owner):
    seal(world)
    assert world.findings() == []


@pytest.mark.parametrize(
    "change",
    [
        """body = '{"step": "periksa", "visit": 1, "outcome": "selesai", "by": "x"}'""",
        "mac = decode(repeat('00', 32), 'hex')",
        "kind = 'task_closed'",
        "at = at - interval '1 day'",
        "capacity = 'plt'",
        "person_id = NULL",
        "position_id = NULL",
        "payload_hash = decode(repeat('00', 32), 'hex')",
        "payload_hash = NULL",
    ],
)
def test_a_changed_event_is_named(edaran, owner, change):
    owner(f"UPDATE events SET {change} WHERE case_id = %s AND seq = 3", edaran.id)
    assert (3, CHANGED) in found(edaran)


def test_a_changed_link_is_named_though_all_before_it_hold(edaran, owner):
    owner("UPDATE events SET mac = decode(repeat('00', 32), 'hex') WHERE case_id = %s AND seq = 5", edaran.id)
    assert found(edaran) == [(5, CHANGED)]


@pytest.mark.parametrize(
    "body", ["[]", "7", '{"step": 7, "visit": "x", "by": [1], "outcome": {}}', '{"hantu": 1}', "null"]
)
def test_whatever_stands_in_a_body_verifying_goes_on(edaran, owner, body):
    owner("UPDATE events SET body = %s::jsonb WHERE case_id = %s AND seq = 3", body, edaran.id)
    assert (3, CHANGED) in found(edaran)


def test_a_kind_nobody_knows_is_named(edaran, owner):
    owner("UPDATE events SET kind = 'hantu' WHERE case_id = %s AND seq = 3", edaran.id)
    assert found(edaran) == [(3, CHANGED), (None, UNPLAYABLE)]


@pytest.mark.parametrize(
    "change",
    [
        """value = '{"isian": {"isi": "Isi yang lain"}}'""",
        "salt = decode(repeat('00', 16), 'hex')",
    ],
)
def test_a_changed_text_is_named(edaran, owner, change):
    owner(f"UPDATE event_payloads SET {change} WHERE case_id = %s AND seq = 3", edaran.id)
    assert found(edaran) == [(3, PAYLOAD)]


def test_a_text_put_where_there_was_none_is_named(edaran, owner):
    owner(
        "INSERT INTO event_payloads SELECT tenant_id, id, 4, %s, NULL FROM cases WHERE id = %s",
        Jsonb({"teks": "palsu"}), edaran.id,
    )  # fmt: skip
    assert found(edaran) == [(4, PAYLOAD)]


def test_a_text_taken_out_with_its_row_is_named(edaran, owner):
    owner("DELETE FROM event_payloads WHERE case_id = %s AND seq = 3", edaran.id)
    assert found(edaran) == [(3, PAYLOAD)]


def test_erasing_a_text_as_the_law_asks_is_no_finding(world, edaran, owner):
    with world.scope() as session:
        mine = (EventPayload.case_id == edaran.id) & (EventPayload.seq == 3)
        session.execute(update(EventPayload).where(mine).values(value=None, salt=None))
    assert found(edaran) == []


def test_a_deleted_event_is_named(edaran, owner):
    owner("DELETE FROM events WHERE case_id = %s AND seq = 4", edaran.id)
    assert found(edaran)[0] == (4, LOST)


def test_the_first_event_deleted_is_named(edaran, owner):
    owner("DELETE FROM event_payloads WHERE case_id = %s AND seq = 1", edaran.id)
    owner("DELETE FROM events WHERE case_id = %s AND seq = 1", edaran.id)
    assert found(edaran)[0] == (1, LOST)


def test_an_event_added_without_the_key_is_named(edaran, owner):
    owner(
        "INSERT INTO events SELECT tenant_id, case_id, seq + 1, kind, at, person_id, position_id, capacity, body, "
        "NULL, mac, mac FROM events WHERE case_id = %s AND seq = 5",
        edaran.id,
    )
    assert found(edaran) == [(6, CHANGED)]


def cut(owner, run):
    """Takes the last event, the comment, away."""
    owner("DELETE FROM event_payloads WHERE case_id = %s AND seq = 5", run.id)
    owner("DELETE FROM events WHERE case_id = %s AND seq = 5", run.id)


def test_a_cut_tail_is_named(edaran, owner):
    cut(owner, edaran)
    assert found(edaran) == [(5, CUT)]


def test_a_tail_cut_together_with_the_head_is_betrayed_by_the_seal(world, edaran, owner):
    seal(world)
    cut(owner, edaran)
    owner("UPDATE cases SET (head_seq, head_mac) = (SELECT seq, mac FROM events WHERE case_id = cases.id AND seq = 4)"
          " WHERE id = %s", edaran.id)  # fmt: skip
    [(seq, problem)] = found(edaran)
    assert seq == 5
    assert problem.startswith("berbeda dari segel tanggal ")


def test_a_case_removed_with_all_its_rows_is_betrayed_by_the_seal(world, edaran, owner):
    number = edaran.row.number
    seal(world)
    for table in ("event_payloads", "events", "tasks"):
        owner(f"DELETE FROM {table} WHERE case_id = %s", edaran.id)
    owner("DELETE FROM cases WHERE id = %s", edaran.id)
    assert [(each.case, each.seq) for each in world.findings()] == [(number, 5)]


def test_a_log_written_with_another_key_is_named(world, edaran):
    with world.scope() as session:
        first = next(verification.verify(session, b"kunci yang lain sama sekali", world.engine.editions))
    assert (first.seq, first.problem) == (1, CHANGED)


@pytest.mark.parametrize("change", ["""state = '{"status": "done"}'""", "state = '[]'"])
def test_a_changed_state_is_named(edaran, owner, change):
    owner(f"UPDATE cases SET {change} WHERE id = %s", edaran.id)
    assert found(edaran) == [(None, STATE)]


def test_findings_of_one_case_do_not_hide_those_of_the_next(world, edaran, owner):
    other = world.start("ani", "edaran", perihal="Lain")
    for run in (edaran, other):
        owner("UPDATE events SET capacity = 'plt' WHERE case_id = %s AND seq = 2", run.id)
    assert {finding.case for finding in world.findings()} == {edaran.row.number, other.row.number}
