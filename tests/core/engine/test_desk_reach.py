"""No list reads more than a page of each desk, however much lies there and in other people's hands."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from core.engine import desk
from core.engine.queries import After
from core.tenancy.scope import tenant_transaction

pytestmark = pytest.mark.database

PAGE = 20
READ = text(
    """
    SELECT coalesce(sum(coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0)), 0)::int AS rows
      FROM pg_stat_xact_user_tables WHERE relname = 'tasks'
    """
)

AHEAD = text("SELECT count(*) FROM tasks WHERE status = 'open' AND assignee_id = ANY (:desks) AND due_at > now()")


@pytest.fixture
def crowded(busy):
    """A transaction in which every desk of the dinas has a thousand open tasks, half of them with a deadline."""
    with tenant_transaction(busy.database, busy.slug) as session:
        session.execute(
            text(
                """
                UPDATE tasks t SET assignee_id = (ARRAY[:kabid, :staf, :unit, :tim])[1 + picked.number % 4]
                  FROM (SELECT id, row_number() OVER (ORDER BY id)::int AS number FROM tasks
                         WHERE status = 'open' ORDER BY id LIMIT 4000) picked
                 WHERE t.id = picked.id
                """
            ).bindparams(
                kabid=busy.positions["kabid"],
                staf=busy.positions["staf"],
                unit=busy.units["bidang"],
                tim=busy.teams["tim"],
            )
        )
        yield session
        session.rollback()


def read(session, act):
    """(what it gives, how many tasks the server read for it)."""
    before = session.execute(READ).scalar_one()
    given = act()
    return given, session.execute(READ).scalar_one() - before


@pytest.mark.parametrize("which", ["menunggu", "terlambat", "diawasi", "selesai"])
@pytest.mark.parametrize("name", ["budi", "hadi"])
def test_a_page_costs_a_page_of_each_desk_the_first_as_the_tenth(busy, crowded, which, name):
    actor, now = busy.actor_in(crowded, name), datetime.now(UTC)
    desks, after = len(actor.covers) + 30, None
    for _ in range(10):
        asked = desk.Asked(now, which, PAGE, after)
        rows, cost = read(crowded, lambda asked=asked: desk.page(crowded, actor, asked))
        assert cost <= PAGE * desks
        if not rows:
            break
        after = After(rows[-1].closed_at if which == "selesai" else rows[-1].due_at, rows[-1].id)
    assert name == "hadi" or which == "terlambat" or after is not None


def test_the_sums_stop_at_a_hundred_of_each_but_for_what_is_not_due_soon_yet(busy, crowded):
    for name in ("budi", "hadi"):
        actor = busy.actor_in(crowded, name)
        sums, cost = read(crowded, lambda actor=actor: desk.tally(crowded, actor, datetime.now(UTC)))
        assert name == "hadi" or (sums.open, sums.supervised_late) == (desk.MOST, desk.MOST)
        assert max(sums.late, sums.soon, sums.open, sums.supervised_late) <= desk.MOST
        ahead = crowded.execute(AHEAD, {"desks": list(actor.covers)}).scalar_one()
        assert cost <= 4 * desk.MOST + ahead
