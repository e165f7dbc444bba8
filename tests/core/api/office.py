"""A government that can be talked to over HTTP: tests.world's, with roles, passwords and tokens; no pytest in here."""

import uuid
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import update
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from core.config import ROOT, Config
from core.database import Database
from core.engine.service import Engine
from core.extensions import Extensions
from core.files.storage import FolderStorage
from core.identity import passwords
from core.identity.models import Person
from core.organization import roles
from core.organization.models import Role, RoleRight
from core.platform import Platform, read_procedure
from tests.core.files.samples import PDF
from tests.world import BY, LOG_KEY, World

PASSWORD = "kopi pagi di beranda kantor"
MONEV = ROOT / "plugins/spbe/procedures/monev.yaml"
ADMIN = "gita"
NEW = "tono"
OTHER_PDF = PDF + b"% berkas kedua\n"

# Written by the team, answered by every OPD with a text and a file, signed by the head: small enough to read.
SURVEI = """
procedure: umum.survei
title: Survei kepada OPD
start: {by: [tim], asks: [{key: perihal, label: Perihal, type: text}], subject: "Survei: {perihal}"}
actors:
  tim: {name: Tim, is: team}
  opd: {name: OPD, is: units}
  kabid: {name: Kepala Bidang, is: position}
steps:
  - key: tulis
    no: "1"
    activity: Menulis pertanyaan
    actor: tim
    form:
      - {key: isi, label: Isi, type: long_text, required: true}
      - {key: naskah, label: Naskah, type: file, accept: [pdf]}
  - key: jawab
    no: "2"
    activity: Menjawab
    actor: opd
    kind: upload
    each: {of: opd, join: all}
    form:
      - {key: jawaban, label: Jawaban, type: text, required: true}
      - {key: bukti, label: Bukti, type: file, many: true, max_mb: 1}
  - key: periksa
    no: "3"
    activity: Memeriksa
    actor: kabid
    kind: verify
    returns_to: jawab
"""
RAHASIA = SURVEI.replace("umum.survei", "umum.rahasia") + "secrecy: rahasia\n"


def platform_in(folder: Path, database: Database) -> Platform:
    """All parts of the platform over this database, with the built-in plugins; governments and files in the folder."""
    config = Config(
        data_dir=folder,
        tenants_dir=folder / "tenants",
        files_dir=folder / "files",
        secret_key="rahasia kuki untuk uji, bukan rahasia",
        log_key=LOG_KEY,
    )
    extensions = Extensions.load(read_procedure)
    engine = Engine(LOG_KEY, extensions.for_tenant)
    return Platform(config, database, extensions, engine, FolderStorage(config.files_dir))


class Caller:
    """Somebody at a tenant's address, with a token or without."""

    def __init__(self, app: Flask, slug: str, token: str | None = None) -> None:
        self._client = app.test_client(use_cookies=False)
        self.slug, self.token = slug, token

    def at(self, slug: str) -> "Caller":
        """The same person and token at another address."""
        return Caller(self._client.application, slug, self.token)

    def send(self, method: str, path: str, headers: dict[str, str] | None = None, **options: Any) -> TestResponse:
        """Any request below the tenant's address; `options` are Werkzeug's (json, data, content_type)."""
        bearer = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        address = f"/api/v1/{self.slug}{path}"
        return self._client.open(
            address, method=method, headers={**bearer, **(headers or {})}, buffered=True, **options
        )

    def get(self, path: str, **query: Any) -> TestResponse:
        """Reads."""
        return self.send("GET", path, query_string=query)

    def command(
        self,
        path: str,
        body: Any = None,
        *,
        key: str | None = None,
        version: int | str | None = None,
        method: str = "POST",
    ) -> TestResponse:
        """A command with a key (a fresh one where none is given), and the version it was decided on."""
        headers = {"Idempotency-Key": key or uuid.uuid4().hex}
        if version is not None:
            headers["If-Match"] = version if isinstance(version, str) else f'"{version}"'
        return self.send(method, path, headers, json={} if body is None else body)

    def attach(
        self, task: str, field: str, content: bytes = PDF, name: str = "data.pdf", key: str | None = None
    ) -> TestResponse:
        """Puts a file into a field of a task's form."""
        boundary, body = encode_multipart({"field": field, "file": FileStorage(BytesIO(content), name)})
        headers = {"Idempotency-Key": key or uuid.uuid4().hex}
        kind = f"multipart/form-data; boundary={boundary}"
        return self.send("POST", f"/tasks/{task}/evidence", headers, data=body, content_type=kind)

    def inbox(self) -> dict[str, str]:
        """The open tasks on the desk: id by step."""
        return {task["step"]: task["id"] for task in self.get("/tasks").json["items"]}

    def complete(self, task: str, **answers: Any) -> TestResponse:
        """Reads the task and finishes it as read."""
        tag = self.get(f"/tasks/{task}").headers["ETag"]
        return self.command(f"/tasks/{task}/complete", {"answers": answers}, version=tag)


class Office:
    """One government with everybody in it logged in, as far as they are asked for."""

    def __init__(self, app: Flask, world: World) -> None:
        self.app, self.world = app, world
        self._callers: dict[str, Caller] = {}
        with world.scope() as session:
            _give_roles(session)
            session.execute(update(Person).values(password_hash=_hash(), must_change=False))
            roles.grant(session, BY, "admin", person_id=world.people[ADMIN])

    @property
    def slug(self) -> str:
        """The tenant's address."""
        return self.world.slug

    @property
    def visitor(self) -> Caller:
        """Anybody."""
        return Caller(self.app, self.slug)

    def log_in(self, account: str, password: str = PASSWORD) -> TestResponse:
        """The log-in itself."""
        return self.visitor.send("POST", "/login", json={"account": account, "password": password})

    def caller(self, name: str) -> Caller:
        """That person, logged in once."""
        if name not in self._callers:
            answer = self.log_in(name)
            assert answer.status_code == 201, answer.json
            self._callers[name] = Caller(self.app, self.slug, answer.json["secret"])
        return self._callers[name]

    def must_change(self, name: str) -> None:
        """Somebody whose password is still the admin's."""
        with self.world.scope() as session:
            session.execute(update(Person).where(Person.username == name).values(must_change=True))

    def put_in_force(self, source: str | Path = SURVEI, code: str | None = None) -> str:
        """Puts a procedure into force; gives its code."""
        return self.world.put_in_force(source, code)

    def start(self, by: str, code: str, **asked: Any) -> dict[str, Any]:
        """Opens a case over HTTP; gives the answer."""
        answer = self.caller(by).command("/cases", {"code": code, "answers": asked})
        assert answer.status_code == 201, answer.json
        return dict(answer.json)


def _give_roles(session: Any) -> None:
    """The roles every government begins with, as `langkah tenants sync` would make them."""
    for standard in roles.standard_roles():
        role = Role(key=standard.key, name=standard.name, everyone=standard.everyone)
        session.add(role)
        session.flush()
        session.add_all(RoleRight(tenant_id=role.tenant_id, role_id=role.id, right=right) for right in standard.rights)


@cache
def _hash() -> str:
    """One hash for all: Argon2 is slow on purpose."""
    return passwords.hashed(PASSWORD)


def is_problem(answer: TestResponse, status: int, kind: str | None = None) -> dict[str, Any]:
    """The answer's problem, checked to be one in shape and in language."""
    assert answer.status_code == status, (answer.status_code, answer.get_data(as_text=True)[:500])
    assert answer.content_type == "application/problem+json"
    problem = dict(answer.json)
    assert {"type", "title", "status", "detail"} <= problem.keys()
    assert problem["status"] == status
    assert problem["type"].startswith("urn:langkah:")
    assert problem["detail"].endswith(".") and problem["detail"][0].isupper(), problem
    assert kind is None or problem["type"] == f"urn:langkah:{kind}", problem
    return problem
