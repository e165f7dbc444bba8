"""What is asked of a sync, and what it answers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from sqlalchemy.exc import IntegrityError

from core.errors import BadInput, Conflict
from core.organization.changes import violated
from core.procedures.editions import Proof
from core.sync.merge import Take, Verdict
from core.sync.objects import Object
from core.sync.plan import Line
from core.sync.sops import Offered


class SyncConflict(Conflict):
    """Tidak ada yang diterapkan, karena berkas dan basis data sama-sama berubah pada: {listing}.
    Pilih untuk tiap objek: --take file OBJEK atau --take database OBJEK."""

    type = "sinkronisasi-bentrok"

    def __init__(self, lines: Iterable[Line]) -> None:
        self.lines = list(lines)
        named = [f"{line.tenant}/{line.object}" for line in self.lines]
        super().__init__(listing=", ".join(named), objects=named)


class TakeUnknown(BadInput):
    """ "{object}" tidak berbeda antara berkas dan basis data, jadi tidak ada yang dipilih.{hint}"""

    type = "pilihan-sinkronisasi-tidak-ada"


class SyncClash(Conflict):
    """Berkas {tenant} tidak dapat diterapkan karena bertabrakan dengan isi basis data: {reason}.
    Samakan dahulu salah satunya."""

    type = "sinkronisasi-bertabrakan"


# What the database refused, in words, by the beginning of its constraint's name.
_REFUSED = {
    "uq_positions_head": "sebuah unit mendapat dua kepala",
    "uq_tenants_code": "kode Kemendagri sudah dipakai pemerintah daerah lain",
    "uq_people": "NIP, nama pengguna, atau e-mail sudah dipakai akun lain",
    "ex_assignments": "sebuah jabatan sudah ada pemegangnya",
    "uq_": "sesuatu dengan kunci yang sama dibuat pada saat bersamaan",
}


def refused(error: IntegrityError) -> str:
    """What the database refused, in words."""
    name = violated(error)
    return next((said for start, said in _REFUSED.items() if name.startswith(start)), f"aturan {name}")


class DayNotCome(BadInput):
    """Edisi tidak dapat diberlakukan mulai {on}: tanggal itu belum tiba di {tenant}. Berlakukan pada harinya."""

    type = "tanggal-berlaku-belum-tiba"


@dataclass(frozen=True)
class SyncRequest:
    """Everything a sync is told.

    `offered`: the plugins' procedures by key; `plugins`: those that run; `rights`: every right there is. `tenant`:
    one slug, or None for all. `takes`: by 'unit:diskominfo' or 'pangkalpinang/unit:diskominfo' (of a national rule
    'nasional/regulation:UU-25-2009'). `effective`: from when drafts of the files are in force; 'today' where each
    government lives. `proof`: the proof of soundness.
    """

    offered: Mapping[str, Offered] = field(default_factory=dict)
    plugins: frozenset[str] = frozenset()
    rights: frozenset[str] = frozenset()
    tenant: str | None = None
    takes: Mapping[str, Take] = field(default_factory=dict)
    effective: date | Literal["today"] | None = None
    proof: Proof | None = None

    def takes_of(self, slug: str) -> dict[Object, Take]:
        """What was decided that may concern this government."""
        parsed = (_parse(text, take) for text, take in self.takes.items())
        return {found: take for whose, found, take in parsed if whose in (None, slug)}


@dataclass(frozen=True)
class SyncReport:
    """What was, or with `applied` False would be, done; one line per object that is not the same on both sides."""

    lines: list[Line]
    applied: bool

    @property
    def conflicts(self) -> list[Line]:
        """What keeps it from being applied."""
        return [line for line in self.lines if line.verdict is Verdict.CONFLICT]

    @property
    def idle(self) -> bool:
        """Whether there is nothing to do."""
        return all(line.verdict in (Verdict.KEPT, Verdict.HELD) for line in self.lines)


def _parse(text: str, take: Take) -> tuple[str | None, Object, Take]:
    left, _, key = text.partition(":")
    whose, _, kind = left.rpartition("/")
    return whose or None, Object(kind, key), take
