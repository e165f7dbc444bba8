"""The guides for authors: their examples go through the real readers, every key of the grammar is explained."""

import re

import pytest

from core.config import ROOT
from core.procedures.binding import Organization, bind
from core.procedures.grammar import binding_schema, json_schema
from core.procedures.loader import Binding, Procedure, load_tenant_file
from core.procedures.support import unsupported
from core.procedures.words import ACTOR_KINDS, FIELD_TYPES, KINDS, LATER_PROCEDURE, LATER_STEP
from core.sync.inspection import open_file

PAGE = (ROOT / "docs/language.md").read_text(encoding="utf-8")
LATER = PAGE.partition("## What is read but does not run yet")[2]
OFFICE = Organization(
    tenant="contoh",
    positions=frozenset({"kasi_umum", "pengadministrasi"}),
    sets=frozenset({"opd_semua"}),
    regulations=frozenset({"UU-25-2009"}),
)


def examples(page):
    return re.findall(r"^```yaml\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)


def test_its_examples_are_a_procedure_and_its_binding_that_run():
    procedure, binding = (load_tenant_file(text, "docs/language.md") for text in examples(PAGE))
    assert isinstance(procedure, Procedure) and isinstance(binding, Binding)
    edition = bind(procedure, binding, OFFICE)
    assert [step.key for step in edition.steps] == ["konsep", "periksa", "agenda", "tanggapan", "kirim"]
    assert [(o.key, o.to) for o in edition.rows["periksa"].outcomes] == [("dikembalikan", "konsep")]
    assert unsupported(edition) == []


@pytest.mark.parametrize("schema", [json_schema, binding_schema], ids=["procedure", "binding"])
def test_every_key_of_the_grammar_is_explained(schema):
    assert [key for key in sorted(keys(schema())) if not named(key, PAGE)] == []


def keys(schema):
    """Every key a file may have, at any depth."""
    found = set()
    if isinstance(schema, dict):
        found |= set(schema.get("properties", ()))
        found = found.union(*(keys(inner) for inner in schema.values()))
    elif isinstance(schema, list):
        found = found.union(*(keys(inner) for inner in schema))
    return found


def named(key, text):
    """Whether a key stands between backticks."""
    return re.search(rf"`[^`\n]*\b{key}\b[^`\n]*`", text) is not None


def test_every_word_is_named():
    words = {*KINDS, *ACTOR_KINDS, *FIELD_TYPES}
    assert [word for word in sorted(words) if not re.search(rf"\b{word}\b", PAGE)] == []


def test_what_does_not_run_yet_is_said():
    later = {*LATER_STEP, *LATER_PROCEDURE} - {"handler"}  # a part of `by: system`
    assert [name for name in sorted(later) if not named(name, LATER)] == []


def test_the_tenant_file_of_the_guide_is_a_good_one():
    [text] = examples((ROOT / "docs/tenants.md").read_text(encoding="utf-8"))
    document, problems = open_file(text.encode(), "docs/tenants.md", "tenant")
    assert problems == [] and document is not None
    assert document.data["slug"] == "pangkalpinang"
