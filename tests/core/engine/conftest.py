"""The world of a test: a government of its own, committed, as the app role."""

from collections.abc import Iterator

import pytest

from core.database import Database
from tests.conftest import Addresses
from tests.core.engine.busy import grow
from tests.core.engine.procedures import BOLAK, EDARAN
from tests.world import World


@pytest.fixture
def world(database) -> World:
    """A government with people in office and no procedure yet."""
    return World(database)


@pytest.fixture
def edaran(world):
    """A case of EDARAN, at its first step."""
    world.put_in_force(EDARAN)
    return world.start("ani", "edaran", perihal="Cuti bersama")


@pytest.fixture(scope="session")
def busy_addresses(postgres) -> Iterator[Addresses]:
    """A database of the busy government's own, as its statistics must not be the other tests'."""
    name = postgres.clone()
    yield postgres.addresses(name)
    postgres.drop(name)


@pytest.fixture(scope="session")
def busy(busy_addresses) -> Iterator[World]:
    """A government with twenty thousand tasks behind it and EDARAN and BOLAK in force, shared by what only measures."""
    world = World(Database(busy_addresses.app, pool_size=2))
    for source in (EDARAN, BOLAK):
        world.put_in_force(source)
    grow(world, busy_addresses.owner)
    yield world
    world.database.close()
