"""gunicorn, two workers of four threads: the platform's own application, or a bare route."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

from flask.testing import FlaskClient

from core.app import create_app
from core.config import ROOT, load
from core.database import Database
from core.platform import build
from tests.conftest import Addresses
from tests.world import LOG_KEY

WORKERS, THREADS = 2, 4


def settings(addresses: Addresses, folder: Path) -> dict[str, str]:
    """The platform's, for that database."""
    return {
        "DATABASE_URL": addresses.app,
        "LANGKAH_SECRET_KEY": "rahasia untuk mengukur, bukan rahasia",
        "LANGKAH_LOG_KEY": LOG_KEY.decode(),
        "LANGKAH_DATA_DIR": str(folder),
        "LANGKAH_POOL_SIZE": str(THREADS),
    }


@contextmanager
def served(app: str, environment: Mapping[str, str]) -> Iterator[int]:
    """gunicorn with that application, which reads its settings from the environment; gives its port."""
    port = _free_port()
    command = [
        sys.executable, "-m", "gunicorn", "--worker-class", "gthread", "--bind", f"127.0.0.1:{port}",
        "--workers", str(WORKERS), "--threads", str(THREADS), "--keep-alive", "60", "--log-level", "warning",
        "--no-control-socket",
        "--pythonpath", str(ROOT), app,
    ]  # fmt: skip
    child = subprocess.Popen(command, env={**os.environ, **environment}, cwd=ROOT)
    try:
        _await(port, child)
        yield port
    finally:
        child.terminate()
        child.wait(20)


@contextmanager
def in_process(environment: Mapping[str, str]) -> Iterator[tuple[FlaskClient, Database]]:
    """The platform's application without a server, to be asked in this process; and what it asks."""
    config = load({**os.environ, **environment})
    platform = build(config)
    try:
        yield create_app(config, platform).test_client(), platform.database
    finally:
        platform.database.close()


def _free_port() -> int:
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        port: int = tried.getsockname()[1]
        return port


def _await(port: int, child: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until and child.poll() is None:
        try:
            connection = HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/")
            connection.getresponse().read()
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("gunicorn does not answer")
