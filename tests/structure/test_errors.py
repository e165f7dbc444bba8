"""Every error a user may meet: its docstring is the message, so it is read here like any other text (ADR 0023)."""

import ast
import importlib
import pkgutil
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from types import ModuleType

import pytest

import core
import plugins
from core.config import ROOT
from core.errors import LangkahError
from tests.structure.sources import modules, shown, tree

STATUSES = {400, 401, 403, 404, 409, 412, 413, 415, 422, 428, 429, 500}
SLUG = re.compile(r"[a-z]+(?:-[a-z0-9]+)*")
# Words that stand in English sentences and never in Indonesian ones.
ENGLISH = re.compile(
    r"\b(?:the|and|or|not|is|are|was|has|have|must|cannot|invalid|missing|unknown|already|please|found|allowed|with|this)\b"
)
CODE = re.compile(r"`[^`]*`|--[\w-]+|[A-Z][\w-]*_\w+")


def every_error() -> list[type[LangkahError]]:
    for package in (core, plugins):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            importlib.import_module(module.name)
    return sorted({LangkahError, *_below(LangkahError)}, key=lambda error: (error.__module__, error.__name__))


def _below(error: type[LangkahError]) -> set[type[LangkahError]]:
    here = {each for each in error.__subclasses__() if each.__module__.split(".")[0] in ("core", "plugins")}
    return here.union(*(_below(each) for each in error.__subclasses__()))


ERRORS = every_error()
each_error = pytest.mark.parametrize("error", ERRORS, ids=lambda error: f"{error.__module__}.{error.__name__}")


def sentence(error: type[LangkahError]) -> str:
    return " ".join((error.__dict__["__doc__"] or "").split())


def placeholders(error: type[LangkahError]) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence(error)) if name is not None}


@each_error
def test_it_has_a_message_of_its_own(error):
    assert sentence(error)


@each_error
def test_the_message_is_a_whole_sentence_in_indonesian(error):
    message = sentence(error)
    ends = message.endswith(".") or re.search(r"\{[a-z_]+\}$", message)
    assert ends, f"{message!r} ends neither with a full stop nor with what was filled in"
    assert message[0].isupper() or message[0] in '{"'
    assert not ENGLISH.search(CODE.sub("", message))


@each_error
def test_its_placeholders_have_names(error):
    assert all(name.isidentifier() for name in placeholders(error))


@each_error
def test_its_status_is_one_we_answer_with(error):
    assert error.status in STATUSES


@each_error
def test_its_type_is_a_slug_of_its_own(error):
    assert "type" in error.__dict__, "a client tells errors apart by their type"
    assert SLUG.fullmatch(error.type)
    assert [each for each in ERRORS if each.type == error.type] == [error]


def test_whoever_raises_one_fills_in_its_message():
    wanting = [
        f"{shown(path)}:{line}: {error.__name__} lacks {', '.join(sorted(lacking))}"
        for path in modules("core", "plugins")
        for error, line, given in _raised(path)
        if "__init__" not in error.__dict__ and None not in given and (lacking := placeholders(error) - given)
    ]
    assert wanting == []


def _raised(path: Path) -> Iterator[tuple[type[LangkahError], int, set[str | None]]]:
    """(error, line, keywords) wherever one is made or raised; None among them stands for **details."""
    known = _errors_of(path)
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in known:
            yield known[ast.unparse(node.func)], node.lineno, {keyword.arg for keyword in node.keywords}
        elif isinstance(node, ast.Raise) and node.exc is not None and ast.unparse(node.exc) in known:
            yield known[ast.unparse(node.exc)], node.lineno, set()


def _errors_of(path: Path) -> dict[str, type[LangkahError]]:
    """What a module calls the errors it knows: its own and imported ones by name, others by `module.Name`."""
    module = sys.modules.get(".".join(path.relative_to(ROOT).with_suffix("").parts))
    if module is None:
        return {}
    found = dict(_errors_in(module))
    for name, value in vars(module).items():
        if isinstance(value, ModuleType):
            found |= {f"{name}.{inner}": error for inner, error in _errors_in(value)}
    return found


def _errors_in(module: ModuleType) -> Iterator[tuple[str, type[LangkahError]]]:
    for name, value in vars(module).items():
        if isinstance(value, type) and issubclass(value, LangkahError):
            yield name, value
