"""Bindings become drafts; a date puts the sound ones into force; running cases keep what they began with."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import func, select, text, update
from sqlalchemy.exc import IntegrityError

from core.errors import Forbidden
from core.identity.actor import Actor
from core.organization.models import Position
from core.procedures.editions import (
    DateRefused,
    EditionRefused,
    NotADraft,
    ProcedureUnknown,
    TargetUnknown,
    draft,
    put_into_force,
    take_out_of_force,
)
from core.procedures.model import Edition
from core.procedures.models import EditionRow, Procedure
from core.sync.request import DayNotCome, SyncConflict
from core.tenancy.scope import scope_of, tenant_transaction
from tests.core.organization.offices import BY
from tests.core.sync.folders import PROCEDURE, offered, run, shown

pytestmark = pytest.mark.database
NOBODY = Actor(uuid4(), "", "", 0, False, {}, (), frozenset())


def editions(session):
    return [(row.number, row.status) for row in session.scalars(select(EditionRow).order_by(EditionRow.number))]


def latest(session) -> EditionRow:
    return session.scalars(select(EditionRow).order_by(EditionRow.number.desc()).limit(1)).one()


def reworded(city, activity):
    city.bindings["data"]["steps"] = {"minta": {"activity": activity}}
    city.write()


def test_new_content_makes_a_draft_and_an_older_draft_gives_way(database, root, city):
    run(database, root)
    reworded(city, "Meminta data kepada OPD")
    assert shown(run(database, root)) == {"~ procedure:data berubah"}
    with tenant_transaction(database, city.slug) as session:
        assert editions(session) == [(1, "retired"), (2, "draft")]
        assert session.scalars(select(Procedure)).one().effective_id is None


def test_a_date_puts_drafts_into_force_and_retires_the_former(database, root, city):
    run(database, root)
    assert shown(run(database, root, effective="today")) == {"* procedure:data diberlakukan"}
    assert run(database, root, effective="today").lines == []
    reworded(city, "Meminta data kepada OPD")
    run(database, root)
    with tenant_transaction(database, city.slug) as session:
        assert editions(session) == [(1, "effective"), (2, "draft")]
    run(database, root, effective="today")
    with tenant_transaction(database, city.slug) as session:
        assert editions(session) == [(1, "retired"), (2, "effective")]
        now = latest(session)
        assert session.scalars(select(Procedure)).one().effective_id == now.id
        assert (now.effective_on, session.get(EditionRow, (now.tenant_id, now.id)).retired_on) == (
            scope_of(session).today,
            None,
        )


def test_new_and_in_force_at_once(database, root, city):
    report = run(database, root, effective="today")
    assert {"+ procedure:data baru", "* procedure:data diberlakukan"} <= shown(report)
    with tenant_transaction(database, city.slug) as session:
        assert editions(session) == [(1, "effective")]
    assert run(database, root, effective="today").lines == []


def test_a_day_to_come_is_refused_before_anything_is_written(database, root, city):
    with pytest.raises(DayNotCome, match="tanggal itu belum tiba di Kota"):
        run(database, root, effective=date.today() + timedelta(days=2))
    assert "+ procedure:data baru" in shown(run(database, root))


def test_what_is_not_supported_or_not_sound_stays_a_draft_and_says_why(database, root, city):
    asks = "start: {asks: [{key: tahun, label: Tahun, type: number, required: true}]}"
    later = PROCEDURE.replace("actors:", f"period: tahun\n{asks}\nactors:", 1)
    report = run(database, root, offered=offered(later), effective="today", proof=lambda _: ["langkah sahkan buntu"])
    told = next(str(line) for line in report.lines if line.verdict == "belum diberlakukan")
    assert "belum didukung: period" in told
    assert "langkah sahkan buntu" in told
    with tenant_transaction(database, city.slug) as session:
        assert editions(session) == [(1, "draft")]
        with pytest.raises(EditionRefused, match='Edisi 1 SOP "data" belum dapat diberlakukan: belum didukung: period'):
            put_into_force(session, BY, latest(session), date(2026, 1, 1))


def test_a_release_of_the_plugin_that_changes_nothing_makes_no_edition(database, root, city):
    run(database, root)
    assert run(database, root, offered=offered(version="2")).lines == []
    changed = offered(PROCEDURE.replace("Memeriksa", "Memeriksa data"), version="3")
    assert shown(run(database, root, offered=changed)) == {"~ procedure:data berubah"}


def test_an_edition_drafted_in_the_application_is_kept_and_clashes_with_a_new_file(database, root, city):
    run(database, root)
    with tenant_transaction(database, city.slug) as session:
        content = latest(session).content | {"title": "Pengumpulan data tahunan"}
        draft(session, BY, Edition.from_json(content))
    kept = {"= procedure:data dipertahankan: diubah di basis data saja"}
    assert shown(run(database, root)) == kept
    assert shown(run(database, root, effective="today")) == kept, "the file's date is for the file's drafts"
    reworded(city, "Meminta data kepada OPD")
    with pytest.raises(SyncConflict, match="procedure:data"):
        run(database, root)
    run(database, root, takes={"procedure:data": "file"})
    with tenant_transaction(database, city.slug) as session:
        assert editions(session) == [(1, "retired"), (2, "retired"), (3, "draft")]


def test_a_sop_that_left_the_files_stays_in_force_until_a_date_takes_it_out(database, root, city):
    run(database, root, effective="today")
    saved, city.bindings = city.bindings, {}
    city.write()
    assert shown(run(database, root)) == {
        "= procedure:data dipertahankan: masih berlaku; cabut dengan --effective TANGGAL"
    }
    assert shown(run(database, root, effective="today")) == {"- procedure:data tidak ada lagi di berkas"}
    with tenant_transaction(database, city.slug) as session:
        assert editions(session) == [(1, "retired")]
        assert session.scalars(select(Procedure)).one().effective_id is None
    assert run(database, root).lines == []
    city.bindings = saved
    city.write()
    assert shown(run(database, root)) == {"+ procedure:data baru"}
    with tenant_transaction(database, city.slug) as session:
        assert editions(session) == [(1, "retired"), (2, "draft")]


def test_only_a_draft_is_put_into_force_and_in_the_order_of_days(database, root, city):
    run(database, root, effective=date(2026, 3, 1))
    reworded(city, "Meminta data kepada OPD")
    run(database, root)
    with tenant_transaction(database, city.slug) as session:
        row = latest(session)
        with pytest.raises(DateRefused, match=r"28 Februari 2026: edisi 1 baru berlaku 1 Maret 2026\. Pilih"):
            put_into_force(session, BY, row, date(2026, 2, 28))
        with pytest.raises(DateRefused, match="tanggal itu belum tiba"):
            put_into_force(session, BY, row, scope_of(session).today + timedelta(days=1))
        put_into_force(session, BY, row, date(2026, 4, 1))
        with pytest.raises(NotADraft, match='Edisi 2 SOP "data" bukan konsep lagi'):
            put_into_force(session, BY, row, date(2026, 4, 1))
        former = session.scalars(select(EditionRow).where(EditionRow.number == 1)).one()
        assert (former.status, former.retired_on) == ("retired", date(2026, 4, 1))


def test_what_is_in_force_never_changes(database, root, city):
    run(database, root, effective="today")
    refused = pytest.raises(IntegrityError, match="an edition in force never changes")
    with refused, tenant_transaction(database, city.slug) as session:
        session.execute(update(EditionRow).values(content_hash="lain"))


def test_preparing_and_publishing_need_their_rights(database, root, city):
    run(database, root)
    with tenant_transaction(database, city.slug) as session:
        row = latest(session)
        for act in (
            lambda: draft(session, NOBODY, Edition.from_json(row.content)),
            lambda: put_into_force(session, NOBODY, row, date(2026, 1, 1)),
            lambda: take_out_of_force(session, NOBODY, "data", date(2026, 1, 1)),
        ):
            with pytest.raises(Forbidden):
                act()
        with pytest.raises(ProcedureUnknown, match='SOP "dta" tidak ada'):
            take_out_of_force(session, BY, "dta", date(2026, 1, 1))


def test_an_actor_without_a_post_is_refused(database, root, city):
    run(database, root)
    with tenant_transaction(database, city.slug) as session:
        content = latest(session).content
        session.execute(update(Position).where(Position.key == "kadis").values(key="kadis_lama"))
        with pytest.raises(TargetUnknown, match='Pelaksana "Kepala" pada SOP "data" menunjuk jabatan "kadis"'):
            draft(session, BY, Edition.from_json(content))
        assert session.scalar(select(func.count()).select_from(EditionRow)) == 1


def test_every_step_of_an_edition_is_in_the_audit(database, root, city):
    run(database, root, effective="today")
    with tenant_transaction(database, city.slug) as session:
        kinds = session.scalars(text("SELECT kind FROM audit_entries ORDER BY id")).all()
        assert kinds == ["edition.drafted", "edition.put_into_force", "tenant.synced"]
