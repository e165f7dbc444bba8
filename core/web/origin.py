"""Forged requests: what changes something must come from a page of ours (ADR 0029).

A browser says where a request comes from, and no page can make it say otherwise: Sec-Fetch-Site, and where it does not
send that (plain http in an office network), Origin. What says neither is no browser that carries a session.
"""

from flask import Request

from core.errors import Forbidden

SAFE = ("GET", "HEAD", "OPTIONS")


class ForeignOrigin(Forbidden):
    """Permintaan ini tidak datang dari halaman Langkah, jadi tidak dijalankan. Buka kembali halamannya, lalu ulangi
    dari sana.
    """

    type = "asal-permintaan-lain"


def require_own(incoming: Request) -> None:
    """Lets through what only reads, and what a page of this very host sends.

    :raises ForeignOrigin: another site sent it, or nothing says who did.
    """
    if incoming.method in SAFE:
        return
    site = incoming.headers.get("Sec-Fetch-Site")
    if site == "same-origin":
        return
    # A server in front of us may speak https and not say so; the other way round would let a forged http page in.
    ours = (f"{incoming.scheme}://{incoming.host}", f"https://{incoming.host}")
    if site is not None or incoming.headers.get("Origin") not in ours:
        raise ForeignOrigin
