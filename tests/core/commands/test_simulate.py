"""`langkah simulate`: what it prints, and that nothing stays half done."""

import json
import os
import signal
import subprocess
import sys
import time

import pytest
from sqlalchemy import func, select

from core.engine.models import Case, Task
from core.tenancy.scope import tenant_transaction

pytestmark = pytest.mark.database

KEYS = ["tenant", "code", "edition", "cases", "finished", "steps", "returns", "seconds"]


def count(installation, tenant, query):
    with installation.platform() as platform, tenant_transaction(platform.database, tenant) as session:
        return session.scalar(query)


def test_json_is_one_object_per_edition(shared):
    result = shared.langkah("simulate", "--json")
    assert result.exit_code == 0, result.output
    runs = json.loads(result.stdout)
    assert [list(run) for run in runs] == [KEYS, KEYS]
    for run, tenant in zip(runs, ("pangkalpinang", "pontianak"), strict=True):
        assert run | {"seconds": 0} == {
            "tenant": tenant, "code": "spbe-monev", "edition": 1, "cases": 1, "finished": 1, "steps": 12, "returns": 1,
            "seconds": 0,
        }  # fmt: skip
        assert 0 < run["seconds"] < 60


def test_progress_goes_to_standard_error(shared):
    result = shared.langkah("simulate", "--tenant", "pontianak", "--json")
    assert "pontianak spbe-monev" in result.stderr and "8/8" in result.stderr


def test_only_the_first_of_many_cases_has_a_return(shared):
    run = shared.json("simulate", "--tenant", "pontianak", "--sop", "spbe-monev", "--cases", "3", "--json")[0]
    assert (run["cases"], run["finished"], run["returns"], run["steps"]) == (3, 3, 1, 12 + 10 + 10)


def test_without_json_it_tells_who_did_what(shared):
    shown = shared.langkah("simulate", "--tenant", "pontianak").stdout
    assert "8 pejabat" in shown and "Vera Sungaibangkong" in shown and "dikembalikan" in shown


def test_nothing_in_force_is_told_with_the_way_out(shared):
    for arguments in (("--tenant", "bekasi"), ("--sop", "tidak-ada")):
        result = shared.langkah("simulate", "--json", *arguments)
        assert (result.exit_code, result.stdout) == (1, "")
        assert "Tidak ada SOP yang berlaku" in result.stderr and "langkah tenants sync" in result.stderr


def test_nobody_real_is_made_to_act_without_being_asked_for(fresh):
    fresh.as_owner("pontianak", "UPDATE people SET nip = '198001012005011001' WHERE username = 'vera'")
    result = fresh.langkah("simulate", "--tenant", "pontianak", "--json")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "Di pontianak ada akun pegawai sungguhan" in result.stderr and "--atas-nama-pegawai" in result.stderr
    assert count(fresh, "pontianak", select(func.count()).select_from(Case)) == 0
    assert fresh.langkah("simulate", "--tenant", "pontianak", "--json", "--atas-nama-pegawai").exit_code == 0


def test_an_acting_head_is_shown_as_one(shared):
    result = shared.langkah("simulate", "--tenant", "pontianak")
    assert "Plt. Kepala Bidang Tata Kelola" in result.stdout


def test_a_case_that_cannot_go_on_is_cancelled_and_reported(fresh):
    fresh.as_owner(
        "pontianak",
        """
        UPDATE people SET active = false WHERE id IN (
            SELECT a.person_id FROM assignments a JOIN team_members m ON m.position_id = a.position_id
              JOIN teams t ON t.id = m.team_id WHERE t.key = 'tim_spbe_kota')
        """,
    )
    result = fresh.langkah("simulate", "--tenant", "pontianak", "--json")
    assert result.exit_code == 1
    run = json.loads(result.stdout)[0]
    assert (run["cases"], run["finished"]) == (1, 0)
    assert "SPBE-MONEV/" in result.stderr and "tidak mempunyai pejabat hari ini" in result.stderr
    assert count(fresh, "pontianak", select(func.count()).select_from(Task).where(Task.status == "open")) == 0
    assert count(fresh, "pontianak", select(Case.status)) == "cancelled"
    assert fresh.langkah("audit", "verify").exit_code == 0


def test_sigterm_leaves_no_case_half_done(fresh):
    command = [sys.executable, "-m", "core.cli", "simulate", "--tenant", "pontianak", "--cases", "1000"]
    process = subprocess.Popen(
        command, env=os.environ | fresh.environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    try:
        finished = select(func.count()).select_from(Case).where(Case.status == "done")
        until = time.monotonic() + 60
        while not count(fresh, "pontianak", finished):
            assert time.monotonic() < until and process.poll() is None
            time.sleep(0.1)
        process.send_signal(signal.SIGTERM)
        _, said = process.communicate(timeout=30)
    finally:
        process.kill()
        process.wait()
    assert process.returncode == 130 and b"Dihentikan." in said
    assert count(fresh, "pontianak", select(func.count()).select_from(Case).where(Case.status == "open")) == 0
