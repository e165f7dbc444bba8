"""The files of a tenant's folder as JSON Schema; `keterangan` is what to tell who breaks a pattern."""

from typing import Any

from core.legal.registry import STATUSES
from core.organization.models import ASSIGNMENT_KINDS, POSITION_KINDS
from core.organization.units import UNIT_KINDS
from core.tenancy.models import KINDS

Schema = dict[str, Any]

TEXT: Schema = {"type": "string", "pattern": r"\S", "keterangan": "tidak boleh kosong"}
BLANK: Schema = {"type": ["string", "null"], "pattern": r"\S", "keterangan": "tidak boleh kosong; tulis null"}
FLAG: Schema = {"type": "boolean"}
DATE: Schema = {"type": "string", "format": "date", "keterangan": "harus tanggal seperti 2026-01-31"}
OPEN_DATE: Schema = {**DATE, "type": ["string", "null"]}


def shaped(pattern: str, said: str, *, blank: bool = False) -> Schema:
    """A text of a certain shape; `said` goes on after the name of its key."""
    return {"type": ["string", "null"] if blank else "string", "pattern": f"^(?:{pattern})$", "keterangan": said}


KEY = shaped("[a-z][a-z0-9_]*", "harus huruf kecil, angka dan garis bawah, diawali huruf")
OPEN_KEY: Schema = {**KEY, "type": ["string", "null"]}
# Addresses of the instance itself; a government of that name could never be reached.
RESERVED = ("api", "aset", "platform", "sehat")
SLUG = shaped(
    rf"(?!(?:{'|'.join(RESERVED)})$)[a-z][a-z0-9]*(-[a-z0-9]+)*",
    f"harus huruf kecil, angka dan tanda hubung, diawali huruf, dan bukan {', '.join(RESERVED)}",
)
RULE_ID = shaped("[A-Z][A-Z0-9]*(-[A-Z0-9]+)+", "harus seperti UU-25-2009")
RIGHT = shaped(r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*", "harus seperti cases.start")


def record(properties: Schema, *required: str) -> Schema:
    """A mapping with these keys and no other."""
    return {"type": "object", "properties": properties, "additionalProperties": False, "required": list(required)}


def listed(items: Schema) -> Schema:
    """A list, maybe empty."""
    return {"type": "array", "items": items}


TENANT = record(
    {
        "code": shaped(r"[0-9]{2}(\.[0-9]{2})?", 'harus kode Kemendagri seperti "19.71", dalam tanda kutip'),
        "bps": shaped(r"[0-9]{2}([0-9]{2})?", 'harus kode BPS seperti "1971", dalam tanda kutip', blank=True),
        "kind": {"enum": list(KINDS)},
        "name": TEXT,
        "short": TEXT,
        "slug": SLUG,
        "parent": {**SLUG, "type": ["string", "null"]},
        "timezone": TEXT,
        "head_title": TEXT,
        "crest": shaped(r"[a-z0-9_-]+\.svg", "harus nama berkas .svg di folder ini"),
        "color": shaped("#[0-9a-fA-F]{6}", 'harus warna seperti "#1a5fb4", dalam tanda kutip'),
        "plugins": {**listed(KEY), "uniqueItems": True},
        "website": {"type": "null"},
    },
    "code", "kind", "name", "short", "slug", "parent", "timezone", "head_title", "crest", "color", "plugins",
)  # fmt: skip

_UNIT = record(
    {
        "key": KEY,
        "name": TEXT,
        "short": BLANK,
        "kind": {"enum": list(UNIT_KINDS)},
        "parent": OPEN_KEY,
        "opd": FLAG,
        "receives": OPEN_KEY,
    },
    "key", "name", "kind",
)  # fmt: skip

_POSITION = record(
    {
        "key": KEY,
        "title": TEXT,
        "unit": KEY,
        "kind": {"enum": list(POSITION_KINDS)},
        "echelon": shaped(r"(?:I|II|III|IV|V)\.[a-e]", "harus eselon seperti II.b", blank=True),
        "superior": OPEN_KEY,
        "head": FLAG,
    },
    "key", "title", "unit", "kind",
)  # fmt: skip

_DECREE = {
    **record({"number": BLANK, "date": OPEN_DATE, "from": OPEN_DATE, "until": OPEN_DATE}),
    "type": ["object", "null"],
}

_TEAM = record(
    {
        "key": KEY,
        "name": TEXT,
        "unit": KEY,
        "decree": _DECREE,
        "head": KEY,
        "members": listed(record({"position": KEY, "function": BLANK}, "position")),
    },
    "key", "name", "unit", "head", "members",
)  # fmt: skip

_SET = record(
    {"key": KEY, "name": TEXT, "units": {**listed(KEY), "uniqueItems": True}},
    "key", "name", "units",
)  # fmt: skip

_ROLE = record(
    {"key": KEY, "name": TEXT, "everyone": FLAG, "rights": {**listed(RIGHT), "uniqueItems": True}},
    "key", "name", "rights",
)  # fmt: skip

ORGANIZATION = record(
    {
        "units": listed(_UNIT),
        "positions": listed(_POSITION),
        "teams": listed(_TEAM),
        "sets": listed(_SET),
        "roles": listed(_ROLE),
        "grants": listed(record({"role": KEY, "position": KEY}, "role", "position")),
    },
    "units", "positions",
)  # fmt: skip

_CHANGE = record({"id": RULE_ID, "name": TEXT, "date": TEXT, "note": TEXT}, "name")

LEGAL = record(
    {
        "regulations": listed(
            record(
                {
                    "id": RULE_ID,
                    "kind": TEXT,
                    "number": TEXT,
                    "year": {"type": ["integer", "null"], "minimum": 1900, "maximum": 2200},
                    "title": TEXT,
                    "status": {"enum": list(STATUSES)},
                    "enacted": OPEN_DATE,
                    "revoked_by": {**_CHANGE, "type": ["object", "null"]},
                    "amended_by": listed(_CHANGE),
                    "source": BLANK,
                    "certainty": BLANK,
                    "note": BLANK,
                },
                "id", "kind", "number", "year", "title", "status",
            )
        )
    },
    "regulations",
)  # fmt: skip

_HELD = record(
    {
        "position": KEY,
        "kind": {"enum": list(ASSIGNMENT_KINDS)},
        "order": BLANK,
        "from": DATE,
        "until": OPEN_DATE,
    },
    "position", "kind", "from",
)  # fmt: skip

_PERSON = record(
    {
        "name": TEXT,
        "nip": shaped("0000[0-9]{14}", "orang contoh harus 18 angka yang diawali 0000, dalam tanda kutip"),
        "username": shaped("[a-z][a-z0-9._-]*", "harus huruf kecil, angka, titik, garis bawah atau tanda hubung"),
        "email": shaped(r"[^\s@A-Z]+@[^\s@A-Z]+", "harus alamat e-mail dengan huruf kecil", blank=True),
        "phone": shaped(r"\+?[0-9]{8,15}", "harus nomor telepon dalam tanda kutip", blank=True),
        "positions": listed(_HELD),
        "teams": listed(record({"team": KEY, "function": BLANK}, "team")),
    },
    "name", "nip", "username",
)  # fmt: skip

DEMO = record({"people": listed(_PERSON)}, "people")
