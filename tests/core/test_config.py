"""The configuration is checked at the start, and what is wrong is named."""

import pytest
from flask import request

from core.app import create_app
from core.config import load
from core.errors import ConfigurationError
from core.platform import build

PRODUCTION = {
    "DATABASE_URL": "postgresql://langkah_app@/langkah",
    "LANGKAH_SECRET_KEY": "r" * 40,
    "LANGKAH_LOG_KEY": "l" * 40,
}


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("LANGKAH_LOG_KEY", "pendek", "LANGKAH_LOG_KEY wajib diisi, sedikitnya 32 karakter acak."),
        ("LANGKAH_POOL_SIZE", "0", "LANGKAH_POOL_SIZE harus bilangan bulat, sedikitnya 1, bukan '0'."),
        ("LANGKAH_MAX_UPLOAD_MB", "²", "LANGKAH_MAX_UPLOAD_MB harus bilangan bulat, sedikitnya 1, bukan '²'."),
        ("LANGKAH_TRUSTED_PROXIES", "-1", "LANGKAH_TRUSTED_PROXIES harus bilangan bulat, sedikitnya 0, bukan '-1'."),
    ],
)
def test_a_wrong_setting_is_named(name, value, said):
    with pytest.raises(ConfigurationError) as refused:
        load(PRODUCTION | {name: value})
    assert said in str(refused.value)


def test_production_makes_no_secret_of_its_own(tmp_path):
    without = {name: value for name, value in PRODUCTION.items() if name != "LANGKAH_SECRET_KEY"}
    with pytest.raises(ConfigurationError, match="LANGKAH_SECRET_KEY"):
        load(without | {"LANGKAH_DATA_DIR": str(tmp_path)})
    assert list(tmp_path.iterdir()) == []


def test_the_embedded_instance_keeps_the_secrets_it_made(tmp_path):
    first, second = (load({"LANGKAH_DATA_DIR": str(tmp_path)}) for _ in range(2))
    assert first.embedded and first.secret_key == second.secret_key and first.log_key == second.log_key
    assert all(file.stat().st_mode & 0o077 == 0 for file in tmp_path.iterdir())


@pytest.mark.parametrize(("proxies", "address"), [("0", "127.0.0.1"), ("1", "203.0.113.7"), ("2", "198.51.100.9")])
def test_the_client_is_whom_the_trusted_proxies_name(proxies, address):
    platform = build(load(PRODUCTION | {"LANGKAH_TRUSTED_PROXIES": proxies}))
    app = create_app(platform=platform)
    seen = []

    app.add_url_rule("/dari-mana", view_func=lambda: seen.append(request.remote_addr) or "")
    app.test_client().get("/dari-mana", headers={"X-Forwarded-For": "198.51.100.9, 203.0.113.7"})
    platform.database.close()
    assert seen == [address]
