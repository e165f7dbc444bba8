"""A plugin that cannot be what it says is refused by name; the one beside it runs."""

import pytest
from structlog.testing import capture_logs

from core.extensions import Extensions, Refused
from core.sdk import Plugin

AGAIN = "lalu jalankan ulang Langkah."


def test_an_import_error(refused):
    assert refused("rusak", "import pustaka_yang_tidak_ada") == Refused(
        "rusak",
        "Modul plugin tidak dapat diimpor: ModuleNotFoundError: No module named 'pustaka_yang_tidak_ada'.",
        f"Perbaiki kesalahan itu atau pasang pustaka yang kurang, {AGAIN}",
    )


def test_an_exception_on_import(refused):
    reason = refused("rusak", "1 / 0").reason
    assert reason == "Modul plugin tidak dapat diimpor: ZeroDivisionError: division by zero."


def test_a_syntax_error(refused):
    reason = refused("rusak", "def (:").reason
    assert reason.startswith("Modul plugin tidak dapat diimpor: SyntaxError: invalid syntax")


def test_a_module_that_ends_the_process(refused):
    reason = refused("rusak", "raise SystemExit(3)").reason
    assert reason == "Modul plugin tidak dapat diimpor: SystemExit: 3."


def test_a_module_without_the_object(refused):
    reason = refused("rusak", "plugins = None").reason
    assert "has no attribute 'plugin'" in reason


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("plugin = {}", 'objek "dict"'),
        ("from core.sdk import Plugin as plugin", 'kelas "Plugin"'),
    ],
)
def test_no_plugin_object(refused, code, found):
    assert refused("rusak", code) == Refused(
        "rusak",
        f'Entry point "rusak" menunjuk ke {found}, bukan objek Plugin.',
        'Arahkan entry point ke sebuah objek Plugin dari core.sdk, misalnya "acme.plugin:plugin".',
    )


@pytest.mark.parametrize("name", ["Besar", "1satu", "dua-kata", "a" * 41, "", "x; drop"])
def test_a_malformed_name(refused_object, name):
    assert refused_object(Plugin(name=name, title="Uji", version="1")) == Refused(
        name,
        f'Nama plugin "{name}" tidak sah.',
        "Gunakan huruf kecil, angka, dan garis bawah, diawali huruf, paling panjang 40 karakter.",
    )


def test_an_entry_point_of_another_name(refused):
    code = 'from core.sdk import Plugin\nplugin = Plugin(name="lain", title="Lain", version="1")'
    assert refused("uji", code) == Refused(
        "uji",
        'Plugin bernama "lain" didaftarkan dengan entry point "uji".',
        "Samakan nama entry point dengan nama plugin.",
    )


def test_a_name_that_is_taken_leaves_the_first(read_procedure):
    first = Plugin(name="uji", title="Plugin Pertama", version="1")
    extensions = Extensions.load(read_procedure, (), [first, Plugin(name="uji", title="Kedua", version="1")])
    assert extensions.plugins == {"uji": first}
    assert extensions.refused == [
        Refused(
            "uji",
            'Nama plugin "uji" sudah dipakai oleh "Plugin Pertama".',
            "Ganti nama salah satunya, atau lepaskan yang tidak dipakai.",
        )
    ]


def test_a_version_that_is_none(refused_object):
    assert refused_object(Plugin(name="uji", title="Uji", version="satu")) == Refused(
        "uji", 'Versi plugin "satu" bukan nomor versi.', 'Tulis versinya seperti "1.0.0".'
    )


def test_another_platform(refused_object):
    assert refused_object(Plugin(name="uji", title="Uji", version="1", platform=">=2")) == Refused(
        "uji",
        "Plugin ini dibuat untuk Langkah >=2, sedangkan yang berjalan versi 0.1.0.",
        "Pasang versi plugin yang cocok, atau uji plugin ini pada versi itu lalu sesuaikan platform-nya.",
    )


def test_a_platform_that_cannot_be_read(refused_object):
    assert refused_object(Plugin(name="uji", title="Uji", version="1", platform="terbaru")) == Refused(
        "uji", 'Batas versi platform "terbaru" tidak terbaca.', 'Tulis batasnya seperti ">=0.1,<1".'
    )


def test_a_plugin_broken_in_a_way_no_check_foresees(refused_object):
    refusal = refused_object(Plugin(name="uji", title="Uji", version="1", checks=None))
    assert refusal.reason == ("Terjadi kesalahan saat plugin diperiksa: TypeError: 'NoneType' object is not iterable.")
    assert refusal.remedy == f"Perbaiki plugin itu, {AGAIN}"


def test_every_refusal_is_logged_and_reads_as_a_sentence(refused_object):
    with capture_logs() as lines:
        refusal = refused_object(Plugin(name="uji", title="Uji", version="satu"))
    assert lines == [
        {
            "event": "plugin_refused",
            "log_level": "warning",
            "plugin": "uji",
            "reason": refusal.reason,
            "remedy": refusal.remedy,
        }
    ]
    assert str(refusal) == (
        'Plugin "uji" ditolak: Versi plugin "satu" bukan nomor versi. Tulis versinya seperti "1.0.0".'
    )
