"""Pictures of pages made ready for recognition: straight, dark on light, 300 dots an inch, rules apart.

Imports ``ruled_tables``.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageChops, ImageFilter, ImageOps

from pipeline.read.ruled_tables import Rule

Mask = npt.NDArray[np.bool_]

# The short side of an A4 page at 300 dots an inch; smaller pictures are enlarged to it, and
# pictures of more than half as much again are reduced.
_PAGE_WIDTH = 2480
_MAX_ENLARGE = 2.5

_MAX_SKEW = 5.0  # degrees
# Of the brightness of the paper: what is darker is black, what is lighter is white.
_INK, _PAPER = 0.25, 0.8
_PAPER_SCALE = 8  # dots to one when the brightness of the paper is looked for

_DARK = 140  # of 255
_RULE_LENGTH = 150  # pixels, half an inch
_RULE_DARK = 0.97  # part of a rule's pixels that scanning leaves dark
_SOLID_SCALE, _SOLID = 4, 7  # of what is dark for more than 28 pixels in both directions
_MAX_RUNS = 20_000  # a page with more is a photograph, or black

_SOFT = 0.8  # pixels

_STROKE = 0.4  # of the height of a letter: the widest upright stroke, in bold
_STOP = 0.25  # of the height of a letter: where a full stop stands, serifs of strokes too

_SKEW_WIDTH = 700  # pixels; the angle shows at this size already


def prepare(image: Image.Image) -> Image.Image:
    """Return a grey picture of the page as recognition wants it.

    Coloured ink, of seals and signatures, becomes as light as its brightest channel, so that the black
    letters under a red seal stand out. Shadows and grain go. Then size and skew are put right.
    """
    return straighten(_to_page_size(_on_white(_without_colour(ImageOps.exif_transpose(image)))))


def soften(image: Image.Image) -> Image.Image:
    """Return the picture with soft edges, which recognition knows best: crisp ones double its errors.

    To be done after the rules are found, for thin ones grow pale. Taking specks away beforehand takes dots
    and tones away with them; those that recognition sees are dropped afterwards.
    """
    return image.filter(ImageFilter.GaussianBlur(_SOFT))


def _without_colour(image: Image.Image) -> Image.Image:
    if image.mode in ("L", "1"):
        return image.convert("L")
    on_white = Image.new("RGB", image.size, "white")
    rgba = image.convert("RGBA")
    on_white.paste(rgba, mask=rgba.getchannel("A"))
    red, green, blue = on_white.split()
    return ImageChops.lighter(ImageChops.lighter(red, green), blue)


def _on_white(grey: Image.Image) -> Image.Image:
    """Make paper white and ink black, by the brightness of the paper around every dot."""
    size = (max(1, grey.width // _PAPER_SCALE), max(1, grey.height // _PAPER_SCALE))
    small = grey.resize(size, Image.Resampling.BOX).filter(ImageFilter.MaxFilter(9))
    paper = small.filter(ImageFilter.GaussianBlur(_PAPER_SCALE)).resize(grey.size, Image.Resampling.BILINEAR)
    share = np.asarray(grey, dtype=np.float32) / np.maximum(np.asarray(paper, dtype=np.float32), 1)
    return Image.fromarray(np.clip((share - _INK) / (_PAPER - _INK) * 255, 0, 255).astype(np.uint8))


def _to_page_size(image: Image.Image) -> Image.Image:
    factor = _PAGE_WIDTH / max(1, min(image.size))
    if 1 / 1.5 <= factor <= 1.02:
        return image
    factor = min(factor, _MAX_ENLARGE)
    size = (max(1, round(image.width * factor)), max(1, round(image.height * factor)))
    return image.resize(size, Image.Resampling.LANCZOS)


def straighten(image: Image.Image) -> Image.Image:
    """Turn the picture so that its lines are level; skew below a tenth of a degree is left."""
    angle = skew(image)
    if abs(angle) < 0.1:
        return image
    return image.rotate(angle, resample=Image.Resampling.BICUBIC, expand=True, fillcolor=255)


def skew(image: Image.Image) -> float:
    """Return the angle in degrees, counter-clockwise, that makes the lines level; in [-5, 5].

    Level lines make rows of pixels that are either dark or light: the angle at which the rows differ
    most is the one.
    """
    small = ImageOps.invert(image.convert("L"))
    small.thumbnail((_SKEW_WIDTH, _SKEW_WIDTH * 2))
    coarse = _sharpest(small, np.arange(-_MAX_SKEW, _MAX_SKEW + 0.1, 0.5))
    return _sharpest(small, np.arange(coarse - 0.4, coarse + 0.41, 0.1))


def find_rules(image: Image.Image) -> tuple[list[Rule], list[Rule]]:
    """Return the horizontal and the vertical rules of a page that stands level, in pixels.

    Dark areas, such as the middle of a seal, are no rules.
    """
    dark = (np.asarray(image) < _DARK) & ~_solid(image)
    return _long_runs(dark), _long_runs(dark.T)


def _solid(image: Image.Image) -> Mask:
    """Return the areas that are dark in both directions for longer than any stroke is wide."""
    small = (
        image.reduce(_SOLID_SCALE).filter(ImageFilter.MaxFilter(_SOLID)).filter(ImageFilter.MinFilter(_SOLID))
    )
    return np.asarray(np.asarray(small.resize(image.size, Image.Resampling.NEAREST)) < _DARK)


def without_rules(image: Image.Image, horizontal: list[Rule], vertical: list[Rule]) -> Image.Image:
    """Return the picture with the rules painted over."""
    pixels = np.array(image)
    for rule in horizontal:
        pixels[_band(rule), int(rule.start) : int(rule.end)] = 255
    for rule in vertical:
        pixels[int(rule.start) : int(rule.end), _band(rule)] = 255
    return Image.fromarray(pixels)


def upright_strokes(word: Image.Image) -> tuple[int, bool]:
    """Count the upright strokes of a word such as III, and tell whether a full stop follows them.

    No strokes where the word holds wider things. Ink at the right edge of the picture belongs to the next
    word.
    """
    dark = np.asarray(word) < _DARK
    inked = np.flatnonzero(dark.any(axis=1))
    if not inked.size:
        return 0, False
    dark = dark[inked[0] : inked[-1] + 1]
    height = len(dark)
    middle = dark[int(0.4 * height) : int(0.6 * height) + 1]
    strokes = _runs(middle.mean(axis=0) > 0.5)
    if not strokes or max(end - start for start, end in strokes) > _STROKE * height:
        return 0, False
    behind = dark[:, strokes[-1][1] :]
    low, high = behind[-int(_STOP * height) :], behind[: height // 2]
    stops = [run for run in _runs(low.any(axis=0)) if not high[:, slice(*run)].any()]
    return len(strokes), bool(stops)


def _runs(marked: npt.ArrayLike) -> list[tuple[int, int]]:
    """Return where the marked columns begin and end, those at the right edge left out."""
    columns = np.asarray(marked, dtype=np.int8)
    edges = np.flatnonzero(np.diff(np.pad(columns, 1))).reshape(-1, 2)
    return [(int(start), int(end)) for start, end in edges if end < len(columns)]


def ink_of(image: Image.Image) -> Mask:
    """Return where a picture is dark, specks left out."""
    return np.asarray(np.asarray(image.filter(ImageFilter.MedianFilter(3))) < _DARK)


def ink_box(image: Image.Image) -> tuple[int, int, int, int] | None:
    """Return left, top, right and bottom of all that is dark, None where there are specks at most."""
    dark = ink_of(image)
    rows, columns = np.flatnonzero(dark.any(axis=1)), np.flatnonzero(dark.any(axis=0))
    if not rows.size:
        return None
    return int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1


def _band(rule: Rule) -> slice:
    return slice(max(0, int(rule.at) - 1), int(rule.at) + 2)


def _long_runs(dark: Mask) -> list[Rule]:
    """Return the runs of dark pixels along the rows that are longer than any letter, row by row."""
    if dark.shape[1] <= _RULE_LENGTH:
        return []
    sums = np.cumsum(np.pad(dark, ((0, 0), (1, 0))), axis=1, dtype=np.int32)
    full = (sums[:, _RULE_LENGTH:] - sums[:, :-_RULE_LENGTH]) >= _RULE_DARK * _RULE_LENGTH
    runs: list[Rule] = []
    for row in np.flatnonzero(full.any(axis=1)):
        edges = np.flatnonzero(np.diff(np.pad(full[row].astype(np.int8), 1)))
        runs += [Rule(float(row), float(a), float(b - 1 + _RULE_LENGTH)) for a, b in edges.reshape(-1, 2)]
        if len(runs) > _MAX_RUNS:
            return []
    return runs


def _sharpest(image: Image.Image, angles: npt.NDArray[np.float64]) -> float:
    best, best_score = 0.0, -1.0
    for angle in sorted((round(float(a), 2) for a in angles), key=abs):
        rows = np.asarray(image.rotate(angle, resample=Image.Resampling.BILINEAR), dtype=float).sum(axis=1)
        score = float(np.square(np.diff(rows)).sum())
        if score > best_score * 1.001:
            best, best_score = angle, score
    return best
