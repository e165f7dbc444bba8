"""Organisasi: the tree of units with who leads each, one unit with all in it, a search over units, posts and people."""

from collections.abc import Iterable, Iterator
from typing import TypeVar
from uuid import UUID

from flask import Blueprint, render_template, request

from core.http.door import Guard, actor, visit
from core.organization import units
from core.organization.directory import directory
from core.organization.journal import EDIT
from core.organization.overview import Office, unit_tree, unit_view
from core.organization.posts import Post, government_tree
from core.web import terms
from core.web.door import page

blueprint = Blueprint("organization", __name__)

READ = Guard(right="organization.read")
READ_UNIT = Guard(right="organization.read", finds=units.get_unit)
# Of each kind a search shows so many; whoever wants one of more says it more exactly.
FOUND = 15

Node = TypeVar("Node", Office, Post)


@blueprint.get("/organisasi")
@page(READ)
def overview() -> str:
    """All units as a tree; or what a search finds."""
    words = request.args.get("cari", "").split()
    if words:
        return _found(words)
    session = visit().session
    closed = [unit for unit in units.units(session, inactive=True) if not unit.active] if actor().may(EDIT) else []
    return render_template("organization/overview.html", tree=unit_tree(session), closed=closed)


@blueprint.get("/organisasi/unit/<uuid:unit_id>")
@page(READ_UNIT)
def unit(unit_id: UUID) -> str:
    """One unit: its head, its desk, its posts, the units below it, its teams."""
    view = unit_view(visit().session, unit_id)
    return render_template("organization/unit.html", view=view, office=view.office, kinds=terms.UNIT_KINDS)


def _found(words: list[str]) -> str:
    """What bears every one of these words in its name, people as the directory finds them."""
    session, text = visit().session, " ".join(words)
    offices = [one for one in _all(unit_tree(session)) if _fits(words, f"{one.name} {one.short or ''}")]
    posts = [post for post in _all(government_tree(session)) if _fits(words, f"{post.title} {post.unit}")]
    people = directory(session, None, FOUND + 1, text)
    return render_template(
        "organization/found.html", text=text, offices=offices[:FOUND], posts=posts[:FOUND], people=people[:FOUND],
        more=max(len(offices), len(posts), len(people)) > FOUND,
    )  # fmt: skip


def _fits(words: Iterable[str], name: str) -> bool:
    return all(word.casefold() in name.casefold() for word in words)


def _all(tree: Iterable[Node]) -> Iterator[Node]:
    """Every node of the tree, from the top."""
    for node in tree:
        yield node
        yield from _all(node.below)
