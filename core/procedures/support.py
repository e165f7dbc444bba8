"""What of the language the engine runs today. The rest loads, but its edition is not put into force."""

from collections.abc import Iterator

from core.procedures import conditions
from core.procedures.model import Edition, Field, Start, Step, walk
from core.procedures.words import RETURNED

_FIELDS = (
    "text", "long_text", "yes_no", "number", "percent", "money", "date", "choice", "choices", "checklist",
    "file", "photo", "url", "phone",
)  # fmt: skip
_TARGETS = ("position", "team", "unit", "set")


def unsupported(edition: Edition) -> list[str]:
    """One message per construct that is not built yet, 'belum didukung: period', in print order; none is good."""
    return list(dict.fromkeys(f"belum didukung: {found}" for found in _found(edition)))


def _found(edition: Edition) -> Iterator[str]:
    yield from sorted(edition.extra)
    yield from _in_start(edition.start)
    yield from _in_actors(edition)
    for step in walk(edition.steps):
        for construct in _in_step(step, edition):
            yield f"{construct} (langkah {step.key})"


def _in_actors(edition: Edition) -> Iterator[str]:
    """Only of actors that are given something to do: the public of a closing row opens no task."""
    busy = set(edition.start.by)
    for step in walk(edition.steps):
        if not step.standing:
            busy |= {*step.actors, *([step.each.of] if step.each else [])}
    for actor in edition.actors.values():
        if actor.target and actor.key in busy:
            if actor.target.kind not in _TARGETS:
                yield f"{actor.target.kind} (pelaksana {actor.key})"
            elif actor.target.who == "head":
                yield f"who: head (pelaksana {actor.key})"


def _in_start(start: Start) -> Iterator[str]:
    for source in start.sources:
        if source != "person":
            yield f"start from {source}"
    for construct in _in_form(start.asks):
        yield f"{construct} (start)"
    for field in start.asks:
        if field.type in ("file", "photo"):
            yield f"{field.type} (start)"


def _in_step(step: Step, edition: Edition) -> Iterator[str]:
    # A handler is a part of `by: system`, and named with it.
    yield from sorted(name for name in step.extra if name != "handler")
    if step.branches:
        yield "parallel"
    if step.each:
        yield from _in_each(step, edition)
    elif any(_is_set(key, edition) for key in step.actors[:1]) and not step.standing:
        yield "himpunan tanpa each"
    for requirement in step.requirements:
        if requirement.case:
            yield "from SOP atau masa lain"
        if requirement.blocking:
            yield "blocking"
    yield from _in_form(step.form)


def _in_each(step: Step, edition: Edition) -> Iterator[str]:
    each = step.each
    assert each is not None
    if each.steps:
        yield "each dengan steps"
    if each.over != "actor":
        yield f"each atas {each.over}"
    elif not _is_set(each.of, edition) or step.actors[:1] not in ((each.of,), ()):
        yield "each selain atas himpunan unit pelaksananya sendiri"
    if each.approve:
        yield "approve"
    if each.supervisor:
        yield "supervisor"
    onward = [o for o in step.outcomes if o.key != RETURNED and not _goes_back(o.to, step, edition)]
    if len(onward) > 1:
        yield "beberapa keputusan pada each"


def _in_form(fields: tuple[Field, ...]) -> Iterator[str]:
    own = {field.key for field in fields}
    for field in fields:
        if field.type not in _FIELDS:
            yield f"isian jenis {field.type}"
        if field.prefill:
            yield "prefill"
        if isinstance(field.required, str) and not _own_fields(field.required) <= own:
            yield "required menurut langkah lain"
        if field.many and field.type not in ("file", "photo"):
            yield f"many pada jenis {field.type}"


def _own_fields(condition: str) -> frozenset[str]:
    return conditions.fields(conditions.parse(condition))


def _is_set(key: str, edition: Edition) -> bool:
    actor = edition.actors.get(key)
    return bool(actor and actor.target and actor.target.kind == "set")


def _goes_back(to: str, step: Step, edition: Edition) -> bool:
    order = list(edition.rows)
    return to in order and order.index(to) < order.index(step.key)
