"""Pictures keep what they show and lose what they tell."""

from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms

from core.errors import BadInput
from core.files import errors, images
from core.files.types import JPEG, PNG, WEBP
from tests.core.files import samples

KINDS = {"JPEG": JPEG, "PNG": PNG, "WEBP": WEBP}


def stripped(content, kind, name="foto.jpg"):
    out = BytesIO()
    images.strip_metadata(BytesIO(content), out, kind, name)
    return out.getvalue()


@pytest.mark.parametrize("form", KINDS)
def test_a_photo_loses_place_camera_owner_and_remarks(form):
    before = samples.photo(form)
    assert Image.open(BytesIO(before)).getexif().get_ifd(0x8825)
    after = stripped(before, KINDS[form])
    clean = Image.open(BytesIO(after))
    clean.load()
    assert dict(clean.getexif()) == {}
    assert b"Rahasia" in before
    assert b"Rahasia" not in after
    assert b"Exif" not in after
    assert not {"exif", "xmp", "comment", "Comment", "icc_profile"} & set(clean.info)


@pytest.mark.parametrize("form", KINDS)
def test_a_photo_lying_on_its_side_is_stood_up(form):
    clean = Image.open(BytesIO(stripped(samples.photo(form, orientation=6), KINDS[form])))
    assert clean.size == (20, 40)
    red, _, blue = clean.convert("RGB").getpixel((10, 3))
    assert red > 200 > 60 > blue


def test_bytes_behind_the_picture_are_gone():
    after = stripped(samples.image() + b"<script>alert(1)</script>", JPEG)
    assert b"script" not in after


def test_the_second_picture_of_a_telephones_photo_is_gone_the_first_stays():
    first, second = (Image.new("RGB", (30, 30), color) for color in ("red", "blue"))
    out = BytesIO()
    first.save(out, "MPO", save_all=True, append_images=[second])
    clean = Image.open(BytesIO(stripped(out.getvalue(), JPEG)))
    assert clean.format == "JPEG"
    assert clean.getpixel((5, 5))[0] > 200


def test_colours_of_another_space_become_srgb():
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for content in (samples.image(icc_profile=profile), samples.image(icc_profile=b"broken")):
        clean = Image.open(BytesIO(stripped(content, JPEG)))
        assert "icc_profile" not in clean.info
        assert clean.getpixel((2, 10))[0] > 240


def test_a_printers_photo_becomes_one_for_screens():
    clean = Image.open(BytesIO(stripped(samples.image(mode="CMYK"), JPEG)))
    assert clean.mode == "RGB"
    assert clean.getpixel((2, 10))[0] > 200


def test_a_drawing_keeps_its_palette_and_what_is_see_through():
    picture = Image.new("P", (8, 8), 1)
    picture.putpalette([0, 0, 0, 255, 0, 0])
    out = BytesIO()
    picture.save(out, "PNG", transparency=1)
    clean = Image.open(BytesIO(stripped(out.getvalue(), PNG)))
    assert clean.mode == "P"
    assert clean.convert("RGBA").getpixel((0, 0))[3] == 0


def test_a_drawing_in_webp_stays_exact():
    before = samples.image("WEBP", lossless=True)
    after = stripped(before, WEBP)
    pixels = [Image.open(BytesIO(content)).convert("RGB").tobytes() for content in (before, after)]
    assert pixels[0] == pixels[1]


def test_a_photo_neither_grows_nor_blurs():
    noise = Image.effect_noise((200, 200), 60).convert("RGB")
    out = BytesIO()
    noise.save(out, "JPEG", quality=55)
    after = stripped(out.getvalue(), JPEG)
    assert len(after) < 1.1 * len(out.getvalue())
    assert Image.open(BytesIO(after)).quantization == Image.open(out).quantization


def test_the_same_photo_twice_is_the_same_content():
    assert stripped(samples.photo(), JPEG) == stripped(samples.photo(), JPEG)


def test_more_pixels_than_the_limit_are_refused_before_they_are_decoded(monkeypatch):
    monkeypatch.setattr(images, "MAX_PIXELS", 799)
    monkeypatch.setattr(images, "_upright", lambda image: pytest.fail("it was decoded"))
    with pytest.raises(errors.ImageTooBig, match=r"lebih besar dari 0 juta piksel"):
        stripped(samples.image(), JPEG)


def test_a_bomb_is_refused_by_its_header():
    bomb = bytearray(samples.image("PNG"))
    bomb[16:24] = (60_000).to_bytes(4, "big") * 2
    with pytest.raises(BadInput):
        stripped(bytes(bomb), PNG)
    big = BytesIO()
    Image.new("1", (16_000, 15_000)).save(big, "PNG")
    with pytest.raises(errors.ImageTooBig, match="lebih besar dari 50 juta piksel"):
        stripped(big.getvalue(), PNG)


@pytest.mark.parametrize("form", ["PNG", "WEBP"])
def test_moving_pictures_are_refused(form):
    frames = [Image.new("RGB", (9, 9), color) for color in ("red", "blue")]
    out = BytesIO()
    frames[0].save(out, form, save_all=True, append_images=frames[1:])
    with pytest.raises(errors.AnimationRefused, match="Simpan sebagai gambar diam"):
        stripped(out.getvalue(), KINDS[form])


@pytest.mark.parametrize("form", KINDS)
def test_a_cut_picture_is_refused(form):
    content = samples.image(form, size=(300, 300))
    with pytest.raises(errors.BrokenFile, match="rusak atau terpotong"):
        stripped(content[: len(content) // 2], KINDS[form])


@settings(max_examples=60)
@given(
    st.sampled_from(sorted(KINDS)),
    st.lists(st.tuples(st.integers(0, 5000), st.integers(0, 255)), min_size=1, max_size=8),
)
def test_a_damaged_picture_is_a_picture_or_a_clear_refusal(form, damage):
    content = bytearray(samples.photo(form))
    for at, value in damage:
        content[at % len(content)] = value
    try:
        after = stripped(bytes(content), KINDS[form])
    except BadInput:
        return
    assert dict(Image.open(BytesIO(after)).getexif()) == {}
