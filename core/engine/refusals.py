"""Why the machine refuses a command; the docstring is what the user reads."""

from core.errors import BadInput, Conflict, Forbidden, NotFound


class NoSuchTask(NotFound):
    """Tugas ini tidak ada dalam pelaksanaan. Muat ulang halaman, lalu pilih tugas dari daftar."""

    type = "tugas-tidak-ada"


class CaseClosed(Conflict):
    """Pelaksanaan ini {how}, sehingga tindakan itu tidak dapat dilakukan. Muat ulang halaman."""

    type = "pelaksanaan-tertutup"


class AlreadyStarted(Conflict):
    """Pelaksanaan ini sudah dimulai. Muat ulang halaman untuk melihat keadaan terkini."""

    type = "sudah-dimulai"


class TaskClosed(Conflict):
    """Tugas ini sudah {how}. Muat ulang halaman untuk melihat keadaan terkini."""

    type = "tugas-tertutup"


class StepClosed(Conflict):
    """Langkah ini tidak sedang berjalan, sehingga pesertanya tidak dapat diubah. Muat ulang halaman."""

    type = "langkah-tertutup"


class NotAwaited(Conflict):
    """Langkah ini tidak sedang menunggu keputusan Anda. Muat ulang halaman untuk melihat keadaan terkini."""

    type = "tidak-menunggu-keputusan"


class CannotWithdraw(Conflict):
    """Tugas ini tidak dapat ditarik kembali karena {why}. Mintalah penerimanya mengembalikan tugas ini."""

    type = "tidak-dapat-ditarik"


class AlreadyMember(Conflict):
    """Anggota ini sudah menjadi peserta langkah ini dan tugasnya belum dikecualikan."""

    type = "sudah-peserta"


class NoAssignee(Conflict):
    """Langkah {step} tidak dapat dibuka karena pelaksananya belum ditetapkan. Hubungi admin instansi Anda."""

    type = "pelaksana-belum-ditetapkan"


class NotYours(Forbidden):
    """Tugas ini bukan tugas Anda. Hanya pelaksananya, atau yang mewakilinya hari ini, yang dapat
    mengerjakannya."""

    type = "bukan-tugas-anda"


class OfferedToOther(NotYours):
    """Tugas ini dikembalikan kepada {who} yang dulu mengerjakannya. Bila ia berhalangan, mintalah atasan
    mengalihkannya."""

    type = "ditawarkan-kepada-yang-lain"


class ReassignedToOther(NotYours):
    """Tugas ini sudah dialihkan kepada {who}. Bila perlu, mintalah atasan mengalihkannya lagi."""

    type = "dialihkan-kepada-yang-lain"


class NotSupervisor(Forbidden):
    """Hanya atasan yang mengawasi langkah ini yang dapat {act}. Sampaikan permintaan Anda kepadanya."""

    type = "bukan-pengawas"


class MayNotStart(Forbidden):
    """Anda tidak berwenang memulai SOP ini. Mintalah pelaksana langkah pertamanya untuk memulai."""

    type = "tidak-boleh-memulai"


class MayNotComment(Forbidden):
    """Anda tidak ikut serta dalam pelaksanaan ini, sehingga tidak dapat memberi komentar."""

    type = "tidak-boleh-komentar"


class MayNotWithdraw(Forbidden):
    """Hanya yang menyelesaikan tugas ini yang dapat menariknya kembali. Mintalah ia yang melakukannya."""

    type = "tidak-boleh-menarik"


class SegregationBroken(Forbidden):
    """Anda sendiri yang mengerjakan langkah {steps}, sehingga langkah ini harus dikerjakan orang lain."""

    type = "pemisahan-tugas"


class ReceiverUnable(BadInput):
    """Tugas ini tidak dapat dialihkan kepada orang itu. Pilih pegawai aktif di lingkungan unit Anda."""

    type = "penerima-tidak-dapat"


class ReasonRequired(BadInput):
    """Alasan wajib diisi untuk {act}. Tuliskan alasannya, lalu kirim kembali."""

    type = "alasan-wajib"


class TextRequired(BadInput):
    """Komentar masih kosong. Tuliskan isinya, lalu kirim kembali."""

    type = "komentar-kosong"


class OutcomeRequired(BadInput):
    """Langkah ini harus diselesaikan dengan sebuah keputusan. Pilih salah satu: {valid}."""

    type = "keputusan-wajib"


class UnknownOutcome(BadInput):
    """Keputusan "{outcome}" tidak ada pada langkah ini. Pilih salah satu: {valid}."""

    type = "keputusan-tidak-dikenal"


class TargetRequired(BadInput):
    """Langkah tujuan pengembalian harus dipilih. Pilih salah satu: {valid}."""

    type = "tujuan-wajib"


class UnknownTarget(BadInput):
    """Pengembalian ke langkah "{target}" tidak dimungkinkan. Pilih salah satu: {valid}."""

    type = "tujuan-tidak-dikenal"


class MembersRequired(TargetRequired):
    """Pilih kepada siapa saja langkah {target} dikembalikan: {valid}."""

    type = "peserta-wajib"


class UnknownMember(BadInput):
    """Peserta "{member}" tidak ada pada langkah {step}. Pilih dari: {valid}."""

    type = "peserta-tidak-dikenal"
