"""Units, positions, teams, sets and roles: edited, refused in words, noted in the audit."""

from datetime import date

import pytest
from sqlalchemy import select

from core.audit.models import AuditEntry
from core.identity.actor import by_person
from core.organization.errors import (
    AlreadyMember,
    GoesInCircles,
    HeadTaken,
    KeyTaken,
    PositionUnknown,
    RoleGiven,
    RoleUnknown,
    SetUnknown,
    TeamUnknown,
    UnitUnknown,
    WrongDates,
    WrongWord,
)
from core.organization.holders import holders_of
from core.organization.models import Role, RoleRight, Unit
from core.organization.positions import positions, update_position
from core.organization.rights import CORE, Right, RightTwice, catalogue
from core.organization.roles import grant, revoke, roles, standard_roles
from core.organization.sets import create_set, unit_sets, update_set
from core.organization.teams import add_member, create_team, remove_member, seats, teams, update_team
from core.organization.units import create_unit, tree, units, update_unit
from core.tenancy.scope import scope_of, tenant_transaction
from tests.core.organization.offices import BY, hold, person, post, unit

pytestmark = pytest.mark.database


@pytest.fixture
def session(database, tenant):
    with tenant_transaction(database, tenant.slug, today=date(2026, 11, 20)) as session:
        yield session


def test_units_stand_as_a_tree_in_the_offices_order(session):
    top = unit(session, "pemkot")
    dinas = unit(session, "dinas", parent_id=top)
    unit(session, "badan", parent_id=top)
    bidang = unit(session, "bidang", parent_id=dinas)
    found = tree(session)
    assert [node.unit.key for node in found] == ["pemkot"]
    assert [node.unit.key for node in found[0].children] == ["dinas", "badan"]
    session.get(Unit, (scope_of(session).id, dinas)).active = False  # as a file may say, whatever lies below
    assert {node.unit.key for node in tree(session)} == {"pemkot", "bidang"}
    assert len(units(session)) == 3
    assert len(units(session, inactive=True)) == 4
    assert bidang


def test_a_unit_below_itself_is_refused_and_nothing_changes(session):
    top = unit(session, "atas", name="Atas")
    below = unit(session, "bawah", name="Bawah", parent_id=top)
    with pytest.raises(GoesInCircles, match=r"Susunan unit kerja berputar: (Atas → Bawah → Atas|Bawah → Atas → Bawah)"):
        update_unit(session, BY, top, parent_id=below)
    assert [node.unit.key for node in tree(session)] == ["atas"]


def test_a_key_is_given_once_per_tenant_and_free_in_another(database, session, other_tenant):
    unit(session, "dinas")
    with pytest.raises(KeyTaken, match='Kunci "dinas" sudah dipakai unit lain'):
        unit(session, "dinas")
    with tenant_transaction(database, other_tenant.slug) as other:
        unit(other, "dinas")


def test_wrong_words_and_rows_are_refused(session):
    with pytest.raises(WrongWord, match=r'"dines" bukan jenis unit yang dikenal. Pilih salah satu: pemda, setda'):
        create_unit(session, BY, key="x", name="X", kind="dines")
    office = unit(session)
    with pytest.raises(UnitUnknown):
        unit(session, "lain", parent_id=BY and post(session, "p", office))
    with pytest.raises(PositionUnknown):
        update_unit(session, BY, office, receiver_id=office)
    with pytest.raises(TypeError, match="key"):
        update_unit(session, BY, office, key="baru")


def test_a_unit_has_one_head(session):
    office = unit(session, name="Dinas Contoh")
    first = post(session, "kadis", office, title="Kepala Dinas", head=True)
    with pytest.raises(HeadTaken, match='Unit "Dinas Contoh" sudah mempunyai kepala: "Kepala Dinas"'):
        post(session, "kadis2", office, head=True)
    second = post(session, "sekdis", office)
    with pytest.raises(HeadTaken):
        update_position(session, BY, second, head=True)
    update_position(session, BY, first, head=False)
    update_position(session, BY, second, head=True)
    assert [p.key for p in positions(session, office) if p.head] == ["sekdis"]


def test_a_team_takes_posts_and_persons_and_has_one_head(session):
    office = unit(session)
    team = create_team(session, BY, key="tim", name="Tim Contoh", unit_id=office).id
    seat, other, sari = post(session, "a", office), post(session, "b", office), person(session, "Sari")
    hold(session, person(session, "Budi"), seat)
    add_member(session, BY, team, position_id=seat, function="Ketua", head=True)
    named = add_member(session, BY, team, person_id=sari, function="Anggota")
    assert {(h.name, h.capacity) for h in holders_of(session, [team])[team]} == {
        ("Budi", "definitive"),
        ("Sari", "team"),
    }
    with pytest.raises(AlreadyMember, match='Sari sudah menjadi anggota tim "Tim Contoh"'):
        add_member(session, BY, team, person_id=sari)
    add_member(session, BY, team, position_id=other, head=True)
    assert next((s.who, s.member.head) for s in seats(session, team)) == ("Jabatan b", True)
    assert sum(s.member.head for s in seats(session, team)) == 1
    remove_member(session, BY, team, named.id)
    assert len(seats(session, team)) == 2
    with pytest.raises(TeamUnknown):
        remove_member(session, BY, office, named.id)


def test_a_team_ends_with_its_decree(session):
    office = unit(session)
    team = create_team(session, BY, key="tim", name="Tim", unit_id=office, starts_on=date(2026, 1, 1)).id
    add_member(session, BY, team, person_id=person(session))
    assert team in holders_of(session, [team])
    with pytest.raises(WrongDates):
        update_team(session, BY, team, ends_on=date(2025, 12, 31))
    update_team(session, BY, team, ends_on=date(2026, 11, 19))
    assert holders_of(session, [team]) == {}
    update_team(session, BY, team, active=False)
    assert teams(session) == []


def test_a_set_keeps_its_order(session):
    ids = [unit(session, key) for key in ("c", "a", "b")]
    row = create_set(session, BY, key="opd", name="OPD", units=ids)
    assert [u.key for u in unit_sets(session)[row.id][1]] == ["c", "a", "b"]
    update_set(session, BY, row.id, units=ids[:1], name="OPD terpilih")
    assert [u.key for u in unit_sets(session)[row.id][1]] == ["c"]
    with pytest.raises(UnitUnknown):
        update_set(session, BY, row.id, units=[row.id])
    with pytest.raises(SetUnknown):
        update_set(session, BY, ids[0], name="x")


def test_every_edit_leaves_an_entry_that_says_who(session):
    office = unit(session)
    post(session, "kadis", office)
    session.flush()
    found = session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
    assert [(e.kind, e.subject, e.details) for e in found] == [
        ("unit.created", "dinas", {"console": "uji"}),
        ("position.created", "kadis", {"console": "uji"}),
    ]


def role(session, key, *rights, everyone=False):
    row = Role(key=key, name=key.title(), everyone=everyone)
    session.add(row)
    session.flush()
    session.add_all(RoleRight(tenant_id=row.tenant_id, role_id=row.id, right=right) for right in rights)
    session.flush()


def test_what_no_role_gives_is_denied_and_a_role_follows_its_post(session):
    role(session, "pegawai", "procedures.read", everyone=True)
    role(session, "admin", "people.manage")
    post_id, sari = post(session, "admin", unit(session)), person(session, "Sari")
    assert by_person(session, sari).rights == {"procedures.read"}
    given = grant(session, BY, "admin", position_id=post_id)
    assert by_person(session, sari).rights == {"procedures.read"}
    hold(session, sari, post_id, "plh")
    assert by_person(session, sari).rights == {"procedures.read", "people.manage"}
    with pytest.raises(RoleGiven):
        grant(session, BY, "admin", position_id=post_id)
    revoke(session, BY, given.id)
    assert by_person(session, sari).rights == {"procedures.read"}
    with pytest.raises(RoleUnknown):
        grant(session, BY, "amdin", position_id=post_id)
    assert [r.key for r in roles(session)] == ["admin", "pegawai"]


def test_an_auditor_is_appointed_for_a_period(session):
    role(session, "auditor", "cases.read_all")
    sari = person(session, "Sari")
    grant(session, BY, "auditor", person_id=sari, starts_on=date(2026, 1, 1), ends_on=date(2026, 11, 19))
    assert by_person(session, sari).rights == frozenset()
    with pytest.raises(RoleGiven):
        grant(session, BY, "auditor", person_id=sari, starts_on=date(2026, 11, 1))
    grant(session, BY, "auditor", person_id=sari, starts_on=date(2026, 11, 20))
    assert by_person(session, sari).rights == {"cases.read_all"}
    with pytest.raises(WrongDates):
        grant(session, BY, "auditor", person_id=sari, starts_on=date(2030, 2, 1), ends_on=date(2030, 1, 1))


def test_the_catalogue_takes_a_plugins_rights_and_refuses_a_name_twice():
    own = Right("menara.tetapkan", "Menetapkan retribusi menara")
    assert catalogue([own])["menara.tetapkan"] is own
    with pytest.raises(RightTwice, match=r'Hak "audit.read" didaftarkan dua kali'):
        catalogue([own], [Right("audit.read", "Lain")])


def test_the_standard_roles_give_known_rights_and_keep_preparing_approving_and_publishing_apart():
    known = {right.key for right in CORE}
    for each in standard_roles():
        assert set(each.rights) <= known, each.key
        steps = {"procedures.prepare", "procedures.approve", "procedures.publish"} & set(each.rights)
        assert len(steps) <= 1, each.key
    assert [each.key for each in standard_roles() if each.everyone] == ["pegawai"]
    assert {"admin", "petugas_sop", "supervisor", "auditor", "pegawai"} <= {r.key for r in standard_roles()}
