"""What the conditions of `when` and `required` mean (engine.md, Exactly 4).

The grammar is in condition_parser: fields compared with literals or each other, and, or, not, nothing
more. A missing value is empty; every comparison with it is false. Dates are compared as ISO text.
"""

from collections.abc import Callable, Mapping
from typing import Any

from core.procedures import condition_parser
from core.procedures.condition_terms import Both, Compare, Condition, Either, Empty, In, Literal, Name, Not


def parse(text: str) -> Condition:
    """The condition written in `text`.

    :raises condition_parser.BadCondition: it is not in the grammar.
    """
    return condition_parser.parse(text)


def fields(condition: Condition) -> frozenset[str]:
    """The names of all fields the condition looks at."""
    match condition:
        case Compare(_, left, right):
            return frozenset(side.name for side in (left, right) if isinstance(side, Name))
        case In(value, among):
            return frozenset(side.name for side in (value, among) if isinstance(side, Name))
        case Empty(field):
            return frozenset({field.name})
        case Not(inner):
            return fields(inner)
        case Both(left, right) | Either(left, right):
            return fields(left) | fields(right)


def evaluate(condition: Condition, values: Mapping[str, Any]) -> bool:
    """Whether the condition holds for `values`, keyed as the condition names its fields."""
    match condition:
        case Compare(sign, left, right):
            return _compare(sign, _value(left, values), _value(right, values))
        case In(value, among):
            return any(_compare("=", _value(value, values), member) for member in _members(among, values))
        case Empty(field):
            return is_empty(_value(field, values))
        case Not(inner):
            return not evaluate(inner, values)
        case Both(left, right):
            return evaluate(left, values) and evaluate(right, values)
        case Either(left, right):
            return evaluate(left, values) or evaluate(right, values)


def is_empty(value: Any) -> bool:
    """Whether an answer counts as not given: absent, blank text, or nothing chosen."""
    if isinstance(value, str):
        return not value.strip()
    return value is None or (isinstance(value, list | tuple | dict) and not value)


def _value(side: Name | Literal, values: Mapping[str, Any]) -> Any:
    return values.get(side.name) if isinstance(side, Name) else side.value


def _members(among: Name | tuple[Literal, ...], values: Mapping[str, Any]) -> list[Any]:
    if isinstance(among, tuple):
        return [literal.value for literal in among]
    answer = values.get(among.name)
    return list(answer) if isinstance(answer, list | tuple) else [answer]


def _compare(sign: str, left: Any, right: Any) -> bool:
    """False for anything empty, and for values that are not of one kind: true is not 1 here."""
    if is_empty(left) or is_empty(right) or _kind(left) is not _kind(right) or _kind(left) is None:
        return False
    compared: dict[str, Callable[[], bool]] = {
        "=": lambda: left == right,
        "!=": lambda: left != right,
        "<": lambda: left < right,
        "<=": lambda: left <= right,
        ">": lambda: left > right,
        ">=": lambda: left >= right,
    }
    return compared[sign]()


def _kind(value: Any) -> type | None:
    for kind in (bool, str):
        if isinstance(value, kind):
            return kind
    return float if isinstance(value, int | float) else None
