"""The sweep takes what nobody uses, and nothing that somebody is about to use."""

import os
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from io import BytesIO

import pytest
from sqlalchemy import select, text

from core.files import sweep as sweeping
from core.files.models import Evidence, StoredFile
from core.files.service import find_file, store
from core.files.sweep import AGE, sweep
from core.tenancy.scope import tenant_transaction
from tests.core.files import samples
from tests.core.files.conftest import NOW, attach

pytestmark = pytest.mark.database

TOMORROW = NOW + AGE + timedelta(minutes=10)
LIMIT = 1024**2


@pytest.fixture
def upload(database, storage, tenant):
    def upload(content=samples.PDF, whose=None, used=False):
        with tenant_transaction(database, (whose or tenant).id) as session:
            file = store(session, storage, BytesIO(content), "berkas", LIMIT, NOW)
            if used:
                attach(session, file)
        return file

    return upload


@pytest.fixture
def swept(database, storage, tenant):
    """The whole sweep of a tenant, batch by batch, each committed; (rows, contents) that went."""

    def swept(now=TOMORROW, batch=200):
        rows, contents, after = 0, 0, ""
        while after is not None:
            with tenant_transaction(database, tenant.id) as session:
                done = sweep(session, storage, now, after=after, batch=batch)
            rows, contents, after = rows + done.rows, contents + done.contents, done.after
        return rows, contents

    return swept


def test_what_no_evidence_uses_goes_after_a_day_row_and_content(upload, swept, storage, tenant):
    file = upload()
    assert swept(NOW + AGE - timedelta(minutes=10)) == (0, 0)
    assert storage.exists(tenant.id, file.sha256)
    assert swept() == (1, 1)
    assert not storage.exists(tenant.id, file.sha256)
    assert swept() == (0, 0)


def test_evidence_keeps_its_file_even_when_it_was_removed(upload, swept, database, storage, tenant):
    kept = [upload(b"satu", used=True), upload(b"dua")]
    with tenant_transaction(database, tenant.id) as session:
        attach(session, find_file(session, kept[1].id), removed_at=NOW)
    upload(b"tiga")
    assert swept() == (1, 1)
    assert all(storage.exists(tenant.id, file.sha256) for file in kept)


def test_a_content_whose_upload_crashed_before_its_commit_goes(swept, database, storage, tenant):
    with pytest.raises(RuntimeError), tenant_transaction(database, tenant.id) as session:
        store(session, storage, BytesIO(samples.PDF), "surat.pdf", LIMIT, NOW)
        raise RuntimeError("the machine fell")
    assert swept(NOW) == (0, 0)
    assert swept() == (0, 1)


def test_what_an_upload_left_half_written_goes(swept, storage, tenant):
    left = storage.root / str(tenant.id) / (".partial-" + "a" * 32)
    left.parent.mkdir(parents=True)
    left.write_bytes(b"half")
    swept(NOW)
    assert left.exists()
    swept()
    assert not left.exists()


def test_a_rollback_of_the_sweep_keeps_row_and_content(upload, database, storage, tenant):
    file = upload()
    with pytest.raises(RuntimeError), tenant_transaction(database, tenant.id) as session:
        assert sweep(session, storage, TOMORROW).rows == 1
        raise RuntimeError("the machine fell")
    with tenant_transaction(database, tenant.id) as session:
        assert find_file(session, file.id)
    assert storage.exists(tenant.id, file.sha256)


def test_many_go_in_batches_and_the_used_ones_stay(upload, swept, storage, tenant):
    for number in range(23):
        upload(b"isi %d" % number, used=number % 5 == 0)
    assert swept(batch=4) == (18, 18)
    assert len(list(storage.iterate(tenant.id))) == 5


def test_a_batch_is_bounded(upload, database, storage, tenant):
    for number in range(6):
        upload(b"isi %d" % number)
    with tenant_transaction(database, tenant.id) as session:
        assert sweep(session, storage, TOMORROW, batch=4).rows == 4


def test_another_tenants_files_are_out_of_reach(upload, swept, storage, tenant, other_tenant):
    theirs = upload(whose=other_tenant)
    assert swept() == (0, 0)
    assert storage.exists(other_tenant.id, theirs.sha256)


def test_a_row_whose_evidence_is_just_being_attached_is_passed_by(upload, swept, database, storage, tenant):
    file = upload()
    with tenant_transaction(database, tenant.id) as session:
        attach(session, file)
        assert swept() == (0, 0)
    with tenant_transaction(database, tenant.id) as session:
        assert session.scalars(select(Evidence.file_id)).all() == [file.id]
    assert storage.exists(tenant.id, file.sha256)


def test_an_old_orphan_that_is_uploaded_again_right_now_is_passed_by(upload, swept, database, storage, tenant):
    """Its row is gone, its content still lies there a day old, and the new row is not committed yet."""
    file = upload()
    with tenant_transaction(database, tenant.id) as session:
        session.execute(text("DELETE FROM files"))
    path = storage.root / str(tenant.id) / file.sha256[:2] / file.sha256
    with tenant_transaction(database, tenant.id) as session:
        again = store(session, storage, BytesIO(samples.PDF), "berkas", LIMIT, TOMORROW)
        os.utime(path, (0, 0))  # the worst case: the storage did not refresh the date
        assert swept() == (0, 0)
    assert storage.exists(tenant.id, again.sha256)
    assert swept() == (0, 0)


def test_an_upload_committed_between_the_look_and_the_lock_stands(upload, swept, storage, tenant, monkeypatch):
    digest = storage.put(tenant.id, BytesIO(samples.PDF))
    looked = []

    def look_then_upload(session, tenant, digests):
        found = without_row(session, tenant, digests)
        if not looked:
            looked.append(found)
            upload()
        return found

    without_row = sweeping._without_row
    monkeypatch.setattr(sweeping, "_without_row", look_then_upload)
    assert swept() == (0, 0)
    assert looked == [[digest]]
    assert storage.exists(tenant.id, digest)


def test_an_upload_waits_for_the_sweep_of_its_content_and_then_stands(database, storage, tenant):
    digest = storage.put(tenant.id, BytesIO(samples.PDF))
    path = storage.root / str(tenant.id) / digest[:2] / digest
    os.utime(path, (0, 0))
    done = threading.Event()

    def upload():
        with tenant_transaction(database, tenant.id) as session:
            store(session, storage, BytesIO(samples.PDF), "berkas", LIMIT, NOW)
        done.set()

    with tenant_transaction(database, tenant.id) as session:
        assert sweep(session, storage, NOW).contents == 1
        thread = threading.Thread(target=upload)
        thread.start()
        assert not done.wait(0.4)
        assert not path.exists()
    thread.join(10)
    assert done.is_set()
    assert path.exists()


def test_uploads_and_sweeps_at_once_never_leave_a_row_without_its_content(database, storage, tenant):
    """The sweepers' clock runs nine days ahead, so that every file is old to them at once.

    They begin behind the first digest: half-written files are young in earnest, and not theirs to take here.
    """
    stop = threading.Event()

    def sweep_on():
        while not stop.is_set():
            with tenant_transaction(database, tenant.id) as session:
                sweep(session, storage, TOMORROW + timedelta(days=9), after="0" * 64, batch=3)

    with ThreadPoolExecutor(2) as pool:
        sweepers = [pool.submit(sweep_on) for _ in range(2)]
        try:
            for number in range(60):
                with tenant_transaction(database, tenant.id) as session:
                    file = store(session, storage, BytesIO(b"isi %d" % (number % 3)), "berkas", LIMIT, NOW)
                    if number % 20 < 3:
                        attach(session, file)
        finally:
            stop.set()
    for sweeper in sweepers:
        sweeper.result()
    with tenant_transaction(database, tenant.id) as session:
        left = session.scalars(select(StoredFile)).all()
    assert len(left) == 3
    assert all(storage.exists(tenant.id, file.sha256) for file in left)
