"""Made-up answers and papers pass the checks that real ones must pass."""

import io
from datetime import date

import pytest

from core.files.detection import detect
from core.procedures.forms import check_answers
from core.procedures.model import Choice, Field
from core.simulation import papers
from core.simulation.answers import demanded, filled

TODAY = date(2026, 11, 20)
CHOICES = (Choice("a", "Pertama"), Choice("b", "Kedua"))
FIELDS = [
    Field("teks", "Nomor surat", "text", required=True),
    Field("panjang", "Notulen", "long_text", required=True),
    Field("setuju", "Setuju", "yes_no", required=True),
    Field("tahun", "Tahun", "number", required=True),
    Field("nilai", "Nilai", "number", required=True, minimum=1, maximum=5),
    Field("paling_sedikit", "Paling sedikit", "number", required=True, minimum=40),
    Field("persen", "Capaian", "percent", required=True, maximum=50),
    Field("biaya", "Biaya", "money", required=True, maximum=1000),
    Field("tanggal", "Tanggal", "date", required=True),
    Field("satu", "Pilih satu", "choice", required=True, choices=CHOICES),
    Field("banyak", "Pilih", "choices", required=True, choices=CHOICES),
    Field("daftar", "Periksa", "checklist", required=True, choices=CHOICES),
    Field("alamat", "Tautan", "url", required=True),
    Field("telepon", "Telepon", "phone", required=True),
    Field("bawaan", "Bawaan", "number", required=True, default=7),
]


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.key)
@pytest.mark.parametrize("kind", ["work", "meet", "dispose"])
def test_an_answer_fits_its_field(field, kind):
    given = filled([field], kind, TODAY)
    assert check_answers([field], given, {})


def test_a_year_is_this_year_and_a_number_lies_within_its_limits():
    given = filled(FIELDS, "work", TODAY)
    assert (given["tahun"], given["nilai"], given["paling_sedikit"], given["bawaan"]) == (2026, 3, 40, 7)


def test_files_are_demanded_where_the_form_does():
    form = [
        Field("selalu", "Bukti", "file", required=True),
        Field("boleh", "Lampiran", "file"),
        Field("bila", "Foto", "photo", required="setuju = true"),
        Field("bila_tidak", "Surat", "file", required="setuju = false"),
        Field("setuju", "Setuju", "yes_no"),
    ]
    assert [field.key for field in demanded(form, filled(form, "work", TODAY))] == ["selalu", "bila"]


def test_papers_are_what_they_say():
    lines = ["Pelaksanaan (uji) \\ 1", "huruf é dan 漢"]
    assert detect(io.BytesIO(papers.pdf("Bukti", lines)), "bukti.pdf").mime == "application/pdf"
    assert detect(io.BytesIO(papers.png()), "foto.png").mime == "image/png"


def test_the_table_of_a_pdf_points_at_its_objects():
    content = papers.pdf("Bukti", ["satu"])
    start = int(content.split(b"startxref\n")[1].split(b"\n")[0])
    assert content[start : start + 4] == b"xref"
    places = [int(line[:10]) for line in content[start:].split(b"\n")[3:8]]
    assert [content[place : place + 7] for place in places] == [b"%d 0 obj" % number for number in range(1, 6)]
