"""`langkah users` and `langkah operators`."""

import re

import pytest
from sqlalchemy import select

from core.audit.models import AuditEntry
from core.identity import reset
from core.identity.accounts import find
from core.identity.models import Operator
from core.simulation.stage import now
from core.tenancy.scope import tenant_transaction

pytestmark = pytest.mark.database


def code_in(result):
    assert result.exit_code == 0, result.output
    return re.search(r"Kode sekali pakai: (\S+)", result.stdout)[1]


def create(installation, username, *more):
    return installation.langkah("users", "create", "bekasi", "--name", "Contoh Pegawai", "--username", username, *more)


def test_a_new_account_opens_with_its_code(shared):
    code = code_in(create(shared, "baru", "--email", "baru@bekasi.example.id"))
    with shared.platform() as platform, tenant_transaction(platform.database, "bekasi") as session:
        attempt = reset.redeem(session, "baru", code, "empat kata yang saya pilih", None, now())
        assert attempt.error is None
        entries = select(AuditEntry.details).where(AuditEntry.kind == "person.created")
        assert session.scalars(entries).first() == {"console": "langkah users"}


def test_a_taken_user_name_and_a_wrong_nip_are_told(shared):
    code_in(create(shared, "kembar"))
    again = create(shared, "kembar")
    assert again.exit_code == 1 and "Nama pengguna ini sudah dipakai" in again.stderr
    wrong = create(shared, "salah", "--nip", "123")
    assert wrong.exit_code == 1 and "18" in wrong.stderr and "Traceback" not in wrong.output


def test_a_code_is_given_anew_by_any_name_of_the_account(shared):
    first = code_in(shared.langkah("users", "reset-code", "pontianak", "vera"))
    second = code_in(shared.langkah("users", "reset-code", "pontianak", "vera@pontianak.example.id"))
    assert first != second
    nobody = shared.langkah("users", "reset-code", "bekasi", "vera")
    assert nobody.exit_code == 1 and "tidak terdaftar" in nobody.stderr


def test_a_disabled_account_is_shown_as_such(shared):
    code_in(create(shared, "pergi"))
    assert "dinonaktifkan" in shared.langkah("users", "disable", "bekasi", "pergi").stdout
    shown = shared.langkah("users", "list", "bekasi").stdout
    assert re.search(r"pergi.*nonaktif", shown) and re.search(r"wibowo.*aktif", shown)
    with shared.platform() as platform, tenant_transaction(platform.database, "bekasi") as session:
        assert not find(session, "pergi").active


def test_an_operator_gets_his_authenticator_once(shared):
    result = shared.langkah(
        "operators", "create", "--username", "ops", "--name", "Operator Contoh", "--password-stdin",
        typed="empat kata yang saya pilih\n",
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    assert "otpauth://totp/Langkah:ops" in result.stdout
    with shared.platform() as platform, platform.database.session() as session:
        assert session.scalars(select(Operator.username)).all() == ["ops"]


def test_an_operator_with_two_different_passwords_is_refused(shared):
    result = shared.langkah(
        "operators", "create", "--username", "o", "--name", "O", typed="satu dua tiga empat\nlain\n"
    )
    assert result.exit_code == 1 and "kedua kata sandi tidak sama" in result.stderr
