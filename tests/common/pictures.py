"""Pictures made by the tests themselves: nothing is downloaded, nobody is to be seen."""

import io
import struct
import zlib
from typing import Any

import pillow_heif
from PIL import Image, ImageCms

SECRET = b"SECRET-PLACE"


def picture(size: tuple[int, int] = (160, 120), mode: str = "RGB") -> Image.Image:
    """Red on the left, blue on the right: tells whether it was turned, mirrored or lost its colours."""
    image = Image.new("RGB", size, (200, 30, 30))
    image.paste((30, 30, 200), (size[0] // 2, 0, size[0], size[1]))
    return image.convert(mode)


def data(image: Image.Image | None = None, format: str = "JPEG", **options: Any) -> bytes:
    target = io.BytesIO()
    if format == "HEIF":
        pillow_heif.from_pillow(image or picture()).save(target, quality=80, **options)
    else:
        (image or picture()).save(target, format, **options)
    return target.getvalue()


def upload(content: bytes, name: str = "IMG_0001.jpg") -> io.BytesIO:
    file = io.BytesIO(content)
    file.name = name
    return file


def gps_exif(orientation: int = 1) -> bytes:
    """What a phone writes: maker, model, place, and which way up."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F], exif[0x0110] = SECRET.decode(), SECRET.decode()
    exif.get_ifd(0x8825).update({1: "N", 2: (31.0, 30.0, 0.0), 3: "E", 4: (120.0, 18.0, 0.0), 29: SECRET.decode()})
    return exif.tobytes()


def wide_profile() -> bytes:
    """sRGB with its red and green primaries exchanged: whoever ignores it shows the wrong colour."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    red, green = profile.index(b"rXYZ"), profile.index(b"gXYZ")
    profile[red : red + 4], profile[green : green + 4] = b"gXYZ", b"rXYZ"
    return bytes(profile)


def huge_png(side: int) -> bytes:
    """A picture of ``side``² black pixels in some kilobytes: a bomb."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    row = b"\0" * (side // 8 + 2)
    squeeze = zlib.compressobj(9)
    pixels = b"".join(squeeze.compress(row) for _ in range(side)) + squeeze.flush()
    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def segments(jpeg: bytes) -> list[int]:
    """The markers before the pixels. 0xE1 is Exif or XMP, 0xE2 a colour profile, 0xFE a comment."""
    assert jpeg.startswith(b"\xff\xd8")
    markers, at = [], 2
    while jpeg[at + 1] != 0xDA:
        assert jpeg[at] == 0xFF
        markers.append(jpeg[at + 1])
        at += 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big")
    return markers
