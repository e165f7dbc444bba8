"""A row of the walk's table, and how one is made; no pytest in here.

A path's and a form's things are made by the API's stage, fresh for the route, so that whoever may do it succeeds.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.core.api.routes import Stage

Made = Callable[[Stage], Any]


@dataclass(frozen=True)
class Route:
    """What a page answers.

    `right`: the status for `by`, who may. `wrong`: for the stranger, None where there is nothing that is not his.
    `form`: what is typed; a key goes with every form, the version of the address's task where it is `versioned`,
    and that of the API's address `seen` where it is named.
    `public`: it answers everybody alike. `unchanged`: whoever has still to choose a password of his own, too.
    """

    right: int = 200
    wrong: int | None = 403
    by: str = "ani"
    path: Made = field(default=lambda _: {})
    form: Made = field(default=lambda _: {})
    versioned: bool = False
    seen: str | None = None
    public: bool = False
    unchanged: bool = False


def made(what: str, right: int = 200, wrong: int | None = 403, form: Made | None = None, **more: Any) -> Route:
    """A page of what that method of the stage makes."""
    path: Made = lambda stage: getattr(stage, what)()  # noqa: E731
    return Route(right, wrong, path=path, form=form or (lambda _: {}), **more)
