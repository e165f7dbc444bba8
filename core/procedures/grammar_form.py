"""Form fields, requirements and documents of a step (engine.md: Flow; office.md: Letters)."""

from core.procedures.grammar_parts import (
    ACTORS,
    CONDITION,
    FLAG,
    KEY,
    NUMBER,
    ORIGIN,
    REFERENCE,
    TEXT,
    TEXTS,
    Schema,
    either,
    key,
    listed,
    record,
    word,
)
from core.procedures.words import FIELD_TYPES

CHOICE: Schema = either(
    TEXT,
    record(
        {
            "key": key("Kunci pilihan, tersimpan sebagai jawaban", "Stored answer", TEXT),
            "label": key("Teks pilihan yang dilihat pengguna", "Text the user sees", TEXT),
            "weight": key("Bobot pada lembar penilaian", "Weight in a score sheet", NUMBER),
        },
        "key",
        "label",
    ),
)

FIELD: Schema = record(
    {
        "key": key("Kunci isian, unik dalam formulir", "Key, unique in the form", KEY),
        "label": key("Label isian", "Label", TEXT),
        "type": key("Jenis isian", "Type of field", word(*FIELD_TYPES)),
        "required": key(
            "Wajib diisi: true, false, atau syarat",
            "Required: always, never or on a condition",
            either({"type": "boolean"}, {**CONDITION}),
        ),
        "many": key("Boleh lebih dari satu", "Several values allowed", FLAG),
        "choices": key("Pilihan, butir daftar periksa atau kriteria", "Choices or items", listed(CHOICE)),
        "accept": key("Jenis berkas yang diterima, misalnya pdf", "Accepted file types", TEXTS),
        "max_mb": key("Ukuran berkas terbesar (MB)", "Largest file in MB", {**NUMBER, "exclusiveMinimum": 0}),
        "help": key("Petunjuk pengisian", "Hint", TEXT),
        "fields": key("Kolom tabel", "Columns of a table", listed({"$ref": "#/$defs/field"})),
        "default": key("Nilai awal", "Initial value", {"type": ["string", "number", "boolean"]}),
        "prefill": key(
            "Terisi dari langkah.isian; awali previous/ untuk masa lalu",
            "Prefilled from step.field, or previous/step.field of last period",
            REFERENCE,
        ),
        "min": key("Nilai terkecil", "Least value", NUMBER),
        "max": key("Nilai terbesar", "Greatest value", NUMBER),
        "register": key("Register plugin yang dirujuk", "Plugin's register, for type record", KEY),
        "among": key("Pelaksana atau unit yang boleh dipilih", "Actor or set to choose from", KEY),
    },
    "key",
    "label",
    "type",
)

REQUIREMENT: Schema = either(
    TEXT,
    record(
        {
            "text": key("Kelengkapan seperti tercetak", "As printed", TEXT),
            "from": key(
                "Dipenuhi oleh langkah atau langkah.isian; awali bidang.nama/ untuk SOP lain",
                "Met by an earlier step, its field or document, or by another case's",
                ORIGIN,
            ),
            "blocking": key("Harus ada sebelum langkah diselesaikan", "Must be met", FLAG),
            "uncertain": key("Apa yang tidak pasti pada naskah", "What the print leaves open", TEXT),
        },
        "text",
    ),
)

ROUTE: Schema = record(
    {
        "draft": key("Penyusun", "Drafter", KEY),
        "initial": key("Pemaraf berurutan", "Initials, in order", ACTORS),
        "coordinate": key("Pemaraf koordinasi", "Initials across units", ACTORS),
        "sign": key("Penanda tangan", "Signers", ACTORS),
        "together": key("Penanda tangan berdampingan, tidak berurutan", "Signers side by side", FLAG),
        "to": key("Alamat surat", "Addressees", ACTORS),
        "copy": key("Tembusan", "Copies", ACTORS),
    }
)

DOCUMENT: Schema = record(
    {
        "kind": key("Jenis naskah dinas", "Kind of document", KEY),
        "title": key("Hal atau judul", "Subject", TEXT),
        "template": key("Templat naskah", "Template", TEXT),
        "route": key("Jalur naskah", "Routing", ROUTE),
        "number": key("Sumber nomor", "Where the number comes from", word("platform", "blok", "manual")),
        "signing": key("Cara penandatanganan", "How it is signed", word("basah", "tte", "persetujuan")),
        "when": key("Hanya dibuat bila syarat terpenuhi", "Only on a condition", CONDITION),
    },
    "kind",
)
