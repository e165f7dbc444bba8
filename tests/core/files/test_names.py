"""Names from outside are for reading only, and deceive nobody."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.files.errors import KindNotAsked, WrongExtension
from core.files.names import LONGEST, clean_name, extension
from core.files.types import ACCEPTED, DOCX, JPEG, PDF, TEXT, display_name, fitting_name, require_asked

HOSTILE = st.text() | st.text(
    st.sampled_from("ab./\\:\0\n\r\t \u202e\u2066\u200b\u0301\ud800\ue000\U0001f600%<>\"'"), max_size=400
)


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("Laporan Monev 2026.pdf", "Laporan Monev 2026.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\budi\\Nota Dinas.docx", "Nota Dinas.docx"),
        ("/", "berkas"),
        ("", "berkas"),
        ("..", "berkas"),
        (".htaccess", "htaccess"),
        ("surat\r\nSet-Cookie: x.pdf", "surat Set-Cookie: x.pdf"),
        ("surat\0.pdf", "surat.pdf"),
        ("foto\u202egpj.exe", "fotogpj.exe"),
        ("  dua   spasi .pdf. ", "dua spasi .pdf"),
        ("Cafe\u0301.pdf", "Caf\u00e9.pdf"),
    ],
)
def test_what_a_name_becomes(raw, clean):
    assert clean_name(raw) == clean


def test_a_long_name_keeps_its_extension():
    name = clean_name("a" * 400 + ".docx")
    assert len(name) == LONGEST
    assert name.endswith("a.docx")


@given(HOSTILE)
def test_every_name_is_short_visible_and_stable(raw):
    name = clean_name(raw)
    assert 0 < len(name) <= LONGEST
    assert not set(name) & set("/\\")
    assert not {unicodedata.category(letter) for letter in name} & {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
    assert name == name.strip(" .") == clean_name(name)
    name.encode()


@given(HOSTILE)
def test_a_fitting_name_always_ends_as_its_content_does(raw):
    try:
        name = fitting_name(raw, PDF)
    except WrongExtension:
        assert extension(clean_name(raw)) not in ("", "pdf")
    else:
        assert extension(name) == "pdf"
        assert len(name) <= LONGEST
        assert fitting_name(name, PDF) == name


@pytest.mark.parametrize(
    ("name", "found"),
    [("a.PDF", "pdf"), ("Laporan v1.2", ""), ("Surat Kadis. Kominfo", ""), ("a.tar.gz", "gz"), ("a", "")],
)
def test_what_counts_as_an_extension(name, found):
    assert extension(name) == found


def test_a_name_without_extension_is_given_its_contents():
    assert display_name("Laporan v1.2", "application/pdf") == "Laporan v1.2.pdf"
    assert fitting_name("foto", JPEG) == "foto.jpg"
    assert fitting_name("foto.JPEG", JPEG) == "foto.JPEG"
    assert fitting_name("data.csv", TEXT) == "data.csv"


def test_an_extension_of_something_else_is_refused_with_the_right_one():
    with pytest.raises(WrongExtension) as refused:
        fitting_name("surat.exe", PDF)
    assert str(refused.value) == (
        'Berkas "surat.exe" ternyata berisi dokumen PDF. Pilih berkas yang benar, atau ubah akhiran namanya '
        "menjadi .pdf, lalu unggah kembali."
    )
    assert refused.value.status == 422


def test_a_field_takes_only_what_it_asks_for():
    require_asked("x.jpg", JPEG, ())
    require_asked("x.jpg", JPEG, ("pdf", ".JPEG"))
    with pytest.raises(KindNotAsked, match="hanya menerima PDF, XLSX"):
        require_asked("x.docx", DOCX, ["pdf", "xlsx"])


def test_the_list_shown_to_users_names_each_kind_once():
    assert ACCEPTED == "PDF, JPG, PNG, WEBP, DOCX, XLSX, PPTX, ODT, ODS, DOC, XLS, TXT, CSV, ZIP"
