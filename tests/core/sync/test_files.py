"""What is wrong in a file is told with file, line and nearest word, all at once, and nothing is applied."""

import pytest
from sqlalchemy import select

from core.sync.inspection import FilesRefused
from core.sync.objects import Object
from core.tenancy.models import Tenant
from tests.core.sync.folders import PERSON, Government, run

pytestmark = pytest.mark.database


def refused(database, root, **told) -> str:
    with pytest.raises(FilesRefused) as error:
        run(database, root, **told)
    assert error.value.status == 422
    assert all(problem.line >= 1 and "/" in problem.file for problem in error.value.problems)
    return "\n".join(map(str, error.value.problems))


def rewritten(city: Government, name: str, before: str, after: str) -> None:
    file = city.folder / f"{name}.yaml"
    text = file.read_text(encoding="utf-8")
    assert before in text
    file.write_text(text.replace(before, after, 1), encoding="utf-8")


BROKEN = [
    ("tenant", "kind: kota", "kind: kotaa", "baris 3: 'kind' tidak mengenal 'kotaa'; mungkin maksudnya 'kota'"),
    (
        "tenant",
        "timezone: Asia/Jakarta",
        "timezone: Asia/Jakata",
        "zona waktu 'Asia/Jakata' tidak dikenal; mungkin maksudnya 'Asia/Jakarta'",
    ),
    (
        "tenant",
        "crest: crest.svg",
        "crest: cres.svg",
        "berkas 'cres.svg' tidak ada di folder ini; mungkin maksudnya 'crest.svg'",
    ),
    ("tenant", "- uji", "- ujii", "plugin 'ujii' tidak terpasang; mungkin maksudnya 'uji'"),
    ("tenant", "parent: null", "parent: babel", "pemerintah daerah 'babel' belum ada"),
    ("tenant", "slug: uji", "slug: xuji", "berbeda dari nama foldernya"),
    (
        "tenant",
        "color: '#1a5fb4'",
        "color: biru",
        "'color' harus warna seperti \"#1a5fb4\", dalam tanda kutip, bukan 'biru'",
    ),
    ("tenant", "head_title: Wali Kota\n", "", "kunci 'head_title' wajib ada"),
    ("organization", "kind: pemda", "kind: pemkot", "'kind' tidak mengenal 'pemkot'"),
    (
        "organization",
        "parent: pemkot",
        "parent: pemkott",
        "baris 9: unit 'pemkott' tidak ada; mungkin maksudnya 'pemkot'",
    ),
    ("organization", "receives: staf", "receives: stap", "jabatan 'stap' tidak ada; mungkin maksudnya 'staf'"),
    ("organization", "superior: kadis", "superior: kades", "jabatan 'kades' tidak ada; mungkin maksudnya 'kadis'"),
    ("organization", "opd: true", "opd: ya", "'opd' harus true atau false; mungkin maksudnya 'true'"),
    ("organization", "key: dinas", "key: pemkot", "kunci unit 'pemkot' tertulis dua kali (sudah ada di baris 2)"),
    ("organization", "name: Dinas", "nama: Dinas", "kunci 'nama' tidak dikenal; mungkin maksudnya 'name'"),
    (
        "organization",
        "title: Wali Kota\n",
        "title: Wali Kota\n  superior: staf\n",
        "susunan jabatan berputar: wali → staf → kadis → wali",
    ),
    (
        "organization",
        "kind: pelaksana",
        "kind: pelaksana\n  head: true",
        "unit 'dinas' sudah mempunyai kepala: 'kadis'",
    ),
    ("organization", "role: admin", "role: amdin", "peran 'amdin' tidak ada; mungkin maksudnya 'admin'"),
    ("organization", "- audit.read", "- audit.reed", "hak 'audit.reed' tidak ada; mungkin maksudnya 'audit.read'"),
    ("organization", "key: arsip", "key: auditor", "peran 'auditor' adalah peran baku; pakai kunci lain"),
    ("organization", "echelon: II.b", "echelon: 2b", "'echelon' harus eselon seperti II.b, bukan '2b'"),
    (
        "organization",
        "date: '2026-01-02'",
        "date: 2026-02-30",
        "'date' harus tanggal seperti 2026-01-31, bukan '2026-02-30'",
    ),
    ("organization", "    number: 1/2026", "    number: 12", "'number' harus teks; beri tanda kutip: number: \"12\""),
    ("organization", "units:\n- key: pemkot", "units:\n\t- key: pemkot", "tab tidak boleh dipakai untuk indentasi"),
    ("organization", "units:\n", "units: []\nunits:\n", "kunci 'units' tertulis dua kali"),
    ("legal", "status: berlaku", "status: berlalu", "'status' tidak mengenal 'berlalu'; mungkin maksudnya 'berlaku'"),
    ("legal", "id: PERWALI-UJI-1-2020", "id: perwali", "'id' harus seperti UU-25-2009, bukan 'perwali'"),
    (
        "procedures/data",
        "position: kadis",
        "position: kadiss",
        "jabatan 'kadiss' tidak ada di organisasi; mungkin maksudnya 'kadis'",
    ),
    (
        "procedures/data",
        "procedure: uji.data",
        "procedure: uji.dat",
        "SOP 'uji.dat' tidak ada; mungkin maksudnya 'uji.data'",
    ),
    (
        "procedures/data",
        "id: PERWALI-UJI-1-2020",
        "id: PERWALI-UJI-2-2020",
        "peraturan 'PERWALI-UJI-2-2020' tidak ada di daftar peraturan",
    ),
    ("procedures/data", "actors:", "actor:", "kunci 'actor' tidak dikenal; mungkin maksudnya 'actors'"),
]


@pytest.mark.parametrize(("name", "before", "after", "message"), BROKEN)
def test_a_fault_is_told_with_its_place_and_the_nearest_word(database, root, city, name, before, after, message):
    rewritten(city, name, before, after)
    said = refused(database, root)
    assert message in said
    assert f"{city.slug}/{name}.yaml baris " in said


def test_a_broken_file_leaves_every_government_as_it_was(database, root, city):
    other = Government(root)
    rewritten(city, "organization", "parent: pemkot", "parent: pemkott")
    refused(database, root)
    with database.session() as session:
        assert session.scalars(select(Tenant).where(Tenant.slug.in_([city.slug, other.slug]))).all() == []
    assert "pemkott" in refused(database, root, plan_only=True)


def test_all_faults_come_out_together(database, root, city):
    rewritten(city, "organization", "parent: pemkot", "parent: pemkott")
    rewritten(city, "tenant", "kind: kota", "kind: kotaa")
    rewritten(city, "legal", "status: berlaku", "status: berlalu")
    said = refused(database, root)
    assert all(word in said for word in ("pemkott", "kotaa", "berlalu"))


def test_files_that_mean_nothing_or_are_missing_are_told(database, root, city):
    (city.folder / "organisasi.yaml").write_text("units: []\n")
    (city.folder / "procedures" / "lain.yml").write_text("x: 1\n")
    (city.folder / "legal.yaml").unlink()
    said = refused(database, root)
    assert "berkas 'organisasi.yaml' tidak dikenal; mungkin maksudnya 'organization.yaml'" in said
    assert "nama berkas harus berakhiran .yaml" in said
    (city.folder / "organization.yaml").unlink()
    assert "berkas 'organization.yaml' wajib ada" in refused(database, root)


def test_a_code_belongs_to_one_government(database, root, city):
    other = Government(root, code=city.tenant["code"])
    assert f"kode '{city.tenant['code']}' sudah dipakai" in refused(database, root)
    other.tenant["code"] = "98.99"
    other.write()
    run(database, root)
    other.tenant["code"] = city.tenant["code"]
    other.write()
    assert f"kode '{city.tenant['code']}' sudah dipakai '{city.slug}'" in refused(database, root, tenant=other.slug)


def test_governments_do_not_stand_above_themselves(database, root, city):
    other = Government(root, parent=city.slug)
    city.tenant["parent"] = other.slug
    city.write()
    assert "susunan pemerintah daerah berputar" in refused(database, root)


def test_a_plugin_that_is_not_enabled_offers_nothing(database, root, city):
    city.tenant["plugins"] = []
    city.write()
    assert "SOP 'uji.data' tidak ada; aktifkan plugin 'uji' di tenant.yaml" in refused(database, root)


def test_an_office_may_have_a_sop_of_its_own(database, root, city):
    own = {
        "procedure": "umum.cuti", "title": "Cuti", "actors": {"kepala": {"name": "Kepala", "is": "position"}},
        "steps": [{"key": "setuju", "activity": "Menyetujui", "actor": "kepala"}],
    }  # fmt: skip
    bound = {"procedure": "umum.cuti", "code": "cuti", "actors": {"kepala": {"position": "kadis"}}}
    city.bindings |= {"umum-cuti": own, "cuti": bound}
    city.write()
    lines = {line.object for line in run(database, root).lines}
    assert Object("procedure", "cuti") in lines
    city.bindings["umum-cuti"]["procedure"] = "uji.cuti"
    city.write()
    assert "SOP milik daerah diberi nama umum.<nama>" in refused(database, root)


def test_a_code_of_a_sop_is_given_once(database, root, city):
    city.bindings["lain"] = dict(city.bindings["data"])
    city.write()
    assert "kode 'data' sudah dipakai SOP lain di daerah ini" in refused(database, root)


def test_what_left_the_files_may_not_be_named_any_more(database, root, city):
    run(database, root)
    city.drop("positions", "staf")
    city.organization["grants"] = []
    city.item("teams", "tim")["members"] = []
    city.write()
    assert "jabatan 'staf' tidak ada" in refused(database, root)


def test_people_stand_in_no_file_but_the_demos(database, root, city):
    city.organization["people"] = [PERSON]
    city.write()
    assert "kunci 'people' tidak dikenal" in refused(database, root)
