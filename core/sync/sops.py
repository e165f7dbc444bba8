"""A government's procedure files as editions: bindings of the plugins' procedures, and SOPs of its own."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from core.procedures.binding import Organization, bind
from core.procedures.codec import digest
from core.procedures.loader import Binding, Procedure, load_tenant_file
from core.procedures.model import Edition
from core.procedures.problems import Problem, ProcedureError, nearest
from core.sync.files import PROCEDURES, Folder

OWN = "umum"


@dataclass(frozen=True)
class Offered:
    """A procedure that a plugin brings, with the plugin's name and version."""

    procedure: Procedure
    plugin: str
    version: str

    @cached_property
    def fingerprint(self) -> str:
        """Equal where the procedure and its version are."""
        return digest([self.procedure.document.data, self.plugin, self.version])


def read_procedures(
    folder: Folder, keys: Organization, enabled: frozenset[str], offered: Mapping[str, Offered]
) -> tuple[list[Edition], list[Problem]]:
    """The editions the folder's files make, and what is wrong with them.

    :param keys: what the bindings may name.
    :param enabled: the plugins this government uses; procedures of others are not there for it.
    """
    reading = _Reading(folder)
    mine = {one.key: Offered(one, OWN, "") for one in reading.own}
    here = {key: one for key, one in offered.items() if one.plugin in enabled} | mine
    editions: dict[str, Edition] = {}
    for binding in reading.bindings:
        edition = reading.bound(binding, here, offered, keys)
        if binding.code in editions:
            reading.add(binding, "code", f"kode '{binding.code}' sudah dipakai SOP lain di daerah ini")
        elif edition is not None:
            editions[binding.code] = edition
    return list(editions.values()), reading.problems


class _Reading:
    def __init__(self, folder: Folder) -> None:
        self.problems: list[Problem] = []
        self.own: list[Procedure] = []
        self.bindings: list[Binding] = []
        for one in self._loaded(folder):
            if isinstance(one, Binding):
                self.bindings.append(one)
            else:
                self.own.append(one)

    def _loaded(self, folder: Folder) -> Iterator[Procedure | Binding]:
        for path in sorted(path for path in folder.files if path.startswith(f"{PROCEDURES}/")):
            try:
                one = load_tenant_file(folder.files[path], folder.name(path))
            except ProcedureError as error:
                self.problems += error.problems
                continue
            if isinstance(one, Procedure) and one.plugin != OWN:
                text = f"SOP '{one.key}' milik sebuah plugin; SOP milik daerah diberi nama {OWN}.<nama>"
                self.problems.append(Problem(one.document.name, one.document.places["procedure",].line, text))
                continue
            yield one

    def bound(
        self, binding: Binding, here: Mapping[str, Offered], offered: Mapping[str, Offered], keys: Organization
    ) -> Edition | None:
        """The edition of one binding, or None with the reason among the problems."""
        found = here.get(binding.procedure)
        if found is None:
            known = offered.get(binding.procedure)
            said = f"; aktifkan plugin '{known.plugin}' di tenant.yaml" if known else ""
            hint = None if known else nearest(binding.procedure, here)
            self.add(binding, "procedure", f"SOP '{binding.procedure}' tidak ada{said}", hint)
            return None
        try:
            return bind(found.procedure, binding, keys, found.version)
        except ProcedureError as error:
            self.problems += error.problems
            return None

    def add(self, binding: Binding, key: str, text: str, hint: str | None = None) -> None:
        """A problem at a key of the binding."""
        place = binding.document.places.get((key,))
        self.problems.append(Problem(binding.document.name, place.line if place else 1, text, hint))
