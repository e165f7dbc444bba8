"""Small invented governments as files in a temporary folder, and a short way to sync them."""

from copy import deepcopy
from itertools import count
from pathlib import Path
from typing import Any
from uuid import uuid4

import yaml

from core.organization.rights import catalogue
from core.procedures.loader import load_procedure
from core.sync.request import SyncReport, SyncRequest
from core.sync.service import sync
from core.sync.sops import Offered

PROCEDURE = """
procedure: uji.data
title: Pengumpulan data
actors:
  tim: {name: Tim, is: [team, position]}
  kepala: {name: Kepala, is: position}
  opd: {name: OPD, is: units}
steps:
  - {key: minta, activity: Meminta data, actor: tim}
  - {key: kumpul, activity: Mengumpulkan data, actor: opd, each: {of: opd, join: all}}
  - {key: periksa, activity: Memeriksa, actor: tim, kind: verify, returns_to: kumpul}
  - {key: sahkan, activity: Mengesahkan, actor: kepala}
"""

BINDING: dict[str, Any] = {
    "procedure": "uji.data",
    "code": "data",
    "title": "Pengumpulan data",
    "cover": {"number": "1", "legal_bases": [{"id": "PERWALI-UJI-1-2020", "citation": "Perwali 1/2020"}]},
    "actors": {"tim": {"team": "tim"}, "kepala": {"position": "kadis"}, "opd": {"set": "opd"}},
}

ORGANIZATION: dict[str, Any] = {
    "units": [
        {"key": "pemkot", "name": "Pemerintah Kota", "kind": "pemda", "parent": None},
        {"key": "dinas", "name": "Dinas", "kind": "dinas", "parent": "pemkot", "opd": True, "receives": "staf"},
        {"key": "badan", "name": "Badan", "kind": "badan", "parent": "pemkot", "opd": True},
    ],
    "positions": [
        {"key": "wali", "title": "Wali Kota", "unit": "pemkot", "kind": "struktural", "head": True},
        {"key": "kadis", "title": "Kepala Dinas", "unit": "dinas", "kind": "struktural", "superior": "wali",
         "echelon": "II.b", "head": True},
        {"key": "staf", "title": "Staf", "unit": "dinas", "kind": "pelaksana", "superior": "kadis"},
        {"key": "kaban", "title": "Kepala Badan", "unit": "badan", "kind": "struktural", "superior": "wali",
         "head": True},
    ],
    "teams": [
        {"key": "tim", "name": "Tim Data", "unit": "dinas", "decree": {"number": "1/2026", "date": "2026-01-02"},
         "head": "kadis", "members": [{"position": "staf", "function": "Anggota"}]},
    ],
    "sets": [{"key": "opd", "name": "OPD", "units": ["dinas", "badan"]}],
    "roles": [{"key": "arsip", "name": "Arsiparis", "rights": ["audit.read"]}],
    "grants": [{"role": "admin", "position": "staf"}, {"role": "arsip", "position": "staf"}],
}  # fmt: skip

LEGAL: dict[str, Any] = {
    "regulations": [
        {"id": "PERWALI-UJI-1-2020", "kind": "Perwali", "number": "1", "year": 2020, "title": "Data",
         "status": "berlaku", "source": None, "certainty": "K"},
    ]
}  # fmt: skip

PERSON: dict[str, Any] = {
    "name": "Sari Contoh", "nip": "000000000000000001", "username": "sari", "email": None, "phone": None,
    "positions": [{"position": "kadis", "kind": "definitive", "order": "1", "from": "2024-01-02", "until": None}],
    "teams": [{"team": "tim", "function": "Narasumber"}],
}  # fmt: skip

NATIONAL = "regulations: []\n"

# Of the worker's own database: no two of its governments have the same code.
CODES = count(1000)


class Government:
    """The files of one invented government; change the data, then write()."""

    def __init__(self, root: Path, slug: str | None = None, **told: Any) -> None:
        self.slug = slug or f"uji-{uuid4().hex[:10]}"
        self.folder = root / self.slug
        digits = str(next(CODES))
        self.tenant: dict[str, Any] = {
            "code": f"{digits[:2]}.{digits[2:]}", "bps": None, "kind": "kota", "name": f"Kota {self.slug}",
            "short": self.slug, "slug": self.slug, "parent": None, "timezone": "Asia/Jakarta",
            "head_title": "Wali Kota", "crest": "crest.svg", "color": "#1a5fb4", "plugins": ["uji"],
            "website": None, **told,
        }  # fmt: skip
        self.organization = deepcopy(ORGANIZATION)
        self.legal = deepcopy(LEGAL)
        self.bindings = {"data": deepcopy(BINDING)}
        self.people: list[dict[str, Any]] = []
        self.write()

    def write(self) -> "Government":
        (self.folder / "procedures").mkdir(parents=True, exist_ok=True)
        (self.folder / "crest.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
        self._write("tenant", self.tenant)
        self._write("organization", self.organization)
        self._write("legal", self.legal)
        for path in (self.folder / "procedures").iterdir():
            path.unlink()
        for code, binding in self.bindings.items():
            self._write(f"procedures/{code}", binding)
        if self.people:
            self._write("demo", {"people": self.people})
        return self

    def _write(self, name: str, data: Any) -> None:
        text = yaml.safe_dump(data, allow_unicode=True, sort_keys=False)
        (self.folder / f"{name}.yaml").write_text(text, encoding="utf-8")

    def item(self, name: str, key: str) -> dict[str, Any]:
        return next(item for item in self.organization[name] if item["key"] == key)

    def drop(self, name: str, key: str) -> None:
        self.organization[name] = [item for item in self.organization[name] if item.get("key") != key]


def offered(text: str = PROCEDURE, version: str = "1") -> dict[str, Offered]:
    return {"uji.data": Offered(load_procedure(text, "uji/data.yaml"), "uji", version)}


def run(database, root: Path, *, plan_only: bool = False, **told: Any) -> SyncReport:
    """A sync of everything below `root`, with the invented plugin `uji` and no national rules."""
    national = root.parent / "national.yaml"
    if not national.exists():
        national.write_text(NATIONAL)
    request = SyncRequest(
        **{"offered": offered(), "plugins": frozenset({"uji"}), "rights": frozenset(catalogue()), **told}
    )
    return sync(database, root, request, plan_only=plan_only, national=national)


def shown(report: SyncReport) -> set[str]:
    """The report's lines without the tenant."""
    return {str(line).replace(f"{line.tenant}/", "", 1) for line in report.lines}
