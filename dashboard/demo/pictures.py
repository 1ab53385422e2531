"""Photos of the demo district, painted by the project itself: no picture of a real place or person."""

import io
import itertools
from collections.abc import Callable
from random import Random

from PIL import Image, ImageDraw, ImageFilter

SIZE = (1500, 1000)
Colour = tuple[int, int, int]
INK: Colour = (31, 42, 36)


def paint(scene: str, seed: int) -> bytes:
    """One of :data:`SCENES` as JPEG bytes; the same seed paints the same picture."""
    random = Random(f"{scene}{seed}")
    canvas = SCENES[scene](random)
    canvas = Image.blend(canvas, Image.effect_noise(SIZE, 40).convert("RGB"), 0.05)
    out = io.BytesIO()
    canvas.save(out, "JPEG", quality=88)
    return out.getvalue()


def face(seed: int) -> bytes:
    """A likeness of nobody: head and shoulders before a plain wall."""
    random = Random(f"face{seed}")
    wall = random.choice([(214, 222, 214), (222, 216, 202), (206, 216, 224)])
    coat = random.choice([(52, 66, 88), (64, 74, 62), (92, 62, 58), (70, 70, 76)])
    skin = random.choice([(226, 188, 158), (214, 172, 140), (232, 198, 170)])
    canvas = Image.new("RGB", (800, 1000), wall)
    draw = ImageDraw.Draw(canvas)
    draw.ellipse((90, 690, 710, 1500), fill=coat)
    draw.polygon([(330, 700), (400, 860), (470, 700)], fill=(246, 244, 238))
    draw.rectangle((340, 560, 460, 740), fill=skin)
    draw.ellipse((215, 150, 585, 560), fill=INK)
    draw.ellipse((245, 200, 555, 650), fill=skin)
    draw.pieslice((225, 160, 575, 520), 180, 360, fill=INK)
    out = io.BytesIO()
    canvas.filter(ImageFilter.GaussianBlur(2)).save(out, "JPEG", quality=88)
    return out.getvalue()


def _sky(top: Colour, bottom: Colour) -> Image.Image:
    ramp = Image.linear_gradient("L").resize(SIZE)
    return Image.composite(Image.new("RGB", SIZE, bottom), Image.new("RGB", SIZE, top), ramp)


def _hills(canvas: Image.Image, random: Random, colours: list[Colour], horizon: int) -> None:
    draw = ImageDraw.Draw(canvas)
    for layer, colour in enumerate(colours):
        base = horizon + layer * 55
        points = [(0, SIZE[1])]
        height = float(base)
        for x in range(0, SIZE[0] + 60, 60):
            height += random.uniform(-22, 22)
            height += (base - height) * 0.15
            points.append((x, round(height)))
        draw.polygon([*points, (SIZE[0], SIZE[1])], fill=colour)


def _people(
    canvas: Image.Image,
    random: Random,
    *,
    count: int,
    ground: int,
    scale: float = 1.0,
    left: float = 0.15,
    right: float = 0.85,
) -> None:
    draw = ImageDraw.Draw(canvas)
    coats: list[Colour] = [(47, 62, 84), (63, 107, 74), (120, 86, 60), (184, 137, 43), (82, 70, 92), (160, 62, 50)]
    step = SIZE[0] * (right - left) / count
    for n in range(count):
        x = SIZE[0] * left + step * (n + 0.5) + random.uniform(-12, 12)
        tall = (230 + random.uniform(-24, 24)) * scale
        wide = 62 * scale
        top = ground - tall
        coat = random.choice(coats)
        draw.rounded_rectangle((x - wide / 2, top + tall * 0.24, x + wide / 2, ground), wide * 0.4, fill=coat)
        draw.ellipse((x - wide * 0.34, top, x + wide * 0.34, top + tall * 0.23), fill=(226, 190, 160))
        draw.pieslice((x - wide * 0.36, top - 4, x + wide * 0.36, top + tall * 0.22), 180, 360, fill=(40, 36, 34))


def _field(random: Random) -> Image.Image:
    canvas = _sky((206, 222, 226), (250, 236, 200))
    ImageDraw.Draw(canvas).ellipse((1080, 150, 1230, 300), fill=(250, 214, 140))
    canvas = canvas.filter(ImageFilter.GaussianBlur(6))
    _hills(canvas, random, [(150, 176, 160), (116, 150, 122), (150, 158, 74), (190, 160, 62)], 430)
    draw = ImageDraw.Draw(canvas)
    for _ in range(900):
        x, y = random.uniform(0, SIZE[0]), random.uniform(700, SIZE[1])
        tall = (y - 620) / 4
        draw.line(
            (x, y, x + random.uniform(-12, 16), y - tall),
            fill=random.choice([(206, 170, 70), (170, 150, 60), (222, 190, 100)]),
            width=3,
        )
    _people(canvas, random, count=4, ground=820)
    return canvas


def _pond(random: Random) -> Image.Image:
    canvas = _sky((190, 214, 222), (238, 240, 226))
    _hills(canvas, random, [(140, 168, 150), (104, 142, 116)], 380)
    draw = ImageDraw.Draw(canvas)
    draw.rectangle((0, 560, *SIZE), fill=(112, 158, 164))
    for _ in range(160):
        x, y = random.uniform(0, SIZE[0]), random.uniform(580, 980)
        draw.line((x, y, x + random.uniform(40, 150), y), fill=(150, 190, 192), width=2)
    draw.polygon([(0, 1000), (0, 760), (520, 700), (900, 1000)], fill=(156, 138, 96))
    _people(canvas, random, count=3, ground=900, scale=1.05, left=0.02, right=0.36)
    return canvas


def _hall(random: Random) -> Image.Image:
    canvas = Image.new("RGB", SIZE, (236, 228, 212))
    draw = ImageDraw.Draw(canvas)
    draw.rectangle((0, 0, SIZE[0], 330), fill=(222, 210, 186))
    draw.rectangle((470, 60, 1030, 280), fill=(63, 107, 74))
    draw.rectangle((490, 80, 1010, 260), outline=(222, 190, 110), width=5)
    for x in (90, 250, 1180, 1340):
        draw.rectangle((x, 70, x + 90, 300), fill=(200, 216, 220))
    _people(canvas, random, count=7, ground=690)
    draw.polygon([(120, 640), (1380, 640), (1500, 800), (0, 800)], fill=(134, 94, 58))
    draw.rectangle((0, 800, *SIZE), fill=(112, 78, 48))
    for x in range(200, 1400, 170):
        draw.rectangle((x, 622, x + 70, 652), fill=(246, 242, 232))
    return canvas


def _line(random: Random) -> Image.Image:
    canvas = _sky((176, 200, 220), (244, 232, 212))
    _hills(canvas, random, [(146, 166, 164), (112, 142, 124), (84, 116, 88)], 560)
    draw = ImageDraw.Draw(canvas)
    towers = [(240, 1.0), (700, 0.72), (1050, 0.52), (1310, 0.38)]
    for x, scale in towers:
        top, foot, half = 700 - 560 * scale, 720, 74 * scale
        for side in (-1, 1):
            draw.line((x + side * half, foot, x, top), fill=INK, width=max(2, round(6 * scale)))
        for part in (0.12, 0.28, 0.44):
            y, arm = top + 560 * scale * part, (120 - 60 * part) * scale
            draw.line((x - arm, y, x + arm, y), fill=INK, width=max(2, round(5 * scale)))
        for part in (0.5, 0.65, 0.8):
            y, arm = top + 560 * scale * part, half * part
            draw.line((x - arm, y, x + arm, y + 40 * scale), fill=INK, width=2)
    for (x1, s1), (x2, s2) in itertools.pairwise(towers):
        for part, side in ((0.12, -1), (0.28, 1), (0.44, -1)):
            y1, y2 = 700 - 560 * s1 * (1 - part), 700 - 560 * s2 * (1 - part)
            a1, a2 = side * (120 - 60 * part) * s1, side * (120 - 60 * part) * s2
            draw.line(
                (x1 + a1, y1, (x1 + x2) / 2, (y1 + y2) / 2 + 40 * s2, x2 + a2, y2), fill=INK, width=2, joint="curve"
            )
    _people(canvas, random, count=4, ground=930)
    return canvas


def _school(random: Random) -> Image.Image:
    canvas = _sky((196, 218, 230), (246, 240, 226))
    draw = ImageDraw.Draw(canvas)
    draw.rectangle((180, 250, 1320, 660), fill=(214, 172, 134))
    draw.rectangle((180, 210, 1320, 260), fill=(150, 84, 62))
    for row in range(3):
        for column in range(9):
            x, y = 230 + column * 120, 290 + row * 120
            draw.rectangle((x, y, x + 74, y + 76), fill=(236, 240, 238))
            draw.line((x + 37, y, x + 37, y + 76), fill=(190, 180, 170), width=4)
    draw.rectangle((0, 660, *SIZE), fill=(176, 160, 132))
    draw.rectangle((0, 660, SIZE[0], 700), fill=(104, 142, 96))
    _people(canvas, random, count=6, ground=900)
    return canvas


def _workshop(random: Random) -> Image.Image:
    canvas = Image.new("RGB", SIZE, (226, 230, 230))
    draw = ImageDraw.Draw(canvas)
    for x in range(0, SIZE[0], 250):
        draw.polygon([(x, 190), (x + 125, 90), (x + 250, 190)], fill=(176, 190, 196))
    draw.rectangle((0, 190, SIZE[0], 660), fill=(208, 214, 212))
    draw.rectangle((0, 660, *SIZE), fill=(150, 156, 150))
    for n in range(5):
        x = 90 + n * 285
        draw.ellipse((x, 400, x + 210, 610), fill=(184, 137, 43))
        draw.ellipse((x + 60, 460, x + 150, 550), fill=(96, 84, 60))
    _people(canvas, random, count=5, ground=900)
    return canvas


SCENES: dict[str, Callable[[Random], Image.Image]] = {
    "field": _field,
    "pond": _pond,
    "hall": _hall,
    "line": _line,
    "school": _school,
    "workshop": _workshop,
}
