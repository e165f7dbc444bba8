"""The lock in its details: words, places, moments that coincide."""

import threading
from datetime import timedelta

import pytest

from core.errors import TooMany
from core.identity import throttle
from core.identity.addresses import exact, network
from core.identity.models import LoginThrottle
from core.tenancy.scope import tenant_transaction
from tests.core.identity.conftest import NOW
from tests.statements import counted

pytestmark = pytest.mark.database
HERE = "10.1.2.3"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(1, "1 detik"), (30, "30 detik"), (60, "1 menit"), (61, "2 menit"), (1800, "30 menit"), (3600, "1 jam")],
)
def test_a_wait_is_said_in_words_rounded_up(seconds, words):
    assert throttle.in_words(seconds) == words


def test_a_part_of_a_second_is_a_second():
    assert throttle.too_many(timedelta(milliseconds=100)).details == {"wait": "1 detik", "seconds": 1}
    assert "Coba lagi 30 detik lagi" in str(throttle.too_many(timedelta(seconds=30)))


@pytest.mark.parametrize(
    ("address", "place", "whole"),
    [
        ("10.1.2.3", "10.1.2.3", "10.1.2.3"),
        ("::ffff:10.1.2.3", "10.1.2.3", "10.1.2.3"),
        ("2001:db8:1:2:3::4", "2001:db8:1:2::/64", "2001:db8:1:2:3:0:0:4"),
        ("fe80::1%eth0", "fe80::/64", "fe80::1"),
        ("::1", "::/64", "::1"),
        ("bukan alamat", None, None),
        (None, None, None),
    ],
)
def test_one_place_is_an_ipv4_address_or_a_network_of_ipv6(address, place, whole):
    assert network(address) == place
    assert exact(address) == (exact(whole) if whole else None)


def test_a_try_is_counted_in_one_statement(scope, database):
    with scope() as session, counted(database) as sent:
        throttle.knock(session, "masuk:a", HERE, NOW)
    assert len(sent) == 1


def test_the_waits_grow_to_an_hour_and_no_further(scope):
    now, waits = NOW, []
    for _ in range(16):
        with scope() as session:
            gate = throttle.knock(session, "masuk:a", HERE, now)
        assert gate.shut is None
        waits.append(gate.shuts.details["seconds"] if gate.shuts else 0)
        now += timedelta(seconds=waits[-1] + 1)
    assert waits == [0] * 5 + [30, 60, 120, 240, 480, 960, 1920, 3600, 3600, 3600, 3600]


def test_a_day_without_failures_starts_anew(scope):
    with scope() as session:
        for _ in range(5):
            throttle.knock(session, "masuk:a", HERE, NOW)
        assert throttle.knock(session, "masuk:a", HERE, NOW + timedelta(hours=25)).shuts is None


def test_refused_tries_do_not_lengthen_the_wait(scope):
    with scope() as session:
        for _ in range(6):
            throttle.knock(session, "masuk:a", HERE, NOW)
        for second in range(30):
            gate = throttle.knock(session, "masuk:a", HERE, NOW + timedelta(seconds=second))
            assert gate.shut.details["seconds"] == 30 - second
        assert throttle.knock(session, "masuk:a", HERE, NOW + timedelta(seconds=30)).shut is None


def test_tries_sent_at_one_moment_do_not_slip_through_together(database, tenant):
    gates, start = [], threading.Barrier(8)

    def strike():
        start.wait()
        for _ in range(3):
            with tenant_transaction(database, tenant.slug) as session:
                gates.append(throttle.knock(session, "masuk:a", HERE, NOW))

    threads = [threading.Thread(target=strike) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(gate.shut is None for gate in gates) == 6
    assert all(isinstance(gate.shut, TooMany) for gate in gates if gate.shut)


def test_tries_from_many_addresses_at_one_moment_never_wait_in_a_circle(database, tenant):
    failures, start = [], threading.Barrier(8)

    def strike(number):
        start.wait()
        for turn in range(12):
            try:
                with tenant_transaction(database, tenant.slug) as session:
                    throttle.knock(session, "masuk:a", f"10.0.{turn % 3}.{number % 3}", NOW)
            except Exception as error:
                failures.append(error)

    threads = [threading.Thread(target=strike, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


def test_the_sweep_removes_only_what_no_longer_counts(scope):
    with scope() as session:
        throttle.knock(session, "masuk:lama", HERE, NOW - timedelta(hours=25))
        throttle.knock(session, "masuk:baru", HERE, NOW)
        throttle.sweep(session, NOW)
        assert {row.account for row in session.query(LoginThrottle)} == {"masuk:baru"}


def test_two_tenants_count_apart(scope, database, other_tenant):
    with scope() as session:
        for _ in range(6):
            throttle.knock(session, "masuk:a", HERE, NOW)
    with tenant_transaction(database, other_tenant.slug) as session:
        assert throttle.knock(session, "masuk:a", HERE, NOW) == throttle.Gate()
