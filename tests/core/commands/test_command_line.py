"""What the command line says when it is asked for help, or asked wrongly."""

import subprocess
import sys

import click
import pytest

from core.cli import COMMANDS, main
from core.extensions import Extensions, Refused
from core.platform import read_procedure
from tests.core.commands.installation import run

ELSEWHERE = {"DATABASE_URL": "postgresql://langkah_app@127.0.0.1:9/langkah", "LANGKAH_SECRET_KEY": "s" * 40,
             "LANGKAH_LOG_KEY": "l" * 40}  # fmt: skip


def langkah(*arguments, **environment):
    return run(arguments, environment)


def test_help_is_in_indonesian_and_names_every_command():
    shown = langkah("--help").stdout
    assert shown.startswith("Penggunaan: langkah [PILIHAN] PERINTAH [ARGUMEN]...")
    for name, (_, words) in COMMANDS.items():
        assert name in shown and words.split()[0] in shown
    assert not {"Usage", "Options", "Commands", "Show this message"} & set(shown.split())


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(name):
    result = langkah(name, "--help")
    assert result.exit_code == 0
    assert "Penggunaan: langkah" in result.stdout and "Tampilkan bantuan ini." in result.stdout
    assert "Options" not in result.stdout and "Usage" not in result.stdout


def commands(command, path=()):
    for name in command.list_commands(click.Context(command)) if isinstance(command, click.Group) else ():
        found = command.get_command(click.Context(command), name)
        yield (*path, name), found
        yield from commands(found, (*path, name))


def test_every_command_and_option_has_help():
    for path, command in commands(main):
        assert command.help, f"{' '.join(path)} says nothing about itself"
        for param in command.params:
            assert isinstance(param, click.Argument) or param.help, f"{' '.join(path)} {param.name}"


def test_help_imports_neither_database_nor_engine():
    script = "import sys, core.cli; print({'sqlalchemy', 'flask', 'core.engine'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("simulat",), 'Perintah "simulat" tidak dikenal. Mungkin maksudnya: simulate.'),
        (("--debg",), 'Pilihan "--debg" tidak dikenal.'),
        (("sop", "publish", "pontianak"), "Argumen KODE wajib diisi."),
        (("sop", "publish", "pontianak", "x"), "Pilihan --effective wajib diisi."),
        (
            ("sop", "publish", "pontianak", "x", "--effective", "besok"),
            "Isilah tanggal seperti 2026-01-31, atau today.",
        ),
        (("simulate", "--cases", "0"), "Isilah bilangan bulat dari 1 sampai"),
        (("cases", "list", "pontianak", "--status", "x"), "Pilih salah satu: berjalan, selesai, dibatalkan."),
        (("plugins", "lagi"), "Ada argumen yang tidak dikenal: lagi."),
    ],
)
def test_a_wrong_command_line_is_told_in_indonesian(arguments, said):
    result = langkah(*arguments)
    assert result.exit_code == 2
    assert said in result.stderr and "--help" in result.stderr
    assert result.stdout == ""


def test_an_unreachable_database_is_one_sentence():
    result = langkah("sop", "list", **ELSEWHERE)
    assert result.exit_code == 1
    assert result.stderr.startswith("Basis data tidak dapat dipakai:") and "Traceback" not in result.output


def test_debug_shows_everything():
    result = langkah("--debug", "sop", "list", **ELSEWHERE)
    assert result.exit_code == 1
    assert type(result.exception).__name__ == "OperationalError"


def test_a_missing_setting_is_named():
    result = langkah("sop", "list", DATABASE_URL=ELSEWHERE["DATABASE_URL"], LANGKAH_SECRET_KEY="s" * 40)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "LANGKAH_LOG_KEY wajib diisi" in result.stderr


def test_plugins_are_listed_without_a_database():
    result = langkah("plugins")
    assert result.exit_code == 0
    assert "spbe" in result.stdout and "spbe.monev" in result.stdout


def test_a_refused_plugin_is_shown_with_its_remedy(monkeypatch):
    found = Extensions.load(read_procedure)
    found.refused.append(Refused("acme", 'Hook "x" tidak dikenal.', 'Mungkin maksudnya "y".'))
    monkeypatch.setattr(Extensions, "load", lambda *_: found)
    shown = langkah("plugins").stdout
    assert 'Plugin "acme" ditolak: Hook "x" tidak dikenal.' in shown and '→ Mungkin maksudnya "y".' in shown
