"""What the organization refuses, in the words its editor sees."""

from core.errors import BadInput, Conflict, NotFound


class UnitUnknown(NotFound):
    """Unit kerja ini tidak ada. Pilih dari daftar unit kerja."""

    type = "unit-tidak-ada"


class PositionUnknown(NotFound):
    """Jabatan ini tidak ada. Pilih dari daftar jabatan."""

    type = "jabatan-tidak-ada"


class TeamUnknown(NotFound):
    """Tim ini tidak ada. Pilih dari daftar tim."""

    type = "tim-tidak-ada"


class SetUnknown(NotFound):
    """Himpunan unit ini tidak ada. Pilih dari daftar himpunan."""

    type = "himpunan-tidak-ada"


class RoleUnknown(NotFound):
    """Peran ini tidak ada. Pilih dari daftar peran."""

    type = "peran-tidak-ada"


class AssignmentUnknown(NotFound):
    """Penugasan ini tidak ada. Pilih dari daftar penugasan."""

    type = "penugasan-tidak-ada"


class PersonUnknown(NotFound):
    """Pegawai ini tidak ada. Pilih dari daftar pegawai."""

    type = "pegawai-tidak-ada"


class KeyTaken(Conflict):
    """Kunci "{key}" sudah dipakai {what} lain. Pakai kunci yang berbeda."""

    type = "kunci-organisasi-terpakai"


class HeadTaken(Conflict):
    """Unit "{unit}" sudah mempunyai kepala: "{title}". Lepaskan dahulu jabatan itu sebagai kepala."""

    type = "kepala-unit-ganda"


class PositionTaken(Conflict):
    """Jabatan "{title}" sudah dipegang {name} ({kind}) sejak {since} sampai {until}.
    Akhiri dahulu penugasan itu, atau ubah tanggalnya."""

    type = "jabatan-terisi"


class GoesInCircles(Conflict):
    """Susunan {what} berputar: {chain}. Ubah salah satu atasannya."""

    type = "hierarki-berputar"


class WrongDates(BadInput):
    """Tanggal selesai {end} mendahului tanggal mulai {start}. Perbaiki salah satunya."""

    type = "tanggal-terbalik"


class WrongWord(BadInput):
    """ "{word}" bukan {what} yang dikenal. Pilih salah satu: {choices}."""

    type = "pilihan-tidak-dikenal"


class AlreadyMember(Conflict):
    """{who} sudah menjadi anggota tim "{team}"."""

    type = "anggota-ganda"


class RoleGiven(Conflict):
    """Peran "{role}" sudah diberikan kepada yang bersangkutan pada masa itu."""

    type = "peran-ganda"


class GrantUnknown(NotFound):
    """Pemberian peran ini tidak ada, atau sudah dicabut. Muat ulang daftarnya."""

    type = "pemberian-peran-tidak-ada"


class MemberUnknown(NotFound):
    """Anggota ini tidak ada dalam tim itu. Muat ulang daftar anggotanya."""

    type = "anggota-tidak-ada"


class Twin(Conflict):
    """{what} "{name}" sudah ada di {where}. Pakailah yang sudah ada, atau beri nama yang membedakannya."""

    type = "sudah-ada"


class TwinPosition(Conflict):
    """Jabatan "{title}" sudah ada di unit "{unit}". Bila memang ada beberapa jabatan yang sama, nyatakan bahwa ini
    jabatan tambahan."""

    type = "jabatan-kembar"


class Inactive(Conflict):
    """{what} sudah tidak aktif. Aktifkan dahulu, atau pilih yang lain."""

    type = "sudah-tidak-aktif"


class StillNeeded(Conflict):
    """{what} "{name}" belum dapat dinonaktifkan. Masih terkait: {reasons}.
    Selesaikan atau alihkan dahulu semuanya, lalu coba lagi."""

    type = "masih-dipakai"


class AssignedAlready(Conflict):
    """{name} sudah bertugas sebagai {title} ({kind}) sejak {since} sampai {until}. Ubah penugasan itu bila perlu."""

    type = "penugasan-ganda"


class BegunAlready(Conflict):
    """Penugasan {name} sebagai {title} sudah berjalan sejak {since}, jadi tidak dapat dihapus.
    Isi tanggal selesainya."""

    type = "penugasan-sudah-berjalan"


class OneOfTwo(BadInput):
    """Pilih tepat satu: jabatan atau pegawai."""

    type = "jabatan-atau-pegawai"


class OwnRole(Conflict):
    """Peran ini yang memberi Anda hak mengatur peran, jadi tidak dapat Anda cabut sendiri. Mintalah admin lain."""

    type = "peran-sendiri"
