"""A tenant's acts reach its own plugins only; a plugin that raises answers for itself alone."""

import pytest
from structlog.testing import capture_logs

from core.extensions import PluginFailed, TenantHooks
from core.extensions.hooks import specified_manager
from core.sdk import Plugin, Refusal, hookimpl
from core.testing import sample_case, sample_case_event, sample_completion


class Listening(Plugin):
    """Notes what it hears under its own name."""

    @hookimpl
    def case_ended(self, case):
        heard.append((self.name, case.case.tenant))
        if self.name == "pecah":
            raise ValueError("rusak")


heard = []


@pytest.fixture(autouse=True)
def silence():
    heard.clear()


def listening(name):
    return Listening(name=name, title=name.title(), version="1")


class Checking(Plugin):
    """Refuses, breaks or agrees, as its name says, where it is asked."""

    @hookimpl
    def validate_completion(self, completion):
        heard.append((self.name, completion.step))
        if self.name == "menolak":
            raise Refusal("Lampiran {belum} lengkap. Lengkapi dahulu.")
        if self.name == "pecah":
            raise ValueError("rusak")
        return "diabaikan"


@pytest.fixture
def checking():
    """The hooks of a tenant that enabled some of these plugins, each checking the step `periksa` of uji.contoh."""

    def make(*names, enabled=None):
        manager = specified_manager()
        checks = (("uji.contoh", "periksa"),)
        plugins = [Checking(name=name, title=name.title(), version="1", checks=checks) for name in names]
        for plugin in plugins:
            manager.register(plugin, plugin.name)
        return TenantHooks(manager, [plugin for plugin in plugins if plugin.name in (enabled or names)])

    return make


def test_a_plugin_is_never_called_for_a_tenant_that_did_not_enable_it(load_plugin):
    extensions = load_plugin(listening("satu"), listening("dua"))
    a, b = extensions.for_tenant(["satu"]), extensions.for_tenant(("dua", "satu"))
    a.announce("case_ended", case=sample_case_event(sample_case(tenant="a")))
    assert heard == [("satu", "a")]
    b.announce("case_ended", case=sample_case_event(sample_case(tenant="b")))
    assert heard == [("satu", "a"), ("satu", "b"), ("dua", "b")]


def test_a_tenant_without_plugins_and_one_with_a_refused_plugin_call_nobody(load_plugin):
    extensions = load_plugin(listening("satu"))
    extensions.for_tenant([]).announce("case_ended", case=sample_case_event())
    extensions.for_tenant(["tidak_terpasang"]).announce("case_ended", case=sample_case_event())
    assert heard == []


def test_call_collects_from_the_tenants_plugins_only(langkah_extensions):
    assert len(langkah_extensions.for_tenant(["spbe"]).call("register_procedures")) == 1
    assert langkah_extensions.for_tenant([]).call("register_procedures") == []


def test_a_past_tense_hook_that_raises_is_logged_and_stops_nobody(load_plugin):
    extensions = load_plugin(listening("awal"), listening("pecah"), listening("akhir"))
    with capture_logs() as lines:
        extensions.for_tenant(extensions.plugins).announce("case_ended", case=sample_case_event())
    assert [name for name, _ in heard] == ["awal", "pecah", "akhir"]
    (line,) = lines
    assert (line["event"], line["log_level"]) == ("plugin_listener_failed", "error")
    assert (line["plugin"], line["hook"], line["exc_info"]) == ("pecah", "case_ended", True)


def test_a_refusal_reaches_the_user_as_it_was_written(checking):
    with pytest.raises(Refusal) as refusal:
        checking("setuju", "menolak", "akhir").validate_completion(sample_completion())
    assert str(refusal.value) == "Lampiran {belum} lengkap. Lengkapi dahulu."
    assert (refusal.value.status, refusal.value.type) == (422, "ditolak-pemeriksaan")
    assert [name for name, _ in heard] == ["setuju", "menolak"]


def test_a_check_that_breaks_accepts_nothing_and_names_the_plugin(checking):
    with capture_logs() as lines, pytest.raises(PluginFailed) as failure:
        checking("pecah").validate_completion(sample_completion())
    assert str(failure.value) == (
        "Plugin Pecah gagal bekerja, jadi permintaan Anda tidak disimpan. "
        "Coba lagi; bila berulang, hubungi admin instansi Anda."
    )
    assert (failure.value.status, failure.value.type) == (500, "plugin-gagal")
    assert [(line["event"], line["plugin"]) for line in lines] == [("plugin_failed", "pecah")]


def test_a_check_is_asked_about_its_own_steps_only(checking):
    hooks = checking("menolak")
    assert hooks.asks("uji.contoh", "periksa")
    assert not hooks.asks("uji.contoh", "lain")
    assert not hooks.asks("uji.lain", "periksa")
    hooks.validate_completion(sample_completion(step="lain"))
    hooks.validate_completion(sample_completion(sample_case(procedure="uji.lain")))
    assert heard == []


def test_a_check_of_another_tenants_plugin_is_not_asked(checking):
    hooks = checking("menolak", "setuju", enabled=["setuju"])
    hooks.validate_completion(sample_completion())
    assert heard == [("setuju", "periksa")]
    assert not checking("menolak", enabled=["lain"]).asks("uji.contoh", "periksa")
