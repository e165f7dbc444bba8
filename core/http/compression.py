"""Pages travel compressed: a page of 60 kB is 8 kB on a slow line.

Only pages. What the API answers carries an ETag that If-Match sends back, and is small; files and assets have their
own ways. A page holds no secret that a sender of guesses could compare lengths with: the session is a cookie.
"""

import gzip

import brotli
from flask import Flask, Response, request

LEAST = 500  # bytes; below it the headers weigh as much
ENCODINGS = ("br", "gzip")  # the first that the browser takes
BROTLI_QUALITY = 4  # as quick as gzip's 6, and smaller
GZIP_LEVEL = 6


def register(app: Flask) -> None:
    """Compresses every page, be it a whole one, a part of one or an error."""
    app.after_request(_compressed)


def _compressed(response: Response) -> Response:
    if response.mimetype != "text/html" or response.is_streamed or "Content-Encoding" in response.headers:
        return response
    response.vary.add("Accept-Encoding")
    content = response.get_data()
    encoding = request.accept_encodings.best_match(ENCODINGS)
    if encoding is not None and len(content) >= LEAST:
        response.set_data(_compress(encoding, content))
        response.headers["Content-Encoding"] = encoding
    return response


def _compress(encoding: str, content: bytes) -> bytes:
    if encoding == "br":
        compressed: bytes = brotli.compress(content, mode=brotli.MODE_TEXT, quality=BROTLI_QUALITY)
        return compressed
    return gzip.compress(content, GZIP_LEVEL, mtime=0)
