"""The address of an asset: templates say `asset("langkah.css")`, browsers ask for the name that carries its content."""

import json
from functools import cached_property
from pathlib import Path
from typing import cast

from core.errors import ConfigurationError

DIST = Path(__file__).parent.parent / "dist"
MANIFEST = "manifest.json"
PREFIX = "/aset/"


class AssetMissing(ConfigurationError):
    """Berkas {name} untuk tampilan halaman belum disiapkan. Jalankan `make setup`, lalu mulai ulang server web."""

    type = "aset-belum-siap"


class Assets:
    """What core.web.assets.build has left in a folder, read once per process."""

    def __init__(self, folder: Path = DIST) -> None:
        self.folder = folder

    @cached_property
    def names(self) -> dict[str, str]:
        """The file of every asset; empty where nothing has been built."""
        manifest = self.folder / MANIFEST
        return cast(dict[str, str], json.loads(manifest.read_bytes())) if manifest.is_file() else {}

    def address(self, name: str) -> str:
        """Where a browser finds it.

        :raises AssetMissing: it has not been built.
        """
        if name not in self.names:
            raise AssetMissing(name=name)
        return PREFIX + self.names[name]
