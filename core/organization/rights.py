"""The catalogue of rights: what may be given at all, each with the words a user sees.

A right that no role gives is denied. Plugins bring rights of their own when the platform starts; they are
handed to `catalogue`, never kept in a global. Who may is asked of the actor (core.identity.actor).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from core.errors import ConfigurationError


class RightTwice(ConfigurationError):
    """Hak "{right}" didaftarkan dua kali. Plugin harus memberi nama hak yang belum dipakai."""

    type = "hak-ganda"


@dataclass(frozen=True)
class Right:
    """Something that may be permitted; `key` is stable, `label` is shown when roles are edited."""

    key: str
    label: str


CORE = (
    Right("organization.read", "Melihat unit, jabatan, tim, dan pemegangnya"),
    Right("organization.edit", "Mengubah unit, jabatan, tim, himpunan, dan penugasan"),
    Right("people.manage", "Mengelola akun pegawai dan memberi kode masuk"),
    Right("roles.manage", "Memberi dan mencabut peran"),
    Right("tokens.manage", "Mengelola token API pegawai"),
    Right("procedures.read", "Melihat SOP dan edisinya"),
    Right("procedures.prepare", "Menyusun konsep edisi SOP"),
    Right("procedures.approve", "Menyetujui konsep edisi SOP"),
    Right("procedures.publish", "Memberlakukan edisi SOP yang disetujui"),
    Right("cases.start", "Memulai pelaksanaan SOP mana pun"),
    Right("cases.supervise", "Mengalihkan tugas dan membebaskan peserta pada semua pelaksanaan"),
    Right("cases.cancel", "Membatalkan pelaksanaan"),
    Right("cases.read_all", "Membaca semua pelaksanaan, kecuali yang rahasia"),
    Right("audit.read", "Membaca catatan audit"),
)


def catalogue(*own: Iterable[Right]) -> Mapping[str, Right]:
    """Every right by its key: the platform's, then those of each plugin.

    :param own: the rights of plugins, each by its own.
    :raises RightTwice: a key is taken already.
    """
    known: dict[str, Right] = {}
    for right in (right for group in (CORE, *own) for right in group):
        if right.key in known:
            raise RightTwice(right=right.key)
        known[right.key] = right
    return known
