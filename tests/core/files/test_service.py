"""Stories of files: what a tenant keeps, what it refuses with nothing half-written, and who sees it."""

import hashlib
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from sqlalchemy import select

from core.database import new_id
from core.errors import BadInput, Forbidden, NotFound
from core.files import errors
from core.files.intake import SCAN_LABELS, receive
from core.files.models import StoredFile
from core.files.service import keep, open_file, store
from core.files.types import display_name
from core.tenancy.scope import tenant_transaction
from tests.core.files import samples
from tests.core.files.conftest import NOW

pytestmark = pytest.mark.database

MB = 1024**2
LIMIT = 25 * MB


class Counting:
    """A line that could go on for ever and counts what was asked of it."""

    def __init__(self, size):
        self.left = size
        self.read_bytes = 0

    def read(self, size):
        given = min(size, self.left)
        self.left -= given
        self.read_bytes += given
        return b"a" * given


@pytest.fixture
def upload(database, storage, tenant):
    """One upload in a transaction of its own."""

    def upload(content, name, whose=None, **options):
        stream = BytesIO(content) if isinstance(content, bytes) else content
        with tenant_transaction(database, (whose or tenant).id) as session:
            return store(session, storage, stream, name, LIMIT, NOW, **options)

    return upload


def rows(database, tenant):
    with tenant_transaction(database, tenant.id) as session:
        return list(session.scalars(select(StoredFile)))


def contents(storage):
    return [path for path in storage.root.rglob("*") if path.is_file()]


@pytest.mark.parametrize("name", samples.ACCEPTED)
def test_every_accepted_kind_is_kept_and_opened_again(upload, database, storage, tenant, name):
    content, mime = samples.ACCEPTED[name]
    file = upload(content, name)
    with tenant_transaction(database, tenant.id) as session:
        found, stream = open_file(session, storage, file.id)
    with stream:
        kept = stream.read()
    assert (found.mime, found.size, found.stored_at) == (mime, len(kept), NOW)
    assert found.sha256 == hashlib.sha256(kept).hexdigest()
    assert kept == content or mime.startswith("image/")
    assert display_name(name, found.mime) == name


def test_a_photo_is_kept_without_its_place(upload, database, storage, tenant):
    file = upload(samples.photo(), "rapat.jpg")
    with tenant_transaction(database, tenant.id) as session:
        _, stream = open_file(session, storage, file.id)
    with stream, Image.open(stream) as picture:
        assert dict(picture.getexif()) == {}
        assert picture.size == (20, 40)
    [path] = contents(storage)
    assert b"Rahasia" not in path.read_bytes()


def test_26_megabytes_are_refused_one_byte_after_the_limit(upload, database, storage, tenant):
    line = Counting(26 * MB)
    with pytest.raises(errors.TooLarge) as refused:
        upload(line, "rekaman.txt")
    assert line.read_bytes == LIMIT + 1
    assert str(refused.value) == (
        'Berkas "rekaman.txt" terlalu besar: batasnya 25 MB. Perkecil atau bagi berkas itu, lalu unggah kembali.'
    )
    assert (refused.value.status, refused.value.type) == (413, "berkas-terlalu-besar")
    assert isinstance(refused.value, BadInput)
    assert rows(database, tenant) == []
    assert contents(storage) == []


def test_exactly_the_limit_is_taken_and_half_a_megabyte_is_written_with_a_comma():
    with receive(Counting(MB // 2), "a.txt", MB // 2) as received:
        assert received.size == MB // 2
    with pytest.raises(errors.TooLarge, match="batasnya 0,5 MB"), receive(Counting(MB), "a.txt", MB // 2):
        pytest.fail("it was taken")


@pytest.mark.parametrize(
    ("content", "name", "error", "words"),
    [
        (b"", "kosong.pdf", errors.EmptyFile, 'Berkas "kosong.pdf" kosong.'),
        (samples.EXE, "laporan.pdf", errors.KindRefused, 'Berkas "laporan.pdf" berisi program Windows'),
        (samples.PDF, "laporan.exe", errors.WrongExtension, "ternyata berisi dokumen PDF"),
        (samples.image("PNG"), "x.pdf", errors.WrongExtension, 'Berkas "x.pdf" ternyata berisi gambar PNG.'),
        (samples.archive({"a.txt": "x"}), "x.docx", errors.WrongExtension, "ternyata berisi arsip ZIP"),
        (samples.office(samples.WORD), "x.zip", errors.WrongExtension, "dokumen Word (DOCX)"),
        (samples.office(samples.WORD, **{"word/vbaProject.bin": "x"}), "x.docx", errors.MacrosRefused, ""),
        (samples.PDF + samples.archive({"a": "x"}), "x.pdf", errors.TwoContents, "disisipi arsip ZIP"),
        (samples.image()[:400], "foto.jpg", errors.BrokenFile, "rusak atau terpotong"),
        (b"<svg onload='x'/>", "logo.svg", errors.KindRefused, "gambar SVG"),
        (samples.TEXT, "jalankan.bat", errors.WrongExtension, "berisi teks"),
    ],
)
def test_what_is_refused_leaves_nothing_behind(upload, database, storage, tenant, content, name, error, words):
    with pytest.raises(error) as refused:
        upload(content, name)
    assert words in str(refused.value)
    assert rows(database, tenant) == []
    assert contents(storage) == []


def test_a_field_that_asks_for_pdf_gets_no_picture(upload):
    with pytest.raises(errors.KindNotAsked, match="berisi gambar JPG, sedangkan isian ini hanya menerima PDF"):
        upload(samples.image(), "foto.jpg", accept=("pdf",))
    assert upload(samples.PDF, "surat.pdf", accept=("pdf",)).mime == "application/pdf"


def test_the_same_content_twice_is_one_row_and_young_again(upload, database, storage, tenant):
    first = upload(samples.PDF, "surat.pdf")
    with tenant_transaction(database, tenant.id) as session:
        later = NOW + timedelta(days=3)
        again = store(session, storage, BytesIO(samples.PDF), "salinan.pdf", LIMIT, later)
        assert (again.id, again.stored_at) == (first.id, later)
    assert len(rows(database, tenant)) == len(contents(storage)) == 1


def test_the_same_content_from_eight_at_once_is_one_row(upload, database, storage, tenant):
    gate = threading.Barrier(8)

    def one(number):
        gate.wait()
        return upload(samples.PDF, f"{number}.pdf").id

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(one, range(8)))) == 1
    assert len(rows(database, tenant)) == len(contents(storage)) == 1


def test_the_same_content_of_two_tenants_is_two_and_neither_sees_the_others(
    upload, database, storage, tenant, other_tenant
):
    mine = upload(samples.PDF, "surat.pdf")
    theirs = upload(samples.PDF, "surat.pdf", whose=other_tenant)
    assert mine.id != theirs.id
    assert len(contents(storage)) == 2
    assert [file.id for file in rows(database, other_tenant)] == [theirs.id]
    for unknown in (mine.id, new_id()):
        with tenant_transaction(database, other_tenant.id) as session, pytest.raises(NotFound) as refused:
            open_file(session, storage, unknown)
        assert str(refused.value) == "Berkas ini tidak ada di sini. Muat ulang halamannya, lalu coba lagi."


def test_a_crash_before_the_commit_leaves_no_row(database, storage, tenant):
    with pytest.raises(RuntimeError), tenant_transaction(database, tenant.id) as session:
        store(session, storage, BytesIO(samples.PDF), "surat.pdf", LIMIT, NOW)
        raise RuntimeError("the machine fell")
    assert rows(database, tenant) == []
    assert len(contents(storage)) == 1


def test_a_storage_that_fails_leaves_no_row(upload, database, storage, tenant, monkeypatch):
    def full(_tenant, _stream):
        raise OSError("no space left")

    monkeypatch.setattr(storage, "put", full)
    with pytest.raises(OSError, match="no space"):
        upload(samples.PDF, "surat.pdf")
    assert rows(database, tenant) == []


def test_a_scan_looks_at_the_file_as_it_came(upload):
    seen = []
    scanned = upload(samples.photo(), "a.jpg", scan=lambda path: (seen.append(path.read_bytes()), "clean")[1])
    assert seen == [samples.photo()]
    assert SCAN_LABELS[scanned.scan] == "bersih"


def test_what_no_scanner_saw_says_so_until_one_does(upload):
    assert SCAN_LABELS[upload(samples.PDF, "a.pdf").scan] == "belum dipindai"
    assert upload(samples.PDF, "a.pdf", scan=lambda path: None).scan == "unscanned"
    assert upload(samples.PDF, "a.pdf", scan=lambda path: "clean").scan == "clean"
    assert upload(samples.PDF, "a.pdf").scan == "clean"


def test_an_infected_file_is_refused(upload, database, storage, tenant):
    with pytest.raises(errors.Infected, match="program berbahaya dalam berkas"):
        upload(samples.PDF, "a.pdf", scan=lambda path: "infected")
    assert rows(database, tenant) == contents(storage) == []


def test_a_file_found_infected_later_is_neither_opened_nor_taken_again(upload, database, storage, tenant):
    file = upload(samples.PDF, "a.pdf")
    with tenant_transaction(database, tenant.id) as session:
        session.get(StoredFile, (tenant.id, file.id)).scan = "infected"
    with pytest.raises(errors.Infected):
        upload(samples.PDF, "b.pdf", scan=lambda path: "clean")
    with tenant_transaction(database, tenant.id) as session, pytest.raises(Forbidden, match="Berkas ini ditahan"):
        open_file(session, storage, file.id)


def test_a_lost_content_is_reported_with_its_digest(upload, database, storage, tenant):
    file = upload(samples.PDF, "a.pdf")
    storage.delete(tenant.id, file.sha256)
    with tenant_transaction(database, tenant.id) as session, pytest.raises(errors.FileLost) as lost:
        open_file(session, storage, file.id)
    assert file.sha256 in str(lost.value)
    assert lost.value.status == 500


def test_an_upload_can_be_taken_in_before_the_transaction(database, storage, tenant):
    with receive(BytesIO(samples.PDF), "C:\\fakepath\\surat tugas", LIMIT) as received:
        assert received.name == "surat tugas.pdf"
        with tenant_transaction(database, tenant.id) as session:
            assert keep(session, storage, received, NOW).size == len(samples.PDF)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(max_size=300) | st.text(st.sampled_from("../\\\0\n\u202e\ud800 {}%s'\";a"), max_size=60))
def test_no_name_harms_the_storage(upload, storage, name):
    with receive(BytesIO(samples.TEXT), "a.txt", LIMIT) as expected:
        digest = expected.digest
    try:
        assert upload(samples.TEXT, name).sha256 == digest
    except errors.WrongExtension as refused:
        assert "ternyata berisi teks" in str(refused)
    assert {path.name for path in contents(storage)} <= {digest}
