"""Invented governments in a folder of the test's own."""

import pytest

from tests.core.sync.folders import Government


@pytest.fixture
def root(tmp_path):
    path = tmp_path / "tenants"
    path.mkdir()
    return path


@pytest.fixture
def city(root):
    """A government with two OPDs, four posts, a team, a set and one SOP."""
    return Government(root)
