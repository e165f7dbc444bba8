"""A hook that would never be called, or not as written, refuses its plugin."""

import pytest

from core.extensions import Refused
from core.sdk import Plugin, hookimpl


def plugin_with(**members):
    return type("Uji", (Plugin,), members)(name="uji", title="Uji", version="1")


def test_a_typo_names_the_nearest_hook(refused_object):
    plugin = plugin_with(case_endde=hookimpl(lambda self, case: None))
    assert refused_object(plugin) == Refused(
        "uji", 'Hook "case_endde" tidak dikenal.', 'Mungkin maksudnya "case_ended".'
    )


def test_an_unknown_hook_without_a_near_one_lists_them_all(refused_object):
    assert refused_object(plugin_with(zzz=hookimpl(lambda self: None))) == Refused(
        "uji",
        'Hook "zzz" tidak dikenal.',
        "Hook yang ada: case_ended, case_started, register_menu, register_procedures, task_completed, "
        "validate_completion.",
    )


def test_an_argument_the_hook_has_not(refused_object):
    plugin = plugin_with(case_ended=hookimpl(lambda self, kasus: None))
    assert refused_object(plugin) == Refused(
        "uji", 'Hook "case_ended" tidak mempunyai argumen "kasus".', "Tulis seperti ini: case_ended(self, case)."
    )


def test_a_hook_without_its_mark(refused_object):
    assert refused_object(plugin_with(case_ended=lambda self, case: None)) == Refused(
        "uji",
        '"case_ended" bernama seperti hook tetapi tidak ditandai, sehingga tidak akan dipanggil.',
        "Tambahkan @hookimpl dari core.sdk di atasnya, atau ganti namanya.",
    )


@pytest.mark.parametrize("option", ["wrapper", "hookwrapper"])
def test_a_wrapper_around_other_plugins(refused_object, option):
    def around(self, case):
        yield

    plugin = plugin_with(case_ended=hookimpl(around, **{option: True}))
    assert refused_object(plugin) == Refused(
        "uji", 'Hook "case_ended" dibuat sebagai pembungkus (wrapper).', "Tulis hook itu sebagai fungsi biasa."
    )


def test_a_hook_may_take_fewer_arguments(load_plugin):
    load_plugin(plugin_with(case_ended=hookimpl(lambda self: None)))
