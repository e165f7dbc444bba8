"""Network addresses as a log-in sees them: one spelling each, and the network a stranger can roam in at no cost."""

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address


def exact(address: str | None) -> str | None:
    """One spelling of an address; None for what is none (a test client, a socket, nonsense in a header)."""
    found = _parsed(address)
    return str(found) if found else None


def network(address: str | None) -> str | None:
    """What counts as one place: an IPv4 address, or the /64 of an IPv6 one, which any household is given whole."""
    found = _parsed(address)
    if isinstance(found, IPv6Address):
        return str(IPv6Network((int(found), 64), strict=False))
    return str(found) if found else None


def _parsed(address: str | None) -> IPv4Address | IPv6Address | None:
    """An IPv4 address in IPv6's clothes is itself; an interface's name (fe80::1%eth0) is dropped."""
    try:
        found = ip_address((address or "").partition("%")[0])
    except ValueError:
        return None
    return found.ipv4_mapped or found if isinstance(found, IPv6Address) else found
