"""Who somebody is today: capacities, positions, rights; and who is nobody."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from core.errors import Forbidden
from core.identity import accounts, actor, sessions, tokens
from core.identity.models import ApiToken, LoginSession
from core.tenancy.scope import tenant_transaction
from tests.core.identity.conftest import CONSOLE, NOW, TODAY
from tests.statements import counted

pytestmark = pytest.mark.database


def test_an_official_covers_his_position_and_himself(office):
    with office() as (session, town):
        budi, kabid = town.person("budi"), town.position("kabid")
        town.assign(budi, kabid)
        found = actor.by_person(session, budi.id)
    assert found.positions == ((kabid.id, "Kabid", "definitive"),)
    assert found.covers == {kabid.id: (kabid.id, "definitive"), budi.id: (kabid.id, "definitive")}
    assert (found.name, found.username, found.must_change) == ("Budi", "budi", False)


def test_somebody_without_a_position_covers_only_himself(office):
    with office() as (session, town):
        tamu = town.person("tamu")
        found = actor.by_person(session, tamu.id)
    assert (found.positions, found.covers) == ((), {tamu.id: (None, "definitive")})


def test_a_plt_acts_in_his_capacity_and_keeps_his_own_post(office):
    with office() as (session, town):
        budi, kadis = town.person("budi"), town.position("kadis")
        kabid = town.position("kabid", kadis)
        town.assign(budi, kabid)
        town.assign(budi, kadis, "plt")
        found = actor.by_person(session, budi.id)
    assert [capacity for *_, capacity in found.positions] == ["definitive", "plt"]
    assert found.covers[kadis.id] == (kadis.id, "plt")
    assert found.covers[kabid.id] == (kabid.id, "definitive")
    assert found.covers[budi.id] == (kabid.id, "definitive")


def test_a_vacant_position_goes_to_the_nearest_superior_there_is_and_back(office):
    with office() as (session, town):
        sari, budi = town.person("sari"), town.person("budi")
        kadis = town.position("kadis")
        kabid = town.position("kabid", kadis)
        staf = town.position("staf", kabid)
        town.assign(sari, kadis)
        assert actor.by_person(session, sari.id).covers[staf.id] == (kadis.id, "superior")
        town.assign(budi, kabid)
        assert staf.id not in actor.by_person(session, sari.id).covers
        assert actor.by_person(session, budi.id).covers[staf.id] == (kabid.id, "superior")


def test_an_assignment_counts_on_its_days_alone(office, scope):
    with office() as (session, town):
        budi, kadis = town.person("budi"), town.position("kadis")
        town.assign(budi, kadis, "plh", starts=TODAY, ends=TODAY + timedelta(days=1))
    for day, holds in [(-1, False), (0, True), (1, True), (2, False)]:
        with scope(TODAY + timedelta(days=day)) as session:
            assert (kadis.id in actor.by_person(session, budi.id).covers) is holds, day


def test_one_person_in_two_positions_acts_for_a_team_in_the_stronger(office):
    with office() as (session, town):
        budi, kabid, kasi = town.person("budi"), town.position("kabid"), town.position("kasi")
        town.assign(budi, kasi, "plt")
        town.assign(budi, kabid)
        both, named = town.team("berdua", kasi, kabid), town.team("bernama", budi)
        found = actor.by_person(session, budi.id)
    assert found.covers[both.id] == (kabid.id, "definitive")
    assert found.covers[named.id] == (None, "team")
    assert [position for position, *_ in found.positions] == [kabid.id, kasi.id]


def test_a_unit_is_covered_by_its_receiving_desk_or_else_its_head(office):
    with office() as (session, town):
        sari, budi = town.person("sari"), town.person("budi")
        kadis, desk = town.position("kadis", head=True), town.position("penerima")
        town.assign(sari, kadis)
        town.assign(budi, desk)
        assert actor.by_person(session, sari.id).covers[town.unit.id] == (kadis.id, "definitive")
        town.unit.receiver_id = desk.id
        session.flush()
        assert town.unit.id not in actor.by_person(session, sari.id).covers
        assert actor.by_person(session, budi.id).covers[town.unit.id] == (desk.id, "definitive")


def test_rights_come_from_person_position_and_everyone_within_their_days(office):
    with office() as (session, town):
        budi, kabid = town.person("budi"), town.position("kabid")
        town.assign(budi, kabid, "plt")
        town.role("semua", "procedures.read", everyone=True)
        town.grant(town.role("admin", "people.manage"), budi)
        town.grant(town.role("kasus", "cases.cancel", "cases.reassign"), kabid)
        town.grant(town.role("lalu", "past"), budi, ends=date(2025, 1, 1))
        town.grant(town.role("nanti", "future"), kabid, starts=date(2026, 1, 1))
        town.grant(town.role("orang lain", "other"), town.person("sari"))
        found = actor.by_person(session, budi.id)
    assert found.rights == {"procedures.read", "people.manage", "cases.cancel", "cases.reassign"}
    assert found.may("people.manage")
    with pytest.raises(Forbidden, match="tidak berwenang"):
        found.require("other")


def test_a_vacant_post_passes_its_tasks_up_but_not_its_rights(office):
    with office() as (session, town):
        sari, kadis = town.person("sari"), town.position("kadis")
        staf = town.position("staf", kadis)
        town.assign(sari, kadis)
        town.grant(town.role("staf", "own.thing"), staf)
        found = actor.by_person(session, sari.id)
    assert staf.id in found.covers and found.rights == frozenset()


def test_each_way_in_is_one_statement_and_the_same_actor(office, database, scope):
    with office() as (session, town):
        budi = town.person("budi")
        town.assign(budi, town.position("kabid"))
        cookie = sessions.create(session, budi, NOW)
        _, token = tokens.issue(session, budi.id, "skrip", None, NOW)
        session.flush()
        with counted(database) as sent:
            ways = [
                actor.by_session(session, cookie, NOW),
                actor.by_token(session, token, NOW),
                actor.by_person(session, budi.id),
            ]
    assert len(sent) == 3
    assert ways[0] == ways[1] == ways[2] and ways[0].person_id == budi.id
    with scope() as session:
        signs = [session.scalars(select(way.id)).one() for way in (LoginSession, ApiToken)]
    assert [way.sign for way in ways] == [*signs, None], "he knows by which session or token he came"


@pytest.mark.parametrize("secret", ["", "lgk_", "tidak ada", "x\x00y", "\udcff", "lgk_" + "a" * 5000])
def test_a_wrong_secret_is_nobody(scope, secret):
    with scope() as session:
        assert actor.by_session(session, secret) is None
        assert actor.by_token(session, secret) is None


def test_a_tenants_secrets_are_nothing_at_the_others_address(office, database, other_tenant):
    with office() as (session, town):
        budi = town.person("budi")
        cookie = sessions.create(session, budi, NOW)
        _, token = tokens.issue(session, budi.id, "skrip", None, NOW)
    with tenant_transaction(database, other_tenant.slug) as session:
        assert actor.by_session(session, cookie, NOW) is None
        assert actor.by_token(session, token, NOW) is None
        assert actor.by_person(session, budi.id) is None
    with database.session() as session:
        assert actor.by_token(session, token, NOW) is None


def test_a_disabled_person_is_nobody_at_once(office):
    with office() as (session, town):
        budi = town.person("budi")
        cookie = sessions.create(session, budi, NOW)
        _, token = tokens.issue(session, budi.id, "skrip", None, NOW)
        accounts.disable(session, CONSOLE, budi.id, NOW)
        assert actor.by_session(session, cookie, NOW) is None
        assert actor.by_token(session, token, NOW) is None
        assert actor.by_person(session, budi.id) is None
        accounts.enable(session, CONSOLE, budi.id)
        assert actor.by_token(session, token, NOW) is None
        assert actor.by_person(session, budi.id) is not None
