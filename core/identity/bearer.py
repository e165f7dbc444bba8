"""Secrets that open a door to whoever bears them: session cookies and API tokens.

They hold 256 random bits, so a plain SHA-256 keeps them safe in the database and lets an index find them;
a slow hash protects only what people choose or type (core.identity.passwords).
"""

import hashlib
import secrets


def fresh(prefix: str = "") -> str:
    """A new secret: the prefix and 43 characters that are safe in addresses and headers."""
    return prefix + secrets.token_urlsafe(32)


def digest(secret: str) -> bytes:
    """The 32 bytes that stand in the database for a secret; any text at all has one."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).digest()
