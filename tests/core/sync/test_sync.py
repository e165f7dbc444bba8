"""Files into the database: once, idempotent, in one transaction, and never over what an office changed."""

import pytest
from sqlalchemy import func, select, text

from core.audit.models import AuditEntry
from core.organization.errors import GoesInCircles
from core.organization.models import Position, PositionBranch, RoleGrant, Team, Unit, UnitSet
from core.organization.positions import create_position, update_position
from core.organization.sets import unit_sets, update_set
from core.organization.teams import add_member, seats
from core.organization.units import create_unit, update_unit
from core.procedures.models import EditionReach, EditionRow, Procedure
from core.sync.inspection import FilesRefused
from core.sync.request import SyncClash, SyncConflict, TakeUnknown
from core.sync.rows import ReferenceGone
from core.tenancy.models import SyncObject, Tenant
from core.tenancy.scope import tenant_transaction
from tests.core.organization.offices import BY, person
from tests.core.sync.folders import Government, run, shown

pytestmark = pytest.mark.database


def one(session, model, key):
    return session.scalars(select(model).where(model.key == key)).one()


def counts(session):
    tables = (Unit, Position, PositionBranch, Team, UnitSet, RoleGrant, Procedure, EditionRow, SyncObject, AuditEntry)
    return [session.scalar(select(func.count()).select_from(model)) for model in tables]


def test_a_new_government_comes_whole(database, root, city):
    report = run(database, root)
    assert report.applied
    assert {str(line.verdict) for line in report.lines} == {"baru"}
    assert "+ unit:dinas baru" in shown(report)
    with tenant_transaction(database, city.slug) as session:
        dinas, staf = one(session, Unit, "dinas"), one(session, Position, "staf")
        assert (dinas.parent_id, dinas.receiver_id, dinas.opd) == (one(session, Unit, "pemkot").id, staf.id, True)
        assert staf.superior_id == one(session, Position, "kadis").id
        assert session.scalar(select(func.count()).select_from(PositionBranch)) == 4 + 3 + 1
        seated = {
            (seat.who, seat.member.function, seat.member.head) for seat in seats(session, one(session, Team, "tim").id)
        }
        assert seated == {("Kepala Dinas", None, True), ("Staf", "Anggota", False)}
        members = unit_sets(session)[one(session, UnitSet, "opd").id][1]
        assert [unit.key for unit in members] == ["dinas", "badan"]
        edition = session.scalars(select(EditionRow)).one()
        assert (edition.number, edition.status, edition.content["tenant"]) == (1, "draft", city.slug)
        assert edition.targets["opd"] == {"kind": "set", "id": str(one(session, UnitSet, "opd").id)}
        reached = session.execute(select(EditionReach.step_key).order_by(EditionReach.step_key)).scalars().all()
        assert reached == ["minta", "periksa"]
        entry = session.scalars(select(AuditEntry).where(AuditEntry.kind == "tenant.synced")).one()
        assert entry.details["baru"] == len(report.lines)


def test_the_second_time_there_is_nothing_to_do(database, root, city):
    run(database, root)
    with tenant_transaction(database, city.slug) as session:
        before = counts(session)
    report = run(database, root)
    assert (report.idle, report.lines) == (True, [])
    with tenant_transaction(database, city.slug) as session:
        assert counts(session) == before


def test_a_plan_writes_nothing(database, root, city):
    report = run(database, root, plan_only=True)
    assert not report.applied
    assert "+ procedure:data baru" in shown(report)
    with database.session() as session:
        assert session.scalars(select(Tenant).where(Tenant.slug == city.slug)).one_or_none() is None


def test_what_changed_in_the_file_only_is_applied_and_named(database, root, city):
    run(database, root)
    city.item("units", "dinas") | {"name": "x"}
    city.item("units", "dinas")["name"] = "Dinas Data"
    city.item("positions", "staf")["superior"] = "kaban"
    city.item("teams", "tim")["members"] = []
    city.item("sets", "opd")["units"] = ["badan"]
    city.item("roles", "arsip")["rights"] = ["audit.read", "procedures.read"]
    city.legal["regulations"][0]["status"] = "dicabut"
    city.tenant["color"] = "#000000"
    city.write()
    assert shown(run(database, root)) == {
        "~ tenant:" + city.slug + " berubah (color)",
        "~ unit:dinas berubah (name)",
        "~ position:staf berubah (superior)",
        "~ team:tim berubah (members)",
        "~ set:opd berubah (units)",
        "~ role:arsip berubah (rights)",
        "~ regulation:PERWALI-UJI-1-2020 berubah (status)",
    }
    with tenant_transaction(database, city.slug) as session:
        assert one(session, Unit, "dinas").name == "Dinas Data"
        kaban, staf = one(session, Position, "kaban").id, one(session, Position, "staf").id
        assert session.get(PositionBranch, (one(session, Unit, "dinas").tenant_id, kaban, staf)).distance == 1
        assert len(seats(session, one(session, Team, "tim").id)) == 1
    assert run(database, root).lines == []


def test_what_changed_in_the_database_only_is_kept_and_told(database, root, city):
    run(database, root)
    with tenant_transaction(database, city.slug) as session:
        update_unit(session, BY, one(session, Unit, "dinas").id, name="Dinas Digital")
        update_set(session, BY, one(session, UnitSet, "opd").id, units=[one(session, Unit, "badan").id])
    kept = {
        "= unit:dinas dipertahankan: diubah di basis data saja",
        "= set:opd dipertahankan: diubah di basis data saja",
    }
    report = run(database, root)
    assert (shown(report), report.idle) == (kept, True)
    city.item("units", "badan")["name"] = "Badan Data"
    city.write()
    assert {line.split(" (")[0] for line in shown(run(database, root))} == {
        "= unit:dinas dipertahankan",
        "= set:opd dipertahankan",
        "~ unit:badan berubah",
    }
    with tenant_transaction(database, city.slug) as session:
        assert one(session, Unit, "dinas").name == "Dinas Digital"


def test_changed_in_both_nothing_is_applied_until_somebody_chooses(database, root, city):
    run(database, root)
    with tenant_transaction(database, city.slug) as session:
        update_unit(session, BY, one(session, Unit, "dinas").id, name="Dinas Digital")
        update_unit(session, BY, one(session, Unit, "badan").id, name="Badan Digital")
    city.item("units", "dinas")["name"] = "Dinas Berkas"
    city.item("units", "badan")["name"] = "Badan Berkas"
    city.item("positions", "staf")["title"] = "Staf Baru"
    city.write()
    with pytest.raises(SyncConflict) as refused:
        run(database, root)
    assert {str(line.object) for line in refused.value.lines} == {"unit:dinas", "unit:badan"}
    assert "Tidak ada yang diterapkan" in str(refused.value)
    assert len(run(database, root, plan_only=True).conflicts) == 2
    with tenant_transaction(database, city.slug) as session:
        assert one(session, Position, "staf").title == "Staf"
    with pytest.raises(SyncConflict, match=f"{city.slug}/unit:badan"):
        run(database, root, takes={"unit:dinas": "file"})
    run(database, root, takes={"unit:dinas": "file", f"{city.slug}/unit:badan": "database"})
    with tenant_transaction(database, city.slug) as session:
        assert one(session, Unit, "dinas").name == "Dinas Berkas"
        assert one(session, Unit, "badan").name == "Badan Digital"
        assert one(session, Position, "staf").title == "Staf Baru"
    assert {line.split(":")[1] for line in shown(run(database, root))} == {"badan dipertahankan"}


def test_the_same_change_on_both_sides_is_no_conflict(database, root, city):
    run(database, root)
    with tenant_transaction(database, city.slug) as session:
        update_unit(session, BY, one(session, Unit, "dinas").id, name="Dinas Baru")
    city.item("units", "dinas")["name"] = "Dinas Baru"
    city.write()
    assert run(database, root).lines == []
    city.item("units", "dinas")["name"] = "Dinas Lebih Baru"
    city.write()
    assert len(run(database, root).lines) == 1


def test_a_choice_that_chooses_nothing_is_refused_with_the_nearest(database, root, city):
    run(database, root)
    with tenant_transaction(database, city.slug) as session:
        update_unit(session, BY, one(session, Unit, "dinas").id, name="Dinas Digital")
    with pytest.raises(TakeUnknown, match="Mungkin maksudnya unit:dinas"):
        run(database, root, takes={"unit:dinnas": "file"})
    with pytest.raises(TakeUnknown):
        run(database, root, takes={"unit:badan": "file"})
    run(database, root, takes={"unit:dinas": "file"})
    assert run(database, root).lines == []


def test_what_left_the_files_is_deactivated_and_comes_back_as_the_same_row(database, root, city):
    run(database, root)
    saved = dict(city.item("positions", "staf"))
    city.organization["grants"] = []
    city.item("units", "dinas")["receives"] = None
    city.item("teams", "tim")["members"] = []
    city.drop("positions", "staf")
    city.write()
    assert "- position:staf tidak ada lagi di berkas" in shown(run(database, root))
    with tenant_transaction(database, city.slug) as session:
        gone = one(session, Position, "staf")
        assert (gone.active, gone.title) == (False, "Staf")
        assert session.scalar(select(func.count()).select_from(RoleGrant)) == 0
    assert run(database, root).lines == []
    city.organization["positions"].append(saved)
    city.write()
    assert shown(run(database, root)) == {"+ position:staf baru"}
    with tenant_transaction(database, city.slug) as session:
        again = one(session, Position, "staf")
        assert (again.id, again.active) == (gone.id, True)


def test_what_an_office_abolished_stays_abolished(database, root, city):
    run(database, root)
    with tenant_transaction(database, city.slug) as session:
        one(session, Unit, "badan").active = False
    assert shown(run(database, root)) == {"= unit:badan dipertahankan: diubah di basis data saja"}
    city.item("units", "badan")["name"] = "Badan Lain"
    city.write()
    with pytest.raises(SyncConflict):
        run(database, root)


def test_what_is_still_needed_stays_and_is_told_each_time(database, root, city):
    run(database, root)
    with tenant_transaction(database, city.slug) as session:
        who = person(session)
        session.execute(
            text("INSERT INTO role_grants (tenant_id, id, role_id, person_id)"
                 " SELECT tenant_id, gen_random_uuid(), id, :who FROM roles WHERE key = 'arsip'"), {"who": who},
        )  # fmt: skip
    city.organization |= {"sets": [], "roles": [], "grants": []}
    city.legal["regulations"] = []
    city.bindings = {}
    city.write()
    expected = {
        "= set:opd dipertahankan: masih dipakai edisi SOP",
        "= role:arsip dipertahankan: masih diberikan di basis data",
        "= regulation:PERWALI-UJI-1-2020 dipertahankan: masih dipakai edisi SOP",
    }
    first = shown(run(database, root))
    assert expected <= first
    assert "- grant:admin/staf tidak ada lagi di berkas" in first
    assert shown(run(database, root)) == expected


def test_what_nobody_needs_goes(database, root, city):
    city.bindings = {}
    city.write()
    run(database, root)
    city.organization |= {"sets": [], "roles": [], "grants": []}
    city.legal["regulations"] = []
    city.write()
    run(database, root)
    with tenant_transaction(database, city.slug) as session:
        left = [
            session.scalar(text(f"SELECT count(*) FROM {name}")) for name in ("unit_sets", "role_grants", "regulations")
        ]
        assert left == [0, 0, 0]
        assert session.scalar(text("SELECT count(*) FROM roles WHERE key = 'arsip'")) == 0
    assert run(database, root).lines == []


def test_rows_of_the_application_are_its_own_and_files_may_name_them(database, root, city):
    run(database, root)
    with tenant_transaction(database, city.slug) as session:
        office = create_unit(
            session, BY, key="bidang", name="Bidang", kind="bidang", parent_id=one(session, Unit, "dinas").id
        )
        create_position(session, BY, key="kabid", title="Kabid", unit_id=office.id, kind="struktural",
                        superior_id=one(session, Position, "kadis").id)  # fmt: skip
        add_member(session, BY, one(session, Team, "tim").id, person_id=person(session))
    assert run(database, root).lines == []
    city.item("positions", "staf")["superior"] = "kabid"
    city.write()
    assert shown(run(database, root)) == {"~ position:staf berubah (superior)"}
    with tenant_transaction(database, city.slug) as session:
        assert len(seats(session, one(session, Team, "tim").id)) == 3


def test_a_head_moves_from_one_post_to_another(database, root, city):
    run(database, root)
    city.item("positions", "kadis")["head"] = False
    city.item("positions", "staf")["head"] = True
    city.write()
    run(database, root)
    with tenant_transaction(database, city.slug) as session:
        assert (one(session, Position, "kadis").head, one(session, Position, "staf").head) == (False, True)


def test_the_order_of_the_file_is_taken_over_with_what_is_new(database, root, city):
    run(database, root)
    new = {"key": "bagian", "name": "Bagian", "kind": "bagian", "parent": "pemkot"}
    city.organization["units"].insert(1, new)
    city.write()
    assert shown(run(database, root)) == {"+ unit:bagian baru"}
    with tenant_transaction(database, city.slug) as session:
        keys = session.scalars(select(Unit.key).order_by(Unit.sort)).all()
        assert keys == ["pemkot", "bagian", "dinas", "badan"]


def test_a_unit_that_would_get_two_heads_is_told_in_words(database, root, city):
    city.item("positions", "kaban")["head"] = False
    city.write()
    run(database, root)
    with tenant_transaction(database, city.slug) as session:
        create_position(session, BY, key="plt", title="Plt", unit_id=one(session, Unit, "badan").id,
                        kind="struktural", head=True)  # fmt: skip
    city.item("positions", "kaban")["head"] = True
    city.write()
    with pytest.raises(SyncClash, match="sebuah unit mendapat dua kepala"):
        run(database, root)
    assert shown(run(database, root, plan_only=True)) == {"~ position:kaban berubah (head)"}


def test_what_the_database_lost_cannot_be_named_again(database, root, city):
    run(database, root)
    with tenant_transaction(database, city.slug) as session:
        session.execute(text("DELETE FROM roles WHERE key = 'auditor'"))
    city.organization["grants"].append({"role": "auditor", "position": "kadis"})
    city.write()
    with pytest.raises(ReferenceGone, match='grant:auditor/kadis menunjuk peran "auditor", yang sudah tidak ada'):
        run(database, root)


def test_files_and_database_that_only_together_go_in_circles_are_refused(database, root, city):
    run(database, root)
    with tenant_transaction(database, city.slug) as session:
        update_position(session, BY, one(session, Position, "kaban").id, superior_id=one(session, Position, "staf").id)
    city.item("positions", "kadis")["superior"] = "kaban"
    city.write()
    with pytest.raises(GoesInCircles, match="Kepala Badan"):
        run(database, root)
    with tenant_transaction(database, city.slug) as session:
        assert one(session, Position, "kadis").superior_id == one(session, Position, "wali").id


def test_two_governments_with_the_same_keys_do_not_meet(database, root, city):
    other = Government(root)
    other.item("units", "dinas")["name"] = "Dinas Lain"
    other.write()
    run(database, root)
    with tenant_transaction(database, city.slug) as session:
        assert one(session, Unit, "dinas").name == "Dinas"
    with tenant_transaction(database, other.slug) as session:
        assert one(session, Unit, "dinas").name == "Dinas Lain"


def test_a_parent_is_written_before_its_children_whatever_their_names(database, root):
    child = Government(root, "aa-" + Government(root).slug)
    parent = Government(root, "zz-" + child.slug[3:], kind="provinsi", code=child.tenant["code"][:2])
    child.tenant["parent"] = parent.slug
    child.write()
    with pytest.raises(FilesRefused, match=f"pemerintah daerah '{parent.slug}' belum ada"):
        run(database, root, tenant=child.slug)
    run(database, root)
    with database.session() as session:
        rows = {row.slug: row for row in session.scalars(select(Tenant))}
        assert rows[child.slug].parent_id == rows[parent.slug].id


def test_only_the_named_government_is_synced(database, root, city):
    other = Government(root)
    report = run(database, root, tenant=city.slug)
    assert {line.tenant for line in report.lines} == {city.slug}
    with database.session() as session:
        assert session.scalars(select(Tenant).where(Tenant.slug == other.slug)).one_or_none() is None
    with pytest.raises(FilesRefused, match=f"folder 'x{city.slug}' tidak ada; mungkin maksudnya '{city.slug}'"):
        run(database, root, tenant=f"x{city.slug}")


def test_a_government_out_of_service_is_left_alone(database, root, city):
    run(database, root)
    with database.session() as session, session.begin():
        session.execute(text("UPDATE tenants SET active = false WHERE slug = :slug"), {"slug": city.slug})
    city.item("units", "dinas")["name"] = "Dinas Baru"
    city.write()
    assert run(database, root).lines == []
