"""What the pages read of the organization: whole, with today's people, in a number of statements that never grows."""

from datetime import date, timedelta

import pytest
from sqlalchemy import text

from core.identity.actor import Console
from core.organization.assignments import assign, assignments, end_assignment
from core.organization.errors import PersonUnknown, PositionUnknown, TeamUnknown, UnitUnknown
from core.organization.history import After, history_of_position
from core.organization.incumbents import incumbents
from core.organization.models import Position, Role, Unit
from core.organization.overview import unit_tree, unit_view
from core.organization.person_view import person_view
from core.organization.position_view import position_view
from core.organization.posts import government_tree
from core.organization.roles import grant
from core.organization.team_view import team_lines, team_view
from core.organization.teams import add_member
from core.tenancy.scope import scope_of
from core.tenancy.versions import version
from tests.statements import counted
from tests.world import BY, SINCE, World

pytestmark = pytest.mark.database


@pytest.fixture
def world(database):
    return World(database)


def held_by(holders):
    return [(each.name, each.capacity, each.title) for each in holders]


def test_the_tree_of_units_names_who_leads_each(world):
    with world.scope() as session:
        world.vacate(session, "hadi")
        world.assign(session, "sari", "kadis", "plt")
        world.vacate(session, "dewi")
    with world.scope() as session:
        found = {office.key: office for office in unit_tree(session)}
    assert list(found) == ["setda", "dinas", "dinkes", "disdik", "dishub"]
    assert [(o.key, o.post_count) for o in found["dinas"].below] == [("sekretariat", 1), ("bidang", 3)]
    assert found["dinas"].head_title == "Jabatan kadis"
    assert held_by(found["dinas"].holders) == [("Sari Contoh", "plt", "Plt. Jabatan kadis")]
    assert held_by(found["dinkes"].holders) == [("Gita Contoh", "superior", "Jabatan sekda")]


def test_a_units_page(world):
    with world.scope() as session:
        view = unit_view(session, world.units["bidang"])
        assert view.office.version == version(Unit, session.get(Unit, (scope_of(session).id, world.units["bidang"])))
    assert [office.key for office in view.path] == ["dinas"]
    (head,) = view.posts
    assert (head.title, head.superior, head.vacant) == ("Jabatan kabid", "Jabatan kadis", False)
    assert [post.title for post in head.below] == ["Jabatan analis", "Jabatan staf"]
    assert [(h.name, h.capacity, h.starts_on) for h in head.holders] == [("Budi Contoh", "definitive", SINCE)]
    assert view.desk.title == "Jabatan kabid"
    assert [(team.name, team.chair, team.seats) for team in view.teams] == [("Tim tim", "Jabatan analis", 2)]
    with world.scope() as session:
        view = unit_view(session, world.units["dishub"])
        assert (view.desk.title, view.desk.holders[0].name) == ("Jabatan loket", "Lila Contoh")
        view = unit_view(session, world.units["dinas"])
        assert [office.key for office in view.below] == ["sekretariat", "bidang"]
        assert held_by(view.below[0].holders) == [("Sari Contoh", "definitive", "Jabatan sekretaris")]
        with pytest.raises(UnitUnknown):
            unit_view(session, world.positions["kadis"])


def test_a_desk_in_another_unit_is_no_post_of_this_one(world):
    with world.scope() as session:
        session.get(Unit, (scope_of(session).id, world.units["bidang"])).receiver_id = world.positions["sekretaris"]
    with world.scope() as session:
        view = unit_view(session, world.units["bidang"])
    assert (view.desk.title, view.desk.unit) == ("Jabatan sekretaris", "Unit sekretariat")
    assert [post.title for post in view.posts] == ["Jabatan kabid"]


def test_a_vacant_post_says_who_answers_instead(world):
    with world.scope() as session:
        world.vacate(session, "ani")
        view = position_view(session, world.positions["analis"])
    assert view.post.vacant
    assert held_by(view.post.holders) == [("Budi Contoh", "superior", "Jabatan kabid")]
    assert view.post.holders[0].assignment_id is None
    assert [(h.name, h.when) for h in view.history] == [("Ani Contoh", "past")]


def test_a_posts_page_has_its_history_and_those_below(world):
    today = date(2026, 11, 20)
    with world.scope(today) as session:
        for held in assignments(session, position_id=world.positions["kabid"]):
            end_assignment(session, BY, held.id, today - timedelta(days=1))
        assign(
            session, BY, person_id=world.people["tono"], position_id=world.positions["kabid"], kind="plt",
            starts_on=today, order_number="SK 800/1/2026",
        )  # fmt: skip
        assign(
            session, BY, person_id=world.people["ani"], position_id=world.positions["kabid"], kind="definitive",
            starts_on=today + timedelta(days=30),
        )  # fmt: skip
    with world.scope(today) as session:
        view = position_view(session, world.positions["kabid"])
        assert view.version == version(
            Position, session.get(Position, (scope_of(session).id, world.positions["kabid"]))
        )
        first = history_of_position(session, world.positions["kabid"], limit=2)
        rest = history_of_position(session, world.positions["kabid"], After(first[-1].starts_on, first[-1].id))
        with pytest.raises(PositionUnknown):
            position_view(session, world.units["dinas"])
    assert [(h.name, h.title, h.when) for h in view.history] == [
        ("Ani Contoh", "Jabatan kabid", "future"),
        ("Tono Contoh", "Plt. Jabatan kabid", "current"),
        ("Budi Contoh", "Jabatan kabid", "past"),
    ]
    assert [(h.name, h.order_number) for h in view.post.holders] == [("Tono Contoh", "SK 800/1/2026")]
    assert [post.title for post in view.post.below] == ["Jabatan analis", "Jabatan staf"]
    assert [h.id for h in (*first, *rest)] == [h.id for h in view.history]


def test_the_tree_of_all_posts_climbs_past_an_abolished_one(world):
    with world.scope() as session:
        world.vacate(session, "budi")
        session.get(Position, (scope_of(session).id, world.positions["kabid"])).active = False
    with world.scope() as session:
        (sekda,) = government_tree(session)
    kadis = next(post for post in sekda.below if post.key == "kadis")
    assert [post.key for post in kadis.below] == ["sekretaris", "analis", "staf"]
    assert held_by(kadis.holders) == [("Hadi Contoh", "definitive", "Jabatan kadis")]


def test_a_team_shows_who_fills_its_seats_and_no_superior_for_a_vacant_one(world):
    with world.scope() as session:
        world.vacate(session, "tono")
        add_member(session, BY, world.teams["tim"], person_id=world.people["dewi"], function="Narasumber")
    with world.scope() as session:
        view = team_view(session, world.teams["tim"])
        lines = team_lines(session)
        with pytest.raises(TeamUnknown):
            team_view(session, world.units["dinas"])
    assert [(line.name, line.chair, line.seats, line.current) for line in lines] == [
        ("Tim tim", "Jabatan analis", 3, True),
        ("Tim tim_kota", "Jabatan sekda", 2, True),
    ]
    assert [(s.who, s.function, s.head, [h.name for h in s.holders]) for s in view.seats] == [
        ("Jabatan analis", None, True, ["Ani Contoh"]),
        ("Jabatan staf", None, False, []),
        ("Dewi Contoh", "Narasumber", False, []),
    ]


def test_a_persons_page_shows_roles_only_to_who_may_know(world):
    with world.scope() as session:
        session.add_all([Role(key="pegawai", name="Pegawai", everyone=True), Role(key="auditor", name="Auditor")])
        session.flush()
        grant(session, BY, "auditor", position_id=world.positions["analis"])
    ani, budi = world.actor("ani"), world.actor("budi")
    with world.scope() as session:
        own = person_view(session, ani, world.people["ani"])
        colleague = person_view(session, budi, world.people["ani"])
        with pytest.raises(PersonUnknown):
            person_view(session, budi, world.units["dinas"])
    assert [(h.title, h.unit, h.when) for h in own.history] == [("Jabatan analis", "Unit bidang", "current")]
    assert [(t.name, t.title, t.head) for t in own.teams] == [("Tim tim", "Jabatan analis", True)]
    assert [(r.name, r.title) for r in own.roles] == [("Auditor", "Jabatan analis"), ("Pegawai", None)]
    assert colleague.roles is None and colleague.history == own.history


def test_who_fills_a_post_is_what_the_engine_goes_by(world):
    """The view post_holders decides whose task it is; the pages ask in a cheaper way and must not differ."""
    with world.scope() as session:
        for name in ("hadi", "ani", "dewi", "budi"):
            world.vacate(session, name)
        world.assign(session, "tono", "kadis", "plt")
        world.assign(session, "eko", "kadis", "plh")
    with world.scope() as session:
        view = session.execute(text("SELECT post_id, person_id, position_id, capacity FROM post_holders")).all()
        found = incumbents(session, list(world.positions.values()))
    asked = [(post, h.person_id, h.position_id, h.capacity) for post, holders in found.items() for h in holders]
    assert len(asked) > 10 and sorted(asked) == sorted(map(tuple, view))


READS = {
    "unit_tree": (lambda world, session: unit_tree(session), 2),
    "unit_view": (lambda world, session: unit_view(session, world.units["bidang"]), 5),
    "government_tree": (lambda world, session: government_tree(session), 2),
    "position_view": (lambda world, session: position_view(session, world.positions["kabid"]), 4),
    "team_lines": (lambda world, session: team_lines(session), 1),
    "team_view": (lambda world, session: team_view(session, world.teams["tim"]), 3),
    "person_view": (lambda world, session: person_view(session, Console("uji"), world.people["ani"]), 4),
}


def test_each_costs_the_same_however_large_the_office_is(world, database):
    def spent():
        found = {}
        for name, (read, _) in READS.items():
            with world.scope() as session, counted(database) as sent:
                read(world, session)
                found[name] = len(sent)
        return found

    small = spent()
    with world.scope() as session:
        for number in range(10):
            world.add_position(session, f"seksi{number}", "bidang", "kabid")
            world.add_person(session, f"pegawai{number}", f"seksi{number}")
            add_member(session, BY, world.teams["tim"], position_id=world.positions[f"seksi{number}"])
    assert spent() == small == {name: statements for name, (_, statements) in READS.items()}
