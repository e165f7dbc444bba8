"""Langkah as `langkah serve` runs it, over an installation of the tests."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.core.commands.installation import Installation

# What the log says when a request was answered with a fault of ours.
FAULTS = ("request_crashed", "request_failed", "Traceback")


@dataclass
class Server:
    """A running server; `installation` is what it serves, with its database and its command line."""

    address: str
    installation: Installation
    log: Path
    _read: int = field(default=0, init=False)

    def faults(self) -> list[str]:
        """What went wrong in the server since this was last asked, as its log tells it."""
        with self.log.open(encoding="utf-8", errors="replace") as log:
            log.seek(self._read)
            said = log.read()
            self._read = log.tell()
        return [f"the server: {said[-4000:]}"] if any(fault in said for fault in FAULTS) else []


@contextmanager
def served(installation: Installation, log: Path) -> Iterator[Server]:
    """Serves it on a free port of 127.0.0.1 until the block ends."""
    port = _free_port()
    command = [sys.executable, "-m", "core.cli", "serve", "--port", str(port), "--workers", "1", "--threads", "4"]
    with log.open("a") as written:
        process = subprocess.Popen(
            command, env=os.environ | installation.environment, stdout=subprocess.PIPE, stderr=written, text=True
        )
    try:
        said = process.stdout.readline()
        assert said.startswith("Langkah melayani di"), f"the server does not start: {said}{log.read_text()}"
        yield Server(f"http://127.0.0.1:{port}", installation, log)
    finally:
        process.terminate()
        process.wait(30)
        process.stdout.close()


def _free_port() -> int:
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        return tried.getsockname()[1]
