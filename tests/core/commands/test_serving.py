"""`langkah serve` and `langkah demo`: they answer, stop cleanly, and start again fast."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

import psycopg
import pytest

pytestmark = pytest.mark.database


@pytest.fixture
def port():
    """A port that was free a moment ago."""
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        return tried.getsockname()[1]


@pytest.fixture
def taken():
    """A port somebody listens on."""
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        yield holder.getsockname()[1]


@contextmanager
def running(environment, *arguments) -> Iterator[tuple["subprocess.Popen[str]", list[str], float]]:
    """(the process, what it printed until it answered, how many seconds that took)."""
    began = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-m", "core.cli", *arguments],
        env=os.environ | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        said = []
        for line in process.stdout:
            said.append(line)
            if "Langkah melayani di" in line:
                break
        yield process, said, time.monotonic() - began
    finally:
        process.stdout.close()
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def get(port, path):
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


def listens(port):
    with socket.socket() as tried:
        return tried.connect_ex(("127.0.0.1", port)) == 0


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
def test_it_serves_until_it_is_asked_to_stop(shared, port, stop):
    with running(shared.environment, "serve", "--port", str(port), "--workers", "1") as (process, said, _):
        assert said == [f"Langkah melayani di http://127.0.0.1:{port}\n"]
        assert get(port, "/sehat")[0] == 200
        assert "Kota Pontianak" in get(port, "/")[1]
        process.send_signal(stop)
        assert process.wait(30) == 0
    assert not listens(port)


@pytest.mark.parametrize("command", ["serve", "demo"])
def test_a_taken_port_is_told_before_anything_else(shared, taken, command):
    for arguments, environment in ((("--port", str(taken)), {}), ((), {"PORT": str(taken)})):
        result = shared.langkah(command, *arguments, **environment)
        assert (result.exit_code, result.stdout) == (1, "")
        assert f"Porta {taken} di 127.0.0.1 tidak dapat dipakai (sudah dipakai program lain)" in result.stderr
        assert f"--port {taken + 1}" in result.stderr and f"PORT={taken + 1} make demo" in result.stderr


def test_a_server_that_dies_is_told(shared, port):
    with running(shared.environment, "serve", "--port", str(port), "--workers", "1") as (process, _, _):
        child = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text()
        os.kill(int(child.split()[0]), signal.SIGKILL)
        assert process.wait(30) == 1
    # Its worker notices within a second that it is an orphan.
    until = time.monotonic() + 20
    while listens(port):
        assert time.monotonic() < until
        time.sleep(0.1)


def test_the_demo_refuses_a_database_that_is_not_its_own(shared, port):
    result = shared.langkah("demo", "--port", str(port))
    assert result.exit_code == 1
    assert "PostgreSQL bawaan" in result.stderr and "DATABASE_URL" in result.stderr


def test_the_demo_sets_everything_up_once(tmp_path, port):
    environment = {"LANGKAH_DATA_DIR": str(tmp_path / "data")}
    with running(environment, "demo", "--port", str(port), "--workers", "1") as (_, said, _):
        shown = "".join(said)
        assert "pontianak: 10 pelaksanaan contoh dibuat." in shown
        password = re.search(r"Kata sandi semua akun contoh: (\S+)", shown)[1]
        assert len(password) >= 12
        for name, role in (("vera", "Kasi. PK&AI"), ("agus", "Kabid"), ("bima", "OPD Disdik"), ("lidia", "Admin")):
            assert re.search(rf"{name} .*{role}", shown), name
        assert "Kota Pangkalpinang" in get(port, "/")[1]
    with running(environment, "demo", "--port", str(port), "--workers", "1") as (_, said, _):
        assert "dibuat" not in "".join(said)
        where = next((tmp_path / "data" / "postgres").glob(".s.PGSQL.*"), None)
        if where is not None:
            with psycopg.connect(f"postgresql://postgres@/langkah?host={where.parent}") as admin:
                assert admin.execute("SELECT count(*) FROM cases").fetchone() == (20,)
    assert not (tmp_path / "data" / "postgres" / "postmaster.pid").exists(), "the embedded server still runs"


@pytest.mark.soak
def test_the_second_start_takes_less_than_five_seconds(tmp_path, port):
    environment = {"LANGKAH_DATA_DIR": str(tmp_path / "data")}
    for _ in range(2):
        with running(environment, "demo", "--port", str(port)) as (_, _, seconds):
            pass
    assert seconds < 5


def test_a_command_fills_an_empty_embedded_database_by_itself(tmp_path):
    environment = os.environ | {"LANGKAH_DATA_DIR": str(tmp_path / "data")}
    done = subprocess.run(
        [sys.executable, "-m", "core.cli", "sop", "export", "--json"], env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("[") and "Basis data bawaan masih kosong" in done.stderr
