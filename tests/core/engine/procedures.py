"""Small procedures to tell stories with; the offices that fulfil their actors are tests.world's."""

# A team drafts, its head checks, every OPD answers, the team gathers the answers, the head of the dinas signs.
EDARAN = """
procedure: umum.edaran
title: Edaran dan jawaban OPD
start: {by: [tim], asks: [{key: perihal, label: Perihal, type: text}], subject: "Edaran: {perihal}"}
actors:
  tim: {name: Tim, is: team}
  kabid: {name: Kepala Bidang, is: position}
  opd: {name: OPD, is: units}
  kadis: {name: Kepala Dinas, is: position}
steps:
  - key: konsep
    no: "1"
    activity: Menyusun konsep edaran
    actor: tim
    form: [{key: isi, label: Isi edaran, type: long_text, required: true}]
  - key: periksa
    no: "2"
    activity: Memeriksa konsep
    actor: kabid
    kind: verify
    requirements: [{text: Konsep, from: konsep}]
  - key: data
    no: "3"
    activity: Menjawab edaran
    actor: opd
    kind: upload
    each: {of: opd, join: all}
    form: [{key: jawaban, label: Jawaban, type: text, required: true}]
  - key: rekap
    no: "4"
    activity: Merekap jawaban
    actor: tim
    kind: verify
    returns_to: data
  - key: tetapkan
    no: "5"
    activity: Menetapkan hasil
    actor: kadis
    kind: work
"""

# Two people hand a paper to each other until somebody ends it; nobody checks anybody.
BOLAK = """
procedure: umum.bolak
title: Bolak-balik
start: {by: [tim], subject: Bolak-balik}
actors:
  tim: {name: Tim, is: team}
  kabid: {name: Kepala Bidang, is: position}
steps:
  - {key: tulis, no: "1", activity: Menulis, actor: tim}
  - key: baca
    no: "2"
    activity: Membaca
    actor: kabid
    outcomes: [{key: tamat, label: Tamat, to: end}, {key: ulang, label: Ulangi, to: tulis}]
"""

# The unit's letter: it arrives at the receiving desk.
SURAT = """
procedure: umum.surat
title: Surat ke sekretariat
start: {by: [kabid], subject: Surat}
actors:
  kabid: {name: Kepala Bidang, is: position}
  sekretariat: {name: Sekretariat, is: unit}
steps:
  - {key: kirim, no: "1", activity: Mengirim surat, actor: kabid, kind: send}
  - {key: terima, no: "2", activity: Menerima surat, actor: sekretariat, kind: receive}
"""

# Every kind of norm: a day, a range, per item, none.
NORMA = """
procedure: umum.norma
title: Permintaan data
start: {by: [tim], asks: [{key: perihal, label: Perihal, type: text}], subject: "Data: {perihal}"}
actors:
  tim: {name: Tim, is: team}
  kabid: {name: Kepala Bidang, is: position}
  opd: {name: OPD, is: units}
  kadis: {name: Kepala Dinas, is: position}
steps:
  - {key: tulis, no: "1", activity: Menulis permintaan, actor: tim, duration: 1 hari}
  - key: periksa
    no: "2"
    activity: Memeriksa permintaan
    actor: kabid
    kind: verify
    requirements: [{text: Permintaan, from: tulis}]
    duration: 1-2 minggu
    outcomes: [{key: setuju, label: Setuju, to: next}]
  - {key: jawab, no: "3", activity: Menjawab, actor: opd, each: {of: opd, join: all}, duration: 15 menit/ elemen data}
  - {key: tetapkan, no: "4", activity: Menetapkan, actor: kadis}
"""
