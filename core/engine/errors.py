"""What the shell refuses before or after the machine has spoken."""

from core.errors import Conflict, NotFound, Stale


class NoSuchCase(NotFound):
    """Pelaksanaan ini tidak ada di sini. Periksa kembali nomor atau alamatnya."""

    type = "pelaksanaan-tidak-ada"


class NoSuchProcedure(NotFound):
    """SOP "{code}" tidak ada di sini. Periksa kembali kodenya di Pustaka SOP."""

    type = "sop-tidak-ada"


class NotInForce(Conflict):
    """SOP "{code}" belum memiliki edisi yang berlaku, sehingga belum dapat dijalankan."""

    type = "sop-belum-berlaku"


class AlreadyDone(Conflict):
    """Tugas ini sudah {how} oleh {who} pada {when}. Muat ulang halaman untuk melihat hasilnya."""

    type = "tugas-sudah-selesai"


class StaleTask(Stale):
    """Tugas ini berubah sejak Anda membukanya ({changed}). Muat ulang, periksa, lalu kirim kembali."""

    type = "tugas-kedaluwarsa"


class NoSuchUnit(NotFound):
    """Unit ini tidak ada atau tidak aktif. Pilih unit dari daftar organisasi."""

    type = "unit-tidak-aktif"
