"""What a file is, whatever it is called; and what is refused, with what to do."""

import struct
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import BadInput
from core.files import errors
from core.files.detection import detect
from core.files.types import DOC, DOCX, KINDS, PDF, TEXT, XLS, XLSX, ZIP
from tests.core.files import samples


def found(content, name="x.bin"):
    return detect(BytesIO(content), name)


def refused(content, name="x.bin"):
    with pytest.raises(BadInput) as caught:
        found(content, name)
    return caught.value


@pytest.mark.parametrize("name", samples.ACCEPTED)
def test_every_accepted_kind_is_told_by_its_content(name):
    content, mime = samples.ACCEPTED[name]
    assert found(content, "tanpa akhiran").mime == mime


def test_there_is_a_sample_of_every_kind():
    assert {mime for _, mime in samples.ACCEPTED.values()} == {kind.mime for kind in KINDS}


@pytest.mark.parametrize(
    ("content", "error", "words"),
    [
        (samples.EXE, errors.KindRefused, "berisi program Windows, dan jenis itu tidak diterima."),
        (samples.ELF, errors.KindRefused, "berisi program,"),
        (b"#!/bin/sh\nrm -rf /\n", errors.KindRefused, "program (skrip)"),
        (b"<!DOCTYPE html><p>halo</p>", errors.KindRefused, "simpan sebagai XLSX atau PDF"),
        (b"\xef\xbb\xbf  \n<ScRiPt>alert(1)</script>", errors.KindRefused, "halaman web (HTML)"),
        (b"<?xml version='1.0'?><svg onload='x()'/>", errors.KindRefused, "gambar SVG, yang dapat memuat"),
        (b"<?xml version='1.0'?><data/>", errors.KindRefused, "data XML"),
        (b"{\\rtf1 halo}", errors.KindRefused, "Simpan sebagai DOCX atau PDF"),
        (b"GIF89a" + b"\0" * 60, errors.KindRefused, "gambar jenis GIF"),
        (samples.HEIC, errors.KindRefused, "gambar HEIC, dan jenis itu tidak diterima. Simpan sebagai JPG"),
        (b"Rar!\x1a\x07\x00" + b"\0" * 60, errors.KindRefused, "Susun ulang sebagai ZIP"),
        (b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + b"\0" * 60, errors.KindRefused, "berisi video"),
        (b"\0\1\2\3" * 50, errors.UnknownKind, "Yang diterima: PDF, JPG"),
        (samples.PDF[:-8], errors.BrokenFile, "tidak terbaca sebagai dokumen PDF"),
        (b"\n" + samples.PDF.replace(b"obj", b"\0"), errors.UnknownKind, "tidak dikenali"),
    ],
)
def test_what_is_refused_says_why_and_what_to_do(content, error, words):
    answer = refused(content)
    assert isinstance(answer, error)
    assert words in str(answer)
    assert answer.status == 422


def test_a_table_in_another_encoding_is_told_how_to_save_it():
    for content in ("Perangkat Daerah;café\n".encode("cp1252"), "No;Uraian\n".encode("utf-16")):
        assert isinstance(refused(content, "data.csv"), errors.NotUtf8)
        assert 'pilihan "CSV UTF-8"' in str(refused(content, "data.csv"))


def test_a_letter_cut_between_two_chunks_is_still_text():
    assert found(b"a" * (64 * 1024 - 1) + "é".encode()) is TEXT
    assert isinstance(refused(b"a" * 70_000 + b"\xc3"), errors.UnknownKind)
    assert isinstance(refused(b"a" * 70_000 + b"\0"), errors.UnknownKind)


def test_docx_and_zip_are_told_apart():
    assert found(samples.office(samples.WORD)) is DOCX
    assert found(samples.archive({"word/document.xml": "<x/>"})) is ZIP
    # A document inside an archive does not make the archive a document.
    assert found(samples.archive({"surat.docx": samples.office(samples.WORD)}, compression=0)) is ZIP


@pytest.mark.parametrize(
    "content",
    [
        samples.office(samples.WORD, **{"word/vbaProject.bin": "x"}),
        samples.office(samples.WORD, **{"word/VBAPROJECT.BIN": "x"}),
        samples.office(samples.EXCEL, **{"xl/macrosheets/sheet1.xml": "x"}),
        samples.office("application/vnd.ms-word.document.macroEnabled.main+xml"),
        samples.open_document("text", **{"Basic/Standard/Module1.xml": "x"}),
        samples.archive({"word/vbaProject.bin": "x"}),
        samples.compound("WordDocument", "Macros", "VBA"),
        samples.compound("Workbook", below=("_VBA_PROJECT",)),
    ],
)
def test_macros_are_refused_wherever_they_stand(content):
    answer = refused(content)
    assert isinstance(answer, errors.MacrosRefused)
    assert "Simpan ulang tanpa makro" in str(answer)


def test_empty_macro_libraries_are_no_macros():
    empty = {"Basic/script-lc.xml": "x", "Basic/Standard/script-lb.xml": "x"}
    assert found(samples.open_document("text", **empty)).label.startswith("dokumen OpenDocument")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (samples.open_document("graphics"), "dokumen OpenDocument jenis lain"),
        (samples.archive({"mimetype": "application/epub+zip"}), "buku EPUB"),
        (samples.office("application/vnd.ms-visio.drawing.main+xml"), "dokumen Office jenis lain"),
        (samples.archive({"META-INF/MANIFEST.MF": "x", "A.class": "x"}), "program (Java atau Android)"),
        (samples.compound("PowerPoint Document"), "Simpan sebagai PPTX"),
    ],
)
def test_other_formats_in_the_same_clothes_are_refused(content, words):
    assert words in str(refused(content))


def test_an_old_document_is_what_stands_under_its_root():
    assert found(samples.compound("WordDocument", below=("Workbook",))) is DOC
    assert found(samples.compound("Workbook", below=("WordDocument",))) is XLS
    assert isinstance(refused(samples.compound("SomethingElse")), errors.UnknownKind)


def test_a_locked_document_is_told_to_be_unlocked():
    answer = refused(samples.compound("EncryptionInfo", "EncryptedPackage"))
    assert str(answer) == ('Berkas "x.bin" dikunci dengan kata sandi. Hapus kata sandinya, lalu unggah kembali.')


def test_a_directory_in_a_circle_ends():
    circle = bytearray(samples.compound("WordDocument"))
    struct.pack_into("<I", circle, 512 + 4, 1)  # the directory's first sector follows itself
    assert isinstance(refused(bytes(circle)), errors.BrokenFile)
    assert isinstance(refused(samples.compound("WordDocument")[:700]), errors.BrokenFile)


def test_siblings_in_a_circle_end():
    circle = bytearray(samples.compound("WordDocument"))
    struct.pack_into("<II", circle, 1024 + 128 + 68, 1, 1)  # the document is its own neighbour on both sides
    assert found(bytes(circle)) is DOC


@pytest.mark.parametrize(
    "front", [samples.PDF, samples.image("PNG"), samples.image("JPEG"), samples.compound("WordDocument")]
)
def test_two_contents_in_one_file_are_refused(front):
    answer = refused(front + samples.archive({"jahat.class": "x"}))
    assert isinstance(answer, errors.TwoContents)


def test_a_pdf_ending_as_zip_and_pdf_at_once_is_refused():
    inner = samples.archive({"a.class": "x"})
    comment = b"\n%%EOF\n"
    both = samples.PDF + inner[:-2] + struct.pack("<H", len(comment)) + comment
    answer = refused(both)
    assert isinstance(answer, errors.TwoContents)
    assert "adalah dokumen PDF yang disisipi arsip ZIP" in str(answer)


@pytest.mark.parametrize(
    "content",
    [
        samples.archive({"a.txt": "x"})[:-1],
        samples.archive({"a.txt": "x"}) + b"behind",
        b"PK\x03\x04" + samples.archive({"a.txt": "x"}),
        b"PK\x03\x04" + b"\0" * 100,
    ],
)
def test_an_archive_is_whole_from_its_first_to_its_last_byte(content):
    assert isinstance(refused(content), errors.BrokenFile)


def test_bombs_are_known_by_their_directory():
    assert "membengkak tidak wajar" in str(refused(samples.archive({"a": b"\0" * 70_000_000})))
    many = samples.archive({f"{number}": b"" for number in range(10_001)})
    assert "lebih dari 10.000 berkas" in str(refused(many))


def test_entries_that_share_their_bytes_are_refused():
    made = samples.archive({"a": b"x" * 400, "b": b"y"}, compression=0)
    at = made.rindex(b"PK\x01\x02")
    shared = made[:at] + made[at:].replace(struct.pack("<II", 1, 1), struct.pack("<II", 400, 400), 1)
    assert "membengkak" in str(refused(shared))


@pytest.mark.parametrize("inner", ["../../etc/cron.d/x", "/etc/passwd", "C:\\x.txt", "a\\..\\..\\b"])
def test_an_archive_may_not_point_outside_itself(inner):
    assert "menunjuk ke luar arsip" in str(refused(samples.archive({inner: "x"})))


def test_an_archive_may_not_bring_programs():
    answer = refused(samples.archive({"lampiran/setup.EXE": "x"}), "bundel.zip")
    assert str(answer) == (
        'Arsip "bundel.zip" tidak dapat diterima: di dalamnya ada program atau makro ("setup.EXE"). Susun ulang '
        "arsip itu atau unggah isinya satu per satu."
    )


@given(st.binary(max_size=300))
def test_any_bytes_are_a_kind_or_a_clear_refusal(content):
    try:
        assert found(content) in KINDS
    except BadInput as error:
        assert "x.bin" in str(error)


@given(
    st.sampled_from([content for content, _ in samples.ACCEPTED.values()]),
    st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), min_size=1, max_size=12),
)
def test_a_damaged_file_is_a_kind_or_a_clear_refusal(content, damage):
    broken = bytearray(content)
    for at, value in damage:
        broken[at % len(broken)] = value
    try:
        assert found(bytes(broken)) in KINDS
    except BadInput as error:
        assert "x.bin" in str(error)


def test_the_position_of_the_stream_does_not_matter():
    stream = BytesIO(samples.office(samples.EXCEL))
    stream.read()
    assert detect(stream, "x") is XLSX
    assert detect(BytesIO(samples.PDF), "x") is PDF
