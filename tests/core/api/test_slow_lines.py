"""A slow line costs nobody else anything: no connection of the database is held while a body arrives."""

import json
import uuid
from io import BytesIO

import pytest
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from tests.core.api.office import is_problem
from tests.core.files.samples import PDF

pytestmark = pytest.mark.database


class Line(BytesIO):
    """A body that notes, whenever a piece of it is read, how many connections are in use."""

    def __init__(self, body, pool):
        super().__init__(body)
        self._pool, self.in_use = pool, []

    def read(self, size=-1):
        self.in_use.append(self._pool.checkedout())
        return super().read(size)

    def readinto(self, buffer):
        self.in_use.append(self._pool.checkedout())
        return super().readinto(buffer)


@pytest.fixture
def line(database):
    """A body on its way, over a line of this test's own."""
    return lambda body: Line(body, database.engine.pool)


def send(caller, path, sent, body, content_type, method="POST"):
    return caller.send(
        method,
        path,
        {"Idempotency-Key": uuid.uuid4().hex, "Content-Length": str(len(body)), "Content-Type": content_type},
        input_stream=sent,
    )


def test_a_json_body(town, line):
    ani = town.caller("ani")
    body = json.dumps({"code": "survei", "answers": {"perihal": "x" * 400}}).encode()
    sent = line(body)
    assert send(ani, "/cases", sent, body, "application/json").status_code == 201
    assert sent.in_use and set(sent.in_use) == {0}


def test_a_log_in(town, line):
    body = json.dumps({"account": "ani", "password": "x" * 400}).encode()
    sent = line(body)
    is_problem(send(town.visitor, "/login", sent, body, "application/json"), 401)
    assert sent.in_use and set(sent.in_use) == {0}


def upload():
    boundary, body = encode_multipart({"field": "naskah", "file": FileStorage(BytesIO(PDF * 20), "a.pdf")})
    return body, f"multipart/form-data; boundary={boundary}"


def test_an_upload(town, line):
    task = town.start("ani", "survei")["opened"][0]["id"]
    body, kind = upload()
    sent = line(body)
    assert send(town.caller("ani"), f"/tasks/{task}/evidence", sent, body, kind).status_code == 201
    assert sent.in_use and set(sent.in_use) == {0}


def test_a_strangers_upload_is_not_even_read(town, line):
    task = town.start("ani", "survei")["opened"][0]["id"]
    body, kind = upload()
    sent = line(body)
    is_problem(send(town.visitor, f"/tasks/{task}/evidence", sent, body, kind), 401)
    assert sent.in_use == []
