"""What officials do on the pages of a case, written as they would tell it; no pytest in here.

Every act works as well without JavaScript: then files travel with the form, and the server leads on.
"""

import re
from dataclasses import dataclass
from typing import Any

from tests.browser.visitors import Visitor

CITY = "pangkalpinang"
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
# Who does which step; three offices do the fourth side by side.
CAST = {
    "persiapan": "dewi", "monitoring": "agus", "undangan": "hendra", "rekap": "citra", "rapat": "darmawan",
    "laporan": "rizky", "dokumen": "ratna",
}  # fmt: skip
OFFICES = {"Disdik": "putri", "Dinkes": "galih", "Disdukcapil": "tono"}


@dataclass
class Official:
    """One official at his browser."""

    name: str
    visitor: Visitor

    @property
    def page(self) -> Any:
        return self.visitor.page

    def start(self, year: int) -> str:
        """Starts the year's monitoring from the library; the address of the case."""
        self.page.get_by_role("link", name="Pustaka SOP").click()
        self.page.get_by_role("link", name="Monitoring dan Evaluasi SPBE").first.click()
        self.page.get_by_role("link", name="Mulai pelaksanaan").first.click()
        self.page.get_by_label("Tahun evaluasi").fill(str(year))
        self.page.get_by_role("button", name="Mulai").click()
        self.page.wait_for_url(re.compile(r"/pelaksanaan/[0-9a-f-]{36}$"))
        return self.page.url

    def open_waiting(self, subject: str) -> None:
        """Opens the task of that case from Tugas Saya; what waits longest for him comes first, so he searches."""
        self.page.get_by_role("link", name="Tugas Saya").click()
        self.page.get_by_label("Cari nomor atau perihal").fill(subject)
        self.page.get_by_role("button", name="Saring").click()
        self.page.locator(".daftar .pokok").first.click()
        self.page.wait_for_selector("#judul-tugas")

    def fill(self, **answers: str) -> None:
        """Types into the form; a date as the input takes it."""
        for key, text in answers.items():
            self.page.fill(f"[name='isian.{key}']", text)

    def attach(self, field: str, *names: str) -> None:
        """Chooses files for a field; with JavaScript they go up at once, each seen in the list."""
        files = [{"name": name, "mimeType": "application/pdf", "buffer": PDF} for name in names]
        self.page.set_input_files(f"[name='isian.{field}']", files)
        if self.visitor.javascript:
            for name in names:
                self.page.locator(f"[data-bidang={field}] .berkas a", has_text=name).wait_for()

    def finish(self) -> None:
        """Hands the task over with its first button."""
        self.page.locator(".tombol-utama .btn-primary").click()
        self.page.locator(".kabar", has_text="diteruskan").wait_for()

    def give_back(self, reason: str, to: str | None = None) -> None:
        """Returns, after an `each` to one office alone."""
        self.page.get_by_text("Kembalikan…").click()
        if to is not None:
            self.page.get_by_label(to, exact=True).check()
        self.page.get_by_label("Alasan, dan apa yang harus diperbaiki").fill(reason)
        self.page.get_by_role("button", name="Kembalikan", exact=True).click()
        self.page.locator(".kabar", has_text="dikembalikan").wait_for()


def hand_in(official: Official, subject: str, name: str) -> None:
    """An office's operator hands in its evidence."""
    official.open_waiting(subject)
    official.attach("bukti", name)
    official.finish()
