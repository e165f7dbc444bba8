"""What can be wrong with a file that somebody uploads; each message says what to do about it."""

from core.errors import BadInput, Forbidden, LangkahError, NotFound


class FileRefused(BadInput):
    """Berkas "{name}" tidak dapat diterima. Pilih berkas lain, lalu unggah kembali."""

    type = "berkas-ditolak"


class TooLarge(FileRefused):
    """Berkas "{name}" terlalu besar: batasnya {limit} MB. Perkecil atau bagi berkas itu, lalu unggah
    kembali."""

    status = 413
    type = "berkas-terlalu-besar"


class EmptyFile(FileRefused):
    """Berkas "{name}" kosong. Periksa berkas aslinya, lalu unggah kembali."""

    type = "berkas-kosong"


class UnknownKind(FileRefused):
    """Jenis berkas "{name}" tidak dikenali dari isinya. Yang diterima: {accepted}."""

    type = "berkas-tidak-dikenal"


class KindRefused(FileRefused):
    """Berkas "{name}" berisi {label}, dan jenis itu tidak diterima. {remedy}"""

    type = "jenis-berkas-ditolak"


class KindNotAsked(FileRefused):
    """Berkas "{name}" berisi {label}, sedangkan isian ini hanya menerima {accepted}. Pilih berkas yang
    sesuai."""

    type = "jenis-berkas-tidak-diminta"


class WrongExtension(FileRefused):
    """Berkas "{name}" ternyata berisi {label}. Pilih berkas yang benar, atau ubah akhiran namanya menjadi
    .{extension}, lalu unggah kembali."""

    type = "akhiran-nama-keliru"


class NotUtf8(FileRefused):
    """Berkas "{name}" bukan teks UTF-8. Simpan ulang dengan pilihan "CSV UTF-8" (Excel) atau pengodean UTF-8
    (Notepad), lalu unggah kembali."""

    type = "teks-bukan-utf8"


class BrokenFile(FileRefused):
    """Berkas "{name}" rusak atau terpotong, sehingga tidak terbaca sebagai {label}. Buka berkas aslinya,
    simpan ulang, lalu unggah kembali."""

    type = "berkas-rusak"


class TwoContents(FileRefused):
    """Berkas "{name}" adalah {label} yang disisipi arsip ZIP. Simpan ulang dari aplikasi asalnya, lalu unggah
    kembali."""

    type = "berkas-berisi-ganda"


class MacrosRefused(FileRefused):
    """Berkas "{name}" memuat makro, yang dapat menjalankan program. Simpan ulang tanpa makro (misalnya
    sebagai DOCX, XLSX atau PDF), lalu unggah kembali."""

    type = "berkas-bermakro"


class PasswordLocked(FileRefused):
    """Berkas "{name}" dikunci dengan kata sandi. Hapus kata sandinya, lalu unggah kembali."""

    type = "berkas-terkunci"


class ArchiveRefused(FileRefused):
    """Arsip "{name}" tidak dapat diterima: {reason}. Susun ulang arsip itu atau unggah isinya satu per
    satu."""

    type = "arsip-ditolak"


class ImageTooBig(FileRefused):
    """Gambar "{name}" lebih besar dari {limit} juta piksel. Perkecil ukurannya, lalu unggah kembali."""

    type = "gambar-terlalu-besar"


class AnimationRefused(FileRefused):
    """Gambar "{name}" adalah gambar bergerak. Simpan sebagai gambar diam (JPG atau PNG), lalu unggah
    kembali."""

    type = "gambar-bergerak"


class Infected(FileRefused):
    """Pemindai menemukan program berbahaya dalam berkas "{name}". Jangan dibagikan; bersihkan perangkat Anda
    atau mintalah bantuan admin, lalu unggah berkas yang bersih."""

    type = "berkas-terinfeksi"


class Quarantined(Forbidden):
    """Berkas ini ditahan, karena pemindai menemukan program berbahaya di dalamnya. Hubungi admin instansi
    Anda."""

    type = "berkas-ditahan"


class UnknownFile(NotFound):
    """Berkas ini tidak ada di sini. Muat ulang halamannya, lalu coba lagi."""

    type = "berkas-tidak-ditemukan"


class FileLost(LangkahError):
    """Isi berkas ini hilang dari tempat penyimpanan. Laporkan kepada admin dengan menyebut sidik {sha256}."""

    type = "berkas-hilang"
