"""Every step of a procedure with its place in the file, in the order and in the branch it stands in."""

from collections.abc import Iterator
from dataclasses import dataclass

from core.procedures.model import Field, Step
from core.procedures.problems import KeyPath


@dataclass(frozen=True)
class Node:
    """A step, where it is written, its rank in print order and the branch it is in.

    `inside` names the blocks and branches around it from the outside in; empty at the top level.
    """

    step: Step
    path: KeyPath
    rank: int
    inside: tuple[str, ...]


class Flow:
    """All nodes of a procedure, looked up by key; of doubled keys the first counts."""

    def __init__(self, steps: tuple[Step, ...]) -> None:
        self.nodes = tuple(
            Node(step, path, rank, inside) for rank, (step, path, inside) in enumerate(_walk(steps, ("steps",), ()))
        )
        self.by_key = {node.step.key: node for node in reversed(self.nodes)}
        self.keys = tuple(dict.fromkeys(node.step.key for node in self.nodes))

    def find(self, key: str) -> Node | None:
        """The node of this key."""
        return self.by_key.get(key)

    def earlier(self, node: Node) -> tuple[str, ...]:
        """The keys of what stands before `node`, nearest words for a wrong one."""
        return tuple(key for key in self.keys if is_behind(self.by_key[key], node))

    def visible_from(self, node: Node) -> dict[str, Field]:
        """The answers known when `node` begins, as 'step.field'.

        What stands before it, save the answers of other members: those of an `each` it is not inside of.
        """
        return {
            f"{other.step.key}.{field.key}": field
            for other in self.nodes
            if is_behind(other, node) and self._one_answer(other, node)
            for field in other.step.form
        }

    def _one_answer(self, other: Node, node: Node) -> bool:
        if other.step.each is not None:
            return False
        around = [key for key in other.inside if key in self.by_key and self.by_key[key].step.each]
        return all(key in node.inside for key in around)


def is_behind(target: Node, node: Node) -> bool:
    """Whether `target` has run when `node` begins: it stands before it, and not in a branch beside it."""
    return target.rank < node.rank and not _beside(target.inside, node.inside)


def _beside(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two places part in two branches of one `parallel` (only branches have a stroke in their name)."""
    for mine, theirs in zip(one, other, strict=False):
        if mine != theirs:
            return "/" in mine and "/" in theirs
    return False


def may_go(node: Node, target: Node) -> bool:
    """Whether `target` lies in the branch of `node`, or in one that ended before it (engine.md, Exactly 2)."""
    if target.inside[: len(node.inside)] != node.inside:
        return False
    return len(target.inside) == len(node.inside) or is_behind(target, node)


def _walk(
    steps: tuple[Step, ...], path: KeyPath, inside: tuple[str, ...]
) -> Iterator[tuple[Step, KeyPath, tuple[str, ...]]]:
    for index, step in enumerate(steps):
        here = (*path, index)
        yield step, here, inside
        if step.each:
            yield from _walk(step.each.steps, (*here, "each", "steps"), (*inside, step.key))
        for place, branch in enumerate(step.branches):
            around = (*inside, step.key, f"{step.key}/{branch.key}")
            yield from _walk(branch.steps, (*here, "parallel", place, "steps"), around)
