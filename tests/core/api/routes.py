"""Every route of the application with what each caller is answered there: the table of the walk; no pytest in here.

A path's and a body's things are made by the stage, fresh for the route, so that whoever may do it succeeds.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property
from io import BytesIO
from typing import Any
from uuid import UUID

import pyotp

from core.identity import accounts, operators, reset, sessions, tokens
from core.organization import assignments, positions, roles, sets, teams, units
from tests.core.api.office import ADMIN, PASSWORD, Office
from tests.core.files.samples import PDF
from tests.world import BY, OPD, SINCE, Run

Made = Callable[["Stage"], Any]

# He is of this government, holds a post, and has no role, no task and no hand in the cases of the stage.
STRANGER = "fajar"
NEW_PASSWORD = "teh hangat di teras kantor"


@dataclass(frozen=True)
class Route:
    """What a route answers.

    `right`: the status for `by`, who may. `wrong`: for the stranger, None where there is nothing that is not his.
    `seen`: the address below the tenant whose ETag the request sends as If-Match.
    """

    right: int = 200
    wrong: int | None = 403
    by: str = "ani"
    path: Made = field(default=lambda _: {})
    body: Made | None = None
    query: dict[str, str] = field(default_factory=dict)
    form: Made | None = None
    command: bool = False
    seen: str | None = None
    public: bool = False
    unchanged: bool = False


@dataclass
class Stage:
    """The things that the addresses name, each made when it is asked for."""

    office: Office

    def case(self) -> dict[str, Any]:
        """A new case, its first task open."""
        return {"case_id": self._run().id}

    def task(self) -> dict[str, Any]:
        """The open first task of a new case."""
        return {"task_id": self._run().task("tulis").id}

    def completed(self) -> dict[str, Any]:
        """A task just completed, and nobody has looked at what it opened."""
        run = self._run()
        run.complete("ani", "tulis", isi="Pertanyaan")
        return {"task_id": run.task("tulis").id}

    def asked(self) -> Run:
        """A case whose OPDs are asked."""
        run = self._run()
        run.complete("ani", "tulis", isi="Pertanyaan")
        return run

    def member(self) -> dict[str, Any]:
        """The open task of an OPD."""
        return {"task_id": self.asked().task("jawab", "dinkes").id}

    def answered(self) -> dict[str, Any]:
        """The open task that examines the answers of all OPDs."""
        run = self.asked()
        for unit, name in zip(OPD, ("dewi", "eko", "lila"), strict=True):
            run.complete(name, "jawab", unit, jawaban="ada")
        return {"task_id": run.task("periksa").id}

    def awaited(self) -> dict[str, Any]:
        """A case that waits for its supervisor, because every OPD was excused."""
        run = self.asked()
        for unit in OPD:
            run.excuse("ani", "jawab", unit)
        return {"case_id": run.id}

    def evidence(self) -> dict[str, Any]:
        """A file in the form of an open task."""
        task = self.task()["task_id"]
        answer = self.office.caller("ani").attach(str(task), "naskah")
        return {"task_id": task, "evidence_id": UUID(answer.json["evidence"]["id"])}

    def token(self) -> dict[str, Any]:
        """A further token of Ani's."""
        world = self.office.world
        with world.scope() as session:
            token, _ = tokens.issue(session, world.people["ani"], "uji", 1, datetime.now(UTC))
            return {"token_id": token.id}

    def session(self) -> dict[str, Any]:
        """A browser of Ani's."""
        world = self.office.world
        with world.scope() as session:
            ani = accounts.get(session, world.people["ani"])
            sessions.create(session, ani, datetime.now(UTC))
            return {"session_id": sessions.own(session, ani.id, datetime.now(UTC))[0].id}

    def code(self) -> str:
        """A one-time code for Hadi."""
        world = self.office.world
        with world.scope() as session:
            return reset.issue(session, BY, world.people["hadi"], datetime.now(UTC))

    def person(self, name: str = "hadi") -> dict[str, Any]:
        """Somebody of this government."""
        return {"person_id": self.office.world.people[name]}

    @cached_property
    def edition(self) -> str:
        """The edition in force, by its id."""
        return str(self.office.caller("ani").get("/procedures/survei").json["effective_id"])

    def extra_unit(self) -> str:
        """A unit that is no member of the set yet."""
        return str(self.office.world.units["setda"])

    def official(self) -> UUID:
        """Somebody new, without a post."""
        world = self.office.world
        with world.scope() as session:
            return world.add_person(session, f"p{uuid.uuid4().hex[:10]}")

    def account(self) -> dict[str, Any]:
        """His account."""
        return {"person_id": self.official()}

    def unit(self) -> dict[str, Any]:
        """A new unit."""
        with self.office.world.scope() as session:
            name = f"Unit {uuid.uuid4().hex[:8]}"
            return {"unit_id": units.create_unit(session, BY, name=name, kind="bidang").id}

    def position(self) -> dict[str, Any]:
        """A new post without a holder."""
        with self.office.world.scope() as session:
            unit = self.office.world.units["bidang"]
            title = f"Jabatan {uuid.uuid4().hex[:8]}"
            made = positions.create_position(session, BY, title=title, unit_id=unit, kind="pelaksana")
            return {"position_id": made.id}

    def assignment(self, starts: date = SINCE) -> dict[str, Any]:
        """Somebody new in a new post."""
        person, position = self.official(), self.position()["position_id"]
        with self.office.world.scope() as session:
            made = assignments.assign(
                session, BY, person_id=person, position_id=position, kind="definitive", starts_on=starts
            )
            return {"assignment_id": made.id}

    def team(self) -> dict[str, Any]:
        """A new team without members."""
        with self.office.world.scope() as session:
            unit = self.office.world.units["bidang"]
            return {"team_id": teams.create_team(session, BY, name=f"Tim {uuid.uuid4().hex[:8]}", unit_id=unit).id}

    def seat(self) -> dict[str, Any]:
        """A new team with somebody new in it."""
        team, person = self.team()["team_id"], self.official()
        with self.office.world.scope() as session:
            return {"team_id": team, "member_id": teams.add_member(session, BY, team, person_id=person).id}

    def unit_set(self) -> dict[str, Any]:
        """A new set without units."""
        with self.office.world.scope() as session:
            return {"set_id": sets.create_set(session, BY, name=f"Himpunan {uuid.uuid4().hex[:8]}", units=[]).id}

    def grant(self) -> dict[str, Any]:
        """A role given to somebody new."""
        person = self.official()
        with self.office.world.scope() as session:
            return {"grant_id": roles.grant(session, BY, "auditor", person_id=person).id}

    def operator(self) -> dict[str, str]:
        """A fresh operator's log-in, with the code of this moment."""
        name = f"op-{uuid.uuid4().hex[:8]}"
        with self.office.world.database.session() as session, session.begin():
            operator, _ = operators.create(session, name, "Operator Contoh", PASSWORD)
        return {"username": name, "password": PASSWORD, "code": pyotp.TOTP(operator.totp_secret).now()}

    def _run(self) -> Run:
        return self.office.world.start("ani", "survei", perihal="uji")


def command(path: str, body: Made | None = None, **more: Any) -> Route:
    """A command on what that method of the stage makes."""
    made: Made = lambda stage: getattr(stage, path)()  # noqa: E731
    return Route(path=made, body=body or (lambda _: {}), command=True, **more)


def reasoned(_: Stage) -> dict[str, str]:
    """A body with a reason only."""
    return {"reason": "uji"}


def upload(_: Stage) -> dict[str, Any]:
    """A form with a file."""
    return {"field": "naskah", "file": (BytesIO(PDF), "naskah.pdf")}


T = "/api/v1/<tenant>"
TASK = "/tasks/{task_id}"
P = "/api/v1/platform"

ORGANIZATION_ROUTES: dict[tuple[str, str], Route] = {
    ("GET", f"{T}/units"): Route(),
    ("POST", f"{T}/units"): Route(201, by=ADMIN, body=lambda _: {"name": "Bidang Uji", "kind": "bidang"}),
    ("GET", f"{T}/units/tree"): Route(),
    ("GET", f"{T}/units/<uuid:unit_id>"): Route(path=lambda stage: stage.unit()),
    ("PATCH", f"{T}/units/<uuid:unit_id>"): Route(
        by=ADMIN, path=lambda stage: stage.unit(), body=lambda _: {"short": "Uji"}, seen="/units/{unit_id}"
    ),
    ("GET", f"{T}/positions"): Route(),
    ("POST", f"{T}/positions"): Route(
        201, by=ADMIN, body=lambda stage: {"title": "Uji", "kind": "pelaksana", "unit_id": stage.extra_unit()}
    ),
    ("GET", f"{T}/positions/tree"): Route(),
    ("GET", f"{T}/positions/<uuid:position_id>"): Route(path=lambda stage: stage.position()),
    ("PATCH", f"{T}/positions/<uuid:position_id>"): Route(
        by=ADMIN, path=lambda stage: stage.position(), body=lambda _: {"echelon": "IV.a"},
        seen="/positions/{position_id}",
    ),
    ("GET", f"{T}/assignments"): Route(query={"person_id": str(UUID(int=1))}),
    ("POST", f"{T}/assignments"): Route(201, by=ADMIN, body=lambda stage: {
        "person_id": str(stage.official()), "position_id": str(stage.position()["position_id"]), "kind": "plh",
        "starts_on": "2026-01-01",
    }),
    ("GET", f"{T}/assignments/<uuid:assignment_id>"): Route(path=lambda stage: stage.assignment()),
    ("PATCH", f"{T}/assignments/<uuid:assignment_id>"): Route(
        by=ADMIN, path=lambda stage: stage.assignment(), body=lambda _: {"ends_on": "2199-12-31"},
        seen="/assignments/{assignment_id}",
    ),
    ("DELETE", f"{T}/assignments/<uuid:assignment_id>"): Route(
        204, by=ADMIN, path=lambda stage: stage.assignment(date(2199, 1, 1)), seen="/assignments/{assignment_id}"
    ),
    ("GET", f"{T}/teams"): Route(),
    ("POST", f"{T}/teams"): Route(
        201, by=ADMIN, body=lambda stage: {"name": "Tim Uji", "unit_id": stage.extra_unit()}
    ),
    ("GET", f"{T}/teams/<uuid:team_id>"): Route(path=lambda stage: stage.team()),
    ("PATCH", f"{T}/teams/<uuid:team_id>"): Route(
        by=ADMIN, path=lambda stage: stage.team(), body=lambda _: {"decree_number": "1/2026"}, seen="/teams/{team_id}"
    ),
    ("POST", f"{T}/teams/<uuid:team_id>/members"): Route(
        201, by=ADMIN, path=lambda stage: stage.team(), body=lambda stage: {"person_id": str(stage.official())}
    ),
    ("DELETE", f"{T}/teams/<uuid:team_id>/members/<uuid:member_id>"): Route(
        204, by=ADMIN, path=lambda stage: stage.seat()
    ),
    ("GET", f"{T}/unit-sets"): Route(),
    ("POST", f"{T}/unit-sets"): Route(
        201, by=ADMIN, body=lambda stage: {"name": "Himpunan Uji", "units": [stage.extra_unit()]}
    ),
    ("GET", f"{T}/unit-sets/<uuid:set_id>"): Route(path=lambda stage: stage.unit_set()),
    ("PATCH", f"{T}/unit-sets/<uuid:set_id>"): Route(
        by=ADMIN, path=lambda stage: stage.unit_set(), body=lambda stage: {"units": [stage.extra_unit()]},
        seen="/unit-sets/{set_id}",
    ),
    ("GET", f"{T}/people"): Route(),
    ("GET", f"{T}/people/<uuid:person_id>"): Route(path=lambda stage: stage.person()),
    ("GET", f"{T}/accounts"): Route(by=ADMIN),
    ("POST", f"{T}/accounts"): Route(201, by=ADMIN, body=lambda _: {"name": "Uji", "username": "pegawai.uji"}),
    ("GET", f"{T}/accounts/<uuid:person_id>"): Route(by=ADMIN, path=lambda stage: stage.account()),
    ("PATCH", f"{T}/accounts/<uuid:person_id>"): Route(
        by=ADMIN, path=lambda stage: stage.account(), body=lambda _: {"name": "Nama Baru"},
        seen="/accounts/{person_id}",
    ),
    ("POST", f"{T}/accounts/<uuid:person_id>/disable"): Route(by=ADMIN, path=lambda stage: stage.account()),
    ("POST", f"{T}/accounts/<uuid:person_id>/enable"): Route(by=ADMIN, path=lambda stage: stage.account()),
    ("GET", f"{T}/roles"): Route(by=ADMIN),
    ("GET", f"{T}/grants"): Route(by=ADMIN),
    ("POST", f"{T}/grants"): Route(
        201, by=ADMIN, body=lambda stage: {"role": "auditor", "person_id": str(stage.official())}
    ),
    ("DELETE", f"{T}/grants/<uuid:grant_id>"): Route(204, by=ADMIN, path=lambda stage: stage.grant()),
}  # fmt: skip

TENANT_ROUTES: dict[tuple[str, str], Route] = {
    ("POST", f"{T}/login"): Route(201, public=True, body=lambda _: {"account": "hadi", "password": PASSWORD}),
    ("POST", f"{T}/password/redeem"): Route(
        204, public=True, body=lambda stage: {"account": "hadi", "code": stage.code(), "new": NEW_PASSWORD}
    ),
    ("GET", f"{T}/me"): Route(wrong=None, unchanged=True),
    ("PUT", f"{T}/me/acting"): Route(
        204, None, body=lambda stage: {"position_id": str(stage.office.world.positions["analis"])}
    ),
    ("GET", f"{T}/sessions"): Route(wrong=None),
    ("DELETE", f"{T}/sessions"): Route(204, None),
    ("DELETE", f"{T}/sessions/<uuid:session_id>"): Route(204, 404, path=lambda stage: stage.session()),
    ("GET", f"{T}/tokens"): Route(wrong=None),
    ("POST", f"{T}/tokens"): Route(201, None, body=lambda _: {"name": "uji"}),
    ("DELETE", f"{T}/tokens/<uuid:token_id>"): Route(204, 404, path=lambda stage: stage.token()),
    ("PUT", f"{T}/password"): Route(
        204, None, "sari", unchanged=True, body=lambda _: {"old": PASSWORD, "new": NEW_PASSWORD}
    ),
    ("POST", f"{T}/people/<uuid:person_id>/reset-code"): Route(201, by=ADMIN, path=lambda stage: stage.person()),
    **ORGANIZATION_ROUTES,
    ("GET", f"{T}/procedures"): Route(),
    ("GET", f"{T}/procedures/<code>"): Route(path=lambda _: {"code": "survei"}),
    ("GET", f"{T}/procedures/<code>/editions"): Route(path=lambda _: {"code": "survei"}),
    ("GET", f"{T}/procedures/<code>/start"): Route(path=lambda _: {"code": "survei"}),
    ("GET", f"{T}/editions/<uuid:edition_id>"): Route(path=lambda stage: {"edition_id": stage.edition}),
    ("GET", f"{T}/editions/<uuid:edition_id>/changes"): Route(path=lambda stage: {"edition_id": stage.edition}),
    # An ordinary case may be found by all people of the government; what they read of it is test_privacy's.
    ("GET", f"{T}/cases"): Route(wrong=None),
    ("GET", f"{T}/cases/<uuid:case_id>"): Route(wrong=200, path=lambda stage: stage.case()),
    ("GET", f"{T}/cases/<uuid:case_id>/file"): Route(wrong=200, path=lambda stage: stage.case()),
    ("GET", f"{T}/cases/<uuid:case_id>/events"): Route(wrong=200, path=lambda stage: stage.case()),
    ("POST", f"{T}/cases"): Route(201, command=True, body=lambda _: {"code": "survei", "answers": {}}),
    ("POST", f"{T}/cases/<uuid:case_id>/comments"): command(
        "case", lambda _: {"text": "uji"}, right=201, wrong=201
    ),
    ("POST", f"{T}/cases/<uuid:case_id>/cancel"): command("case", reasoned),
    ("POST", f"{T}/cases/<uuid:case_id>/members"): Route(
        path=lambda stage: {"case_id": stage.asked().id},
        body=lambda stage: {"step": "jawab", "unit_id": stage.extra_unit()},
        command=True,
    ),
    ("POST", f"{T}/cases/<uuid:case_id>/conclude"): command(
        "awaited", lambda _: {"step": "jawab", "visit": 1, "reason": "uji"}
    ),
    ("GET", f"{T}/tasks"): Route(wrong=None),
    ("GET", f"{T}/tasks/summary"): Route(wrong=None),
    ("GET", f"{T}/tasks/<uuid:task_id>"): Route(wrong=200, path=lambda stage: stage.task()),
    ("POST", f"{T}/tasks/<uuid:task_id>/begin"): Route(command=True, path=lambda stage: stage.task()),
    ("PUT", f"{T}/tasks/<uuid:task_id>/draft"): command("task", lambda _: {"answers": {"isi": "draf"}}),
    ("POST", f"{T}/tasks/<uuid:task_id>/complete"): command(
        "task", lambda _: {"answers": {"isi": "Pertanyaan"}}, seen=TASK
    ),
    ("POST", f"{T}/tasks/<uuid:task_id>/return"): command(
        "answered",
        lambda stage: {"reason": "kurang", "members": [str(stage.office.world.units["dinkes"])]},
        by="budi",
        seen=TASK,
    ),
    ("POST", f"{T}/tasks/<uuid:task_id>/withdraw"): command("completed", reasoned),
    ("POST", f"{T}/tasks/<uuid:task_id>/reassign"): command(
        "task", lambda stage: {"person_id": str(stage.person("tono")["person_id"]), "reason": "uji"},
        by="budi", seen=TASK,
    ),
    ("POST", f"{T}/tasks/<uuid:task_id>/excuse"): command("member", reasoned),
    ("POST", f"{T}/tasks/<uuid:task_id>/evidence"): Route(
        201, command=True, path=lambda stage: stage.task(), form=upload
    ),
    ("GET", f"{T}/tasks/<uuid:task_id>/evidence/<uuid:evidence_id>"): Route(
        wrong=404, path=lambda stage: stage.evidence()
    ),
    ("DELETE", f"{T}/tasks/<uuid:task_id>/evidence/<uuid:evidence_id>"): Route(
        command=True, path=lambda stage: stage.evidence()
    ),
}  # fmt: skip

PLATFORM_ROUTES: dict[tuple[str, str], Route] = {
    ("POST", f"{P}/login"): Route(201, public=True, body=lambda stage: stage.operator()),
    ("GET", f"{P}/tenants"): Route(),
    ("GET", f"{P}/plugins"): Route(),
    ("POST", f"{P}/logout"): Route(204),
}

# Without a guard, each with its reason.
OPEN_ROUTES = {
    ("GET", "/api"): "the API's own page, made of its specification",
    ("GET", "/sehat"): "a sign of life for the server in front of us",
    ("GET", "/api/v1/openapi.json"): "the specification, the same for all",
    ("GET", "/api/aset/<path:filename>"): "the page's style sheet",
}
