"""The world of a test: a government of its own, committed, as the app role."""

import pytest

from tests.core.engine.procedures import EDARAN
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
