"""The documentation says what is there: commands, targets, settings, links, decisions."""

import re
import shlex

import click
import pytest

from core import cli
from core.config import ROOT
from tests.structure.sources import files, shown

PAGES = [path for path in files(".md") if shown(path).split("/")[0] not in ("tests", "plugins")]
each_page = pytest.mark.parametrize("page", PAGES, ids=shown)
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
DECISIONS = sorted((ROOT / "docs/adr").glob("[0-9]*.md"))


def code(page):
    """Everything a page shows as code: lines of shell blocks, and what stands between backticks."""
    text = page.read_text(encoding="utf-8")
    blocks = [
        line for kind, block in FENCE.findall(text) if kind in ("sh", "cron", "cron") for line in block.splitlines()
    ]
    return [*blocks, *re.findall(r"`([^`\n]+)`", FENCE.sub("", text))]


def commands(page, name):
    """The command lines of a page that call `name`, as words, comments cut off."""
    found = (re.search(rf"(?:^|\s){name}\s+(.*)", line.partition(" # ")[0]) for line in code(page))
    return [shlex.split(match[1].replace("…", "x").replace("<", "'<").replace(">", ">'")) for match in found if match]


@each_page
def test_the_make_targets_it_names_exist(page):
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = {words[0] for words in commands(page, "make") if words}
    assert named - targets == set()


def test_the_makefile_has_what_the_readme_promises():
    named = {words[0] for words in commands(ROOT / "README.md", "make")}
    assert {"demo", "test", "setup"} <= named


@each_page
def test_the_commands_it_names_exist_with_their_options(page):
    wrong = [" ".join(words) for words in commands(page, "langkah") for way in _ways(words) if not _exists(way)]
    assert wrong == []


def _ways(words):
    """`db init|upgrade` is two commands."""
    for number, word in enumerate(words):
        if "|" in word and not word.startswith("-") and number < 2:
            return [way for part in word.split("|") for way in _ways([*words[:number], part, *words[number + 1 :]])]
    return [words]


def _exists(words):
    command, context = cli.main, click.Context(cli.main)
    for word in words:
        if isinstance(command, click.Group) and not word.startswith("-"):
            if word in ("…", "x"):
                return True
            command = command.get_command(context, word)
            if command is None:
                return False
        elif word.startswith("--"):
            options = {name for parameter in command.params for name in parameter.opts} | {"--help"}
            if word.partition("=")[0] not in options:
                return False
    return True


@each_page
def test_its_links_lead_somewhere(page):
    text = FENCE.sub("", page.read_text(encoding="utf-8"))
    targets = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", text)
    local = [target for target in targets if not target.startswith(("http://", "https://"))]
    assert [target for target in local if not (page.parent / target).exists()] == []


@pytest.mark.parametrize("page", ["README.md", "docs/operations.md"])
def test_every_setting_is_explained(page):
    settings = set(re.findall(r'"((?:LANGKAH|DATABASE)_[A-Z_]+)"', (ROOT / "core/config.py").read_text()))
    settings |= {"DATABASE_URL"}
    text = (ROOT / page).read_text()
    assert [name for name in sorted(settings) if f"`{name}`" not in text] == []


def test_no_setting_is_explained_that_is_not_there():
    known = (ROOT / "core/config.py").read_text()
    named = {name for page in PAGES for name in re.findall(r"`((?:LANGKAH|DATABASE)_[A-Z_]+)`", page.read_text())}
    named -= {"LANGKAH_TEST_ADMIN_URL"}  # of the tests
    assert [name for name in sorted(named) if f'"{name}"' not in known] == []


def test_every_decision_is_listed_and_no_other():
    listed = re.findall(r"^\| \[(\d{4})\]\(([\w-]+\.md)\)", (ROOT / "docs/adr/README.md").read_text(), re.MULTILINE)
    assert [name for _, name in listed] == [path.name for path in DECISIONS]
    assert [number for number, _ in listed] == [f"{number:04d}" for number in range(1, len(DECISIONS) + 1)]


@pytest.mark.parametrize("decision", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_says_what_was_refused(decision):
    text = decision.read_text()
    assert text.startswith(f"# {int(decision.name[:4])}. ")
    parts = ("**Context.**", "**Decision.**", "**Refused.**", "**Consequences.**")
    places = [text.find(part) for part in parts]
    assert -1 not in places and places == sorted(places)


def test_the_readme_shows_every_package_of_the_house():
    text = (ROOT / "README.md").read_text()
    packages = {path.parent.name for path in (ROOT / "core").glob("*/__init__.py")}
    assert [name for name in sorted(packages) if f"{name}/" not in text] == []
