"""Lays a binding over its procedure: one document again, each value still knowing the file it came from."""

from typing import Any

from core.procedures.problems import KeyPath, Place, Report
from core.procedures.reader import Document
from core.procedures.words import LATER_PROCEDURE

# What only steers the laying over and is no part of a step.
_STEERING = ("replace", "remove", "after")
_ACTOR = ("name", "is", "column", "uncertain")


class Overlay:
    """A procedure document that grows out of two others."""

    def __init__(self, procedure: Document, binding: Document, report: Report) -> None:
        self._procedure, self._binding, self._report = procedure, binding, report
        self.data: dict[str, Any] = {}
        self.places: dict[KeyPath, Place] = {(): binding.places[()]}

    def document(self) -> Document:
        """The procedure as the tenant has it. What does not fit is in the report."""
        self._settings()
        self._actors()
        self._steps()
        return Document(self._binding.name, self.data, self.places)

    def _settings(self) -> None:
        self._take(self._procedure, ("procedure",))
        for name in ("title", "secrecy", *LATER_PROCEDURE):
            self._take(self._binding if name in self._binding.data else self._procedure, (name,))
        self.data["start"] = {}
        self.places["start",] = self._place(("start",))
        for document in (self._procedure, self._binding):
            for name in document.data.get("start", {}):
                self._take(document, ("start", name))

    def _actors(self) -> None:
        """In the binding's order, which is the sheet's; the rest of the procedure's actors after them."""
        ours, theirs = self._binding.data["actors"], self._procedure.data["actors"]
        self.data["actors"] = {}
        self.places["actors",] = self._place(("actors",))
        for key in (*ours, *(key for key in theirs if key not in ours)):
            path = ("actors", key)
            if key not in theirs and "is" not in ours[key]:
                self._report.add(path, f"pelaksana '{key}' tidak ada pada SOP ini", key, theirs)
                continue
            self.data["actors"][key] = {}
            self.places[path] = self._place(path)
            for name in _ACTOR:
                mine = key not in theirs or name in ours.get(key, {})
                self._take(self._binding if mine else self._procedure, (*path, name))

    def _steps(self) -> None:
        changes = self._binding.data.get("steps", {})
        if isinstance(changes, list):
            self._take(self._binding, ("steps",))
            return
        self.data["steps"] = []
        self.places["steps",] = self._place(("steps",))
        known = [step["key"] for step in self._procedure.data["steps"]]
        for place, key in enumerate(known):
            if not changes.get(key, {}).get("remove"):
                self._changed(place, key, changes.get(key, {}))
            self._added_after(key, changes, known)
        self._check_changes(changes, known)

    def _changed(self, place: int, key: str, change: dict[str, Any]) -> None:
        target = self._new_step(key, self._procedure.places["steps", place], change)
        original = self._procedure.data["steps"][place]
        if not change.get("replace"):
            # `actor` and `actors` are one attribute, so a new one in either spelling drops the other.
            said = {*change, *({"actor", "actors"} if {"actor", "actors"} & set(change) else ())}
            for name in original:
                if name not in said:
                    self._take(self._procedure, ("steps", place, name), (*target, name))
        self._take_change(key, change, target)

    def _added_after(self, key: str, changes: dict[str, Any], known: list[str]) -> None:
        for new, change in changes.items():
            if new not in known and change.get("after") == key:
                target = self._new_step(new, self._binding.places["steps", new], change)
                self._take_change(new, change, target)
                self._added_after(new, changes, known)

    def _new_step(self, key: str, place: Place, change: dict[str, Any]) -> KeyPath:
        """An empty step; the faults of one that the binding changed are shown in the binding."""
        target = ("steps", len(self.data["steps"]))
        self.data["steps"].append({"key": key})
        self.places[target] = self._binding.places["steps", key] if change else place
        self.places[(*target, "key")] = self.places[target]
        return target

    def _take_change(self, key: str, change: dict[str, Any], target: KeyPath) -> None:
        for name, value in change.items():
            if name not in _STEERING and value is not None:
                self._take(self._binding, ("steps", key, name), (*target, name))

    def _check_changes(self, changes: dict[str, Any], known: list[str]) -> None:
        for key, change in changes.items():
            path = ("steps", key)
            if key in known:
                if "after" in change:
                    self._report.add((*path, "after"), f"langkah '{key}' sudah ada; 'after' untuk langkah baru")
            elif "after" not in change:
                self._report.add(path, f"langkah '{key}' tidak ada pada SOP ini", key, known)
            elif change["after"] not in (*known, *changes):
                text = f"langkah '{change['after']}' tidak ada"
                self._report.add((*path, "after"), text, change["after"], known)

    def _place(self, path: KeyPath) -> Place:
        return self._binding.places.get(path) or self._procedure.places.get(path) or self._binding.places[()]

    def _take(self, document: Document, source: KeyPath, target: KeyPath | None = None) -> None:
        """Copies the value at `source`, with the places of everything in it."""
        target = target or source
        holder: Any = document.data
        for part in source[:-1]:
            holder = holder[part]
        if isinstance(holder, dict) and source[-1] not in holder:
            return
        mine: Any = self.data
        for part in target[:-1]:
            mine = mine[part]
        mine[target[-1]] = holder[source[-1]]
        length = len(source)
        self.places.update(
            {(*target, *path[length:]): place for path, place in document.places.items() if path[:length] == source}
        )
