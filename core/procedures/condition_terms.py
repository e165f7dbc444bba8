"""The tree a condition is parsed to, and its spelling."""

from dataclasses import dataclass

Value = str | float | int | bool


@dataclass(frozen=True)
class Name:
    """A field: 'step.field', 'case.field' or a bare field of the same form."""

    name: str


@dataclass(frozen=True)
class Literal:
    """A text, number, true or false."""

    value: Value


@dataclass(frozen=True)
class Compare:
    """`left sign right`."""

    sign: str
    left: Name | Literal
    right: Name | Literal


@dataclass(frozen=True)
class In:
    """`value in (…)` or `value in field`, the latter for a field with several answers."""

    value: Name | Literal
    among: Name | tuple[Literal, ...]


@dataclass(frozen=True)
class Empty:
    """`field is empty`."""

    field: Name


@dataclass(frozen=True)
class Not:
    """The opposite of `inner`."""

    inner: "Condition"


@dataclass(frozen=True)
class Both:
    """`left and right`."""

    left: "Condition"
    right: "Condition"


@dataclass(frozen=True)
class Either:
    """`left or right`."""

    left: "Condition"
    right: "Condition"


Condition = Compare | In | Empty | Not | Both | Either


def render(condition: Condition) -> str:
    """The condition as text that parses to an equal one."""
    match condition:
        case Compare(sign, left, right):
            return f"{_show(left)} {sign} {_show(right)}"
        case In(value, among):
            shown = among.name if isinstance(among, Name) else f"({', '.join(map(_show, among))})"
            return f"{_show(value)} in {shown}"
        case Empty(field):
            return f"{field.name} is empty"
        case Not(inner):
            return f"not ({render(inner)})"
        case Both(left, right):
            return f"({render(left)}) and ({render(right)})"
        case Either(left, right):
            return f"({render(left)}) or ({render(right)})"


def _show(side: Name | Literal) -> str:
    if isinstance(side, Name):
        return side.name
    if isinstance(side.value, bool):
        return "true" if side.value else "false"
    if isinstance(side.value, str):
        return f'"{side.value}"' if "'" in side.value else f"'{side.value}'"
    return str(side.value)
