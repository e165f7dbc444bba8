"""Only core/tenancy opens a tenant's scope (ground.md 5); who else wrote the setting could open any."""

import re

from core.config import ROOT
from tests.structure.sources import files, shown

SETTING = re.compile(r"(?:set_config\s*\(\s*'langkah\.|\bSET\s+(?:LOCAL\s+|SESSION\s+)?langkah\.)", re.IGNORECASE)
AROUND = re.compile(
    r"\b(?:SET\s+(?:LOCAL\s+|SESSION\s+)?(?:ROLE|row_security)|BYPASSRLS|SECURITY\s+DEFINER)\b", re.IGNORECASE
)


def ours():
    return [path for path in files(".py", ".sql") if not shown(path).startswith("tests/")]


def test_the_scope_is_set_in_one_place():
    setting = [shown(path) for path in ours() if SETTING.search(path.read_text())]
    assert setting == ["core/tenancy/scope.py"]


def test_nothing_steps_around_row_security():
    assert [shown(path) for path in ours() if AROUND.search(path.read_text())] == []


def test_the_roles_are_made_without_a_way_around():
    assert "NOSUPERUSER NOBYPASSRLS" in (ROOT / "core/bootstrap.py").read_text()


def test_every_view_looks_with_the_eyes_of_who_asks():
    """A view runs as its owner unless told otherwise, and the owner's eyes are not the tenant's."""
    views = [
        line.strip()
        for path in ours()
        for line in path.read_text().splitlines()
        if re.match(r"\s*CREATE (?:OR REPLACE )?VIEW", line)
    ]
    assert views, "the core has views; where have they gone?"
    assert [line for line in views if "security_invoker = true" not in line] == []
