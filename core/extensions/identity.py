"""Who a plugin says it is: its kind, name, version, and the platform it was made for."""

import re
from collections.abc import Mapping

from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.version import InvalidVersion, Version

from core.contracts import Plugin
from core.extensions.refused import PluginRefused

# The name is part of a schema's name, and PostgreSQL cuts names at 63 characters.
_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")


def check_identity(found: object, entry: str, taken: Mapping[str, Plugin], platform: str) -> Plugin:
    """The plugin that the entry point `entry` brought, if it may be loaded beside those `taken`.

    :param platform: the version of Langkah that runs.
    :raises PluginRefused: it is no plugin, misnamed, a double, or made for another platform.
    """
    if not isinstance(found, Plugin):
        raise PluginRefused(
            f'Entry point "{entry}" menunjuk ke {_described(found)}, bukan objek Plugin.',
            'Arahkan entry point ke sebuah objek Plugin dari core.sdk, misalnya "acme.plugin:plugin".',
        )
    _check_name(found, entry, taken)
    _check_versions(found, platform)
    return found


def _described(found: object) -> str:
    return f'kelas "{found.__name__}"' if isinstance(found, type) else f'objek "{type(found).__name__}"'


def _check_name(plugin: Plugin, entry: str, taken: Mapping[str, Plugin]) -> None:
    if not _NAME.fullmatch(plugin.name):
        raise PluginRefused(
            f'Nama plugin "{plugin.name}" tidak sah.',
            "Gunakan huruf kecil, angka, dan garis bawah, diawali huruf, paling panjang 40 karakter.",
        )
    if plugin.name != entry:
        raise PluginRefused(
            f'Plugin bernama "{plugin.name}" didaftarkan dengan entry point "{entry}".',
            "Samakan nama entry point dengan nama plugin.",
        )
    if plugin.name in taken:
        raise PluginRefused(
            f'Nama plugin "{plugin.name}" sudah dipakai oleh "{taken[plugin.name].title}".',
            "Ganti nama salah satunya, atau lepaskan yang tidak dipakai.",
        )


def _check_versions(plugin: Plugin, platform: str) -> None:
    try:
        Version(plugin.version)
    except InvalidVersion:
        raise PluginRefused(
            f'Versi plugin "{plugin.version}" bukan nomor versi.', 'Tulis versinya seperti "1.0.0".'
        ) from None
    try:
        fits = SpecifierSet(plugin.platform).contains(platform, prereleases=True)
    except InvalidSpecifier:
        raise PluginRefused(
            f'Batas versi platform "{plugin.platform}" tidak terbaca.', 'Tulis batasnya seperti ">=0.1,<1".'
        ) from None
    if not fits:
        raise PluginRefused(
            f"Plugin ini dibuat untuk Langkah {plugin.platform}, sedangkan yang berjalan versi {platform}.",
            "Pasang versi plugin yang cocok, atau uji plugin ini pada versi itu lalu sesuaikan platform-nya.",
        )
