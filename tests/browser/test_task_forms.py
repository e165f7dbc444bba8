"""A task's form in a real browser: kept while it is typed, never lost on a dropped line, done once by one of two."""

import pytest

from tests.browser.officials import CITY, PDF, Official


@pytest.fixture
def fresh_task(server):
    """Makes a case of its own by the command of the API's own service; gives the address of its first task."""
    from datetime import UTC, datetime

    from core.engine.service import Request
    from core.identity.accounts import find
    from core.identity.actor import by_person
    from core.tenancy.scope import tenant_transaction

    def make() -> str:
        with server.installation.platform() as platform, tenant_transaction(platform.database, CITY) as session:
            actor = by_person(session, find(session, "dewi").id)
            request = Request(actor, datetime.now(UTC))
            answer = platform.engine.start(session, request, "spbe-monev", {"tahun": 2040})
            return f"/{CITY}/tugas/{answer['opened'][0]['id']}"

    return make


@pytest.fixture
def dewi(visitor):
    return visitor().log_in(CITY, "dewi")


def test_what_is_typed_is_kept_and_there_again(dewi, fresh_task):
    task = fresh_task()
    dewi.open(task)
    dewi.page.fill("[name='isian.catatan']", "Baru separuh")
    dewi.page.locator(".keadaan-simpan", has_text="Tersimpan pukul").wait_for()
    dewi.open(f"/{CITY}/tugas")
    dewi.open(task)
    assert dewi.page.input_value("[name='isian.catatan']") == "Baru separuh"
    assert dewi.page.get_by_role("button", name="Mulai", exact=True).count() == 0, "typing is beginning"


def test_a_line_dropped_in_the_middle_of_a_form_loses_nothing(dewi, fresh_task):
    dewi.expects("ERR_INTERNET_DISCONNECTED")
    task = fresh_task()
    dewi.open(task)
    dewi.context.set_offline(True)
    dewi.page.fill("[name='isian.catatan']", "Diketik saat sambungan putus")
    dewi.page.locator(".keadaan-simpan", has_text="Sambungan terputus").wait_for()
    dewi.page.get_by_role("button", name="Selesai, teruskan").click()
    dewi.page.locator(".keadaan-kirim", has_text="Tidak ada yang hilang").wait_for()
    assert dewi.page.input_value("[name='isian.catatan']") == "Diketik saat sambungan putus"
    dewi.context.set_offline(False)
    dewi.page.get_by_role("button", name="Selesai, teruskan").click()
    dewi.page.locator(".kabar", has_text="diteruskan").wait_for()
    assert dewi.page.locator(".rel > .sudah").count() == 1
    dewi.open(task)
    assert "Diketik saat sambungan putus" in dewi.page.locator(".jawaban").inner_text()


def test_a_browser_closed_without_a_line_brings_it_back(dewi, fresh_task):
    dewi.expects("ERR_INTERNET_DISCONNECTED", "ERR_FAILED")
    task = fresh_task()
    dewi.open(task)
    dewi.context.set_offline(True)
    dewi.page.fill("[name='isian.catatan']", "Belum sempat terkirim")
    dewi.page.locator(".keadaan-simpan", has_text="Sambungan terputus").wait_for()
    dewi.page.close()
    dewi.context.set_offline(False)
    dewi.page = dewi.new_page()
    dewi.open(task)
    dewi.page.locator(".keadaan-simpan", has_text="Tersimpan pukul").wait_for()
    assert dewi.page.input_value("[name='isian.catatan']") == "Belum sempat terkirim"


def test_an_answer_lost_on_the_way_is_not_recorded_twice(dewi, fresh_task):
    """The server has done it, but its answer never came: the same form again is the same command."""
    dewi.expects("ERR_FAILED")
    dewi.open(fresh_task())
    lost = []

    def lose(route):
        route.fetch(max_redirects=0)
        lost.append(route.request.url)
        route.abort()

    dewi.page.route("**/selesai", lose)
    dewi.page.get_by_role("button", name="Selesai, teruskan").click()
    dewi.page.locator(".keadaan-kirim", has_text="Tidak ada yang hilang").wait_for()
    dewi.page.unroute("**/selesai")
    dewi.page.get_by_role("button", name="Selesai, teruskan").click()
    dewi.page.locator(".kabar", has_text="diteruskan").wait_for()
    assert len(lost) == 1
    assert dewi.page.locator(".jejak .task_completed").count() == 1


def test_of_two_officials_the_second_reads_that_it_is_done_by_whom_and_when(dewi, visitor, fresh_task):
    task = fresh_task()
    rizky = visitor().log_in(CITY, "rizky")
    for one in (dewi, rizky):
        one.open(task)
    dewi.page.get_by_role("button", name="Selesai, teruskan").click()
    dewi.page.locator(".kabar").wait_for()
    rizky.expects(409)
    rizky.page.get_by_role("button", name="Selesai, teruskan").click()
    told = rizky.page.locator(".penolakan")
    told.wait_for()
    assert "sudah diselesaikan oleh Dewi Sungaiselan pada" in told.inner_text() and "WIB" in told.inner_text()
    assert rizky.page.locator("#tugas .alert-info").inner_text().startswith("Sudah diselesaikan oleh Dewi Sungaiselan")
    assert rizky.page.get_by_role("button", name="Selesai, teruskan").count() == 0


def test_files_go_up_one_by_one_and_a_wrong_one_says_why(dewi, fresh_task):
    dewi.expects(422)
    official = Official("dewi", dewi)
    dewi.open(fresh_task())
    official.attach("surat", "satu.pdf", "dua.pdf")
    program = {"name": "jahat.pdf", "mimeType": "application/pdf", "buffer": b"MZ" + bytes(200)}
    dewi.page.set_input_files("[name='isian.surat']", [program])
    refused = dewi.page.locator(".kemajuan .gagal")
    refused.wait_for()
    assert "jahat.pdf" in refused.inner_text() and "program" in refused.inner_text()
    dewi.page.get_by_role("button", name="Abaikan").click()
    dewi.page.on("dialog", lambda dialog: dialog.accept())
    dewi.page.get_by_role("button", name="Hapus satu.pdf").click()
    dewi.page.locator("[data-bidang=surat] .berkas a", has_text="satu.pdf").wait_for(state="detached")
    official.finish()
    assert dewi.page.locator(".utama").get_by_role("link", name="dua.pdf").count() == 1


def test_a_file_dropped_on_the_form_goes_up(dewi, fresh_task):
    dewi.open(fresh_task())
    drop = dewi.page.evaluate_handle(
        """bytes => {
          const held = new DataTransfer();
          held.items.add(new File([new Uint8Array(bytes)], "terseret.pdf", {type: "application/pdf"}));
          return held;
        }""",
        list(PDF),
    )
    dewi.page.dispatch_event(".jatuhkan", "drop", {"dataTransfer": drop})
    dewi.page.locator("[data-bidang=surat] .berkas a", has_text="terseret.pdf").wait_for()


def test_what_is_wrong_is_told_beside_its_field_and_nothing_typed_is_lost(dewi, visitor, fresh_task):
    dewi.open(fresh_task())
    dewi.page.get_by_role("button", name="Selesai, teruskan").click()
    dewi.page.locator(".kabar").wait_for()
    agus = visitor().log_in(CITY, "agus")
    agus.expects(422)
    agus.open(dewi.page.url.replace(dewi.server.address, ""))
    agus.page.get_by_role("button", name="Disposisikan").click()
    agus.page.locator(".penolakan", has_text="Isi disposisi: wajib diisi").wait_for()
    assert agus.page.locator("#isian\\.disposisi-salah").inner_text() == "Isi disposisi: wajib diisi"
    assert agus.page.evaluate("document.activeElement.className").find("penolakan") >= 0
    assert agus.axe() == []


def test_leaving_takes_what_was_kept_out_of_a_shared_browser(dewi, fresh_task):
    dewi.open(fresh_task())
    dewi.page.fill("[name='isian.catatan']", "Rahasia kantor")
    dewi.page.locator(".keadaan-simpan", has_text="Tersimpan").wait_for()
    assert dewi.page.evaluate("Object.keys(localStorage).length") == 1
    dewi.page.locator(".pengguna summary").click()
    dewi.page.get_by_role("button", name="Keluar").click()
    dewi.page.wait_for_url("**/masuk")
    assert dewi.page.evaluate("Object.keys(localStorage).length") == 0
