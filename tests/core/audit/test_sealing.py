"""The daily seal: audit entries in a chain, the heads of the logs in anchors, the anchors in a chain of their own."""

from datetime import UTC, datetime

import psycopg
import pytest
from sqlalchemy import select

from core.audit import sealing
from core.audit.entries import record
from core.audit.models import AuditEntry
from core.tenancy.scope import tenant_transaction

pytestmark = pytest.mark.database

KEY = b"kunci segel untuk uji, bukan rahasia"
HEADS = [["0198-satu", "UJI/1", 3, "ab" * 32]]


@pytest.fixture
def scope(database, tenant):
    return lambda: tenant_transaction(database, tenant.slug)


@pytest.fixture
def write(scope):
    """Adds audit entries of these kinds."""

    def written(*kinds):
        with scope() as session:
            for kind in kinds:
                record(session, kind, subject="x", details={"angka": 1.0, "teks": "dingin – sekali"})

    return written


@pytest.fixture
def seal(scope):
    def sealed(heads=HEADS):
        with scope() as session:
            return sealing.seal(session, KEY, heads, datetime.now(UTC))

    return sealed


@pytest.fixture
def check(scope):
    def checked(key=KEY):
        with scope() as session:
            return list(sealing.check(session, key))

    return checked


@pytest.fixture
def owner(tenant, addresses):
    def tamper(statement):
        with psycopg.connect(addresses.owner) as connection:
            connection.execute("SELECT set_config('langkah.tenant', %s, true)", (str(tenant.id),))
            assert connection.execute(statement).rowcount > 0, "nothing was tampered with"

    return tamper


def test_a_seal_numbers_what_was_written_since_the_last_one(scope, write, seal, check):
    write("login.failed", "login.ok")
    first = seal()
    write("rights.changed")
    second = seal([])
    assert (first.number, first.audit_seq, second.number, second.audit_seq) == (1, 2, 2, 3)
    with scope() as session:
        kinds = session.scalars(select(AuditEntry.kind).order_by(AuditEntry.seq)).all()
    assert (sorted(kinds[:2]), kinds[2:]) == (["login.failed", "login.ok"], ["rights.changed"])
    assert check() == []


def test_sealing_nothing_is_a_seal_too(seal, check):
    assert [seal([]).number, seal([]).number] == [1, 2]
    assert check() == []


def test_more_entries_than_fit_in_one_batch_are_all_sealed(monkeypatch, write, seal, check):
    monkeypatch.setattr(sealing, "BATCH", 3)
    write(*("login.failed",) * 8)
    assert seal().audit_seq == 8
    assert check() == []


def test_what_is_written_after_the_seal_is_not_yet_its_concern(write, seal, check):
    write("login.ok")
    seal()
    write("login.failed")
    assert check() == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("UPDATE audit_entries SET kind = 'login.ok' WHERE seq = 2", "catatan audit nomor 2 diubah"),
        ("UPDATE audit_entries SET details = '{}' WHERE seq = 2", "catatan audit nomor 2 diubah"),
        ("UPDATE audit_entries SET at = at - interval '1 second' WHERE seq = 1", "catatan audit nomor 1 diubah"),
        ("UPDATE audit_entries SET subject = NULL WHERE seq = 3", "catatan audit nomor 3 diubah"),
        ("UPDATE audit_entries SET mac = NULL WHERE seq = 3", "catatan audit nomor 3 diubah"),
        ("DELETE FROM audit_entries WHERE seq = 2", "catatan audit nomor 2 hilang"),
        ("DELETE FROM audit_entries WHERE seq = 1", "catatan audit nomor 1 hilang"),
        ("UPDATE anchors SET heads = '[]'", "segel nomor 1 tanggal"),
        ("UPDATE anchors SET sealed_at = sealed_at + interval '1 hour' WHERE number = 2", "segel nomor 2 tanggal"),
        ("DELETE FROM anchors WHERE number = 1", "segel nomor 1 hilang"),
    ],
)
def test_what_was_sealed_cannot_be_changed_unseen(write, seal, check, owner, change, said):
    write("login.failed", "login.failed", "login.failed")
    seal()
    seal()
    owner(change)
    assert any(problem.startswith(said) for problem in check()), check()


def test_a_cut_tail_of_entries_is_betrayed_by_the_seal(write, seal, check, owner):
    write("login.failed", "login.failed")
    seal()
    owner("DELETE FROM audit_entries WHERE seq = 2")
    assert check() == ["catatan audit sesudah nomor 1 terpotong: segel terakhir mencatat 2"]


def test_without_the_key_nothing_can_be_sealed(write, seal, check):
    write("login.failed")
    seal()
    assert check(b"kunci lain yang tidak benar")[0] == "catatan audit nomor 1 diubah"


def test_a_tenant_seals_its_own(database, other_tenant, write, seal, check):
    write("login.failed")
    seal()
    with tenant_transaction(database, other_tenant.slug) as session:
        assert sealing.last_anchor(session) is None
        assert sealing.seal(session, KEY, [], datetime.now(UTC)).audit_seq == 0
        assert list(sealing.check(session, KEY)) == []
    assert check() == []
