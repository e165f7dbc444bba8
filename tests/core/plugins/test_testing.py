"""What an author's own tests get from core.testing."""

import pytest

from core.sdk import Plugin


def test_load_plugin_gives_the_extensions(load_plugin):
    plugin = Plugin(name="uji", title="Uji", version="1")
    assert load_plugin(plugin).plugins == {"uji": plugin}


def test_load_plugin_fails_the_test_with_reason_and_remedy(load_plugin):
    with pytest.raises(pytest.fail.Exception) as failure:
        load_plugin(Plugin(name="uji", title="Uji", version="satu"))
    assert str(failure.value) == (
        'Plugin "uji" ditolak: Versi plugin "satu" bukan nomor versi. Tulis versinya seperti "1.0.0".'
    )


def test_langkah_extensions_are_those_installed(langkah_extensions):
    assert "spbe" in langkah_extensions.plugins
