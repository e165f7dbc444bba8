"""The two cities' SPBE monev: they load, bind, are supported, and say what their sheets say."""

from pathlib import Path

import pytest
import yaml

from core.procedures.binding import Organization, bind
from core.procedures.export import export
from core.procedures.loader import load_binding, load_procedure
from core.procedures.model import Edition
from core.procedures.support import unsupported

ROOT = Path(__file__).parents[3]
STEPS = ["persiapan", "monitoring", "undangan", "data", "rekap", "rapat", "laporan", "dokumen"]


def office(tenant):
    """The keys of the tenant's files and of the national rules."""
    folder = ROOT / "tenants" / tenant
    organization = yaml.safe_load((folder / "organization.yaml").read_text())
    rules = [
        rule["id"]
        for file in (folder / "legal.yaml", ROOT / "core/legal/national.yaml")
        for rule in yaml.safe_load(file.read_text())["regulations"]
    ]
    kinds = ("positions", "teams", "units", "sets")
    keys = {kind: frozenset(item["key"] for item in organization[kind]) for kind in kinds}
    return Organization(tenant=tenant, regulations=frozenset(rules), **keys)


@pytest.fixture(scope="module", params=["pangkalpinang", "pontianak"])
def edition(request):
    procedure = load_procedure(ROOT / "plugins/spbe/procedures/monev.yaml")
    binding = load_binding(ROOT / "tenants" / request.param / "procedures/spbe-monev.yaml")
    return bind(procedure, binding, office(request.param), "1.0.0")


def test_it_is_supported(edition):
    assert unsupported(edition) == []


def test_its_flow(edition):
    assert list(edition.rows) == STEPS
    rows = edition.rows
    assert (rows["data"].each.of, rows["data"].each.join) == ("opd", "all")
    assert rows["rekap"].returns_to == "data"
    assert edition.actors["opd"].target.kind == "set"


def test_json_and_back(edition):
    assert Edition.from_json(edition.to_json()) == edition


def test_its_times_are_the_sheets(edition):
    span = "1-2 minggu" if edition.tenant == "pangkalpinang" else "1 - 2 minggu"
    assert [step["duration"] for step in export(edition)["steps"]] == [
        "3 hari", "30 menit", "2 hari", span, "1 minggu", "180 menit", "180 menit", "60 menit",
    ]  # fmt: skip


def test_its_numbers_are_the_sheets(edition):
    printed = [str(number) for number in range(1, 9)]
    if edition.tenant == "pontianak":
        printed = [None, *printed[:7]]
    assert [step["no"] for step in export(edition)["steps"]] == printed
