"""A broken procedure, a double one, or a hook that raises refuses the whole plugin; nothing of it is kept."""

import pytest

from core.extensions import Extensions, Refused
from core.sdk import Plugin, ProcedureSource, hookimpl


class Bringing(Plugin):
    """Brings the folders it is told to."""

    @hookimpl
    def register_procedures(self):
        return answers[self.name]()


answers = {}


@pytest.fixture
def bringing():
    """A plugin whose register_procedures answers what is given, or raises it."""

    def make(answer, name="uji", **facts):
        answers[name] = answer
        return Bringing(name=name, title=name.title(), version="1", **facts)

    return make


@pytest.fixture
def folder(tmp_path):
    """A folder of procedure files: `folder(satu="uji.satu")` writes satu.yaml with that id."""

    def write(under="procedures", **ids):
        where = tmp_path / under
        where.mkdir(exist_ok=True)
        for file, key in ids.items():
            (where / f"{file}.yaml").write_text(f"procedure: {key}\n")
        return where

    return write


def simple_reader(file):
    """Knows the id and nothing else, so that these tests do not depend on the language."""
    from core.procedures.reader import read

    return read(file).data["procedure"], file.stem


@pytest.fixture
def read_procedure():
    return simple_reader


def test_procedures_are_known_by_id_with_their_plugin_and_what_was_read(bringing, folder, load_plugin):
    where = folder(satu="uji.satu", dua="uji.dua")
    plugin = bringing(lambda: [ProcedureSource(where)])
    found = load_plugin(plugin).procedures
    assert sorted(found) == ["uji.dua", "uji.satu"]
    assert (found["uji.satu"].plugin, found["uji.satu"].definition) == (plugin, "satu")
    assert found["uji.satu"].file == where / "satu.yaml"


def test_a_hook_that_raises(bringing, refused_object):
    def answer():
        raise KeyError("lupa")

    assert refused_object(bringing(answer)) == Refused(
        "uji",
        "Hook register_procedures gagal dijalankan: KeyError: 'lupa'.",
        "Perbaiki hook itu, lalu jalankan ulang Langkah.",
    )


@pytest.mark.parametrize("answer", [["procedures"], "procedures"])
def test_a_hook_that_answers_nonsense(bringing, refused_object, answer):
    assert refused_object(bringing(lambda: answer)) == Refused(
        "uji",
        "Hook register_procedures tidak mengembalikan daftar ProcedureSource.",
        "Kembalikan misalnya [ProcedureSource(folder)], dengan ProcedureSource dari core.sdk.",
    )


@pytest.mark.parametrize("made", [True, False])
def test_a_folder_without_procedures(bringing, refused_object, folder, tmp_path, made):
    where = folder() if made else tmp_path / "procedures"
    assert refused_object(bringing(lambda: [ProcedureSource(where)])) == Refused(
        "uji",
        f'Folder "{where}" tidak berisi berkas SOP (*.yaml).',
        "Periksa nama foldernya, dan pastikan berkas .yaml ikut dalam paket plugin (package-data).",
    )


def test_a_broken_file_is_told_with_its_line_and_keeps_the_good_one_out(bringing, refused_object, folder):
    where = folder(baik="uji.baik")
    (where / "rusak.yaml").write_text("procedure: uji.rusak\nsteps: [{key: satu\n")
    refusal = refused_object(bringing(lambda: [ProcedureSource(where)]))
    assert refusal.reason.startswith(f"Berkas SOP ditolak: {where / 'rusak.yaml'} baris 2: ")
    assert refusal.remedy == "Perbaiki berkas itu, lalu jalankan ulang Langkah."


def test_an_id_of_another_plugin(bringing, folder, read_procedure):
    first = bringing(lambda: [ProcedureSource(folder("a", satu="pertama.satu"))], "pertama")
    second = bringing(lambda: [ProcedureSource(folder("b", baru="kedua.baru", dua="pertama.satu"))], "kedua")
    extensions = Extensions.load(read_procedure, (), [first, second])
    assert list(extensions.procedures) == ["pertama.satu"]
    assert extensions.refused == [
        Refused(
            "kedua",
            'SOP "pertama.satu" (dua.yaml) tidak memakai nama plugin ini.',
            'Awali id pada baris procedure dengan "kedua.".',
        )
    ]


def test_an_id_twice_in_one_plugin(bringing, folder, refused_object):
    where = folder(dua="uji.satu", satu="uji.satu")
    assert refused_object(bringing(lambda: [ProcedureSource(where)])) == Refused(
        "uji",
        'SOP "uji.satu" ada di dua berkas: dua.yaml dan satu.yaml.',
        "Beri salah satunya id lain pada baris procedure.",
    )


def test_checks_of_a_procedure_that_is_not_its_own(folder, refused_object):
    class Checking(Plugin):
        @hookimpl
        def validate_completion(self, completion): ...

    plugin = Checking(name="uji", title="Uji", version="1", checks=(("spbe.monev", "rekap"),))
    assert refused_object(plugin) == Refused(
        "uji", 'checks menyebut SOP "spbe.monev", yang bukan milik plugin ini.', "SOP plugin ini: tidak ada."
    )


def test_checks_and_their_hook_come_together(bringing, folder, refused_object):
    where = folder(satu="uji.satu")
    plugin = bringing(lambda: [ProcedureSource(where)], checks=(("uji.satu", "langkah"),))
    assert refused_object(plugin) == Refused(
        "uji",
        "Hook validate_completion dan daftar checks harus ada keduanya.",
        'Sebutkan langkah yang diperiksa, misalnya checks=(("spbe.monev", "rekap"),).',
    )
