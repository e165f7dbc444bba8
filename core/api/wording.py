"""The words of HTTP and of marshmallow in Bahasa Indonesia."""

import re
from typing import Any

# What to do about an error that HTTP itself knows; the others bring their own sentence.
DETAILS = {
    400: "Permintaan ini tidak dapat dibaca. Periksa bentuknya, lalu kirim kembali.",
    404: "Alamat ini tidak ada. Periksa kembali tulisannya, atau mulailah dari halaman depan.",
    405: "Alamat ini ada, tetapi tidak melayani cara permintaan tersebut. Lihat kepala Allow.",
    413: "Kiriman ini lebih besar daripada yang diterima. Perkecil atau bagilah, lalu kirim kembali.",
    415: "Isi permintaan ini tidak dapat dibaca. Kirimkan sebagai JSON, atau berkas sebagai multipart/form-data.",
}

# What a success means, for the documentation of the API.
SUCCESSES = {
    200: "Berhasil",
    201: "Berhasil dibuat",
    204: "Berhasil; jawabannya tanpa isi",
}

# marshmallow's messages, as far as the schemas of this API can give them.
_MESSAGES = {
    "Missing data for required field.": "Wajib diisi.",
    "Field may not be null.": "Tidak boleh kosong.",
    "Unknown field.": "Isian ini tidak dikenal.",
    "Not a valid string.": "Harus berupa teks.",
    "Not a valid integer.": "Harus berupa bilangan bulat.",
    "Not a valid number.": "Harus berupa angka.",
    "Not a valid boolean.": "Harus true atau false.",
    "Not a valid UUID.": "Bukan pengenal yang benar.",
    "Not a valid mapping type.": "Harus berupa objek.",
    "Not a valid list.": "Harus berupa daftar.",
    "Not a valid datetime.": "Bukan waktu yang benar.",
    "Not a valid date.": "Bukan tanggal yang benar.",
    "Invalid input type.": "Harus berupa objek JSON.",
    "Invalid JSON body.": "Isi permintaan bukan JSON yang benar.",
    "Not a valid file.": "Harus berupa berkas.",
    "Number too large.": "Bilangan ini terlalu besar.",
    "Shorter than minimum length 1.": "Tidak boleh kosong.",
}

# Those that name a limit.
_PATTERNS = (
    (re.compile(r"Longer than maximum length (\d+)\."), r"Paling panjang \1."),
    (re.compile(r"Length must be between 1 and (\d+)\."), r"Wajib diisi, paling panjang \1."),
    (re.compile(r"Must be greater than or equal to (\d+)\."), r"Sekurangnya \1."),
    (re.compile(r"Must be greater than or equal to (\d+) and less than or equal to (\d+)\."), r"Harus \1 sampai \2."),
    (re.compile(r"Must be one of: (.+)\."), r"Harus salah satu dari: \1."),
)


def in_indonesian(messages: Any) -> Any:
    """The messages in their structure, each in Indonesian where we know it."""
    if isinstance(messages, dict):
        return {key: in_indonesian(value) for key, value in messages.items()}
    if isinstance(messages, list):
        return [in_indonesian(value) for value in messages]
    for pattern, said in _PATTERNS:
        if pattern.fullmatch(messages):
            return pattern.sub(said, messages)
    return _MESSAGES.get(messages, messages)
