from collections.abc import Iterator

import pytest

from tests.core.commands.installation import Installation, installed


@pytest.fixture(scope="session")
def shared(postgres, tmp_path_factory) -> Iterator[Installation]:
    """An installation for tests that leave it as good as they found it."""
    with installed(postgres, tmp_path_factory.mktemp("langkah")) as one:
        yield one


@pytest.fixture
def fresh(postgres, tmp_path) -> Iterator[Installation]:
    """An installation of this test's own."""
    with installed(postgres, tmp_path) as one:
        yield one
