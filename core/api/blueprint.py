"""The blueprint of every part of the API: strict input, and a documentation in Bahasa Indonesia.

Routes are described where they are made: the door adds who may pass, core.api.headers what a command carries.
"""

from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from http import HTTPStatus
from typing import Any, TypeVar

from flask_smorest import Blueprint as SmorestBlueprint
from flask_smorest.utils import deepupdate

from core.api.bodies import StrictParser
from core.api.wording import SUCCESSES

View = TypeVar("View", bound=Callable[..., Any])

BODY_ERRORS = (
    HTTPStatus.BAD_REQUEST,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
)


class Blueprint(SmorestBlueprint):  # type: ignore[misc]  # flask-smorest is not typed
    """flask-smorest's, with our parser and our words."""

    ARGUMENTS_PARSER = StrictParser()

    def arguments(self, schema: Any, *, location: str = "json", **options: Any) -> Any:
        """As flask-smorest's, with the schema made once; what may be wrong with a body is documented with it."""
        made = schema() if isinstance(schema, type) else schema
        taken = super().arguments(made, location=location, **options)
        if location == "query":
            return taken
        return lambda view: described(taken(view), errors=BODY_ERRORS)

    def response(self, status_code: int, schema: Any = None, **options: Any) -> Any:
        """As flask-smorest's; what it means is told in Indonesian."""
        options.setdefault("description", SUCCESSES[status_code])
        return super().response(status_code, schema, **options)


def described(
    view: View, *, parameters: Sequence[Mapping[str, Any]] = (), errors: Sequence[HTTPStatus] = (), **operation: Any
) -> View:
    """The view with more said about it in the specification.

    :param errors: what it may answer with, as problem+json.
    :param operation: further members of the OpenAPI operation.
    """
    known: dict[str, Any] = deepcopy(getattr(view, "_apidoc", {}))
    manual = known.setdefault("manual_doc", {})
    if parameters:
        manual["parameters"] = [*parameters, *manual.get("parameters", ())]
    manual.setdefault("responses", {}).update({int(status): status.name for status in errors})
    deepupdate(manual, operation)
    view._apidoc = known  # type: ignore[attr-defined]
    return view
