"""What comes in with a request is read strictly, before any schema looks at it.

A body that is no JSON is refused and never passed over: a completion sent with the wrong Content-Type must not be
carried out with its defaults. Texts that no database column can hold are refused here, once for all fields.
"""

import json
import math
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, NoReturn

from flask import Request
from webargs import missing
from webargs.flaskparser import FlaskParser, is_json_request
from werkzeug.exceptions import RequestEntityTooLarge

from core.errors import BadInput
from core.http.texts import UnusableCharacters, refuse_unusable, storable

UPLOAD = "multipart/form-data"
LONGEST_JSON = 1024 * 1024
DEEPEST_JSON = 32


class NotJson(BadInput):
    """Isi permintaan harus JSON. Kirimkan dengan kepala Content-Type: application/json."""

    status = 415
    type = "bukan-json"


class BrokenJson(BadInput):
    """Isi permintaan bukan JSON yang benar ({why}). Perbaiki, lalu kirim kembali."""

    status = 400
    type = "json-rusak"


def receive(incoming: Request) -> None:
    """Reads the whole body before a transaction opens: a slow line must not hold a connection of the database.

    What is too large is told later, in its place in the order of answers; a stranger's upload is not read at all.
    """
    with suppress(RequestEntityTooLarge):
        if incoming.mimetype != UPLOAD:
            incoming.max_content_length = LONGEST_JSON
            incoming.get_data(cache=True)
        elif "Authorization" in incoming.headers:
            _ = incoming.files


class StrictParser(FlaskParser):
    """webargs' parser for JSON bodies, queries and forms, with the checks of this module."""

    def _raw_load_json(self, req: Request) -> Any:
        body = req.get_data(cache=True)
        if len(body) >= LONGEST_JSON:  # Werkzeug cuts a body without a length there, and says nothing
            raise RequestEntityTooLarge
        if not is_json_request(req):
            if body:
                raise NotJson
            return missing
        return parsed(body) if body else missing

    def load_querystring(self, req: Request, schema: Any) -> Any:
        """The query, its texts looked at first."""
        refuse_unusable(req.args.items(multi=True))
        return super().load_querystring(req, schema)

    def load_form(self, req: Request, schema: Any) -> Any:
        """The fields of a form, their texts looked at first."""
        refuse_unusable(req.form.items(multi=True))
        return super().load_form(req, schema)


def parsed(body: bytes) -> Any:
    """The JSON of a body.

    :raises BrokenJson: it is none, nests deeper than 32 levels, or has a number that JSON does not know.
    :raises UnusableCharacters: a text in it has NUL or lone surrogates.
    """
    try:
        value = json.loads(body.decode(), parse_constant=_no_number)
    except RecursionError as error:
        raise BrokenJson(why="terlalu dalam bersarang") from error
    except json.JSONDecodeError as error:
        raise BrokenJson(why=f"baris {error.lineno} kolom {error.colno}") from error
    except UnicodeDecodeError as error:
        raise BrokenJson(why="harus UTF-8") from error
    except ValueError as error:
        raise BrokenJson(why="memuat bilangan yang tidak dikenal") from error
    for where, found in _leaves(value, "", DEEPEST_JSON):
        if isinstance(found, float) and not math.isfinite(found):
            raise BrokenJson(why="memuat bilangan yang terlalu besar")
        if isinstance(found, str) and not storable(found):
            raise UnusableCharacters(where=where or "permintaan")
    return value


def _leaves(value: Any, where: str, depth: int) -> Iterator[tuple[str, Any]]:
    """Every plain value with the path to it, and every key of an object with the path to that object."""
    if not isinstance(value, dict | list):
        yield where, value
        return
    if not depth:
        raise BrokenJson(why="terlalu dalam bersarang")
    for key, item in value.items() if isinstance(value, dict) else enumerate(value, 1):
        yield where, key
        yield from _leaves(item, f"{where}.{key}" if where else str(key), depth - 1)


def _no_number(name: str) -> NoReturn:
    raise ValueError(name)
