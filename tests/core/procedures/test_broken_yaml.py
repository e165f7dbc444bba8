"""Broken files: each fault is named with file, line and nearest word, in words its author understands."""

import pytest

from core.procedures.loader import load_procedure
from core.procedures.problems import ProcedureError
from tests.core.procedures.samples import SMALL, changed, small


def faults(text):
    with pytest.raises(ProcedureError) as caught:
        load_procedure(text, "surat.yaml")
    assert caught.value.status == 422
    return [str(problem) for problem in caught.value.problems]


BROKEN = {
    "unknown key": (
        ("    output: Surat\n", "    outptu: Surat\n"),
        "surat.yaml baris 27: kunci 'outptu' tidak dikenal; mungkin maksudnya 'output'",
    ),
    "unknown key in Indonesian": (
        ("    activity: Memeriksa konsep surat", "    kegiatan: Memeriksa konsep surat"),
        "surat.yaml baris 22: kunci 'kegiatan' tidak dikenal; mungkin maksudnya 'activity'",
    ),
    "unknown actor": (
        ("    actor: kasi", "    actor: kassi"),
        "surat.yaml baris 23: pelaksana 'kassi' tidak ada di actors; mungkin maksudnya 'kasi'",
    ),
    "dangling requirement": (
        ("from: konsep.surat", "from: konsp.surat"),
        "surat.yaml baris 25: langkah 'konsp' tidak ada; mungkin maksudnya 'konsep'",
    ),
    "dangling field": (
        ("from: konsep.surat", "from: konsep.surta"),
        "surat.yaml baris 25: langkah 'konsep' tidak punya isian atau naskah 'surta'; mungkin maksudnya 'surat'",
    ),
    "dangling target": (
        ("    kind: send", "    outcomes: [{key: ya, label: Ya, to: perisa}]"),
        "surat.yaml baris 32: langkah tujuan 'perisa' tidak ada; mungkin maksudnya 'periksa'",
    ),
    "bad duration": (
        ("duration: 30 menit", "duration: 30 mneit"),
        "surat.yaml baris 26: waktu '30 mneit' tidak terbaca: satuan 'mneit' tidak dikenal; mungkin maksudnya 'menit'",
    ),
    "shapeless duration": (
        ("duration: 30 menit", "duration: kira-kira sejam"),
        "surat.yaml baris 26: waktu 'kira-kira sejam' tidak terbaca: tulis seperti '30 menit', '1-2 minggu' atau "
        "'15 menit/ berkas'",
    ),
    "double step": (
        ("key: kirim", "key: konsep"),
        "surat.yaml baris 28: kunci langkah 'konsep' sudah dipakai di baris 9",
    ),
    "number instead of text": (
        ('    no: "2"', "    no: 02"),
        "surat.yaml baris 21: 'no' harus teks; beri tanda kutip: no: \"02\"",
    ),
    "number in a list of texts": (
        ("[Lembar disposisi]", "[Lembar disposisi, 5]"),
        "surat.yaml baris 13: butir 'requirements' harus teks; beri tanda kutip: \"5\"",
    ),
    "a day that is none": (
        ("    kind: send", "    due: 2026-02-31"),
        "surat.yaml baris 32: '2026-02-31' bukan tanggal yang ada",
    ),
    "list instead of text": (
        ("output: Konsep surat", "output: [Konsep]"),
        "surat.yaml baris 15: 'output' harus teks, bukan daftar",
    ),
    "yes instead of true": (
        ("type: file, required: true", "type: file, many: yes"),
        "surat.yaml baris 17: 'many' harus true atau false; mungkin maksudnya 'true'",
    ),
    "missing key": (
        ("title: Surat Keluar\n", ""),
        "surat.yaml baris 1: kunci 'title' wajib ada pada berkas",
    ),
    "missing key of a field": (
        ("{key: lembar, label: Jumlah lembar, type: number}", "{key: lembar, label: Jumlah lembar}"),
        "surat.yaml baris 19: kunci 'type' wajib ada pada 'lembar'",
    ),
    "missing activity": (
        ("    activity: Mengirim surat\n", ""),
        "surat.yaml baris 28: kunci 'activity' wajib ada pada 'kirim'",
    ),
    "no actor": (
        ("    actor: kasi\n", ""),
        "surat.yaml baris 20: langkah 'periksa' belum punya pelaksana (actor)",
    ),
    "unknown kind": (
        ("kind: verify", "kind: verfy"),
        "surat.yaml baris 24: 'kind' tidak mengenal 'verfy'; mungkin maksudnya 'verify'",
    ),
    "unknown field type": (
        ("type: number", "type: angka"),
        "surat.yaml baris 19: 'type' tidak mengenal 'angka'",
    ),
    "double outcome": (
        ("    kind: send", "    outcomes: [{key: ya, label: Ya}, {key: ya, label: Ya}]"),
        "surat.yaml baris 32: keputusan 'ya' tertulis dua kali pada langkah 'kirim'",
    ),
    "return unknown": (
        (", from: konsep.surat}", "}"),
        "surat.yaml baris 25: langkah 'periksa' (verify) perlu 'returns_to' atau 'return: none': kelengkapannya "
        "tidak menyebut langkah (from)",
    ),
    "return forward": (
        ("    kind: verify", "    kind: verify\n    returns_to: kirim"),
        "surat.yaml baris 25: pengembalian harus menuju langkah sebelum 'periksa', bukan 'kirim'",
    ),
    "return and none": (
        ("    kind: verify", "    returns_to: konsep\n    return: none"),
        "surat.yaml baris 25: 'return: none' bertentangan dengan tujuan pengembalian yang ditulis",
    ),
    "to itself": (
        ("    kind: send", "    outcomes: [{key: ya, label: Ya, to: kirim}]"),
        "surat.yaml baris 32: langkah 'kirim' tidak boleh menuju dirinya sendiri",
    ),
    "condition": (
        ("    kind: send", '    when: "konsep.sifat is emtpy"'),
        "surat.yaml baris 32: syarat tidak terbaca: ada 'emtpy', seharusnya 'empty'; mungkin maksudnya 'empty'",
    ),
    "condition on an unknown field": (
        ("    kind: send", '    when: "konsep.sifta = \'segera\'"'),
        "surat.yaml baris 32: syarat menyebut isian 'konsep.sifta' yang tidak ada; mungkin maksudnya 'konsep.sifat'",
    ),
    "condition on an unknown choice": (
        ("    kind: send", '    when: "konsep.sifat = \'sgera\'"'),
        "surat.yaml baris 32: 'sgera' bukan pilihan isian 'konsep.sifat'; mungkin maksudnya 'segera'",
    ),
    "condition of two kinds": (
        ("    kind: send", '    when: "konsep.lembar > \'dua\'"'),
        "surat.yaml baris 32: isian 'konsep.lembar' (angka) tidak sebanding dengan nilai 'dua' (teks)",
    ),
    "set without each": (
        ("    actor: staf\n    kind: send", "    actor: opd\n    kind: send"),
        "surat.yaml baris 31: pelaksana 'opd' adalah himpunan; langkah 'kirim' perlu each: {of: opd}",
    ),
    "each over one": (
        ("    kind: send", "    each: {of: staf}"),
        "surat.yaml baris 32: each memerlukan pelaksana jamak (units, positions, parties), bukan 'staf'",
    ),
    "standing in the middle": (
        ("    duration: 1 hari", "    standing: true"),
        "surat.yaml baris 14: langkah 'konsep' bukan baris penutup; standing hanya untuk baris terakhir",
    ),
    "standing with a norm": (
        ("    kind: send", "    standing: true\n    duration: 1 hari"),
        "surat.yaml baris 32: langkah 'kirim' punya waktu baku, jadi tugas, bukan standing",
    ),
    "subject": (
        ("Surat {tahun}", "Surat {tahn}"),
        "surat.yaml baris 3: perihal menyebut '{tahn}' yang tidak ditanyakan di asks; mungkin maksudnya 'tahun'",
    ),
    "choices missing": (
        (", choices: [biasa, segera]", ""),
        "surat.yaml baris 18: isian 'sifat': 'choices' wajib ada untuk jenis choice",
    ),
    "double field": (
        ("key: lembar", "key: sifat"),
        "surat.yaml baris 19: isian 'sifat' tertulis dua kali",
    ),
    "bad key": (
        ("key: kirim", "key: Kirim Surat"),
        "surat.yaml baris 28: 'key' harus huruf kecil, angka dan garis bawah, diawali huruf, bukan 'Kirim Surat'",
    ),
    "reserved key": (
        ("key: kirim", "key: next"),
        "surat.yaml baris 28: kunci langkah 'next' sudah punya arti lain; pilih yang lain",
    ),
    "segregation from nobody": (
        ("    kind: send", "    not_by: [periska]"),
        "surat.yaml baris 32: langkah 'periska' pada not_by tidak ada; mungkin maksudnya 'periksa'",
    ),
    "system without handler": (
        ("    kind: send", "    by: system"),
        "surat.yaml baris 32: 'by: system' dan 'handler' harus ditulis bersama",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("change", "message"), BROKEN.values(), ids=BROKEN)
def test_a_fault_is_named(change, message):
    found = faults(small(change))
    assert message in found or any(fault.startswith(f"{message} (") for fault in found), found


UNREADABLE = {
    "double key": (
        small(("    output: Surat\n", "    output: Surat\n    output: Lain\n")),
        "surat.yaml baris 28: kunci 'output' tertulis dua kali (sudah ada di baris 27)",
    ),
    "tab": (
        small(("    output: Surat\n", "\toutput: Surat\n")),
        "surat.yaml baris 27: tab tidak boleh dipakai untuk indentasi; gunakan spasi",
    ),
    "indentation": (
        small(("    output: Surat\n", "   output: Surat\n")),
        "surat.yaml baris 27: indentasi tidak sejajar dengan baris di atasnya",
    ),
    "colon in text": (
        small(("Memeriksa konsep surat", "Memeriksa: konsep surat")),
        "surat.yaml baris 22: titik dua tidak pada tempatnya; periksa indentasi, atau beri tanda kutip pada teks "
        "yang memuat titik dua",
    ),
    "open quote": (
        small(('no: "2"', 'no: "2')),
        "surat.yaml baris 21: tanda kutip yang dibuka di sini tidak ditutup",
    ),
    "open bracket": (
        small(("[biasa, segera]}", "[biasa, segera}")),
        "surat.yaml baris 18: kurung yang dibuka di sini tidak ditutup, koma antarbutirnya kurang, atau teks bertitik "
        "dua tanpa tanda kutip",
    ),
    "alias": (
        small(("actor: kasi", "actor: *kasi")),
        "surat.yaml baris 23: jangkar (&) dan alias (*) tidak dipakai di berkas SOP; tulis nilainya utuh",
    ),
    "anchor": (
        small(("actor: kasi", "actor: &satu kasi")),
        "surat.yaml baris 23: jangkar (&) dan alias (*) tidak dipakai di berkas SOP; tulis nilainya utuh",
    ),
    "tag": (
        small(("actor: kasi", "actor: !!python/object:os.system kasi")),
        "surat.yaml baris 23: penanda tipe (!) tidak dipakai di berkas SOP",
    ),
    "two documents": (
        SMALL + "---\nprocedure: umum.lain\n",
        "surat.yaml baris 33: berkas memuat lebih dari satu dokumen (---); pisahkan berkasnya",
    ),
    "a list": (
        "# daftar\n- satu\n- dua\n",
        "surat.yaml baris 2: berkas harus berisi pasangan 'kunci: nilai' di tingkat teratas",
    ),
    "only a word": ("halo", "surat.yaml baris 1: berkas harus berisi pasangan 'kunci: nilai' di tingkat teratas"),
    "empty": ("# nanti\n", "surat.yaml baris 1: berkas kosong"),
    "another encoding": (
        small(("Memeriksa konsep", "Memeriksa – konsep")).encode("cp1252"),
        "surat.yaml baris 22: bukan teks UTF-8; simpan ulang sebagai UTF-8",
    ),
    "control character": (
        small(("Memeriksa", "Meme\x07riksa")),
        "surat.yaml baris 22: ada karakter kendali yang tidak boleh dipakai",
    ),
    "escaped null": (
        small(("activity: Memeriksa konsep surat", 'activity: "Memeriksa\\0"')),
        "surat.yaml baris 22: ada karakter kendali yang tidak boleh dipakai",
    ),
    "half a surrogate": (
        small(("activity: Memeriksa konsep surat", 'activity: "Memeriksa \\ud800"')),
        "surat.yaml baris 22: ada karakter kendali yang tidak boleh dipakai",
    ),
    "list as key": ("? [a, b]\n: c\n", "surat.yaml baris 1: kunci harus berupa satu kata"),
    "too deep": ("a: " + "[" * 40 + "]" * 40, "surat.yaml baris 1: bersarang terlalu dalam"),
    "too large": ("# " + "x" * 600_000, "surat.yaml baris 1: berkas terlalu besar; batasnya 512 KB"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "message"), UNREADABLE.values(), ids=UNREADABLE)
def test_an_unreadable_file_says_where(text, message):
    found = faults(text)
    assert message in found, found


def test_all_faults_come_at_once():
    text = small(
        ("title: Surat Keluar", "titel: Surat Keluar\ntitle: Surat Keluar"),
        ("actor: kasi", "actor: kassi"),
        ("duration: 1 hari", "duration: 1 hri"),
        ("type: number", "type: number, minimal: 2"),
    )
    assert faults(text) == [
        "surat.yaml baris 2: kunci 'titel' tidak dikenal; mungkin maksudnya 'title'",
        "surat.yaml baris 15: waktu '1 hri' tidak terbaca: satuan 'hri' tidak dikenal; mungkin maksudnya 'hari'",
        "surat.yaml baris 20: kunci 'minimal' tidak dikenal; mungkin maksudnya 'min'",
        "surat.yaml baris 24: pelaksana 'kassi' tidak ada di actors; mungkin maksudnya 'kasi'",
    ]


def test_a_near_name_of_a_missing_key_is_one_fault():
    assert faults(small(("title:", "titel:"))) == [
        "surat.yaml baris 2: kunci 'titel' tidak dikenal; mungkin maksudnya 'title'"
    ]


def test_the_message_is_one_sentence_and_the_details_are_data():
    with pytest.raises(ProcedureError) as caught:
        load_procedure(small(("title:", "titel:")), "surat.yaml")
    assert str(caught.value) == (
        "Berkas SOP ditolak: surat.yaml baris 2: kunci 'titel' tidak dikenal; mungkin maksudnya 'title'"
    )
    assert caught.value.details["problems"] == [
        {"file": "surat.yaml", "line": 2, "text": "kunci 'titel' tidak dikenal", "suggestion": "title"}
    ]


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(ProcedureError, match="berkas tidak ada atau tidak dapat dibuka"):
        load_procedure(tmp_path / "tiada.yaml")


def test_a_target_outside_its_branch():
    branches = """\
  - key: kirim
    parallel:
      - {key: a, steps: [{key: satu, activity: Satu, actor: staf, outcomes: [{key: ya, label: Ya, to: dua}]}]}
      - {key: b, steps: [{key: dua, activity: Dua, actor: staf, outcomes: [{key: ya, label: Ya, to: periksa}]}]}
  - key: arsip
    activity: Mengarsipkan
    actor: staf
    outcomes: [{key: ulang, label: Ulang, to: dua}]
"""
    text = SMALL[: SMALL.index("  - key: kirim")] + branches
    assert faults(text) == [
        "surat.yaml baris 30: langkah tujuan 'dua' berada di luar cabang langkah 'satu'",
        "surat.yaml baris 31: langkah tujuan 'periksa' berada di luar cabang langkah 'dua'",
    ]


def test_yaml_one_point_one_does_not_bite():
    text = changed(SMALL, ('no: "1"', "no: no"), ("output: Konsep surat", "output: 2019-10-20"))
    first = load_procedure(text, "surat.yaml").steps[0]
    assert (first.no, first.output) == ("no", "2019-10-20")
