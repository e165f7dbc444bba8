"""What is wrong in a procedure file: the place, the fault and the nearest valid word, all faults at once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from core.errors import BadInput
from core.procedures.words import TRANSLATED

KeyPath = tuple[str | int, ...]
_SHORT_LIST = 16


@dataclass(frozen=True, order=True)
class Place:
    """Where a key or list item stands: file name, line and column from 1, and a scalar as it was written."""

    file: str
    line: int
    column: int = 1
    written: str | None = None


@dataclass(frozen=True, order=True)
class Problem:
    """One fault of one file, in Indonesian, with the nearest valid word where there is one."""

    file: str
    line: int
    text: str
    suggestion: str | None = None

    def __str__(self) -> str:
        hint = f"; mungkin maksudnya '{self.suggestion}'" if self.suggestion else ""
        return f"{self.file} baris {self.line}: {self.text}{hint}"


class ProcedureError(BadInput):
    """Berkas SOP ditolak: {listing}"""

    type = "berkas-sop-ditolak"

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems), key=lambda p: (p.file, p.line, p.text)))
        super().__init__(
            listing=" · ".join(map(str, self.problems)),
            problems=[
                {"file": p.file, "line": p.line, "text": p.text, "suggestion": p.suggestion} for p in self.problems
            ],
        )


def nearest(word: str, among: Iterable[str]) -> str | None:
    """The valid word closest to `word`, or None where nothing comes near."""
    valid = list(dict.fromkeys(among))
    if TRANSLATED.get(word.lower()) in valid:
        return TRANSLATED[word.lower()]
    folded = {known.lower(): known for known in reversed(valid)}
    found = get_close_matches(word.lower(), folded, n=1, cutoff=0.55)
    return folded[found[0]] if found else None


class Report:
    """Collects the problems of one document, placed by the path of the value they concern."""

    def __init__(self, places: Mapping[KeyPath, Place]) -> None:
        self._places = places
        self.problems: list[Problem] = []
        # Keys whose values were already refused: that their holder now lacks them is no second fault.
        self.cut: set[KeyPath] = set()

    def place(self, path: KeyPath) -> Place:
        """The place of `path`, or of the nearest thing around it that was written in a file."""
        while path not in self._places and path:
            path = path[:-1]
        return self._places.get(path, Place("", 1))

    def knows(self, path: KeyPath) -> bool:
        """Whether something was written at `path`."""
        return path in self._places and path not in self.cut

    def keys_at(self, path: KeyPath) -> list[str]:
        """The keys that were written in the mapping at `path`."""
        inside = (known for known in self._places if known[:-1] == path and len(known) > len(path))
        return [known[-1] for known in inside if isinstance(known[-1], str) and known not in self.cut]

    def add(
        self,
        path: KeyPath,
        text: str,
        word: Any = None,
        among: Iterable[str] = (),
        suggestion: str | None = None,
    ) -> None:
        """Records `text` at `path`; `word` is what was written there, `among` what would have been valid."""
        if any(gone[:-1] == path for gone in self.cut if gone):
            return
        valid = list(among)
        if isinstance(word, str):
            suggestion = nearest(word, valid)
        if suggestion is None and word is not None and 0 < len(valid) <= _SHORT_LIST:
            text = f"{text} (yang ada: {', '.join(valid)})"
        place = self.place(path)
        self.problems.append(Problem(place.file, place.line, text, suggestion))

    def raise_if_any(self) -> None:
        """Ends the check.

        :raises ProcedureError: anything was recorded.
        """
        if self.problems:
            raise ProcedureError(self.problems)
