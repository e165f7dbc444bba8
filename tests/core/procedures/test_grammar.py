"""The published JSON Schemas: valid, described throughout in both languages, and the same as the loader's."""

import json

import pytest
from jsonschema import Draft202012Validator

from core.procedures.grammar import binding_schema, json_schema
from core.procedures.reader import read
from tests.core.procedures.samples import BINDING, SMALL, WHOLE

SCHEMAS = {"procedure": json_schema, "binding": binding_schema}


@pytest.mark.parametrize("schema", SCHEMAS.values(), ids=SCHEMAS)
def test_it_is_a_schema_of_2020_12(schema):
    Draft202012Validator.check_schema(schema())
    assert json.loads(json.dumps(schema())) == schema()


@pytest.mark.parametrize("schema", SCHEMAS.values(), ids=SCHEMAS)
def test_every_key_is_described_in_both_languages(schema):
    undescribed = [
        path for path, described in properties(schema())
        if " / " not in described.get("description", "") and path[-2] not in ("uncertain", "printed", "ocr")
    ]  # fmt: skip
    assert undescribed == []


def properties(schema, path=()):
    """Every (path, schema) of a key anywhere in the schema."""
    if isinstance(schema, dict):
        for name, inner in schema.get("properties", {}).items():
            yield (*path, name), inner
            yield from properties(inner, (*path, name))
        for name, inner in schema.items():
            if name != "properties":
                yield from properties(inner, (*path, name) if name in schema.get("$defs", {}) else path)
    elif isinstance(schema, list):
        for inner in schema:
            yield from properties(inner, path)


@pytest.mark.parametrize(("schema", "text"), [(json_schema, SMALL), (json_schema, WHOLE), (binding_schema, BINDING)])
def test_what_the_loader_takes_the_schema_takes(schema, text):
    Draft202012Validator(schema()).validate(read(text).data)


def test_a_copy_each_time():
    json_schema()["properties"].clear()
    assert json_schema()["properties"]
