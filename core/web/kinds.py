"""What the actor of a step does, as its page says it: the button's verb and what he is asked for (engine.md, Flow)."""

from core.web.language import later

# kind -> (the button, its icon, what is asked of him)
KINDS = {
    "work": (later("Selesai, teruskan"), "circle-check", later("Kerjakan langkah ini, lalu teruskan.")),
    "dispose": (later("Disposisikan"), "send", later("Baca, tulis disposisi Anda, lalu teruskan.")),
    "initial": (later("Paraf"), "pencil", later("Periksa naskahnya, lalu paraf.")),
    "sign": (later("Tanda tangani"), "pencil", later("Periksa naskahnya, lalu tanda tangani.")),
    "verify": (later("Lengkap, teruskan"), "circle-check", later("Periksa yang diserahkan; kembalikan yang kurang.")),
    "meet": (later("Rapat selesai, teruskan"), "users", later("Laksanakan rapat, lalu catat hasilnya.")),
    "send": (later("Sudah dikirim, teruskan"), "send", later("Kirimkan, lalu catat pengirimannya.")),
    "receive": (later("Sudah diterima, teruskan"), "download", later("Terima, lalu catat penerimaannya.")),
    "publish": (later("Terbitkan"), "world", later("Pastikan sudah siap, lalu terbitkan.")),
    "upload": (later("Serahkan"), "upload", later("Lampirkan yang diminta, lalu serahkan.")),
    "pay": (later("Sudah dibayar, teruskan"), "circle-check", later("Bayarkan, lalu catat buktinya.")),
    "survey": (later("Kirim jawaban"), "send", later("Isi pertanyaannya, lalu kirim.")),
}  # fmt: skip
