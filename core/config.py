"""Configuration from the environment, checked at start.

Without DATABASE_URL the platform serves itself: a real PostgreSQL from a wheel, in the data folder, with keys
made there on first use. With DATABASE_URL it is production, and every secret must be given.
"""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from core.errors import ConfigurationError

ROOT = Path(__file__).resolve().parent.parent
MIN_SECRET = 32


@dataclass(frozen=True)
class Config:
    """All settings; addresses are `postgresql://`, folders absolute, sizes in bytes.

    `database_url` is the app role's; `owner_url` the owner role's (migrations, tampering checks);
    `admin_url` is asked by `langkah db init` only. All three are None while the embedded server is meant.
    `trusted_proxies` is how many proxies of ours stand in front and name the client in X-Forwarded-For.
    """

    data_dir: Path
    tenants_dir: Path
    files_dir: Path
    secret_key: str
    log_key: bytes
    database_url: str | None = None
    owner_url: str | None = None
    admin_url: str | None = None
    max_upload: int = 25 * 1024 * 1024
    pool_size: int = 5
    trusted_proxies: int = 0

    @property
    def embedded(self) -> bool:
        """Whether the PostgreSQL is our own, in the data folder."""
        return self.database_url is None


def load(environ: Mapping[str, str] | None = None) -> Config:
    """Reads the environment.

    :raises ConfigurationError: names the variable that is missing or wrong.
    """
    env = os.environ if environ is None else environ
    data_dir = Path(env.get("LANGKAH_DATA_DIR", ROOT / ".langkah")).absolute()
    production = "DATABASE_URL" in env
    return Config(
        data_dir=data_dir,
        tenants_dir=Path(env.get("LANGKAH_TENANTS_DIR", ROOT / "tenants")).absolute(),
        files_dir=Path(env.get("LANGKAH_FILES_DIR", data_dir / "files")).absolute(),
        secret_key=_secret(env, "LANGKAH_SECRET_KEY", data_dir, production),
        log_key=_secret(env, "LANGKAH_LOG_KEY", data_dir, production).encode(),
        database_url=env.get("DATABASE_URL"),
        owner_url=env.get("DATABASE_OWNER_URL"),
        admin_url=env.get("DATABASE_ADMIN_URL"),
        max_upload=_number(env, "LANGKAH_MAX_UPLOAD_MB", 25, least=1) * 1024 * 1024,
        pool_size=_number(env, "LANGKAH_POOL_SIZE", 5, least=1),
        trusted_proxies=_number(env, "LANGKAH_TRUSTED_PROXIES", 0, least=0),
    )


def _secret(env: Mapping[str, str], name: str, data_dir: Path, production: bool) -> str:
    value = env.get(name)
    if value is None and not production:
        return _kept_secret(data_dir / name.lower())
    if value is None or len(value) < MIN_SECRET:
        raise ConfigurationError(reason=f"{name} wajib diisi, sedikitnya {MIN_SECRET} karakter acak.")
    return value


def _kept_secret(path: Path) -> str:
    """A secret of this data folder, made once; two processes that start together agree on one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48))
    except FileExistsError:
        pass
    value = path.read_text()
    if len(value) < MIN_SECRET:
        raise ConfigurationError(reason=f"berkas {path.name} di folder data rusak; hapus lalu jalankan kembali.")
    return value


def _number(env: Mapping[str, str], name: str, default: int, least: int) -> int:
    raw = env.get(name, str(default))
    if not (raw.isascii() and raw.isdecimal()) or int(raw) < least:
        raise ConfigurationError(reason=f"{name} harus bilangan bulat, sedikitnya {least}, bukan {raw!r}.")
    return int(raw)
