from collections.abc import Iterator

import pytest

from core.platform import Platform
from tests.core.commands.installation import installed


@pytest.fixture(scope="module")
def platform(postgres, tmp_path_factory) -> Iterator[Platform]:
    """The platform on a database of this module's own, with all governments and their invented people."""
    with installed(postgres, tmp_path_factory.mktemp("langkah")) as one, one.platform() as platform:
        yield platform
