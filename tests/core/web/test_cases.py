"""The page of a case and its tasks: what an official sees and does there, and what a stranger gets of it."""

from io import BytesIO

import pytest

from core.engine.casefile import BOOKKEEPING
from core.engine.events import KINDS
from core.web.narrative import ACTS
from tests.core.files.samples import PDF
from tests.statements import counted

pytestmark = pytest.mark.database

SCRIPT = "<script>alert('x')</script>"


@pytest.fixture
def code(office):
    return office.put_in_force()


@pytest.fixture
def case(office, code):
    """A case at its first step: its page's path below the government, and the task's."""
    answer = office.start("ani", code, perihal="Jaringan")
    return f"/pelaksanaan/{answer['case']['id']}", f"/tugas/{answer['opened'][0]['id']}"


@pytest.fixture
def asked(browser, office, case):
    """The case after its first step: three offices are asked. Their tasks' paths by name of their people."""
    ani = browser("ani")
    ani.submit(ani.get(case[1]), "/selesai", "Selesai, teruskan", **{"isian.isi": "Berapa?"})
    return {name: f"/tugas/{office.caller(name).inbox()['jawab']}" for name in ("dewi", "eko", "lila")}


def test_it_tells_where_the_case_stands_whose_turn_it_is_and_what_is_asked(browser, case):
    page = browser("ani").get(case[0])
    assert page.heading == "Survei: Jaringan"
    assert "Giliran Anda. Sekarang di langkah 1" in page.text
    assert "Menulis pertanyaan" in page.text and "Isi" in page.form("/selesai").element.text
    other = browser("budi").get(case[0])
    assert "Giliran Anda" not in other.text
    assert "Sekarang di langkah 1 pada Ani Contoh" in other.text
    assert not any(form.action.endswith("/selesai") for form in other.forms)


def test_a_task_is_done_by_its_form_and_the_next_ones_open(browser, case):
    ani = browser("ani")
    done = ani.submit(ani.get(case[1]), "/selesai", "Selesai, teruskan", **{"isian.isi": "Berapa komputer?"})
    assert done.status == 303
    page = ani.follow(done)
    assert page.path.endswith(case[0]) and page.news.startswith("Tugas selesai dan sudah diteruskan.")
    assert "Sekarang di langkah 2" in page.text and "3 tugas terbuka" in page.text
    assert "Tugas selesai" not in ani.get(case[0]).news, "the word is told once"
    shown = ani.get(case[1])
    assert "Berapa komputer?" in shown.text and "Sudah diselesaikan oleh Ani Contoh" in shown.text


def test_what_is_missing_is_told_beside_the_field_and_what_was_typed_stays(browser, asked):
    dewi = browser("dewi")
    page = dewi.get(asked["dewi"])
    refused = dewi.submit(page, "/selesai", "Serahkan", **{"isian.jawaban": " "})
    assert refused.status == 422
    assert "Jawaban: wajib diisi" in refused.alert
    shown = dewi.submit(page, "/selesai", "Serahkan", **{"isian.jawaban": "x" * 501})
    assert shown.status == 422 and "paling panjang 500 huruf" in shown.text
    assert shown.form("/selesai").fields["isian.jawaban"] == "x" * 501


def test_the_same_form_sent_twice_is_done_once(browser, office, case):
    ani = browser("ani")
    page = ani.get(case[1])
    first = ani.submit(page, "/selesai", "Selesai, teruskan", **{"isian.isi": "Sekali"})
    again = ani.submit(page, "/selesai", "Selesai, teruskan", **{"isian.isi": "Sekali"})
    assert (first.status, again.status) == (303, 303) and first.onward == again.onward
    assert len(office.caller("dewi").inbox()) == 1


def test_of_two_who_open_it_the_second_reads_who_was_first(browser, case):
    ani, tono = browser("ani"), browser("tono")
    mine, his = ani.get(case[1]), tono.get(case[1])
    ani.submit(mine, "/selesai", "Selesai, teruskan", **{"isian.isi": "Saya dahulu"})
    late = tono.submit(his, "/selesai", "Selesai, teruskan", **{"isian.isi": "Saya juga"})
    assert late.status == 409
    assert "Tugas ini sudah diselesaikan oleh Ani Contoh pada" in late.alert
    assert "Saya juga" not in tono.get(case[1]).text


def test_a_form_that_is_out_of_date_is_shown_again_with_what_changed(browser, case):
    ani, tono = browser("ani"), browser("tono")
    old = ani.get(case[1])
    begun = tono.get(case[1]).form("/selesai")
    assert tono.open("POST", begun.buttons["Mulai"]["formaction"], data=begun.fields).status == 303
    stale = ani.submit(old, "/selesai", "Selesai, teruskan", **{"isian.isi": "Versi lama"})
    assert stale.status == 412 and "mulai dikerjakan oleh Tono Contoh" in stale.alert
    form = stale.form("/selesai")
    assert form.fields["isian.isi"] == "Versi lama"
    assert ani.submit(stale, "/selesai", "Selesai, teruskan").status == 303


def test_a_draft_is_kept_by_the_button_and_by_the_script(browser, case):
    ani = browser("ani")
    page = ani.get(case[1])
    kept = ani.open("POST", page.form("/selesai").buttons["Simpan dulu"]["formaction"], data={
        **page.form("/selesai").fields, "isian.isi": "Separuh"})  # fmt: skip
    assert ani.follow(kept).form("/selesai").fields["isian.isi"] == "Separuh"
    silent = ani.post(f"{case[1]}/simpan", {"X-Langkah": "simpan"}, kunci="k", **{"isian.isi": "Lebih jauh"})
    assert (silent.status, silent.source, silent.answer.headers["X-Versi"]) == (204, "", "2")
    assert ani.get(case[1]).form("/selesai").fields["isian.isi"] == "Lebih jauh"


def test_the_script_is_told_where_to_go_and_keeps_the_word_for_that_page(browser, case):
    ani = browser("ani")
    fields = ani.get(case[1]).form("/selesai").fields
    answer = ani.post(f"{case[1]}/selesai", {"X-Langkah": "kirim"}, **{**fields, "isian.isi": "Ada"})
    assert answer.status == 200 and answer.answer.headers["X-Langkah-Ke"].endswith(case[0])
    assert "Tugas selesai" in ani.get(case[0]).news


def test_files_travel_with_the_form_where_there_is_no_script(browser, asked):
    dewi = browser("dewi")
    page = dewi.get(asked["dewi"])
    files = [(BytesIO(PDF), "satu.pdf"), (BytesIO(PDF + b"%"), "dua.pdf")]
    data = {**page.form("/selesai").fields, "isian.jawaban": "Sepuluh", "isian.bukti": files}
    assert dewi.open("POST", page.form("/selesai").action, data=data).status == 303
    shown = dewi.get(asked["dewi"])
    assert {"satu.pdf", "dua.pdf"} <= shown.links.keys()
    served = dewi.open("GET", shown.links["satu.pdf"])
    assert served.answer.data == PDF and "attachment" in served.answer.headers["Content-Disposition"]
    seen = dewi.open("GET", shown.links["satu.pdf"] + "?lihat=1")
    assert "inline" in seen.answer.headers["Content-Disposition"]
    assert seen.answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_refused_file_leaves_nothing_of_its_form_behind(browser, office, asked):
    dewi = browser("dewi")
    page = dewi.get(asked["dewi"])
    files = [(BytesIO(PDF), "baik.pdf"), (BytesIO(b"MZ" + bytes(99)), "jahat.exe")]
    data = {**page.form("/selesai").fields, "isian.jawaban": "Sepuluh", "isian.bukti": files}
    refused = dewi.open("POST", page.form("/selesai").action, data=data)
    assert refused.status == 422 and "jahat.exe" in refused.alert
    assert office.caller("dewi").get(asked["dewi"].replace("/tugas", "/tasks")).json["evidence"] == []


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", SCRIPT + ".pdf", "a" * 300 + ".pdf", '"; filename="x.html', "‮fdp.exe"]
)
def test_a_hostile_file_name_is_only_a_name(browser, asked, name):
    dewi = browser("dewi")
    sent = dewi.open(
        "POST", f"/{dewi.slug}{asked['dewi']}/berkas", {"X-Langkah": "berkas"},
        data={"kunci": "k-1", "bidang": "bukti", "berkas": (BytesIO(PDF), name)},
    )  # fmt: skip
    if sent.status == 200:
        assert "<script" not in sent.source and "../" not in sent.source
        assert "<script" not in dewi.get(asked["dewi"]).source.replace('<script src="/aset/', "")
        (address,) = {link for link in sent.links.values() if "lihat" not in link}
        assert "\n" not in dewi.open("GET", address).answer.headers["Content-Disposition"]
    else:
        assert sent.status == 422 and sent.answer.mimetype == "text/plain"


def test_a_file_is_taken_out_again(browser, asked):
    dewi = browser("dewi")
    at = asked["dewi"]
    sent = dewi.post(
        f"{at}/berkas", {"X-Langkah": "berkas"}, kunci="k-2", bidang="bukti", berkas=(BytesIO(PDF), "a.pdf")
    )
    assert sent.answer.headers["X-Versi"] == "2"
    page = dewi.get(at)
    (button,) = [each for text, each in page.form("/selesai").buttons.items() if text.startswith("Hapus")]
    gone = dewi.open("POST", button["formaction"], data=page.form("/selesai").fields)
    assert gone.status == 303 and "a.pdf" not in dewi.follow(gone).form("/selesai").element.text


def test_it_goes_back_to_one_office_with_the_reason_and_its_last_answers(browser, office, asked):
    for name, path in asked.items():
        one = browser(name)
        one.submit(one.get(path), "/selesai", "Serahkan", **{"isian.jawaban": f"dari {name}"})
    budi = browser("budi")
    check = f"/tugas/{office.caller('budi').inbox()['periksa']}"
    page = budi.get(check)
    nobody = budi.submit(page, "/kembali", "Kembalikan", alasan="Kurang")
    assert nobody.status == 422 and "Kurang" in nobody.form("/kembali").fields["alasan"]
    member = office.world.member("dinkes")
    silent = budi.submit(page, "/kembali", "Kembalikan", peserta=member, alasan=" ")
    assert silent.status == 422 and "alasan" in silent.alert.lower()
    back = budi.submit(budi.get(check), "/kembali", "Kembalikan", peserta=member, alasan="Angkanya kosong")
    assert back.status == 303
    dewi = browser("dewi")
    again = dewi.get(f"/tugas/{office.caller('dewi').inbox()['jawab']}")
    assert "Dikembalikan oleh Budi Contoh" in again.text and "Angkanya kosong" in again.text
    assert again.form("/selesai").fields["isian.jawaban"] == "dari dewi"
    assert "jawab" not in office.caller("eko").inbox()


def test_an_office_never_reads_what_another_answered(browser, asked):
    eko = browser("eko")
    eko.submit(eko.get(asked["eko"]), "/selesai", "Serahkan", **{"isian.jawaban": "rahasia eko"})
    dewi = browser("dewi")
    assert "rahasia eko" not in dewi.get(asked["eko"]).text
    assert "rahasia eko" not in dewi.get(asked["dewi"]).text
    assert "rahasia eko" in browser("ani").get(asked["eko"]).text, "who asked reads it"


def test_a_completion_is_taken_back_while_nobody_has_read_on(browser, case):
    ani = browser("ani")
    ani.submit(ani.get(case[1]), "/selesai", "Selesai, teruskan", **{"isian.isi": "Terlalu cepat"})
    taken = ani.submit(ani.get(case[1]), "/tarik", "Tarik kembali", alasan="Salah ketik")
    page = ani.follow(taken)
    assert page.news.startswith("Penyelesaian ditarik kembali")
    assert page.form("/selesai").fields["isian.isi"] == "Terlalu cepat"


def test_a_superior_hands_a_task_to_somebody_of_his_branch(browser, office, case):
    budi = browser("budi")
    page = budi.get(case[1])
    choice = budi.get(f"{case[1]}/alihkan")
    offered = choice.forms[-1].element.text
    assert "Tono Contoh" in offered and "Dewi Contoh" not in offered
    assert page.links["Alihkan…"].endswith("/alihkan")
    person = str(office.world.people["tono"])
    done = budi.open("POST", f"/{budi.slug}{case[1]}/alihkan", data={
        **choice.forms[-1].fields, "pegawai": person, "alasan": "Ani cuti"})  # fmt: skip
    assert budi.follow(done).news.startswith("Tugas dialihkan.")
    ani = browser("ani")
    assert not any(form.action.endswith("/selesai") for form in ani.get(case[1]).forms)
    assert browser("tono").get(case[1]).form("/selesai")


def test_a_comment_is_text_whatever_is_written(browser, case):
    budi = browser("budi")
    said = budi.submit(budi.get(case[0]), "/komentar", teks=SCRIPT + "\nbaris dua")
    page = budi.follow(said)
    assert SCRIPT in page.text and "<script>alert" not in page.source
    empty = budi.submit(budi.get(case[0]), "/komentar", teks="  ")
    assert empty.status == 422


def test_cancelling_asks_first_and_says_what_follows(browser, office, case):
    ani = browser("ani")
    ask = ani.get(f"{case[0]}/batal")
    assert "Semua tugasnya yang terbuka ditutup" in ask.text
    assert ani.open("POST", f"/{ani.slug}{case[0]}/batal", data={**ask.forms[-1].fields, "alasan": ""}).status == 422
    done = ani.open("POST", f"/{ani.slug}{case[0]}/batal", data={**ask.forms[-1].fields, "alasan": "Salah SOP"})
    page = ani.follow(done)
    assert "Dibatalkan" in page.text and office.caller("ani").inbox() == {}
    eko = browser("eko")
    assert eko.open("POST", f"/{eko.slug}{case[0]}/batal", data={"kunci": "x", "alasan": "iseng"}).status in (403, 409)


def test_the_supervisor_lets_an_office_off_and_lets_another_join(browser, office, asked, case):
    ani = browser("ani")
    late = asked["lila"]
    excused = ani.open("POST", f"/{ani.slug}{late}/kecualikan", data={"kunci": "e-1", "alasan": "Pindah kantor"})
    assert ani.follow(excused).news.startswith("Peserta dikecualikan")
    form = ani.get(f"{case[0]}/peserta/jawab")
    unit = str(office.world.units["sekretariat"])
    joined = ani.open("POST", f"/{ani.slug}{case[0]}/peserta/jawab", data={**form.forms[-1].fields, "unit": unit})
    assert ani.follow(joined).news.startswith("Peserta ditambahkan")
    assert "jawab" in office.caller("sari").inbox()


def test_the_log_goes_back_page_by_page(browser, office, case):
    ani, case_id = browser("ani"), case[0].rsplit("/", 1)[1]
    for number in range(25):
        office.caller("ani").command(f"/cases/{case_id}/comments", {"text": f"catatan {number}"})
    page = ani.get(case[0])
    assert "catatan 24" in page.text and "catatan 3" not in page.text.split()
    older = ani.open("GET", page.links["Catatan yang lebih lama"])
    assert "catatan 3" in older.text and "memulai pelaksanaan ini" in older.text
    fragment = ani.open("GET", page.links["Catatan yang lebih lama"], {"HX-Request": "true"})
    assert "<html" not in fragment.source and "catatan 3" in fragment.text


def test_nothing_is_there_for_another_government(browser, found, case):
    abroad = found()
    eve = browser("budi", abroad)
    for path in (*case, f"{case[0]}/catatan", f"{case[0]}/batal", f"{case[1]}/alihkan", f"{case[1]}/kecualikan"):
        assert eve.get(path).status == 404, path
    for path in (f"{case[0]}/komentar", f"{case[0]}/batal", f"{case[0]}/putuskan"):
        assert eve.post(path, kunci="k", teks="x", alasan="x").status == 404, path
    for act in ("mulai", "simpan", "selesai", "kembali", "tarik", "kecualikan"):
        assert eve.post(f"{case[1]}/{act}", kunci="k", versi="1", alasan="x").status == 404, act


def test_a_secret_case_is_not_there_for_who_takes_no_part(browser, office):
    from tests.core.api.office import RAHASIA

    code = office.put_in_force(RAHASIA)
    answer = office.start("ani", code, perihal="Tertutup")
    gita = browser("gita")
    assert gita.get(f"/pelaksanaan/{answer['case']['id']}").status == 404
    assert "Tertutup" not in gita.get("/pelaksanaan").text
    assert "Tertutup" in browser("ani").get("/pelaksanaan").text


def test_a_form_without_its_hidden_fields_is_refused_in_words(browser, case):
    ani = browser("ani")
    refused = ani.post(f"{case[1]}/selesai", **{"isian.isi": "x"})
    assert refused.status == 422 and "tidak lengkap terkirim" in refused.alert
    assert ani.post(f"{case[1]}/selesai", kunci="k", versi="٣").status == 422
    assert ani.post(f"{case[1]}/alihkan", kunci="k", versi="1", pegawai="bukan-id", alasan="x").status == 422


def test_a_text_no_column_can_hold_is_refused(browser, case):
    ani = browser("ani")
    fields = ani.get(case[1]).form("/selesai").fields
    assert ani.post(f"{case[1]}/selesai", **{**fields, "isian.isi": "a\x00b"}).status == 422
    assert ani.post(f"{case[0]}/komentar", kunci="k", teks="a\x00b").status == 422


# The statements of each page, whatever the case has been through.
def test_the_page_of_a_case_costs_the_same_at_its_first_and_its_hundredth_event(platform, browser, office, case):
    ani, case_id = browser("ani"), case[0].rsplit("/", 1)[1]
    ani.get(case[1])
    with counted(platform.database) as first:
        ani.get(case[0])
    for number in range(60):
        office.caller("ani").command(f"/cases/{case_id}/comments", {"text": f"catatan {number}"})
    with counted(platform.database) as later:
        ani.get(case[0])
    assert len(first) == len(later) <= 13, "\n---\n".join(later)


def test_a_task_done_by_its_form_costs_few_statements_more_than_by_the_api(platform, browser, case):
    ani = browser("ani")
    page = ani.get(case[1])
    with counted(platform.database) as sent:
        assert ani.submit(page, "/selesai", "Selesai, teruskan", **{"isian.isi": "ada"}).status == 303
    assert len(sent) == 5, "\n---\n".join(sent)


def test_an_office_finds_its_own_file_however_many_others_came_after(browser, office, asked, case, monkeypatch):
    for name in ("dewi", "eko"):
        office.caller(name).attach(asked[name].rsplit("/", 1)[1], "bukti", name=f"{name}.pdf")
    monkeypatch.setattr("core.engine.casefile.MOST_FILES", 1)
    assert "dewi.pdf" in browser("dewi").get(case[0]).links
    assert "eko.pdf" in browser("ani").get(case[0]).links


def test_every_event_has_its_words_or_is_bookkeeping():
    assert set(ACTS) | set(BOOKKEEPING) == set(KINDS)
    assert not set(ACTS) & set(BOOKKEEPING)


def test_a_task_by_its_address_costs_what_its_case_costs(platform, browser, case):
    ani = browser("ani")
    ani.get(case[1])
    with counted(platform.database) as of_task:
        ani.get(case[1])
    with counted(platform.database) as of_case:
        ani.get(case[0])
    assert len(of_task) == len(of_case) == 9, "\n---\n".join(of_task)
