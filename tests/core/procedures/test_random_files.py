"""Whatever a file holds, reading it ends in a procedure or in a ProcedureError with its places; never a crash."""

import copy
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.procedures.binding import bind
from core.procedures.loader import load_binding, load_procedure
from core.procedures.problems import ProcedureError
from core.procedures.reader import read
from core.procedures.support import unsupported
from tests.core.procedures.samples import BINDING, OFFICE, SMALL, WHOLE

yamlish = st.text(st.sampled_from("ab:-[]{}'\"\n\t #&*!|>?,%@0.1~"), max_size=60)
junk = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 10**20) | st.text(max_size=8)
    | st.sampled_from(["konsep", "staf", "opd", "next", "end: case", "1 hari", "case.tahun", "verify", "a.b"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(
        ["key", "of", "to", "steps", "each", "label", "type", "text", "from", "rows", "date", "name", "is"]
    ), inner, max_size=3),
    max_leaves=6,
)  # fmt: skip


def safely(action):
    try:
        return action()
    except ProcedureError as error:
        assert error.problems
        assert all(problem.line >= 1 and problem.text for problem in error.problems)
        return None


@given(st.text(max_size=80) | yamlish | st.binary(max_size=80))
def test_random_text(text):
    safely(lambda: load_procedure(text, "acak.yaml"))


@given(yamlish)
def test_what_is_read_is_a_mapping_with_places(text):
    document = safely(lambda: read(text, "acak.yaml"))
    if document:
        assert all((key,) in document.places for key in document.data)


def paths(data, path=()):
    """Every path into plain data."""
    yield path
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in items:
        yield from paths(value, (*path, key))


def put(data, path, value):
    """A copy of `data` with `value` at `path`."""
    if not path:
        return value
    result = copy.deepcopy(data)
    holder = result
    for part in path[:-1]:
        holder = holder[part]
    holder[path[-1]] = value
    return result


@pytest.mark.parametrize("text", [SMALL, WHOLE], ids=["small", "whole"])
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=80)
@given(data=st.data())
def test_a_right_file_with_one_wrong_value(text, data):
    right = read(text).data
    path = data.draw(st.sampled_from(sorted(paths(right), key=str)))
    wrong = put(right, path, data.draw(junk))
    safely(lambda: load_procedure(json.dumps(wrong), "acak.yaml"))


@settings(max_examples=200)
@given(data=st.data())
def test_a_right_binding_with_one_wrong_value(data):
    right = read(BINDING).data
    path = data.draw(st.sampled_from(sorted(paths(right), key=str)))
    wrong = put(right, path, data.draw(junk))
    procedure = load_procedure(SMALL)
    edition = safely(lambda: bind(procedure, load_binding(json.dumps(wrong), "acak.yaml"), OFFICE))
    if edition:
        assert all(line.startswith("belum didukung: ") for line in unsupported(edition))
