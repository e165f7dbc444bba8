"""Images without what they tell about their maker: place, camera, owner, time, thumbnail, remarks.

The picture is turned upright, its colours are brought to sRGB, and it is encoded anew from its pixels alone;
whatever hid between or behind the picture's own bytes is gone with the rest.
"""

from io import BytesIO
from typing import Any, BinaryIO

from PIL import Image, ImageCms, ImageOps, JpegImagePlugin

from core.files.errors import AnimationRefused, BrokenFile, ImageTooBig
from core.files.types import JPEG, PNG, WEBP, Kind

MAX_PIXELS = 50_000_000  # at most some 350 MB of memory for about a second of one upload (measured)
_FORMATS = {JPEG: "JPEG", PNG: "PNG", WEBP: "WEBP"}
_PEEK = 64 * 1024


def strip_metadata(source: BinaryIO, target: BinaryIO, kind: Kind, name: str) -> None:
    """Writes the image in `source` to `target`, without metadata, in the same format.

    :raises ImageTooBig: more than 50 million pixels, told by its header before anything is decoded.
    :raises AnimationRefused: more than one picture; keeping the first would silently lose the others.
    :raises BrokenFile: it cannot be decoded to its end.
    """
    source.seek(0)
    lossless = b"VP8L" in source.read(_PEEK)
    source.seek(0)
    try:
        with Image.open(source, formats=[_FORMATS[kind]]) as image:
            _require_fit(image, kind, name)
            options = _options(image, kind, lossless)
            _upright(image).save(target, format=_FORMATS[kind], **options)
    except (ImageTooBig, AnimationRefused):
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise ImageTooBig(name=name, limit=MAX_PIXELS // 1_000_000) from error
    # Pillow's decoders answer a broken file with a dozen unrelated exceptions; all mean the same to the user.
    except Exception as error:
        raise BrokenFile(name=name, label=kind.label) from error


def _require_fit(image: Image.Image, kind: Kind, name: str) -> None:
    width, height = image.size
    if width * height > MAX_PIXELS:
        raise ImageTooBig(name=name, limit=MAX_PIXELS // 1_000_000)
    # A JPG may carry a second picture (depth, gain map) beside the one that is shown: that one goes.
    if kind is not JPEG and getattr(image, "is_animated", False):
        raise AnimationRefused(name=name)


def _upright(image: Image.Image) -> Image.Image:
    plain = _in_srgb(ImageOps.exif_transpose(image))
    # A palette's or a colour key's transparency is part of the picture; nothing else in `info` is.
    plain.info = {key: plain.info[key] for key in ("transparency",) if key in plain.info}
    return plain


def _in_srgb(image: Image.Image) -> Image.Image:
    profile = image.info.get("icc_profile")
    if profile and image.mode in ("RGB", "RGBA", "CMYK"):
        try:
            mode = "RGB" if image.mode == "CMYK" else image.mode
            converted = ImageCms.profileToProfile(
                image,
                ImageCms.ImageCmsProfile(BytesIO(profile)),
                ImageCms.createProfile("sRGB"),
                outputMode=mode,
            )
            if converted is not None:
                return converted
        except (ImageCms.PyCMSError, OSError):
            pass  # a broken profile: the colours are taken as they stand
    return image.convert("RGB") if image.mode == "CMYK" else image


def _options(image: Image.Image, kind: Kind, lossless: bool) -> dict[str, Any]:
    """How to encode: as finely as the original was, so that neither size nor picture suffers."""
    if kind is PNG:
        return {"optimize": False}
    if kind is WEBP:
        return {"lossless": lossless, "quality": 92, "exact": lossless}
    if isinstance(image, JpegImagePlugin.JpegImageFile) and image.mode in ("RGB", "L"):
        sampling = JpegImagePlugin.get_sampling(image)
        return {
            "qtables": dict(image.quantization),
            "subsampling": sampling if sampling >= 0 else "4:2:0",
            "progressive": "progressive" in image.info,
            "optimize": True,
        }
    return {"quality": 92}
