"""Reads a YAML file to plain data and the place of everything in it.

The reading follows YAML 1.2: `no`, `yes`, `on` are words, dates stay text ('2026-01-31'), keys are text
exactly as written. What a procedure file has no use for is refused: anchors, aliases, tags, several
documents, doubled keys, deep nesting, large files.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

import yaml

from core.procedures.problems import KeyPath, Place, Problem, ProcedureError
from core.procedures.syntax import explain

_MOST_BYTES = 512 * 1024
_DEEPEST = 24
_INTEGER = re.compile(r"[-+]?[0-9]{1,15}")
_NUMBER = re.compile(r"[-+]?[0-9]{1,15}\.[0-9]{1,15}")
_NULLS = ("", "~", "null", "Null", "NULL")
_FLAGS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_PLAIN: dict[str, bool | None] = {**dict.fromkeys(_NULLS), **_FLAGS}


@dataclass(frozen=True)
class Document:
    """A file as plain data, and for every key and list item its place."""

    name: str
    data: dict[str, Any]
    places: dict[KeyPath, Place]


def read(source: Path | str | bytes, name: str | None = None) -> Document:
    """Reads a file (a path) or a text (str, bytes).

    :raises ProcedureError: it is no readable YAML mapping; every fault names the file and its line.
    """
    name = name or (str(source) if isinstance(source, Path) else "(teks)")
    text = _text(source, name)
    reading = _Reading(name)
    try:
        data = reading.document(yaml.parse(text, Loader=yaml.SafeLoader))
    except yaml.YAMLError as error:
        line, meaning = explain(error, text)
        raise ProcedureError([*reading.problems, Problem(name, line, meaning)]) from None
    if reading.problems:
        raise ProcedureError(reading.problems)
    return Document(name, data, reading.places)


def _text(source: Path | str | bytes, name: str) -> str:
    """The source as text without a byte order mark."""
    if isinstance(source, Path):
        try:
            source = source.read_bytes()
        except OSError:
            raise _refusal(name, 1, "berkas tidak ada atau tidak dapat dibuka") from None
    if len(source) > _MOST_BYTES:
        raise _refusal(name, 1, "berkas terlalu besar; batasnya 512 KB")
    if isinstance(source, str):
        return source.removeprefix("\ufeff")
    try:
        return source.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        line = source[: error.start].count(b"\n") + 1
        raise _refusal(name, line, "bukan teks UTF-8; simpan ulang sebagai UTF-8") from None


def _refusal(name: str, line: int, text: str) -> ProcedureError:
    return ProcedureError([Problem(name, line, text)])


@dataclass
class _Reading:
    """One pass over the events of a file. Events, not nodes: nothing is composed before it is allowed."""

    name: str
    places: dict[KeyPath, Place] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def document(self, events: Iterator[Any]) -> dict[str, Any]:
        """The one mapping of the file."""
        data: dict[str, Any] | None = None
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent) and data is not None:
                self._stop(event, "berkas memuat lebih dari satu dokumen (---); pisahkan berkasnya")
            elif isinstance(event, yaml.NodeEvent):
                self._note((), event)
                top = self._value(event, events, ())
                if not isinstance(top, dict):
                    self._stop(event, "berkas harus berisi pasangan 'kunci: nilai' di tingkat teratas")
                data = top
        if data is None:
            raise _refusal(self.name, 1, "berkas kosong")
        return data

    # PyYAML's events have no common type for their value, anchor and marks, hence Any.
    def _value(self, event: Any, events: Iterator[Any], path: KeyPath) -> Any:
        if event.anchor is not None:
            self._stop(event, "jangkar (&) dan alias (*) tidak dipakai di berkas SOP; tulis nilainya utuh")
        if event.tag not in (None, "!"):
            self._stop(event, "penanda tipe (!) tidak dipakai di berkas SOP")
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        if len(path) >= _DEEPEST:
            self._stop(event, "bersarang terlalu dalam")
        if isinstance(event, yaml.SequenceStartEvent):
            return self._list(events, path)
        return self._mapping(events, path)

    def _list(self, events: Iterator[Any], path: KeyPath) -> list[Any]:
        items: list[Any] = []
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            here = (*path, len(items))
            self._note(here, event)
            items.append(self._value(event, events, here))
        return items

    def _mapping(self, events: Iterator[Any], path: KeyPath) -> dict[str, Any]:
        mapping: dict[str, Any] = {}
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            key = self._key(event)
            here = (*path, key)
            if key in mapping:
                first = self.places[here].line
                self._problem(event, f"kunci '{key}' tertulis dua kali (sudah ada di baris {first})")
            value = next(events)
            self._note(here, event, value)
            mapping[key] = self._value(value, events, here)
        return mapping

    def _key(self, event: Any) -> str:
        plain = isinstance(event, yaml.ScalarEvent) and event.anchor is None and event.tag is None
        if not plain or not event.value.strip():
            self._stop(event, "kunci harus berupa satu kata")
        self._check_characters(event)
        return str(event.value)

    def _scalar(self, event: Any) -> Any:
        self._check_characters(event)
        text = str(event.value)
        if event.style is not None:
            return text
        if text in _PLAIN:
            return _PLAIN[text]
        if _INTEGER.fullmatch(text):
            return int(text)
        return float(text) if _NUMBER.fullmatch(text) else text

    def _check_characters(self, event: Any) -> None:
        """Escapes can smuggle in what neither a database nor UTF-8 can hold."""
        if any(char == "\0" or "\ud800" <= char <= "\udfff" for char in event.value):
            self._problem(event, "ada karakter kendali yang tidak boleh dipakai")

    def _note(self, path: KeyPath, event: Any, value: Any = None) -> None:
        """A key stands where its name does, and remembers how its value was written."""
        mark, scalar = event.start_mark, value or event
        written = scalar.value if isinstance(scalar, yaml.ScalarEvent) else None
        self.places.setdefault(path, Place(self.name, mark.line + 1, mark.column + 1, written))

    def _problem(self, event: Any, text: str) -> None:
        self.problems.append(Problem(self.name, event.start_mark.line + 1, text))

    def _stop(self, event: Any, text: str) -> NoReturn:
        self._problem(event, text)
        raise ProcedureError(self.problems)
