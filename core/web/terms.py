"""The words of the organization that its tables keep as keys."""

from core.web.language import later

UNIT_KINDS = {
    "pemda": later("Pemerintah daerah"),
    "setda": later("Sekretariat daerah"),
    "asisten": later("Asisten"),
    "biro": later("Biro"),
    "bagian": later("Bagian"),
    "dinas": later("Dinas"),
    "badan": later("Badan"),
    "sekretariat": later("Sekretariat"),
    "bidang": later("Bidang"),
    "seksi": later("Seksi"),
    "subbagian": later("Subbagian"),
    "kecamatan": later("Kecamatan"),
    "lain": later("Lainnya"),
}

POSITION_KINDS = {
    "struktural": later("Struktural"),
    "fungsional": later("Fungsional"),
    "pelaksana": later("Pelaksana"),
}

CAPACITIES = {
    "definitive": (later("Definitif"), later("pejabat tetap; hanya satu pada satu waktu")),
    "plt": (later("Pelaksana Tugas (Plt.)"), later("jabatan kosong; hanya satu pada satu waktu")),
    "plh": (later("Pelaksana Harian (Plh.)"), later("pejabatnya berhalangan sementara")),
    "pj": (later("Penjabat (Pj.)"), later("mengisi jabatan kepala daerah yang kosong")),
    "pjs": (later("Penjabat Sementara (Pjs.)"), later("selama kepala daerah cuti kampanye")),
}

# The state of an account (core.identity.accounts.state): what is said of it, and its mark.
STATES = {
    "active": (later("aktif"), "cap-hijau"),
    "invited": (later("belum menetapkan kata sandi"), "cap-kuning"),
    "disabled": (later("nonaktif"), "cap-merah"),
}
