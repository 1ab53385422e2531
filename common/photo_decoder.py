"""The child process of ``common.photos``: photo on stdin, one line of JSON and two JPEGs on stdout.

Runs isolated (``python -I``) without Django. Every refusal is a sentence in the JSON; a crash is an exit code.
"""

import contextlib
import io
import json
import resource
import sys
import warnings
from typing import Any

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError, WebPImagePlugin  # noqa: F401 - registers WebP

MEMORY = 1024 * 1024 * 1024
CPU_SECONDS = 15
MAX_PIXELS = 40_000_000
MAX_SIDE_RATIO = 50
PRINT_SIDE, PRINT_QUALITY = 1600, 82
THUMB_SIDE, THUMB_QUALITY = 480, 80
FORMATS = ["JPEG", "PNG", "WEBP"]
HEIF_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}

# What people upload by mistake, by its first bytes.
STRANGERS = [
    (b"%PDF", "PDF 文件"),
    (b"%!PS", "EPS 文件"),
    (b"\xc5\xd0\xd3\xc6", "EPS 文件"),
    (b"GIF8", "GIF 动图"),
    (b"BM", "BMP 图片"),
    (b"II*\0", "TIFF 或相机原始图片"),
    (b"MM\0*", "TIFF 或相机原始图片"),
    (b"8BPS", "PSD 文件"),
    (b"PK\x03\x04", "压缩包或 Office 文件"),
    (b"\xd0\xcf\x11\xe0", "Office 文件"),
    (b"Rar!", "压缩包"),
    (b"7z\xbc\xaf", "压缩包"),
]


class Refused(Exception):
    pass


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        picture = decode(sys.stdin.buffer.read())
    except Refused as refusal:
        answer({"refused": str(refusal)})
    else:
        printed, thumb = encode(picture, PRINT_SIDE, PRINT_QUALITY), encode(picture, THUMB_SIDE, THUMB_QUALITY)
        facts = {"width": picture.width, "height": picture.height, "split": len(printed)}
        answer(facts, printed, thumb)


def answer(facts: dict[str, Any], *pictures: bytes) -> None:
    sys.stdout.buffer.write(json.dumps(facts).encode() + b"\n" + b"".join(pictures))


def decode(data: bytes) -> Image.Image:
    """The picture upright, in sRGB on white, at most ``PRINT_SIDE`` long. Whatever goes wrong is a refusal."""
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    try:
        with open_photo(data) as image:
            check_size(image)
            return flatten(ImageOps.exif_transpose(shrink(image)))
    except Refused:
        raise
    except UnidentifiedImageError:
        raise Refused(f"这是{stranger(data)}，不是照片。") from None
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise Refused("照片的像素太大（超过 4000 万像素）。") from None
    except MemoryError:
        raise Refused("照片太大，处理不了。") from None
    except Exception:  # a decoder fed with broken bytes raises anything
        raise Refused("照片已损坏或不完整，无法读取。") from None


def open_photo(data: bytes) -> Image.Image:
    if data[4:8] == b"ftyp" and data[8:12] in HEIF_BRANDS:
        import pillow_heif  # costs 50 ms, so only when needed

        pillow_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False)
        return Image.open(io.BytesIO(data), formats=["HEIF"])
    return Image.open(io.BytesIO(data), formats=FORMATS)


def check_size(image: Image.Image) -> None:
    """From the header, before a pixel is decoded."""
    width, height = image.size
    if width * height > MAX_PIXELS:
        raise Image.DecompressionBombError
    if max(width, height) > MAX_SIDE_RATIO * min(width, height):
        raise Refused("照片过于狭长，不像是照片。")


def shrink(image: Image.Image) -> Image.Image:
    """Small first, so that turning and colour cost little. ``thumbnail`` lets a JPEG decode at half size."""
    if image.mode.startswith("I"):  # 16 bits of grey; a plain convert() would clip nearly all to white
        image = image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    elif image.mode in {"P", "PA", "1"}:
        image = image.convert("RGBA")
    image.thumbnail((PRINT_SIDE, PRINT_SIDE), Image.Resampling.LANCZOS, reducing_gap=2.0)
    return image


def flatten(image: Image.Image) -> Image.Image:
    """A new picture: pixels only, so nothing that the camera wrote can come along."""
    white = Image.new("RGB", image.size, "white")
    mask = image.convert("RGBA").getchannel("A") if image.has_transparency_data else None
    white.paste(to_srgb(image), mask=mask)
    return white


def to_srgb(image: Image.Image) -> Image.Image:
    """Phones write Display P3; without its profile the same numbers would look dull."""
    profile = image.info.get("icc_profile")
    if image.mode not in {"RGB", "CMYK", "L"}:
        image = image.convert("RGB")
    if profile:
        with contextlib.suppress(ImageCms.PyCMSError, OSError):  # a broken profile is no reason to refuse a photo
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            converted = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
            if converted is not None:
                return converted
    return image.convert("RGB")


def encode(picture: Image.Image, side: int, quality: int) -> bytes:
    small = picture.copy()
    small.thumbnail((side, side), Image.Resampling.LANCZOS)
    target = io.BytesIO()
    small.save(target, "JPEG", quality=quality, optimize=True, progressive=True)
    return target.getvalue()


def stranger(data: bytes) -> str:
    """What the file is, in words."""
    head = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n")
    for magic, name in STRANGERS:
        if head.startswith(magic):
            return name
    if data[4:8] == b"ftyp":
        return "AVIF 图片" if data[8:12] in {b"avif", b"avis"} else "视频或其他格式的文件"
    low = head.lower()
    if b"<svg" in low:
        return "SVG 矢量图"
    if b"<html" in low or b"<!doctype html" in low or b"<script" in low:
        return "网页文件"
    return "无法识别的文件"


if __name__ == "__main__":
    main()
