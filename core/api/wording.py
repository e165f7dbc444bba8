"""The words of HTTP and of marshmallow in Bahasa Indonesia."""

from typing import Any

TITLES = {
    400: "Permintaan tidak lengkap",
    401: "Belum masuk",
    403: "Tidak berwenang",
    404: "Tidak ditemukan",
    405: "Cara ini tidak berlaku untuk alamat tersebut",
    409: "Bertentangan dengan keadaan terkini",
    412: "Data telah berubah",
    413: "Kiriman terlalu besar",
    415: "Jenis isi tidak didukung",
    422: "Isian tidak dapat diterima",
    428: "Versi data wajib disertakan",
    429: "Terlalu banyak percobaan",
    500: "Kesalahan pada sistem",
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
    "Shorter than minimum length 1.": "Tidak boleh kosong.",
}


def in_indonesian(messages: Any) -> Any:
    """The messages in their structure, each in Indonesian where we know it."""
    if isinstance(messages, dict):
        return {key: in_indonesian(value) for key, value in messages.items()}
    if isinstance(messages, list):
        return [in_indonesian(value) for value in messages]
    return _MESSAGES.get(messages, messages)
