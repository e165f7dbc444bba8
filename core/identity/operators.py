"""Operators: they run the instance, belong to no tenant, and always prove a second factor (ground.md 10).

They never get a tenant's scope, so their acts cannot stand in a tenant's audit: each is one line of the service log.
"""

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import pyotp
import structlog
from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from core.errors import Conflict, NotFound, NotLoggedIn
from core.identity import passwords, spelling, throttle
from core.identity.attempts import Attempt
from core.identity.bearer import digest, fresh
from core.identity.models import Operator, OperatorSession

ISSUER = "Langkah"
STEP_SECONDS = 30
WINDOW = 1  # steps a telephone's clock may be off, either way
LIFETIME = timedelta(hours=12)
log = structlog.get_logger("core.identity.operators")


class OperatorTaken(Conflict):
    """Nama pengguna ini sudah dipakai operator lain. Pilihlah nama lain."""

    type = "operator-terpakai"


class UnknownOperator(NotFound):
    """Operator ini tidak terdaftar. Periksa kembali nama penggunanya."""

    type = "operator-tidak-ditemukan"


class WrongOperatorLogin(NotLoggedIn):
    """Nama pengguna, kata sandi, atau kode autentikator salah. Tunggu kode berikutnya, lalu coba lagi."""

    type = "masuk-operator-salah"


@dataclass(frozen=True)
class LoggedInOperator:
    """An operator in a session; he is no Actor, so no service of a tenant takes him."""

    operator_id: UUID
    username: str
    name: str


def create(session: Session, username: str, name: str, password: str) -> tuple[Operator, str]:
    """A new operator, and the address for his authenticator (as a QR code), shown once.

    :raises BadInput: name, user name or password cannot be taken.
    :raises OperatorTaken: the user name is another's.
    """
    plain, full = spelling.username(username), spelling.name(name)
    passwords.check(password, plain, full)
    operator = Operator(
        username=plain,
        name=full,
        password_hash=passwords.hashed(password),
        totp_secret=pyotp.random_base32(),
        active=True,
    )
    try:
        with session.begin_nested():
            session.add(operator)
    except IntegrityError:
        raise OperatorTaken() from None
    log.info("operator.created", operator=plain)
    return operator, pyotp.TOTP(operator.totp_secret).provisioning_uri(name=plain, issuer_name=ISSUER)


def attempt(
    session: Session, username: str, password: str, code: str, address: str | None, now: datetime
) -> Attempt[Operator]:
    """A log-in by password and authenticator code; each code opens once.

    `error` is WrongOperatorLogin whichever of the three was wrong, or TooMany with the wait.
    """
    plain = spelling.normalise(username)
    key = throttle.unnamed(plain)
    gate = throttle.knock(session, key, address, now, door=throttle.OPERATORS)
    if gate.shut:
        return Attempt(error=gate.shut)
    # Locked, so that of two log-ins with one code the second sees the step as used.
    operator = session.scalar(
        select(Operator)
        .where(Operator.username == plain, Operator.active)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    right = passwords.matches(operator.password_hash if operator else None, password)
    step = _step(operator, code, now) if operator else None
    if operator is None or not right or step is None:
        log.warning("operator.login_failed", operator=operator.username if operator else None, address=address)
        return Attempt(error=gate.shuts or WrongOperatorLogin())
    operator.last_totp_step = step
    throttle.clear(session, key, address, door=throttle.OPERATORS)
    log.info("operator.login_succeeded", operator=plain, address=address)
    return Attempt(operator)


def open_session(session: Session, operator: Operator, now: datetime) -> str:
    """Opens a session of twelve hours; returns the cookie's secret, which is kept nowhere."""
    secret = fresh()
    session.add(
        OperatorSession(
            operator_id=operator.id,
            secret_hash=digest(secret),
            created_at=now,
            expires_at=now + LIFETIME,
            revoked_at=None,
        )
    )
    return secret


def by_session(session: Session, secret: str, now: datetime | None = None) -> LoggedInOperator | None:
    """Who bears this cookie, in one statement; None where it is unknown, revoked or over, or he disabled."""
    row = session.execute(
        select(Operator.id, Operator.username, Operator.name)
        .join(OperatorSession, OperatorSession.operator_id == Operator.id)
        .where(OperatorSession.secret_hash == digest(secret), OperatorSession.revoked_at.is_(None))
        .where(OperatorSession.expires_at > (now or func.now()), Operator.active)
    ).one_or_none()
    return LoggedInOperator(row.id, row.username, row.name) if row else None


def leave(session: Session, secret: str, now: datetime) -> None:
    """Ends the session whose cookie this is."""
    session.execute(
        update(OperatorSession)
        .where(OperatorSession.secret_hash == digest(secret), OperatorSession.revoked_at.is_(None))
        .values(revoked_at=now)
    )


def disable(session: Session, username: str, now: datetime) -> None:
    """Shuts an operator's account and ends his sessions.

    :raises UnknownOperator: nobody has this user name.
    """
    plain = spelling.normalise(username)
    operator = session.scalar(select(Operator).where(Operator.username == plain))
    if operator is None:
        raise UnknownOperator()
    operator.active = False
    session.execute(
        update(OperatorSession)
        .where(OperatorSession.operator_id == operator.id, OperatorSession.revoked_at.is_(None))
        .values(revoked_at=now)
    )
    log.info("operator.disabled", operator=plain)


def operators(session: Session) -> list[Operator]:
    """All operators in order of user name; an instance has a handful."""
    return list(session.scalars(select(Operator).order_by(Operator.username)))


def _step(operator: Operator, code: str, now: datetime) -> int | None:
    """The time step whose code this is, if it is near enough and later than the last one used."""
    totp = pyotp.TOTP(operator.totp_secret)
    typed = spelling.normalise(code)
    present = int(now.timestamp()) // STEP_SECONDS
    for step in range(present - WINDOW, present + WINDOW + 1):
        if step > operator.last_totp_step and hmac.compare_digest(
            totp.generate_otp(step).encode(), typed.encode("utf-8", "surrogatepass")
        ):
            return step
    return None
