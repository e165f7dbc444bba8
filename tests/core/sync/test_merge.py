"""The three-way judgement, and any sequence of edits on both sides: no edit of the database is ever lost unseen."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from core.organization.models import Unit
from core.organization.units import update_unit
from core.sync.merge import APPLIED, Verdict, differing, judge
from core.sync.request import SyncConflict
from core.tenancy.scope import tenant_transaction
from tests.core.organization.offices import BY
from tests.core.sync.folders import Government, run

HASH = st.none() | st.sampled_from("abc")


@given(HASH, HASH, HASH, st.none() | st.sampled_from(["file", "database"]))
def test_the_database_is_overwritten_only_where_nobody_changed_it_or_somebody_said_so(file, applied, database, take):
    found = judge(file, applied, database, take)
    if found.verdict in APPLIED:
        assert file != database
        assert database == applied or take == "file"
        assert found.memory == file
    if found.verdict is Verdict.CONFLICT:
        assert take is None
        assert len({file, applied, database}) == 3
    if found.verdict is Verdict.SAME:
        assert file == database == found.memory


@given(HASH, HASH, HASH)
def test_a_choice_settles_a_conflict_for_good(file, applied, database):
    for take, after in (("file", file), ("database", database)):
        memory = judge(file, applied, database, take).memory
        again = judge(file, memory, after).verdict
        assert again in (Verdict.SAME, Verdict.KEPT)
        assert again is Verdict.SAME or take == "database"


def test_what_differs_is_named():
    assert differing({"a": 1, "b": 2}, {"a": 1, "b": 3, "c": 4}) == ("b", "c")
    assert differing(None, {"a": 1}) == ()


NAMES = st.sampled_from(["satu", "dua", "tiga"])
MOVES = st.lists(
    st.tuples(st.sampled_from(["file", "database"]), st.sampled_from(["dinas", "badan"]), NAMES)
    | st.tuples(st.just("sync"), st.none() | st.sampled_from(["file", "database"]), st.just("")),
    min_size=1,
    max_size=12,
)


@pytest.mark.database
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(MOVES)
def test_no_edit_of_the_database_is_lost_unseen(database, tmp_path_factory, moves):
    root = tmp_path_factory.mktemp("daerah") / "tenants"
    city = Government(root)
    run(database, root)
    last = {"dinas": "Dinas", "badan": "Badan"}  # what was last applied of each unit's name
    for act, what, name in [*moves, ("sync", None, "")]:
        if act == "file":
            city.item("units", what)["name"] = name
            city.write()
        elif act == "database":
            with tenant_transaction(database, city.slug) as session:
                update_unit(session, BY, session.scalars(select(Unit).where(Unit.key == what)).one().id, name=name)
        else:
            last = synced(database, root, city, what, last)


def synced(database, root, city, take, last):
    """One sync, held against what it may do; returns what it has applied since."""
    files = {key: city.item("units", key)["name"] for key in last}
    before = names(database, city)
    clashing = {key for key in last if len({files[key], last[key], before[key]}) == 3}
    chosen = {f"unit:{key}": take for key in clashing} if take else {}
    if clashing and not take:
        with pytest.raises(SyncConflict) as refused:
            run(database, root)
        assert {line.object.key for line in refused.value.lines} == clashing
        assert names(database, city) == before
        return last
    report = run(database, root, takes=chosen)
    after = names(database, city)
    for key in last:
        if key in clashing:
            assert after[key] == (files[key] if take == "file" else before[key])
        elif before[key] != last[key]:
            assert after[key] == before[key], "an edit of the database was lost"
            told = {line.object.key for line in report.lines if line.verdict is Verdict.KEPT}
            assert key in told or files[key] == before[key]
        else:
            assert after[key] == files[key]
    return {key: files[key] for key in last}


def names(database, city):
    with tenant_transaction(database, city.slug) as session:
        rows = session.scalars(select(Unit).where(Unit.key.in_(["dinas", "badan"])))
        return {row.key: row.name for row in rows}
