"""The log in words: what somebody did, as one would tell a colleague."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from core.organization.wording import full_title
from core.procedures.model import Edition
from core.procedures.words import RETURNED
from core.web.language import _, later

# kind -> (icon, the act); %(step)s is the step, %(member)s the unit it was asked of. The other kinds are bookkeeping
# (core.engine.casefile).
ACTS: Mapping[str, tuple[str, Any]] = {
    "case_started": ("player-play", later("memulai pelaksanaan ini")),
    "task_started": ("player-play", later("mulai mengerjakan %(step)s%(member)s")),
    "task_completed": ("circle-check", later("menyelesaikan %(step)s%(member)s")),
    "task_withdrawn": ("rotate", later("menarik kembali %(step)s%(member)s")),
    "task_reassigned": ("switch-horizontal", later("mengalihkan %(step)s%(member)s kepada %(receiver)s")),
    "step_returned": ("arrow-back-up", later("mengembalikan ke %(target)s%(members)s")),
    "member_excused": ("user-check", later("mengecualikan%(member)s dari %(step)s")),
    "member_added": ("plus", later("menambahkan peserta%(member)s pada %(step)s")),
    "evidence_attached": ("paperclip", later("melampirkan berkas pada %(step)s%(member)s")),
    "evidence_removed": ("trash", later("menghapus berkas dari %(step)s%(member)s")),
    "commented": ("message", later("berkomentar")),
    "case_ended": ("circle-check", later("Pelaksanaan selesai")),
    "case_cancelled": ("x", later("membatalkan pelaksanaan ini")),
}
# A completion that gives back: where to, the next event tells.
JUDGED = ("search", later("memeriksa pada %(step)s; ada yang harus diperbaiki"))


@dataclass(frozen=True)
class Told:
    """One event as shown: `who` did it in which `post`, None where the machine did; `words` are what he wrote."""

    icon: str
    act: str
    who: str | None
    post: str | None
    words: str | None
    at: Any
    seq: int
    kind: str


def told(event: Mapping[str, Any], edition: Edition, names: Mapping[str, str]) -> Told:
    """The event in words; `names` are those of members by key."""
    body = event["body"]
    icon, act = JUDGED if body.get("outcome") == RETURNED else ACTS[event["kind"]]
    values = {
        "step": step_name(edition, body.get("step")),
        "member": _member(names, body.get("member")),
        "receiver": event.get("receiver") or _("pegawai lain"),
        "target": step_name(edition, body.get("target")),
        "members": _members(names, body.get("members", ())),
    }
    post = full_title(event["position"], event["capacity"]) if event["position"] else None
    return Told(icon, str(act) % values, event["person"], post, _words(event), event["at"], event["seq"], event["kind"])


def step_name(edition: Edition, key: str | None) -> str:
    """'langkah 4', or the step's activity where its row bears no number."""
    step = edition.rows.get(key) if key else None
    if step is None:
        return ""
    return _("langkah %(no)s", no=step.no) if step.no else f"“{step.activity}”"


def _member(names: Mapping[str, str], key: str | None) -> str:
    return f" ({names[key]})" if key and key in names else ""


def _members(names: Mapping[str, str], keys: Any) -> str:
    found = [names[key] for key in keys if key in names]
    return f" ({', '.join(found)})" if found else ""


def _words(event: Mapping[str, Any]) -> str | None:
    """What was written with it: a comment, a reason, the name of a file."""
    value = event["value"] or {}
    file = value.get("berkas") or {}
    return value.get("teks") or value.get("alasan") or file.get("name")
