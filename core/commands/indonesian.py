"""Click's own words in Indonesian: usage and help, and what is wrong with a command line."""

from difflib import get_close_matches

import click


class Command(click.Command):
    """A command whose help speaks Indonesian."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Usage, with the placeholders in Indonesian."""
        _format_usage(self, ctx, formatter)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The section of options."""
        _format_options(self, ctx, formatter)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """`--help`, explained in Indonesian."""
        return _explained(super().get_help_option(ctx))


class Group(click.Group):
    """A group of commands whose help speaks Indonesian."""

    command_class = Command

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Usage, with the placeholders in Indonesian."""
        _format_usage(self, ctx, formatter)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The sections of options and commands."""
        _format_options(self, ctx, formatter)
        self.format_commands(ctx, formatter)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The section of commands, each with the first sentence of its help."""
        rows = [(name, self.short_help_of(ctx, name)) for name in self.list_commands(ctx)]
        with formatter.section("Perintah"):
            formatter.write_dl(rows)

    def short_help_of(self, ctx: click.Context, name: str) -> str:
        """One line about a command."""
        command = self.get_command(ctx, name)
        return command.get_short_help_str(100) if command else ""

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """`--help`, explained in Indonesian."""
        return _explained(super().get_help_option(ctx))


Group.group_class = Group


def usage_message(error: click.UsageError) -> str:
    """What is wrong with the command line, and where its help is."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        return error.format_message()
    command = error.ctx.command_path if error.ctx else "langkah"
    return f'{_what(error)}\nJalankan "{command} --help" untuk melihat cara memakainya.'


def _what(error: click.UsageError) -> str:
    match error:
        case click.exceptions.NoSuchCommand():
            return f'Perintah "{error.command_name}" tidak dikenal.' + _near(_alike(error))
        case click.NoSuchOption():
            return f'Pilihan "{error.option_name}" tidak dikenal.' + _near(error.possibilities)
        case click.MissingParameter():
            return f"{_name(error)} wajib diisi."
        case click.BadParameter():
            return f"Nilai untuk {_name(error)} tidak dapat dipakai. {_expected(error)}".strip()
        case click.exceptions.BadOptionUsage():
            return f'Pilihan "{error.option_name}" tidak dipakai dengan benar.'
    if error.message.startswith("Missing command"):
        return "Perintah belum disebutkan."
    if error.message.startswith("Got unexpected extra"):
        return f"Ada argumen yang tidak dikenal: {error.message.partition('(')[2].rstrip(')')}."
    return error.message


def _alike(error: click.exceptions.NoSuchCommand) -> list[str]:
    group = error.ctx.command if error.ctx else None
    known = group.list_commands(error.ctx) if isinstance(group, click.Group) and error.ctx else []
    return get_close_matches(error.command_name, known)


def _near(possibilities: object) -> str:
    names = [str(each) for each in possibilities] if isinstance(possibilities, list | tuple) else []
    return f" Mungkin maksudnya: {', '.join(sorted(names))}." if names else ""


def _name(error: click.BadParameter) -> str:
    if error.param is None or error.ctx is None:
        return "Argumen"
    if isinstance(error.param, click.Option):
        return f"Pilihan {max(error.param.opts, key=len)}"
    return f"Argumen {error.param.make_metavar(error.ctx)}"


def _expected(error: click.BadParameter) -> str:
    match error.param.type if error.param else None:
        case click.Choice(choices=choices):
            return f"Pilih salah satu: {', '.join(map(str, choices))}."
        case click.IntRange(min=low, max=high):
            return (
                f"Isilah bilangan bulat dari {low} sampai {high}."
                if high
                else f"Isilah bilangan bulat, paling kecil {low}."
            )
        case click.types.IntParamType():
            return "Isilah bilangan bulat."
        case click.DateTime():
            return "Isilah tanggal, misalnya 2026-01-31."
    return error.message


def _format_usage(command: click.Command, ctx: click.Context, formatter: click.HelpFormatter) -> None:
    pieces = " ".join(command.collect_usage_pieces(ctx))
    pieces = pieces.replace("[OPTIONS]", "[PILIHAN]").replace("COMMAND [ARGS]...", "PERINTAH [ARGUMEN]...")
    formatter.write_usage(ctx.command_path, pieces, prefix="Penggunaan: ")


def _format_options(command: click.Command, ctx: click.Context, formatter: click.HelpFormatter) -> None:
    options = [param for param in command.get_params(ctx) if not isinstance(param, click.Argument)]
    records = [record for option in options if (record := option.get_help_record(ctx)) is not None]
    if records:
        with formatter.section("Pilihan"):
            formatter.write_dl(records)


def _explained(option: click.Option | None) -> click.Option | None:
    if option is not None:
        option.help = "Tampilkan bantuan ini."
    return option
