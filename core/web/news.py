"""The word a page brings of what was just done, by its key: a cookie carries the key and never a text."""

from core.web.language import later

NEWS = {
    "masuk": later("Selamat datang."),
    "keluar": later("Anda sudah keluar."),
    "sandi": later("Kata sandi sudah diganti. Sesi Anda di perangkat lain diakhiri."),
    "kode": later("Kata sandi baru sudah berlaku. Silakan masuk."),
    "mulai": later("Pelaksanaan dimulai."),
    "simpan": later("Isian tersimpan."),
    "selesai": later("Tugas selesai dan sudah diteruskan."),
    "kembali": later("Tugas dikembalikan, alasannya ikut terkirim."),
    "tarik": later("Penyelesaian ditarik kembali; tugas terbuka lagi untuk Anda."),
    "alih": later("Tugas dialihkan."),
    "kecuali": later("Peserta dikecualikan dari langkah ini."),
    "peserta": later("Peserta ditambahkan."),
    "putusan": later("Keputusan tercatat."),
    "komentar": later("Komentar terkirim."),
    "batal": later("Pelaksanaan dibatalkan; semua tugasnya yang terbuka ditutup."),
    "berkas": later("Berkas dihapus dari isian."),
    "jabatan": later("Pilihan jabatan Anda sudah diganti."),
    "sesi": later("Sesi sudah diakhiri."),
    "sesi-lain": later("Semua sesi lain sudah diakhiri."),
    "token": later("Token sudah dicabut."),
}
