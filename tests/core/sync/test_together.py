"""Two at a time: syncs follow each other, and an editor who comes between is never overwritten."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import func, select

from core.organization.models import Unit
from core.organization.units import update_unit
from core.procedures.models import EditionRow
from core.sync import service
from core.sync.request import SyncConflict
from core.tenancy.scope import tenant_transaction
from tests.core.organization.offices import BY
from tests.core.sync.folders import run

pytestmark = pytest.mark.database


def unit(session, key):
    return session.scalars(select(Unit).where(Unit.key == key)).one()


def test_two_syncs_at_once_make_one(database, root, city):
    run(database, root)
    city.item("units", "dinas")["name"] = "Dinas Baru"
    city.bindings["data"]["title"] = "Pengumpulan data tahunan"
    city.write()
    start = Barrier(4)

    def one(_):
        start.wait(timeout=20)
        return run(database, root)

    with ThreadPoolExecutor(4) as pool:
        reports = list(pool.map(one, range(4)))
    assert all(report.applied for report in reports)
    with tenant_transaction(database, city.slug) as session:
        assert unit(session, "dinas").name == "Dinas Baru"
        assert session.scalar(select(func.count()).select_from(EditionRow)) == 2


def test_an_edit_between_comparing_and_writing_is_seen(database, root, city, monkeypatch):
    run(database, root)
    city.item("units", "dinas")["name"] = "Dinas Berkas"
    city.write()
    lock = service._lock

    def edited_first(session, whose):
        with tenant_transaction(database, city.slug) as other:
            update_unit(other, BY, unit(other, "dinas").id, name="Dinas Kantor")
        lock(session, whose)

    monkeypatch.setattr(service, "_lock", edited_first)
    with pytest.raises(SyncConflict):
        run(database, root)
    with tenant_transaction(database, city.slug) as session:
        assert unit(session, "dinas").name == "Dinas Kantor"
