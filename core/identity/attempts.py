"""Acts whose failure must be remembered."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from core.errors import LangkahError

T = TypeVar("T")


@dataclass(frozen=True)
class Attempt(Generic[T]):
    """How a try at a password or a code ended; exactly one of `value` and `error` is set.

    Such a service returns its refusal, because an exception would roll back the count of failures with
    everything else. The edge commits first and asks for the `result()` after:

        with tenant_transaction(database, slug) as session:
            attempt = login.attempt(session, account, password, address, now)
            secret = sessions.create(...) if attempt.value else None
        person = attempt.result()
    """

    value: T | None = None
    error: LangkahError | None = None

    def result(self) -> T:
        """What was won.

        :raises LangkahError: why it was refused.
        """
        if self.error is not None:
            raise self.error
        assert self.value is not None
        return self.value
