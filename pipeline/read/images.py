"""Pictures of pages made ready for recognition: straight, dark on light, 300 dots an inch, rules apart.

Imports ``ink`` and ``ruled_tables``.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageChops, ImageFilter, ImageOps

from pipeline.read.ink import DARK, Mask
from pipeline.read.ruled_tables import Rule

# The short side of an A4 page at 300 dots an inch; smaller pictures are enlarged to it, and
# pictures of more than half as much again are reduced.
_PAGE_WIDTH = 2480
_MAX_ENLARGE = 2.5

_MAX_SKEW = 5.0  # degrees
# Of the brightness of the paper: what is darker is black, what is lighter is white.
_INK, _PAPER = 0.25, 0.8
_PAPER_SCALE = 8  # dots to one when the brightness of the paper is looked for

_RULE_LENGTH = 150  # pixels, half an inch
_RULE_DARK = 0.97  # part of a rule's pixels that scanning leaves dark
_SOLID_SCALE, _SOLID = 4, 7  # of what is dark for more than 28 pixels in both directions
_MAX_RUNS = 20_000  # a page with more is a photograph, or black

_SOFT = 0.8  # pixels

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
    dark = (np.asarray(image) < DARK) & ~_solid(image)
    return _long_runs(dark), _long_runs(dark.T)


def _solid(image: Image.Image) -> Mask:
    """Return the areas that are dark in both directions for longer than any stroke is wide."""
    small = (
        image.reduce(_SOLID_SCALE).filter(ImageFilter.MaxFilter(_SOLID)).filter(ImageFilter.MinFilter(_SOLID))
    )
    return np.asarray(np.asarray(small.resize(image.size, Image.Resampling.NEAREST)) < DARK)


def without_rules(image: Image.Image, horizontal: list[Rule], vertical: list[Rule]) -> Image.Image:
    """Return the picture with the rules painted over."""
    pixels = np.array(image)
    for rule in horizontal:
        pixels[_band(rule), int(rule.start) : int(rule.end)] = 255
    for rule in vertical:
        pixels[int(rule.start) : int(rule.end), _band(rule)] = 255
    return Image.fromarray(pixels)


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
