"""Every page the menu leads to, for every kind of reader: nothing serious for axe-core, nothing wider than a phone.

What else a page must never do (errors, breaches of the policy, other hosts, weight) the visitor watches by himself.
"""

import pytest

# (government, account, what he is)
READERS = [
    ("pangkalpinang", "dewi", "team"),
    ("pangkalpinang", "agus", "head of division and supervisor"),
    ("pangkalpinang", "ratna", "two posts"),
    ("pangkalpinang", "anisa", "admin"),
    ("pangkalpinang", "putri", "office's operator"),
    ("pontianak", "salmah", "another city"),
    ("bekasi", None, "a government without a SOP"),
]
MOST = 60


def pages(one):
    """The addresses that the menu, the user's drawer and the first of every list lead to, each kind once."""
    seen, kinds, queue = [], set(), ["tugas"]
    home = one.page.url.rsplit("/", 1)[0]
    queue = [f"{home}/tugas"]
    while queue and len(seen) < MOST:
        address = queue.pop(0)
        kind = kind_of(address)
        if kind in kinds:
            continue
        kinds.add(kind)
        seen.append(address)
        one.page.goto(address)
        links = one.page.eval_on_selector_all("a[href]", "all => all.map(a => a.href)")
        queue += [link for link in links if link.startswith(home + "/") and "/berkas/" not in link and "#" not in link]
    return seen


def kind_of(address):
    """An address without what names one thing among many."""
    path = address.split("?")[0]
    return tuple("*" if any(letter.isdigit() for letter in part) else part for part in path.split("/"))


@pytest.mark.parametrize(("government", "account", "what"), READERS, ids=[reader[2] for reader in READERS])
def test_every_page_is_clean(visitor, someone, government, account, what):
    one = visitor().log_in(government, account or someone(government))
    found = {}
    walked = pages(one)
    for address in walked:
        one.page.goto(address)
        for finding in one.axe():
            found.setdefault(finding, address)
    assert found == {}
    assert len(walked) >= 6, walked


@pytest.mark.parametrize("javascript", [True, False])
def test_every_page_fits_a_phone(visitor, javascript):
    wide = visitor().log_in("pangkalpinang", "anisa")
    narrow = visitor(width=360, height=740, javascript=javascript).log_in("pangkalpinang", "anisa")
    too_wide = {}
    for address in pages(wide):
        narrow.page.goto(address)
        if narrow.overflow() > 0:
            too_wide[address] = narrow.overflow()
    assert too_wide == {}


def test_every_page_is_readable_in_the_dark(visitor):
    one = visitor(dark=True).log_in("pangkalpinang", "agus")
    found = {}
    for address in pages(one):
        one.page.goto(address)
        for finding in one.axe():
            found.setdefault(finding, address)
    assert found == {}


@pytest.fixture
def someone(server):
    """An account of a government, whoever comes first."""
    from sqlalchemy import select

    from core.identity.models import Person
    from core.tenancy.scope import tenant_transaction

    def first(slug):
        with server.installation.platform() as platform, tenant_transaction(platform.database, slug) as session:
            return session.scalars(select(Person.username).order_by(Person.username).limit(1)).one()

    return first
