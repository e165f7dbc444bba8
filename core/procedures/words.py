"""The closed word lists of the definition language (engine.md: Flow, Time)."""

from typing import Final

# What the actor of a step does; gives the button its verb, the page its fields, the record its meaning.
KINDS: Final = (
    "work", "dispose", "initial", "sign", "verify", "meet", "send", "receive", "publish", "upload", "pay",
    "survey",
)  # fmt: skip
# These judge another step's output, so they have the outcome 'dikembalikan' unless told otherwise.
JUDGING: Final = ("verify", "initial", "sign", "dispose")
# These may not be done by the person who did the step they judge (engine.md, Exactly 6).
SEGREGATED: Final = ("verify", "sign")
RETURNED: Final = "dikembalikan"

ACTOR_KINDS: Final = (
    "position", "positions", "functional", "team", "unit", "units", "party", "parties", "public", "system",
)  # fmt: skip
# Kinds that stand for a set of members: such an actor works through `each`.
SETS: Final = ("units", "positions", "parties")

# A key by which a binding may name what fulfils an actor, and the actor kinds it fulfils.
TARGETS: Final = {
    "position": ("position", "functional"),
    "functional": ("functional",),
    "team": ("team",),
    "unit": ("unit",),
    "set": ("units",),
    "units": ("units",),
    "positions": ("positions",),
    "party": ("party",),
    "parties": ("parties",),
    "public": ("public",),
    "system": ("system",),
}

FIELD_TYPES: Final = (
    "text", "long_text", "yes_no", "number", "percent", "money", "date", "date_time", "period", "choice",
    "choices", "checklist", "person", "position", "unit", "party", "record", "file", "photo", "table",
    "score", "location", "url", "phone", "nik",
)  # fmt: skip
CHOOSING: Final = ("choice", "choices", "checklist")
ATTACHED: Final = ("file", "photo")
COUNTED: Final = ("number", "percent", "money")

PERIODS: Final = ("hari", "minggu", "bulan", "triwulan", "semester", "tahun")
SOURCES: Final = ("person", "schedule", "letter", "public", "case")
SECRECY: Final = ("biasa", "terbatas", "rahasia")
CERTAINTY: Final = ("sure", "likely", "guess")

# The cells of a printed row and of the cover, about which a transcription may be unsure.
ROW: Final = (
    "no", "phase", "activity", "actor", "actors", "requirements", "duration", "output", "remark",
)  # fmt: skip
COVER: Final = (
    "title", "number", "created", "revised", "effective", "approved_by", "unit", "legal_bases",
    "qualifications", "related", "equipment", "warnings", "records",
)  # fmt: skip

# The cells that print a list.
LIST_CELLS: Final = ("requirements", "qualifications", "related", "equipment", "warnings", "records")
# Of these a sheet's own odd print can be kept; an actor or a citation is a key, not a wording.
PRINTED_ROW: Final = tuple(name for name in ROW if name not in ("actor", "actors"))
PRINTED_COVER: Final = tuple(name for name in COVER if name != "legal_bases")

# Names that a step may not take, because targets, references and conditions use them otherwise.
RESERVED: Final = ("next", "end", "case", "previous")
# Names that a field may not take: the words and literals of conditions.
CONDITION_WORDS: Final = ("and", "or", "not", "in", "is", "empty", "true", "false")

# Constructs of a step that are kept as written in `Step.extra` until the engine runs them.
LATER_STEP: Final = (
    "optional", "when", "collect", "by", "handler", "wait_until", "due", "appointment", "recurring", "starts",
    "all_must", "documents", "count", "strategic",
)  # fmt: skip
LATER_PROCEDURE: Final = ("period", "recurring", "norm", "window", "calendar", "anonymous")

# The Indonesian word an author is likely to write, and the key of the language it means.
TRANSLATED: Final = {
    "judul": "title", "pelaksana": "actors", "aktor": "actor", "langkah": "steps", "kegiatan": "activity",
    "aktivitas": "activity", "kelengkapan": "requirements", "persyaratan": "requirements",
    "waktu": "duration", "keterangan": "remark", "keputusan": "outcomes", "jenis": "kind",
    "nomor": "number", "dasar_hukum": "legal_bases", "peringatan": "warnings", "peralatan": "equipment",
    "keterkaitan": "related", "kualifikasi": "qualifications", "pencatatan": "records", "nama": "name",
    "formulir": "form", "isian": "form", "wajib": "required", "ya": "true", "tidak": "false", "yes": "true",
}  # fmt: skip
