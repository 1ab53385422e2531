"""Every picture that enters comes out as a plain JPEG or is refused in words; nothing kills the web process."""

import contextlib
import io
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PIL import Image, ImageCms

from common import photo_decoder, photos
from common.photos import PhotoRefused, Prepared, prepare
from tests.common.pictures import SECRET, data, gps_exif, huge_png, picture, segments, upload, wide_profile

pytestmark = pytest.mark.once

METADATA = {0xE1, 0xE2, 0xED, 0xFE}
ROOT = Path(photos.__file__).parent.parent
RED, BLUE = (200, 30, 30), (30, 30, 200)


def prepared(content: bytes) -> Prepared:
    return prepare(upload(content))


def pixels(jpeg: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(jpeg))
    image.load()
    return image


def near(found: object, wanted: tuple[int, int, int], by: int = 14) -> bool:
    return all(abs(a - b) <= by for a, b in zip(found, wanted, strict=True))  # type: ignore[call-overload]


def assert_plain(result: Prepared) -> None:
    for jpeg in (result.print_jpeg, result.thumb_jpeg):
        assert not METADATA & set(segments(jpeg))
        assert not pixels(jpeg).getexif()
        assert SECRET not in jpeg
        assert b"Exif" not in jpeg
        assert b"http://ns.adobe.com" not in jpeg
        assert b"<script" not in jpeg


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(data(exif=gps_exif()), id="jpeg"),
        pytest.param(data(format="HEIF", exif=gps_exif()), id="heic"),
        pytest.param(data(format="PNG", exif=gps_exif()), id="png"),
        pytest.param(data(format="WEBP", exif=gps_exif()), id="webp"),
    ],
)
def test_where_a_photo_was_taken_is_gone(content: bytes) -> None:
    assert SECRET in content  # the harm: it is in what the phone sends
    assert_plain(prepared(content))


def test_comments_profiles_and_xmp_are_gone() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    content = data(comment=SECRET, icc_profile=profile, xmp=b"<x:xmpmeta>" + SECRET + b"</x:xmpmeta>")
    assert {0xE1, 0xE2, 0xFE} <= set(segments(content))
    assert_plain(prepared(content))


@pytest.mark.parametrize(("orientation", "left_top"), [(1, RED), (3, BLUE), (6, RED), (8, BLUE), (2, BLUE)])
def test_a_photo_held_sideways_stands_upright(orientation: int, left_top: tuple[int, int, int]) -> None:
    result = prepared(data(exif=gps_exif(orientation)))
    assert (result.width, result.height) == ((120, 160) if orientation in {6, 8} else (160, 120))
    assert near(pixels(result.print_jpeg).getpixel((5, 5)), left_top)


def test_large_photos_shrink_to_print_and_thumbnail_size_and_small_ones_stay() -> None:
    large = prepared(data(picture((3000, 2000))))
    assert (large.width, large.height) == (1600, 1067)
    assert pixels(large.print_jpeg).size == (1600, 1067)
    assert max(pixels(large.thumb_jpeg).size) == 480
    assert (prepared(data()).width, prepared(data()).height) == (160, 120)


def test_the_same_photo_gives_the_same_bytes() -> None:
    assert prepared(data()).sha256 == prepared(data()).sha256


@pytest.mark.parametrize(
    ("mode", "format"),
    [("L", "JPEG"), ("CMYK", "JPEG"), ("P", "PNG"), ("1", "PNG"), ("LA", "PNG"), ("RGBA", "PNG"), ("RGBA", "WEBP")],
)
def test_every_colour_mode_comes_out_as_rgb(mode: str, format: str) -> None:
    image = pixels(prepared(data(picture(mode=mode), format)).print_jpeg)
    assert image.mode == "RGB"
    left, right = image.getpixel((10, 60)), image.getpixel((150, 60))
    if mode in {"CMYK", "P", "RGBA"}:
        assert near(left, RED, 40)
        assert near(right, BLUE, 40)


def test_transparent_parts_become_white() -> None:
    image = Image.new("RGBA", (60, 60), (255, 0, 0, 0))
    assert near(pixels(prepared(data(image, "PNG")).print_jpeg).getpixel((30, 30)), (255, 255, 255))


def test_sixteen_bits_of_grey_keep_their_tones() -> None:
    image = Image.new("I;16", (60, 60), 128 * 256)
    assert near(pixels(prepared(data(image, "PNG")).print_jpeg).getpixel((30, 30)), (128, 128, 128), 3)


def test_a_colour_profile_is_applied_before_it_is_dropped() -> None:
    """An XYZ-like wide profile: the same numbers mean another colour, so they must change."""
    narrow = data(picture(), quality=95)
    wide = data(picture(), quality=95, icc_profile=wide_profile())
    plain, converted = prepared(narrow), prepared(wide)
    assert_plain(converted)
    left = pixels(converted.print_jpeg).getpixel((20, 60))
    assert not near(left, pixels(plain.print_jpeg).getpixel((20, 60)), 20)  # type: ignore[arg-type]


def test_a_broken_colour_profile_is_no_reason_to_refuse() -> None:
    assert_plain(prepared(data(icc_profile=b"not a profile" * 20)))


def test_of_a_moving_picture_the_first_frame_is_kept() -> None:
    frames = [Image.new("RGB", (60, 60), RED), Image.new("RGB", (60, 60), BLUE)]
    for format in ("PNG", "WEBP"):
        content = data(frames[0], format, save_all=True, append_images=frames[1:])
        assert near(pixels(prepared(content).print_jpeg).getpixel((30, 30)), RED)


def test_a_multi_picture_jpeg_of_a_phone_is_a_photo() -> None:
    content = data(picture(), "MPO", save_all=True, append_images=[picture((40, 30))])
    assert_plain(prepared(content))


def test_what_hides_behind_the_pixels_is_left_behind() -> None:
    """Phones append a film to a JPEG, attackers a script: both are photos, and neither tail is kept."""
    assert_plain(prepared(data() + b"<script>alert(1)</script>" + SECRET))
    assert_plain(prepared(data(comment=b"<script>alert(1)</script>")))


REFUSED = {
    "nothing": (b"", "文件是空的"),
    "text": (b"hello", "无法识别的文件"),
    "svg": (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', "SVG 矢量图"),
    "eps": (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "EPS 文件"),
    "html named jpg": (b"<!DOCTYPE html><script>alert(1)</script>", "网页文件"),
    "pdf": (b"%PDF-1.7\n", "PDF 文件"),
    "gif": (data(format="GIF"), "GIF 动图"),
    "bmp": (data(format="BMP"), "BMP 图片"),
    "tiff": (data(format="TIFF"), "TIFF"),
    "zip": (b"PK\x03\x04" + b"\0" * 40, "压缩包或 Office 文件"),
    "film": (b"\0\0\0\x18ftypmp42" + b"\0" * 40, "视频"),
    "avif": (b"\0\0\0\x18ftypavif" + b"\0" * 40, "AVIF 图片"),
    "half a jpeg": (data(picture((640, 480)))[:3000], "损坏或不完整"),
    "half a heic": (data(picture((640, 480)), "HEIF")[:-300], "损坏或不完整"),
    "half a png": (data(picture((640, 480)), "PNG")[:-400], "损坏或不完整"),
    "too many pixels": (huge_png(13000), "像素太大"),
    "a few pixels too many": (huge_png(6330), "像素太大"),
    "a thread": (data(Image.new("RGB", (5000, 4))), "过于狭长"),
}


@pytest.mark.parametrize(("content", "sentence"), REFUSED.values(), ids=REFUSED.keys())
def test_what_is_no_photo_is_refused_in_words_that_help(content: bytes, sentence: str) -> None:
    with pytest.raises(PhotoRefused, match=sentence) as refusal:
        prepared(content)
    assert "请用手机重新拍照，或另存为 JPG" in str(refusal.value)


def test_forty_megapixels_still_fit() -> None:
    assert prepared(huge_png(6300)).width == 1600


def test_a_file_over_twenty_megabytes_is_refused_without_being_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(photos, "_decode", lambda source: pytest.fail("decoded"))
    with pytest.raises(PhotoRefused, match="超过 20 MB"):
        prepared(data() + b"\0" * photos.MAX_BYTES)


def test_a_file_that_crashes_the_decoder_is_a_refusal(monkeypatch: pytest.MonkeyPatch, tmp_path) -> None:
    crash = tmp_path / "crash.py"
    crash.write_text("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)")
    monkeypatch.setattr(photos, "DECODER", crash)
    with pytest.raises(PhotoRefused, match="照片无法读取"):
        prepared(data())


def test_a_file_that_never_ends_is_a_refusal(monkeypatch: pytest.MonkeyPatch, tmp_path) -> None:
    sleeper = tmp_path / "sleeper.py"
    sleeper.write_text("import time; time.sleep(60)")
    monkeypatch.setattr(photos, "DECODER", sleeper)
    monkeypatch.setattr(photos, "SECONDS", 0.3)
    with pytest.raises(PhotoRefused, match="超时"):
        prepared(data())


def test_the_decoder_cannot_take_more_memory_than_it_is_given(monkeypatch: pytest.MonkeyPatch, tmp_path) -> None:
    glutton = tmp_path / "glutton.py"
    source = photos.DECODER.read_text().replace(
        "def decode(", "def decode(data):\n    return bytearray(2 << 30)\n\n\ndef _("
    )
    glutton.write_text(source)
    monkeypatch.setattr(photos, "DECODER", glutton)
    with pytest.raises(PhotoRefused):
        prepared(data())


def test_the_decoder_learns_none_of_our_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "very-secret")
    seen = {}
    run = subprocess.run
    monkeypatch.setattr(subprocess, "run", lambda *args, **kwargs: seen.update(kwargs) or run(*args, **kwargs))
    prepared(data())
    assert "SECRET_KEY" not in seen["env"]


MEASURE = """
import sys
from common.photos import prepare
peak = lambda: int(open("/proc/self/status").read().split("VmHWM:")[1].split()[0])
upload = open(sys.argv[1], "rb")
before = peak()
{work}
print(peak() - before)
"""


def peak_of(work: str, photo: Path) -> int:
    """kB that ``work`` adds to the peak of a fresh process."""
    command = [sys.executable, "-c", MEASURE.format(work=work), str(photo)]
    return int(subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT).stdout)


def test_the_web_process_stays_small_while_photos_are_large(tmp_path: Path) -> None:
    photo = tmp_path / "large.png"
    photo.write_bytes(data(picture((5000, 4000)), "PNG"))
    assert peak_of("prepare(upload)", photo) < 12 * 1024
    # The harm, were it decoded in the web process:
    assert peak_of("from PIL import Image; Image.open(upload).load()", photo) > 50 * 1024


def test_without_the_pixel_limit_the_bomb_would_be_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Negative control: the limit is what stops it."""
    monkeypatch.setattr(photo_decoder, "MAX_PIXELS", 10**9)
    assert photo_decoder.decode(huge_png(8000)).size == (1600, 1600)


def test_without_a_new_picture_the_comment_would_stay() -> None:
    """Negative control: Pillow writes back what it read."""
    kept = io.BytesIO()
    Image.open(io.BytesIO(data(comment=SECRET))).save(kept, "JPEG")
    assert SECRET in kept.getvalue()


def mutations(seed: int, number: int) -> list[bytes]:
    """Flipped bytes, cuts, doubled and swapped pieces of small valid pictures of every format."""
    dice = random.Random(seed)
    seeds = [data(picture((64, 48)), format) for format in ("JPEG", "PNG", "WEBP", "HEIF")]
    found = []
    for _ in range(number):
        content = bytearray(dice.choice(seeds))
        for _ in range(dice.randint(1, 8)):
            at = dice.randrange(len(content))
            dice.choice([_flip, _cut, _double, _fill])(content, at, dice)
        found.append(bytes(content))
    return found


def _flip(content: bytearray, at: int, dice: random.Random) -> None:
    content[at] ^= 1 << dice.randrange(8)


def _cut(content: bytearray, at: int, dice: random.Random) -> None:
    if len(content) > 40:
        del content[at : at + dice.randint(1, 12)]


def _double(content: bytearray, at: int, dice: random.Random) -> None:
    content[at:at] = content[at : at + 16]


def _fill(content: bytearray, at: int, dice: random.Random) -> None:
    content[at : at + 4] = dice.choice([b"\xff\xff\xff\xff", b"\0\0\0\0", b"\x7f\xff\xff\xff"])


def test_a_hundred_and_twenty_mutated_pictures_are_plain_photos_or_refusals() -> None:
    """Decoded in this process for speed: any other exception than a refusal would end the test."""
    refused = 0
    slowest = 0.0
    for content in mutations(seed=1, number=120):
        began = time.process_time()
        try:
            picture_made = photo_decoder.decode(content)
        except photo_decoder.Refused:
            refused += 1
        else:
            assert not METADATA & set(segments(photo_decoder.encode(picture_made, 480, 80)))
        slowest = max(slowest, time.process_time() - began)
    assert 20 < refused < 120
    assert slowest < 3


def test_mutated_pictures_through_the_real_door() -> None:
    for content in mutations(seed=2, number=8):
        with contextlib.suppress(PhotoRefused):
            assert_plain(prepared(content))
