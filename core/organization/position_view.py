"""One post as its page shows it: who fills it, what stands below it, who held it before."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from core.organization.history import AssignmentView, history_of_position
from core.organization.models import Position
from core.organization.positions import get_position
from core.organization.posts import Post, post_with_below
from core.tenancy.versions import version


@dataclass(frozen=True)
class PositionView:
    """A post; `history` is the first page of its assignments, the latest first, those to come and past ones too."""

    post: Post
    version: str
    history: tuple[AssignmentView, ...]


def position_view(session: Session, position_id: UUID) -> PositionView:
    """A post, abolished or not. Four statements.

    :raises PositionUnknown: there is none.
    """
    row = get_position(session, position_id)
    post = post_with_below(session, position_id)
    assert post is not None
    return PositionView(post, version(Position, row), tuple(history_of_position(session, position_id)))
