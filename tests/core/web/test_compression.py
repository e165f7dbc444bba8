"""Pages travel compressed; what the API answers, and what is a file, goes as it is."""

import gzip

import brotli
import pytest
from flask import Flask, Response, jsonify

from core.http import compression

PAGE = "<p>Langkah demi langkah.</p>" * 200

VIEWS = {
    "/halaman": lambda: PAGE,
    "/salah": lambda: (PAGE, 404),
    "/pendek": lambda: "<p>Ya</p>",
    "/kosong": lambda: ("", 204),
    "/mengalir": lambda: Response((PAGE for _ in range(2)), mimetype="text/html"),
    "/data": lambda: (jsonify({"isi": PAGE}), 200, {"ETag": '"1"'}),
}


@pytest.fixture
def client():
    app = Flask("uji", static_folder=None)
    compression.register(app)
    for path, view in VIEWS.items():
        app.add_url_rule(path, path.removeprefix("/"), view)
    return app.test_client()


@pytest.mark.parametrize(
    ("accepted", "encoding", "read"),
    [
        ("gzip, deflate, br, zstd", "br", brotli.decompress),
        ("gzip, deflate", "gzip", gzip.decompress),
        ("br;q=0, gzip", "gzip", gzip.decompress),
        ("deflate", None, bytes),
        ("", None, bytes),
    ],
)
@pytest.mark.parametrize("path", ["/halaman", "/salah"])
def test_a_page_comes_as_the_browser_takes_it(client, path, accepted, encoding, read):
    answer = client.get(path, headers={"Accept-Encoding": accepted})
    assert answer.headers.get("Content-Encoding") == encoding
    assert read(answer.data).decode() == PAGE
    assert int(answer.headers["Content-Length"]) == len(answer.data)
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert len(answer.data) < len(PAGE) / 10 or encoding is None


@pytest.mark.parametrize("path", ["/pendek", "/kosong", "/mengalir", "/data"])
def test_what_is_short_or_flows_or_is_no_page_is_left_alone(client, path):
    answer = client.get(path, headers={"Accept-Encoding": "br, gzip"})
    assert "Content-Encoding" not in answer.headers


def test_the_tag_of_the_api_stays_what_if_match_sends_back(client):
    answer = client.get("/data", headers={"Accept-Encoding": "br, gzip"})
    assert answer.headers["ETag"] == '"1"'
    assert "Vary" not in answer.headers
