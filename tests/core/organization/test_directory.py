"""The directory: everybody's name and titles today, found by any word of the name, page by page."""

import pytest

from core.identity.accounts import Place
from core.identity.models import Person
from core.organization.directory import Entry, directory
from core.tenancy.scope import scope_of
from tests.statements import counted
from tests.world import World

pytestmark = pytest.mark.database


@pytest.fixture(scope="module")
def world(database):
    world = World(database)
    with world.scope() as session:
        world.assign(session, "sari", "kadis", "plt")
        world.add_person(session, "zaenal")
        session.get(Person, (scope_of(session).id, world.people["lila"])).active = False
    return world


def names(world, **asked):
    with world.scope() as session:
        return [entry.name.partition(" ")[0] for entry in directory(session, **asked)]


def test_everybody_with_an_open_account_by_name(world):
    assert names(world) == ["Ani", "Budi", "Dewi", "Eko", "Fajar", "Gita", "Hadi", "Sari", "Tono", "Zaenal"]


def test_titles_come_as_they_are_signed_the_strongest_first(world):
    with world.scope() as session:
        found = {entry.name: entry for entry in directory(session)}
    sari = found["Sari Contoh"]
    assert [(s.title, s.capacity, s.unit) for s in sari.positions] == [
        ("Jabatan sekretaris", "definitive", "Unit sekretariat"),
        ("Plt. Jabatan kadis", "plt", "Unit dinas"),
    ]
    assert found["Zaenal Contoh"].positions == ()


def test_nothing_of_a_persons_own_numbers_is_in_it():
    assert set(Entry.__dataclass_fields__) == {"id", "name", "positions"}


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("sar", ["Sari"]),
        ("  SARI   con", ["Sari"]),
        ("contoh", ["Ani", "Budi", "Dewi", "Eko", "Fajar", "Gita", "Hadi", "Sari", "Tono", "Zaenal"]),
        ("ontoh", []),
        ("%", []),
        ("_", []),
        ("\\", []),
        ("'; DROP TABLE people; --", []),
        ("x" * 200, []),
        (" ", ["Ani", "Budi", "Dewi", "Eko", "Fajar", "Gita", "Hadi", "Sari", "Tono", "Zaenal"]),
    ],
)
def test_a_search_is_the_beginning_of_any_word(world, search, found):
    assert names(world, search=search) == found


def test_pages_follow_each_other_without_a_gap(world):
    found, after = [], None
    while True:
        with world.scope() as session:
            page = directory(session, after, 3)
        found += page
        if len(page) < 3:
            break
        after = Place(page[-1].name, page[-1].id)
    assert [entry.name.partition(" ")[0] for entry in found] == names(world)


def test_a_page_is_two_statements_whatever_is_on_it(world, database):
    for asked in ({"limit": 1}, {"limit": 200}, {"search": "con"}):
        with world.scope() as session, counted(database) as sent:
            directory(session, **asked)
        assert len(sent) == 2
