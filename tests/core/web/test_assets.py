"""What browsers load: names that carry their content, served compressed, kept for ever, under our own policy."""

import gzip
import json
import re
import xml.etree.ElementTree as ET

import brotli
import pytest
from flask import Flask

from core.errors import ConfigurationError
from core.http import headers
from core.web.assets import build as building
from core.web.assets import serving
from core.web.assets.build import MODULES, OWN, build, contents
from core.web.assets.manifest import AssetMissing, Assets
from core.web.assets.sprite import SVG, UnknownIcon, sprite

NEVER = "max-age=315360000, public, immutable"
CSS = b"main { display: grid }\n" * 100


@pytest.fixture
def built(tmp_path):
    """Two assets of this test's own."""
    build({"satu.css": CSS, "dua.js": b"'use strict'\n"}, tmp_path)
    return Assets(tmp_path)


@pytest.fixture
def client(built):
    app = Flask("uji", static_folder=None)
    headers.register(app)
    app.get("/aset/lain")(lambda: "halaman")
    serving.register(app, built)
    return app.test_client()


def test_a_name_carries_its_content(tmp_path):
    before = build({"satu.css": CSS, "dua.js": b"1"}, tmp_path)
    after = build({"satu.css": CSS + b"p {}", "dua.js": b"1"}, tmp_path)
    assert re.fullmatch(r"satu\.[0-9a-f]{12}\.css", after["satu.css"])
    assert after["satu.css"] != before["satu.css"]
    assert after["dua.js"] == before["dua.js"]
    assert json.loads((tmp_path / "manifest.json").read_text()) == after


def test_what_nobody_names_is_removed_and_what_is_the_same_is_left_alone(tmp_path):
    before = build({"satu.css": CSS, "dua.js": b"1"}, tmp_path)
    written = (tmp_path / before["dua.js"]).stat().st_mtime_ns
    after = build({"satu.css": CSS + b"p {}", "dua.js": b"1"}, tmp_path)
    css = after["satu.css"]
    assert {file.name for file in tmp_path.iterdir()} == {
        "manifest.json", after["dua.js"], css, css + ".gz", css + ".br",
    }  # fmt: skip
    assert (tmp_path / after["dua.js"]).stat().st_mtime_ns == written


def test_the_compressed_forms_hold_the_same(built):
    file = built.folder / built.names["satu.css"]
    assert brotli.decompress(file.with_name(file.name + ".br").read_bytes()) == CSS
    assert gzip.decompress(file.with_name(file.name + ".gz").read_bytes()) == CSS


@pytest.mark.parametrize(
    ("accepted", "encoding", "read"),
    [("gzip, deflate, br", "br", brotli.decompress), ("gzip", "gzip", gzip.decompress), ("", None, bytes)],
)
def test_each_browser_gets_the_form_it_takes(client, built, accepted, encoding, read):
    with client.get(built.address("satu.css"), headers={"Accept-Encoding": accepted}) as answer:
        assert (answer.status_code, answer.headers.get("Content-Encoding")) == (200, encoding)
        assert read(answer.data) == CSS
        assert answer.headers["Vary"] == "Accept-Encoding"
        assert answer.headers["Content-Type"] == 'text/css; charset="utf-8"'


def test_it_is_kept_for_ever_and_bound_by_our_policy(client, built):
    with client.get(built.address("dua.js")) as answer:
        assert answer.headers["Cache-Control"] == NEVER
        assert {name: answer.headers[name] for name in headers.SECURITY} == headers.SECURITY
        assert "Access-Control-Allow-Origin" not in answer.headers


@pytest.mark.parametrize("path", ["manifest.json", "satu.css", "../../../pyproject.toml", "satu.000000000000.css"])
def test_only_what_the_manifest_names_is_served(client, path):
    assert client.get(f"/aset/{path}").status_code == 404


def test_what_is_no_asset_is_the_applications(client):
    assert client.get("/aset/lain").text == "halaman"


def test_templates_ask_by_the_plain_name(client, built):
    app = client.application
    assert app.jinja_env.from_string("{{ asset('satu.css') }}").render() == f"/aset/{built.names['satu.css']}"


@pytest.mark.parametrize("prepared", [True, False])
def test_a_missing_asset_says_what_to_do(built, tmp_path, prepared):
    assets = built if prepared else Assets(tmp_path / "nowhere")
    with pytest.raises(AssetMissing, match=r"Berkas tiga\.css .* belum disiapkan\. Jalankan `make setup`") as caught:
        assets.address("tiga.css")
    assert isinstance(caught.value, ConfigurationError)


def test_an_application_without_assets_still_starts(tmp_path):
    app = Flask("uji", static_folder=None)
    app.get("/")(lambda: "jalan")
    serving.register(app, Assets(tmp_path / "nowhere"))
    assert app.test_client().get("/").text == "jalan"


def test_an_unknown_icon_ends_the_build_by_its_name(tmp_path, monkeypatch):
    with pytest.raises(UnknownIcon, match="'tidak-ada', which Tabler does not have"):
        sprite(["search", "tidak-ada"], MODULES / building.ICONS)
    (tmp_path / "icons.txt").write_text("tidak-ada\n")
    monkeypatch.setattr(building, "contents", lambda: contents(own=tmp_path))
    with pytest.raises(SystemExit, match=r"The assets cannot be built: icons\.txt names 'tidak-ada'"):
        building.main()


def test_every_icon_is_a_symbol_in_the_colour_of_its_text():
    named = set((OWN / "icons.txt").read_text().split())
    symbols = ET.fromstring(contents()["icons.svg"]).findall(f"{{{SVG}}}symbol")
    assert [symbol.get("id") for symbol in symbols] == sorted(named)
    assert {symbol.get("stroke") for symbol in symbols} == {"currentColor"}
    assert all(len(symbol) for symbol in symbols)


def test_the_licence_of_the_icons_goes_with_them():
    assert b"MIT License" in contents()["icons.svg"]


def test_nothing_served_loads_from_another_host():
    for name, content in contents().items():
        loaded = re.findall(r"(?:\burl\(|@import|sourceMappingURL=)\s*[\"']?([^\s\"')]*)", content.decode())
        assert [address for address in loaded if not address.startswith(("data:", "#"))] == [], name


def test_what_is_built_is_what_is_there():
    """A forgotten `make setup` is told here, before a page looks odd."""
    names = Assets().names
    assert not any("axe" in name for name in names), "what only tests need is never served"
    made = {name: building._named(name, content) for name, content in contents().items()}
    assert made == names, "the sources have changed since `make setup`"
