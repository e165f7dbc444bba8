"""A plugin that does not run: why, and what its author or the operator does about it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Refused:
    """A plugin that was found and not taken; `reason` and `remedy` are Indonesian sentences."""

    name: str
    reason: str
    remedy: str

    def __str__(self) -> str:
        return f'Plugin "{self.name}" ditolak: {self.reason} {self.remedy}'


class PluginRefused(Exception):
    """Ends the loading of one plugin; the registry keeps it as Refused."""

    def __init__(self, reason: str, remedy: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.remedy = remedy


def told(error: BaseException) -> str:
    """An exception in one line: its class, and what it says."""
    return " ".join(f"{type(error).__name__}: {error}".split()).removesuffix(":")
