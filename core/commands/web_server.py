"""gunicorn as a child process, for as long as a command serves."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from types import FrameType

from core.config import ROOT, Config
from core.errors import Conflict, LangkahError

PATIENCE = 60.0  # seconds until the first worker must answer
GRACE = 10  # seconds that running requests are given when the server stops


class PortTaken(Conflict):
    """Porta {port} di {host} tidak dapat dipakai ({reason}). Hentikan program yang memakainya, atau pilih porta lain,
    misalnya dengan --port {other} atau PORT={other} make demo.
    """

    type = "porta-terpakai"


class ServerDied(LangkahError):
    """Server web berhenti sendiri dengan kode {code}. Lihat pesan di atas, perbaiki sebabnya, lalu jalankan lagi."""

    type = "server-berhenti"


@dataclass(frozen=True)
class Listening:
    """Where and with how much the web server listens."""

    host: str
    port: int
    workers: int
    threads: int

    @property
    def address(self) -> str:
        """What to type into a browser."""
        host = "127.0.0.1" if self.host in ("0.0.0.0", "::") else self.host
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}"

    def require_free(self) -> None:
        """Tries to listen, so that a taken port is told before anything else is done.

        :raises PortTaken: somebody else listens there, or nobody may.
        """
        family = socket.AF_INET6 if ":" in self.host else socket.AF_INET
        with socket.socket(family, socket.SOCK_STREAM) as tried:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                tried.bind((self.host, self.port))
                tried.listen()
            except OSError as error:
                reason = "sudah dipakai program lain" if error.errno == 98 else str(error.strerror)
                raise PortTaken(host=self.host, port=self.port, reason=reason, other=self.port + 1) from error


def serve(config: Config, database_url: str, listening: Listening, announce: Callable[[], None]) -> None:
    """Serves until a signal asks to stop; `announce` is called once when the server answers.

    :raises ServerDied: it ended by itself.
    """
    child = subprocess.Popen(_command(listening), env=_environment(config, database_url))
    asked = _Stop(child)
    try:
        if _answers(listening, child):
            announce()
        code = child.wait()
    finally:
        asked.restore()
        _end(child)
    if not asked.by_signal:
        raise ServerDied(code=code)


class _Stop:
    """Passes SIGTERM, SIGINT and SIGHUP on to the child, which finishes its requests first."""

    def __init__(self, child: "subprocess.Popen[bytes]") -> None:
        self.by_signal = False
        self._child = child
        self._before = {
            each: signal.signal(each, self._pass) for each in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
        }

    def _pass(self, _number: int, _frame: FrameType | None) -> None:
        self.by_signal = True
        self._child.terminate()

    def restore(self) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)


def _command(listening: Listening) -> list[str]:
    bind = f"[{listening.host}]" if ":" in listening.host else listening.host
    return [
        sys.executable, "-m", "gunicorn", "--worker-class", "gthread", "--bind", f"{bind}:{listening.port}",
        "--workers", str(listening.workers), "--threads", str(listening.threads),
        "--graceful-timeout", str(GRACE), "--log-level", "warning", "--no-control-socket", "--pythonpath", str(ROOT),
        "wsgi:app",
    ]  # fmt: skip


def _environment(config: Config, database_url: str) -> Mapping[str, str]:
    """What the workers read their configuration from: to them the embedded server is a DATABASE_URL like any other."""
    return {
        **os.environ,
        "DATABASE_URL": database_url,
        "LANGKAH_SECRET_KEY": config.secret_key,
        "LANGKAH_LOG_KEY": config.log_key.decode(),
        "LANGKAH_DATA_DIR": str(config.data_dir),
        "LANGKAH_TENANTS_DIR": str(config.tenants_dir),
        "LANGKAH_FILES_DIR": str(config.files_dir),
    }


def _answers(listening: Listening, child: "subprocess.Popen[bytes]") -> bool:
    """Waits for the first answer; False where the child has ended instead."""
    until = time.monotonic() + PATIENCE
    while child.poll() is None and time.monotonic() < until:
        host, port = listening.address.removeprefix("http://").rsplit(":", 1)
        connection = HTTPConnection(host.strip("[]"), int(port), timeout=5)
        try:
            connection.request("GET", "/sehat")
            if connection.getresponse().status == 200:
                return True
        except (OSError, HTTPException):
            time.sleep(0.05)
        finally:
            connection.close()
    return False


def _end(child: "subprocess.Popen[bytes]") -> None:
    """Whatever happened, no web server outlives the command, nor the database it needs."""
    if child.poll() is None:
        child.terminate()
        try:
            child.wait(GRACE + 5)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
