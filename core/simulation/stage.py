"""Where officials act: each command a transaction of its own, done by the first whom the engine lets do it."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from core.engine.service import Answer, Request
from core.errors import Conflict, Forbidden, LangkahError
from core.identity.actor import Actor, by_person
from core.platform import Platform
from core.tenancy.scope import tenant_transaction

Clock = Callable[[], datetime]
Command = Callable[[Session, Request], Answer]


class Stuck(Conflict):
    """Pelaksanaan {number} tidak dapat dilanjutkan: {reason}"""

    type = "simulasi-terhenti"


def now() -> datetime:
    """The present."""
    return datetime.now(UTC)


class Stage:
    """The platform in one tenant; `clock` gives the moments of the acts."""

    def __init__(self, platform: Platform, tenant: str, clock: Clock = now) -> None:
        self.platform, self.tenant, self.clock = platform, tenant, clock

    def transaction(self) -> AbstractContextManager[Session]:
        """One transaction in the tenant's scope."""
        return tenant_transaction(self.platform.database, self.tenant)

    def act(self, persons: Sequence[UUID], command: Command, nobody: LangkahError) -> tuple[Answer, Actor]:
        """The command's answer, and who of these persons did it.

        :raises LangkahError: what the engine refuses for another reason than the person; the last person's
            refusal where nobody may; `nobody` where there is no one.
        """
        refusal = nobody
        for person in persons:
            try:
                with self.transaction() as session:
                    actor = by_person(session, person)
                    answer = command(session, Request(actor, self.clock())) if actor else None
            except Forbidden as error:
                refusal = error
                continue
            self.platform.engine.deliver(session)
            if actor is not None and answer is not None:
                return answer, actor
        raise refusal
