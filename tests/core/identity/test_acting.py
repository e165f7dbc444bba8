"""The choice of a post: what it narrows, what it records, and what it never takes away."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, select

from core.audit.models import AuditEntry
from core.database import new_id
from core.identity import actor, sessions, tokens
from core.identity.acting import PostNotHeld
from core.identity.models import ApiToken, LoginSession
from core.identity.sessions import UnknownSession
from core.identity.tokens import UnknownToken
from core.organization.models import Assignment, PositionBranch
from core.tenancy.scope import tenant_transaction
from tests.core.identity.conftest import NOW, TODAY, Office
from tests.statements import counted

pytestmark = pytest.mark.database


class Two:
    """Sari: Sekretaris, and Plt. Kepala Dinas until tomorrow; by name in one team, through a post in another."""

    def __init__(self, session, town):
        self.sari = town.person("sari")
        self.head = town.position("kadis", head=True)
        self.secretary = town.position("sekretaris", self.head)
        self.clerk = town.position("staf", self.secretary)
        self.expert = town.position("ahli", self.head)
        town.assign(self.sari, self.secretary)
        town.assign(self.sari, self.head, "plt", ends=TODAY + timedelta(days=1))
        self.by_name, self.both = town.team("bernama", self.sari), town.team("berdua", self.head, self.secretary)
        self.mixed = town.team("campur", self.sari, self.secretary)
        town.grant(town.role("kepala", "cases.cancel"), self.head)
        self.unit = town.unit
        self.budi, self.lasting = town.person("budi"), town.position("kabid", self.head)
        town.assign(self.budi, self.lasting)
        self.passing = town.position("sementara")
        self.cookie = sessions.create(session, self.sari, NOW)
        self.token, self.secret = tokens.issue(session, self.sari.id, "skrip", None, NOW)


@pytest.fixture
def two(office):
    with office() as (session, town):
        return Two(session, town)


@pytest.fixture
def choose(two, scope):
    """Chooses a post in the browser's session; gives the actor of the next request."""

    def chosen(position, today=TODAY):
        with scope() as session:
            me = actor.by_session(session, two.cookie, NOW)
            sessions.act_as(session, me, me.sign, position.id if position else None, NOW)
        with scope(today) as session:
            return actor.by_session(session, two.cookie, NOW)

    return chosen


def test_without_a_choice_everything_lies_on_the_desk(two, choose):
    me = choose(None)
    assert me.acting is None and set(me.desk_of(me.acting)) == set(me.covers)
    assert [post for post, *_ in me.positions] == [two.secretary.id, two.head.id]


def test_the_chosen_post_comes_first_and_its_tasks_alone_are_on_the_desk(two, choose):
    me = choose(two.head)
    assert me.acting == two.head.id
    assert me.positions == ((two.head.id, "Kadis", "plt"), (two.secretary.id, "Sekretaris", "definitive"))
    assert set(me.desk_of(me.acting)) == {
        two.head.id, two.expert.id, two.unit.id, two.both.id, two.by_name.id, two.mixed.id, two.sari.id
    }  # fmt: skip
    other = choose(two.secretary)
    assert set(other.desk_of(other.acting)) == {
        two.secretary.id, two.clerk.id, two.both.id, two.by_name.id, two.mixed.id, two.sari.id
    }  # fmt: skip


def test_where_both_posts_answer_the_chosen_one_is_recorded(two, choose):
    me = choose(two.head)
    assert me.covers[two.both.id] == (two.head.id, "plt"), "though he is definitive in the other"
    assert me.covers[two.sari.id] == (two.head.id, "plt"), "what is given to him by name he does in the chosen post"
    assert me.covers[two.mixed.id] == (None, "team"), "where the chosen post has no seat he sits by name"
    assert choose(two.secretary).covers[two.mixed.id] == (two.secretary.id, "definitive")
    assert choose(None).covers[two.both.id] == (two.secretary.id, "definitive")


def test_a_choice_takes_nothing_from_what_he_may_do(two, choose):
    before, after = choose(None), choose(two.secretary)
    assert after.covers.keys() == before.covers.keys() and after.rights == before.rights == {"cases.cancel"}
    assert after.covers[two.head.id] == (two.head.id, "plt")


def test_a_post_that_ended_is_no_choice_any_more(two, choose):
    me = choose(two.head, TODAY + timedelta(days=2))
    assert me.acting is None and set(me.desk_of(me.acting)) == set(me.covers)
    assert [post for post, *_ in me.positions] == [two.secretary.id]


def test_another_browser_and_a_token_keep_their_own_choice(two, choose, scope):
    choose(two.head)
    with scope() as session:
        other = sessions.create(session, two.sari, NOW)
        me = actor.by_token(session, two.secret, NOW)
        tokens.act_as(session, me, me.sign, two.secretary.id, NOW)
        assert actor.by_token(session, two.secret, NOW).acting == two.secretary.id
        assert actor.by_session(session, two.cookie, NOW).acting == two.head.id
        assert actor.by_session(session, other, NOW).acting is None
        assert actor.by_person(session, two.sari.id).acting is None


def test_only_a_post_held_today_can_be_chosen(two, scope, database, other_tenant):
    with tenant_transaction(database, other_tenant.slug) as session:
        foreign = Office(session).position("kadis").id
    with scope() as session:
        me = actor.by_session(session, two.cookie, NOW)
        for post in (two.clerk.id, two.lasting.id, foreign, new_id()):
            with pytest.raises(PostNotHeld, match="tidak memegang jabatan ini hari ini") as refused:
                sessions.act_as(session, me, me.sign, post, NOW)
            with pytest.raises(PostNotHeld):
                tokens.act_as(session, me, two.token.id, post, NOW)
        assert refused.value.status == 404
    with scope(TODAY + timedelta(days=2)) as session:
        me = actor.by_session(session, two.cookie, NOW)
        with pytest.raises(PostNotHeld):
            sessions.act_as(session, me, me.sign, two.head.id, NOW)


def test_nobody_chooses_in_anothers_session_or_in_one_that_has_ended(two, scope):
    with scope() as session:
        me = actor.by_person(session, two.budi.id)
        hers = actor.by_session(session, two.cookie, NOW).sign
        for session_id in (hers, None, two.token.id):
            with pytest.raises(UnknownSession, match="Muat ulang daftar sesi"):
                sessions.act_as(session, me, session_id, two.lasting.id, NOW)
        with pytest.raises(UnknownToken):
            tokens.act_as(session, me, two.token.id, two.lasting.id, NOW)
    with scope() as session:
        me = actor.by_session(session, two.cookie, NOW)
        with pytest.raises(UnknownSession):
            sessions.act_as(session, me, me.sign, two.head.id, NOW + timedelta(hours=12))
        sessions.leave(session, two.cookie, NOW)
        with pytest.raises(UnknownSession):
            sessions.act_as(session, me, me.sign, two.head.id, NOW)


def test_a_choice_is_audited_once_however_often_it_is_made(two, choose, scope):
    for post in (two.head, two.head, None, None):
        choose(post)
    with scope() as session:
        entries = list(session.scalars(select(AuditEntry).where(AuditEntry.kind == "post.chosen")))
        sign = session.scalars(select(LoginSession.id)).one()
    assert [entry.details for entry in entries] == [{"position": str(two.head.id)}, {"position": None}]
    assert {(entry.person_id, entry.subject) for entry in entries} == {(two.sari.id, str(sign))}


def test_the_choice_is_read_with_the_actor_in_his_one_statement_and_made_in_two(two, scope, database):
    with counted(database) as sent, scope() as session:
        me = actor.by_session(session, two.cookie, NOW)
        sessions.act_as(session, me, me.sign, two.head.id, NOW)
    # The scope, the actor, the choice and its audit entry.
    assert len(sent) == 4
    with counted(database) as sent, scope() as session:
        assert actor.by_session(session, two.cookie, NOW).acting == two.head.id
    assert len(sent) == 2


def test_a_post_that_is_removed_takes_the_choice_with_it_and_leaves_the_session(two, choose, scope):
    gone = two.passing
    with scope() as session:
        values = {"person_id": two.sari.id, "position_id": gone.id, "starts_on": TODAY, "kind": "pj"}
        session.add(Assignment(order_number=None, ends_on=None, **values))
    assert choose(gone).acting == gone.id
    with scope() as session:
        me = actor.by_token(session, two.secret, NOW)
        tokens.act_as(session, me, me.sign, gone.id, NOW)
    with scope() as session:
        session.execute(delete(Assignment).where(Assignment.position_id == gone.id))
        session.execute(delete(PositionBranch).where(PositionBranch.position_id == gone.id))
        session.delete(session.get(type(gone), (gone.tenant_id, gone.id)))
    with scope() as session:
        assert actor.by_session(session, two.cookie, NOW).acting is None
        for way in (LoginSession, ApiToken):
            assert session.scalars(select(way.position_id)).one() is None
