"""Loads procedure files and bindings, strictly: every fault at once, and nothing half-loaded."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.procedures.build import as_list, build_steps
from core.procedures.build_form import build_asks
from core.procedures.check_actors import check_actors
from core.procedures.check_flow import check_flow
from core.procedures.check_forms import check_forms
from core.procedures.check_settings import check_settings
from core.procedures.flow import Flow
from core.procedures.model import Actor, Start, Step
from core.procedures.problems import Report
from core.procedures.reader import Document, read
from core.procedures.violations import inspect
from core.procedures.words import LATER_PROCEDURE


@dataclass(frozen=True)
class Procedure:
    """A procedure file that was found right; `key` is 'domain.name'. A tenant's binding makes an edition of it."""

    key: str
    title: str
    actors: dict[str, Actor]
    steps: tuple[Step, ...]
    start: Start
    secrecy: str
    extra: dict[str, Any]
    document: Document

    @property
    def plugin(self) -> str:
        """The domain it belongs to; 'umum' for a tenant's own."""
        return self.key.partition(".")[0]


@dataclass(frozen=True)
class Binding:
    """A tenant's file that binds `procedure` under `code`. Only `binding.bind` can tell whether it fits."""

    procedure: str
    code: str
    document: Document


def load_procedure(source: Path | str | bytes, name: str | None = None) -> Procedure:
    """Loads a procedure from a path or a text; `name` is what messages call the file.

    :raises ProcedureError: anything is wrong; `problems` has every fault with file, line and nearest word.
    """
    return compile_procedure(read(source, name))


def load_binding(source: Path | str | bytes, name: str | None = None) -> Binding:
    """Loads a tenant's binding from a path or a text.

    :raises ProcedureError: anything is wrong in the file itself.
    """
    return _binding(read(source, name))


def load_tenant_file(source: Path | str | bytes, name: str | None = None) -> Procedure | Binding:
    """Loads a file of `tenants/<slug>/procedures`: a binding has a `code`, a procedure of the office's own none.

    :raises ProcedureError: anything is wrong in the file itself.
    """
    document = read(source, name)
    return _binding(document) if "code" in document.data else compile_procedure(document)


def compile_procedure(document: Document) -> Procedure:
    """The procedure a document says.

    :raises ProcedureError: it breaks the grammar or contradicts itself.
    """
    report = Report(document.places)
    procedure = examine(document, report)
    report.raise_if_any()
    assert procedure is not None
    return procedure


def examine(document: Document, report: Report) -> Procedure | None:
    """What the document says, faults reported; None where they leave too little to say anything."""
    data = inspect(document, report, "procedure")
    return None if data is None else _build(data, document, report)


def _binding(document: Document) -> Binding:
    report = Report(document.places)
    inspect(document, report, "binding")
    report.raise_if_any()
    return Binding(document.data["procedure"], document.data["code"], document)


def _build(data: dict[str, Any], document: Document, report: Report) -> Procedure:
    actors = {key: _actor(key, item) for key, item in data["actors"].items()}
    steps = build_steps(data["steps"], ("steps",), report)
    start = _start(data.get("start", {}), data["title"])
    extra = {name: data[name] for name in LATER_PROCEDURE if data.get(name) not in (None, False)}
    flow = Flow(steps)
    check_flow(flow, actors, report)
    check_actors(flow, actors, start, report)
    check_forms(flow, start, report)
    check_settings(extra, flow, actors, start, report)
    return Procedure(
        key=data["procedure"],
        title=data["title"],
        actors=actors,
        steps=steps,
        start=start,
        secrecy=data.get("secrecy", "biasa"),
        extra=extra,
        document=document,
    )


def _actor(key: str, item: dict[str, Any]) -> Actor:
    return Actor(
        key=key,
        name=item["name"],
        kinds=tuple(as_list(item["is"])),
        column=item.get("column", True),
        uncertain=item.get("uncertain"),
    )


def _start(item: dict[str, Any], title: str) -> Start:
    return Start(
        by=tuple(as_list(item.get("by"))),
        sources=tuple(item.get("from", ("person",))),
        asks=build_asks(item.get("asks", ())),
        subject=item.get("subject", title),
    )
