"""`langkah sop`: export, list, check, schema, publish."""

import json
import shutil

import jsonschema
import pytest

from core.config import ROOT

pytestmark = pytest.mark.database

TEXT = {"type": "string", "minLength": 1}
CELL = {"type": ["string", "null"]}
TEXTS = {"type": "array", "items": TEXT}


def record(required, **properties):
    """An object with exactly these keys, save `uncertain`."""
    return {
        "type": "object",
        "properties": {**properties, "uncertain": {}},
        "required": list(required or properties),
        "additionalProperties": False,
    }


STEP = record(
    None,
    no=CELL,
    phase=CELL,
    activity=CELL,
    actors=TEXTS,
    requirements=TEXTS,
    duration=CELL,
    output=CELL,
    remark=CELL,
)
EXPORT = {
    "type": "array",
    "items": record(
        None,
        tenant=TEXT,
        code=TEXT,
        plugin=TEXT,
        number=CELL,
        title=TEXT,
        unit=CELL,
        created=CELL,
        legal_bases={"type": "array", "items": record(None, id=CELL, citation=TEXT)},
        qualifications=TEXTS,
        related=TEXTS,
        equipment=TEXTS,
        warnings=TEXTS,
        records=TEXTS,
        actors={"type": "array", "items": record(None, key=TEXT, name=TEXT)},
        steps={"type": "array", "items": STEP},
    ),
}


@pytest.fixture
def folders(fresh, tmp_path):
    copy = tmp_path / "tenants"
    shutil.copytree(ROOT / "tenants", copy)
    fresh.environment["LANGKAH_TENANTS_DIR"] = str(copy)
    return copy


def edit(folders, old, new):
    file = folders / "pontianak" / "procedures" / "spbe-monev.yaml"
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new, 1))


def test_the_export_is_an_array_of_editions_in_a_fixed_order(shared):
    result = shared.langkah("sop", "export", "--json")
    assert (result.exit_code, result.stderr) == (0, "")
    editions = json.loads(result.stdout)
    jsonschema.validate(editions, EXPORT)
    assert [(one["tenant"], one["code"]) for one in editions] == [
        ("pangkalpinang", "spbe-monev"),
        ("pontianak", "spbe-monev"),
    ]
    assert [len(one["steps"]) for one in editions] == [8, 8]


def test_one_government_exports_its_own_only(shared):
    assert [one["tenant"] for one in shared.json("sop", "export", "--tenant", "pontianak", "--json")] == ["pontianak"]
    assert shared.json("sop", "export", "--tenant", "bekasi", "--json") == []


def test_the_export_is_the_same_twice(shared):
    assert shared.json("sop", "export", "--json") == shared.json("sop", "export", "--json")


def test_an_unknown_government_is_told(shared):
    result = shared.langkah("sop", "export", "--tenant", "atlantis", "--json")
    assert (result.exit_code, result.stdout) == (1, "")
    assert '"atlantis" tidak terdaftar' in result.stderr


def test_the_export_without_json_shows_the_sheets(shared):
    shown = shared.langkah("sop", "export").stdout
    assert "SOP MONITORING DAN EVALUASI SPBE" in shown and "Kegiatan" in shown


def test_the_list_shows_what_is_in_force(shared):
    shown = shared.langkah("sop", "list", "--tenant", "pangkalpinang").stdout
    assert "spbe-monev" in shown and "Monitoring dan Evaluasi SPBE" in shown and "pontianak" not in shown


def test_the_files_as_they_are_pass_the_check(shared):
    result = shared.langkah("sop", "check")
    assert result.exit_code == 0, result.output
    assert result.stdout.count("baik") == 2


def test_the_check_says_that_soundness_is_not_proved_yet(shared):
    assert "soundness" in shared.langkah("sop", "check", "--help").stdout


def test_the_check_names_file_line_and_nearest_word(fresh, folders):
    edit(folders, "position: kabid_tkpbet", "position: kabid_tkpbt")
    result = fresh.langkah("sop", "check")
    assert result.exit_code == 1
    assert "pontianak/procedures/spbe-monev.yaml baris" in result.stdout
    assert "mungkin maksudnya 'kabid_tkpbet'" in result.stdout


def test_the_check_names_what_is_not_supported_yet(fresh, folders):
    edit(folders, "tim_kota: {name: Tim SPBE Kota Pontianak, team: tim_spbe_kota}",
         "tim_kota: {name: Tim SPBE Kota Pontianak, team: tim_spbe_kota, who: head}")  # fmt: skip
    result = fresh.langkah("sop", "check", "--tenant", "pontianak")
    assert result.exit_code == 1
    assert "pontianak/spbe-monev: belum didukung: who: head" in result.stdout


def test_the_schema_is_a_json_schema(shared):
    for arguments in ((), ("--binding",)):
        schema = shared.json("sop", "schema", *arguments)
        jsonschema.Draft202012Validator.check_schema(schema)


def test_a_changed_file_is_a_draft_until_it_is_published(fresh, folders):
    edit(folders, "title: SOP MONITORING DAN EVALUASI SPBE", "title: SOP MONEV SPBE")
    assert fresh.langkah("tenants", "sync").exit_code == 0
    before = fresh.json("sop", "export", "--tenant", "pontianak", "--json")
    assert before[0]["title"] == "SOP MONITORING DAN EVALUASI SPBE"
    result = fresh.langkah("sop", "publish", "pontianak", "spbe-monev", "--effective", "today")
    assert result.exit_code == 0, result.output
    assert "Edisi 2 SOP spbe-monev berlaku mulai" in result.stdout
    after = fresh.json("sop", "export", "--tenant", "pontianak", "--json")
    assert after[0]["title"] == "SOP MONEV SPBE"


def test_publishing_needs_a_draft_and_a_day_that_has_come(fresh, folders):
    none = fresh.langkah("sop", "publish", "pontianak", "spbe-monev", "--effective", "today")
    assert none.exit_code == 1 and "tidak mempunyai konsep edisi" in none.stderr
    edit(folders, "title: SOP MONITORING DAN EVALUASI SPBE", "title: SOP MONEV SPBE")
    fresh.langkah("tenants", "sync")
    early = fresh.langkah("sop", "publish", "pontianak", "spbe-monev", "--effective", "2999-01-01")
    assert early.exit_code == 1 and "belum tiba" in early.stderr
