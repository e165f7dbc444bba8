"""gunicorn, two workers of four threads: the platform's own application, or the bare route."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection

from core.app import create_app
from core.config import ROOT, load
from core.platform import build
from tests.bench import bare
from tests.bench.clients import BODY
from tests.bench.ground import Ground
from tests.statements import counted
from tests.world import LOG_KEY

WORKERS, THREADS = 2, 4


def environment(ground: Ground) -> dict[str, str]:
    """What both applications read their settings from."""
    example = ground.folder / "example.json"
    example.write_text(ground.example.dump())
    return {
        "DATABASE_URL": ground.addresses.app,
        "LANGKAH_SECRET_KEY": "rahasia untuk mengukur, bukan rahasia",
        "LANGKAH_LOG_KEY": LOG_KEY.decode(),
        "LANGKAH_DATA_DIR": str(ground.folder),
        "LANGKAH_POOL_SIZE": str(THREADS),
        bare.URL: ground.addresses.app,
        bare.EXAMPLE: str(example),
    }


@contextmanager
def served(ground: Ground, app: str) -> Iterator[int]:
    """gunicorn with that application; gives its port."""
    port = _free_port()
    command = [
        sys.executable, "-m", "gunicorn", "--worker-class", "gthread", "--bind", f"127.0.0.1:{port}",
        "--workers", str(WORKERS), "--threads", str(THREADS), "--keep-alive", "60", "--log-level", "warning",
        "--no-control-socket",
        "--pythonpath", str(ROOT), app,
    ]  # fmt: skip
    child = subprocess.Popen(command, env={**os.environ, **environment(ground)}, cwd=ROOT)
    try:
        _await(port, child)
        yield port
    finally:
        child.terminate()
        child.wait(20)


def statements(ground: Ground) -> int:
    """How many statements a completion over HTTP sends: the same application, asked in this process."""
    first, second = ground.items(2)
    config = load({**os.environ, **environment(ground)})
    platform = build(config)
    client = create_app(config, platform).test_client()

    def post(task: object, key: str) -> int:
        headers = {"Authorization": f"Bearer {ground.token}", "If-Match": '"1"', "Idempotency-Key": key}
        where = f"/api/v1/{ground.world.slug}/tasks/{task}/complete"
        return client.post(where, data=BODY, headers=headers, content_type="application/json").status_code

    assert post(first.task, "satu") == 200
    with counted(platform.database) as sent:
        assert post(second.task, "dua") == 200
    platform.database.close()
    return len(sent)


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
