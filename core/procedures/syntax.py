"""PyYAML's complaints in plain Indonesian."""

import yaml

# A part of PyYAML's message, and what an author should be told instead. The first that fits is used.
_MEANINGS = (
    ("found character '\\t'", "tab tidak boleh dipakai untuk indentasi; gunakan spasi"),
    ("found character", "teks yang diawali @, ` atau % harus diberi tanda kutip"),
    ("mapping values are not allowed", "titik dua tidak pada tempatnya; periksa indentasi, atau beri tanda "
     "kutip pada teks yang memuat titik dua"),
    ("sequence entries are not allowed", "tanda '-' tidak pada tempatnya; mulailah daftar di baris baru"),
    ("found unexpected end of stream", "tanda kutip yang dibuka di sini tidak ditutup"),
    ("found unexpected document separator", "tanda kutip yang dibuka di sini tidak ditutup"),
    ("expected ',' or", "kurung yang dibuka di sini tidak ditutup, koma antarbutirnya kurang, atau teks bertitik dua "
     "tanpa tanda kutip"),
    ("expected <block end>", "indentasi tidak sejajar dengan baris di atasnya"),
    ("could not find expected ':'", "titik dua sesudah kunci tidak ada"),
    ("unknown escape character", "garis miring terbalik di dalam tanda kutip ganda harus ditulis \\\\"),
)  # fmt: skip
_OTHERWISE = "susunan YAML tidak terbaca; periksa indentasi, titik dua dan tanda kutip"
# For these the place where the thing was opened says more than the place where the reader gave up.
_OPENED = ("found unexpected end of stream", "found unexpected document separator", "expected ',' or")


def explain(error: yaml.YAMLError, text: str) -> tuple[int, str]:
    """The line (from 1) and the meaning of an error that PyYAML raised on `text`."""
    if isinstance(error, yaml.reader.ReaderError):
        return text[: error.position].count("\n") + 1, "ada karakter kendali yang tidak boleh dipakai"
    said = getattr(error, "problem", None) or ""
    meaning = next((ours for theirs, ours in _MEANINGS if theirs in said), _OTHERWISE)
    mark = getattr(error, "problem_mark", None)
    if any(part in said for part in _OPENED):
        mark = getattr(error, "context_mark", None) or mark
    return (mark.line + 1 if mark else 1), meaning
