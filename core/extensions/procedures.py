"""The procedures a plugin brings: asked for, read, and compared with what is there already."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.contracts import Plugin, ProcedureSource
from core.errors import LangkahError
from core.extensions.hooks import implemented
from core.extensions.refused import PluginRefused
from core.extensions.registering import registered

# Reads one file into id and definition. It is handed in, so that nothing here knows the language.
ReadProcedure = Callable[[Path], tuple[str, Any]]


@dataclass(frozen=True)
class OwnedProcedure:
    """A procedure and the plugin it came with; `definition` is whatever the reader made of the file."""

    plugin: Plugin
    file: Path
    definition: Any


def read_procedures(plugin: Plugin, read: ReadProcedure) -> dict[str, OwnedProcedure]:
    """Every procedure of the plugin, by id.

    :raises PluginRefused: its hook raises or answers nonsense, a file is broken, an id is double or not the plugin's,
        or a check names a procedure that is not its own.
    """
    found: dict[str, OwnedProcedure] = {}
    for file in _files(plugin):
        key, definition = _read(file, read)
        # The plugin's name leads the id, so no two plugins can bring the same one.
        if not key.startswith(f"{plugin.name}."):
            raise PluginRefused(
                f'SOP "{key}" ({file.name}) tidak memakai nama plugin ini.',
                f'Awali id pada baris procedure dengan "{plugin.name}.".',
            )
        if key in found:
            raise PluginRefused(
                f'SOP "{key}" ada di dua berkas: {found[key].file.name} dan {file.name}.',
                "Beri salah satunya id lain pada baris procedure.",
            )
        found[key] = OwnedProcedure(plugin, file, definition)
    _check_checks(plugin, found)
    return found


def _files(plugin: Plugin) -> Iterator[Path]:
    for source in registered(plugin, "register_procedures", ProcedureSource, "[ProcedureSource(folder)]"):
        files = sorted(source.folder.glob("*.yaml"))
        if not files:
            raise PluginRefused(
                f'Folder "{source.folder}" tidak berisi berkas SOP (*.yaml).',
                "Periksa nama foldernya, dan pastikan berkas .yaml ikut dalam paket plugin (package-data).",
            )
        yield from files


def _read(file: Path, read: ReadProcedure) -> tuple[str, Any]:
    try:
        return read(file)
    except LangkahError as error:
        raise PluginRefused(str(error), "Perbaiki berkas itu, lalu jalankan ulang Langkah.") from error


def _check_checks(plugin: Plugin, found: Mapping[str, OwnedProcedure]) -> None:
    """A check nobody asks for is as silent as a mistyped hook, so both halves must be there."""
    if bool(plugin.checks) != ("validate_completion" in implemented(plugin)):
        raise PluginRefused(
            "Hook validate_completion dan daftar checks harus ada keduanya.",
            'Sebutkan langkah yang diperiksa, misalnya checks=(("spbe.monev", "rekap"),).',
        )
    for procedure, _ in plugin.checks:
        if procedure not in found:
            raise PluginRefused(
                f'checks menyebut SOP "{procedure}", yang bukan milik plugin ini.',
                f"SOP plugin ini: {', '.join(sorted(found)) or 'tidak ada'}.",
            )
