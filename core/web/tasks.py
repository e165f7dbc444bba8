"""Tugas Saya: what waits for me, what is late, what I supervise, what I did."""

from typing import Any

from flask import Blueprint, render_template, request

from core.engine import desk, library, reading
from core.http import cursors
from core.http.door import LOGIN, actor, visit
from core.http.transaction import platform
from core.web.door import page
from core.web.language import later

blueprint = Blueprint("tasks", __name__)

A_PAGE = 25

# The tabs in their order: (list, its name, which count of the tally it bears).
TABS = (
    ("menunggu", later("Menunggu saya"), "open"),
    ("terlambat", later("Terlambat"), "late"),
    ("tenggat", later("Segera jatuh tempo"), "soon"),
    ("diawasi", later("Saya awasi"), "supervised_late"),
    ("selesai", later("Sudah selesai"), None),
)
# What an empty one says: what would fill it.
EMPTY = {
    "menunggu": later("Tidak ada tugas yang menunggu Anda. Tugas muncul di sini begitu sampai kepada Anda."),
    "terlambat": later("Tidak ada tugas Anda yang terlambat."),
    "tenggat": later("Tidak ada tugas Anda yang segera jatuh tempo."),
    "diawasi": later("Tidak ada tugas terbuka pada jabatan di bawah Anda."),
    "selesai": later("Belum ada yang Anda selesaikan. Setiap tugas yang Anda selesaikan tercatat di sini."),
}


@blueprint.get("/tugas")
@page(LOGIN)
def mine() -> str:
    """One of the five lists; further pages come as a fragment where the script is there, as a page where not."""
    asked = _asked()
    here = visit()
    items, rows = reading.tasks(here.session, platform().engine.editions, actor(), asked)
    following = cursors.following(rows, asked.limit, "closed_at" if asked.which == "selesai" else "due_at")
    values = {"items": items, "asked": asked, "following": following, "search": _search()}
    if request.headers.get("HX-Request") and request.args.get("lanjut"):
        return render_template("tasks/rows.html", **values)
    tally = desk.tally(here.session, actor(), here.now)
    return render_template(
        "tasks/mine.html", tabs=TABS, empty=EMPTY, tally=tally, codes=library.names(here.session), **values
    )


def _asked() -> desk.Asked:
    """The list as the address asks for it; a word it does not know means the first one."""
    given = request.args
    which: Any = given.get("lihat") if given.get("lihat") in desk.LISTS else "menunggu"
    after = cursors.after(given.get("lanjut"), undated=which != "selesai") if given.get("lanjut") else None
    return desk.Asked(visit().now, which, A_PAGE, after, given.get("sop") or None, given.get("cari") or None)


def _search() -> dict[str, str]:
    """What of the address every further page and tab keeps."""
    return {name: request.args[name] for name in ("sop", "cari") if request.args.get(name)}
