"""What changed between two editions, in the words of the sheet."""

from core.procedures.differences import Change
from core.web.language import later as _
from core.web.sheet import BOXES, IDENTITY, printed

# Each thing that may differ -> how it is called.
WHAT = {
    **dict(IDENTITY),
    **dict(BOXES),
    "no": _("Nomor"),
    "phase": _("Tahap"),
    "activity": _("Kegiatan"),
    "actors": _("Pelaksana"),
    "requirements": _("Kelengkapan"),
    "duration": _("Waktu"),
    "output": _("Output"),
    "remark": _("Keterangan"),
    "form": _("Isian"),
    "outcomes": _("Keputusan"),
    "rules": _("Aturan jalannya langkah"),
    "order": _("Urutan"),
    "start_by": _("Yang boleh memulai"),
    "asks": _("Yang ditanyakan saat memulai"),
    "subject": _("Perihal"),
    "secrecy": _("Sifat kerahasiaan"),
    "actor_added": _("Pelaksana baru"),
    "actor_removed": _("Pelaksana dihapus"),
    "actor_renamed": _("Nama pelaksana"),
    "actor_bound": _("Pemegang peran"),
}


def told(change: Change) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """What it is called, and its texts before and after as they are read."""
    if change.what == "order":
        return str(WHAT[change.before[0]]), (), ()
    before = tuple(printed(change.what, text) or "" for text in change.before)
    after = tuple(printed(change.what, text) or "" for text in change.after)
    return str(WHAT[change.what]), before, after
