"""The five governments of the repository, from their own files."""

import time
from pathlib import Path

import pytest
from sqlalchemy import event, select, text

from core.config import ROOT
from core.database import Database
from core.organization.holders import holders_of
from core.organization.models import Position, Team
from core.organization.rights import catalogue
from core.procedures.loader import load_procedure
from core.procedures.models import EditionRow, Procedure
from core.sync.demo import load_demo
from core.sync.request import SyncRequest
from core.sync.service import sync
from core.sync.sops import Offered
from core.tenancy.models import Tenant
from core.tenancy.scope import tenant_transaction

pytestmark = pytest.mark.database
TENANTS = ROOT / "tenants"
FIVE = ["bekasi", "kepulauan-bangka-belitung", "pangkalpinang", "polewali-mandar", "pontianak"]


def request(**told) -> SyncRequest:
    procedures = [load_procedure(file) for file in sorted(Path(ROOT / "plugins").glob("*/procedures/*.yaml"))]
    return SyncRequest(
        offered={one.key: Offered(one, one.plugin, "0.1") for one in procedures},
        plugins=frozenset(one.plugin for one in procedures),
        rights=frozenset(catalogue()),
        **told,
    )


@pytest.fixture
def five(postgres):
    """A database of their own, since their codes are real; everything in it, editions in force, people in post."""
    name = postgres.clone()
    database = Database(postgres.addresses(name).app)
    sync(database, TENANTS, request(effective="today"))
    load_demo(database, TENANTS, "kopi pagi di alun-alun")
    yield database
    database.close()
    postgres.drop(name)


def test_five_governments_come_with_their_people_and_two_with_their_sop(five):
    with five.session() as session:
        rows = {row.slug: row for row in session.scalars(select(Tenant))}
    assert sorted(rows) == FIVE
    assert rows["pangkalpinang"].parent_id == rows["kepulauan-bangka-belitung"].id
    assert [rows[slug].timezone for slug in ("pontianak", "polewali-mandar")] == ["Asia/Pontianak", "Asia/Makassar"]
    for slug in FIVE:
        with tenant_transaction(five, slug) as session:
            found = session.execute(
                select(Procedure.code, EditionRow.status).join(
                    EditionRow,
                    (EditionRow.tenant_id == Procedure.tenant_id) & (EditionRow.id == Procedure.effective_id),
                )
            ).all()
            wanted = [("spbe-monev", "effective")] if slug in ("pangkalpinang", "pontianak") else []
            assert [tuple(row) for row in found] == wanted
            wrong = session.scalar(text("SELECT count(*) FROM people WHERE nip NOT LIKE '0000%'"))
            assert wrong == 0


@pytest.mark.parametrize("slug", ["pangkalpinang", "pontianak"])
def test_every_actor_of_the_monev_has_somebody_who_answers(five, slug):
    with tenant_transaction(five, slug) as session:
        edition = session.scalars(select(EditionRow)).one()
        single = {actor: target["id"] for actor, target in edition.targets.items() if target["kind"] != "set"}
        found = {str(key) for key in holders_of(session, list(single.values()))}
        assert found == set(single.values())
        opds = session.scalars(
            text("SELECT unit_id FROM unit_set_members WHERE set_id = :set"), {"set": edition.targets["opd"]["id"]}
        ).all()
        assert len(opds) >= 3
        assert set(holders_of(session, opds)) == set(opds)


def test_the_vacant_posts_of_the_demo_are_acted_in(five):
    with tenant_transaction(five, "pangkalpinang") as session:
        post = session.scalars(select(Position).where(Position.key == "kadis_kominfo")).one()
        (acting,) = holders_of(session, [post.id])[post.id]
        assert acting.capacity == "plt"
        assert acting.title.startswith("Plt. Kepala Dinas")
        team = session.scalars(select(Team).where(Team.key == "tim_spbe_diskominfo")).one()
        assert holders_of(session, [team.id])[team.id]


def test_the_second_sync_has_nothing_to_do_and_takes_no_time(five):
    asked: list[str] = []
    event.listen(five.engine, "before_cursor_execute", lambda *arguments: asked.append(arguments[2]))
    again = request(effective="today")
    best = float("inf")
    for _ in range(3):
        asked.clear()
        started = time.perf_counter()
        assert sync(five, TENANTS, again).lines == []
        best = min(best, time.perf_counter() - started)
    assert best < 0.3
    assert len(asked) <= 1 + 15 * len(FIVE)
