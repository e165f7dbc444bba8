"""Frozen dataclasses to plain JSON and back, exactly; and the one spelling their hash is taken of.

A value equal to its default is left out, so a field added to a class later changes no stored JSON and no
hash. A dict marked `keyed` becomes a list, because jsonb forgets the order of keys.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

T = TypeVar("T")


def encode(value: Any) -> Any:
    """Plain JSON values: dataclasses as objects, tuples as lists."""
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: _encode_field(f, getattr(value, f.name)) for f in _written_fields(value)}
    if isinstance(value, list | tuple):
        return [encode(item) for item in value]
    if isinstance(value, Mapping):
        return {key: encode(item) for key, item in value.items()}
    return value


def decode(kind: type[T], data: Mapping[str, Any]) -> T:
    """The dataclass `kind` from what `encode` made of it; what is left out has its default."""
    hints = _hints(cast(Any, kind))
    marked = {f.name: "keyed" in f.metadata for f in fields(kind)}  # type: ignore[arg-type]
    return kind(**{name: _decode(hints[name], value, marked[name]) for name, value in data.items() if name in hints})


def canonical(data: Any) -> bytes:
    """JSON with sorted keys, no spaces, UTF-8: equal values give equal bytes."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def digest(data: Any) -> str:
    """The SHA-256 of the canonical JSON, in hexadecimal."""
    return hashlib.sha256(canonical(data)).hexdigest()


def _written_fields(value: Any) -> list[Field[Any]]:
    return [f for f in fields(value) if getattr(value, f.name) != _default(f)]


def _default(field: Field[Any]) -> Any:
    return field.default_factory() if field.default_factory is not MISSING else field.default


def _encode_field(field: Field[Any], value: Any) -> Any:
    return encode(list(value.values()) if "keyed" in field.metadata else value)


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)


def _decode(hint: Any, value: Any, keyed: bool = False) -> Any:
    origin, arguments = get_origin(hint), get_args(hint)
    if keyed:
        members = [_decode(arguments[1], item) for item in value]
        return {member.key: member for member in members}
    if value is None or hint is Any or origin is Literal:
        return value
    if origin in (Union, UnionType):
        concrete = [a for a in arguments if a is not NoneType]
        return _decode(concrete[0], value) if len(concrete) == 1 else value
    if origin is tuple:
        return tuple(_decode(arguments[0], item) for item in value)
    if origin is dict:
        return {key: _decode(arguments[1], item) for key, item in value.items()}
    if is_dataclass(hint):
        return decode(hint, value)  # type: ignore[arg-type]
    return float(value) if hint is float else value
