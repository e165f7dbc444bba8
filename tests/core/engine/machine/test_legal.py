"""What is legal now, for whom, and where it leads."""

from core.engine.legal import Option, legal
from tests.core.engine.machine.world import Case, flow, step

FLOW = flow(
    step("data", "opd", each="all"),
    step("rekap", "kabid", to="rapat", back="data"),
    step("rapat", "kadis"),
)


def options(case, by, step, member="", **facts):
    return legal(case.flow, case.state, case.facts(by, **facts), step, member)


def names(case, by, step, member="", **facts):
    return [option.command for option in options(case, by, step, member, **facts)]


def story() -> Case:
    return Case(FLOW, ("dinkes", "disdik")).start("ani@opd")


def test_a_member_may_begin_and_finish_his_part():
    case = story()
    assert names(case, "ani@dinkes", "data", "dinkes") == ["comment", "begin", "complete"]
    case.begin("ani@dinkes", "data", "dinkes")
    assert names(case, "ani@dinkes", "data", "dinkes") == ["comment", "complete"]
    assert names(case, "ani@dinkes", "data", "disdik") == ["comment"]
    case.complete("ani@dinkes", "data", "dinkes")
    assert names(case, "ani@dinkes", "data", "dinkes") == ["comment", "withdraw"]


def test_a_stranger_may_nothing():
    assert names(story(), "eko", "data", "dinkes", sees=False) == []


def test_a_supervisor_may_steer():
    found = names(story(), "boss", "data", "dinkes", supervises=True)
    assert found == ["comment", "cancel", "reassign", "excuse", "add_member"]


def test_a_return_names_its_target_and_the_members_to_choose_from():
    case = story()
    case.complete("ani@dinkes", "data", "dinkes")
    case.complete("eka@disdik", "data", "disdik")
    assert options(case, "budi@kabid", "rekap")[2:] == (
        Option("complete", "rekap", 1, "", "selesai", "rapat"),
        Option("complete", "rekap", 1, "", "dikembalikan", "data", True, ("dinkes", "disdik"), True),
    )


def test_a_waiting_step_is_the_supervisors():
    case = story()
    case.excuse("data", "dinkes")
    case.excuse("data", "disdik")
    found = options(case, "boss", "data", supervises=True)
    assert Option("conclude", "data", 1, "", "selesai", "rekap") in found
    case.conclude("boss", "data")
    assert "withdraw" in names(case, "boss", "data")


def test_segregation_is_seen_before_the_button():
    judged = flow(step("hitung"), step("periksa", "kabid", not_by=("hitung",)))
    case = Case(judged).start()
    case.complete("siti@tim", "hitung")
    assert names(case, "siti@kabid", "periksa") == ["comment"]
    assert names(case, "budi@kabid", "periksa") == ["comment", "begin", "complete"]


def test_a_step_never_reached_offers_nothing_of_its_own():
    assert names(story(), "wati@kadis", "rapat") == ["comment"]


def test_a_self_return_shows_the_withdrawal_of_the_visit_that_moved():
    case = Case(flow(step("hitung", to="end", back="hitung"))).start()
    case.give_back("siti@tim", "hitung")
    found = [each for each in options(case, "siti@tim", "hitung") if each.command == "withdraw"]
    assert found == [Option("withdraw", "hitung", 1, reason=True)]
