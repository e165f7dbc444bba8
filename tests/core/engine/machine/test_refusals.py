"""Every refused command, with the message its user reads; none of them changes anything."""

import pytest

from core.engine import refusals
from core.engine.commands import (
    AddMember,
    Begin,
    Cancel,
    Comment,
    Complete,
    Conclude,
    Excuse,
    Reassign,
    Start,
    Withdraw,
)
from core.engine.facts import Assignee, Member
from core.errors import LangkahError
from tests.core.engine.machine.world import Case, flow, step

FLOW = flow(
    step("minta", label="1 (Meminta data)"),
    step("data", "opd", each="all", label="2 (Mengirim data)"),
    step("rekap", "kabid", to="rapat", back="data", not_by=("minta",), label="3 (Merekap)"),
    step(
        "pilih",
        outcomes={"setuju": "rapat", "ulang": ""},
        return_targets=("minta", "rekap"),
        default_outcome=None,
    ),
    step("rapat", "kadis"),
)
OPDS = ("dinkes", "disdik")


def fresh() -> Case:
    return Case(FLOW, OPDS)


def begun() -> Case:
    return fresh().start()


def asked() -> Case:
    case = begun()
    case.complete("siti@tim", "minta")
    return case


def judging() -> Case:
    case = asked()
    for member in OPDS:
        case.complete(f"p-{member}@{member}", "data", member)
    return case


def choosing() -> Case:
    case = Case(flow(step("minta"), step("rekap"), FLOW.steps[3], step("rapat")), OPDS).start()
    case.complete("siti@tim", "minta")
    case.complete("siti@tim", "rekap")
    return case


def ended() -> Case:
    case = begun()
    case.cancel()
    return case


def returned() -> Case:
    case = judging()
    case.give_back("budi@kabid", "rekap", ("dinkes",))
    return case


def reassigned() -> Case:
    case = begun()
    case.reassign("minta", "budi")
    return case


BOSS = {"supervises": True}
RIGHT = {"supervises": True, "receiver_able": True}
CANDIDATE = {"supervises": True, "candidate": Member("dinkes", Assignee("unit", "dinkes"))}

TABLE = [
    # the case
    (fresh, "siti@tim", Begin("minta", 1), {}, "NoSuchTask", 404, "Tugas ini tidak ada dalam pelaksanaan"),
    (fresh, "budi@kabid", Start(), {}, "MayNotStart", 403, "tidak berwenang memulai SOP ini"),
    (fresh, "siti@tim", Comment("hai"), {}, "CaseClosed", 409, "Pelaksanaan ini belum dimulai"),
    (begun, "siti@tim", Start(), {}, "AlreadyStarted", 409, "sudah dimulai"),
    (ended, "siti@tim", Comment("hai"), {}, "CaseClosed", 409, "Pelaksanaan ini sudah dibatalkan"),
    (ended, "boss", Cancel("sudah"), BOSS, "CaseClosed", 409, "sudah dibatalkan"),
    (begun, "siti@tim", Cancel("bosan"), {}, "NotSupervisor", 403, "dapat membatalkan pelaksanaan"),
    (begun, "boss", Cancel("  "), BOSS, "ReasonRequired", 422, "Alasan wajib diisi untuk membatalkan"),
    (begun, "siti@tim", Comment(" \n"), {}, "TextRequired", 422, "Komentar masih kosong"),
    (begun, "siti@tim", Comment("hai", "rapat"), {}, "NoSuchTask", 404, "Tugas ini tidak ada"),
    (begun, "siti@tim", Comment("hai", "minta", "x"), {}, "NoSuchTask", 404, "Tugas ini tidak ada"),
    (begun, "siti@tim", Comment("hai"), {"sees": False}, "MayNotComment", 403, "tidak ikut serta"),
    # whose task
    (begun, "siti@tim", Complete("entah", 1), {}, "NoSuchTask", 404, "Muat ulang halaman"),
    (begun, "siti@tim", Complete("minta", 2), {}, "NoSuchTask", 404, "Muat ulang halaman"),
    (begun, "siti@tim", Complete("minta", 0), {}, "NoSuchTask", 404, "Muat ulang halaman"),
    (begun, "siti@tim", Complete("minta", 1, "dinkes"), {}, "NoSuchTask", 404, "Muat ulang halaman"),
    (begun, "budi@kabid", Complete("minta", 1), {}, "NotYours", 403, "Tugas ini bukan tugas Anda"),
    (begun, "budi@kabid", Begin("minta", 1), {}, "NotYours", 403, "Tugas ini bukan tugas Anda"),
    (asked, "ani@disdik", Complete("data", 1, "dinkes"), {}, "NotYours", 403, "Tugas ini bukan tugas Anda"),
    (asked, "rina@tim", Complete("minta", 1), {}, "TaskClosed", 409, "sudah diselesaikan oleh Siti Aminah"),
    (ended, "siti@tim", Complete("minta", 1), {}, "TaskClosed", 409, "Tugas ini sudah dibatalkan"),
    (returned, "budi@kabid", Complete("rekap", 1), {}, "TaskClosed", 409, "dikembalikan oleh Budi Santoso"),
    (returned, "p-dinkes@dinkes", Complete("data", 1, "dinkes"), {}, "TaskClosed", 409, "tidak berlaku"),
    (returned, "ani@dinkes", Complete("data", 2, "dinkes"), {}, "OfferedToOther", 403, "dulu mengerjakan"),
    (reassigned, "siti@tim", Begin("minta", 1), {}, "ReassignedToOther", 403, "dialihkan kepada Budi Santoso"),
    (judging, "siti@kabid", Complete("rekap", 1), {}, "SegregationBroken", 403, "langkah 1 .Meminta"),
    # outcomes and returns
    (begun, "siti@tim", Complete("minta", 1, "", "tolak"), {}, "UnknownOutcome", 422, '"tolak" tidak ada'),
    (asked, "a@dinkes", Complete("data", 1, "dinkes", "x"), {}, "UnknownOutcome", 422, "satu: selesai"),
    (choosing, "siti@tim", Complete("pilih", 1), {}, "OutcomeRequired", 422, "satu: setuju, ulang"),
    (choosing, "siti@tim", Complete("pilih", 1, "", "ulang", "x"), {}, "TargetRequired", 422, ": minta, rekap"),
    (
        choosing, "siti@tim", Complete("pilih", 1, "", "ulang", "x", "rapat"), {},
        "UnknownTarget", 422, '"rapat" tidak dimungkinkan. Pilih salah satu: minta, rekap',
    ),
    (
        choosing, "siti@tim", Complete("pilih", 1, "", "setuju", None, "minta"), {},
        "UnknownTarget", 422, "Pilih salah satu: rapat",
    ),
    (
        choosing, "siti@tim", Complete("pilih", 1, "", "ulang", " ", "minta"), {},
        "ReasonRequired", 422, "untuk mengembalikan tugas",
    ),
    (
        choosing, "siti@tim", Complete("pilih", 1, "", "ulang", "x", "minta", ("dinkes",)), {},
        "UnknownMember", 422, r'"dinkes" tidak ada .* Pilih dari: \(tanpa peserta\)',
    ),
    (
        judging, "budi@kabid", Complete("rekap", 1, "", "dikembalikan", "x"), {},
        "MembersRequired", 422, r"langkah 2 \(Mengirim data\) dikembalikan: dinkes, disdik",
    ),
    (
        judging, "budi@kabid", Complete("rekap", 1, "", "dikembalikan", "x", None, ("dishub",)), {},
        "UnknownMember", 422, "Pilih dari: dinkes, disdik",
    ),
    (
        begun, "siti@tim", Complete("minta", 1), {"members": {}},
        "NoAssignee", 409, r"Langkah 2 \(Mengirim data\) .* pelaksananya belum ditetapkan",
    ),
    # members
    (asked, "ani@dinkes", Excuse("data", "dinkes", "x"), {}, "NotSupervisor", 403, "mengecualikan peserta"),
    (asked, "boss", Excuse("data", "dinkes", ""), BOSS, "ReasonRequired", 422, "mengecualikan peserta"),
    (asked, "boss", Excuse("data", "dishub", "x"), BOSS, "NoSuchTask", 404, "Tugas ini tidak ada"),
    (asked, "boss", Excuse("rapat", "", "x"), BOSS, "NoSuchTask", 404, "Tugas ini tidak ada"),
    (judging, "boss", Excuse("data", "dinkes", "x"), BOSS, "TaskClosed", 409, "sudah diselesaikan oleh"),
    (begun, "boss", Excuse("minta", "", "x"), BOSS, "StepClosed", 409, "tidak sedang berjalan"),
    (begun, "boss", AddMember("minta", "dinkes"), CANDIDATE, "StepClosed", 409, "tidak sedang berjalan"),
    (begun, "boss", AddMember("entah", "dinkes"), CANDIDATE, "StepClosed", 409, "tidak sedang berjalan"),
    (judging, "boss", AddMember("data", "dinkes"), CANDIDATE, "StepClosed", 409, "tidak sedang berjalan"),
    (asked, "ani@dinkes", AddMember("data", "dishub"), {}, "NotSupervisor", 403, "menambah peserta"),
    (asked, "boss", AddMember("data", "dishub"), BOSS, "UnknownMember", 422, "Pilih dari: unit yang aktif"),
    (asked, "boss", AddMember("data", "dinkes"), CANDIDATE, "AlreadyMember", 409, "sudah menjadi peserta"),
    (asked, "boss", Conclude("data", 1), BOSS, "NotAwaited", 409, "tidak sedang menunggu keputusan"),
    (asked, "boss", Conclude("entah", 1), BOSS, "NotAwaited", 409, "tidak sedang menunggu keputusan"),
    # reassign, withdraw
    (begun, "siti@tim", Reassign("minta", 1, "x", "y"), {}, "NotSupervisor", 403, "mengalihkan tugas"),
    (begun, "boss", Reassign("minta", 1, "x", ""), RIGHT, "ReasonRequired", 422, "mengalihkan tugas"),
    (begun, "boss", Reassign("minta", 1, "x", "y"), BOSS, "ReceiverUnable", 422, "Pilih pegawai aktif"),
    (asked, "boss", Reassign("minta", 1, "x", "y"), RIGHT, "TaskClosed", 409, "sudah diselesaikan"),
    (asked, "siti@tim", Withdraw("minta", 1, " "), {}, "ReasonRequired", 422, "menarik kembali tugas"),
    (asked, "rina@tim", Withdraw("minta", 1, "x"), {}, "MayNotWithdraw", 403, "Hanya yang menyelesaikan"),
    (asked, "siti@tim", Withdraw("minta", 1, "x"), {"unread": False}, "CannotWithdraw", 409, "sudah membaca"),
    (asked, "siti@tim", Withdraw("entah", 1, "x"), {}, "NoSuchTask", 404, "Tugas ini tidak ada"),
    (judging, "siti@tim", Withdraw("minta", 1, "x"), {}, "CannotWithdraw", 409, "sudah berjalan lebih jauh"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("story", "by", "command", "facts", "error", "status", "message"),
    TABLE,
    ids=[f"{row[4]}-{row[0].__name__}-{type(row[2]).__name__}-{place}" for place, row in enumerate(TABLE)],
)
def test_refused(story, by, command, facts, error, status, message):
    case = story()
    before, logged = case.state, list(case.log)
    with pytest.raises(LangkahError, match=message) as found:
        case.do(by, command, **facts)
    assert type(found.value).__name__ == error
    assert found.value.status == status
    assert (case.state, case.log) == (before, logged)


def test_a_supervisor_is_refused_the_decision_of_another():
    case = asked()
    for member in OPDS:
        case.excuse("data", member)
    with pytest.raises(refusals.NotSupervisor, match="memutuskan kelanjutan langkah ini"):
        case.conclude("ani@dinkes", "data", supervises=False)
    with pytest.raises(refusals.NotAwaited):
        case.do("boss", Conclude("data", 9), supervises=True)
    with pytest.raises(refusals.UnknownOutcome):
        case.conclude("boss", "data", "entah")


def test_every_refusal_is_tried_and_has_its_own_type():
    own = [each for each in vars(refusals).values() if isinstance(each, type) and each.__module__ == refusals.__name__]
    assert {each.__name__ for each in own} == {row[4] for row in TABLE}
    assert len({each.type for each in own}) == len(own)
