"""The one tree of errors a user may meet.

The docstring of a class is the message, in plain Bahasa Indonesia, and says what to do next. Values in
braces are filled in from the keywords the error was raised with; all keywords go out with problem+json.
"""

from typing import Any, ClassVar


class LangkahError(Exception):
    """Terjadi kesalahan pada sistem. Coba lagi; bila berulang, hubungi admin instansi Anda."""

    status: ClassVar[int] = 500
    type: ClassVar[str] = "kesalahan"

    def __init__(self, **details: Any) -> None:
        self.details = details
        super().__init__(self.message)

    @property
    def message(self) -> str:
        """The sentence for the user, on one line."""
        return " ".join((self.__doc__ or "").format(**self.details).split())

    def __str__(self) -> str:
        return self.message


class BadInput(LangkahError):
    """Isian tidak dapat diterima: {reason}"""

    status = 422
    type = "isian-ditolak"


class NotLoggedIn(LangkahError):
    """Anda belum masuk. Silakan masuk dengan akun Anda."""

    status = 401
    type = "belum-masuk"


class Forbidden(LangkahError):
    """Anda tidak berwenang melakukan ini. Bila perlu, mintalah kepada admin instansi Anda."""

    status = 403
    type = "tidak-berwenang"


class NotFound(LangkahError):
    """Yang Anda cari tidak ada di sini. Periksa kembali alamat atau nomornya."""

    status = 404
    type = "tidak-ditemukan"


class Conflict(LangkahError):
    """Perubahan ini bertentangan dengan keadaan terkini. Muat ulang, lalu coba lagi."""

    status = 409
    type = "bertentangan"


class Busy(Conflict):
    """Pelaksanaan ini sedang diproses pengguna lain. Tunggu sebentar, lalu coba lagi."""

    type = "sedang-diproses"


class Stale(LangkahError):
    """Data telah berubah sejak Anda membukanya. Muat ulang, periksa perubahannya, lalu kirim kembali."""

    status = 412
    type = "kedaluwarsa"


class VersionRequired(LangkahError):
    """Permintaan ini harus menyertakan versi data pada kepala If-Match (lihat ETag)."""

    status = 428
    type = "versi-wajib"


class KeyReused(LangkahError):
    """Kunci Idempotency-Key ini sudah dipakai untuk permintaan lain. Gunakan kunci baru."""

    status = 422
    type = "kunci-terpakai"


class KeyRequired(LangkahError):
    """Permintaan ini harus menyertakan kepala Idempotency-Key agar aman diulang."""

    status = 400
    type = "kunci-wajib"


class TooMany(LangkahError):
    """Terlalu banyak percobaan. Coba lagi {wait} lagi."""

    status = 429
    type = "terlalu-sering"


class ConfigurationError(LangkahError):
    """Pengaturan tidak lengkap: {reason}"""

    type = "pengaturan"
