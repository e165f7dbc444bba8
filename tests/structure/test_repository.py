"""What is in the repository, and what is not: addresses of registries, foreign bundles, paths of one machine."""

import json
import re
import tomllib

from core.config import ROOT
from tests.structure.sources import files, shown

LOCKS = ("requirements.lock", "requirements-dev.lock")
TEXTS = (".py", ".sql", ".yaml", ".yml", ".html", ".css", ".js", ".json", ".toml", ".md", ".lock", ".cfg", ".ini")


def test_lock_files_pin_everything_and_name_no_registry():
    for name in LOCKS:
        text = (ROOT / name).read_text()
        assert re.findall(r"https?://|--(?:extra-)?index-url|--find-links|--trusted-host|@ file:", text) == []
        pinned = re.findall(r"^[a-zA-Z0-9_.\[\]-]+==\S+", text, re.MULTILINE)
        assert len(pinned) > 10
        assert len(re.findall(r"^[a-zA-Z0-9]", text, re.MULTILINE)) == len(pinned), f"{name} has something unpinned"
        assert text.count("--hash=sha256:") >= len(pinned)


def test_the_small_lock_is_part_of_the_large_one():
    small, large = (set(re.findall(r"^\S+==\S+", (ROOT / name).read_text(), re.MULTILINE)) for name in LOCKS)
    assert small <= large


def test_every_dependency_has_an_exact_version_in_the_lock():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    asked = {re.split(r"[\s~>=<\[]", each)[0].lower() for each in project["dependencies"]}
    locked = {name.lower() for name in re.findall(r"^([\w.-]+)", (ROOT / LOCKS[0]).read_text(), re.MULTILINE)}
    assert asked - locked == set()


def test_the_libraries_of_the_pages_are_pinned_and_name_no_registry():
    text = (ROOT / "package-lock.json").read_text()
    packages = {name: one for name, one in json.loads(text)["packages"].items() if name}
    assert "resolved" not in text and "://" not in text
    assert [name for name, one in packages.items() if not one.get("integrity", "").startswith("sha512-")] == []
    asked = json.loads((ROOT / "package.json").read_text())
    wanted = asked["dependencies"] | asked["devDependencies"]
    assert {name: packages[f"node_modules/{name}"]["version"] for name in wanted} == wanted
    settings = (ROOT / ".npmrc").read_text().split()
    assert {"omit-lockfile-registry-resolved=true", "ignore-scripts=true"} <= set(settings)
    assert not any("registry=" in setting for setting in settings)


def test_no_code_of_others_is_committed():
    bundled = [shown(path) for path in files(".js", ".css") if ".min." in path.name or _has_long_lines(path)]
    bundled += [shown(path) for path in files(*TEXTS) if {"vendor", "third_party"} & set(path.parts)]
    assert bundled == []


def _has_long_lines(path):
    return any(len(line) > 500 for line in path.read_text(encoding="utf-8").splitlines())


def test_no_path_of_one_machine_stands_anywhere():
    # Spelled apart, so that this file does not find itself.
    path_of = re.compile("(?:^|[\\s\"'`=(:])/(?:work|root|home/|Users/)")
    found = [
        f"{shown(path)}:{number}"
        for path in files(*TEXTS)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if path_of.search(line)
    ]
    assert found == []


def test_invented_people_only():
    """A NIP has 18 digits; every one in the files begins with 0000, which no real one does."""
    found = [
        f"{shown(path)}: {number}"
        for path in files(".yaml", ".md", ".html")
        for number in re.findall(r"(?<![\d.])\d{18}(?!\d)", path.read_text(encoding="utf-8"))
        if not number.startswith("0000")
    ]
    assert found == []


def test_pictures_of_governments_are_drawn_by_us():
    """A crest is a plain drawing: no script, no picture inside, nothing loaded from elsewhere."""
    for path in files(".svg"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"<script|<image|<foreignObject|\bon\w+=|href=|data:", text), shown(path)
