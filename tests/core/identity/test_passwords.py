"""Which passwords may be chosen, and how they are kept."""

import time

import pytest
from argon2 import PasswordHasher

from core.identity import passwords
from core.identity.passwords import PasswordRefused

OWN = ("Budi Santoso, S.Kom.", "198001012005011001", "budi.s", "budi.santoso@contoh.go.id")


def test_a_password_matches_its_hash_and_no_other():
    stored = passwords.hashed("kopi pagi di beranda")
    assert passwords.matches(stored, "kopi pagi di beranda")
    assert not passwords.matches(stored, "kopi pagi di berandA")
    assert stored.startswith("$argon2id$") and "kopi" not in stored


def test_two_keyboards_that_compose_a_letter_differently_type_the_same_password():
    assert passwords.matches(passwords.hashed("kafe\u0301 di beranda"), "kaf\u00e9 di beranda")


@pytest.mark.parametrize("typed", ["", "\x00", "\ud800", "x" * 1_000_000])
def test_no_text_breaks_the_check(typed):
    assert not passwords.matches(passwords.hashed("kopi pagi di beranda"), typed)
    assert not passwords.matches(None, typed)
    assert not passwords.matches("rusak", typed)


def test_without_an_account_the_answer_takes_about_as_long():
    stored = passwords.hashed("kopi pagi di beranda")
    passwords.matches(None, "hangatkan")

    def fastest(hash_):
        spent = []
        for _ in range(5):
            begun = time.perf_counter()
            passwords.matches(hash_, "salah sekali ini")
            spent.append(time.perf_counter() - begun)
        return min(spent)

    assert 0.3 < fastest(None) / fastest(stored) < 3


def test_a_hash_of_other_parameters_is_outdated():
    assert passwords.outdated(PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1).hash("x"))
    assert not passwords.outdated(passwords.hashed("x"))


@pytest.mark.parametrize(
    ("chosen", "reason"),
    [
        ("kopi pagi", "sedikitnya 12 karakter, karena yang lebih pendek dapat ditebak mesin"),
        ("x" * 257, "paling panjang 256"),
        ("aaaaaaaaaaaaaaab", "karakter yang berulang"),
        ("081234567890", "angka saja"),
        ("Budi-Santoso-2024", "tidak dihitung"),
        ("BUDISANTOSO2024", "tidak dihitung"),
        ("19800101 200501 1 001 x", "tidak dihitung"),
        ("budi.santoso!!", "tidak dihitung"),
    ],
)
def test_a_password_that_is_guessed_first_is_refused_with_the_reason(chosen, reason):
    with pytest.raises(PasswordRefused, match=reason):
        passwords.check(chosen, *OWN)


@pytest.mark.parametrize("chosen", ["kopi pagi di beranda", "Budi suka kopi di beranda", "kj2$fh38dkq!"])
def test_some_words_of_ones_own_choice_are_enough(chosen):
    passwords.check(chosen, *OWN)
