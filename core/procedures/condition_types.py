"""Whether a condition fits the forms it speaks of: known fields, comparable kinds, existing choices."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from core.procedures.condition_terms import Both, Compare, Condition, Either, Empty, In, Literal, Name, Not
from core.procedures.model import Field
from core.procedures.words import COUNTED

_MANY = ("choices", "checklist")
_DATED = ("date", "date_time", "period")
# A table, a file, a location, a score sheet is one thing too large to be compared: it is empty or not.
_OPAQUE = ("file", "photo", "table", "location", "score")


@dataclass(frozen=True)
class Misfit:
    """What does not fit, the word that was written and the words that would have fitted."""

    text: str
    word: str | None = None
    among: tuple[str, ...] = ()


def check(condition: Condition, known: Mapping[str, Field]) -> Iterator[Misfit]:
    """Every misfit of the condition with the fields it may look at."""
    match condition:
        case Compare(sign, left, right):
            yield from _comparison(sign, left, right, known)
        case In(value, among):
            if isinstance(among, Name):
                yield from _membership(value, among, known)
            else:
                for literal in among:
                    yield from _comparison("=", value, literal, known)
        case Empty(field):
            yield from _unknown(field, known)
        case Not(inner):
            yield from check(inner, known)
        case Both(left, right) | Either(left, right):
            yield from check(left, known)
            yield from check(right, known)


def _unknown(side: Name | Literal, known: Mapping[str, Field]) -> Iterator[Misfit]:
    if isinstance(side, Name) and side.name not in known:
        yield Misfit(f"syarat menyebut isian '{side.name}' yang tidak ada", side.name, tuple(known))


def _comparison(sign: str, left: Name | Literal, right: Name | Literal, known: Mapping[str, Field]) -> Iterator[Misfit]:
    unknown = [*_unknown(left, known), *_unknown(right, known)]
    if unknown:
        yield from unknown
        return
    groups = {_group(side, known) for side in (left, right)}
    name = next((side.name for side in (left, right) if isinstance(side, Name)), None)
    if name is None:
        yield Misfit("syarat membandingkan nilai dengan nilai, tanpa isian")
    elif "many" in groups:
        yield Misfit(f"'{name}' berisi banyak pilihan; tulis 'pilihan' in {name}")
    elif "opaque" in groups:
        yield Misfit(f"'{name}' tidak dapat dibandingkan, hanya 'is empty'")
    elif len(groups) > 1 and groups != {"date", "text"}:
        yield Misfit(f"{_said(left, known)} tidak sebanding dengan {_said(right, known)}")
    elif sign in ("<", "<=", ">", ">=") and not groups & {"number", "date"}:
        yield Misfit(f"'{name}' tidak berurutan; gunakan = atau !=")
    else:
        yield from _choices(left, right, known)
        yield from _choices(right, left, known)


def _said(side: Name | Literal, known: Mapping[str, Field]) -> str:
    groups = {"text": "teks", "number": "angka", "flag": "ya/tidak: true, false", "date": "tanggal"}
    shown = f"isian '{side.name}'" if isinstance(side, Name) else f"nilai '{side.value}'"
    return f"{shown} ({groups[_group(side, known)]})"


def _membership(value: Name | Literal, among: Name, known: Mapping[str, Field]) -> Iterator[Misfit]:
    unknown = [*_unknown(value, known), *_unknown(among, known)]
    if unknown:
        yield from unknown
    elif _group(among, known) != "many":
        yield Misfit(f"'{among.name}' bukan isian dengan banyak pilihan; tulis daftar ('a', 'b')")
    else:
        yield from _choices(value, among, known)


def _choices(side: Name | Literal, field: Name | Literal, known: Mapping[str, Field]) -> Iterator[Misfit]:
    """A literal compared with a choice must be one of its choices."""
    if isinstance(side, Literal) and isinstance(field, Name) and known[field.name].choices:
        keys = tuple(choice.key for choice in known[field.name].choices)
        if side.value not in keys:
            yield Misfit(f"'{side.value}' bukan pilihan isian '{field.name}'", str(side.value), keys)


def _group(side: Name | Literal, known: Mapping[str, Field]) -> str:
    if isinstance(side, Literal):
        if isinstance(side.value, bool):
            return "flag"
        return "text" if isinstance(side.value, str) else "number"
    kind = known[side.name].type
    if kind in _MANY or known[side.name].many:
        return "many" if kind in _MANY else "opaque"
    groups = {"number": COUNTED, "date": _DATED, "flag": ("yes_no",), "opaque": _OPAQUE}
    return next((group for group, kinds in groups.items() if kind in kinds), "text")
