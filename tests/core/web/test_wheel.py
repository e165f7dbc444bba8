"""What is installed elsewhere has all that pages need, and needs no npm there."""

import shutil
import subprocess
import sys
import zipfile

import pytest

from core.config import ROOT
from core.web.assets.manifest import MANIFEST, Assets


@pytest.fixture(scope="module")
def inside(tmp_path_factory):
    """The names in a wheel built from a copy of the sources."""
    source, made = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("wheel")
    for name in ("core", "plugins", "migrations", "tenants"):
        shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE", "wsgi.py"):
        shutil.copy(ROOT / name, source)
    built = subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "--quiet", "--disable-pip-version-check", "--no-deps",
         "--no-build-isolation", "--wheel-dir", str(made), str(source)],
        capture_output=True, text=True,
    )  # fmt: skip
    assert built.returncode == 0, built.stdout + built.stderr
    (wheel,) = made.glob("langkah-*.whl")
    return set(zipfile.ZipFile(wheel).namelist())


def test_every_asset_is_in_it_with_its_compressed_forms(inside):
    folder = Assets().folder
    wanted = {f"core/web/dist/{file.name}" for file in folder.iterdir()}
    assert f"core/web/dist/{MANIFEST}" in wanted
    assert any(name.endswith(".br") for name in wanted)
    assert wanted - inside == set()


def test_every_template_is_in_it(inside):
    templates = {str(path.relative_to(ROOT)) for path in (ROOT / "core").glob("*/templates/**/*.html")}
    assert templates
    assert templates - inside == set()


def test_no_library_and_no_test_is_in_it(inside):
    assert [name for name in inside if name.split("/")[0] in ("node_modules", "tests")] == []
