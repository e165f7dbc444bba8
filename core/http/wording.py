"""The statuses of HTTP in Bahasa Indonesia, the same for page and API."""

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

UNKNOWN = "Permintaan tidak dapat dilayani"
