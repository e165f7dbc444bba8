"""Procedure files in small: a plain one to break, and one that uses every construct of the language."""

from core.procedures.binding import Organization

SMALL = """\
procedure: umum.surat
title: Surat Keluar
start: {by: [staf], asks: [tahun], subject: "Surat {tahun}"}
actors:
  staf: {name: Staf, is: position}
  kasi: {name: Kasi, is: [position, team]}
  opd: {name: OPD, is: units}
steps:
  - key: konsep
    no: "1"
    activity: Menyusun konsep surat
    actor: staf
    requirements: [Lembar disposisi]
    duration: 1 hari
    output: Konsep surat
    form:
      - {key: surat, label: Konsep, type: file, required: true}
      - {key: sifat, label: Sifat, type: choice, choices: [biasa, segera]}
      - {key: lembar, label: Jumlah lembar, type: number}
  - key: periksa
    no: "2"
    activity: Memeriksa konsep surat
    actor: kasi
    kind: verify
    requirements: [{text: Konsep surat, from: konsep.surat}]
    duration: 30 menit
    output: Surat
  - key: kirim
    no: null
    activity: Mengirim surat
    actor: staf
    kind: send
"""

BINDING = """\
procedure: umum.surat
code: surat-keluar
title: SURAT KELUAR
cover:
  number: 01/SOP/2019
  created: 2019-10-20
  legal_bases:
    - {id: UU-25-2009, citation: UU 25/2009}
    - {id: null, citation: Peraturan yang tidak dikenal}
  records: [Buku agenda]
actors:
  kasi: {name: Kasi Umum, position: kasi_umum}
  staf: {name: Pengadministrasi, position: staf_umum}
steps:
  periksa: {no: null, activity: Meneliti konsep, duration: 15 menit}
"""

OFFICE = Organization(
    tenant="contoh",
    positions=frozenset({"kasi_umum", "staf_umum"}),
    teams=frozenset({"tim_surat"}),
    units=frozenset({"dinkes", "disdik", "sekretariat"}),
    sets=frozenset({"semua_opd"}),
    regulations=frozenset({"UU-25-2009"}),
)

# Every construct of engine.md and office.md that the grammar has, in a flow that makes sense of it.
WHOLE = """\
procedure: umum.lengkap
title: SOP yang memakai semua bentuk
description: Untuk menguji bahasa.
period: {every: tahun, target: wilayah}
recurring: {every: bulan, day: 5, target: opd, until: {date: 2030-12-31}}
norm:
  by: case.kelas
  classes: {ringan: 5 hari, berat: 60 hari kerja}
  from: case.diterima
  extend: 7 hari
  basis: PermenPANRB 62/2018
window:
  - {of: case.diterima, until: 2023-12-31, reason: Tidak dipungut lagi sejak 2024, basis: UU 1/2022}
calendar: siaga
secrecy: terbatas
anonymous: true
start:
  by: [warga, petugas]
  from: [person, schedule, letter, public, case]
  asks:
    - tahun
    - wilayah
    - key: kelas
      label: Kelas
      type: choice
      choices: [{key: ringan, label: Ringan}, {key: berat, label: Berat}]
      required: true
    - {key: diterima, label: Diterima, type: date}
  subject: "Aduan {wilayah} {tahun}"
actors:
  warga: {name: Masyarakat, is: public, column: false}
  petugas: {name: Petugas, is: [position, functional], uncertain: Kepala kolom kabur.}
  tim: {name: Tim, is: team}
  opd: {name: OPD, is: units}
  kepala: {name: Kepala, is: positions}
  mitra: {name: Mitra, is: party}
  penyedia: {name: Penyedia, is: parties}
  mesin: {name: Sistem, is: system}
steps:
  - key: terima
    no: "1"
    phase: Tahap A
    activity: Menerima aduan
    actor: [petugas, tim]
    actor_inferred: guess
    kind: receive
    all_must: true
    help: Catat apa adanya.
    duration: 15 menit/ Elemen Data
    count: terima.jumlah
    requirements:
      - Komputer
      - {text: Surat tahun lalu, from: previous/laporan.naskah}
      - {text: Rekap, from: statistik.romantik/rekap, blocking: true, uncertain: Terbaca sebagian.}
    uncertain: {duration: "15 atau 5"}
    printed: {no: "l", requirements: [Komputer]}
    ocr: {activity: Menerlma aduan}
    form:
      - {key: jumlah, label: Jumlah, type: number, min: 1, max: 99, default: 1}
      - {key: lengkap, label: Lengkap, type: yes_no}
      - {key: jenis, label: Jenis, type: choices, choices: [jalan, air]}
      - {key: alasan, label: Alasan, type: long_text, required: "lengkap = false and not jenis is empty"}
      - {key: butir, label: Butir, type: checklist, choices: [a, b], required: true}
      - {key: rupiah, label: Nilai, type: money}
      - {key: persen, label: Persen, type: percent, prefill: previous/terima.persen}
      - {key: kapan, label: Kapan, type: date_time}
      - {key: masa, label: Masa, type: period}
      - {key: orang, label: Orang, type: person, among: tim}
      - {key: jabatan, label: Jabatan, type: position}
      - {key: unit, label: Unit, type: unit}
      - {key: pihak, label: Pihak, type: party}
      - {key: menara, label: Menara, type: record, register: menara, many: true}
      - {key: berkas, label: Berkas, type: file, many: true, accept: [pdf, .JPG], max_mb: 5}
      - {key: foto, label: Foto, type: photo}
      - key: daftar
        label: Daftar
        type: table
        fields: [{key: nama, label: Nama, type: text}, {key: umur, label: Umur, type: number}]
      - {key: nilai, label: Nilai, type: score, choices: [{key: mutu, label: Mutu, weight: 0.4}]}
      - {key: titik, label: Titik, type: location}
      - {key: tautan, label: Tautan, type: url}
      - {key: telepon, label: Telepon, type: phone}
      - {key: nik, label: NIK, type: nik}
    outcomes:
      - {key: lanjut, label: Lanjut}
      - {key: bukan, label: Bukan kewenangan, to: end, added: PermenPANRB 62/2018}
  - key: telaah
    parallel:
      - key: lapangan
        label: Pemeriksaan lapangan
        steps:
          - {key: survei, activity: Menyurvei, actor: tim, kind: survey, appointment: {with: [warga], place: Kantor}}
          - key: simpul
            activity: Menyimpulkan
            actor: petugas
            outcomes: [{key: cukup, label: Cukup, to: end}, {key: henti, label: Henti, to: {end: case}}]
      - key: meja
        steps:
          - {key: kaji, activity: Mengkaji, actor: petugas, optional: Bila perlu., appointment: true}
  - key: data
    activity: Mengunggah data
    actor: opd
    each: {of: opd, join: at least 2, approve: head, supervisor: petugas}
    kind: upload
    keep: true
    when: "terima.jumlah >= 2 and ('jalan' in terima.jenis or case.kelas in ('berat'))"
    wait_until: {day: 1, month: 7}
    due: {day: 20, after: triwulan, plus: 3 hari}
    form: [{key: bukti, label: Bukti, type: file}]
  - key: rekap
    activity: Merekap
    actors: [tim]
    kind: verify
    strategic: true
    requirements: [{text: Data, from: data.bukti}]
    form: [{key: tabel, label: Tabel, type: table, fields: [{key: a, label: A, type: text}]}]
    outcomes:
      - {key: ulang, label: Ulangi, to: survei}
      - {key: sah, label: Sah, to: next}
  - key: baris
    each: {of: {rows: rekap.tabel}, join: any, steps: [{key: isi, activity: Mengisi, actor: petugas}]}
  - {key: register, activity: Memeriksa register, actor: petugas, each: {of: {records: menara}, join: 1}}
  - {key: pimpinan, activity: Menimbang, actor: kepala, each: {of: kepala}}
  - {key: mitra, activity: Menanggapi, actor: penyedia, each: {of: penyedia, join: all}}
  - {key: himpun, activity: Menghimpun, actor: petugas, collect: {filings: aspirasi, action: link}}
  - key: buka
    activity: Membuka SOP lain
    actor: petugas
    starts: {procedure: statistik.romantik, wait: true, with: {tahun: case.tahun}}
  - {key: hitung, activity: Menghitung, by: system, handler: umum.hitung, actor: mesin}
  - {key: pantau, activity: Memantau, actor: tim, recurring: {every: 3 bulan, until: laporan}, due: case.diterima}
  - key: laporan
    activity: Melaporkan
    actor: petugas
    kind: sign
    return: none
    not_by: [kaji]
    duration: 1 - 2 minggu
    documents:
      - kind: naskah
        title: Laporan
        template: laporan
        number: blok
        signing: basah
        when: "terima.lengkap = true"
        route: {draft: petugas, initial: [tim], coordinate: petugas, sign: [petugas, tim], together: true, to: opd,
                copy: mitra}
  - {key: layanan, no: "9", activity: Masyarakat mengunduh, actor: warga, standing: true, remark: by Sistem}
"""


def small(*changes: tuple[str, str]) -> str:
    """The small procedure with some of its text replaced."""
    return changed(SMALL, *changes)


def changed(text: str, *changes: tuple[str, str]) -> str:
    """`text` with each (old, new) replaced once; `old` must be there."""
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text
