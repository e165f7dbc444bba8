"""The start of a case in a browser: what it asks, what it will be called, who gets it; refused, repeated, denied."""

import uuid
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from core.engine import library, options
from core.engine.models import Case
from tests.core.api.office import SURVEI
from tests.core.web.sops import put_in_force

pytestmark = pytest.mark.database

NEEDED = SURVEI.replace("{key: perihal, label: Perihal, type: text}", (
    "{key: perihal, label: Perihal, type: text, required: true}, {key: tahun, label: Tahun, type: number}"
))  # fmt: skip


def test_a_start_shows_the_subject_and_who_gets_the_first_task_and_leads_to_the_case(office, browser):
    put_in_force(office, NEEDED)
    ani = browser("ani")
    page = ani.follow(ani.open("GET", ani.get("/sop/survei").links["Mulai pelaksanaan"]))
    told = next(page.root.all("section")).text
    assert "Perihal Survei: Perihal" in told and "Langkah pertama 1. Menulis pertanyaan" in told
    assert "Tim tim" in told and "Tono Contoh" in told
    answer = ani.submit(page, "/mulai", "Mulai pelaksanaan", **{"isian.perihal": "Layanan", "isian.tahun": "2026"})
    case = ani.follow(answer)
    assert (answer.status, case.heading) == (303, "Survei: Layanan")
    assert "Pelaksanaan dimulai." in case.news


def test_a_start_that_is_refused_keeps_what_was_typed(office, browser):
    put_in_force(office, NEEDED)
    ani = browser("ani")
    typed = {"isian.perihal": "  ", "isian.tahun": "dua ribu <b>"}
    page = ani.submit(ani.get("/sop/survei/mulai"), "/mulai", "Mulai pelaksanaan", **typed)
    assert page.status == 422 and "Perihal: wajib diisi" in page.alert
    assert page.form("/mulai").fields["isian.tahun"] == "dua ribu <b>"
    assert "Tahun:" in next(page.root.all(id="isian.tahun-salah")).text
    page = ani.submit(page, "/mulai", "Mulai pelaksanaan", **{"isian.perihal": "Baik", "isian.tahun": "2026"})
    assert page.status == 303


def test_a_form_sent_twice_starts_one_case(office, browser):
    put_in_force(office)
    ani = browser("ani")
    page = ani.get("/sop/survei/mulai")
    answers = [ani.submit(page, "/mulai", **{"isian.perihal": "Sekali"}) for _ in range(2)]
    assert [each.status for each in answers] == [303, 303] and answers[0].onward == answers[1].onward
    with office.world.scope() as session:
        assert len(session.scalars(select(Case.id)).all()) == 1
    assert "tidak lengkap terkirim" in ani.post("/sop/survei/mulai").alert


def test_who_may_not_start_is_not_offered_it_and_is_refused(office, browser):
    put_in_force(office)
    budi = browser("budi")
    assert "Mulai pelaksanaan" not in budi.get("/sop/survei").links
    page = budi.get("/sop/survei/mulai")
    assert page.status == 403 and page.text.count("memulai") >= 1
    assert budi.post("/sop/survei/mulai", kunci=uuid.uuid4().hex).status == 403


def test_a_sop_without_an_edition_in_force_says_so_and_cannot_be_started(office, browser):
    put_in_force(office, force=False)
    ani = browser("ani")
    page = ani.get("/sop/survei")
    assert "belum memiliki edisi yang berlaku" in page.text and "Mulai pelaksanaan" not in page.links
    assert "belum ada edisi yang berlaku" in ani.get("/sop").text
    refused = ani.get("/sop/survei/mulai")
    assert refused.status == 409 and 'SOP "survei" belum memiliki edisi yang berlaku' in refused.text
    assert ani.post("/sop/survei/mulai", kunci="k").status == 409


def test_the_start_is_the_machines_own_answer(office):
    put_in_force(office)
    with office.world.scope() as session:
        procedure = library.procedure_of(session, "survei")
        loaded = office.world.engine.editions.get(session, procedure.effective_id)
        may = {
            name: options.may_start(loaded, office.world.actor_in(session, name), datetime.now(UTC))
            for name in ("ani", "tono", "budi", "gita")
        }
    assert may == {"ani": True, "tono": True, "budi": False, "gita": False}
